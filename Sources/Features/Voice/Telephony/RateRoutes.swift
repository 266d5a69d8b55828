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

/// A deck's rates, and sheets of rates that are looked at before they are taken.
struct RateRoutes: Sendable {
    let files: ListFiles
    let randomness: Randomness

    /// A sheet as a form carries it.
    private static let mostOfForm = RateSheet.mostBytes * 3 + 8192
    private static let limits = RouteLimits(body: mostOfForm)

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/voice/decks/:id/rates", .voiceView, "Las tarifas de una lista", list)
        routes.get("/panel/voice/decks/:id/rates.csv", .voiceView, "Las tarifas como CSV") { (visit, id: Deck.ID) in
            try await export(visit, id, as: .csv)
        }
        routes.get("/panel/voice/decks/:id/rates.xlsx", .voiceView, "Las tarifas para Excel") {
            (visit, id: Deck.ID) in
            try await export(visit, id, as: .xlsx)
        }
        routes.get("/panel/voice/decks/:id/rates/new", .voiceManage, "Formulario para pegar tarifas", ask)
        routes.post(
            "/panel/voice/decks/:id/rates", .voiceManage, "Revisa o guarda tarifas pegadas", limits: Self.limits, put)
    }

    private func list(_ visit: Visit, id: Deck.ID) async throws -> Response {
        let deck = try await found(id, visit)
        let query = try ListQuery(VoiceRate.list(of: deck), visit.request.query)
        let part = try await visit.part(
            of: query, rows: visit.database.voiceRates(of: id, query, in: visit.tenant.timeZone),
            counted: visit.database.voiceRatesCounted(of: id, query)
        ).part
        let new = (TelephonyWords.importRates.text(for: visit.reader), "\(query.list.path)/new")
        let page = ListPage(
            part, .init(.phone, none: TelephonyWords.noRates.message),
            links: [.init(deck.name, path: deck.panelPath)], new: visit.mayAct(with: .voiceManage) ? new : nil,
            files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func export(_ visit: Visit, _ id: Deck.ID, as format: ListFiles.Format) async throws -> Response {
        let deck = try await found(id, visit)
        return try await files.answer(
            try ListQuery(VoiceRate.list(of: deck), visit.request.query), as: format, for: visit
        ) { query in
            try await visit.database.rows(visit.database.voiceRates(of: id, query, in: visit.tenant.timeZone))
        }
    }

    private func ask(_ visit: Visit, id: Deck.ID) async throws -> Response {
        try await page(RateSheetPage(deck: try await found(id, visit), visit: visit), .ok, visit)
    }

    private func put(_ visit: Visit, id: Deck.ID) async throws -> Response {
        let deck = try await found(id, visit)
        let sent = try await visit.request.body.form(upTo: Self.mostOfForm)
        try sent.allow([FormID.field, "csv", "whole", "act"])
        let text = sent["csv"] ?? ""
        var shown = RateSheetPage(deck: deck, visit: visit)
        (shown.text, shown.isWhole) = (text, sent["whole"] == "yes")
        guard text.utf8.count <= RateSheet.mostBytes else {
            shown.refusal = .sheetUnreadable
            shown.text = ""
            return try await page(shown, .unprocessableContent, visit)
        }
        let sheet = RateSheet(text, at: visit.now, in: visit.tenant.timeZone)
        shown.sheet = sheet
        guard sent["act"] == "save" else {
            if sheet.lines.isEmpty { shown.refusal = .sheetEmpty }
            shown.effect = try await sheet.effect(on: id, isWhole: shown.isWhole, in: visit.database)
            return try await page(shown, sheet.lines.isEmpty ? .unprocessableContent : .ok, visit)
        }
        do {
            let isWhole = shown.isWhole
            let (_, path) = try await visit.once(sent) { database in
                let effect = try await sheet.put(
                    into: id, isWhole: isWhole, by: visit.principal, from: randomness, in: database)
                return (effect, "\(deck.panelPath)/rates")
            }
            return Panel.done(.saved, at: path)
        } catch let refusal as TelephonyRefusal {
            shown.refusal = refusal
            return try await page(shown, refusal.status, visit)
        }
    }

    private func found(_ id: Deck.ID, _ visit: Visit) async throws -> Deck {
        guard let deck = try await visit.database.voice(id, as: Deck.self) else { throw AccessRefusal.notFound }
        return deck
    }

    private func page(_ page: RateSheetPage, _ status: Status, _ visit: Visit) async throws -> Response {
        try await Panel.page(
            page, titled: TelephonyWords.importRates.text(for: visit.reader), status: status, for: visit)
    }
}

/// Where rates are pasted, and what they would change.
struct RateSheetPage: View {
    let deck: Deck
    let visit: Visit
    var text = ""
    var isWhole = false
    var sheet: RateSheet?
    var effect: RateSheetEffect?
    var refusal: TelephonyRefusal?

    private static let mostShown = 200

    init(deck: Deck, visit: Visit) { (self.deck, self.visit) = (deck, visit) }

    private var reader: Reader { visit.reader }
    private var isReady: Bool { effect != nil && sheet?.unreadable.isEmpty == true && sheet?.lines.isEmpty == false }

    var body: Markup {
        Crumb(deck.name, path: deck.panelPath)
        PageHeading(TelephonyWords.importRates.text(for: reader))
        form(.class("card form"), .method(.post), .action("\(deck.panelPath)/rates")) {
            FormHead(refusal.map { [FormFault(name: "csv", message: $0.message)] } ?? [], visit: visit)
            FormField(
                TelephonyWords.csv.text(for: reader), name: "csv", hint: TelephonyWords.csvHint.text(for: reader),
                error: refusal?.text(for: reader)
            ) { wiring in
                textarea(wiring, .rows(12), .autocomplete("off"), text: text)
            }
            label(.class("choice")) {
                input(.type("checkbox"), .id("field-whole"), .name("whole"), .value("yes"), .checked(isWhole))
                span { TelephonyWords.whole.text(for: reader) }
            }
            if let sheet, let effect { summary(sheet, effect) }
            div(.class("form-acts")) {
                button(.type("submit"), .name("act"), .value("look")) { TelephonyWords.preview.text(for: reader) }
                if isReady {
                    button(.type("submit"), .class("primary"), .name("act"), .value("save")) {
                        TelephonyWords.take.text(for: reader)
                    }
                }
            }
        }
        if let effect, !effect.changes.isEmpty { table(of: effect) }
    }

    private func summary(_ sheet: RateSheet, _ effect: RateSheetEffect) -> Markup {
        .group([
            dl(.class("facts")) {
                fact(.added, effect.added)
                fact(.dearer, effect.dearer)
                fact(.cheaper, effect.cheaper)
                fact(.unchanged, effect.unchanged)
                fact(.ending, effect.ended)
                fact(.doubled, sheet.doubled)
            },
            sheet.unreadable.isEmpty
                ? .nothing
                : p(.class("warning")) {
                    TelephonyWords.unreadableLines.text(
                        for: reader,
                        .text("lines", sheet.unreadable.prefix(20).map(String.init).joined(separator: ", ")))
                },
        ])
    }

    private func fact(_ words: TelephonyWords, _ count: Int) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { count.text(for: reader) }
        }
    }

    private func table(of effect: RateSheetEffect) -> Markup {
        VoiceTable(
            TelephonyWords.preview.text(for: reader), [.prefix, .destination, .before, .price, .billing, .effective],
            for: reader
        ) {
            for change in effect.changes.prefix(Self.mostShown) {
                tr {
                    td(.class("name")) { change.line.prefix }
                    td { change.line.destination }
                    td(.class("figures")) { change.before.map(Micros.text) ?? "–" }
                    td(.class("figures")) { Micros.text(change.line.price) }
                    td { "\(change.line.minimum)/\(change.line.increment)" }
                    td(.class("figures")) {
                        change.line.effectiveAt.text(.short, in: visit.tenant.timeZone, for: reader)
                    }
                }
            }
        }.body
    }
}
