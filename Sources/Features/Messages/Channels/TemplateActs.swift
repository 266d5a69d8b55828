import Access
import ChannelProtocol
import Events
import HTTP
import Identifiers
import Jobs
import Locale
import Notices
import Postgres
import Time

/// Why a template is not kept or used as it was asked for.
enum TemplateRefusal: String, Refusal, MessageCatalogue {
    case businessMissing = "business_missing"
    case unknownBlank = "template_blank_unknown"
    case bankNotHere = "template_bank_not_here"
    case blankAtEnd = "template_blank_at_end"
    case nameWrong = "template_name_wrong"
    case textWrong = "template_text_wrong"
    case placesWrong = "template_places_wrong"
    case notUsable = "template_not_usable"
    case amountWrong = "template_amount_wrong"
    case valueMissing = "template_value_missing"
    case readFirst = "template_read_first"
    case capReached = "template_cap_reached"
    case noConsent = "template_no_consent"

    var status: Status { .unprocessableContent }
    var code: String { rawValue }

    var message: Message {
        switch self {
        case .businessMissing:
            Message(
                es: "Escriba el identificador de la cuenta de WhatsApp Business: son solo números.",
                en: "Write the WhatsApp Business account ID: it is digits only.",
                pt: "Escreva o identificador da conta do WhatsApp Business: são só números.")
        case .unknownBlank:
            Message(
                es: "Uno de los nombres entre corchetes no es un dato de este aviso.",
                en: "One of the names in brackets is not a value of this notice.",
                pt: "Um dos nomes entre colchetes não é um dado deste aviso.")
        case .bankNotHere:
            Message(
                es: "Este aviso no lleva datos bancarios: van en el recordatorio, la advertencia y el corte.",
                en: "This notice carries no bank data: it goes in the reminder, the warning and the cut.",
                pt: "Este aviso não leva dados bancários: vão no lembrete, no aviso e no corte.")
        case .blankAtEnd:
            Message(
                es: "WhatsApp no acepta que el texto empiece o termine con un dato.",
                en: "WhatsApp takes no text that begins or ends with a value.",
                pt: "O WhatsApp não aceita texto que comece ou termine com um dado.")
        case .nameWrong:
            Message(
                es: "El nombre lleva solo minúsculas, números y guiones bajos.",
                en: "The name has only small letters, digits and underscores.",
                pt: "O nome leva só minúsculas, números e sublinhados.")
        case .textWrong:
            Message(
                es: "El texto lleva de 1 a 1024 caracteres.", en: "The text has 1 to 1024 characters.",
                pt: "O texto leva de 1 a 1024 caracteres.")
        case .placesWrong:
            Message(
                es: "La plantilla tiene otro número de lugares que los datos elegidos.",
                en: "The template has another number of places than the chosen values.",
                pt: "O modelo tem outro número de lugares que os dados escolhidos.")
        case .notUsable:
            Message(
                es: "Esa plantilla no sirve para avisos: tiene datos en su encabezado o sus botones.",
                en: "That template does not serve for notices: it has values in its heading or buttons.",
                pt: "Esse modelo não serve para avisos: tem dados no cabeçalho ou nos botões.")
        case .valueMissing:
            Message(
                es: "Complete todos los datos de la plantilla.", en: "Fill in all the template's values.",
                pt: "Complete todos os dados do modelo.")
        case .readFirst:
            Message(
                es: "Lea cómo queda el mensaje y envíelo.", en: "Read how the message turns out, and send it.",
                pt: "Leia como fica a mensagem e envie-a.")
        case .noConsent:
            Message(
                es: "No consta que aceptara mensajes. Anótelo en la ficha del cliente, en Conversación.",
                en:
                    "It is not on record that they agreed to messages. Note it on the customer's page, under Conversation.",
                pt: "Não consta que aceitou mensagens. Anote-o na ficha do cliente, em Conversa.")
        case .capReached:
            Message(
                es: "Con este mensaje se pasaría el tope de gasto del mes.",
                en: "This message would exceed the month's cap.",
                pt: "Com esta mensagem se passaria do limite de gasto do mês.")
        case .amountWrong:
            Message(es: "Ese importe no es válido.", en: "That amount is not valid.", pt: "Esse valor não é válido.")
        }
    }
}

/// A template as people write it: with the names of a notice's values in brackets.
struct TemplateDraft: Sendable {
    let kind: NoticeKind
    let name: String
    let language: String
    let category: MessageTemplate.Category
    let text: String

    static let longest = 1024

