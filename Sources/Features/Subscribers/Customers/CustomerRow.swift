import Access
import Declarations
import Identifiers
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// A row of the customers' list, with the columns of rooms above.
package struct CustomerRow: Sendable {
    let customer: Customer
    /// The text and tone of each room's column, and for each outlook whether there may be one.
    fileprivate let sights: [String]
    /// Computed outlooks by name.
    fileprivate var outlooks: [String: CustomerOutlook.Sight] = [:]
    fileprivate var standing: (words: String, tone: Tone)?
}

/// A room's columns in the list of customers, for holders of its permission.
package struct CustomerColumns: RoomPart {
    package let number: Int
    let permission: Permission
    let columns: [Column]
    /// Joined to each customer `c` of the page.
    let join: @Sendable (Visit) -> SQL
    let order: Order?

    package struct Column: Sendable {
        let name: String
        let kind: FieldKind
        let label: Message
        /// Text expressions over the join; an empty text is none.
        let text: SQL
        let tone: SQL

        /// `kind` is a line, an amount in minor units of the company's currency, or a day.
        package init(_ name: String, _ kind: FieldKind, _ label: Message, _ text: SQL, tone: SQL = "''") {
            (self.name, self.kind, self.label, self.text, self.tone) = (name, kind, label, text, tone)
        }
    }

    /// A figure for sorting the whole list, since it is indexed with the customer's id.
    package struct Order: Sendable {
        /// The column that it sorts.
        let name: String
        /// Selects `owner`, the customer's id, and `figure`. Customers without a row count as zero.
        let figures: @Sendable (Visit) -> SQL

        package init(of name: String, _ figures: @escaping @Sendable (Visit) -> SQL) {
            (self.name, self.figures) = (name, figures)
        }
    }

    package init(
        _ number: Int, for permission: Permission, _ columns: [Column], order: Order? = nil,
        joining join: @escaping @Sendable (Visit) -> SQL
    ) {
        (self.number, self.permission, self.columns) = (number, permission, columns)
        (self.order, self.join) = (order, join)
    }
}

extension CustomerRow {
    static func list(for visit: Visit) -> List<CustomerRow> {
        let parts = visit.customerColumns
        let sorted = Set(parts.compactMap { $0.order?.name })
        let currency = visit.tenant.currency
        let fields = parts.flatMap(\.columns).enumerated().map { place, column in
            let field = Field<CustomerRow>(column.name, column.kind, column.label) { row in
                row.value(at: 2 * place, as: column.kind, in: currency)
            }.toned { Tone(rawValue: $0.sights[2 * place + 1]) }
            return sorted.contains(column.name) ? field.sorted(by: "figure", then: "owner") : field
        }
        let outlooks = visit.customerOutlooks.map { outlook in
            Field<CustomerRow>(outlook.name, outlook.kind, outlook.label) { $0.outlooks[outlook.name]?.value ?? .none }
                .toned { $0.outlooks[outlook.name]?.tone }.linked { $0.outlooks[outlook.name]?.path }
        }
        return List<CustomerRow>(
            Customer.list.name, at: Customer.list.path, Customer.list.title,
            of: Customer.fields.map { $0.name == "state" ? state($0) : $0.of(\.customer) }, by: "number",
            id: \.customer.id.uuid, isSearchable: true
        ).adding(fields + outlooks, after: "state")
    }

    private static func state(_ field: Field<Customer>) -> Field<CustomerRow> {
        let get = field.get
        var shown = Field<CustomerRow>(field.name, field.kind, field.label) { row in
            row.standing.map { .text($0.words) } ?? get(row.customer)
        }.only(in: field.places).toned { row in row.standing?.tone ?? field.tone?(row.customer) }
        if let order = field.order { shown = shown.sorted(by: order, then: field.tie) }
        if let filter = field.filter { shown = shown.filtered(by: filter, field.comparison) }
        return shown
    }

