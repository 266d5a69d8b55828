import Access
import Conversations
import Declarations
import Events
import Identifiers
import Identity
import Jobs
import Locale
import Postgres
import Tenancy
import Time
import Vault

/// Answers what staff write. Everything about a message happens in one transaction, as with the bot: the act, its answer,
/// and the note that the message is answered.
struct StaffResponder: Sendable {
    let catalogue: Catalogue
    let vault: Vault
    let randomness: Randomness

    private var commands: [StaffCommand] { catalogue.parts(StaffCommand.self) }

    /// An act's button is good for so long.
    static let buttonSpan = Duration.seconds(86_400)
    static let patience = Duration.seconds(900)

    func run(_ job: RespondToStaff, in context: JobContext) async throws {
        guard let company = try await context.database.lockedTenant() else { return }
        try await respond(to: job, of: company, at: context.now, in: context.database)
    }

    func respond(
        to job: RespondToStaff, of company: Tenant, at now: Instant, in database: TenantDatabase
    ) async throws {
        do {
            try await attempt(job, company, now, refused: nil, database)
        } catch is ConversationRefusal {
            // Nothing can be said to them now.
            return
        } catch let refusal as any Refusal {
            // An act that was refused has undone its transaction: why is told in another one.
            try await attempt(job, company, now, refused: refusal, database)
        }
    }

    private func attempt(
        _ job: RespondToStaff, _ company: Tenant, _ now: Instant, refused: (any Refusal)?, _ database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard let conversation = try await database.conversation(job.conversation, locked: true, ofStaffToo: true),
                conversation.state == .staff, let message = try await database.message(job.message),
                message.conversation == conversation.id, message.direction == .in,
                try await !database.isAnsweredToStaff(message.id),
                let chat = try await database.staffChat(conversation.id)
            else { return }
            guard let member = try await database.staffMember(chat.member), member.state == .active else {
                // Nobody's any more: the chat begins anew as any other.
                return try await database.unlinkStaffChat(
                    conversation.id, of: chat.member, by: .commandLine, at: now)
            }
            if let zones = member.zones { try await database.stay(in: zones) }
            let talk = StaffTalk(
                database: database, company: company, member: member, commands: commands, chat: chat,
                principal: principal(of: member, conversation.channel, company.reader, now), vault: vault,
                randomness: randomness)
            let result = try await talk.answer(message, refused: refused)
            try await database.note(result.outcome, of: result.command, about: message.id, at: now)
            try await database.await(result.reply.awaits, in: conversation.id, until: now + Self.patience)
            if result.outcome == .notPermitted {
                try await database.record(
                    Act(.staffCommandRefused, conversation.subject, after: [Act.Detail("command", result.command)]),
                    by: talk.principal.actor, at: now)
            }
            try await database.say(
                result.reply, in: conversation, from: company, keptIn: vault, at: now, randomness: randomness)
        }
    }

    /// The person, as the record names them: «Ana Ruiz (por Telegram)».
    private func principal(
        of member: StaffMember, _ channel: Channel, _ reader: Reader, _ now: Instant
    ) -> Principal {
        let name = StaffChatWords.byChannel.text(
            for: reader, .name(member.name), .text("channel", channel.name))
        return Principal(
            Actor(.staff, id: member.id.uuid, name: name.prefix(scalars: 200)), permissions: member.permissions,
            zones: member.zones, of: catalogue, at: now)
    }
}

/// What is made of one message of staff's.
struct StaffTalk: Sendable {
    let database: TenantDatabase
    let company: Tenant
    let member: StaffMember
    let commands: [StaffCommand]
    let chat: StaffChatState
    let principal: Principal
    let vault: Vault
    let randomness: Randomness

    enum Outcome: String { case answered, refused, expired, unknown, notPermitted = "not_permitted" }

    typealias Result = (command: String, outcome: Outcome, reply: StaffReply)

    private var reader: Reader { company.reader }
    private var now: Instant { principal.now }

    func answer(_ message: ChatMessage, refused: (any Refusal)?) async throws -> Result {
        if case .choice(let id) = message.content, let press = StaffPress(id) {
            switch press {
            case .open(let name, let about): return try await open(name, about, nil, refused, isUnkept: true)
            case .act(let button):
                guard let (name, about) = try await database.useButton(button, in: chat.conversation, at: now) else {
                    return ("", .expired, StaffReply(StaffChatWords.expired.text(for: reader)))
                }
                return try await open(name, about, nil, refused)
            }
        }
        let text = message.body
        if let (word, rest) = Self.command(in: text) {
            guard let command = commands.first(where: { $0.words.contains(word) }) else { return unknown }
            return try await open(command.name, rest, nil, refused)
        }
        if let awaited = chat.awaited(at: now) { return try await open(awaited.command, awaited.about, text, refused) }
        // What is neither is whom they look for.
        let asked = String(text.drop(while: \.isWhitespace).prefix(100))
        if asked.contains(where: { $0.isLetter || $0.isNumber }),
            let find = commands.first(where: { $0.name == StaffCommands.find }), find.isOpen(to: principal.permissions)
        {
            return try await open(find.name, asked, nil, refused)
        }
        return unknown
    }

    private var unknown: Result {
        ("", .unknown, StaffReply(StaffChatWords.unknown.text(for: reader), [StaffCommands.menuButton(for: reader)]))
    }

    /// `isUnkept` for a button that we keep nothing of: its id may be anything that somebody sends.
    private func open(
        _ name: String, _ about: String, _ said: String?, _ refused: (any Refusal)?, isUnkept: Bool = false
    ) async throws -> Result {
        guard let command = commands.first(where: { $0.name == name }) else { return unknown }
        guard command.isOpen(to: principal.permissions) else {
            return (name, .notPermitted, StaffReply(StaffChatWords.notPermitted.text(for: reader)))
        }
        if command.isAct, isUnkept {
            return (name, .expired, StaffReply(StaffChatWords.expired.text(for: reader)))
        }
        if command.isAct, company.standing(at: now).isReadOnly {
            return (name, .refused, StaffReply(AccessRefusal.readOnly.message.text(for: reader)))
        }
        if let refused { return (name, .refused, StaffReply(refused.message.text(for: reader))) }
        let turn = StaffTurn(
            database: database, company: company, principal: principal, randomness: randomness, vault: vault,
            about: about, said: said, commands: commands)
        return (name, .answered, try await command.work(turn))
    }

    /// "/buscar@NorteBot ana ruiz": the command in small letters without accents, and the rest.
    static func command(in text: String) -> (word: String, rest: String)? {
        guard text.utf8.first == UInt8(ascii: "/") else { return nil }
        let first = text.dropFirst().prefix { !$0.isWhitespace }
        let word = first.prefix { $0 != "@" }.lowercased()
        let plain = String(
            word.map { letter in letter == "ó" ? "o" : letter == "é" ? "e" : letter == "ú" ? "u" : letter })
        let rest = text.dropFirst().dropFirst(first.count).drop(while: \.isWhitespace)
        return (String(plain.prefix(40)), String(rest.prefix(200)))
    }
}
