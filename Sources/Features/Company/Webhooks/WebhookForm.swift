import Access
import Declarations
import HTTP
import Locale
import Nouns
import Panel

/// A webhook's form.
struct WebhookForm {
    let name: String
    let address: String
    let kinds: Set<String>
    var faults: [FormFault] = []

    static let empty = WebhookForm(name: "", address: "https://", kinds: [])

    init(_ webhook: Webhook) {
        self.init(name: webhook.name, address: webhook.address, kinds: Set(webhook.kinds))
    }

    private init(name: String, address: String, kinds: Set<String>) {
        self.name = name
        self.address = address
        self.kinds = kinds
    }

    init(_ fields: Fields, of catalogue: Catalogue) throws {
        try fields.allow(["name", "address", FormID.field], repeated: ["kind"])
        self.init(
            name: FormText.line(fields["name"]),
            address: (fields["address"] ?? "").filter { $0 != " " }.prefix(scalars: 500),
            kinds: Set(fields.values("kind")).intersection(catalogue.publishedEvents.map(\.name)))
        if name.isEmpty { faults.append(FormFault(name: "name", message: WebhookWords.nameMissing.message)) }
        if kinds.isEmpty { faults.append(FormFault(name: "kind", message: WebhookWords.noKinds.message)) }
    }

    var new: NewWebhook { NewWebhook(name: name, address: address, kinds: Array(kinds)) }

    mutating func refuseAddress() {
        faults.append(FormFault(name: "address", message: WebhookWords.addressWrong.message))
    }

    func fault(_ name: String, for reader: Reader) -> String? {
        faults.first { $0.name == name }?.message.text(for: reader)
    }
}
