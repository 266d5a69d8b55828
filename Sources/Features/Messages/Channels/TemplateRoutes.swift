import Access
import ChannelProtocol
import Declarations
import Events
import HTTP
import Identifiers
import Locale
import Notices
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// The approved texts of WhatsApp: which carries which notice, what they cost, and asking for a new one.
struct TemplateRoutes: Sendable {
    private let acts: ChannelActs

    init(_ acts: ChannelActs) { self.acts = acts }

    static let path = "/panel/channels/templates"

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/channels/templates", .channelsManage, "Las plantillas de WhatsApp") { visit in
            try await list(visit)
        }
        routes.post(
            "/panel/channels/templates/refresh", .channelsManage, "Trae de WhatsApp las plantillas de una cuenta",
            refresh)
        routes.post("/panel/channels/templates/budget", .channelsManage, "Cambia el tope de gasto en mensajes", budget)
        routes.post("/panel/channels/templates/uses", .channelsManage, "Elige la plantilla de cada aviso", use)
        routes.get("/panel/channels/templates/new", .channelsManage, "Escribir una plantilla") { visit in
            try await write(visit, visit.request.query["kind"] ?? "", nil, nil)
        }
        routes.post("/panel/channels/templates/new", .channelsManage, "Pide a WhatsApp aprobar una plantilla", submit)
    }

    private func list(
        _ visit: Visit, _ fault: (any Refusal)? = nil, of kind: NoticeKind? = nil, typed: [String: TemplateChoice] = [:]
    ) async throws -> Response {
        let database = visit.database
        let month = visit.tenant.timeZone.day(at: visit.now).month.first
        let page = TemplatesPage(
            accounts: try await database.channelAccounts().filter(\.provider.hasWindow),
            templates: try await database.templates(), uses: try await database.templateUses(),
            budget: try await database.messageBudget(), spent: try await database.spentOnTemplates(in: month),
            fault: fault.map {
                [kind?.words.text(for: visit.reader), $0.message.text(for: visit.reader)].compactMap(\.self)
                    .joined(separator: ": ")
            }, typed: typed, visit: visit)
        return try await Panel.page(
            page, titled: TemplateWords.templates.text(for: visit.reader), status: fault?.status ?? .ok, for: visit)
    }

    /// Shows what was refused on the page.
    private func answering(_ visit: Visit, _ act: () async throws -> Void) async throws -> Response {
        do {
            try await act()
            return Panel.done(.saved, at: Self.path)
        } catch let refusal as TemplateRefusal {
            return try await list(visit, refusal)
        } catch let refusal as ChannelRefusal {
            return try await list(visit, refusal)
        }
    }

    private func account(_ id: String?, _ visit: Visit) async throws -> ChannelAccount {
        guard let account = try await visit.database.channelAccount(FormText.id(id ?? "")), account.provider.hasWindow
        else { throw AccessRefusal.notFound }
        return account
    }

    private func refresh(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 1024)
        try sent.allow(["account", "business"])
        let account = try await account(sent["account"], visit)
        return try await answering(visit) {
            let business = FormText.line(sent["business"], upTo: 40)
            guard !business.isEmpty, business.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw TemplateRefusal.businessMissing
            }
            try await visit.database.transaction { database in
                try await database.setBusiness(business, of: account.id)
                guard business != account.business else { return }
                try await database.record(
                    Act(.channelChanged, account.subject, after: account.details), by: visit.principal.actor,
                    at: visit.now)
            }
            guard let known = try await visit.database.channelAccount(account.id) else { throw AccessRefusal.notFound }
            try await acts.refreshTemplates(of: known, at: visit.now, in: visit.database)
        }
    }

    private func budget(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 1024)
        try sent.allow(["cap", "utility", "marketing", "authentication", "consent"])
        func amount(_ field: String, _ most: Int64) throws -> Int64? {
            let typed = FormText.line(sent[field], upTo: 40)
            if typed.isEmpty { return nil }
            guard let money = try? Money(typed: typed, in: visit.tenant.currency, for: visit.reader),
                (0...most).contains(money.minor)
            else { throw TemplateRefusal.amountWrong }
            return money.minor
        }
        return try await answering(visit) {
            var budget = MessageBudget()
            budget.cap = try amount("cap", 1_000_000_000_000)
            budget.utility = try amount("utility", 1_000_000_000) ?? 0
            budget.marketing = try amount("marketing", 1_000_000_000) ?? 0
            budget.authentication = try amount("authentication", 1_000_000_000) ?? 0
            budget.asksConsent = sent["consent"] == "yes"
            let new = budget
            let cap = new.cap.map { Money(minor: $0, visit.tenant.currency).plainText }
            try await visit.database.transaction { database in
                try await database.put(new)
                try await database.record(
                    Act(
                        .channelChanged, Act.Subject("company", visit.tenant.id.uuid, named: visit.tenant.name),
                        after: (cap.map { [Act.Detail("message_cap", $0)] } ?? []) + [
                            Act.Detail("asks_consent", new.asksConsent ? "yes" : "no")
                        ]), by: visit.principal.actor,
                    at: visit.now)
            }
        }
    }

    private func use(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 131_072)
        let kinds = visit.catalogue.noticeKinds
        try sent.allow(
            Set(kinds.flatMap { [TemplateChoice.templateField(of: $0), TemplateChoice.blanksField(of: $0)] }))
        let typed = Dictionary(uniqueKeysWithValues: kinds.map { ($0.name, TemplateChoice(sent, of: $0)) })
        let (templates, uses) = (try await visit.database.templates(), try await visit.database.templateUses())
        var changes: [(kind: NoticeKind, template: MessageTemplate?, blanks: [String])] = []
        for kind in kinds {
            guard let choice = typed[kind.name] else { continue }
            let now = uses.first { $0.kind == kind.name }.map { TemplateChoice($0) } ?? TemplateChoice()
            if choice == now { continue }
            do throws(TemplateRefusal) {
                changes.append((kind, try choice.checked(for: kind, among: templates), choice.blanks))
            } catch {
                return try await list(visit, error, of: kind, typed: typed)
            }
        }
        let made = changes
        try await visit.database.transaction { database in
            for (kind, template, blanks) in made {
                try await database.use(template?.id, for: kind.name, filledWith: blanks)
                try await database.record(
                    Act(
                        .channelChanged, Act.Subject("company", visit.tenant.id.uuid, named: visit.tenant.name),
                        after: [
                            Act.Detail(
                                "template",
                                "\(kind.words.text(for: visit.tenant.reader)): \(template?.name ?? "–")")
                        ]), by: visit.principal.actor, at: visit.now)
            }
        }
        return Panel.done(.saved, at: Self.path)
    }

    private func write(
        _ visit: Visit, _ kindName: String, _ draft: TemplateDraft?, _ fault: (any Refusal)?
    ) async throws -> Response {
        let kinds = visit.catalogue.noticeKinds
        guard let kind = kinds.first(where: { $0.name == kindName }) ?? kinds.first else {
            throw AccessRefusal.notFound
        }
        let accounts = try await visit.database.channelAccounts().filter { $0.provider.hasWindow && $0.isOn }
        let page = NewTemplatePage(
            kind: kind, kinds: kinds, accounts: accounts, draft: draft,
            example: try await visit.database.newestBlanks(of: kind.name), fault: fault?.message, visit: visit)
        return try await Panel.page(
            page, titled: TemplateWords.newTemplate.text(for: visit.reader), status: fault?.status ?? .ok, for: visit)
    }

    private func submit(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 16_384)
        try sent.allow(["kind", "account", "name", "category", "text", "preview"])
        guard let kind = visit.catalogue.noticeKinds.first(where: { $0.name == sent["kind"] }) else {
            throw AccessRefusal.notFound
        }
        let draft = TemplateDraft(
            kind: kind, name: FormText.line(sent["name"], upTo: 512), language: visit.templateLanguage,
            category: MessageTemplate.Category(rawValue: sent["category"] ?? "") ?? .utility,
            text: FormText.lines(sent["text"], each: 2000))
        do {
            _ = try draft.checked()
            if sent["preview"] != nil { return try await write(visit, kind.name, draft, nil) }
            let account = try await account(sent["account"], visit)
            try await acts.submit(draft, by: account, as: visit.principal, in: visit.database)
            return Panel.done(.saved, at: Self.path)
        } catch let refusal as TemplateRefusal {
            return try await write(visit, kind.name, draft, refusal)
        } catch let refusal as ChannelRefusal {
            return try await write(visit, kind.name, draft, refusal)
        }
    }
}

