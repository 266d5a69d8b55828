import ChannelProtocol
import Conversations
import Customers
import Identifiers
import Locale
import Notices
import Postgres
import Tenancy
import Time

extension NoticeCarrier {
    /// Notices as messages of the system in the customer's own chat. Where the channel takes only templates, as the
    /// template that the company chose for the kind of notice.
    static func chat(_ provider: ChannelProvider, rank: Int) -> NoticeCarrier {
        var failures: [String: Message] = [:]
        for failure in MessageFailure.allCases { failures[failure.rawValue] = failure.message(on: provider.channel) }
        for refusal in ChatCarrierRefusal.allCases { failures[refusal.rawValue] = refusal.message }
        return NoticeCarrier(
            provider.rawValue,
            Message(es: .always(provider.name), en: .always(provider.name), pt: .always(provider.name)),
            rank: rank, failures: failures,
            reach: { customers, desk in
                let accounts = try await desk.database.channelAccounts().filter {
                    $0.provider == provider && $0.mayBegin
                }
                guard !accounts.isEmpty else { return { _, _ in false } }
                let found = try await desk.database.chatReach(
                    of: customers, on: provider.channel, at: accounts.map(\.id.uuid),
                    askingConsent: try await desk.database.messageBudget().asksConsent, now: desk.now)
                let uses = provider.hasWindow ? try await desk.database.templateUses() : []
                let kinds = Set(uses.filter(\.isUsable).map(\.kind))
                return { customer, kind in
                    found[customer].map { $0 || (provider.hasWindow && kinds.contains(kind)) } ?? false
                }
            },
            carry: { notice, desk in try await ChatCarrier(provider: provider, desk: desk).carry(notice) })
    }
}

/// Why a notice does not go by chat, besides the reasons of messages.
enum ChatCarrierRefusal: String, MessageCatalogue {
    case optedOut = "opted_out"
    case noTemplate = "no_template"
    case templateWaits = "template_waits"
    case noConsent = "no_consent"

    var message: Message {
        switch self {
        case .optedOut:
            Message(
                es: "Pidió no recibir mensajes.", en: "They asked for no messages.",
                pt: "Pediu para não receber mensagens.")
        case .noTemplate:
            Message(
                es: "No escribió en las últimas 24 horas, y ninguna plantilla está elegida para este aviso.",
                en: "They have not written in 24 hours, and no template is chosen for this notice.",
                pt: "Não escreveu nas últimas 24 horas, e nenhum modelo foi escolhido para este aviso.")
        case .noConsent:
            Message(
                es: "No ha escrito, y no consta que aceptara mensajes.",
                en: "They have not written, and it is not on record that they agreed to messages.",
                pt: "Não escreveu, e não consta que aceitou mensagens.")
        case .templateWaits:
            Message(
                es: "WhatsApp no tiene aprobada la plantilla de este aviso.",
                en: "WhatsApp has not approved the template of this notice.",
                pt: "O WhatsApp não aprovou o modelo deste aviso.")
        }
    }
}

private struct ChatCarrier {
    let provider: ChannelProvider
    let desk: NoticeDesk

    private var database: TenantDatabase { desk.database }
    private var author: MessageAuthor { MessageAuthor(.system, name: desk.tenant.name) }

    func carry(_ notice: CustomerNotice) async throws -> Carriage {
        let accounts = try await database.channelAccounts().filter { $0.provider == provider && $0.isOn }
        let working = accounts.filter(\.mayBegin)
        guard let first = working.first else {
            return accounts.isEmpty ? .absent : .refused(MessageFailure.accountRefused.rawValue)
        }
        let place = try await database.noticePlace(
            of: notice.customer, on: provider.channel, at: working.map(\.id.uuid))
        switch place {
        case nil: return .absent
        case .optedOut: return .refused(ChatCarrierRefusal.optedOut.rawValue)
        case .phone(let phone):
            guard try await database.mayBegin(with: notice.customer) else {
                return .refused(ChatCarrierRefusal.noConsent.rawValue)
            }
            return try await carry(notice, isOpen: false, at: first.id) {
                try await database.beginConversation(
                    on: provider.channel, at: first.id.uuid, with: phone, named: notice.customerName, by: author,
                    at: desk.now)
            }
        case .conversation(let conversation):
            if let unreachable = conversation.unreachable { return .refused(unreachable.rawValue) }
            if conversation.lastInboundAt == nil, try await !database.mayBegin(with: notice.customer) {
                return .refused(ChatCarrierRefusal.noConsent.rawValue)
            }
            let isOpen = conversation.windowEnd.map { $0 > desk.now } ?? true
            let account = conversation.account.map { ChannelAccount.ID($0) } ?? first.id
            return try await carry(notice, isOpen: isOpen, at: account) { conversation }
        }
    }

    private func carry(
        _ notice: CustomerNotice, isOpen: Bool, at account: ChannelAccount.ID,
        in conversation: () async throws -> Conversation
    ) async throws -> Carriage {
        if let end = try await database.quietHours()?.end(after: desk.now, in: desk.tenant.timeZone) {
            return .later(end)
        }
        var new = NewMessage.text(text(of: notice))
        var use: TemplateUse?
        if !isOpen {
            guard let found = try await database.templateUses().first(where: { $0.kind == notice.kind }),
                found.account == account
            else { return .refused(ChatCarrierRefusal.noTemplate.rawValue) }
            guard found.isUsable else { return .refused(ChatCarrierRefusal.templateWaits.rawValue) }
            guard let message = found.message(of: notice) else {
                return .refused(MessageFailure.templateRefused.rawValue)
            }
            guard try await database.mayStillSpend(found.category, at: desk.now, in: desk.tenant) else {
                return .refused(MessageFailure.capReached.rawValue)
            }
            (new, use) = (message, found)
        }
        let place = try await conversation()
        do throws(ConversationRefusal) {
            try place.check(new, by: author, at: desk.now)
        } catch {
            return .refused(error.ofNotice)
        }
        let sent = try await database.send(new, in: place.id, by: author, at: desk.now)
        if let use { try await database.charge(sent.id, use.category, at: desk.now, in: desk.tenant) }
        return .taken(sent.id.uuid)
    }

    private func text(of notice: CustomerNotice) -> String {
        notice.link.isEmpty ? notice.text : "\(notice.text)\n\n\(desk.address)\(notice.link)"
    }
}

extension TenantDatabase {
    /// Whether consent is recorded, where the company asks for it before it writes first.
    func mayBegin(with customer: Customer.ID?) async throws(DatabaseError) -> Bool {
        guard try await messageBudget().asksConsent else { return true }
        guard let customer else { return false }
        return try await hasConsent(customer)
    }
}

extension ChannelAccount {
    /// Whether the company can write by it.
    fileprivate var mayBegin: Bool { isOn && stopped == nil }
}

extension ConversationRefusal {
    fileprivate var ofNotice: String {
        switch self {
        case .optedOut: ChatCarrierRefusal.optedOut.rawValue
        case .unreachable(let failure): failure.rawValue
        case .windowClosed: MessageFailure.windowClosed.rawValue
        default: MessageFailure.contentRefused.rawValue
        }
    }
}
