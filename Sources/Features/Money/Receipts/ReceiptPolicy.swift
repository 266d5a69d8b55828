import Access
import Events
import JSON
import Locale
import Nouns
import Postgres
import Tenancy

/// How far a company trusts receipts that nobody looked at. Whether they reconnect for some days is in the collection
/// policy.
package struct ReceiptPolicy: Sendable, Equatable {
    package var isAutomatic = false
    package var mostAutomatic: Money
    /// Of the customer, in days, before their receipts are trusted.
    package var leastAge = 60
    /// A receipt that the bank's file does not show after as many days is false; 0 leaves it to people.
    package var bankDays = 0
    package var keptMonths = 24

    package init(in currency: Currency) { mostAutomatic = .zero(currency) }
}

extension ReceiptPolicy: Fielded {
    package static let noun = "ReceiptPolicy"

    package static let fields: [Field<ReceiptPolicy>] = [
        .flag(
            "is_automatic", \.isAutomatic,
            Message(
                es: "Registrar automáticamente los comprobantes sin dudas",
                en: "Apply receipts without doubts automatically",
                pt: "Registrar automaticamente os comprovantes sem dúvidas"
            )
        ).hint(
            Message(
                es:
                    """
                    El saldo baja y el servicio vuelve sin que nadie mire. Los que dejan dudas siempre esperan \
                    a una persona.
                    """,
                en:
                    """
                    The balance goes down and the service comes back without anybody looking. Doubtful ones \
                    always wait for a person.
                    """,
                pt: "O saldo baixa e o serviço volta sem que ninguém olhe. Os duvidosos sempre esperam uma pessoa.")),
        .money(
            "most_automatic", \.mostAutomatic,
            Message(
                es: "Automáticamente, hasta este importe", en: "Automatically, up to this amount",
                pt: "Automaticamente, até este valor")
        ).hint(
            Message(
                es: "Vacío o cero: ninguno se registra solo.", en: "Empty or zero: none is applied by itself.",
                pt: "Vazio ou zero: nenhum se registra sozinho.")),
        .count(
            "least_age", \.leastAge, 0...3650,
            Message(
                es: "Se confía en clientes desde los … días de antigüedad", en: "Customers are trusted from … days on",
                pt: "Confia-se em clientes a partir de … dias")
        ).hint(
            Message(
                es: "Los comprobantes de clientes más nuevos esperan a una persona.",
                en: "Receipts of newer customers wait for a person.",
                pt: "Os comprovantes de clientes mais novos esperam uma pessoa.")),
        .count(
            "bank_days", \.bankDays, 0...60,
            Message(
                es: "Días que el banco tiene para mostrar el dinero", en: "Days that the bank has to show the money",
                pt: "Dias que o banco tem para mostrar o dinheiro")
        ).hint(
            Message(
                es:
                    """
                    Si un archivo de la cuenta a la que fue el dinero ya cubre esos días y no lo muestra, el \
                    comprobante cuenta como falso y el servicio se corta otra vez. 0: lo decide una persona.
                    """,
                en:
                    """
                    Where a file of the account that the money went to covers those days and does not show it, \
                    the receipt counts as false and the service is cut again. 0: a person decides.
                    """,
                pt:
                    """
                    Se um arquivo da conta à qual foi o dinheiro já cobre esses dias e não o mostra, o \
                    comprovante conta como falso e o serviço é cortado de novo. 0: uma pessoa decide.
                    """
            )),
        .count(
            "kept_months", \.keptMonths, 0...120,
            Message(
                es: "Meses que se guardan las fotos", en: "Months that pictures are kept",
                pt: "Meses que as fotos são guardadas")
        ).hint(
            Message(
                es: "Lo leído se queda. 0: no se borran.", en: "What was read stays. 0: they are not deleted.",
                pt: "O que foi lido fica. 0: não são apagadas.")),
    ]
}

extension ReceiptPolicy {
    package func put(by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            let before = try await database.receiptPolicy(in: mostAutomatic.currency)
            guard before != self else { return }
            try await database.execute(
                """
                INSERT INTO receipt_policies (
                    tenant_id, is_automatic, currency, most_automatic, least_age, bank_days, kept_months)
                VALUES (
                    \(database.tenant), \(isAutomatic), \(mostAutomatic.currency.rawValue), \(mostAutomatic.minor),
                    \(Int32(leastAge)), \(Int32(bankDays)), \(Int32(keptMonths)))
                ON CONFLICT (tenant_id) DO UPDATE SET is_automatic = excluded.is_automatic,
                    currency = excluded.currency, most_automatic = excluded.most_automatic,
                    least_age = excluded.least_age, bank_days = excluded.bank_days,
                    kept_months = excluded.kept_months
                """)
            guard let act = Act.change(.receiptPolicyChanged, nil, from: before.details(), to: details()) else {
                return
            }
            try await database.record(act, by: principal.actor, at: principal.now)
        }
    }
}

extension ReceiptPolicy: JSONWritable {
    package func write(to json: inout JSONWriter) { json.object { json in json.fields(of: self) } }
}

extension TenantDatabase {
    package func receiptPolicy(in currency: Currency) async throws(DatabaseError) -> ReceiptPolicy {
        let stored: StoredPolicy? = try await first(
            """
            SELECT is_automatic, currency, most_automatic, least_age, bank_days, kept_months FROM receipt_policies
            WHERE tenant_id = \(tenant)
            """)
        guard let stored else { return ReceiptPolicy(in: currency) }
        return stored.policy(in: currency)
    }
}

private struct StoredPolicy: RowReadable {
    let isAutomatic: Bool
    let currency: String
    let most: Int64
    let leastAge: Int
    let bankDays: Int
    let keptMonths: Int

    init(row: Row) throws(DatabaseError) {
        isAutomatic = try row.read("is_automatic")
        currency = try row.read("currency")
        most = try row.read("most_automatic")
        leastAge = try row.read("least_age")
        bankDays = try row.read("bank_days")
        keptMonths = try row.read("kept_months")
    }

    /// An amount of another currency says nothing.
    func policy(in own: Currency) -> ReceiptPolicy {
        var policy = ReceiptPolicy(in: own)
        policy.isAutomatic = isAutomatic
        if currency == own.rawValue { policy.mostAutomatic = Money(minor: most, own) }
        (policy.leastAge, policy.bankDays, policy.keptMonths) = (leastAge, bankDays, keptMonths)
        return policy
    }
}
