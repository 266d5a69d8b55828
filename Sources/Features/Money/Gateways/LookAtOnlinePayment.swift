import Declarations
import GatewayProtocol
import Identifiers
import JSON
import Jobs
import Postgres
import Tenancy
import Time

/// Reads an online payment's state at the provider, and applies it.
package struct LookAtOnlinePayment: Job {
    package static let kind = "gateways.look-at-online-payment"

    package static var rules: JobRules { .gateways }

    let payment: OnlinePayment.ID

    package var key: String? { payment.description }
    package var lane: String? { payment.description }

    init(_ payment: OnlinePayment.ID) { self.payment = payment }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("payment", as: String.self)
        let id = text.flatMap { OnlinePayment.ID($0) }
        if text != nil, id == nil { fields.refuse("payment", .expected("an identifier")) }
        payment = try fields.finish(id)
    }

    package func write(to json: inout JSONWriter) { json.object { $0.member("payment", payment.description) } }

    func run(in context: JobContext, by acts: OnlinePaymentActs, knowing catalogue: Catalogue) async throws {
        guard let tenant = try await context.database.lockedTenant() else { return }
        try await acts.look(
            at: payment, of: tenant, knowing: catalogue, now: context.now, in: context.database)
    }
}

/// Asks the provider for a payment that a program asked for.
struct OpenOnlinePayment: Job {
    static let kind = "gateways.open-online-payment"

    static var rules: JobRules { .gateways }

    let payment: OnlinePayment.ID
    /// Where the customer's browser comes back to.
    let origin: String

    var key: String? { payment.description }
    var lane: String? { payment.description }

    init(_ payment: OnlinePayment.ID, at origin: String) { (self.payment, self.origin) = (payment, origin) }

    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("payment", as: String.self)
        let id = text.flatMap { OnlinePayment.ID($0) }
        if text != nil, id == nil { fields.refuse("payment", .expected("an identifier")) }
        let origin = fields.required("origin", as: String.self)
        (payment, self.origin) = try fields.finish(id, origin)
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("payment", payment.description)
            json.member("origin", origin)
        }
    }

    func run(in context: JobContext, by acts: OnlinePaymentActs) async throws {
        guard let tenant = try await context.database.lockedTenant() else { return }
        try await acts.open(payment, of: tenant, at: origin, now: context.now, in: context.database)
    }
}

/// Finds whose payment a provider's notice is about.
package struct FollowNotice: Job {
    package static let kind = "gateways.follow-notice"

    package static var rules: JobRules { .gateways }

    let provider: GatewayProvider
    let event: String

    package var key: String? { "\(provider.rawValue) \(event)" }

    init(_ event: String, of provider: GatewayProvider) { (self.event, self.provider) = (event, provider) }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let word = fields.required("provider", as: String.self)
        let provider = word.flatMap { GatewayProvider(rawValue: $0) }
        if word != nil, provider == nil { fields.refuse("provider", .expected("a provider")) }
        let event = fields.required("event", as: String.self)
        (self.provider, self.event) = try fields.finish(provider, event)
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("provider", provider.rawValue)
            json.member("event", event)
        }
    }

    func run(in context: JobContext, by acts: OnlinePaymentActs) async throws {
        try await acts.follow(event, of: provider, at: context.now, in: context.database)
    }
}

/// Every night: what nobody looked at is looked at, what was paid is read anew, and notices of half a year ago are
/// forgotten.
package struct LookForOnlinePayments: NightlyJob {
    package static let kind = "gateways.look-for-online-payments"
    package static let time = "25 2 * * *"

    package init() {}

    package func run(in context: JobContext) async throws {
        try await context.database.transaction { database in
            let forgotten = try await database.forgottenOnlinePayments(since: context.now - .seconds(2 * 3600))
            let settled = try await database.settledOnlinePayments(at: context.now)
            try await database.queue((forgotten + settled).map(LookAtOnlinePayment.init), at: context.now)
            try await database.forgetNotices(before: context.now - .seconds(180 * 86_400))
        }
    }
}

extension JobRules {
    /// Enough attempts for a provider that is down for a day.
    fileprivate static var gateways: JobRules {
        var rules = JobRules()
        rules.attempts = 100
        rules.timeLimit = .seconds(60)
        rules.tenantLimit = 4
        return rules
    }
}
