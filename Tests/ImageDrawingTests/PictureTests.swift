import Images
import Testing

@testable import ImageDrawing

@Suite struct PictureTests {
    private static let red = Array(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="200" height="100" fill="#ff0000"/></svg>
        """.utf8)

    /// Of a PNG, by its head.
    private static func size(_ png: [UInt8]) -> [Int] {
        [16, 20].map { start in png[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    }

    @Test func `a drawing is drawn, fitted and squared, and leaves as a PNG without anything else`() throws {
        let picture = try Picture(decoding: Self.red)
        #expect(picture.width == 1024 && picture.height == 512)
        #expect(try Self.size(picture.fitted(width: 512, height: 128).png()) == [256, 128])
        let square = try picture.squared(side: 64, margin: 4, on: 0xFFFFFF).png()
        #expect(Self.size(square) == [64, 64] && square.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        let again = try Picture(decoding: square)
        #expect(again.width == 64)
        #expect(try again.fitted(width: 512, height: 512).width == 64)
    }

    @Test func `what came with a PNG does not leave with it`() throws {
        let png = try Picture(decoding: Self.red).fitted(width: 32, height: 32).png()
        // A remark before the end, and a page behind it: a polyglot.
        let text = Array("tEXtComment\u{0}GPS 19.4326,-99.1332 <script>alert(1)</script>".utf8)
        let chunk = [0, 0, 0, UInt8(text.count - 4)] + text + crc(text)
        let end = Array("<html><script>alert(2)</script>".utf8)
        let hidden: [UInt8] = Array(png[..<(png.count - 12)]) + chunk + Array(png[(png.count - 12)...]) + end
        let drawn = try Picture(decoding: hidden).fitted(width: 32, height: 32).png()
        #expect(!String(decoding: drawn, as: UTF8.self).contains("script"))
        #expect(!String(decoding: drawn, as: UTF8.self).contains("GPS"))
    }

    @Test func `a bomb is refused by what its head says`() throws {
        var bomb = try Picture(decoding: Self.red).fitted(width: 32, height: 32).png()
        for (offset, byte) in [UInt8](arrayLiteral: 0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50).enumerated() {
            bomb[16 + offset] = byte
        }
        #expect(throws: PictureFault.tooLarge) { try Picture(decoding: bomb) }
        #expect(throws: PictureFault.tooLarge) {
            try Picture(decoding: Self.red + [UInt8](repeating: 0x20, count: DrawPicture.mostBytes))
        }
    }

    @Test(arguments: [
        "", "GIF89a/*", "%PDF-1.7", "<html><script>alert(1)</script></html>", "BM", "\u{89}PNG", "RIFF0000WEBP", "hola",
        "<svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 0 0'/>", "<?xml version='1.0'?><nada/>",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1000000'/>",
    ])
    func `what is no picture of ours is refused`(text: String) {
        #expect(throws: PictureFault.self) { try Picture(decoding: Array(text.utf8)) }
    }

    @Test(arguments: [
        "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\">]>", "<image href='file:///etc/passwd'/>",
        "<svg:image xlink:href='http://127.0.0.1/'/>", "<filter><feImage href='data:image/png;base64,AAAA'/></filter>",
        "<IMAGE/>",
    ])
    func `a drawing that needs more than itself is refused`(inside: String) {
        let text = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\">\(inside)</svg>"
        #expect(throws: PictureFault.notPlain) { try Picture(decoding: Array(text.utf8)) }
    }

    @Test func `a drawing in disguise is refused`() {
        let text = "<?xml version='1.0' encoding='UTF-7'?><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>"
        #expect(throws: PictureFault.notPlain) { try Picture(decoding: Array(text.utf8)) }
    }

    @Test func `scripts and styles of a drawing do nothing and do not come out`() throws {
        let text = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" onload="alert(1)"><script>alert(2)</script>
            <style>@import url("http://127.0.0.1:9/x"); rect { fill: url(http://127.0.0.1:9/y) }</style>
            <rect width="10" height="10"/><foreignObject><b>x</b></foreignObject></svg>
            """
        let png = try Picture(decoding: Array(text.utf8)).squared(side: 32).png()
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(!String(decoding: png, as: UTF8.self).contains("alert"))
    }

    /// As PNG sums up its chunks.
    private func crc(_ bytes: [UInt8]) -> [UInt8] {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        let value = ~sum
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
