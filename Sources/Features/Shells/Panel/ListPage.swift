import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns

/// A list page: filters, columns, pagination, files, and bulk actions.
package struct ListPage<Row: Sendable>: View {
    private let part: ListPart<Row>
    private let options: [String: FieldOptions]
    private let words: Words
    private let acts: [Act]
    private let links: [Act]
    private let totals: String?
    private let new: (text: String, path: String)?
    private let files: [ListFiles.Format]
    private let visit: Visit

    /// The list's texts besides its title.
    package struct Words: Sendable {
        let intro: Message?
        let search: Message?
        let none: Message
        let icon: Icon

        package init(_ icon: Icon, none: Message, intro: Message? = nil, search: Message? = nil) {
            (self.icon, self.none, self.intro, self.search) = (icon, none, intro, search)
        }
    }

    /// A bulk action on ticked rows; its page shows them for confirmation.
    package struct Act: Sendable {
        let text: String
        let path: String

        package init(_ text: String, path: String) { (self.text, self.path) = (text, path) }
    }

    /// `links` lead to related pages; `totals` sums up all filtered rows.
    package init(
        _ part: ListPart<Row>, _ words: Words, options: [String: FieldOptions] = [:], acts: [Act] = [],
        links: [Act] = [], totals: String? = nil,
        new: (text: String, path: String)? = nil, files: [ListFiles.Format] = [], visit: Visit
    ) {
        (self.part, self.words, self.options, self.acts) = (part, words, options, acts)
        (self.links, self.totals) = (links, totals)
        (self.new, self.files, self.visit) = (new, files, visit)
    }

    private var reader: Reader { visit.reader }
    private var query: ListQuery<Row> { part.query }
    private var list: List<Row> { part.query.list }

    package var body: Markup {
        PageHeading(list.title.text(for: reader)) {
            for link in links { a(.class("button"), .href(link.path)) { link.text } }
            if let new { NewLink(new.text, path: new.path) }
        }
        if let intro = words.intro { p(.class("hint lead")) { intro.text(for: reader) } }
        if list.isSearchable || !list.filters.isEmpty { filters }
        LivingList {
            if !part.views.isEmpty { views }
            if part.rows.isEmpty {
                nothing
            } else {
                ListTools(part: part, totals: totals, files: files, visit: visit)
                if acts.isEmpty {
                    table
                } else {
                    HTML.form(.class("selection"), .method(.post), .action(acts[0].path)) {
                        table
                        div(.class("selection-acts")) {
                            span(.class("hint")) { ListWords.withSelected.text(for: reader) }
                            for act in acts { button(.type("submit"), .formaction(act.path)) { act.text } }
                        }
                    }
                }
                ListPager(part: part, reader: reader)
            }
        }
    }

    private var views: Markup {
        nav(.class("views"), .aria("label", ListWords.views.text(for: reader))) {
            for view in part.views {
                a(
                    .class("chip"), .href(view.address), .data("hx-get", view.address),
                    .when(view.address == query.start.address, .aria("current", "true"))
                ) { view.name }
            }
        }
    }

    private var nothing: Markup {
        if query.place != nil {
            return EmptyState(words.icon, ListWords.noMore.text(for: reader), act: (all, query.start.address)).body
        }
        if query.isFiltered {
            return EmptyState(.search, ListWords.noMatch.text(for: reader), act: (all, list.path)).body
        }
        return EmptyState(words.icon, words.none.text(for: reader), act: new).body
    }

    private var all: String { ListWords.showAll.text(for: reader) }

    private var filters: some View {
        FilterBar(list.path, button: ListWords.filter.text(for: reader)) {
            for field in query.start.fields.all where ["order", "size"].contains(field.name) {
                input(.type("hidden"), .name(field.name), .value(field.value))
            }
            if list.isSearchable {
                FormField((words.search ?? ListWords.search.message).text(for: reader), name: "q") { wiring in
                    input(wiring, .type("search"), .value(query.text), .maxlength(100), .autocomplete("off"))
                }
            }
            for field in list.filters { choice(of: field) }
        }
    }

    @MarkupBuilder private func choice(of field: Field<Row>) -> Markup {
        let choices =
            options[field.name]?.options
            ?? field.kind.choices.map { (value: $0.word, text: $0.label.text(for: reader)) }
        let chosen = query.value(of: field)?.text
        if !choices.isEmpty {
            FormField(field.label.text(for: reader), name: field.name) { wiring in
                select(wiring) {
                    option(.value("")) { ListWords.every.text(for: reader) }
                    for (value, text) in choices { option(.value(value), .selected(value == chosen)) { text } }
                }
            }
        } else if case .day = field.kind {
            FormField(field.label.text(for: reader), name: field.name) { wiring in
                input(wiring, .type("date"), .value(chosen ?? ""))
            }
        }
    }

    private var table: Markup {
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", list.title.text(for: reader))) {
            HTML.table {
                caption { list.title.text(for: reader) }
                thead {
                    tr {
                        if !acts.isEmpty {
                            th(.scope("col"), .class("select")) {
                                span(.class("unseen")) { ListWords.select.text(for: reader) }
                            }
                        }
                        for column in part.columns { heading(column) }
                    }
                }
                tbody { ListRows(part: part, options: options, isSelectable: !acts.isEmpty, reader: reader).body }
            }
        }
    }

    private func heading(_ field: Field<Row>) -> Markup {
        let name = field.label.text(for: reader)
        guard field.order != nil else {
            return th(.scope("col"), .when(!field.className.isEmpty, .class(field.className))) { name }
        }
        let isOrder = query.order.name == field.name
        return SortHeading(
            field.name, name, path: query.sorted(by: field, isDescending: isOrder && !query.isDescending).address,
            order: isOrder ? query.isDescending ? .descending : .ascending : nil, class: field.className, reader: reader
        ).body
    }
}

