import Access
import ChannelProtocol
import Channels
import Collection
import Conversations
import Declarations
import Events
import Identifiers
import Identity
import JSON
import Jobs
import Locale
import Payments
import Postgres
import Reconciler
import Routers
import Tenancy
import Time
import Vault

/// Something that staff can be told of in their chats as it happens, declared by the room that it speaks of.
package struct StaffNotice: RoomPart {
    /// Nil where it does not concern the person, or is over.
    package typealias Compose = @Sendable (StaffTurn, _ subject: UUID) async throws -> StaffReply?

    package let number: Int
    let event: EventKind
    let title: Message
    /// Who may be told.
    let permission: Permission
    let compose: Compose

    package init(
        _ number: Int, of event: EventKind, _ title: Message, to permission: Permission, compose: @escaping Compose
    ) {
        (self.number, self.event, self.title) = (number, event, title)
        (self.permission, self.compose) = (permission, compose)
    }

    static let all: [StaffNotice] = [
        StaffNotice(10, of: .paymentRegistered, StaffChatTitles.receiptsToApprove.message, to: .paymentsApprove) {
            turn, subject in
            guard let payment = try await turn.database.payment(ID(subject)), payment.state == .pending else {
                return nil
            }
            return StaffReply([try await MoneyCommands.part(of: payment, turn)])
        },
        StaffNotice(20, of: .collectionRunStopped, StaffChatTitles.fuse.message, to: .collectionConfirm) {
            turn, subject in
            guard let run = try await turn.database.collectionRun(ID(subject)), run.state == .waiting else {
                return nil
            }
            let text = StaffChatWords.fuse.text(
                for: turn.reader, .number("number", run.number), .number("cuts", run.toCut),
                .number("most", run.most))
            return StaffReply(
                text,
                [
                    .act("confirm_run", "\(run.id) \(run.toCut)", StaffChatTitles.confirmRun.text(for: turn.reader)),
                    .act("call_off_run", run.id.description, StaffChatTitles.callOffRun.text(for: turn.reader)),
                ])
        },
        StaffNotice(30, of: .channelStopped, StaffChatTitles.channelStopped.message, to: .channelsManage) {
            turn, subject in
            guard let account = try await turn.database.channelAccount(ID(subject)), account.stopped != nil else {
                return nil
            }
            return StaffReply(
                StaffChatWords.channelStopped.text(
                    for: turn.reader, .name("\(account.provider.name) \(account.handle)")))
        },
        StaffNotice(40, of: .routerUnreachable, StaffChatTitles.routerDown.message, to: .networkRead) {
            turn, subject in
            guard let router = try await turn.database.router(ID(subject)),
                try await turn.database.routerHealth(router.id)?.state == .down
            else { return nil }
            return StaffReply(
                StaffChatWords.routerDown.text(for: turn.reader, .name(router.name)),
                [.open("network", "", StaffChatTitles.network.text(for: turn.reader))])
        },
        StaffNotice(50, of: .conversationHandedOver, StaffChatTitles.handedOver.message, to: .conversationsAnswer) {
            turn, subject in
            guard let conversation = try await turn.database.conversation(ID(subject)), conversation.state == .open,
                conversation.assignee == nil
            else { return nil }
            return StaffReply(
                StaffChatWords.handedOver.text(
                    for: turn.reader, .name(conversation.title), .text("channel", conversation.channel.name),
                    .text("words", conversation.lastMessage.prefix(scalars: 200))))
        },
    ]
}

/// Tells the staff who asked for it of an event: queued as the event is sealed, and once more for each of their chats.
package struct TellStaff: Job {
    package static let kind = "staff-chat.tell"

    package static var rules: JobRules {
        var rules = JobRules()
        rules.attempts = 10
        rules.timeLimit = .seconds(60)
        return rules
    }

    let event: String
    let subject: UUID
    var chat: Conversation.ID?

    package var key: String? { chat.map { "\(event) \(subject) \($0)" } }

    init(of event: String, about subject: UUID, in chat: Conversation.ID? = nil) {
        (self.event, self.subject, self.chat) = (event, subject, chat)
    }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let event = fields.required("kind", as: String.self)
        let subject = fields.required("subject", as: String.self).flatMap { UUID($0) }
        if subject == nil { fields.refuse("subject", .expected("an identifier")) }
        let chat = fields.optional("chat", as: String.self).flatMap { Conversation.ID($0) }
        (self.event, self.subject) = try fields.finish(event, subject)
        self.chat = chat
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("kind", event)
            json.member("subject", subject.description)
            if let chat { json.member("chat", chat.description) }
        }
    }
}

extension StaffResponder {
    func run(_ job: TellStaff, in context: JobContext) async throws {
        guard let company = try await context.database.lockedTenant() else { return }
        try await tell(job, of: company, at: context.now, in: context.database) { try await context.complete(in: $0) }
    }

    /// Once in each chat: the job ends with what it has said.
    func tell(
        _ job: TellStaff, of company: Tenant, at now: Instant, in database: TenantDatabase,
        ending: (TenantDatabase) async throws -> Void
    ) async throws {
        guard let notice = catalogue.parts(StaffNotice.self).first(where: { $0.event.name == job.event }) else {
            return
        }
        try await database.transaction { database in
            let chats = try await database.chats(toldOf: job.event)
            if let id = job.chat {
                if let chat = chats.first(where: { $0.conversation == id }) {
                    try await tell(notice, about: job.subject, to: chat, of: company, at: now, in: database)
                }
            } else {
                for chat in chats {
                    try await database.queue(
                        TellStaff(of: job.event, about: job.subject, in: chat.conversation), at: now)
                }
            }
            try await ending(database)
        }
    }

    private func tell(
        _ notice: StaffNotice, about subject: UUID, to chat: StaffChatState, of company: Tenant, at now: Instant,
        in database: TenantDatabase
    ) async throws {
        guard let conversation = try await database.conversation(chat.conversation, locked: true, ofStaffToo: true),
            conversation.state == .staff,
            let member = try await database.staffMember(chat.member), member.state == .active,
            member.permissions.contains(notice.permission),
            Self.takes(conversation, company, at: now)
        else { return }
        if let zones = member.zones { try await database.stay(in: zones) }
        let turn = StaffTurn(
            database: database, company: company,
            principal: Principal(
                Actor(.staff, id: member.id.uuid, name: member.name), permissions: member.permissions,
                zones: member.zones, of: catalogue, at: now), randomness: randomness, vault: vault, about: "",
            said: nil, commands: [])
        guard let reply = try await notice.compose(turn, subject) else { return }
        try await database.say(
            reply, in: conversation, from: company, keptIn: vault, at: now, randomness: randomness)
    }

    /// WhatsApp takes nothing from us a day after they wrote.
    private static func takes(_ conversation: Conversation, _ company: Tenant, at now: Instant) -> Bool {
        do throws(ConversationRefusal) {
            try conversation.check(.text("."), by: MessageAuthor(.bot, name: company.name), at: now)
            return true
        } catch {
            return false
        }
    }
}
