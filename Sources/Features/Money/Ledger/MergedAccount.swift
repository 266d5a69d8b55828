import Access
import Customers
import Declarations
import Identifiers
import Jobs
import Locale
import Postgres
import Time

/// Moves a customer's account on merging and on undoing a merge.
enum MergedAccount {
    static let parts: [any RoomPart] = [
        CustomerRows(
            30, "account_transfers",
            Message(es: "Traspaso del saldo", en: "Transfer of the balance", pt: "Transferência do saldo"),
            holding: { customer, database in try await database.hold(customer) },
            move: { move, database in
                let id: Transaction.ID = .make(
                    milliseconds: move.principal.now.milliseconds, from: move.randomness)
                let isMoved = try await database.transferAccount(
                    of: move.from, to: move.to, as: id, on: move.today, because: move.note,
                    by: move.principal.actor, at: move.principal.now, from: move.randomness)
                try await database.queue([LookAtCustomer(move.to)], at: move.principal.now)
                return isMoved ? [id.uuid] : []
            },
            moveBack: { _, move, database in
                try await database.takeAccountBack(
                    from: move.from, on: move.today, because: move.note, by: move.principal.actor,
                    at: move.principal.now, from: move.randomness)
                try await database.queue(
                    [LookAtCustomer(move.from), LookAtCustomer(move.to)], at: move.principal.now)
            }),
        // A customer has at most one announced reconnection fee.
        CustomerRows(
            31, "fees_waived",
            Message(
                es: "Cargos por reconexión que ya no se cobran: queda el del otro",
                en: "Reconnection fees no longer charged: the other's stays",
                pt: "Encargos de reconexão que não se cobram mais: fica o do outro"),
            move: { move, database in
                try await database.movedRows(
                    """
                    UPDATE standing_fees f SET ended_as = 'waived', ended_at = \(move.principal.now)
                    WHERE f.tenant_id = \(database.tenant) AND f.customer_id = \(move.from) AND f.ended_at IS NULL
                        AND EXISTS (
                            SELECT FROM standing_fees o WHERE o.tenant_id = f.tenant_id
                                AND o.customer_id = \(move.to) AND o.ended_at IS NULL)
                    RETURNING f.fee_id AS id
                    """)
            },
            moveBack: { ids, _, database in
                try await database.execute(
                    """
                    UPDATE standing_fees SET ended_as = NULL, ended_at = NULL
                    WHERE tenant_id = \(database.tenant) AND fee_id = ANY (\(ids))
                    """)
            }),
        CustomerRows(
            32, "fees", Message(es: "Cargos por reconexión", en: "Reconnection fees", pt: "Encargos de reconexão"),
            in: "standing_fees", by: "fee_id"),
    ]
}
