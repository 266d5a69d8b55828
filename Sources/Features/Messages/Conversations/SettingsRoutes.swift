import Access
import Declarations
import HTML
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// The company's labels and canned replies.
struct ConversationSettingsRoutes: Sendable {
    private let randomness: Randomness

    init(randomness: Randomness) { self.randomness = randomness }

    static let labels = "/panel/labels"
    static let replies = "/panel/canned-replies"

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/labels", .conversationsManage, "Las etiquetas de las conversaciones", listLabels)
        routes.get("/panel/labels/new", .conversationsManage, "Formulario para una etiqueta") { visit in
            try await page(NounForm(new: Label(id: id(visit)), in: visit.notation), nil, .ok, visit)
        }
        routes.post("/panel/labels", .conversationsManage, "Agrega una etiqueta") { visit in
            try await save(nil as Label?, visit)
        }
        routes.get("/panel/labels/:id", .conversationsManage, "Una etiqueta") { (visit, id: Label.ID) in
            let label = try await found(id, visit)
            return try await page(NounForm(label, in: visit.notation), label, .ok, visit)
        }
        routes.post("/panel/labels/:id", .conversationsManage, "Cambia una etiqueta") { (visit, id: Label.ID) in
            try await save(try await found(id, visit), visit)
        }
        routes.get("/panel/labels/:id/delete", .conversationsManage, "Pregunta antes de eliminar una etiqueta") {
            (visit, id: Label.ID) in
            let label = try await found(id, visit)
            return try await ask(label.name, .deleteLabel, "\(Self.labels)/\(id)", visit)
        }
        routes.post("/panel/labels/:id/delete", .conversationsManage, "Elimina una etiqueta") {
            (visit, id: Label.ID) in
            try await Label.delete(id, by: visit.principal, in: visit.database)
            return Panel.done(.deleted, at: Self.labels)
        }
        routes.get("/panel/canned-replies", .conversationsManage, "Las respuestas guardadas", listReplies)
        routes.get("/panel/canned-replies/new", .conversationsManage, "Formulario para una respuesta guardada") {
            visit in
            try await page(NounForm(new: CannedReply(id: id(visit)), in: visit.notation), nil, .ok, visit)
        }
        routes.post("/panel/canned-replies", .conversationsManage, "Agrega una respuesta guardada") { visit in
            try await save(nil as CannedReply?, visit)
        }
        routes.get("/panel/canned-replies/:id", .conversationsManage, "Una respuesta guardada") {
            (visit, id: CannedReply.ID) in
            let reply = try await found(id, visit)
            return try await page(NounForm(reply, in: visit.notation), reply, .ok, visit)
        }
        routes.post("/panel/canned-replies/:id", .conversationsManage, "Cambia una respuesta guardada") {
            (visit, id: CannedReply.ID) in
            try await save(try await found(id, visit), visit)
        }
        routes.get(
            "/panel/canned-replies/:id/delete", .conversationsManage, "Pregunta antes de eliminar una respuesta"
        ) { (visit, id: CannedReply.ID) in
            let reply = try await found(id, visit)
            return try await ask("/\(reply.code)", .deleteCanned, "\(Self.replies)/\(id)", visit)
        }
        routes.post("/panel/canned-replies/:id/delete", .conversationsManage, "Elimina una respuesta guardada") {
            (visit, id: CannedReply.ID) in
            try await CannedReply.delete(id, by: visit.principal, in: visit.database)
            return Panel.done(.deleted, at: Self.replies)
        }
    }

    private func id<Noun>(_ visit: Visit) -> ID<Noun> {
        .make(milliseconds: visit.now.milliseconds, from: randomness)
    }

    private func found(_ id: Label.ID, _ visit: Visit) async throws -> Label {
        guard let label = try await visit.database.label(id) else { throw AccessRefusal.notFound }
        return label
    }

    private func found(_ id: CannedReply.ID, _ visit: Visit) async throws -> CannedReply {
        guard let reply = try await visit.database.cannedReply(id) else { throw AccessRefusal.notFound }
        return reply
    }

    private func save<Noun: ConversationSetting>(_ known: Noun?, _ visit: Visit) async throws -> Response {
        var form = try NounForm<Noun>(try await visit.request.body.form(upTo: 16_384), in: visit.notation)
        guard form.faults.isEmpty else { return try await page(form, known, .unprocessableContent, visit) }
        do {
            let sent = form
            let late = try await visit.database.transaction { database -> NounForm<Noun>? in
                try await database.execute(
                    "SELECT pg_advisory_xact_lock(hashtextextended('conversations ' || \(database.tenant)::text, 0))")
                guard let known else {
                    try await sent.applied(to: Noun(id: id(visit))).put(instead: nil, by: visit.principal, in: database)
                    return nil
                }
                let present = try await Noun.found(known.id, in: database) ?? known
                if let late = sent.late(for: present) { return late }
                try await sent.applied(to: present).put(instead: present, by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, known, .conflict, visit) }
            return Panel.done(known == nil ? .created : .saved, at: Noun.settingsPath)
        } catch let refusal as ConversationRefusal {
            form.add(refusal, beside: Noun.fields[refusal.isOfSecondField ? 1 : 0].name)
            return try await page(form, known, refusal.status, visit)
        }
    }

    private func page<Noun: ConversationSetting>(
        _ form: NounForm<Noun>, _ known: Noun?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = known?.title ?? Noun.newWords.text(for: visit.reader)
        let path = known.map { "\(Noun.settingsPath)/\($0.id)" }
        let page = NounFormPage(
            title, form, to: path ?? Noun.settingsPath, cancel: Noun.settingsPath,
            submit: known == nil ? Noun.newWords.message : nil, visit: visit
        ) {
            if let path {
                div(.class("acts")) {
                    a(.class("button danger"), .href("\(path)/delete"), .data("dialog", "")) {
                        InboxWords.delete.text(for: visit.reader)
                    }
                }
            }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    private func ask(_ name: String, _ text: InboxWords, _ path: String, _ visit: Visit) async throws -> Response {
        try await Panel.confirm(
            InboxWords.deleteTitle.text(for: visit.reader, .name(name)), text: text.text(for: visit.reader),
            act: InboxWords.delete.text(for: visit.reader), action: "\(path)/delete", back: path, for: visit)
    }

    private func listLabels(_ visit: Visit) async throws -> Response {
        let labels = try await visit.database.labels()
        let page = SettingListPage(
            title: .labels, intro: .labelsIntro, none: .noLabelsYet, new: .newLabel, path: Self.labels,
            headings: [.name, .colour],
            rows: labels.map {
                (
                    "\($0.id)", LabelMark(name: $0.name, colour: $0.colour.rawValue).body,
                    $0.colour.text(for: visit.reader)
                )
            },
            visit: visit)
        return try await Panel.page(page, titled: InboxWords.labels.text(for: visit.reader), for: visit)
    }

    private func listReplies(_ visit: Visit) async throws -> Response {
        let replies = try await visit.database.cannedReplies()
        let page = SettingListPage(
            title: .cannedTitle, intro: .cannedIntro, none: .noCannedYet, new: .newCanned, path: Self.replies,
            headings: [.code, .text],
            rows: replies.map { ("\($0.id)", .text("/\($0.code)"), FormText.line($0.body, upTo: 120)) }, visit: visit)
        return try await Panel.page(page, titled: InboxWords.cannedTitle.text(for: visit.reader), for: visit)
    }
}

/// What the settings' pages change.
protocol ConversationSetting: Fielded, JSONWritable, Sendable {
    var id: ID<Self> { get }
    var title: String { get }
    static var settingsPath: String { get }
    static var newWords: InboxWords { get }
    init(id: ID<Self>)
    static func found(_ id: ID<Self>, in database: TenantDatabase) async throws -> Self?
    func put(instead before: Self?, by principal: Principal, in database: TenantDatabase) async throws
}

extension Label: ConversationSetting {
    var title: String { name }
    static var settingsPath: String { ConversationSettingsRoutes.labels }
    static var newWords: InboxWords { .newLabel }
    static func found(_ id: ID, in database: TenantDatabase) async throws -> Label? { try await database.label(id) }
}

extension CannedReply: ConversationSetting {
    var title: String { "/\(code)" }
    static var settingsPath: String { ConversationSettingsRoutes.replies }
    static var newWords: InboxWords { .newCanned }
    static func found(_ id: ID, in database: TenantDatabase) async throws -> CannedReply? {
        try await database.cannedReply(id)
    }
}

extension ConversationRefusal {
    /// Whether it is about what the first field names, or about the text of the second.
    fileprivate var isOfSecondField: Bool { if case .unknownBlank = self { true } else { false } }
}

private struct SettingListPage: View {
    let title: InboxWords
    let intro: InboxWords
    let none: InboxWords
    let new: InboxWords
    let path: String
    let headings: [InboxWords]
    let rows: [(id: String, name: Markup, text: String)]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        PageHeading(title.text(for: reader)) {
            if visit.mayAct(with: .conversationsManage) { NewLink(new.text(for: reader), path: "\(path)/new") }
        }
        p(.class("hint lead")) { intro.text(for: reader) }
        if rows.isEmpty {
            EmptyState(.messages, none.text(for: reader))
        } else {
            div(.class("table"), .role("region"), .tabindex(0), .aria("label", title.text(for: reader))) {
                table {
                    caption { title.text(for: reader) }
                    thead { tr { for heading in headings { th(.scope("col")) { heading.text(for: reader) } } } }
                    tbody {
                        for row in rows {
                            tr {
                                td(.class("name")) { a(.href("\(path)/\(row.id)")) { row.name } }
                                td(.class("wide"), .data("label", headings[1].text(for: reader))) { row.text }
                            }
                        }
                    }
                }
            }
        }
    }
}
