import CTesseract
import ImageDrawing
import Images
import ReceiptTexts
import Sandbox

extension ReadReceipt: PerformableWork {
    package func perform() throws(PictureFault) -> ReceiptPicture {
        let picture = try Picture(decoding: file).fitted(width: Self.form.width, height: Self.form.height)
        guard min(picture.width, picture.height) >= DrawPicture.leastPixels else { throw .broken }
        let gray = picture.gray
        return ReceiptPicture(
            width: picture.width, height: picture.height, png: try picture.png(),
            words: TextReader.read(gray.onWhite, width: picture.width, height: picture.height),
            signature: PictureSignature.make(gray, width: picture.width, height: picture.height))
    }
}

extension [UInt8] {
    /// Dark letters on a bright ground, from the darkest to the brightest.
    fileprivate var onWhite: [UInt8] {
        var counts = [Int](repeating: 0, count: 256)
        for value in self { counts[Int(value)] += 1 }
        func at(_ share: Int) -> Int {
            var left = count * share / 100
            for (value, number) in counts.enumerated() {
                left -= number
                if left < 0 { return value }
            }
            return 255
        }
        let (dark, bright) = (at(1), at(99))
        guard bright > dark else { return self }
        let isDark = at(50) < (dark + bright) / 2
        let table = (0..<256).map { value -> UInt8 in
            let stretched = Swift.max(0, Swift.min(255, (value - dark) * 255 / (bright - dark)))
            return UInt8(isDark ? 255 - stretched : stretched)
        }
        return map { table[Int($0)] }
    }
}

/// Tesseract with the Spanish language.
enum TextReader {
    private static let folder = "/usr/share/tesseract-ocr/5/tessdata"

    /// Nothing where Tesseract cannot begin: a person reads the picture.
    static func read(_ gray: [UInt8], width: Int, height: Int) -> [ReceiptWord] {
        var found: UnsafeMutablePointer<ctesseract_word>?
        let count = ctesseract_read(gray, Int32(width), Int32(height), folder, "spa", &found)
        guard count >= 0, let found else { return [] }
        defer { ctesseract_free(found, count) }
        return UnsafeBufferPointer(start: found, count: Int(count)).prefix(ReadReceipt.mostWords).map { word in
            ReceiptWord(
                String(String(cString: word.text).unicodeScalars.prefix(100).map(Character.init)),
                confidence: Int(max(0, min(100, word.confidence))), line: max(0, Int(word.line)),
                height: Int(max(0, word.bottom - word.top)))
        }
    }
}
