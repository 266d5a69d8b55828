import Access
import Glibc
import HTTP
import Identifiers
import Locale
import Loop
import Nouns
import Postgres
import Tenancy
import Time
import Workbooks

/// The files into which a list is exported: all that its filter shows, with every column, a thousand rows at a time.
package struct ListFiles: Sendable {
    package enum Format: String, Sendable, CaseIterable {
        case csv, xlsx
    }

    package typealias Reading<Row: Sendable> = @Sendable (ListQuery<Row>) async throws -> [Row]

    private let pool: BlockingPool
    private let folder: String

    /// Workbooks are packed on the pool, and lie in the folder while they are sent.
    package init(writingOn pool: BlockingPool, in folder: String) {
        self.pool = pool
        self.folder = folder
    }

    package func answer<Row: Sendable>(
        _ query: ListQuery<Row>, as format: Format, options: [String: FieldOptions] = [:], for visit: Visit,
        rows: @escaping Reading<Row>
    ) async throws -> Response {
        let table = ExportedTable(query, options, for: visit.reader, rows)
        var response =
            switch format {
            case .csv: try await Self.csv(table)
            case .xlsx: try await workbook(table)
            }
        let day = visit.tenant.timeZone.day(at: visit.now).iso
        response.headers["Content-Disposition"] =
            "attachment; filename=\"\(query.list.name)-\(day).\(format.rawValue)\""
        return response
    }

    /// The first rows are read before the answer begins, so that a refusal is one.
    private static func csv<Row>(_ table: ExportedTable<Row>) async throws -> Response {
        let first = try await table.part(after: nil)
        return .stream(.csv) { writer in
            var bytes = CSV.byteOrderMark
            CSV.append(table.headings, to: &bytes)
            var part = first
            while true {
                for row in part.rows { CSV.append(table.texts(of: row), to: &bytes) }
                try await writer.write(bytes)
                bytes = []
                guard part.next != nil else { return }
                part = try await table.part(after: part)
            }
        }
    }

    private func workbook<Row>(_ table: ExportedTable<Row>) async throws -> Response {
        let path = "\(folder)/\(UUID.v7(milliseconds: 0, from: .system)).xlsx"
        defer { unlink(path) }
        do {
            let book = try await pool.run { [folder] in
                let book = try Workbook(path: path, folder: folder)
                book.append(heading: table.headings)
                return book
            }
            var part = try await table.part(after: nil)
            while true {
                let rows = part.rows
                try await pool.run { for row in rows { book.append(table.cells(of: row)) } }
                guard part.next != nil else { break }
                part = try await table.part(after: part)
            }
            try await pool.run { try book.close() }
        } catch is BlockingPool.Full {
            throw AccessRefusal.tooBusy
        }
        guard let file = FileContent(path: path) else { throw AccessRefusal.tooBusy }
        return Response(.ok, contentType: .workbook, body: .file(file))
    }
}

/// What a list shows, as the cells of a file.
private struct ExportedTable<Row: Sendable>: Sendable {
    let query: ListQuery<Row>
    let fields: [Field<Row>]
    let headings: [String]
    private let options: [String: FieldOptions]
    private let reader: Reader
    private let rows: ListFiles.Reading<Row>

    init(
        _ query: ListQuery<Row>, _ options: [String: FieldOptions], for reader: Reader,
        _ rows: @escaping ListFiles.Reading<Row>
    ) {
        var query = query.start
        query.size = 1000
        (self.query, self.options, self.reader, self.rows) = (query, options, reader, rows)
        fields = query.list.columns
        headings = fields.map { $0.label.text(for: reader) }
    }

    func part(after part: ListPart<Row>?) async throws -> ListPart<Row> {
        let query = part?.next ?? query
        return ListPart(query, try await rows(query), total: nil)
    }

    func texts(of row: Row) -> [String] {
        fields.map { field in
            let value = field.get(row)
            return switch value {
            case .integer, .day: value.text
            default: text(of: value, in: field)
            }
        }
    }

    func cells(of row: Row) -> [Workbook.Cell] {
        fields.map { field in
            switch field.get(row) {
            case .integer(let number): .number(number)
            case .day(let day): .day(day)
            case let value: .text(text(of: value, in: field))
            }
        }
    }

    private func text(of value: FieldValue, in field: Field<Row>) -> String {
        if case .id(let id) = value { return options[field.name]?.text(of: id.description) ?? "" }
        return field.kind.text(of: value, for: reader)
    }
}
