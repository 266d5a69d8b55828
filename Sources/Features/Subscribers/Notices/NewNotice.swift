import Customers
import Identifiers
import Jobs
import Locale
import Postgres
import Time

/// A notice to be sent. It is sent once for its kind, its customer and what it is about.
package struct NewNotice: Sendable {
    package let customer: Customer.ID
    package let kind: NoticeKind
    package let about: UUID
    package let subject: String
    package let text: String
    package let blanks: [String: String]
    package let link: String

    /// `link` is a path of the portal. `blanks` are the values for a template of the kind.
    package init(
        to customer: Customer.ID, _ kind: NoticeKind, about: UUID, subject: String, text: String,
        blanks: [String: String] = [:], link: String = ""
    ) {
        (self.customer, self.kind, self.about) = (customer, kind, about)
        self.subject = subject.prefix(scalars: 200)
        self.text = text.prefix(scalars: 4000)
        self.blanks = blanks.mapValues { $0.prefix(scalars: 1000) }
        self.link = link
    }
}

extension TenantDatabase {
    /// Stores notices and queues them in the same transaction; returns how many are new.
    @discardableResult
    package func notify(_ notices: [NewNotice], at now: Instant, from randomness: Randomness = .system) async throws
        -> Int
    {
        guard !notices.isEmpty else { return 0 }
        return try await transaction { database in
            let last: Int? = try await database.value(
                """
                INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'notice', \(notices.count))
                ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + \(notices.count) RETURNING last
                """)
            let first = (last ?? notices.count) - notices.count + 1
            var added = 0
            for (place, notice) in notices.enumerated() {
                let id = CustomerNotice.ID.make(milliseconds: now.milliseconds, from: randomness)
                let blanks = notice.blanks.sorted { $0.key < $1.key }
                let count = try await database.execute(
                    """
                    INSERT INTO notices (
                        tenant_id, notice_id, number, customer_id, kind, about, first_customer, subject, body,
                        blank_names, blank_values, link, state, made_at, changed_at)
                    VALUES (
                        \(tenant), \(id), \(first + place), \(notice.customer), \(notice.kind.name), \(notice.about),
                        \(notice.customer), \(notice.subject), \(notice.text), \(blanks.map(\.key)),
                        \(blanks.map(\.value)), \(notice.link), 'waiting', \(now), \(now))
                    ON CONFLICT (tenant_id, kind, about, first_customer) DO NOTHING
                    """)
                guard count == 1 else { continue }
                added += 1
                try await database.queue(CarryNotice(id), at: now)
            }
            return added
        }
    }

    /// Tells one customer something, by the first of the company's channels that reaches them.
    @discardableResult
    package func notify(
        _ customer: Customer.ID, of kind: NoticeKind, about: UUID, subject: String, text: String,
        blanks: [String: String] = [:], link: String = "", at now: Instant
    ) async throws -> Bool {
        let notice = NewNotice(
            to: customer, kind, about: about, subject: subject, text: text, blanks: blanks, link: link)
        return try await notify([notice], at: now) == 1
    }
}
