import CDocuments
import Documents

/// A text broken into lines.
final class SetText {
    let pointer: OpaquePointer
    let lines: [Line]

    struct Line {
        let start: Double
        let width: Double
        let ascent: Double
        let descent: Double
    }

    init(
        _ text: String, in style: TextStyle, width: Double, mostLines: Int = 0, language: String
    ) throws(DocumentError) {
        var asked = cdocuments_style(
            size: style.size, weight: style.weight, italic: style.isItalic ? 1 : 0, width: width,
            most_lines: Int32(mostLines))
        var text = text.printable.withoutEndlessWords
        let set = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                cdocuments_text_set(bytes.baseAddress, bytes.count, &asked, language)
            }
        }
        guard let set else { throw .failed }
        pointer = set
        lines = (0..<cdocuments_text_lines(set)).map { index in
            let line = cdocuments_text_line(set, index)
            return Line(start: line.start, width: line.width, ascent: line.ascent, descent: line.descent)
        }
    }

    deinit { cdocuments_text_free(pointer) }

    /// The line height: the style's leading, unless another script's glyphs need more.
    func height(of line: Int, in style: TextStyle) -> Double {
        max(style.leading, lines[line].ascent + lines[line].descent)
    }

    var width: Double { lines.reduce(0) { max($0, $1.width) } }
}

struct TextStyle {
    var size: Double
    /// The distance between lines, a minimum.
    var leading: Double
    var weight: Int32 = 400
    var isItalic = false
    var colour: UInt32 = 0x1A1A1A

    static let title = TextStyle(size: 17, leading: 23, weight: 700)
    static let heading = TextStyle(size: 11.5, leading: 16, weight: 700)
    static let body = TextStyle(size: 10, leading: 15)
    static let label = TextStyle(size: 10, leading: 15, colour: 0x595959)
    static let caption = TextStyle(size: 8.5, leading: 12.5, colour: 0x404040)
    static let small = TextStyle(size: 7.5, leading: 11, colour: 0x595959)
    static let letterheadName = TextStyle(size: 11.5, leading: 16, weight: 700)
    static let letterheadLine = TextStyle(size: 8, leading: 11.5, colour: 0x595959)
    static let signature = TextStyle(size: 15, leading: 20, isItalic: true)
}
