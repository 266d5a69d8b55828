import ChannelProtocol
import Conversations
import Declarations
import Identifiers
import JSON
import Jobs
import Postgres
import Tenancy
import Time

/// A genuine notice of a provider's, from its arrival until it was read.
struct KeptNotice: Sendable, RowReadable {
    typealias ID = Identifiers.ID<KeptNotice>

    let account: ChannelAccount.ID
    let body: [UInt8]

    init(row: Row) throws(DatabaseError) {
        account = try row.read("account_id")
        body = try row.read("body")
    }
}

extension TenantDatabase {
    func keep(
        _ body: [UInt8], as id: KeptNotice.ID, of account: ChannelAccount.ID, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO channel_notices (tenant_id, notice_id, account_id, body, received_at)
            VALUES (\(tenant), \(id), \(account), \(body), \(now))
            """)
    }

    func keptNotice(_ id: KeptNotice.ID) async throws(DatabaseError) -> KeptNotice? {
        try await first(
            "SELECT account_id, body FROM channel_notices WHERE tenant_id = \(tenant) AND notice_id = \(id)")
    }

    func forgetNotice(_ id: KeptNotice.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM channel_notices WHERE tenant_id = \(tenant) AND notice_id = \(id)")
    }

    func forgetNotices(before moment: Instant) async throws(DatabaseError) {
        try await execute("DELETE FROM channel_notices WHERE tenant_id = \(tenant) AND received_at < \(moment)")
    }
}

/// Reads what a provider told, after it was answered. Those of an account are read in the order in which they came.
package struct ReadNotice: Job {
    package static let kind = "channels.read-notice"

    package static var rules: JobRules {
        var rules = JobRules()
        rules.timeLimit = .seconds(60)
        return rules
    }

    let notice: KeptNotice.ID
    let account: ChannelAccount.ID

    package var key: String? { notice.description }
    package var lane: String? { "notices \(account)" }
    package var priority: JobPriority { .urgent }

    init(_ notice: KeptNotice.ID, of account: ChannelAccount.ID) { (self.notice, self.account) = (notice, account) }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let notice = fields.required("notice", as: String.self).flatMap { KeptNotice.ID($0) }
        let account = fields.required("account", as: String.self).flatMap { ChannelAccount.ID($0) }
        if notice == nil { fields.refuse("notice", .expected("an identifier")) }
        if account == nil { fields.refuse("account", .expected("an identifier")) }
        (self.notice, self.account) = try fields.finish(notice, account)
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("notice", notice.description)
            json.member("account", account.description)
        }
    }

    func run(in context: JobContext, by acts: ChannelActs) async throws {
        try await acts.read(notice, at: context.now, in: context.database)
    }
}

/// Every night: what could not be read for a week is forgotten.
package struct ForgetNotices: NightlyJob {
    package static let kind = "channels.forget-notices"
    package static let time = "35 2 * * *"

    package init() {}

    package func run(in context: JobContext) async throws {
        try await context.database.forgetNotices(before: context.now - .seconds(7 * 86_400))
    }
}

extension ChannelActs {
    func read(_ id: KeptNotice.ID, at now: Instant, in database: TenantDatabase) async throws {
        guard let kept = try await database.keptNotice(id),
            let hooked = try await database.channelAccount(kept.account),
            let company = try await database.lockedTenant()
        else { return }
        let driver = try driver(of: hooked.provider)
        for (place, event) in try driver.events(in: kept.body).enumerated() {
            switch event {
            case .message(let message):
                guard let account = try await account(hooked, named: message.account, in: database) else { continue }
                // Keeps the order of messages within a notice.
                try await receive(message, at: account, company, now + .milliseconds(place), in: database)
            case .fate(let fate):
                guard let account = try await account(hooked, named: fate.account, in: database) else { continue }
                try await note(fate, at: account, in: database)
            }
        }
        try await database.forgetNotice(id)
    }

    /// One address of Meta's may be told of several numbers.
    private func account(
        _ hooked: ChannelAccount, named number: String?, in database: TenantDatabase
    ) async throws -> ChannelAccount? {
        guard let number, number != hooked.number else { return hooked }
        return try await database.channelAccount(hooked.provider, numbered: number)
    }

    private func receive(
        _ message: IncomingMessage, at account: ChannelAccount, _ company: Tenant, _ now: Instant,
        in database: TenantDatabase
    ) async throws {
        let inbound = InboundMessage(
            account.provider.channel, account: account.id.uuid, from: message.correspondent, phone: message.phone,
            name: message.name, providerID: message.id,
            kind: ChatMessage.Kind(rawValue: message.kind.rawValue) ?? .text,
            body: message.text, content: message.content,
            files: message.files.map {
                InboundFile(providerFile: $0.id, mediaType: $0.mediaType, name: $0.name, bytes: $0.bytes)
            }, replyTo: message.replyTo, sentAt: message.sentAt ?? now)
        try await database.transaction { database in
            guard let received = try await database.receive(inbound, of: company, at: now) else { return }
            if !message.files.isEmpty {
                try await database.queue(FetchFiles(of: received.id, from: account.id), at: now)
            }
            if let receipt = message.receipt {
                try await database.queue(AnswerPress(receipt, at: account.id), at: now)
            }
        }
    }

    /// A message whose answer never came is known by our own mark.
    private func note(_ fate: MessageFate, at account: ChannelAccount, in database: TenantDatabase) async throws {
        let state: MessageDelivery.State =
            switch fate.state {
            case .sent: .sent
            case .delivered: .delivered
            case .read: .read
            case .failed: .failed((fate.failure?.reason ?? .undeliverable).ofMessage)
            }
        let delivery = MessageDelivery(of: fate.id, state, at: fate.at, detail: fate.failure?.detail ?? "")
        if let mark = fate.mark.flatMap({ ChatMessage.ID($0) }) {
            try await database.adopt(mark, as: fate.id, of: account.id.uuid)
        }
        _ = try await database.note(delivery, channel: account.provider.channel, account: account.id.uuid)
        if let failure = fate.failure, failure.remedy == .stopAccount {
            try await stop(account, because: failure, at: fate.at, in: database)
        }
    }
}

extension ChannelProvider {
    var channel: Channel {
        switch self {
        case .whatsapp: .whatsapp
        case .telegram: .telegram
        }
    }
}

extension IncomingMessage {
    fileprivate var content: MessageContent? {
        if let place { return .location(latitude: place.latitude, longitude: place.longitude, name: place.name) }
        return choice.map { .choice($0) }
    }
}

extension ChannelFailure.Reason {
    /// What the conversation shows of it.
    var ofMessage: MessageFailure {
        switch self {
        case .windowClosed: .windowClosed
        case .templateUnknown, .templateWrong, .templatePaused: .templateRefused
        case .undeliverable: .notOnChannel
        case .recipientBlocked: .blocked
        case .busy, .recipientBusy, .notWanted: .tooManyMessages
        case .tokenRefused, .notAllowed, .numberUnknown, .secretWrong, .accountBlocked, .accountUnpaid, .spamLimit:
            .accountRefused
        case .fileRefused, .fileTooLarge, .refused: .contentRefused
        case .troubled, .notConnected: .unreachable
        case .unknown: .outcomeUnknown
        }
    }
}
