/// An e-mail address in the form in which it is stored and compared.
package enum EmailAddress {
    /// Nil for an invalid address.
    package static func normalised(_ text: String) -> String? {
        let trimmed = text.split(separator: " ", omittingEmptySubsequences: true)
        guard trimmed.count == 1, let only = trimmed.first, only.utf8.count <= 254 else { return nil }
        let parts = only.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), !parts[1].hasPrefix("."),
            !parts[1].hasSuffix("."), only.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { return nil }
        return only.lowercased()
    }
}
