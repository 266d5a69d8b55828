import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// Telephony in the panel: calls, SIP customers, carriers, rates, the blacklist and the rules.
struct TelephonyRoutes: Sendable {
    static let live = "/panel/voice/live"
    static let policy = "/panel/voice/policy"

    private let files: ListFiles
    private let randomness: Randomness

    init(files: ListFiles, randomness: Randomness) { (self.files, self.randomness) = (files, randomness) }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/voice/live", .voiceView, "Llamadas en curso", showLive)
        routes.get("/panel/voice/calls", .voiceView, "Llamadas (CDR)", list)
        routes.get("/panel/voice/calls.csv", .voiceView, "Las llamadas como CSV") { visit in
            try await export(visit, as: .csv)
        }
        routes.get("/panel/voice/calls.xlsx", .voiceView, "Las llamadas para Excel") { visit in
            try await export(visit, as: .xlsx)
        }
        routes.get("/panel/voice/calls/:id", .voiceView, "Una llamada", show)
        routes.get("/panel/voice/policy", .voiceManage, "Reglas de telefonía", askPolicy)
        routes.post("/panel/voice/policy", .voiceManage, "Cambia las reglas de telefonía", putPolicy)
        addAccounts(to: &routes)
        addCarriers(to: &routes)
        addDecks(to: &routes)
        addBlocks(to: &routes)
    }

    private func addAccounts(to routes: inout Panel.Routes) {
        let nouns = nouns(
            VoiceAccount.self, .init(intro: .accountsIntro, none: .noAccounts, new: .newAccount),
            more: { account, visit in AccountFacts(account: account, visit: visit).body })
        routes.get("/panel/voice/accounts", .voiceView, "Clientes SIP", nouns.list)
        routes.get("/panel/voice/accounts.csv", .voiceView, "Los clientes SIP como CSV", nouns.export(.csv))
        routes.get("/panel/voice/accounts.xlsx", .voiceView, "Los clientes SIP para Excel", nouns.export(.xlsx))
        routes.get("/panel/voice/accounts/new", .voiceManage, "Formulario de un cliente SIP", nouns.ask)
        routes.post("/panel/voice/accounts", .voiceManage, "Agrega un cliente SIP", nouns.create)
        routes.get("/panel/voice/accounts/:id", .voiceView, "Un cliente SIP", nouns.show)
        routes.get("/panel/voice/accounts/:id/edit", .voiceManage, "Formulario para cambiarlo", nouns.edit)
        routes.post("/panel/voice/accounts/:id", .voiceManage, "Cambia un cliente SIP", nouns.change)
        routes.post("/panel/voice/accounts/:id/unblock", .voiceManage, "Quita el bloqueo de una regla", unblock)
        routes.get("/panel/voice/accounts/:id/delete", .voiceManage, "Pregunta antes de eliminarlo", nouns.askToDelete)
        routes.post("/panel/voice/accounts/:id/delete", .voiceManage, "Elimina un cliente SIP", nouns.delete)
    }

    private func addCarriers(to routes: inout Panel.Routes) {
        let nouns = nouns(
            Carrier.self, .init(intro: .carriersIntro, none: .noCarriers, new: .newCarrier),
            more: { _, _ in .nothing })
        routes.get("/panel/voice/carriers", .voiceView, "Carriers", nouns.list)
        routes.get("/panel/voice/carriers.csv", .voiceView, "Los carriers como CSV", nouns.export(.csv))
        routes.get("/panel/voice/carriers.xlsx", .voiceView, "Los carriers para Excel", nouns.export(.xlsx))
        routes.get("/panel/voice/carriers/new", .voiceManage, "Formulario de un carrier", nouns.ask)
        routes.post("/panel/voice/carriers", .voiceManage, "Agrega un carrier", nouns.create)
        routes.get("/panel/voice/carriers/:id", .voiceView, "Un carrier", nouns.show)
        routes.get("/panel/voice/carriers/:id/edit", .voiceManage, "Formulario para cambiar un carrier", nouns.edit)
        routes.post("/panel/voice/carriers/:id", .voiceManage, "Cambia un carrier", nouns.change)
        routes.get("/panel/voice/carriers/:id/delete", .voiceManage, "Pregunta antes de eliminarlo", nouns.askToDelete)
        routes.post("/panel/voice/carriers/:id/delete", .voiceManage, "Elimina un carrier", nouns.delete)
    }

    private func addDecks(to routes: inout Panel.Routes) {
        let nouns = nouns(
            Deck.self, .init(intro: .decksIntro, none: .noDecks, new: .newDeck),
            more: { deck, visit in DeckLinks(deck: deck, visit: visit).body })
        routes.get("/panel/voice/decks", .voiceView, "Listas de tarifas", nouns.list)
        routes.get("/panel/voice/decks.csv", .voiceView, "Las listas de tarifas como CSV", nouns.export(.csv))
        routes.get("/panel/voice/decks.xlsx", .voiceView, "Las listas de tarifas para Excel", nouns.export(.xlsx))
        routes.get("/panel/voice/decks/new", .voiceManage, "Formulario de una lista de tarifas", nouns.ask)
        routes.post("/panel/voice/decks", .voiceManage, "Agrega una lista de tarifas", nouns.create)
        routes.get("/panel/voice/decks/:id", .voiceView, "Una lista de tarifas", nouns.show)
        routes.get("/panel/voice/decks/:id/edit", .voiceManage, "Formulario para cambiar la lista", nouns.edit)
        routes.post("/panel/voice/decks/:id", .voiceManage, "Cambia una lista de tarifas", nouns.change)
        routes.get("/panel/voice/decks/:id/delete", .voiceManage, "Pregunta antes de eliminarla", nouns.askToDelete)
        routes.post("/panel/voice/decks/:id/delete", .voiceManage, "Elimina una lista de tarifas", nouns.delete)
        RateRoutes(files: files, randomness: randomness).add(to: &routes)
    }

    private func addBlocks(to routes: inout Panel.Routes) {
        let nouns = nouns(
            VoiceBlock.self, .init(intro: .blocksIntro, none: .noBlocks, new: .newBlock),
            more: { _, _ in .nothing })
        routes.get("/panel/voice/blocks", .voiceView, "Lista negra", nouns.list)
        routes.get("/panel/voice/blocks.csv", .voiceView, "La lista negra como CSV", nouns.export(.csv))
        routes.get("/panel/voice/blocks.xlsx", .voiceView, "La lista negra para Excel", nouns.export(.xlsx))
        routes.get("/panel/voice/blocks/new", .voiceManage, "Formulario para bloquear números", nouns.ask)
        routes.post("/panel/voice/blocks", .voiceManage, "Bloquea números", nouns.create)
        routes.get("/panel/voice/blocks/:id", .voiceView, "Números bloqueados", nouns.show)
        routes.get("/panel/voice/blocks/:id/edit", .voiceManage, "Formulario para cambiar el bloqueo", nouns.edit)
        routes.post("/panel/voice/blocks/:id", .voiceManage, "Cambia un bloqueo", nouns.change)
        routes.get("/panel/voice/blocks/:id/delete", .voiceManage, "Pregunta antes de quitarlo", nouns.askToDelete)
        routes.post("/panel/voice/blocks/:id/delete", .voiceManage, "Quita un bloqueo", nouns.delete)
    }

    private func nouns<Noun: VoiceNoun>(
        _: Noun.Type, _ words: VoiceNounRoutes<Noun>.Words,
        more: @escaping @Sendable (Noun, Visit) async throws -> Markup
    ) -> VoiceNounRoutes<Noun> {
        VoiceNounRoutes(words: words, files: files, randomness: randomness, more: more)
    }

    private func showLive(_ visit: Visit) async throws -> Response {
        let page = LiveCallsPage(
            calls: try await visit.database.liveVoiceCalls(in: visit.tenant.timeZone), visit: visit)
        return try await Panel.page(page, titled: TelephonyWords.liveCalls.text(for: visit.reader), for: visit)
    }

    private func query(_ visit: Visit) throws(RequestError) -> ListQuery<VoiceCall> {
        var query = try ListQuery(VoiceCall.list(in: visit.tenant.timeZone), visit.request.query)
        if visit.request.query["order"] == nil { query.isDescending = true }
        return query
    }

    private func accounts(_ visit: Visit) async throws -> [String: FieldOptions] {
        let accounts: [VoiceAccount] = try await visit.database.voices()
        guard !accounts.isEmpty else { return [:] }
        return [
            "account": FieldOptions(
                accounts.map { ($0.id.description, $0.name) }, none: TelephonyWords.everyone.text(for: visit.reader))
        ]
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try query(visit)
        let part = try await visit.part(
            of: query, rows: visit.database.voiceCalls(query, in: visit.tenant.timeZone),
            counted: visit.database.voiceCallsCounted(query)
        ).part
        let page = ListPage(
            part, .init(.phone, none: TelephonyWords.noCalls.message, intro: TelephonyWords.callsIntro.message),
            options: try await accounts(visit),
            links: [.init(TelephonyWords.liveCalls.text(for: visit.reader), path: Self.live)],
            files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func export(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        try await files.answer(try query(visit), as: format, for: visit) { query in
            try await visit.database.rows(visit.database.voiceCalls(query, in: visit.tenant.timeZone))
        }
    }

    private func show(_ visit: Visit, id: VoiceCall.ID) async throws -> Response {
        guard let call = try await visit.database.voiceCall(id, in: visit.tenant.timeZone) else {
            throw AccessRefusal.notFound
        }
        let page = CallPage(call: call, visit: visit)
        return try await Panel.page(page, titled: page.title, for: visit)
    }

    private func unblock(_ visit: Visit, id: VoiceAccount.ID) async throws -> Response {
        try await VoiceAccount.unblock(id, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: "\(VoiceAccount.list.path)/\(id)")
    }

    private func askPolicy(_ visit: Visit) async throws -> Response {
        let policy = try await visit.database.voicePolicy(in: visit.tenant.currency)
        return try await policyPage(NounForm(policy, in: visit.notation), .ok, visit)
    }

    private func putPolicy(_ visit: Visit) async throws -> Response {
        var form = try NounForm<VoicePolicy>(
            try await visit.request.body.form(upTo: 8192), in: visit.notation)
        guard form.faults.isEmpty else { return try await policyPage(form, .unprocessableContent, visit) }
        let known = try await visit.database.voicePolicy(in: visit.tenant.currency)
        if let late = form.late(for: known) { return try await policyPage(late, .conflict, visit) }
        do {
            _ = try await form.applied(to: known).put(by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: Self.policy)
        } catch let refusal as TelephonyRefusal {
            form.add(refusal, beside: refusal.field)
            return try await policyPage(form, refusal.status, visit)
        }
    }

    private func policyPage(_ form: NounForm<VoicePolicy>, _ status: Status, _ visit: Visit) async throws -> Response {
        let title = TelephonyWords.policy.text(for: visit.reader)
        guard visit.mayAct(with: .voiceManage) else {
            let policy = try await visit.database.voicePolicy(in: visit.tenant.currency)
            return try await Panel.page(
                NounFactsPage(title, policy, for: visit.reader), titled: title, status: status, for: visit)
        }
        let page = NounFormPage(
            title, form, to: Self.policy, cancel: VoiceCall.path, submit: nil,
            notice: p(.class("hint")) { TelephonyWords.policyIntro.text(for: visit.reader) }, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}
