import Access
import Customers
import Declarations
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Spreadsheets
import Tenancy
import Workbooks

package struct ImportRoutes: Sendable {
    private let acts: ImportActs

    package init(_ acts: ImportActs) { self.acts = acts }

    /// The file plus the form around it.
    private static let uploads = RouteLimits(body: ReadSpreadsheet.mostBytes + 65_536, deadline: .seconds(120))

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/imports", .customersImport, "Importaciones de archivos", list)
        routes.get("/panel/imports/new", .customersImport, "Formulario para subir un archivo", ask)
        routes.post("/panel/imports", .customersImport, "Recibe un archivo", limits: Self.uploads, upload)
        routes.get("/panel/imports/:id", .customersImport, "Una importación y cómo va", show)
        routes.get("/panel/imports/:id/columns", .customersImport, "Qué contiene cada columna", askColumns)
        routes.post("/panel/imports/:id/columns", .customersImport, "Dice qué contiene cada columna", choose)
        routes.get("/panel/imports/:id/rows", .customersImport, "Qué pasa con cada fila", rows)
        routes.get("/panel/imports/:id/refused.csv", .customersImport, "Las filas que no entran, como CSV", refused)
        routes.get("/panel/imports/:id/commit", .customersImport, "Pregunta antes de importar", confirm)
        routes.post("/panel/imports/:id/commit", .customersImport, "Importa lo revisado", commit)
        routes.get("/panel/imports/:id/undo", .customersImport, "Pregunta antes de deshacer", confirmUndo)
        routes.post("/panel/imports/:id/undo", .customersImport, "Deshace una importación", undo)
        routes.get("/panel/imports/:id/discard", .customersImport, "Pregunta antes de descartar", confirmDiscard)
        routes.post("/panel/imports/:id/discard", .customersImport, "Descarta lo que no se importó", discard)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let place = visit.request.query["before"].flatMap { Int($0) }
        let page = ImportsPage(
            imports: try await visit.database.fileImports(before: place ?? .max, limit: ImportsPage.length + 1),
            isFirst: place == nil, visit: visit)
        return try await Panel.page(page, titled: ImportWords.imports.text(for: visit.reader), for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response { try await page(nil, .ok, visit) }

    private func page(_ fault: Message?, _ status: Status, _ visit: Visit) async throws -> Response {
        try await Panel.page(
            NewImportPage(fault: fault, visit: visit), titled: ImportWords.new.text(for: visit.reader), status: status,
            for: visit)
    }

    private func upload(_ visit: Visit) async throws -> Response {
        try await visit.admit()
        let form = try await visit.request.body.multipart(
            limits: MultipartLimits(parts: 2, fieldBytes: 1024, fileBytes: ReadSpreadsheet.mostBytes))
        do {
            guard let sent = form.files.first(where: { $0.field == "file" }) else { throw ImportRefusal.fileMissing }
            let file = try await acts.take(
                try await sent.bytes(), named: sent.name, of: visit.tenant, by: visit.principal, in: visit.database)
            return .redirect(to: "\(file.panelPath)/columns")
        } catch let refusal as ImportRefusal {
            return try await page(refusal.message, refusal.status, visit)
        }
    }

    private func show(_ visit: Visit, id: Import.ID) async throws -> Response {
        let file = try await found(id, visit)
        if file.state == .draft { return .redirect(to: "\(file.panelPath)/columns") }
        return try await Panel.page(ImportPage(file: file, visit: visit), titled: file.name, for: visit)
    }

    private func askColumns(_ visit: Visit, id: Import.ID) async throws -> Response {
        try await columnsPage(try await found(id, visit), nil, .ok, visit)
    }

    private func columnsPage(
        _ file: Import, _ refusal: ImportRefusal?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        guard file.doneCount == 0, file.state != .committing, file.state != .done else { throw ImportRefusal.imported }
        return try await Panel.page(
            ImportColumnsPage(file: file, refusal: refusal, visit: visit), titled: file.name, status: status,
            for: visit)
    }

    private func choose(_ visit: Visit, id: Import.ID) async throws -> Response {
        let file = try await found(id, visit)
        let sent = try await visit.request.body.form(upTo: 65_536)
        let names = file.columns.indices.map { ImportColumnsPage.name(ofColumn: $0) }
        try sent.allow(Set([FormID.field, "day_order", "decimal_mark", "distinct"] + names))
        let fields = names.map { sent[$0].flatMap { ImportedField(rawValue: $0) } }
        let notation = WrittenNotation(
            dayOrder: sent["day_order"].flatMap { DayOrder(rawValue: $0) },
            decimalMark: sent["decimal_mark"].flatMap { DecimalMark(rawValue: $0) })
        let isDistinct = sent["distinct"] == "yes"
        do {
            try await acts.choose(
                fields, notation, distinct: isDistinct, for: id, by: visit.principal, in: visit.database)
            return .redirect(to: file.panelPath)
        } catch let refusal as ImportRefusal where refusal.status == .unprocessableContent {
            let chosen = file.choosing(fields, notation, distinct: isDistinct)
            return try await columnsPage(chosen, refusal, refusal.status, visit)
        }
    }

    private func rows(_ visit: Visit, id: Import.ID) async throws -> Response {
        let file = try await found(id, visit)
        let query = visit.request.query
        let (outcome, text) = (
            query["outcome"].flatMap { ImportRow.Outcome(rawValue: $0) }, FormText.line(query["q"])
        )
        let after = query["after"].flatMap { Int($0) }
        let page = ImportRowsPage(
            file: file,
            rows: try await visit.database.importRows(
                of: id, after: after ?? 0, only: outcome, found: text, limit: ImportRowsPage.length + 1),
            outcome: outcome, text: text, isFirst: after == nil, visit: visit)
        return try await Panel.page(page, titled: file.name, for: visit)
    }

    /// The refused rows as a file, with their errors, to be corrected and uploaded again.
    private func refused(_ visit: Visit, id: Import.ID) async throws -> Response {
        let file = try await found(id, visit)
        guard let bytes = try await visit.database.fileBytes(of: id) else { throw AccessRefusal.notFound }
        let refused = Dictionary(
            uniqueKeysWithValues: try await visit.database.importRows(of: id, only: .refused).map { ($0.line, $0) })
        let table = try await acts.table(of: bytes, visit.tenant)
        var csv = CSV.byteOrderMark
        CSV.append(file.columns.map(\.title) + [ImportWords.reason.text(for: visit.reader)], to: &csv)
        for row in table.rows {
            guard let told = refused[row.line] else { continue }
            let empty = Array(repeating: "", count: max(0, file.columns.count - row.cells.count))
            CSV.append(row.cells.map(\.text) + empty + [told.text(in: file, for: visit.reader)], to: &csv)
        }
        return Response(
            .ok, contentType: .csv,
            headers: ["Content-Disposition": "attachment; filename=\"import-\(file.number).csv\""], body: .bytes(csv))
    }

    private func confirm(_ visit: Visit, id: Import.ID) async throws -> Response {
        let file = try await found(id, visit)
        guard file.state == .tried else { throw ImportRefusal.notTried }
        return try await Panel.confirm(
            ImportWords.commit.text(for: visit.reader),
            text: ImportWords.commitText.text(
                for: visit.reader, .number("created", file.counts[.created] ?? 0),
                .number("merged", file.counts[.merged] ?? 0), .number("refused", file.counts[.refused] ?? 0)),
            act: ImportWords.commit.text(for: visit.reader), action: "\(file.panelPath)/commit", back: file.panelPath,
            for: visit)
    }

    private func commit(_ visit: Visit, id: Import.ID) async throws -> Response {
        try await visit.request.body.form(upTo: 1024).allow([FormID.field])
        let file = try await found(id, visit)
        try await acts.commit(id, by: visit.principal, in: visit.database)
        return .redirect(to: file.panelPath)
    }

    private func confirmUndo(_ visit: Visit, id: Import.ID) async throws -> Response {
        let file = try await found(id, visit)
        guard file.state == .done else { throw ImportRefusal.notDone }
        return try await Panel.confirm(
            ImportWords.undo.text(for: visit.reader), text: ImportWords.undoText.text(for: visit.reader),
            act: ImportWords.undo.text(for: visit.reader), action: "\(file.panelPath)/undo", back: file.panelPath,
            for: visit)
    }

    private func undo(_ visit: Visit, id: Import.ID) async throws -> Response {
        try await visit.request.body.form(upTo: 1024).allow([FormID.field])
        let file = try await found(id, visit)
        try await acts.undo(id, by: visit.principal, in: visit.database)
        return .redirect(to: file.panelPath)
    }

    private func confirmDiscard(_ visit: Visit, id: Import.ID) async throws -> Response {
        let file = try await found(id, visit)
        return try await Panel.confirm(
            ImportWords.discard.text(for: visit.reader), text: ImportWords.discardText.text(for: visit.reader),
            act: ImportWords.discard.text(for: visit.reader), action: "\(file.panelPath)/discard",
            back: file.panelPath, for: visit)
    }

    private func discard(_ visit: Visit, id: Import.ID) async throws -> Response {
        try await visit.request.body.form(upTo: 1024).allow([FormID.field])
        _ = try await found(id, visit)
        try await acts.discard(id, in: visit.database)
        return Panel.done(.saved, at: Import.path)
    }

    private func found(_ id: Import.ID, _ visit: Visit) async throws -> Import {
        guard let file = try await visit.database.fileImport(id) else { throw AccessRefusal.notFound }
        return file
    }
}
