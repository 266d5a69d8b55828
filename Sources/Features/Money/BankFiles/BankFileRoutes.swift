import Access
import BankAccounts
import BankStatements
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Payments
import Postgres
import Search
import Spreadsheets
import Tenancy
import Time

/// Conciliación bancaria: files, their lines, and lines to be identified.
package struct BankFileRoutes: Sendable {
    private let acts: BankFileActs
    private let files: ListFiles

    package init(_ acts: BankFileActs, files: ListFiles) { (self.acts, self.files) = (acts, files) }

    static let queue = "\(BankLine.list.path)/queue"
    /// The file, and some fields around it.
    private static let limits = RouteLimits(body: ReadSpreadsheet.mostBytes + 65_536)

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/bank-files", .bankFilesView, "Los archivos del banco", list)
        routes.get("/panel/bank-files/new", .bankFilesImport, "Formulario para subir un archivo del banco", ask)
        routes.post("/panel/bank-files", .bankFilesImport, "Sube un archivo del banco", limits: Self.limits, upload)
        routes.get("/panel/bank-files/:id", .bankFilesView, "Un archivo del banco", show)
        routes.post("/panel/bank-files/:id/columns", .bankFilesImport, "Dice qué columna es qué", readAgain)
        routes.get(
            "/panel/bank-files/:id/commit", .bankFilesImport, "Pregunta antes de aplicar un archivo", askToCommit)
        routes.post("/panel/bank-files/:id/commit", .bankFilesImport, "Aplica un archivo del banco") {
            (visit, id: BankFile.ID) in
            try await move(visit, id, .bankFileGoesOn) { try await acts.commit(id, by: visit.principal, in: $0) }
        }
        routes.get("/panel/bank-files/:id/undo", .bankFilesUndo, "Pregunta antes de deshacer un archivo", askToUndo)
        routes.post("/panel/bank-files/:id/undo", .bankFilesUndo, "Deshace un archivo del banco") {
            (visit, id: BankFile.ID) in
            try await move(visit, id, .bankFileGoesOn) { try await acts.undo(id, by: visit.principal, in: $0) }
        }
        routes.get(
            "/panel/bank-files/:id/discard", .bankFilesImport, "Pregunta antes de descartar un archivo", askToDiscard)
        routes.post("/panel/bank-files/:id/discard", .bankFilesImport, "Descarta un archivo sin aplicar", discard)
        routes.get("/panel/bank-lines", .bankFilesView, "Las líneas de los archivos del banco", lines)
        routes.get("/panel/bank-lines.csv", .bankFilesView, "Las líneas del banco como CSV") { visit in
            try await export(visit, as: .csv)
        }
        routes.get("/panel/bank-lines.xlsx", .bankFilesView, "Las líneas del banco para Excel") { visit in
            try await export(visit, as: .xlsx)
        }
        routes.get("/panel/bank-lines/queue", .bankFilesView, "Las líneas por identificar, con candidatos", waiting)
        routes.get("/panel/bank-lines/:id", .bankFilesView, "Una línea del banco", line)
        routes.post("/panel/bank-lines/:id/assign", .bankFilesAssign, "Dice de quién es una línea", assign)
        routes.get("/panel/bank-lines/:id/dismiss", .bankFilesAssign, "Pregunta por qué no es de un cliente", askWhy)
        routes.post("/panel/bank-lines/:id/dismiss", .bankFilesAssign, "Dice que no es de un cliente", dismiss)
        routes.post("/panel/bank-lines/:id/recall", .bankFilesAssign, "Vuelve a poner una línea en la cola", recall)
        routes.get("/panel/payer-aliases", .bankFilesView, "Pagadores conocidos", aliases)
        routes.get(
            "/panel/payer-aliases/:id", .bankFilesView, "Pregunta antes de olvidar a un pagador", askToForget)
        routes.post("/panel/payer-aliases/:id/forget", .bankFilesAssign, "Olvida a un pagador conocido", forget)
    }

    // Files.
    private func list(_ visit: Visit) async throws -> Response {
        var query = try ListQuery(BankFile.list, visit.request.query)
        if visit.request.query["order"] == nil { query.isDescending = true }
        let part = try await visit.part(
            of: query,
            rows: visit.database.bankFiles("\(query.restriction) \(query.position) \(query.sorting)"),
            counted: "FROM bank_files f WHERE f.tenant_id = \(visit.database.tenant) \(query.restriction)"
        ).part
        let page = ListPage(
            part, .init(.billing, none: BankFileWords.noFiles.message, intro: BankFileWords.intro.message),
            links: [
                .init(BankFileWords.queue.text(for: visit.reader), path: Self.queue),
                .init(BankFileWords.aliases.text(for: visit.reader), path: PayerAlias.list.path),
            ],
            new: visit.mayAct(with: .bankFilesImport)
                ? (BankFileWords.upload.text(for: visit.reader), "\(BankFile.list.path)/new") : nil,
            visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response { try await uploadPage(nil, "", .ok, visit) }

    private func uploadPage(
        _ fault: BankFileRefusal?, _ account: String, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let page = NewBankFilePage(
            accounts: try await visit.database.bankAccounts(), chosen: account, fault: fault, visit: visit)
        return try await Panel.page(
            page, titled: BankFileWords.upload.text(for: visit.reader), status: status, for: visit)
    }

    private func upload(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.multipart(
            limits: MultipartLimits(parts: 4, fieldBytes: 1024, fileBytes: ReadSpreadsheet.mostBytes))
        try sent.fields.allow(["account", FormID.field])
        let account = sent.fields["account"] ?? ""
        do {
            guard let file = sent.files.first, file.field == "file" else { throw BankFileRefusal.fileMissing }
            guard let id = BankAccount.ID(account) else { throw BankFileRefusal.unknownAccount }
            let made = try await acts.upload(
                try await file.bytes(), named: FormText.line(file.name, upTo: 200), of: id, in: visit.tenant,
                by: visit.principal, in: visit.database)
            return Panel.done(.bankFileGoesOn, at: made.panelPath)
        } catch let refusal as BankFileRefusal {
            return try await uploadPage(refusal, account, refusal.status, visit)
        }
    }

    private func show(_ visit: Visit, id: BankFile.ID) async throws -> Response {
        try await page(of: id, nil, .ok, visit)
    }

    private func page(
        of id: BankFile.ID, _ fault: BankFileRefusal?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let file = try await found(id, visit)
        let page = BankFilePage(
            file: file, sums: try await visit.database.bankLineSums(of: id), fault: fault, visit: visit)
        return try await Panel.page(page, titled: file.title(for: visit.reader), status: status, for: visit)
    }

    private func readAgain(_ visit: Visit, id: BankFile.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 32_768)
        let mapping = StatementMapping(sent, of: try await found(id, visit).reading)
        return try await move(visit, id, .bankFileGoesOn) {
            try await acts.read(id, by: mapping, by: visit.principal, in: $0)
        }
    }

    private func askToCommit(_ visit: Visit, id: BankFile.ID) async throws -> Response {
        let file = try await found(id, visit)
        let sums = try await visit.database.bankLineSums(of: id)
        let matched = sums.first { $0.state == .matched }
        var text = BankFileWords.commitText.text(
            for: visit.reader, .number("number", matched?.count ?? 0),
            .text("amount", (matched?.amount ?? .zero(file.currency)).exactText(for: visit.reader)),
            .number("waiting", sums.first { $0.state == .unidentified }?.count ?? 0))
        for warning in file.warnings(for: visit.reader) { text += " \(warning)" }
        return try await Panel.confirm(
            BankFileWords.commit.text(for: visit.reader), text: text, act: BankFileWords.commit.text(for: visit.reader),
            action: "\(file.panelPath)/commit", back: file.panelPath, for: visit)
    }

    private func askToUndo(_ visit: Visit, id: BankFile.ID) async throws -> Response {
        let file = try await found(id, visit)
        let applied = try await visit.database.bankLineSums(of: id).first { $0.state == .applied }
        return try await Panel.confirm(
            BankFileWords.undo.text(for: visit.reader),
            text: BankFileWords.undoText.text(
                for: visit.reader, .number("number", applied?.count ?? 0),
                .text("amount", (applied?.amount ?? .zero(file.currency)).exactText(for: visit.reader))),
            act: BankFileWords.undo.text(for: visit.reader), action: "\(file.panelPath)/undo", back: file.panelPath,
            for: visit)
    }

    private func askToDiscard(_ visit: Visit, id: BankFile.ID) async throws -> Response {
        let file = try await found(id, visit)
        return try await Panel.confirm(
            BankFileWords.discard.text(for: visit.reader), text: BankFileWords.discardText.text(for: visit.reader),
            act: BankFileWords.discard.text(for: visit.reader), action: "\(file.panelPath)/discard",
            back: file.panelPath, for: visit)
    }

    private func discard(_ visit: Visit, id: BankFile.ID) async throws -> Response {
        do {
            try await acts.discard(id, in: visit.database)
            return Panel.done(.deleted, at: BankFile.list.path)
        } catch let refusal as BankFileRefusal {
            return try await page(of: id, refusal, refusal.status, visit)
        }
    }

    private func move(
        _ visit: Visit, _ id: BankFile.ID, _ notice: Notice, _ act: (TenantDatabase) async throws -> BankFile
    ) async throws -> Response {
        do {
            return Panel.done(notice, at: try await act(visit.database).panelPath)
        } catch let refusal as BankFileRefusal {
            return try await page(of: id, refusal, refusal.status, visit)
        }
    }

    private func found(_ id: BankFile.ID, _ visit: Visit) async throws -> BankFile {
        guard let file = try await visit.database.bankFile(id) else { throw AccessRefusal.notFound }
        return file
    }

    // Lines.
    private func lines(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(BankLine.list, visit.request.query)
        let part = try await visit.part(
            of: query, rows: rows(query, visit),
            counted: "FROM bank_lines l WHERE l.tenant_id = \(visit.database.tenant) \(query.restriction)"
        ).part
        let page = ListPage(
            part, .init(.billing, none: BankFileWords.noLines.message),
            links: [
                .init(BankFileWords.files.text(for: visit.reader), path: BankFile.list.path),
                .init(BankFileWords.queue.text(for: visit.reader), path: Self.queue),
            ],
            files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func rows(_ query: ListQuery<BankLine>, _ visit: Visit) -> SQL {
        visit.database.bankLines("\(query.restriction) \(query.position) \(query.sorting)")
    }

    private func export(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        try await files.answer(try ListQuery(BankLine.list, visit.request.query), as: format, for: visit) { query in
            try await visit.database.rows(rows(query, visit))
        }
    }

    private static let waitingShown = 20

    private func waiting(_ visit: Visit) async throws -> Response {
        let query = visit.request.query
        let place = query["day"].flatMap { Day(iso: $0) }.flatMap { day in
            query["after"].flatMap { BankLine.ID($0) }.map { (day: day, id: $0) }
        }
        let page = try await visit.database.transaction { database in
            let lines = try await database.bankLinesWaiting(after: place, limit: Self.waitingShown + 1)
            let shown = Array(lines.prefix(Self.waitingShown))
            return QueuePage(
                lines: shown, candidates: try await found(for: shown, visit, in: database), isFirst: place == nil,
                hasMore: lines.count > shown.count, visit: visit)
        }
        return try await Panel.page(page, titled: BankFileWords.queue.text(for: visit.reader), for: visit)
    }

    private func found(
        for lines: [BankLine], _ visit: Visit, in database: TenantDatabase
    ) async throws -> [BankLine.ID: [Candidate]] {
        try await CandidateSearch(
            tenant: visit.tenant, today: visit.tenant.timeZone.day(at: visit.now), database: database
        ).candidates(for: lines)
    }

    private func line(_ visit: Visit, id: BankLine.ID) async throws -> Response {
        try await page(of: id, nil, .ok, visit)
    }

    private func page(
        of id: BankLine.ID, _ fault: Message?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        guard let line = try await visit.database.bankLine(id) else { throw AccessRefusal.notFound }
        let text = FormText.line(visit.request.query["q"])
        let isOpen = line.state == .unidentified && line.isHeld && visit.mayAct(with: .bankFilesAssign)
        let hits = try await visit.database.find(
            SearchQuery(text, in: visit.reader.region), among: isOpen ? visit.findable.filter { $0 == .customer } : [],
            limit: 12)
        let candidates = try await visit.database.transaction { database in
            try await found(for: isOpen ? [line] : [], visit, in: database)[id] ?? []
        }
        let page = BankLinePage(
            line: line, candidates: candidates, text: text, hits: hits, isOpen: isOpen, fault: fault, visit: visit)
        return try await Panel.page(page, titled: line.title, status: status, for: visit)
    }

    private func assign(_ visit: Visit, id: BankLine.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["customer", "payment"])
        do {
            guard let customer = sent["customer"].flatMap({ Customer.ID($0) }) else {
                throw BankFileRefusal.unknownCustomer
            }
            _ = try await acts.assign(
                id, to: customer, as: sent["payment"].flatMap { Payment.ID($0) }, in: visit.tenant,
                by: visit.principal, in: visit.database)
            return Panel.done(.bankLineAssigned, at: Self.queue)
        } catch let refusal as any Refusal where refusal.status == .conflict || refusal.status == .unprocessableContent
        {
            return try await page(of: id, refusal.message, refusal.status, visit)
        }
    }

    private func askWhy(_ visit: Visit, id: BankLine.ID) async throws -> Response {
        try await reasonPage(visit, id, nil, .ok)
    }

    private func reasonPage(
        _ visit: Visit, _ id: BankLine.ID, _ fault: BankFileRefusal?, _ status: Status
    ) async throws -> Response {
        guard let line = try await visit.database.bankLine(id) else { throw AccessRefusal.notFound }
        let page = DismissPage(line: line, fault: fault, visit: visit)
        return try await Panel.page(
            page, titled: BankFileWords.dismiss.text(for: visit.reader), status: status, for: visit)
    }

    private func dismiss(_ visit: Visit, id: BankLine.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["reason"])
        do {
            _ = try await acts.dismiss(
                id, because: FormText.line(sent["reason"], upTo: 300), by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: Self.queue)
        } catch let refusal as BankFileRefusal {
            return try await reasonPage(visit, id, refusal, refusal.status)
        }
    }

    private func recall(_ visit: Visit, id: BankLine.ID) async throws -> Response {
        do {
            let line = try await acts.recall(id, by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: line.panelPath)
        } catch let refusal as BankFileRefusal {
            return try await page(of: id, refusal.message, refusal.status, visit)
        }
    }

    // Known payers.
    private func aliases(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(PayerAlias.list, visit.request.query)
        let part = try await visit.part(
            of: query,
            rows: visit.database.aliases("\(query.restriction) \(query.position) \(query.sorting)"),
            counted: "FROM payer_aliases a WHERE a.tenant_id = \(visit.database.tenant) \(query.restriction)"
        ).part
        let page = ListPage(
            part, .init(.customers, none: BankFileWords.noAliases.message, intro: BankFileWords.aliasIntro.message),
            links: [.init(BankFileWords.files.text(for: visit.reader), path: BankFile.list.path)], visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func askToForget(_ visit: Visit, id: PayerAlias.ID) async throws -> Response {
        guard let alias = try await visit.database.alias(id) else { throw AccessRefusal.notFound }
        let page = AliasPage(alias: alias, visit: visit)
        return try await Panel.page(page, titled: alias.shown, for: visit)
    }

    private func forget(_ visit: Visit, id: PayerAlias.ID) async throws -> Response {
        try await PayerAlias.forget(id, by: visit.principal, in: visit.database)
        return Panel.done(.deleted, at: PayerAlias.list.path)
    }
}

extension StatementMapping {
    /// From a form's fields `column-0=day`, `column-3=credit`.
    init(_ fields: Fields, of reading: TableReading?) {
        let titles = reading?.titles ?? []
        let columns = (0..<ReadSpreadsheet.mostColumns).compactMap { index -> Column? in
            guard let word = fields["column-\(index)"], let role = Role(rawValue: word) else { return nil }
            return Column(role, at: index, title: index < titles.count ? titles[index] : "")
        }
        self.init(
            columns, dayOrder: fields["day_order"].flatMap { DayOrder(rawValue: $0) },
            decimalMark: fields["decimal_mark"].flatMap { DecimalMark(rawValue: $0) })
    }
}
