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

/// Exports lists and reports to files: all rows with every column, a thousand rows at a time.
package struct ListFiles: Sendable {
    package enum Format: String, Sendable, CaseIterable {
        case csv, xlsx
    }

    package typealias Reading<Row: Sendable> = @Sendable (ListQuery<Row>) async throws -> [Row]

    private let pool: BlockingPool
    private let folder: String

    /// Workbooks are built on the pool, and stored in the folder until sent.
    package init(writingOn pool: BlockingPool, in folder: String) {
        self.pool = pool
        self.folder = folder
    }

    package func answer<Row: Sendable>(
        _ query: ListQuery<Row>, as format: Format, options: [String: FieldOptions] = [:], for visit: Visit,
        rows: @escaping Reading<Row>
    ) async throws -> Response {
        let table = ExportedList(query, options, for: visit.reader, rows)
        return try await answer(
            query.list.name, headings: table.headings, as: format, for: visit,
            first: { try await table.part(after: nil) })
    }

    /// Responds with a file of this name. Each part knows how to read the next.
    package func answer(
        _ name: String, headings: [String], as format: Format, for visit: Visit, first: @escaping FilePart.Reading
    ) async throws -> Response {
        var response =
            switch format {
            case .csv: try await Self.csv(headings, first)
            case .xlsx: try await workbook(headings, first)
            }
        let day = visit.tenant.timeZone.day(at: visit.now).iso
        response.headers["Content-Disposition"] = "attachment; filename=\"\(name)-\(day).\(format.rawValue)\""
        return response
    }

    /// The first rows are read before the response begins, so that a refusal gets its own status.
    private static func csv(_ headings: [String], _ read: FilePart.Reading) async throws -> Response {
        let first = try await read()
        return .stream(.csv) { writer in
            var bytes = CSV.byteOrderMark
            CSV.append(headings, to: &bytes)
            var part = first
            while true {
                for row in part.rows { CSV.append(row.map(\.text), to: &bytes) }
                try await writer.write(bytes)
                bytes = []
                guard let next = part.next else { return }
                part = try await next()
            }
        }
    }

    private func workbook(_ headings: [String], _ read: FilePart.Reading) async throws -> Response {
        let path = "\(folder)/\(UUID.v7(milliseconds: 0, from: .system)).xlsx"
        defer { unlink(path) }
        do {
            let book = try await pool.run { [folder] in
                let book = try Workbook(path: path, folder: folder)
                book.append(heading: headings)
                return book
            }
            var part = try await read()
            while true {
                let rows = part.rows
                try await pool.run { for row in rows { book.append(row) } }
                guard let next = part.next else { break }
                part = try await next()
            }
            try await pool.run { try book.close() }
        } catch is BlockingPool.Full {
            throw AccessRefusal.tooBusy
        }
        guard let file = FileContent(path: path) else { throw AccessRefusal.tooBusy }
        return Response(.ok, contentType: .workbook, body: .file(file))
    }
}

/// Some rows of a file, and how to read the following ones.
package struct FilePart: Sendable {
    package typealias Reading = @Sendable () async throws -> FilePart

    let rows: [[Workbook.Cell]]
    let next: Reading?

    package init(_ rows: [[Workbook.Cell]], next: Reading? = nil) { (self.rows, self.next) = (rows, next) }
}

/// A list's rows as file cells.
private struct ExportedList<Row: Sendable>: Sendable {
    let headings: [String]
    private let query: ListQuery<Row>
    private let fields: [Field<Row>]
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

    func part(after place: ListQuery<Row>?) async throws -> FilePart {
        let query = place ?? query
        let part = ListPart(query, try await rows(query), total: nil)
        let cells = part.rows.map(cells)
        guard let next = part.next else { return FilePart(cells) }
        return FilePart(cells) { try await self.part(after: next) }
    }

    private func cells(of row: Row) -> [Workbook.Cell] {
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