extension Field {
    fileprivate var className: String { withImportance(kindName) }

    fileprivate var kindName: String {
        switch kind {
        case .count, .money, .speed: "number"
        case .phone, .day: "figures"
        default: ""
        }
    }

    fileprivate func withImportance(_ name: String) -> String {
        isMinor ? name.isEmpty ? "minor" : "\(name) minor" : name
    }
}

/// A list's rows. The first text column links to the noun's page.
private struct ListRows<Row: Sendable>: View {
    let part: ListPart<Row>
    let options: [String: FieldOptions]
    let isSelectable: Bool
    let reader: Reader

    var body: Markup {
        let list = part.query.list
        let name = part.columns.first { if case .line = $0.kind { true } else { false } }
        let columns = part.columns.map { field in
            Column(
                field, isName: field.name == name?.name, isKey: field.name == list.key.name,
                names: options[field.name]?.options ?? [], for: reader)
        }
        let (path, id) = (list.path, list.id)
        return rows(of: part.rows) { [isSelectable, reader] row, writer in
            let own = row[keyPath: id]
            if isSelectable { writer.checkbox("id", own.description, label: name?.get(row).text ?? "") }
            for column in columns { column.write(row, at: path, own, to: &writer, for: reader) }
        }
    }
}

/// A column with everything that is the same in every row, computed once.
private struct Column<Row: Sendable>: Sendable {
    let field: Field<Row>
    let isName: Bool
    let className: Attribute
    /// Labels of choices and references by word, with the tone of choices.
    let texts: [(word: String, text: String, tone: Attribute)]

    init(_ field: Field<Row>, isName: Bool, isKey: Bool, names: [(value: String, text: String)], for reader: Reader) {
        (self.field, self.isName) = (field, isName)
        texts =
            field.kind.choices.map { ($0.word, $0.label.text(for: reader), .data("tone", $0.tone.rawValue)) }
            + names.map { ($0.value, $0.text, .absent) }
        let isState = !field.kind.choices.isEmpty
        let name = isName ? "name" : field.withImportance(isState ? "state" : field.kindName)
        // On a phone, numbers, days and flags need their label.
        let isNamed =
            switch field.kind {
            case .day, .flag: true
            default: field.isNamed || field.kindName == "number" && !isKey
            }
        className = .several([
            .when(!name.isEmpty, .class(name)), .when(isNamed, .data("label", field.label.text(for: reader))),
        ])
    }

    func write(_ row: borrowing Row, at path: String, _ id: UUID, to writer: inout MarkupWriter, for reader: Reader) {
        if let tone = field.tone?(row) {
            let text = field.kind.text(of: field.get(row), for: reader)
            if let link = field.link?(row) {
                return writer.link(text, to: link, .several([className, .data("tone", tone.rawValue)]))
            }
            return writer.cell(text, className, .data("tone", tone.rawValue))
        }
        switch field.get(row) {
        case .text(let text):
            if isName { return writer.link(text, to: "\(path)/\(id)", className) }
            if case .phone = field.kind {
                return writer.cell(field.kind.text(of: .text(text), for: reader), className)
            }
            if texts.isEmpty { return writer.cell(text, className) }
            let known = texts.first { $0.word == text }
            writer.cell(known?.text ?? text, className, known?.tone ?? .absent)
        case .integer(let number): writer.cell(number, className)
        case .day(let day): writer.cell(day.text(.short, for: reader), className)
        case .id(let id):
            let word = id.description
            writer.cell(texts.first { $0.word == word }?.text ?? "", className)
        case .flag(let flag): writer.cell(field.kind.text(of: .flag(flag), for: reader), className)
        case .money, .speed, .coordinates: writer.cell(field.kind.text(of: field.get(row), for: reader), className)
        case .none: writer.cell("", className)
        }
    }
}