/// The template that somebody chose for a kind of notice, and what stands in its places.
struct TemplateChoice: Sendable, Equatable {
    /// Its identifier as sent; empty for none.
    var template = ""
    var blanks: [String] = []

    init() {}

    init(_ use: TemplateUse) { (template, blanks) = ("\(use.template.id)", use.blanks) }

    init(_ sent: Fields, of kind: NoticeKind) {
        template = sent[Self.templateField(of: kind)] ?? ""
        let typed = FormText.line(sent[Self.blanksField(of: kind)], upTo: 1000)
        // What is left of a template that is no longer chosen does not matter.
        blanks = template.isEmpty ? [] : typed.split { $0 == "," || $0 == " " }.map(String.init)
    }

    static func templateField(of kind: NoticeKind) -> String { "template:\(kind.name)" }
    static func blanksField(of kind: NoticeKind) -> String { "blanks:\(kind.name)" }

    func checked(
        for kind: NoticeKind, among templates: [MessageTemplate]
    ) throws(TemplateRefusal) -> MessageTemplate? {
        if template.isEmpty { return nil }
        guard let chosen = templates.first(where: { "\($0.id)" == template }), !chosen.isForeign,
            let places = chosen.places
        else { throw .notUsable }
        for blank in blanks { try TemplateDraft.check(blank, of: kind) }
        guard places == blanks.count else { throw .placesWrong }
        return chosen
    }
}

extension Visit {
    /// The language code that WhatsApp knows of the company's language.
    fileprivate var templateLanguage: String {
        switch tenant.language {
        case .en: "en"
        case .pt: "pt_BR"
        default: "es_MX"
        }
    }
}
