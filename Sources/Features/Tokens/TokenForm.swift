import Access
import Addresses
import HTTP
import Locale
import Panel

/// What is asked of whoever makes a token.
struct TokenForm {
    let name: String
    let permissions: Set<Permission>
    let addressText: String
    let addresses: [AddressRange]
    let days: Int
    var faults: [FormFault] = []

    static let empty = TokenForm()

    private init() {
        (name, permissions, addressText, addresses, days) = ("", [], "", [], 90)
    }

    init(_ fields: Fields) throws {
        try fields.allow(["name", "addresses", "days"], repeated: ["permission"])
        name = FormText.line(fields["name"])
        permissions = Set(fields.values("permission").compactMap(Permission.init)).intersection(Permission.grantable)
        addressText = FormText.line(fields["addresses"])
        let parts = addressText.split { $0 == "," || $0 == " " }.map(String.init)
        addresses = parts.compactMap(AddressRange.init)
        days = fields["days"].flatMap { Int($0) } ?? 0
        if name.isEmpty { faults.append(FormFault(name: "name", message: TokenWords.nameMissing.message)) }
        if permissions.isEmpty {
            faults.append(FormFault(name: "permission", message: TokenWords.noPermissions.message))
        }
        if addresses.count != parts.count {
            faults.append(FormFault(name: "addresses", message: TokenWords.addressWrong.message))
        }
        if !(1...365).contains(days) { faults.append(FormFault(name: "days", message: TokenWords.daysWrong.message)) }
    }

    func fault(_ name: String, for reader: Reader) -> String? {
        faults.first { $0.name == name }?.message.text(for: reader)
    }
}
