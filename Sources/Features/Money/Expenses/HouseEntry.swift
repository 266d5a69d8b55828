import Access
import CashDesk
import Events
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// The company's own expense, or income other than customers' charges: gasto, otro ingreso.
package struct HouseEntry: Sendable, Equatable {
    package typealias ID = Identifiers.ID<HouseEntry>

    /// Also the id of its transaction.
    package let id: ID
    package internal(set) var number = 0
    package var category = Category.other
    package var amount: Money
    package var day: Day
    package var account = MoneyAccount.cash
    /// The payee or payer.
    package var party = ""
    package var receipt = ""
    package var note = ""
    package internal(set) var state = State.applied
    /// The shift whose drawer paid it.
    package internal(set) var shift: Shift.ID?
    package internal(set) var author = ""
    package internal(set) var reason = ""

    package init(id: ID, on day: Day, in currency: Currency) {
        (self.id, self.day, amount) = (id, day, .zero(currency))
    }

    /// The category. In the ledger it names an expense account, or an account of other income.
    package enum Category: String, FieldChoice {
        case payroll, rent, power, bandwidth, equipment, vehicles, taxes, fees, advertising, petty, other
        case sale = "other_sale"
        case work = "other_work"
        /// Hotspot cards, entered by their own pages.
        case vouchers = "other_vouchers"
        case income = "other_income"

        package var isIncome: Bool {
            switch self {
            case .sale, .work, .vouchers, .income: true
            default: false
            }
        }

        package var message: Message {
            switch self {
            case .payroll: Message(es: "Sueldos", en: "Payroll", pt: "Salários")
            case .rent: Message(es: "Renta", en: "Rent", pt: "Aluguel")
            case .power: Message(es: "Luz y agua", en: "Power and water", pt: "Luz e água")
            case .bandwidth: Message(es: "Enlaces y tránsito", en: "Links and transit", pt: "Links e trânsito")
            case .equipment:
                Message(es: "Equipos y materiales", en: "Equipment and supplies", pt: "Equipamentos e materiais")
            case .vehicles:
                Message(es: "Vehículos y combustible", en: "Vehicles and fuel", pt: "Veículos e combustível")
            case .taxes: Message(es: "Impuestos y permisos", en: "Taxes and permits", pt: "Impostos e licenças")
            case .fees: Message(es: "Comisiones bancarias", en: "Bank fees", pt: "Tarifas bancárias")
            case .advertising: Message(es: "Publicidad", en: "Advertising", pt: "Publicidade")
            case .petty: Message(es: "Gastos menores de caja", en: "Petty cash", pt: "Pequenas despesas de caixa")
            case .other: Message(es: "Otros gastos", en: "Other expenses", pt: "Outras despesas")
            case .sale:
                Message(
                    es: "Ingreso: venta de equipos", en: "Income: equipment sold", pt: "Receita: venda de equipamentos")
            case .work: Message(es: "Ingreso: trabajos", en: "Income: work done", pt: "Receita: serviços prestados")
            case .vouchers:
                Message(es: "Ingreso: fichas hotspot", en: "Income: hotspot cards", pt: "Receita: fichas de hotspot")
            case .income: Message(es: "Ingreso: otros", en: "Income: other", pt: "Receita: outros")
            }
        }
    }

    /// Where the money was: the ledger's account of the payment method of that name.
    package enum MoneyAccount: String, FieldChoice {
        case cash, transfer, card

        package var message: Message {
            switch self {
            case .cash: Message(es: "Caja (efectivo)", en: "Till (cash)", pt: "Caixa (dinheiro)")
            case .transfer: Message(es: "Banco (transferencia)", en: "Bank (transfer)", pt: "Banco (transferência)")
            case .card: Message(es: "Tarjeta", en: "Card", pt: "Cartão")
            }
        }
    }

    package enum State: String, FieldChoice {
        case applied, reversed

        package var message: Message {
            switch self {
            case .applied: Message(es: "Registrado", en: "Entered", pt: "Registrado")
            case .reversed: Message(es: "Reversado", en: "Reversed", pt: "Estornado")
            }
        }

        package var tone: Tone { self == .applied ? .good : .bad }
    }

    package var transaction: Transaction.ID { Transaction.ID(id.uuid) }
    /// Negative for an expense.
    var signed: Money { Money(minor: category.isIncome ? amount.minor : -amount.minor, amount.currency) }
}

extension HouseEntry: Fielded {
    package static let noun = "HouseEntry"

