import API
import Time

/// What is said of a customer who is new; what is left out is empty, a prospect, and of today.
struct NewCustomer: Input {
    static let schema = Schema.object(
        "NewCustomer",
        [.required("name", CustomerText.name, CustomerAPIWords.name)] + CustomerText.optional)

    let name: String
    let phone: String
    let address: String
    let neighbourhood: String
    let state: Customer.State
    let since: Day?
}

extension NewCustomer {
    init(_ members: Members) {
        self.init(
            name: members.text("name") ?? "", phone: members.text("phone") ?? "",
            address: members.text("address") ?? "", neighbourhood: members.text("neighbourhood") ?? "",
            state: members.word("state") ?? .prospect, since: members.day("since"))
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
            phone: members.text("phone") ?? customer.phone, address: members.text("address") ?? customer.address,
            neighbourhood: members.text("neighbourhood") ?? customer.neighbourhood,
            state: members.word("state") ?? customer.state, since: members.day("since") ?? customer.since)
    }
}

/// Which customers a list shows.
struct CustomerFilter: Input {
    static let schema = Schema.object(
        "CustomerFilter", [.optional("state", Customer.State.schema, CustomerAPIWords.ofState)])

    let state: Customer.State?

    init(_ members: Members) { state = members.word("state") }
}

private enum CustomerText {
    static let name = Schema.line(1...200)

    static let optional: [Schema.Field] = [
        .optional("phone", .line(0...40), CustomerAPIWords.phone),
        .optional("address", .line(0...300), CustomerAPIWords.address),
        .optional("neighbourhood", .line(0...100), CustomerAPIWords.neighbourhood),
        .optional("state", Customer.State.schema, CustomerAPIWords.state),
        .optional("since", .day, CustomerAPIWords.since),
    ]
}
