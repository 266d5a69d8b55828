import API
import Access
import Crypto
import Customers
import Declarations
import Events
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Spreadsheets
import Tenancy
import Time

/// Imports as programs see them: a file is sent, its columns are named, its rows are tried, and then it is committed or
/// discarded; what is in can be undone. Amounts are in minor units.
struct ImportAPI: Sendable {
    let acts: ImportActs

    /// Of a file in base64, with the fields around it.
    private static let mostBytes = ReadSpreadsheet.mostBytes / 3 * 4 + 65_536

    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/imports", .customersImport, ImportAPIWords.list, by: ImportFilter.self) {
            visit, filter, page in
            try await visit.database.fileImports(after: page.after, in: filter.state, limit: page.limit)
        }
        routes.post("/api/v1/imports", .customersImport, ImportAPIWords.upload, upTo: Self.mostBytes) {
            (visit, input: ImportInput) in
            try await acts.take(
                input.content, named: input.name, of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/imports/:id", .customersImport, ImportAPIWords.read) { (visit, id: Import.ID) in
            try await visit.database.fileImport(id)
        }
        routes.post("/api/v1/imports/:id/trials", .customersImport, ImportAPIWords.attempt) {
            (visit, input: TrialInput, id: Import.ID) in
            guard let file = try await visit.database.fileImport(id) else { throw AccessRefusal.notFound }
            let fields = try input.fields(of: file)
            try await acts.choose(
                fields, input.notation, distinct: input.isDistinct, for: id, by: visit.principal, in: visit.database)
            return try await changed(id, visit)
        }
        routes.list("/api/v1/imports/:id/rows", .customersImport, ImportAPIWords.rows, by: ImportRowFilter.self) {
            (visit, filter: ImportRowFilter, page, id: Import.ID) in
            guard let file = try await visit.database.fileImport(id) else { throw AccessRefusal.notFound }
            return try await visit.database.importRows(
                of: id, after: page.after, only: filter.outcome, limit: page.limit
            ).map { ImportRowResource(file: file, row: $0) }
        }
        routes.post("/api/v1/imports/:id/commits", .customersImport, ImportAPIWords.commit) {
            (visit, _: NoInput, id: Import.ID) in
            try await acts.commit(id, by: visit.principal, in: visit.database)
            return try await changed(id, visit)
        }
        routes.post("/api/v1/imports/:id/undoings", .customersImport, ImportAPIWords.undo) {
            (visit, _: NoInput, id: Import.ID) in
            try await acts.undo(id, by: visit.principal, in: visit.database)
            return try await changed(id, visit)
        }
        routes.delete("/api/v1/imports/:id", .customersImport, ImportAPIWords.discard) { (visit, id: Import.ID) in
            guard try await visit.database.fileImport(id) != nil else { throw AccessRefusal.notFound }
            try await acts.discard(id, in: visit.database)
        }
    }

    private func changed(_ id: Import.ID, _ visit: Visit) async throws -> Import {
        guard let file = try await visit.database.fileImport(id) else { throw AccessRefusal.notFound }
        return file
    }
}

extension Import: QueuedResource, ListedResource {
    package static let schema = Schema.object(
        "Import",
        [
            .required("id", .id, ImportAPIWords.id),
            .required("number", .integer(1...Int.max), ImportAPIWords.number),
            .required("name", .text, ImportAPIWords.name),
            .required("state", .words(State.allCases.map(\.rawValue)), ImportAPIWords.state),
            .required("columns", .list(of: Column.schema), ImportAPIWords.columns),
            .required("day_order", Schema.words(DayOrder.allCases.map(\.rawValue)).orNull, ImportAPIWords.dayOrder),
            .required(
                "decimal_mark", Schema.words(DecimalMark.allCases.map(\.rawValue)).orNull, ImportAPIWords.decimalMark),
            .required("distinct", .flag, ImportAPIWords.distinct),
            .required("rows", .integer(0...Int.max), ImportAPIWords.rowCount),
            .required("done_rows", .integer(0...Int.max), ImportAPIWords.doneCount),
            .required("created_rows", .integer(0...Int.max), ImportAPIWords.created),
            .required("merged_rows", .integer(0...Int.max), ImportAPIWords.merged),
            .required("known_rows", .integer(0...Int.max), ImportAPIWords.known),
            .required("refused_rows", .integer(0...Int.max), ImportAPIWords.refused),
            .required("services", .integer(0...Int.max), ImportAPIWords.services),
            .required("owed", .integer(0...Int.max), ImportAPIWords.owed),
            .required("in_favour", .integer(0...Int.max), ImportAPIWords.inFavour),
            .required(
                "interruption", Schema.words(Interruption.allCases.map(\.rawValue)).orNull,
                ImportAPIWords.interruption),
            .required("author", .text, ImportAPIWords.author),
            .required("made_at", .text, ImportAPIWords.madeAt),
            .required("ended_at", Schema.text.orNull, ImportAPIWords.endedAt),
        ])

    package var path: String { "/api/v1/imports/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("name", name)
            json.member("state", state.rawValue)
            json.member("columns", columns)
            json.member("day_order", notation.dayOrder?.rawValue)
            json.member("decimal_mark", notation.decimalMark?.rawValue)
            json.member("distinct", areDistinct)
            json.member("rows", rowCount)
            json.member("done_rows", doneCount)
            json.member("created_rows", counts[.created] ?? 0)
            json.member("merged_rows", counts[.merged] ?? 0)
            json.member("known_rows", counts[.known] ?? 0)
            json.member("refused_rows", counts[.refused] ?? 0)
            json.member("services", services)
            json.member("owed", Int(owed))
            json.member("in_favour", Int(inFavour))
            json.member("interruption", interruption?.rawValue)
            json.member("author", author.name)
            json.member("made_at", madeAt.rfc3339)
            json.member("ended_at", endedAt?.rfc3339)
        }
    }
}

