extension String {
    /// Without control characters and direction marks, with which a name could reorder the words around it.
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

    /// Also on one line, of bounded length.
    var printableLine: String {
        let scalars = unicodeScalars.prefix(500)
        return String(
            String.UnicodeScalarView(
                String(scalars).printable.unicodeScalars.map { $0 == "\n" ? " " : $0 }))
    }

    /// Overlong words are cut: laying out one of a million letters would take minutes.
    var withoutEndlessWords: String {
        let longest = 1000
        var (length, mostLength) = (0, 0)
        for byte in utf8 {
            length = byte <= 0x20 ? 0 : length + 1
            mostLength = max(mostLength, length)
        }
        guard mostLength > longest else { return self }
        var cut = String.UnicodeScalarView()
        length = 0
        for scalar in unicodeScalars {
            length = scalar.value <= 0x20 ? 0 : length + 1
            if length > longest {
                cut.append("\n")
                length = 1
            }
            cut.append(scalar)
        }
        return String(cut)
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