    package static let fields: [Field<HouseEntry>] = [
        Field<HouseEntry>.choice("category", \.category, ExpenseWords.category.message).filtered(by: "h.category"),
        .money("amount", \.amount, isRequired: true, ExpenseWords.amount.message),
        .day("day", \.day, ExpenseWords.day.message),
        Field<HouseEntry>.choice("account", \.account, ExpenseWords.account.message).filtered(by: "h.account")
            .hint(ExpenseWords.accountHint.message),
        .line("party", \.party, 0...120, ExpenseWords.party.message),
        .line("receipt", \.receipt, 0...60, ExpenseWords.receipt.message),
        .line("note", \.note, 0...300, ExpenseWords.note.message),
    ]

    /// Newest first by default.
    static let list = List<HouseEntry>(
        "expenses", at: "/panel/expenses", ExpenseWords.expenses.message,
        of: [.counted("number", \.number, ExpenseWords.number.message).sorted(by: "h.number")] + fields + [
            .derived("state", \.state, ExpenseWords.state.message).filtered(by: "h.state"),
            Field("author", .line(1...200), ExpenseWords.author.message) { .text($0.author) }.minor(),
            Field("since", .day, ExpenseWords.from.message) { .day($0.day) }.filtered(by: "h.day", .atLeast).only(in: []
            ),
            Field("until", .day, ExpenseWords.to.message) { .day($0.day) }.filtered(by: "h.day", .atMost).only(in: []),
        ], by: "number", id: \.id.uuid)
}

extension HouseEntry {
    private static let oldest = 731

    /// Registers and books it. Cash paid or taken today by a person with an open shift also moves in their drawer.
    package func add(of tenant: Tenant, by principal: Principal, in database: TenantDatabase) async throws -> HouseEntry
    {
        try await database.transaction { database in
            var entry = self
            if account == .cash, day == tenant.timeZone.day(at: principal.now) {
                let what = title(for: tenant)
                entry.shift =
                    category.isIncome
                    ? try await ShiftActs.putIn(amount, note: what, by: principal, in: database)
                    : try await ShiftActs.takeOut(amount, note: what, by: principal, in: database)
            }
            return try await entry.book(of: tenant, by: principal, in: database)
        }
    }

    fileprivate func title(for tenant: Tenant) -> String {
        let words = [category.text(for: tenant.reader), party, note].filter { !$0.isEmpty }
        return String(words.joined(separator: " · ").prefix(300))
    }

    /// For an entry that has already left a drawer.
    func book(of tenant: Tenant, by principal: Principal, in database: TenantDatabase) async throws -> HouseEntry {
        let today = tenant.timeZone.day(at: principal.now)
        guard amount.isPositive, amount.minor <= Money.most, amount.currency == tenant.currency else {
            throw ExpenseRefusal.amountWrong
        }
        guard day <= today, day >= today - Self.oldest else { throw ExpenseRefusal.dayFarOff }
        return try await database.transaction { database in
            try await database.insert(self, by: principal)
            try await database.post(
                Transaction(
                    id: transaction, category.isIncome ? .otherIncome : .expense, of: id.uuid, on: day,
                    note: String([party, receipt, note].filter { !$0.isEmpty }.joined(separator: " · ").prefix(500)),
                    [
                        Posting(
                            category.isIncome ? .income(category.rawValue) : .expense(category.rawValue), try -signed),
                        Posting(.money(account.rawValue), signed),
                    ]), by: principal.actor, at: principal.now)
            guard let added = try await database.houseEntry(id) else { throw AccessRefusal.notFound }
            try await database.record(
                Act(.expenseEntered, added.subject, after: added.details()), by: principal.actor, at: principal.now)
            return added
        }
    }

    /// Reverses its transaction. What left a drawer comes back as cash put into one; what came into one leaves it.
    package static func reverse(
        _ id: ID, because reason: String, as reversal: Transaction.ID, puttingBack: Bool = false, of tenant: Tenant,
        by principal: Principal, in database: TenantDatabase
    ) async throws -> HouseEntry {
        guard !reason.isEmpty else { throw ExpenseRefusal.reasonMissing }
        return try await database.transaction { database in
            guard let entry = try await database.houseEntry(id, locked: true) else { throw AccessRefusal.notFound }
            guard entry.state == .applied else { throw ExpenseRefusal.reversedAlready }
            guard entry.category.isIncome || entry.shift == nil || puttingBack else {
                throw ExpenseRefusal.leftDrawer
            }
            if entry.category.isIncome, let shift = entry.shift {
                try await ShiftActs.takeBack(
                    entry.amount, note: String("\(entry.title(for: tenant)) · \(reason)".prefix(300)), outOf: shift,
                    by: principal, in: database)
            }
            try await database.reverse(
                entry.transaction, as: reversal, on: tenant.timeZone.day(at: principal.now), because: reason,
                by: principal.actor, at: principal.now)
            try await database.markReversed(id, because: reason, by: principal)
            guard let reversed = try await database.houseEntry(id) else { throw AccessRefusal.notFound }
            try await database.record(
                Act(
                    .expenseReversed, reversed.subject,
                    after: reversed.details() + [Act.Detail("reason", reason)]), by: principal.actor,
                at: principal.now)
            return reversed
        }
    }