    private func value(at place: Int, as kind: FieldKind, in currency: Currency) -> FieldValue {
        let text = sights[place]
        if text.isEmpty { return .none }
        switch kind {
        case .money: return Int64(text).map { .money(Money(minor: $0, currency)) } ?? .none
        case .day: return Day(iso: text).map { .day($0) } ?? .none
        default: return .text(text)
        }
    }
}

extension CustomerRow: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        customer = try Customer(row: row)
        sights = try row.read("sights")
    }
}

extension [CustomerRow] {
    /// Computes the shown outlooks of customers that may have one.
    func lookingAhead(in columns: [Field<CustomerRow>], for visit: Visit) async throws -> [CustomerRow] {
        var rows = self
        let outlooks = visit.customerOutlooks
        for (place, outlook) in outlooks.enumerated() where columns.contains(where: { $0.name == outlook.name }) {
            let awaited = rows.filter { !$0.sights[$0.sights.count - outlooks.count + place].isEmpty }
            guard !awaited.isEmpty else { continue }
            let found = try await outlook.find(visit, awaited.map(\.customer.id))
            for index in rows.indices { rows[index].outlooks[outlook.name] = found[rows[index].customer.id] }
        }
        if columns.contains(where: { $0.name == "state" }) {
            let standings = try await CustomerStandings.find(of: rows.map(\.customer), for: visit)
            for index in rows.indices { rows[index].standing = standings[rows[index].customer.id] }
        }
        return rows
    }
}

extension Visit {
    fileprivate var customerColumns: [CustomerColumns] {
        catalogue.parts(CustomerColumns.self).filter { may($0.permission) }
    }
}

extension TenantDatabase {
    /// A page's rows: selects the customers first, then joins the columns.
    func customerRows(_ query: ListQuery<CustomerRow>, _ found: SQL, for visit: Visit) -> SQL {
        let parts = visit.customerColumns
        var sights = parts.flatMap(\.columns).reduce("ARRAY[]::text[]" as SQL) { sights, column in
            "\(sights) || ARRAY[coalesce((\(column.text))::text, ''), \(column.tone)]"
        }
        for outlook in visit.customerOutlooks {
            sights = "\(sights) || CASE WHEN \(outlook.condition(visit)) THEN 'yes' ELSE '' END"
        }
        let joins = parts.reduce(.nothing as SQL) { "\($0) \($1.join(visit))" }
        let order = parts.compactMap(\.order).first { $0.name == query.order.name }
        let page =
            order.map { sorted(query, by: $0.figures(visit), found) }
                ?? """
                page AS MATERIALIZED (
                    SELECT \(customerColumns) FROM customers
                    WHERE tenant_id = \(tenant) AND merged_into IS NULL \(query.restriction) \(found) \(query.position)
                    \(query.sorting))
                """
        return "WITH \(page) SELECT c.*, \(sights) AS sights FROM page c \(joins) \(query.sorting)"
    }

    /// Customers with a figure are read by its index, and those without only once the order reaches zero.
    private func sorted(_ query: ListQuery<CustomerRow>, by figures: SQL, _ found: SQL) -> SQL {
        let restriction: SQL = """
            tenant_id = \(tenant) AND merged_into IS NULL \(query.restriction) \(found) \(query.position)
            """
        let isPastZero: SQL = query.isTurned ? "min(figure) <= 0" : "max(figure) >= 0"
        return """
            figured AS MATERIALIZED (
                SELECT \(customerColumns), figure, owner FROM customers JOIN (\(figures)) f ON owner = customer_id
                WHERE \(restriction) \(query.sorting)),
            others AS MATERIALIZED (
                SELECT \(customerColumns), figure, owner
                FROM (
                    SELECT a.*, 0::bigint AS figure, a.customer_id AS owner FROM customers a WHERE a.tenant_id = \(tenant)
                ) customers
                WHERE (SELECT count(*) <= \(query.size) OR \(isPastZero) FROM figured) AND \(restriction)
                    AND NOT EXISTS (SELECT FROM (\(figures)) f WHERE f.owner = customers.customer_id)
                \(query.sorting)),
            page AS (SELECT * FROM figured UNION ALL SELECT * FROM others)
            """
    }
}
