import API
import Access
import Declarations
import Nouns

/// The input for a new webhook.
struct NewWebhook: Input {
    static let schema = Schema.object(
        "NewWebhook",
        [
            .required("name", WebhookText.name, WebhookAPIWords.name),
            .required("address", WebhookText.address, WebhookAPIWords.address),
            .required("kinds", WebhookText.kinds, WebhookAPIWords.kinds),
        ])

    let name: String
    let address: String
    let kinds: [String]

    init(_ members: Members) {
        name = members.text("name") ?? ""
        address = members.text("address") ?? ""
        kinds = members.texts("kinds") ?? []
    }

    init(name: String, address: String, kinds: [String]) {
        self.name = name
        self.address = address
        self.kinds = kinds
    }
}

/// The input for a change; omitted fields stay as they are.
struct WebhookChanges: Input {
    static let schema = Schema.object(
        "WebhookChanges",
        [
            .optional("name", WebhookText.name, WebhookAPIWords.name),
            .optional("address", WebhookText.address, WebhookAPIWords.address),
            .optional("kinds", WebhookText.kinds, WebhookAPIWords.kinds),
            .optional("state", .words(["active", "paused"]), WebhookAPIWords.newState),
        ])

    let name: String?
    let address: String?
    let kinds: [String]?
    let isActive: Bool?

    init(_ members: Members) {
        name = members.text("name")
        address = members.text("address")
        kinds = members.texts("kinds")
        isActive = members.text("state").map { $0 == "active" }
    }
}

/// The filter of a list of deliveries.
struct DeliveryFilter: Input {
    static let schema = Schema.object(
        "DeliveryFilter",
        [.optional("state", .words(Delivery.State.allCases.map(\.rawValue)), WebhookAPIWords.ofState)])

    let state: Delivery.State?

    init(_ members: Members) { state = members.word("state") }
}

enum WebhookText {
    static let name = Schema.line(1...100)
    static let address = Schema.line(1...500)
    static let kinds = Schema.list(of: .words(of: { $0.publishedEvents.map(\.name) }))
}