    /// Cash paid out of a drawer is an expense of the company.
    static let afterMovement = AfterCashMovement { movement, database in
        guard movement.cash.kind == .expense else { return }
        let principal = movement.principal
        var entry = HouseEntry(
            id: .make(milliseconds: principal.now.milliseconds, from: movement.randomness),
            on: movement.tenant.timeZone.day(at: principal.now), in: movement.cash.amount.currency)
        (entry.category, entry.amount, entry.note) = (.petty, movement.cash.amount, movement.cash.note)
        entry.shift = movement.shift
        _ = try await entry.book(of: movement.tenant, by: principal, in: database)
    }

    /// What a movement took out of a drawer is reversed where the movement is undone.
    static let afterUndoneMovement = AfterUndoneMovement { undone, database in
        guard undone.entry.movement == .expense, let id = try await database.houseEntry(takenBy: undone) else { return }
        _ = try await reverse(
            id, because: undone.reason,
            as: .make(milliseconds: undone.principal.now.milliseconds, from: undone.randomness), puttingBack: true,
            of: undone.tenant, by: undone.principal, in: database)
    }

    /// Income in cash is in the day's book, and in nobody's shift where its author had none.
    static let otherCash = OtherCash(10) { day, database in
        try await database.houseIncome(on: day)
    } loose: { person, day, tenant, database in
        try await database.looseIncome(of: person, on: day).map { entry in
            LooseSale(
                id: entry.id.uuid, title: entry.title(for: tenant), path: "\(list.path)/\(entry.id)",
                seller: entry.author, method: entry.account.rawValue, amount: entry.amount)
        }
    } takeIn: { sale, shift, database in
        try await database.take(HouseEntry.ID(sale.id), into: shift)
    }

    private var subject: Act.Subject { Act.Subject("house_entry", id.uuid, named: "\(number)") }
}

extension TenantDatabase {
    private func houseEntries(_ which: SQL) -> SQL {
        """
        SELECT h.entry_id, h.number, h.category, h.amount, h.currency, h.day, h.account, h.party, h.receipt, h.note,
            h.state, h.shift_id, h.actor, h.reason
        FROM house_entries h WHERE h.tenant_id = \(tenant) \(which)
        """
    }

    package func houseEntry(_ id: HouseEntry.ID, locked: Bool = false) async throws(DatabaseError) -> HouseEntry? {
        try await first(houseEntries("AND h.entry_id = \(id) \(locked ? .forUpdate(of: "h") : .nothing)"))
    }

    /// The expense that a movement of a drawer booked, at its moment and of its amount.
    fileprivate func houseEntry(takenBy undone: UndoneCash) async throws(DatabaseError) -> HouseEntry.ID? {
        try await value(
            """
            SELECT entry_id FROM house_entries
            WHERE tenant_id = \(tenant) AND shift_id = \(undone.shift) AND made_at = \(undone.entry.madeAt)
                AND amount = \(-undone.entry.amount.minor) AND state = 'applied'
            ORDER BY number LIMIT 1
            """)
    }

    fileprivate static let income = HouseEntry.Category.allCases.filter(\.isIncome).map(\.rawValue)

    /// By person and account.
    fileprivate func houseIncome(on day: Day) async throws(DatabaseError) -> [Takings] {
        let income: [HouseIncome] = try await rows(
            """
            SELECT h.actor, h.account, count(*) AS count, sum(h.amount)::bigint AS sum, h.currency
            FROM house_entries h
            WHERE h.tenant_id = \(tenant) AND h.day = \(day) AND h.state = 'applied'
                AND h.category = ANY (\(Self.income))
            GROUP BY h.actor, h.account, h.currency ORDER BY h.actor, h.account
            """)
        return income.map(\.takings)
    }

    fileprivate func looseIncome(of person: UUID?, on day: Day) async throws(DatabaseError) -> [HouseEntry] {
        let author: SQL = person.map { "AND h.actor_id = \($0)" } ?? "AND h.actor_id IS NOT NULL"
        return try await rows(
            houseEntries(
                """
                AND h.day = \(day) AND h.account = 'cash' AND h.state = 'applied' AND h.shift_id IS NULL
                    AND h.category = ANY (\(Self.income)) \(author)
                ORDER BY h.number LIMIT 200
                """))
    }

    fileprivate func take(_ id: HouseEntry.ID, into shift: Shift.ID) async throws(DatabaseError) -> Bool {
        let taken: Int? = try await value(
            """
            WITH taken AS (
                UPDATE house_entries SET shift_id = \(shift)
                WHERE tenant_id = \(tenant) AND entry_id = \(id) AND shift_id IS NULL AND state = 'applied' RETURNING 1)
            SELECT count(*) FROM taken
            """)
        return taken == 1
    }

