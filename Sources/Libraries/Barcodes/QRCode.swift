import CQRencode

/// A QR code for a text.
package struct QRCode: Sendable {
    /// Modules a side, without the quiet zone.
    package let size: Int
    private let isDark: [Bool]

    /// The empty margin a reader needs, in modules.
    package static let quietZone = 4

    /// Nil when the text is longer than a QR code holds (some 2300 bytes).
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        size = Int(code.pointee.width)
        // A module's lowest bit is its colour; the others tell its function.
        isDark = UnsafeBufferPointer(start: code.pointee.data, count: size * size).map { $0 & 1 == 1 }
    }

    /// The dark modules as horizontal runs, the quiet zone included in their coordinates.
    package var runs: [(row: Int, column: Int, length: Int)] {
        var runs: [(row: Int, column: Int, length: Int)] = []
        for row in 0..<size {
            var column = 0
            while column < size {
                let start = column
                while column < size, isDark[row * size + column] { column += 1 }
                if column > start { runs.append((row + Self.quietZone, start + Self.quietZone, column - start)) }
                column += 1
            }
        }
        return runs
    }

    /// One module is one unit; the quiet zone is part of the drawing.
    package var viewBox: String {
        let side = size + 2 * Self.quietZone
        return "0 0 \(side) \(side)"
    }

    /// The dark modules as an SVG path: a rectangle for each run in a row.
    package var path: String {
        runs.reduce(into: "") { $0 += "M\($1.column) \($1.row)h\($1.length)v1h-\($1.length)z" }
    }
}
