import Images
import Sandbox

/// Draws a receipt's picture anew and reads the words in it, in the sandbox.
package struct ReadReceipt: SandboxWork {
    package typealias Fault = PictureFault

    package static let kind = "receipt"
    /// Reading a page of text takes a second or two.
    package static var limits: SandboxLimits { SandboxLimits(seconds: 12) }
    /// Legible on a screen; photographs of paper are larger.
    package static let form = (width: 1000, height: 1800)
    package static let mostWords = 2000

    package let file: [UInt8]

    package init(_ file: [UInt8]) throws(PictureFault) {
        guard file.count <= DrawPicture.mostBytes else { throw .tooLarge }
        self.file = file
    }

    package init(from reader: inout WireReader) throws(WireError) { file = try reader.read() }

    package func write(to writer: inout WireWriter) { writer.write(file) }

    /// The process that read the picture is not trusted.
    package func accepts(_ answer: ReceiptPicture) -> Bool {
        (1...Self.form.width).contains(answer.width) && (1...Self.form.height).contains(answer.height)
            && answer.isPNG && answer.png.count <= DrawPicture.mostBytes && answer.words.count <= Self.mostWords
            && answer.words.allSatisfy { (0...100).contains($0.confidence) && $0.text.utf8.count <= 400 }
            && (answer.signature.isEmpty || answer.signature.count == PictureSignature.count)
    }
}

/// A receipt's picture, with the words that were read in it.
package struct ReceiptPicture: WireValue, Equatable {
    package let width: Int
    package let height: Int
    /// Redrawn: nothing of the file remains but what is seen.
    package let png: [UInt8]
    package let words: [ReceiptWord]
    /// What `PictureSignature` compares; empty for a picture without anything in it.
    package let signature: [UInt8]

    package init(width: Int, height: Int, png: [UInt8], words: [ReceiptWord], signature: [UInt8]) {
        (self.width, self.height, self.png) = (width, height, png)
        (self.words, self.signature) = (words, signature)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        width = try reader.read()
        height = try reader.read()
        png = try reader.read()
        words = try reader.read()
        signature = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(width)
        writer.write(height)
        writer.write(png)
        writer.write(words)
        writer.write(signature)
    }

    fileprivate var isPNG: Bool { png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) }
}

/// A word in a picture.
package struct ReceiptWord: WireValue, Equatable {
    package let text: String
    /// How sure the reader is, of 100.
    package let confidence: Int
    /// Words of the same line share its number.
    package let line: Int
    /// Of the letters, in pixels.
    package let height: Int

    package init(_ text: String, confidence: Int, line: Int, height: Int) {
        (self.text, self.confidence, self.line, self.height) = (text, confidence, line, height)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        text = try reader.read()
        confidence = try reader.read()
        line = try reader.read()
        height = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(text)
        writer.write(confidence)
        writer.write(line)
        writer.write(height)
    }
}
