extension String {
    /// Without what paper has no place for: control characters, and those that make a text read in another order than
    /// it was written in, with which a name could change the words around it.
    var printable: String {
        guard !unicodeScalars.allSatisfy(\.isPrinted) else { return self }
        var plain = String.UnicodeScalarView()
        var returned = false
        for scalar in unicodeScalars {
            defer { returned = scalar == "\r" }
            switch scalar {
            case "\n": if !returned { plain.append("\n") }
            case "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}": plain.append("\n")
            case "\t": plain.append(" ")
            case _ where scalar.isPrinted: plain.append(scalar)
            default: continue
            }
        }
        return String(plain)
    }

    /// The same on one line.
    var printableLine: String {
        String(String.UnicodeScalarView(printable.unicodeScalars.map { $0 == "\n" ? " " : $0 }))
    }
}

extension Unicode.Scalar {
    fileprivate var isPrinted: Bool {
        switch value {
        case 0x20...0x7E: true
        case 0..<0xA0, 0x2028...0x202E, 0x2066...0x206F, 0xFDD0...0xFDEF, 0xFEFF, 0xFFF0...0xFFFC: false
        default: value & 0xFFFE != 0xFFFE
        }
    }
}
