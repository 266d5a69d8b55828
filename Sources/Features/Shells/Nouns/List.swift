import HTTP
import Identifiers
import Locale
import Postgres

/// A list of nouns: its rows, its sorting and filtering, and its URL.
package struct List<Row: Sendable>: Sendable {
    package let path: String
    /// Identifies the list in stored column choices.
    package let name: String
    package let title: Message
    package private(set) var fields: [Field<Row>]
    /// The default sort order.
    package let order: Field<Row>
    /// Unique, so that sorting by it is unambiguous.
    package let key: Field<Row>
    package let id: any KeyPath<Row, UUID> & Sendable
    /// Whether it has a search box.
    package let isSearchable: Bool

    /// `key` is the id column, needed when rows may tie in the sort field.
    package init(
        _ name: String, at path: String, _ title: Message, of fields: [Field<Row>], by order: String, key: SQL? = nil,
        id: any KeyPath<Row, UUID> & Sendable, isSearchable: Bool = false
    ) {
        guard let first = fields.first(where: { $0.name == order && $0.order != nil }) else {
            preconditionFailure("\(path) is not sorted by \(order)")
        }
        (self.name, self.path, self.title, self.fields) = (name, path, title, fields)
        (self.order, self.id, self.isSearchable) = (first, id, isSearchable)
        self.key = key.map { .key(id, sorted: $0) } ?? first
    }

    /// Adds fields, after the one of this name.
    package func adding(_ more: [Field<Row>], after name: String? = nil) -> List {
        var list = self
        let place = fields.firstIndex { $0.name == name }.map { $0 + 1 } ?? fields.endIndex
        list.fields.insert(contentsOf: more, at: place)
        return list
    }

    package var filters: [Field<Row>] { fields.filter { $0.filter != nil } }
    /// The columns to choose from.
    package var columns: [Field<Row>] { fields.filter { !$0.places.isDisjoint(with: [.list, .record]) } }
}

/// A list's filter, order and page, all of it in the URL.
package struct ListQuery<Row: Sendable>: Sendable {
    package let list: List<Row>
    package var text = ""
    package var filters: [(field: Field<Row>, value: FieldValue)] = []
    package var order: Field<Row>
    package var isDescending = false
    /// The keyset position at which this page begins.
    package var place: Place?
    package var size = 50
    /// The total, counted on the first page.
    package var total: Int?

    package struct Place: Sendable, Equatable {
        package let key: FieldValue
        package let value: FieldValue
        /// Whether the page ends at this position instead of beginning there.
        package let isBackward: Bool
    }

    package static var sizes: [Int] { [25, 50, 100, 200] }
    /// The tie-breaker for the sort order.
    private var key: Field<Row> { order.tie.map { .key(list.id, sorted: $0) } ?? list.key }
    /// The limit of counting: search results have to be counted one by one.
    package var most: Int { text.isEmpty ? 10_000 : 1000 }

    package init(_ list: List<Row>) {
        self.list = list
        order = list.order
    }

    /// An unreadable filter is ignored; an unreadable position is refused.
    package init(_ list: List<Row>, _ query: Fields) throws(RequestError) {
        self.init(list)
        if list.isSearchable { text = FormText.line(query["q"]) }
        for field in list.filters {
            guard let word = query[field.name], !word.isEmpty, let value = try? field.kind.read(word) else { continue }
            filters.append((field, value))
        }
        if let word = query["order"] {
            let column = word.hasPrefix("-") ? String(word.dropFirst()) : word
            if let field = list.fields.first(where: { $0.name == column && $0.order != nil }) {
                (order, isDescending) = (field, word.hasPrefix("-"))
            }
        }
        if let number = query["size"].flatMap({ Int($0) }), Self.sizes.contains(number) { size = number }
        total = query["total"].flatMap { Int($0) }.flatMap { 0...most + 1 ~= $0 ? $0 : nil }
        for (name, isBackward) in [("after", false), ("before", true)] {
            let words = query.values(name)
            guard let word = words.first else { continue }
            guard words.count == 1 else { throw .malformed("There are two places.") }
            place = Place(
                key: try Self.value(word, of: key),
                value: try order.name == key.name ? .none : Self.value(query["from"] ?? "", of: order),
                isBackward: isBackward)
        }
    }

    private static func value(_ text: String, of field: Field<Row>) throws(RequestError) -> FieldValue {
        guard let value = try? field.kind.read(text), value != .none else {
            throw .malformed("The place cannot be read.")
        }
        return value
    }
}

// URLs.
extension ListQuery {
    package var isFiltered: Bool { !text.isEmpty || !filters.isEmpty }

