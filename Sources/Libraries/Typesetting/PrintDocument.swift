import Documents
import Sandbox

extension Document: PerformableWork {
    package func perform() throws(DocumentError) -> [UInt8] {
        try checkSize()
        var typesetter = try Typesetter(of: self)
        for block in blocks { try typesetter.set(block) }
        let sheets = try Sheet.filled(with: typesetter.strips, height: paper.textHeight)
        let longest = sheets.reduce(0) { max($0, $1.filled) }
        let height = paper.isRoll ? min(paper.height, paper.top + longest + paper.bottom) : paper.height
        return try Press(for: self, height: height).print(sheets)
    }
}
