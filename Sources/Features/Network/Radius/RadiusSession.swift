import Access
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Services
import Time

/// Somebody on line, or who was, as an access server reported it.
package struct RadiusSession: Sendable, Equatable {
    package typealias ID = Identifiers.ID<RadiusSession>

    package let id: ID
    let server: AccessServer.ID
    let serverName: String
    /// The access server's own name of it.
    let name: String
    package let login: String
    package let service: Service.ID?
    /// The hotspot card it came in by.
    package let voucher: UUID?
    let customerName: String
    package let address: String
    package let caller: String
    let seconds: Int
    /// In bytes, from the customer and to the customer.
    let sent: Int
    let received: Int
    package let startedAt: Instant
    package let seenAt: Instant
    package let endedAt: Instant?
    let cause: String
    /// How often its end was asked for, and what was answered the last time.
    package let asked: Int
    package let answer: String
}

extension RadiusSession: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("session_id")
        server = try row.read("client_id")
        serverName = try row.read("server_name")
        name = try row.read("name")
        login = try row.read("login")
        service = try row.read("service_id")
        voucher = try row.read("voucher_id")
        customerName = try row.read("customer_name")
        address = try row.read("address")
        caller = try row.read("caller")
        seconds = try row.read("seconds")
        sent = try row.read("sent")
        received = try row.read("received")
        startedAt = try row.read("started_at")
        seenAt = try row.read("seen_at")
        endedAt = try row.read("ended_at")
        cause = try row.read("cause")
        let asked: Int32 = try row.read("asked")
        self.asked = Int(asked)
        answer = try row.read("answer")
    }
}

/// Why somebody was not let in.
package struct RadiusRejection: Sendable {
    package let login: String
    package let reason: Reason
    package let service: Service.ID?
    let server: AccessServer.ID
    let serverName: String
    let caller: String
    package let times: Int
    let lastAt: Instant

    package enum Reason: String, FieldChoice {
        case unknown, password, suspended, used
        case noDays = "no_days"
        case inactive, company, chap
        case voided = "void"

        package var message: Message {
            switch self {
            case .unknown: Message(es: "No existe", en: "Does not exist", pt: "Não existe")
            case .password: Message(es: "Contraseña", en: "Password", pt: "Senha")
            case .suspended: Message(es: "Suspendido", en: "Suspended", pt: "Suspenso")
            case .noDays: Message(es: "Sin días", en: "No days", pt: "Sem dias")
            case .used: Message(es: "Ficha de otro equipo", en: "Another device's card", pt: "Ficha de outro aparelho")
            case .voided: Message(es: "Ficha anulada", en: "Void card", pt: "Ficha anulada")
            case .inactive: Message(es: "Sin activar o dado de baja", en: "Not active", pt: "Sem ativar ou cancelado")
            case .company:
                Message(es: "Empresa suspendida", en: "Company suspended", pt: "Empresa suspensa")
            case .chap:
                Message(
                    es: "CHAP: use PAP o MS-CHAPv2", en: "CHAP: use PAP or MS-CHAPv2", pt: "CHAP: use PAP ou MS-CHAPv2")
            }
        }
    }
}

extension RadiusRejection: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        login = try row.read("login")
        reason = try row.word("reason")
        service = try row.read("service_id")
        server = try row.read("client_id")
        serverName = try row.read("server_name")
        caller = try row.read("caller")
        times = try row.read("times")
        lastAt = try row.read("last_at")
    }
}

extension TenantDatabase {
    private func radiusSessions(_ condition: SQL, limit: Int) -> SQL {
        """
        SELECT k.session_id, k.client_id, n.name AS server_name, k.name, k.login, k.service_id, k.voucher_id,
            coalesce(c.name, '') AS customer_name, k.address, k.caller, k.seconds, k.sent, k.received, k.started_at,
            k.seen_at, k.ended_at, k.cause, k.asked, k.answer
        FROM radius_sessions k
        JOIN radius_clients n ON n.tenant_id = k.tenant_id AND n.client_id = k.client_id
        LEFT JOIN services s ON s.tenant_id = k.tenant_id AND s.service_id = k.service_id
        LEFT JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
        WHERE k.tenant_id = \(tenant) AND \(condition) ORDER BY k.started_at DESC, k.session_id DESC LIMIT \(limit)
        """
    }

    /// Open sessions, of all access servers or of one.
    package func openSessions(
        at server: AccessServer.ID? = nil, named text: String = "", limit: Int
    ) async throws(DatabaseError) -> [RadiusSession] {
        let which: SQL = server.map { "AND k.client_id = \($0)" } ?? .nothing
        let named: SQL =
            text.isEmpty
            ? .nothing : "AND strpos(lower(k.login || ' ' || k.address || ' ' || k.caller), lower(\(text))) > 0"
        return try await rows(radiusSessions("k.ended_at IS NULL \(which) \(named)", limit: limit))
    }

    /// The latest of a service, over or not.
    package func radiusSessions(ofVoucher voucher: UUID, limit: Int) async throws(DatabaseError) -> [RadiusSession] {
        try await rows(radiusSessions("k.voucher_id = \(voucher)", limit: limit))
    }

    package func radiusSessions(
        of service: Service.ID, limit: Int
    ) async throws(DatabaseError) -> [RadiusSession] {
        try await rows(radiusSessions("k.service_id = \(service)", limit: limit))
    }

    package func rejections(
        of service: Service.ID? = nil, limit: Int
    ) async throws(DatabaseError) -> [RadiusRejection] {
        let which: SQL = service.map { "AND r.service_id = \($0)" } ?? .nothing
        return try await rows(
            """
            SELECT r.login, r.reason, r.service_id, r.client_id, n.name AS server_name, r.caller, r.times, r.last_at
            FROM radius_refusals r
            JOIN radius_clients n ON n.tenant_id = r.tenant_id AND n.client_id = r.client_id
            WHERE r.tenant_id = \(tenant) \(which) ORDER BY r.last_at DESC LIMIT \(limit)
            """)
    }
}
