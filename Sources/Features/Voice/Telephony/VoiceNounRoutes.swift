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

/// The panel's list, forms and page of one of telephony's nouns.
struct VoiceNounRoutes<Noun: VoiceNoun>: Sendable {
    struct Words: Sendable {
        let intro: TelephonyWords
        let none: TelephonyWords
        let new: TelephonyWords
    }

    let words: Words
    let files: ListFiles
    let randomness: Randomness
    /// What its page shows beside its facts.
    let more: @Sendable (Noun, Visit) async throws -> Markup

    func list(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(Noun.list, visit.request.query)
        let part = try await visit.part(
            of: query, rows: visit.database.voices(query), counted: Noun.counting(query, of: visit.database.tenant)
        ).part
        let new = (words.new.text(for: visit.reader), "\(Noun.list.path)/new")
        let page = ListPage(
            part, .init(.phone, none: words.none.message, intro: words.intro.message),
            new: visit.mayAct(with: .voiceManage) ? new : nil, files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    func export(_ format: ListFiles.Format) -> @Sendable (Visit) async throws -> Response {
        { visit in
            try await files.answer(
                try ListQuery(Noun.list, visit.request.query), as: format, options: try await Noun.options(for: visit),
                for: visit
            ) { query in try await visit.database.rows(visit.database.voices(query)) }
        }
    }

    func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: blank(visit), in: visit.notation), nil, .ok, visit)
    }

    func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<Noun>(sent, in: visit.notation)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let noun = form.applied(to: blank(visit))
        do {
            let (_, path) = try await visit.once(sent) { database in
                let added = try await noun.add(to: visit.tenant, by: visit.principal, in: database)
                return (added, added.panelPath)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as TelephonyRefusal {
            form.add(refusal, beside: place(of: refusal))
            return try await page(form, nil, refusal.status, visit)
        }
    }

    func show(_ visit: Visit, id: Identifiers.ID<Noun>) async throws -> Response {
        let noun = try await found(id, in: visit.database)
        let page = VoiceNounPage(
            noun: noun, options: try await Noun.options(for: visit), more: try await more(noun, visit), visit: visit)
        return try await Panel.page(page, titled: noun.title, for: visit)
    }

    func edit(_ visit: Visit, id: Identifiers.ID<Noun>) async throws -> Response {
        let noun = try await found(id, in: visit.database)
        return try await page(NounForm(noun, in: visit.notation), noun, .ok, visit)
    }

    func change(_ visit: Visit, id: Identifiers.ID<Noun>) async throws -> Response {
        let noun = try await found(id, in: visit.database)
        var form = try NounForm<Noun>(try await visit.request.body.form(upTo: 8192), in: visit.notation)
        guard form.faults.isEmpty else { return try await page(form, noun, .unprocessableContent, visit) }
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                let noun = try await found(id, locked: true, in: database)
                if let late = sent.late(for: noun) { return NounForm<Noun>?.some(late) }
                _ = try await noun.change(
                    to: sent.applied(to: noun), of: visit.tenant, by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, noun, .conflict, visit) }
            return Panel.done(.saved, at: noun.panelPath)
        } catch let refusal as TelephonyRefusal {
            form.add(refusal, beside: place(of: refusal))
            return try await page(form, noun, refusal.status, visit)
        }
    }

    func askToDelete(_ visit: Visit, id: Identifiers.ID<Noun>) async throws -> Response {
        let noun = try await found(id, in: visit.database)
        return try await Panel.confirm(
            TelephonyWords.deleteTitle.text(for: visit.reader, .name(noun.title)),
            text: TelephonyWords.deleteText.text(for: visit.reader),
            act: TelephonyWords.delete.text(for: visit.reader), action: "\(noun.panelPath)/delete",
            back: noun.panelPath, for: visit)
    }

    func delete(_ visit: Visit, id: Identifiers.ID<Noun>) async throws -> Response {
        try await Noun.delete(id, by: visit.principal, in: visit.database)
        return Panel.done(.deleted, at: Noun.list.path)
    }

    private func blank(_ visit: Visit) -> Noun {
        Noun.blank(.make(milliseconds: visit.now.milliseconds, from: randomness), of: visit.tenant)
    }

    /// A noun without a name has its refusals beside its first field.
    private func place(of refusal: TelephonyRefusal) -> String {
        Noun.fields.contains { $0.name == refusal.field } ? refusal.field : Noun.fields[0].name
    }

    private func found(
        _ id: Identifiers.ID<Noun>, locked: Bool = false, in database: TenantDatabase
    ) async throws -> Noun {
        guard let noun = try await database.voice(id, locked: locked) else { throw AccessRefusal.notFound }
        return noun
    }

    private func page(
        _ form: NounForm<Noun>, _ noun: Noun?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = noun?.title ?? words.new.text(for: visit.reader)
        let back = noun?.panelPath ?? Noun.list.path
        let page = NounFormPage(
            title, form, options: try await Noun.options(for: visit), to: back, cancel: back,
            submit: noun == nil ? words.new.message : nil, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

struct VoiceNounPage<Noun: VoiceNoun>: View {
    let noun: Noun
    let options: [String: FieldOptions]
    let more: Markup
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(Noun.list, visit: visit)
        PageHeading(noun.title) {
            if visit.mayAct(with: .voiceManage) {
                a(.class("button"), .href("\(noun.panelPath)/edit")) {
                    Icon.edit
                    span { TelephonyWords.edit.text(for: reader) }
                }
                a(.class("button danger"), .href("\(noun.panelPath)/delete"), .data("dialog", "")) {
                    TelephonyWords.delete.text(for: reader)
                }
            }
        }
        more
        NounFacts(noun, options: options, for: reader)
    }
}