    /// The text with numbered places and the values of these, or what is wrong with it.
    func checked() throws(TemplateRefusal) -> (body: String, blanks: [String]) {
        guard (1...512).contains(name.utf8.count),
            name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F })
        else { throw .nameWrong }
        var (body, blanks, rest) = ("", [String](), text[...])
        while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
            let blank = String(rest[rest.index(after: open)..<close])
            try Self.check(blank, of: kind)
            body += rest[..<open]
            let place = blanks.firstIndex(of: blank) ?? blanks.count
            if place == blanks.count { blanks.append(blank) }
            body += "{{\(place + 1)}}"
            rest = rest[rest.index(after: close)...]
        }
        body += rest
        guard !body.hasPrefix("{{"), !body.hasSuffix("}}") else { throw .blankAtEnd }
        guard (1...Self.longest).contains(body.utf16.count), body.contains(where: \.isLetter) else { throw .textWrong }
        return (body, blanks)
    }

    /// Bank data stands only in notices that say how to pay.
    static func check(_ blank: String, of kind: NoticeKind) throws(TemplateRefusal) {
        if kind.blanks.contains(blank) { return }
        throw blank == "banco" ? .bankNotHere : .unknownBlank
    }
}

extension ChannelActs {
    /// Fetches what WhatsApp has now.
    func refreshTemplates(of account: ChannelAccount, at now: Instant, in database: TenantDatabase) async throws {
        guard !account.business.isEmpty else { throw TemplateRefusal.businessMissing }
        let keys = try await keys(of: account, in: database)
        let found: [ProviderTemplate]
        do throws(ChannelFailure) {
            found = try await driver(of: account.provider, orThrow: ()).templates(with: keys)
        } catch {
            throw ChannelRefusal.failed(error, account.provider)
        }
        try await database.transaction { database in
            try await database.put(found, of: account.id, at: now, from: randomness)
        }
    }

    /// Asks WhatsApp to approve a text, and uses it for its kind of notice from when it does.
    func submit(
        _ draft: TemplateDraft, by account: ChannelAccount, as principal: Principal, in database: TenantDatabase
    ) async throws {
        guard !account.business.isEmpty else { throw TemplateRefusal.businessMissing }
        let (body, blanks) = try draft.checked()
        let keys = try await keys(of: account, in: database)
        let template = ProviderTemplate(
            name: draft.name, language: draft.language, category: draft.category.rawValue, status: "pending",
            body: body)
        do throws(ChannelFailure) {
            try await driver(of: account.provider, orThrow: ()).submit(template, examples: blanks, with: keys)
        } catch {
            throw ChannelRefusal.failed(error, account.provider)
        }
        try await refreshTemplates(of: account, at: principal.now, in: database)
        try await database.transaction { database in
            if let made = try await database.templates().first(where: {
                $0.account == account.id && $0.name == draft.name && $0.language == draft.language
            }) {
                try await database.use(made.id, for: draft.kind.name, filledWith: blanks)
            }
            try await database.record(
                Act(
                    .channelChanged, account.subject,
                    after: account.details + [Act.Detail("template", draft.name)]), by: principal.actor,
                at: principal.now)
        }
    }

    /// Gives a kind of notice a template, as the company's page does; a kind that has one keeps it.
    package func giveTemplate(
        to kind: NoticeKind, named name: String, _ text: String, by account: ChannelAccount, as principal: Principal,
        in database: TenantDatabase
    ) async throws {
        guard try await !database.templateUses().contains(where: { $0.kind == kind.name }) else { return }
        let draft = TemplateDraft(kind: kind, name: name, language: "es_MX", category: .utility, text: text)
        try await submit(draft, by: account, as: principal, in: database)
    }

    /// Says which business account has the templates, and what they may cost a month.
    package func prepareTemplates(
        of account: ChannelAccount, business: String, cap: Int64, price: Int64, at now: Instant,
        in database: TenantDatabase
    ) async throws -> ChannelAccount {
        try await database.setBusiness(business, of: account.id)
        guard let known = try await database.channelAccount(account.id) else { throw AccessRefusal.notFound }
        try await refreshTemplates(of: known, at: now, in: database)
        var budget = try await database.messageBudget()
        if budget.cap == nil {
            (budget.cap, budget.utility) = (cap, price)
            try await database.put(budget)
        }
        return known
    }

    private func driver(
        of provider: ChannelProvider, orThrow: Void
    ) throws(ChannelFailure) -> any MessagingChannel {
        do { return try driver(of: provider) } catch { throw ChannelFailure(.refused, "no driver") }
    }
}

/// Every hour: which templates WhatsApp has, and which it has approved or paused.
package struct RefreshTemplates: NightlyJob {
    package static let kind = "channels.refresh-templates"
    package static let time = "20 * * * *"

    package init() {}

    func run(in context: JobContext, by acts: ChannelActs) async throws {
        for account in try await context.database.channelAccounts()
        where account.provider.hasWindow && account.isOn && account.stopped == nil && !account.business.isEmpty {
            try await acts.refreshTemplates(of: account, at: context.now, in: context.database)
        }
    }
}
