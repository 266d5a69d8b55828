/// A sender or recipient, with a display name.
package struct MailAddress: Sendable, Equatable {
    package let name: String
    package let address: String

    /// Refuses anything but printable ASCII with one @, without characters that end a line, a field or an angle
    /// bracket.
    package init(_ address: String, named name: String = "") throws(MailError) {
        let parts = address.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), address.utf8.count <= 254,
            address.utf8.allSatisfy({ 0x21...0x7E ~= $0 && !"<>()[]\\,;:\"".utf8.contains($0) })
        else { throw .badAddress }
        self.name = name
        self.address = address
    }

    var domain: Substring { address.split(separator: "@").last ?? "" }

    /// In header form.
    var text: String { name.isEmpty ? "<\(address)>" : "\(HeaderText.phrase(name)) <\(address)>" }
}