    package var fields: Fields {
        var pairs: [(String, String)] = []
        if !text.isEmpty { pairs.append(("q", text)) }
        for (field, value) in filters { pairs.append((field.name, value.text)) }
        if order.name != list.order.name || isDescending {
            pairs.append(("order", (isDescending ? "-" : "") + order.name))
        }
        if size != 50 { pairs.append(("size", "\(size)")) }
        if let place {
            pairs.append((place.isBackward ? "before" : "after", place.key.text))
            if place.value != .none { pairs.append(("from", place.value.text)) }
            if let total { pairs.append(("total", "\(total)")) }
        }
        return Fields(pairs)
    }

    package var address: String { fields.query(of: list.path) }

    /// The query's first page.
    package var start: ListQuery {
        var query = self
        query.place = nil
        return query
    }

    package func sorted(by field: Field<Row>, isDescending: Bool) -> ListQuery {
        var query = start
        (query.order, query.isDescending) = (field, isDescending)
        return query
    }

    package func beside(_ row: borrowing Row, isBackward: Bool) -> ListQuery {
        var query = self
        query.place = Place(
            key: key.get(row), value: order.name == key.name ? .none : order.get(row),
            isBackward: isBackward)
        return query
    }

    package func value(of field: Field<Row>) -> FieldValue? { filters.first { $0.field.name == field.name }?.value }
}

// SQL fragments, to follow a WHERE that names the tenant.
extension ListQuery {
    /// `AND state = 'active'`: all filters, without the position.
    package var restriction: SQL {
        filters.reduce(.nothing) { clauses, filter in
            let sign: SQL =
                switch filter.field.comparison {
                case .equal: "="
                case .atLeast: ">="
                case .atMost: "<="
                }
            return "\(clauses) AND \(filter.field.filter ?? .nothing) \(sign) \(filter.value.sql)"
        }
    }

    package var isTurned: Bool { isDescending != (place?.isBackward ?? false) }

    package var position: SQL {
        guard let place, let key = key.order else { return .nothing }
        guard place.value != .none, let column = order.order else {
            return isTurned ? "AND \(key) < \(place.key.sql)" : "AND \(key) > \(place.key.sql)"
        }
        let (left, right): (SQL, SQL) = ("(\(column), \(key))", "(\(place.value.sql), \(place.key.sql))")
        return isTurned ? "AND \(left) < \(right)" : "AND \(left) > \(right)"
    }

    /// `ORDER BY … LIMIT …`, with one row more than is shown, to detect a next page.
    package var sorting: SQL {
        let key = self.key.order ?? .nothing
        let column: SQL = order.name == self.key.name ? .nothing : "\(order.order ?? .nothing)\(direction), "
        return "ORDER BY \(column)\(key)\(direction) LIMIT \(size + 1)"
    }

    private var direction: SQL { isTurned ? " DESC" : .nothing }
}

/// A saved filter and order of a list, named by its owner.
package struct SavedView: Sendable, Equatable {
    package let name: String
    package let address: String

    package static let most = 20

    package init(name: String, address: String) { (self.name, self.address) = (name, address) }

    /// Stored with the person's column choices.
    package static func list(of list: String) -> String { "views \(list)" }

    package init?(kept: String) {
        guard let tab = kept.firstIndex(of: "\t") else { return nil }
        (name, address) = (String(kept[..<tab]), String(kept[kept.index(after: tab)...]))
    }

    package var kept: String { "\(name)\t\(address)" }
}

/// A page of a list, as read from the database.
package struct ListPart<Row: Sendable>: Sendable {
    package let query: ListQuery<Row>
    package var rows: [Row]
    /// The visitor's chosen columns in the list's order, or the default ones.
    package let columns: [Field<Row>]
    /// The visitor's saved views.
    package let views: [SavedView]
    package let next: ListQuery<Row>?
    package let previous: ListQuery<Row>?
    package var total: Int? { query.total }

    /// `found` has one row more than is shown if there is a next page.
    package init(_ query: ListQuery<Row>, _ found: [Row], total: Int?, chosen: [String]? = nil, views: [SavedView] = [])
    {
        self.views = views
        var query = query
        query.total = total
        let known = query.list.columns
        let own = known.filter { chosen?.contains($0.name) == true }
        columns = own.isEmpty ? known.filter { $0.places.contains(.list) } : own
        let isBackward = query.place?.isBackward ?? false
        let shown = Array(found.prefix(query.size))
        rows = isBackward ? shown.reversed() : shown
        let isMore = found.count > query.size
        next = isBackward || isMore ? rows.last.map { query.beside($0, isBackward: false) } : nil
        previous =
            query.place != nil && (!isBackward || isMore)
            ? rows.first.map { query.beside($0, isBackward: true) } : nil
        self.query = query
    }
}
