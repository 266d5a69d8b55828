import Access
import Declarations
import Events
import HTTP
import Locale
import Postgres
import Tenancy
import Time

/// Exports the record as CSV, of any length: a page at a time, as fast as the client reads. Each page is read in a
/// transaction of its own, so that a slow client holds nothing in the database.
enum AuditExport {
    private static let length = 1000

    static func response(to filter: AuditFilter, _ visit: Visit) -> Response {
        let selection = filter.selection(in: visit.tenant.timeZone)
        var response = Response.stream(.csv) { writer in
            let reader = visit.reader
            // The byte order mark tells spreadsheets that the text is UTF-8.
            try await writer.write(Array("\u{FEFF}".utf8) + heading(for: reader))
            var place = 0
            while true {
                let events = try await visit.database.transaction { [place] database in
                    try await database.events(selection, after: place, limit: length)
                }
                guard let last = events.last else { return }
                var lines: [UInt8] = []
                for event in events {
                    lines += line(event, in: visit.tenant.timeZone, of: visit.catalogue, for: reader)
                }
                try await writer.write(lines)
                place = last.sequence
            }
        }
        response.headers["Content-Disposition"] = "attachment; filename=\"auditoria.csv\""
        response.headers["Cache-Control"] = "no-store"
        return response
    }

    private static func heading(for reader: Reader) -> [UInt8] {
        let words: [AuditWords] = [.entry, .when, .who, .address, .what, .whom, .changes]
        return row(words.map { $0.text(for: reader) })
    }

    private static func line(
        _ event: Event, in zone: TimeZone, of catalogue: Catalogue, for reader: Reader
    ) -> [UInt8] {
        row([
            "\(event.sequence)", event.at.text(.short, in: zone, for: reader),
            event.isOfSystem ? AuditWords.system.text(for: reader) : event.actor, event.address ?? "",
            catalogue.text(of: event, for: reader), event.subject ?? "",
            ChangeList.lines(of: event, catalogue: catalogue, for: reader).joined(separator: "; "),
        ])
    }

    private static func row(_ cells: [String]) -> [UInt8] {
        Array((cells.map(cell).joined(separator: ",") + "\r\n").utf8)
    }

    /// Defuses what a spreadsheet would take for a formula.
    private static func cell(_ text: String) -> String {
        let plain = text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } == true ? "'" + text : text
        guard plain.utf8.contains(where: { "\",\r\n;".utf8.contains($0) }) else { return plain }
        return "\"" + plain.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
