import Access
import Events
import Identifiers
import Locale
import Plans
import Postgres
import Time

extension TenantDatabase {
    package func serviceLife(_ id: Service.ID) async throws(DatabaseError) -> ServiceLife {
        let results = try await batch([
            """
            SELECT (SELECT day FROM activations WHERE tenant_id = \(tenant) AND service_id = \(id)) AS activated_on,
                (SELECT day FROM cancellations WHERE tenant_id = \(tenant) AND service_id = \(id)) AS cancelled_on,
                EXISTS (
                    SELECT FROM cuts WHERE tenant_id = \(tenant) AND service_id = \(id) AND lifted_at IS NULL) AS is_cut
            """,
            """
            SELECT from_day, to_day FROM freezes
            WHERE tenant_id = \(tenant) AND service_id = \(id) AND (to_day IS NULL OR to_day >= from_day)
            ORDER BY from_day
            """,
        ])
        var life = ServiceLife()
        if let row = results[0].first {
            life.activatedOn = try row.read("activated_on")
            life.cancelledOn = try row.read("cancelled_on")
            life.isCut = try row.read("is_cut")
        }
        life.freezes = try results[1].read()
        return life
    }

    func insert(_ activation: Activation, of service: Service.ID, by principal: Principal) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO activations (tenant_id, service_id, day, author, made_at)
            VALUES (\(tenant), \(service), \(activation.day), \(principal.actor.name), \(principal.now))
            """)
    }

    func insert(_ end: Cancellation, of service: Service.ID, by principal: Principal) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO cancellations (tenant_id, service_id, day, reason, note, author, made_at)
            VALUES (
                \(tenant), \(service), \(end.day), \(end.reason.rawValue), \(end.note), \(principal.actor.name),
                \(principal.now))
            """)
    }

    func insert(_ freeze: Freeze, of service: Service.ID, by principal: Principal) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO freezes (tenant_id, freeze_id, service_id, from_day, to_day, reason, author, made_at)
            VALUES (
                \(tenant), \(principal.newID), \(service), \(freeze.day), \(freeze.toDay), \(freeze.reason),
                \(principal.actor.name), \(principal.now))
            """)
    }

    /// Ends the pause of that day on the day before. False when there is none.
    func endFreeze(of service: Service.ID, on day: Day) async throws(DatabaseError) -> Bool {
        try await execute(
            """
            UPDATE freezes SET to_day = \(day - 1)
            WHERE tenant_id = \(tenant) AND service_id = \(service) AND from_day <= \(day)
                AND (to_day IS NULL OR to_day >= \(day))
            """) > 0
    }

    func insert(
        _ move: Move, of service: Service, on day: Day, by principal: Principal
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO moves (tenant_id, move_id, service_id, day, old_address, new_address, author, made_at)
            VALUES (
                \(tenant), \(principal.newID), \(service.id), \(day), \(service.address), \(move.address),
                \(principal.actor.name), \(principal.now))
            """)
    }

    func insert(_ cut: Cut, of services: [Service.ID], by principal: Principal) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO cuts (tenant_id, cut_id, service_id, reason, note, author, made_at)
            SELECT \(tenant), given.cut, given.service, \(cut.reason.rawValue), \(cut.note), \(principal.actor.name),
                \(principal.now)
            FROM unnest(\(services.map { _ in principal.newID }), \(services)) given(cut, service)
            """)
    }

    /// Returns the services of which a cut for one of these reasons was lifted.
    func liftCuts(
        of services: [Service.ID], for reasons: Set<Cut.Reason>, by principal: Principal
    ) async throws(DatabaseError) -> [Service.ID] {
        let lifted: [LiftedCut] = try await rows(
            """
            UPDATE cuts SET lifted_at = greatest(\(principal.now), made_at), lifted_by = \(principal.actor.name)
            WHERE tenant_id = \(tenant) AND service_id = ANY (\(services)) AND lifted_at IS NULL
                AND reason = ANY (\(reasons.map(\.rawValue)))
            RETURNING service_id
            """)
        return lifted.map(\.service)
    }

    func insert(_ charge: ServiceCharge, of service: Service.ID, by principal: Principal) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO service_charges (
                tenant_id, charge_id, service_id, kind, name, amount, currency, from_day, to_day, author, made_at)
            VALUES (
                \(tenant), \(principal.newID), \(service), \(charge.kind.rawValue), \(charge.name),
                \(charge.amount.minor), \(charge.amount.currency.code), \(charge.day), \(charge.toDay),
                \(principal.actor.name), \(principal.now))
            """)
    }

    func insert(_ credit: ServiceCredit, of service: Service.ID, by principal: Principal) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO service_credits (tenant_id, credit_id, service_id, name, amount, currency, author, made_at)
            VALUES (
                \(tenant), \(principal.newID), \(service), \(credit.name), \(credit.amount.minor),
                \(credit.amount.currency.code), \(principal.actor.name), \(principal.now))
            """)
    }

    func insert(
        _ promotion: ServicePromotion, of service: Service.ID, by principal: Principal
    ) async throws(DatabaseError) {
        let isPercent = promotion.percent > 0
        try await execute(
            """
            INSERT INTO service_promotions (
                tenant_id, promotion_id, service_id, percent, amount, currency, from_day, periods, author, made_at)
            VALUES (
                \(tenant), \(principal.newID), \(service), \(isPercent ? Int32(promotion.percent) : nil),
                \(isPercent ? nil : promotion.amount.minor), \(promotion.amount.currency.code), \(promotion.day),
                \(Int32(promotion.periods)), \(principal.actor.name), \(principal.now))
            """)
    }
}

private struct LiftedCut: RowReadable {
    let service: Service.ID

    init(row: Row) throws(DatabaseError) { service = try row.read("service_id") }
}

extension ServiceLife {
    /// Refuses unless the service is installed and not cancelled.
    func checkIsLive(on day: Day) throws(ServiceRefusal) {
        if let cancelledOn, cancelledOn <= day { throw .cancelled }
        guard let activatedOn, activatedOn <= day else { throw .notActive }
    }
}

extension ServiceLife.Pause: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        from = try row.read("from_day")
        to = try row.read("to_day")
    }

    /// Whether the two periods overlap.
    func touches(_ day: Day, _ last: Day?) -> Bool {
        (to.map { day <= $0 } ?? true) && (last.map { from <= $0 } ?? true)
    }
}

extension Principal {
    fileprivate var newID: UUID { .v7(milliseconds: now.milliseconds, from: .system) }
}
