import Access
import Addresses
import Declarations
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Roles
import Zones

/// The form for a new token.
struct TokenForm {
    let name: String
    let permissions: Set<Permission>
    let addressText: String
    let addresses: [AddressRange]
    let days: Int
    let zones: Set<UUID>?
    var faults: [FormFault] = []

    static let empty = TokenForm()

    private init() {
        (name, permissions, addressText, addresses, days, zones) = ("", [], "", [], 90, nil)
    }

    init(_ fields: Fields, of catalogue: Catalogue) throws {
        try fields.allow(
            ["name", "addresses", "days", FormID.field, ZoneReach.fields.one],
            repeated: ["permission", ZoneReach.fields.several])
        name = FormText.line(fields["name"])
        permissions = catalogue.grantable.intersection(fields.values("permission").map(Permission.init(rawValue:)))
        addressText = FormText.line(fields["addresses"])
        let parts = addressText.split { $0 == "," || $0 == " " }.map(String.init)
        addresses = parts.compactMap(AddressRange.init)
        days = fields["days"].flatMap { Int($0) } ?? 0
        zones = try ZoneReach.zones(in: fields)
        if name.isEmpty { faults.append(FormFault(name: "name", message: TokenWords.nameMissing.message)) }
        if permissions.isEmpty {
            faults.append(FormFault(name: "permission", message: TokenWords.noPermissions.message))
        } else if zones != nil, !permissions.isSubset(of: catalogue.withinZones) {
            faults.append(FormFault(name: "permission", message: RoleWords.beyondZones.message))
        }
        if zones?.isEmpty == true { faults.append(FormFault(name: "zone", message: ZoneWords.noneChosen.message)) }
        if addresses.count != parts.count {
            faults.append(FormFault(name: "addresses", message: TokenWords.addressWrong.message))
        }
        if !(1...365).contains(days) { faults.append(FormFault(name: "days", message: TokenWords.daysWrong.message)) }
    }

    func fault(_ name: String, for reader: Reader) -> String? {
        faults.first { $0.name == name }?.message.text(for: reader)
    }
}
