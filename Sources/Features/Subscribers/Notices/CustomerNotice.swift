import Customers
import Identifiers
import Locale
import Nouns
import Postgres
import Time

/// One thing that the company tells one customer: un aviso.
package struct CustomerNotice: Sendable, Equatable {
    package typealias ID = Identifiers.ID<CustomerNotice>

    package let id: ID
    package let number: Int
    package let customer: Customer.ID
    package let customerName: String
    /// The name of its kind.
    package let kind: String
    package let about: UUID
    package let subject: String
    package let text: String
    package let blanks: [String: String]
    package let link: String
    package let state: State
    /// The channel that has it, or had it last.
    package let channel: String?
    package let failure: String?
    package let madeAt: Instant
    package let waitsUntil: Instant?
    package let changedAt: Instant

    package enum State: String, FieldChoice {
        case waiting, sent, delivered, read, failed, withdrawn

        package var message: Message {
            switch self {
            case .waiting: Message(es: "En espera", en: "Waiting", pt: "Em espera")
            case .sent: Message(es: "Enviado", en: "Sent", pt: "Enviado")
            case .delivered: Message(es: "Entregado", en: "Delivered", pt: "Entregue")
            case .read: Message(es: "Leído", en: "Read", pt: "Lido")
            case .failed: Message(es: "No se pudo avisar", en: "Could not be told", pt: "Não foi possível avisar")
            case .withdrawn: Message(es: "Ya no hacía falta", en: "No longer needed", pt: "Não era mais preciso")
            }
        }

        package var tone: Tone {
            switch self {
            case .sent, .waiting: .warning
            case .delivered, .read: .good
            case .failed: .bad
            case .withdrawn: .quiet
            }
        }
    }
}

extension CustomerNotice: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let (names, values): ([String], [String]) = (try row.read("blank_names"), try row.read("blank_values"))
        id = try row.read("notice_id")
        number = try row.read("number")
        customer = try row.read("customer_id")
        customerName = try row.read("customer_name")
        kind = try row.read("kind")
        about = try row.read("about")
        subject = try row.read("subject")
        text = try row.read("body")
        blanks = Dictionary(zip(names, values), uniquingKeysWith: { first, _ in first })
        link = try row.read("link")
        state = try row.word("state")
        channel = try row.read("channel")
        failure = try row.read("failure")
        madeAt = try row.read("made_at")
        waitsUntil = try row.read("waits_until")
        changedAt = try row.read("changed_at")
    }
}

/// A channel that was tried.
struct NoticeAttempt: Sendable, RowReadable {
    enum State: String, Sendable {
        case waiting, sent, delivered, read, failed, unknown, withdrawn

        /// Later words of a channel count only if they say more. A failure is final unless it is disproved.
        var place: Int {
            switch self {
            case .waiting: 0
            case .unknown: 1
            case .sent: 2
            case .failed, .withdrawn: 3
            case .delivered: 4
            case .read: 5
            }
        }
    }

    let notice: CustomerNotice.ID
    let position: Int
    let channel: String
    let state: State
    let failure: String?
    let changedAt: Instant

    /// Whether the channel still has it.
    var isOpen: Bool { state != .failed && state != .withdrawn }

    init(row: Row) throws(DatabaseError) {
        notice = try row.read("notice_id")
        position = try row.read("position")
        channel = try row.read("channel")
        state = try row.word("state")
        failure = try row.read("failure")
        changedAt = try row.read("changed_at")
    }
}

extension TenantDatabase {
    private var noticeSelection: SQL {
        """
        SELECT n.notice_id, n.number, n.customer_id, c.name AS customer_name, n.kind, n.about, n.subject, n.body,
            n.blank_names, n.blank_values, n.link, n.state, n.channel, n.failure, n.made_at, n.waits_until, n.changed_at
        FROM notices n JOIN customers c ON c.tenant_id = n.tenant_id AND c.customer_id = n.customer_id
        WHERE n.tenant_id = \(tenant)
        """
    }

    package func notice(_ id: CustomerNotice.ID, locked: Bool = false) async throws(DatabaseError) -> CustomerNotice? {
        try await first("\(noticeSelection) AND n.notice_id = \(id) \(locked ? .forNoKeyUpdate(of: "n") : .nothing)")
    }

    /// By number; of one customer, or in one state, if asked.
    func notices(
        of customer: Customer.ID?, in state: CustomerNotice.State?, about: UUID?, after number: Int, limit: Int
    ) async throws(DatabaseError) -> [CustomerNotice] {
        let customer: SQL = customer.map { "AND n.customer_id = \($0)" } ?? .nothing
        let state: SQL = state.map { "AND n.state = \($0.rawValue)" } ?? .nothing
        let about: SQL = about.map { "AND n.about = \($0)" } ?? .nothing
        return try await rows(
            """
            \(noticeSelection) \(customer) \(state) \(about) AND n.number > \(number) ORDER BY n.number LIMIT \(limit)
            """)
    }

    /// Newest first.
    package func notices(
        of customer: Customer.ID, before number: Int? = nil, limit: Int
    ) async throws(DatabaseError) -> [CustomerNotice] {
        let before: SQL = number.map { "AND n.number < \($0)" } ?? .nothing
        return try await rows(
            "\(noticeSelection) AND n.customer_id = \(customer) \(before) ORDER BY n.number DESC LIMIT \(limit)")
    }

    func attempts(of notices: [CustomerNotice.ID]) async throws(DatabaseError) -> [NoticeAttempt] {
        guard !notices.isEmpty else { return [] }
        return try await rows(
            """
            SELECT notice_id, position, channel, state, failure, changed_at FROM notice_attempts
            WHERE tenant_id = \(tenant) AND notice_id = ANY (\(notices)) ORDER BY notice_id, position
            """)
    }
}

extension TenantDatabase {
    /// The values of the newest notice of a kind, as an example.
    package func newestBlanks(of kind: String) async throws(DatabaseError) -> [String: String] {
        let notice: CustomerNotice? = try await first(
            "\(noticeSelection) AND n.kind = \(kind) ORDER BY n.number DESC LIMIT 1")
        return notice?.blanks ?? [:]
    }
}
