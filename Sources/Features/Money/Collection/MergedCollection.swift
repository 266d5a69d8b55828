import Access
import Customers
import Declarations
import Identifiers
import Locale
import Postgres
import Tenancy
import Time

/// Moves a customer's collection data when they are merged into another.
enum MergedCollection {
    static let parts: [any RoomPart] = [
        // A customer has one open promise at most.
        CustomerRows(
            70, "promises_ended",
            Message(
                es: "Promesas vigentes que terminan: sigue la del otro",
                en: "Open promises that end: the other's goes on",
                pt: "Promessas vigentes que terminam: segue a do outro"),
            move: { move, database in
                try await database.movedRows(
                    """
                    UPDATE payment_promises p SET state = 'cancelled', ended_at = \(move.principal.now)
                    WHERE p.tenant_id = \(database.tenant) AND p.customer_id = \(move.from) AND p.state = 'open'
                        AND EXISTS (
                            SELECT FROM payment_promises o WHERE o.tenant_id = p.tenant_id
                                AND o.customer_id = \(move.to) AND o.state = 'open')
                    RETURNING p.promise_id AS id
                    """)
            },
            moveBack: { ids, _, database in
                try await database.execute(
                    """
                    UPDATE payment_promises SET state = 'open', ended_at = NULL
                    WHERE tenant_id = \(database.tenant) AND promise_id = ANY (\(ids))
                    """)
            }),
        CustomerRows(71, "promises", CollectionWords.promises.message, in: "payment_promises", by: "promise_id"),
        CustomerRows(72, "holds", CollectionWords.holds.message, in: "collection_holds", by: "hold_id"),
        CustomerRows(73, "strikes", CollectionWords.strikes.message, in: "collection_strikes", by: "strike_id"),
        // Steps that both customers had in a period are not moved: one counts.
        CustomerRows(
            74, "steps",
            Message(es: "Avisos y cortes", en: "Notices and cuts", pt: "Avisos e cortes"), in: "collection_steps",
            by: "step_id",
            where: { move in
                """
                AND NOT EXISTS (
                    SELECT FROM collection_steps o WHERE o.tenant_id = r.tenant_id AND o.customer_id = \(move.to)
                        AND o.service_id IS NOT DISTINCT FROM r.service_id AND o.stage = r.stage
                        AND o.period = r.period AND o.turn = r.turn)
                """
            }),
        // The duplicate's policy moves too, unless the other has one.
        CustomerRows(
            75, "policies",
            Message(es: "Política propia", en: "Policy of their own", pt: "Política própria"),
            move: { move, database in
                let (tenant, now) = (move.tenant, move.principal.now)
                let known = try await database.collectionPolicies(in: tenant.currency, at: now).exceptions
                guard let own = known[.customer(move.from)], known[.customer(move.to)] == nil else { return [] }
                try await own.rules.put(
                    for: .customer(move.to), of: tenant, by: move.principal, in: database)
                return [move.to.uuid]
            },
            moveBack: { ids, move, database in
                let (tenant, now) = (move.tenant, move.principal.now)
                let known = try await database.collectionPolicies(in: tenant.currency, at: now).exceptions
                guard !ids.isEmpty, known[.customer(move.to)] != nil else { return }
                try await CollectionPolicy.withdraw(
                    .customer(move.to), of: tenant, by: move.principal, in: database)
            }),
    ]
}
