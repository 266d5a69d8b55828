/// Names of uploaded files: shown to people and offered for download, never used as a path.
enum FileName {
    /// The last path component, without line breaks, direction marks and shell metacharacters.
    static func cleaned(_ bytes: [UInt8]) -> String {
        if bytes.isEmpty { return "" }
        let last = bytes.split(whereSeparator: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }).last ?? []
        var name = ""
        for scalar in String(decoding: last, as: UTF8.self).unicodeScalars where isPlain(scalar) {
            guard name.utf8.count + scalar.utf8.count <= 200 else { break }
            name.unicodeScalars.append(scalar)
        }
        // A leading dot hides a file; some systems strip trailing dots and blanks, which changes the file's type.
        let isEdge = { (scalar: Unicode.Scalar) in scalar == "." || scalar == " " }
        var scalars = name.unicodeScalars[...]
        while let first = scalars.first, isEdge(first) { scalars.removeFirst() }
        while let last = scalars.last, isEdge(last) { scalars.removeLast() }
        return scalars.isEmpty ? "file" : String(scalars)
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        // Format characters are invisible: direction marks, joiners, soft hyphens.
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
        default: !"<>:\"|?*\u{FFFD}".unicodeScalars.contains(scalar)
        }
    }
}
