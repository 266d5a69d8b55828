import Access
import Customers
import Declarations
import Events
import HTML
import HTTP
import Locale
import Nouns
import Panel
import Services
import Spreadsheets
import Tenancy
import Time

struct ImportsPage: View {
    let imports: [Import]
    let isFirst: Bool
    let visit: Visit

    static let length = 50

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(ImportWords.imports.text(for: reader)) {
            if visit.mayAct(with: .customersImport) {
                NewLink(ImportWords.new.text(for: reader), path: "\(Import.path)/new")
            }
        }
        p(.class("hint lead")) { ImportWords.intro.text(for: reader) }
        if imports.isEmpty {
            EmptyState(.customers, ImportWords.none.text(for: reader))
        } else {
            table
            Pager(
                first: isFirst ? nil : Import.path,
                next: imports.count > Self.length ? "\(Import.path)?before=\(imports[Self.length - 1].number)" : nil,
                reader: reader)
        }
    }

    private var table: Markup {
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", ImportWords.imports.text(for: reader))) {
            HTML.table {
                caption { ImportWords.imports.text(for: reader) }
                thead {
                    tr {
                        th(.scope("col")) { ImportWords.file.text(for: reader) }
                        th(.scope("col")) { ImportWords.state.text(for: reader) }
                        th(.scope("col"), .class("number")) { ImportWords.rows.text(for: reader) }
                        th(.scope("col")) { ImportWords.madeAt.text(for: reader) }
                        th(.scope("col"), .class("minor")) { ImportWords.author.text(for: reader) }
                    }
                }
                tbody {
                    for file in imports.prefix(Self.length) {
                        tr {
                            td(.class("name")) { a(.href(file.panelPath)) { file.name } }
                            td { StateMark(file.state, for: reader) }
                            td(.class("number"), .data("label", ImportWords.rows.text(for: reader))) {
                                file.rowCount.text(for: reader)
                            }
                            td(.class("figures")) {
                                visit.tenant.timeZone.day(at: file.madeAt).text(.short, for: reader)
                            }
                            td(.class("minor")) { file.author.name }
                        }
                    }
                }
            }
        }
    }
}

struct NewImportPage: View {
    let fault: Message?
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        Crumb(ImportWords.imports.text(for: reader), path: Import.path)
        h1 { ImportWords.new.text(for: reader) }
        form(.class("card form"), .method(.post), .multipart, .action(Import.path)) {
            p(.class("hint")) { ImportWords.fileHint.text(for: reader) }
            FormField(ImportWords.file.text(for: reader), name: "file", error: fault?.text(for: reader)) { wiring in
                input(wiring, .type("file"), .accept(".csv,.txt,.xlsx,text/csv"), .required())
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(Import.path)) { NounWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { ImportWords.upload.text(for: reader) }
            }
        }
    }
}

/// Assigns the columns, with sample values.
struct ImportColumnsPage: View {
    let file: Import
    let refusal: ImportRefusal?
    let visit: Visit

    static func name(ofColumn place: Int) -> String { "c\(place)" }

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(ImportWords.imports.text(for: reader), path: Import.path)
        h1 { file.name }
        p(.class("hint lead")) { ImportWords.columnsIntro.text(for: reader, .number("rows", file.rowCount)) }
        if let interruption = file.interruption {
            p(.class("notice error"), .role("alert")) { interruption.text(for: reader) }
        }
        form(.class("card form"), .method(.post), .action("\(file.panelPath)/columns")) {
            FormHead(refusal.map { [FormFault(name: Self.name(ofColumn: 0), message: $0.message)] } ?? [], visit: visit)
            for (place, column) in file.columns.enumerated() { field(place, column) }
            if file.columns.contains(where: \.daysAreDoubtful) { dayOrder }
            if file.columns.contains(where: \.amountsAreDoubtful) { decimalMark }
            label(.class("choice")) {
                input(.type("checkbox"), .name("distinct"), .value("yes"), .checked(file.areDistinct))
                span { ImportWords.distinct.text(for: reader) }
            }
            div(.class("form-acts")) {
                a(.class("button"), .href("\(file.panelPath)/discard"), .data("dialog", "")) {
                    ImportWords.discard.text(for: reader)
                }
                button(.type("submit"), .class("primary")) { ImportWords.check.text(for: reader) }
            }
        }
    }

    private func field(_ place: Int, _ column: Import.Column) -> some View {
        FormField(
            column.title.isEmpty ? ImportWords.untitled.text(for: reader, .number("number", place + 1)) : column.title,
            name: Self.name(ofColumn: place),
            hint: column.sample.isEmpty ? ImportWords.empty.text(for: reader) : column.sample
        ) { wiring in
            select(wiring) {
                option(.value("")) { ImportWords.unused.text(for: reader) }
                for field in ImportedField.allCases {
                    option(.value(field.rawValue), .selected(field == column.field)) { field.text(for: reader) }
                }
            }
        }
    }

    private var decimalMark: some View {
        FormField(
            ImportWords.decimalMark.text(for: reader), name: "decimal_mark",
            hint: ImportWords.decimalMarkHint.text(for: reader),
            error: refusal == .decimalMarkMissing ? refusal?.text(for: reader) : nil
        ) { wiring in
            select(wiring) {
                option(.value("")) { ImportWords.choose.text(for: reader) }
                for (mark, text) in [(DecimalMark.point, "1,234.50"), (.comma, "1.234,50")] {
                    option(.value(mark.rawValue), .selected(mark == file.notation.decimalMark)) { text }
                }
            }
        }
    }

    private var dayOrder: some View {
        FormField(
            ImportWords.dayOrder.text(for: reader), name: "day_order", hint: ImportWords.dayOrderHint.text(for: reader),
            error: refusal == .dayOrderMissing ? refusal?.text(for: reader) : nil
        ) { wiring in
            select(wiring) {
                option(.value("")) { ImportWords.choose.text(for: reader) }
                for (order, words) in [
                    (DayOrder.dayFirst, ImportWords.dayFirst), (.monthFirst, .monthFirst), (.yearFirst, .yearFirst),
                ] {
                    option(.value(order.rawValue), .selected(order == file.notation.dayOrder)) {
                        words.text(for: reader)
                    }
                }
            }
        }
    }
}

