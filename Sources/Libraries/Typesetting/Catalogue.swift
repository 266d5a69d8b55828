import Documents

/// The PDF's catalog object. cairo writes it last and cannot set the language.
enum Catalogue {
    static func saying(language: String, in pdf: [UInt8]) throws(DocumentError) -> [UInt8] {
        let said = Array("\n   /Lang (\(language))\n   /ViewerPreferences << /DisplayDocTitle true >>".utf8)
        let kind = Array("/Type /Catalog".utf8)
        let table = Array("\nstartxref\n".utf8)
        // Only the cross-reference table follows the catalog, so only its offset changes.
        guard let place = last(kind, in: pdf), let pointer = last(table, in: pdf), pointer > place,
            let next = last(Array(" 0 obj\n".utf8), in: pdf), next < place
        else { throw .failed }
        let digits = pdf[(pointer + table.count)...].prefix { (0x30...0x39).contains($0) }
        guard let start = Int(String(decoding: digits, as: UTF8.self)), start > place, start < pointer else {
            throw .failed
        }
        let moved = Array(String(start + said.count).utf8)
        return pdf[..<(place + kind.count)] + said + pdf[(place + kind.count)..<digits.startIndex] + moved
            + pdf[digits.endIndex...]
    }

    private static func last(_ word: [UInt8], in bytes: [UInt8]) -> Int? {
        var start = bytes.count - word.count
        while start >= 0 {
            if bytes[start] == word[0], bytes[start..<(start + word.count)].elementsEqual(word) { return start }
            start -= 1
        }
        return nil
    }
}
