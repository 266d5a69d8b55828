import Access
import Customers
import Declarations
import Events
import Identifiers
import Jobs
import Locale
import Nouns
import Postgres
import Sandbox
import Spreadsheets
import Tenancy
import Time

/// Acts on imports: uploading a file, assigning its columns, committing.
package struct ImportActs: Sendable {
    private let sandbox: Sandbox
    private let randomness: Randomness

    package static let mostRows = 50_000

    package init(sandbox: Sandbox, randomness: Randomness) { (self.sandbox, self.randomness) = (sandbox, randomness) }

    /// Stores a file and guesses its columns. Nothing is created yet.
    package func take(
        _ bytes: [UInt8], named name: String, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Import {
        guard !bytes.isEmpty else { throw ImportRefusal.fileMissing }
        let table = try await table(of: bytes, tenant)
        guard !table.rows.isEmpty else { throw ImportRefusal.noRows }
        guard table.rows.count <= Self.mostRows else { throw ImportRefusal.tooManyRows }
        let fields = ImportedField.guess(table.columns.map(\.title))
        let columns = table.columns.enumerated().map { place, column in
            let texts = table.texts(ofColumn: place)
            let days = DayOrder.found(in: texts, assuming: .dayFirst)
            return Import.Column(
                title: FormText.line(column.title), sample: Self.sample(of: texts), field: fields[place],
                daysAreDoubtful: days?.isCertain == false,
                amountsAreDoubtful: DecimalMark.found(in: table.cells(ofColumn: place)).isAmbiguous)
        }
        let name = FormText.line(name, upTo: 200)
        let file = Import(
            id: .make(milliseconds: principal.now.milliseconds, from: randomness), number: 0,
            name: name.isEmpty ? "-" : name, state: .draft, columns: columns, notation: WrittenNotation(),
            areDistinct: false, rowCount: table.rows.count, doneCount: 0, counts: [:], services: 0, owed: 0,
            inFavour: 0, interruption: nil,
            author: principal.actor, madeAt: principal.now, endedAt: nil)
        return try await database.transaction { database in
            _ = try await database.insert(file, bytes)
            guard let kept = try await database.fileImport(file.id) else { throw AccessRefusal.notFound }
            return kept
        }
    }

    private static func sample(of texts: [String]) -> String {
        var seen: [String] = []
        for text in texts.prefix(200) where seen.count < 3 && !seen.contains(text) { seen.append(text) }
        return FormText.line(seen.map { FormText.line($0, upTo: 60) }.joined(separator: " · "), upTo: 200)
    }

    /// The sheet with the most rows.
    func table(of bytes: [UInt8], _ tenant: Tenant) async throws -> Table {
        let customary: DayOrder = tenant.reader.writesMonthFirst ? .monthFirst : .dayFirst
        do {
            let tables = try await sandbox.run(
                ReadTables(bytes, assuming: customary, .point), for: tenant.id.uuid)
            guard let table = tables.max(by: { $0.rows.count < $1.rows.count }) else { throw ImportRefusal.noRows }
            return table
        } catch let fault as SpreadsheetFault {
            throw ImportRefusal(fault)
        } catch SandboxFailure.overran, SandboxFailure.crashed {
            throw ImportRefusal.tooLarge
        }
    }

    /// Assigns the columns and starts the preview.
    package func choose(
        _ fields: [ImportedField?], _ notation: WrittenNotation, distinct: Bool, for id: Import.ID,
        by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard let file = try await database.fileImport(id) else { throw AccessRefusal.notFound }
            let chosen = file.choosing(fields, notation, distinct: distinct)
            try chosen.check()
            guard file.doneCount == 0,
                try await database.move(id, from: [.draft, .trying, .tried], to: .trying, at: principal.now)
            else {
                throw ImportRefusal.imported
            }
            try await database.put(chosen)
            try await database.queue(GoOnImport(id), at: principal.now)
        }
    }

    package func commit(_ id: Import.ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let file = try await database.fileImport(id) else { throw AccessRefusal.notFound }
            guard file.state != .done else { throw ImportRefusal.imported }
            guard file.state == .tried else { throw ImportRefusal.notTried }
            guard try await !database.isImportUnderWay(),
                try await database.move(id, from: [.tried], to: .committing, at: principal.now)
            else { throw ImportRefusal.underWay }
            try await database.queue(GoOnImport(id), at: principal.now)
        }
    }

    /// Removes what the import created and nobody has used since.
    package func undo(_ id: Import.ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let file = try await database.fileImport(id) else { throw AccessRefusal.notFound }
            guard file.state == .done else { throw ImportRefusal.notDone }
            guard try await !database.isImportUnderWay(),
                try await database.move(id, from: [.done], to: .undoing, at: principal.now)
            else { throw ImportRefusal.underWay }
            try await database.queue(GoOnImport(id), at: principal.now)
        }
    }

    /// Deletes an import without a record, as long as nothing of it was committed.
    package func discard(_ id: Import.ID, in database: TenantDatabase) async throws {
        let removed = try await database.execute(
            """
            DELETE FROM imports WHERE tenant_id = \(database.tenant) AND import_id = \(id)
                AND state IN ('draft', 'trying', 'tried') AND done_count = 0
            """)
        guard removed > 0 else { throw ImportRefusal.imported }
    }
}

extension Import {
    func choosing(_ fields: [ImportedField?], _ notation: WrittenNotation, distinct: Bool) -> Import {
        let columns = columns.enumerated().map { place, column in
            var column = column
            column.field = fields.indices.contains(place) ? fields[place] : nil
            return column
        }
        return Import(
            id: id, number: number, name: name, state: state, columns: columns, notation: notation,
            areDistinct: distinct, rowCount: rowCount, doneCount: doneCount, counts: counts, services: services,
            owed: owed,
            inFavour: inFavour, interruption: interruption, author: author, madeAt: madeAt, endedAt: endedAt)
    }

    func check() throws(ImportRefusal) {
        let fields = columns.compactMap(\.field)
        guard Set(fields).count == fields.count else { throw .twice }
        guard !Set(fields).isDisjoint(with: [.name, .firstName, .company]) else { throw .nameMissing }
        guard !asksForDayOrder || notation.dayOrder != nil else { throw .dayOrderMissing }
        guard !asksForDecimalMark || notation.decimalMark != nil else { throw .decimalMarkMissing }
    }

    var subject: Act.Subject { Act.Subject("import", id.uuid, named: name) }
}