    func houseEntries(after number: Int, limit: Int) async throws(DatabaseError) -> [HouseEntry] {
        try await rows(houseEntries("AND h.number > \(number) ORDER BY h.number LIMIT \(limit)"))
    }

    func houseEntries(_ query: ListQuery<HouseEntry>) -> SQL {
        houseEntries("\(query.restriction) \(query.position) \(query.sorting)")
    }

    func houseEntriesCounted(_ query: ListQuery<HouseEntry>) -> SQL {
        "FROM house_entries h WHERE h.tenant_id = \(tenant) \(query.restriction)"
    }

    fileprivate func insert(_ entry: HouseEntry, by principal: Principal) async throws(DatabaseError) {
        try await execute(
            """
            WITH next AS (
                INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'house_entry', 1)
                ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last)
            INSERT INTO house_entries (
                tenant_id, entry_id, number, category, amount, currency, day, account, party, receipt, note, state,
                shift_id, actor_id, actor, made_at)
            SELECT \(tenant), \(entry.id), n.last, \(entry.category.rawValue), \(entry.amount.minor),
                \(entry.amount.currency.rawValue), \(entry.day), \(entry.account.rawValue), \(entry.party),
                \(entry.receipt), \(entry.note), 'applied', \(entry.shift), \(principal.actor.id),
                \(principal.actor.name), \(principal.now)
            FROM next n
            """)
    }

    fileprivate func markReversed(
        _ id: HouseEntry.ID, because reason: String, by principal: Principal
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE house_entries SET state = 'reversed', reverser = \(principal.actor.name),
                reversed_at = \(principal.now), reason = \(reason)
            WHERE tenant_id = \(tenant) AND entry_id = \(id)
            """)
    }
}

private struct HouseIncome: RowReadable {
    let takings: Takings

    init(row: Row) throws(DatabaseError) {
        let minor: Int64 = try row.read("sum")
        takings = Takings(
            person: try row.read("actor"), method: try row.read("account"), count: try row.read("count"),
            sum: Money(minor: minor, try row.currency()))
    }
}

extension HouseEntry: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let minor: Int64 = try row.read("amount")
        self.init(id: try row.read("entry_id"), on: try row.read("day"), in: try row.currency())
        number = try row.read("number")
        category = try row.word("category")
        amount = Money(minor: minor, amount.currency)
        account = try row.word("account")
        party = try row.read("party")
        receipt = try row.read("receipt")
        note = try row.read("note")
        state = try row.word("state")
        shift = try row.read("shift_id")
        author = try row.read("actor")
        reason = try row.read("reason")
    }
}

package enum ExpenseRefusal: Refusal, MessageCatalogue, Equatable {
    case amountWrong, dayFarOff, reasonMissing, reversedAlready, leftDrawer

    package var status: Status {
        switch self {
        case .amountWrong, .dayFarOff, .reasonMissing: .unprocessableContent
        case .reversedAlready, .leftDrawer: .conflict
        }
    }

    package var code: String {
        switch self {
        case .amountWrong: "wrong_amount"
        case .dayFarOff: "day_far_off"
        case .reasonMissing: "reason_missing"
        case .reversedAlready: "reversed_already"
        case .leftDrawer: "left_drawer"
        }
    }

    var field: String {
        switch self {
        case .amountWrong: "amount"
        case .dayFarOff: "day"
        case .reasonMissing, .reversedAlready, .leftDrawer: "reason"
        }
    }

    package var message: Message {
        switch self {
        case .amountWrong:
            Message(
                es: "El importe debe ser mayor que cero y caber en los libros.",
                en: "The amount must be above zero and fit into the books.",
                pt: "O valor deve ser maior que zero e caber nos livros.")
        case .dayFarOff:
            Message(
                es: "La fecha debe ser de hoy o de los últimos dos años.",
                en: "The date must be today or within the last two years.",
                pt: "A data deve ser de hoje ou dos últimos dois anos.")
        case .reasonMissing:
            Message(
                es: "Escriba el motivo.", tu: "Escribe el motivo.", vos: "Escribí el motivo.", en: "Write the reason.",
                pt: "Escreva o motivo.")
        case .reversedAlready:
            Message(es: "Ya se reversó.", en: "It is reversed already.", pt: "Já foi estornado.")
        case .leftDrawer:
            Message(
                es: "Salió de una caja: deshaga el movimiento en su turno o regístrelo como entrada.",
                tu: "Salió de una caja: deshaz el movimiento en su turno o regístralo como entrada.",
                vos: "Salió de una caja: deshacé el movimiento en su turno o registralo como entrada.",
                en: "It left a till: undo the movement in its shift, or enter it there as cash put in.",
                pt: "Saiu de um caixa: desfaça o movimento no turno ou registre como entrada.")
        }
    }
}