/// An import's progress, totals and actions.
struct ImportPage: View {
    let file: Import
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(ImportWords.imports.text(for: reader), path: Import.path)
        PageHeading(file.name)
        p(.class("subject")) {
            StateMark(file.state, for: reader)
            " \(visit.tenant.timeZone.day(at: file.madeAt).text(.long, for: reader)) · \(file.author.name)"
        }
        if let interruption = file.interruption {
            p(.class("notice error"), .role("alert")) { interruption.text(for: reader) }
        }
        if file.state.isUnderWay { underWay } else { outcome }
    }

    /// Refreshes itself until done, with scripts.
    private var underWay: Markup {
        let total = file.rowCount - (file.counts[.refused] ?? 0)
        return div(
            .id("import"), .class("card"), .data("hx-get", file.panelPath), .data("hx-trigger", "every 2s"),
            .data("hx-select", "main"), .data("hx-target", "main"), .data("hx-swap", "outerHTML"),
            .data("hx-headers", "{\"X-Refresh\": \"1\"}")
        ) {
            p(.class("large")) {
                file.state == .trying
                    ? ImportWords.trying.text(for: reader, .number("rows", file.rowCount))
                    : ImportWords.progress.text(
                        for: reader, .number("done", file.doneCount), .number("rows", total))
            }
            if file.state == .committing {
                progress(
                    .max("\(max(total, 1))"), .value("\(file.doneCount)"),
                    .aria("label", file.state.text(for: reader))
                ) {}
            }
            p(.class("hint")) { ImportWords.underWay.text(for: reader) }
            p { a(.class("button"), .href(file.panelPath)) { ImportWords.refresh.text(for: reader) } }
        }
    }

    @MarkupBuilder private var outcome: Markup {
        ul(.class("tiles")) {
            for outcome in ImportRow.Outcome.allCases {
                li {
                    a(.class("tile"), .href("\(file.panelPath)/rows?outcome=\(outcome.rawValue)")) {
                        span(.class("tile-name")) { outcome.text(for: reader) }
                        strong { (file.counts[outcome] ?? 0).text(for: reader) }
                    }
                }
            }
        }
        if file.services > 0 || file.owed > 0 || file.inFavour > 0 {
            p(.class("large")) {
                ImportWords.totals.text(
                    for: reader, .number("services", file.services), .text("owed", money(file.owed)),
                    .text("favour", money(file.inFavour)))
            }
        }
        p {
            a(.class("button"), .href("\(file.panelPath)/rows")) { ImportWords.seeRows.text(for: reader) }
            if (file.counts[.refused] ?? 0) > 0 {
                " "
                a(.class("button"), .href("\(file.panelPath)/refused.csv"), .download()) {
                    ImportWords.refusedFile.text(for: reader)
                }
            }
        }
        if file.state == .tried, visit.mayAct(with: .customersImport) { acts }
        if file.state == .done, visit.mayAct(with: .customersImport) {
            p {
                a(.class("button danger"), .href("\(file.panelPath)/undo"), .data("dialog", "")) {
                    ImportWords.undo.text(for: reader)
                }
            }
        }
    }

    private func money(_ minor: Int64) -> String { Money(minor: minor, visit.tenant.currency).exactText(for: reader) }

    private var acts: Markup {
        p {
            if file.doneCount == 0 {
                a(.class("button"), .href("\(file.panelPath)/discard"), .data("dialog", "")) {
                    ImportWords.discard.text(for: reader)
                }
                " "
                a(.class("button"), .href("\(file.panelPath)/columns")) { ImportWords.columns.text(for: reader) }
                " "
            }
            if (file.counts[.created] ?? 0) + (file.counts[.merged] ?? 0) > 0 {
                a(.class("button primary"), .href("\(file.panelPath)/commit"), .data("dialog", "")) {
                    ImportWords.commit.text(for: reader)
                }
            }
        }
    }
}