extension Import.Column: JSONWritable {
    fileprivate static let schema = Schema.object(
        "ImportColumn",
        [
            .required("title", .text, ImportAPIWords.title),
            .required("sample", .text, ImportAPIWords.sample),
            .required("field", ImportedField.schema.orNull, ImportAPIWords.field),
            .required("days_are_doubtful", .flag, ImportAPIWords.daysAreDoubtful),
            .required("amounts_are_doubtful", .flag, ImportAPIWords.amountsAreDoubtful),
        ])

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("title", title)
            json.member("sample", sample)
            json.member("field", field?.rawValue)
            json.member("days_are_doubtful", daysAreDoubtful)
            json.member("amounts_are_doubtful", amountsAreDoubtful)
        }
    }
}

extension ImportedField {
    fileprivate static var schema: Schema { .words(allCases.map(\.rawValue)) }
}

/// A row of a file, with what becomes of it.
private struct ImportRowResource: ListedResource {
    let file: Import
    let row: ImportRow

    static let schema = Schema.object(
        "ImportRow",
        [
            .required("line", .integer(1...Int.max), ImportAPIWords.line),
            .required("name", .text, ImportAPIWords.rowName),
            .required("reference", .text, ImportAPIWords.reference),
            .required("outcome", .words(ImportRow.Outcome.allCases.map(\.rawValue)), ImportAPIWords.outcome),
            .required("customer", Schema.id.orNull, ImportAPIWords.customer),
            .required("same_as", Schema.integer(1...Int.max).orNull, ImportAPIWords.sameAs),
            .required(
                "evidence", .list(of: .words(ImportRow.Evidence.allCases.map(\.rawValue))), ImportAPIWords.evidence),
            .required("faults", .list(of: ImportRow.Fault.schema), ImportAPIWords.faults),
            .required("plan", Schema.id.orNull, ImportAPIWords.plan),
            .required("balance", .integer(Int.min...Int.max), ImportAPIWords.balance),
            .required("is_done", .flag, ImportAPIWords.isDone),
            .required("kept", Schema.words(ImportRow.Kept.allCases.map(\.rawValue)).orNull, ImportAPIWords.kept),
        ])

    var path: String { "\(file.path)/rows" }
    var position: Int { row.line }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("line", row.line)
            json.member("name", row.name)
            json.member("reference", row.reference)
            json.member("outcome", row.outcome.rawValue)
            json.member("customer", row.customer?.id.description)
            json.member("same_as", row.sameAs)
            json.member("evidence", row.evidence.map(\.rawValue))
            json.member("faults", row.faults)
            json.member("plan", row.service?.plan.description)
            json.member("balance", Int(row.balance?.minor ?? 0))
            json.member("is_done", row.isDone)
            json.member("kept", row.kept?.rawValue)
        }
    }
}

extension ImportRow.Fault: JSONWritable {
    fileprivate static let schema = Schema.object(
        "ImportFault",
        [
            .required("column", Schema.integer(0...Int.max).orNull, ImportAPIWords.faultColumn),
            .required("reason", .words(Reason.allCases.map(\.rawValue)), ImportAPIWords.faultReason),
            .required("value", .text, ImportAPIWords.faultValue),
        ])

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("column", column)
            json.member("reason", reason.rawValue)
            json.member("value", value)
        }
    }
}

private struct ImportFilter: Input {
    static let schema = Schema.object(
        "ImportFilter", [.optional("state", .words(Import.State.allCases.map(\.rawValue)), ImportAPIWords.ofState)])

    let state: Import.State?

    init(_ members: Members) { state = members.word("state") }
}

private struct ImportRowFilter: Input {
    static let schema = Schema.object(
        "ImportRowFilter",
        [.optional("outcome", .words(ImportRow.Outcome.allCases.map(\.rawValue)), ImportAPIWords.ofOutcome)])

    let outcome: ImportRow.Outcome?

    init(_ members: Members) { outcome = members.word("outcome") }
}

private struct ImportInput: Input {
    static let schema = Schema.object(
        "NewImport",
        [
            .optional("name", .line(0...200), ImportAPIWords.name),
            .required("content", .text, ImportAPIWords.content),
        ])

    let name: String
    /// Empty where it is no base64.
    let content: [UInt8]

    init(_ members: Members) {
        name = members.text("name") ?? ""
        content = Base64.standard.decode((members.text("content") ?? "").utf8) ?? []
    }
}

private struct TrialInput: Input {
    static let schema = Schema.object(
        "ImportTrial",
        [
            .optional(
                "fields", .list(of: .words([""] + ImportedField.allCases.map(\.rawValue))), ImportAPIWords.fields),
            .optional("day_order", .words(DayOrder.allCases.map(\.rawValue)), ImportAPIWords.dayOrder),
            .optional("decimal_mark", .words(DecimalMark.allCases.map(\.rawValue)), ImportAPIWords.decimalMark),
            .optional("distinct", .flag, ImportAPIWords.distinct),
        ])

    let notation: WrittenNotation
    let isDistinct: Bool
    private let given: [ImportedField?]?

    init(_ members: Members) {
        notation = WrittenNotation(
            dayOrder: members.word("day_order"), decimalMark: members.word("decimal_mark"))
        isDistinct = members["distinct"] == .bool(true)
        given = members.texts("fields")?.map { ImportedField(rawValue: $0) }
    }

    /// What every column holds: as said, or as it was guessed.
    func fields(of file: Import) throws(ImportRefusal) -> [ImportedField?] {
        guard let given else { return file.columns.map(\.field) }
        guard given.count == file.columns.count else { throw .otherColumns }
        return given
    }
}
