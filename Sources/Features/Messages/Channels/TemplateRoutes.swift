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
        routes.post("/panel/channels/templates/uses", .channelsManage, "Elige la plantilla de un aviso", use)
        routes.get("/panel/channels/templates/new", .channelsManage, "Escribir una plantilla") { visit in
            try await write(visit, visit.request.query["kind"] ?? "", nil, nil)
        }
        routes.post("/panel/channels/templates/new", .channelsManage, "Pide a WhatsApp aprobar una plantilla", submit)
    }

    private func list(_ visit: Visit, _ fault: (any Refusal)? = nil) async throws -> Response {
        let database = visit.database
        let month = visit.tenant.timeZone.day(at: visit.now).month.first
        let page = TemplatesPage(
            accounts: try await database.channelAccounts().filter(\.provider.hasWindow),
            templates: try await database.templates(), uses: try await database.templateUses(),
            budget: try await database.messageBudget(), spent: try await database.spentOnTemplates(in: month),
            fault: fault?.message, visit: visit)
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
        try sent.allow(["cap", "utility", "marketing", "authentication"])
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
            let new = budget
            let cap = new.cap.map { Money(minor: $0, visit.tenant.currency).plainText }
            try await visit.database.transaction { database in
                try await database.put(new)
                try await database.record(
                    Act(
                        .channelChanged, Act.Subject("company", visit.tenant.id.uuid, named: visit.tenant.name),
                        after: cap.map { [Act.Detail("message_cap", $0)] } ?? []), by: visit.principal.actor,
                    at: visit.now)
            }
        }
    }

    private func use(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["kind", "template", "blanks"])
        guard let kind = visit.catalogue.noticeKinds.first(where: { $0.name == sent["kind"] }) else {
            throw AccessRefusal.notFound
        }
        let blanks = FormText.line(sent["blanks"], upTo: 1000).split { $0 == "," || $0 == " " }.map(String.init)
        let chosen = sent["template"] ?? ""
        var template: MessageTemplate?
        if !chosen.isEmpty {
            template = try await visit.database.template(FormText.id(chosen))
            if template == nil { throw AccessRefusal.notFound }
        }
        let used = template
        return try await answering(visit) {
            if let used {
                guard !used.isForeign, let places = used.places else { throw TemplateRefusal.notUsable }
                for blank in blanks { try TemplateDraft.check(blank, of: kind) }
                guard places == blanks.count else { throw TemplateRefusal.placesWrong }
            }
            try await visit.database.transaction { database in
                try await database.use(used?.id, for: kind.name, filledWith: blanks)
                try await database.record(
                    Act(
                        .channelChanged, Act.Subject("company", visit.tenant.id.uuid, named: visit.tenant.name),
                        after: [Act.Detail("template", used?.name ?? "")]), by: visit.principal.actor, at: visit.now)
            }
        }
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