/// Above the table: the total, the column chooser, and the files.
private struct ListTools<Row: Sendable>: View {
    let part: ListPart<Row>
    let totals: String?
    let files: [ListFiles.Format]
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var list: List<Row> { part.query.list }

    var body: Markup {
        div(.class("list-tools")) {
            p(.class("hint")) {
                if let total = part.total {
                    let most = part.query.most
                    total > most
                        ? ListWords.moreThan.text(for: reader, .number("most", most))
                        : ListWords.total.text(for: reader, .count(total))
                }
                if let totals { " · \(totals)" }
            }
            div(.class("list-acts")) {
                for format in files { a(.href(path(of: format)), .download()) { format.rawValue.uppercased() } }
                if visit.impersonation == nil {
                    view
                    columns
                }
            }
        }
    }

    private func path(of format: ListFiles.Format) -> String {
        part.query.start.fields.query(of: "\(list.path).\(format.rawValue)")
    }

    private var view: Markup {
        let address = part.query.start.address
        return details(.class("chooser")) {
            summary { ListWords.keepView.text(for: reader) }
            div {
                HTML.form(.method(.post), .action("/panel/lists/views")) {
                    input(.type("hidden"), .name("list"), .value(list.name))
                    input(.type("hidden"), .name("next"), .value(address))
                    FormField(ListWords.viewName.text(for: reader), name: "name") { wiring in
                        input(wiring, .required(), .maxlength(40), .autocomplete("off"))
                    }
                    button(.type("submit")) { NounWords.save.text(for: reader) }
                }
                if !part.views.isEmpty {
                    HTML.form(.method(.post), .action("/panel/lists/views")) {
                        input(.type("hidden"), .name("list"), .value(list.name))
                        input(.type("hidden"), .name("next"), .value(address))
                        for kept in part.views {
                            button(.type("submit"), .class("bare"), .name("remove"), .value(kept.name)) {
                                ListWords.removeView.text(for: reader, .name(kept.name))
                            }
                        }
                    }
                }
            }
        }
    }

    private var columns: Markup {
        details(.class("chooser")) {
            summary { ListWords.columns.text(for: reader) }
            HTML.form(.method(.post), .action("/panel/lists/columns")) {
                input(.type("hidden"), .name("list"), .value(list.name))
                input(.type("hidden"), .name("next"), .value(part.query.start.address))
                for field in list.columns {
                    label(.class("choice")) {
                        input(
                            .type("checkbox"), .name("column"), .value(field.name),
                            .checked(part.columns.contains { $0.name == field.name }))
                        span { field.label.text(for: reader) }
                    }
                }
                button(.type("submit")) { NounWords.save.text(for: reader) }
            }
        }
    }
}

/// Below the table: previous and next page, and the page size.
private struct ListPager<Row: Sendable>: View {
    let part: ListPart<Row>
    let reader: Reader

    var body: Markup {
        nav(.class("pager"), .aria("label", PanelWords.pages.text(for: reader))) {
            span(.class("sizes")) {
                span(.class("hint")) { ListWords.size.text(for: reader) }
                for size in ListQuery<Row>.sizes { sizeLink(size) }
            }
            if let previous = part.previous?.address {
                a(.class("button"), .href(previous), .rel("prev"), .data("hx-get", previous)) {
                    ListWords.previous.text(for: reader)
                }
            }
            if let next = part.next?.address {
                a(.class("button"), .href(next), .rel("next"), .data("hx-get", next)) {
                    PanelWords.next.text(for: reader)
                }
            }
        }
    }

    private func sizeLink(_ size: Int) -> Markup {
        var query = part.query.start
        let isHere = query.size == size
        query.size = size
        return a(.href(query.address), .data("hx-get", query.address), .when(isHere, .aria("current", "true"))) {
            "\(size)"
        }
    }
}