/// The rows with their outcomes and reasons.
struct ImportRowsPage: View {
    let file: Import
    let rows: [ImportRow]
    let outcome: ImportRow.Outcome?
    let text: String
    let isFirst: Bool
    let visit: Visit

    static let length = 100

    private var reader: Reader { visit.reader }
    private var path: String { "\(file.panelPath)/rows" }

    private func address(after line: Int?) -> String {
        var pairs: [(String, String)] = []
        if let outcome { pairs.append(("outcome", outcome.rawValue)) }
        if !text.isEmpty { pairs.append(("q", text)) }
        if let line { pairs.append(("after", "\(line)")) }
        return Fields(pairs).query(of: path)
    }

    var body: Markup {
        Crumb(file.name, path: file.panelPath)
        h1 { ImportWords.seeRows.text(for: reader) }
        FilterBar(path, button: ListWords.filter.text(for: reader)) {
            FormField(ImportWords.search.text(for: reader), name: "q") { wiring in
                input(wiring, .type("search"), .value(text), .maxlength(100), .autocomplete("off"))
            }
            FormField(ImportWords.outcome.text(for: reader), name: "outcome") { wiring in
                select(wiring) {
                    option(.value("")) { ListWords.every.text(for: reader) }
                    for choice in ImportRow.Outcome.allCases {
                        option(.value(choice.rawValue), .selected(choice == outcome)) { choice.text(for: reader) }
                    }
                }
            }
        }
        LivingList {
            if rows.isEmpty {
                EmptyState(
                    .search, ListWords.noMatch.text(for: reader), act: (ListWords.showAll.text(for: reader), path))
            } else {
                table
                Pager(
                    first: isFirst ? nil : address(after: nil),
                    next: rows.count > Self.length ? address(after: rows[Self.length - 1].line) : nil, reader: reader)
            }
        }
    }

    private var table: Markup {
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", ImportWords.seeRows.text(for: reader))) {
            HTML.table {
                caption { ImportWords.seeRows.text(for: reader) }
                thead {
                    tr {
                        th(.scope("col"), .class("number")) { ImportWords.line.text(for: reader) }
                        th(.scope("col")) { ImportedField.name.text(for: reader) }
                        th(.scope("col")) { ImportWords.outcome.text(for: reader) }
                        th(.scope("col")) { ImportWords.reason.text(for: reader) }
                    }
                }
                tbody { for row in rows.prefix(Self.length) { line(row) } }
            }
        }
    }

    private func line(_ row: ImportRow) -> Markup {
        tr {
            td(.class("number"), .data("label", ImportWords.line.text(for: reader))) { row.line.text(for: reader) }
            td(.class("name")) {
                if row.isDone, row.outcome == .created, let customer = row.customer {
                    a(.href("\(Customer.list.path)/\(customer.id)")) { row.name }
                } else {
                    row.name
                }
            }
            td { StateMark(row.outcome, for: reader) }
            td {
                if let customer = row.customer, row.outcome != .created {
                    a(.href("\(Customer.list.path)/\(customer.id)")) { "\(customer.name) (\(customer.number))" }
                    row.evidence.isEmpty ? "" : ": "
                }
                row.text(in: file, for: reader)
            }
        }
    }
}

extension ImportRow {
    /// Why the row has this outcome.
    func text(in file: Import, for reader: Reader) -> String {
        let reasons = faults.map { fault in
            let words = fault.reason.text(for: reader, .text("value", fault.value))
            guard let column = fault.column, file.columns.indices.contains(column) else { return words }
            return "\(file.columns[column].title): \(words)"
        }
        let same = sameAs.map { ImportWords.sameAs.text(for: reader, .number("line", $0)) }
        let sold = service.map { service in
            let name = "\(service.planName) \(service.price.exactText(for: reader))"
            return service.state == .active ? name : "\(name) (\(service.state.text(for: reader)))"
        }
        let owed = balance.map { balance in
            (balance.isPositive ? ImportWords.owes : .inFavour).text(
                for: reader, .text("amount", balance.magnitude.exactText(for: reader)))
        }
        let texts = [kept?.text(for: reader), same] + evidence.map { $0.text(for: reader) } + [sold, owed] + reasons
        return texts.compactMap(\.self).joined(separator: " · ")
    }
}
