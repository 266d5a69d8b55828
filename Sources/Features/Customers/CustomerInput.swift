import API
import Identifiers
import Time
import Zones

/// What is said of a customer who is new; what is left out is empty, a prospect, and of today.
struct NewCustomer: Input {
    static let schema = Schema.object(
        "NewCustomer",
        [.required("name", CustomerText.name, CustomerAPIWords.name)] + CustomerText.optional)

    let name: String
    let phone: String
    let email: String
    let address: String
    let neighbourhood: String
    let state: Customer.State
    let since: Day?
    let zone: CoverageZone.ID?
}

extension NewCustomer {
    init(_ members: Members) {
        self.init(
            name: members.text("name") ?? "", phone: members.text("phone") ?? "",
            email: (members.text("email") ?? "").lowercased(),
            address: members.text("address") ?? "", neighbourhood: members.text("neighbourhood") ?? "",
            state: members.word("state") ?? .prospect, since: members.day("since"), zone: members.id("zone"))
    }
}

/// What becomes different; what is left out stays.
struct CustomerChanges: Input {
    static let schema = Schema.object(
        "CustomerChanges",
        [.optional("name", CustomerText.name, CustomerAPIWords.name)] + CustomerText.optional)

    private let members: Members

    init(_ members: Members) { self.members = members }

    func applied(to customer: Customer) -> Customer {
        Customer(
            id: customer.id, number: customer.number, name: members.text("name") ?? customer.name,
            phone: members.text("phone") ?? customer.phone,
            email: members.text("email")?.lowercased() ?? customer.email,
            address: members.text("address") ?? customer.address,
            neighbourhood: members.text("neighbourhood") ?? customer.neighbourhood,
            state: members.word("state") ?? customer.state, since: members.day("since") ?? customer.since,
            // Null takes it out of its zone.
            zone: members["zone"] == nil ? customer.zone : members.id("zone"))
    }
}

/// Which customers a list shows.
struct CustomerFilter: Input {
    static let schema = Schema.object(
        "CustomerFilter",
        [
            .optional("state", Customer.State.schema, CustomerAPIWords.ofState),
            .optional("zone", .id, CustomerAPIWords.ofZone),
        ])

    let state: Customer.State?
    let zone: CoverageZone.ID?

    init(_ members: Members) {
        state = members.word("state")
        zone = members.id("zone")
    }
}

private enum CustomerText {
    static let name = Schema.line(1...200)

    static let optional: [Schema.Field] = [
        .optional("phone", .line(0...40), CustomerAPIWords.phone),
        .optional("email", .line(0...254), CustomerAPIWords.email),
        .optional("address", .line(0...300), CustomerAPIWords.address),
        .optional("neighbourhood", .line(0...100), CustomerAPIWords.neighbourhood),
        .optional("state", Customer.State.schema, CustomerAPIWords.state),
        .optional("since", .day, CustomerAPIWords.since),
        .optional("zone", .id.orNull, CustomerAPIWords.zone),
    ]
}
