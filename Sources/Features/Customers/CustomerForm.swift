import Access
import Crypto
import HTTP
import Identifiers
import Identity
import Locale
import Panel
import Time
import Zones

/// A customer as the form shows it: what was typed, also where it cannot be taken.
struct CustomerForm: Sendable {
    var name = ""
    var phone = ""
    var email = ""
    var zone: CoverageZone.ID?
    var address = ""
    var neighbourhood = ""
    var state = Customer.State.prospect
    var since = ""
    /// Of what the form was filled from: whoever changes something else meanwhile is not undone unseen.
    var seen = ""
    var faults: [FormFault] = []

    static func empty(on today: Day) -> CustomerForm {
        var form = CustomerForm()
        form.since = today.iso
        return form
    }

    private init() {}

    init(_ customer: Customer) {
        name = customer.name
        phone = customer.phone
        email = customer.email
        zone = customer.zone
        address = customer.address
        neighbourhood = customer.neighbourhood
        state = customer.state
        since = customer.since.iso
        seen = customer.mark
    }

    init(_ fields: Fields) throws {
        try fields.allow(["name", "phone", "email", "zone", "address", "neighbourhood", "state", "since", "seen"])
        name = FormText.line(fields["name"], upTo: 200)
        phone = FormText.line(fields["phone"], upTo: 40)
        address = FormText.line(fields["address"], upTo: 300)
        let typed = FormText.line(fields["email"], upTo: 254)
        email = EmailAddress.normalised(typed) ?? typed
        zone = try fields["zone"].flatMap { $0.isEmpty ? nil : try FormText.id($0) }
        neighbourhood = FormText.line(fields["neighbourhood"])
        since = FormText.line(fields["since"])
        seen = FormText.line(fields["seen"])
        guard let state = Customer.State(rawValue: fields["state"] ?? Customer.State.prospect.rawValue) else {
            throw BadRequest()
        }
        self.state = state
        if name.isEmpty { faults.append(FormFault(name: "name", message: CustomerWords.nameMissing.message)) }
        if !email.isEmpty, EmailAddress.normalised(email) == nil {
            faults.append(FormFault(name: "email", message: CustomerWords.emailWrong.message))
        }
        if !since.isEmpty, Day(iso: since) == nil {
            faults.append(FormFault(name: "since", message: CustomerWords.dayWrong.message))
        }
    }

    var content: NewCustomer {
        NewCustomer(
            name: name, phone: phone, email: email, address: address, neighbourhood: neighbourhood, state: state,
            since: Day(iso: since), zone: zone)
    }

    func fault(_ name: String, for reader: Reader) -> String? {
        faults.first { $0.name == name }?.message.text(for: reader)
    }
}

extension Customer {
    /// Changes whenever anything of the customer does.
    var mark: String {
        let text = [
            name, phone, email, address, neighbourhood, state.rawValue, since.iso, zone?.description ?? "",
        ].joined(separator: "\u{1F}")
        return Hex.encode(SHA256.digest(of: Array(text.utf8)).prefix(8))
    }

    func with(_ content: NewCustomer) -> Customer {
        Customer(
            id: id, number: number, name: content.name, phone: content.phone, email: content.email,
            address: content.address, neighbourhood: content.neighbourhood, state: content.state,
            since: content.since ?? since, zone: content.zone)
    }
}
