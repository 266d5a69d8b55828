import Access
import Declarations
import Events
import Identifiers
import Ledger
import Locale
import Postgres
import Tenancy
import TenantSupport
import Testing
import Time

@testable import Customers
@testable import Payments

@Suite struct PaymentTests {
    @Test func `a payment settles what is owed, and what is over stays in favour`() async throws {
        try await withTills { norte, sur in
            let beto = try await norte.makeCustomer()
            try await norte.charge(50_000, to: beto)
            let payment = try await norte.take(norte.new(70_000, from: beto))
            #expect(payment.state == .applied && payment.folio == "000001" && payment.decider == "Caro")
            #expect(try await norte.balance(of: beto) == -20_000)
            #expect(try await norte.database.charges(settledBy: payment.id).map(\.settled.minor) == [50_000])
            #expect(try await norte.database.events(limit: 1).map(\.kind) == ["payment.applied"])
            #expect(try await sur.database.payment(payment.id) == nil)
            await #expect(throws: AccessRefusal.notFound) { try await sur.take(sur.new(100, from: beto)) }
            #expect(try await norte.proves())
        }
    }

    @Test func `fifty identical requests are one payment, and the next has the next number`() async throws {
        try await withTills { norte, _ in
            let beto = try await norte.makeCustomer()
            let new = norte.new(10_000, from: beto)
            let folios = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<50 { group.addTask { try await norte.take(new).folio } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(folios == ["000001"])
            #expect(try await norte.balance(of: beto) == -10_000)
            #expect(try await norte.take(norte.new(20_000, from: beto)).folio == "000002")
            // Another payment under the same identifier.
            await #expect(throws: PaymentRefusal.idTaken) {
                try await norte.take(norte.new(10_001, from: beto, id: new.id))
            }
            #expect(try await norte.database.events(limit: 100).filter { $0.kind == "payment.applied" }.count == 2)
        }
    }

    @Test func `a refused payment leaves no gap in the numbers`() async throws {
        try await withTills { norte, _ in
            let beto = try await norte.makeCustomer()
            _ = try await norte.take(norte.new(100, from: beto))
            await #expect(throws: PaymentRefusal.unknownMethod) {
                try await norte.take(norte.new(200, from: beto, by: "trueque"))
            }
            await #expect(throws: PaymentRefusal.referenceMissing) {
                try await norte.take(norte.new(200, from: beto, by: "transfer"))
            }
            // Refused by the books, once the number had been taken.
            await #expect(throws: LedgerRefusal.balanceTooLarge) {
                try await norte.take(norte.new(Money.most, from: beto))
            }
            #expect(try await norte.take(norte.new(300, from: beto)).number == 2)
        }
    }

    @Test func `a device without signal sends its own series and numbers later`() async throws {
        try await withTills { norte, sur in
            let beto = try await norte.makeCustomer()
            let new = norte.new(10_000, from: beto, folio: .init(series: "CAJA-2", number: 7))
            #expect(try await norte.take(new).folio == "CAJA-2-000007")
            #expect(try await norte.take(new).folio == "CAJA-2-000007")
            // A number that is used is taken for what it is: money, which somebody looks at.
            let again = norte.new(20_000, from: beto, folio: .init(series: "CAJA-2", number: 7))
            for _ in 0..<2 {
                let held = try await norte.take(again)
                #expect(held.state == .pending && held.hold == .series && held.folio == "000001")
            }
            // The neighbour's devices count for themselves.
            let eva = try await sur.makeCustomer("Eva")
            #expect(
                try await sur.take(sur.new(10_000, from: eva, folio: .init(series: "CAJA-2", number: 7))).number == 7)
            #expect(NewPayment.Folio(series: "caja", number: 1) == nil)
            #expect(NewPayment.Folio(series: "CAJA", number: 0) == nil)
        }
    }

    @Test
    func `a series is its device's: another's number in it is held, and makes no receipt of the device impossible`()
        async throws
    {
        try await withTills { norte, _ in
            let (till, thief) = (UUID(high: 8, low: 8), UUID(high: 9, low: 9))
            for (id, name) in [(till, "Caja 2"), (thief, "Cobrador")] {
                try await norte.database.execute(
                    """
                    INSERT INTO staff (tenant_id, staff_id, name, email, state, permissions, made_at)
                    VALUES (\(norte.database.tenant), \(id), \(name), \("\(id)@example.com"), 'active', '{}', \(norte.now))
                    """)
            }
            func take(_ minor: Int64, _ number: Int, by id: UUID) async throws -> Payment {
                let customer = try await norte.makeCustomer("Cliente \(minor)")
                return try await norte.take(
                    norte.new(minor, from: customer, folio: .init(series: "CAJA2", number: number)),
                    by: norte.somebody(.paymentsRegister, .paymentsApply, id: id))
            }
            #expect(try await take(100, 1, by: till).folio == "CAJA2-000001")
            let stolen = try await take(200, 2, by: thief)
            #expect(stolen.hold == .series && stolen.series.isEmpty)
            #expect(try await take(300, 2, by: till).folio == "CAJA2-000002")
            // Two tills at once count in one series: one of them keeps it.
            try await withThrowingTaskGroup(of: Payment.self) { group in
                for number in 0..<10 {
                    let customer = try await norte.makeCustomer("Otro \(number)")
                    group.addTask {
                        try await norte.take(
                            norte.new(500, from: customer, folio: .init(series: "CAJA3", number: number / 2 + 1)),
                            by: norte.somebody(.paymentsRegister, .paymentsApply, id: number % 2 == 0 ? till : thief))
                    }
                }
                let all = try await group.reduce(into: [Payment]()) { $0.append($1) }
                #expect(all.filter { $0.hold == .series }.count == 5)
                #expect(Set(all.map(\.folio)).count == 10)
            }
            // Who is gone leaves it to the next.
            try await norte.database.execute(
                "UPDATE staff SET state = 'disabled' WHERE tenant_id = \(norte.database.tenant) AND staff_id = \(till)")
            #expect(try await take(400, 3, by: thief).folio == "CAJA2-000003")
        }
    }

    @Test func `cash that nobody approved never changes the balance, and who decided when is kept`() async throws {
        try await withTills { norte, sur in
            let beto = try await norte.makeCustomer()
            try await norte.charge(50_000, to: beto)
            let waiting = try await norte.take(norte.new(50_000, from: beto), by: norte.collector)
            #expect(waiting.state == .pending && waiting.hold == .approval && waiting.decidedAt == nil)
            #expect(try await norte.balance(of: beto) == 50_000)
            #expect(try await norte.database.events(limit: 1).map(\.kind) == ["payment.registered"])
            await #expect(throws: AccessRefusal.notFound) {
                try await sur.acts.approve(waiting.id, by: sur.owner, in: sur.database)
            }
            norte.site.clock.advance(by: .seconds(60))
            let approved = try await norte.acts.approve(waiting.id, by: norte.owner, in: norte.database)
            #expect(approved.state == .applied && approved.decidedAt == norte.now && approved.author == "Caro")
            #expect(try await norte.balance(of: beto) == 0)
            await #expect(throws: PaymentRefusal.decided) {
                try await norte.acts.approve(waiting.id, by: norte.owner, in: norte.database)
            }
            let other = try await norte.take(norte.new(30_000, from: beto), by: norte.collector)
            await #expect(throws: PaymentRefusal.reasonMissing) {
                try await norte.acts.reject(other.id, because: "", by: norte.owner, in: norte.database)
            }
            let rejected = try await norte.acts.reject(
                other.id, because: "No llegó", by: norte.owner, in: norte.database)
            #expect(rejected.state == .rejected && rejected.reason == "No llegó")
            #expect(try await norte.balance(of: beto) == 0)
        }
    }

    @Test(arguments: [
        (limits: [] as [Int64], mayApply: false, amount: 1 as Int64, isNeeded: true),
        (limits: [], mayApply: true, amount: 1_000_000, isNeeded: false),
        (limits: [50_000], mayApply: false, amount: 50_000, isNeeded: false),
        (limits: [50_000], mayApply: true, amount: 50_001, isNeeded: true),
        (limits: [0], mayApply: true, amount: 1, isNeeded: true),
        (limits: [50_000, 90_000], mayApply: false, amount: 90_000, isNeeded: false),
    ])
    func `limits of a person's roles decide, and without them what they may do`(
        limits: [Int64], mayApply: Bool, amount: Int64, isNeeded: Bool
    ) {
        let limits = limits.map {
            ApprovalLimit(method: "cash", role: .init(UUID(high: 0, low: UInt64($0))), most: $0)
        }
        #expect(
            Approval.isNeeded(for: Money(minor: amount, .mxn), limits: limits, mayApply: mayApply) == isNeeded)
    }

    @Test func `a reference is entered once, at any time, however it is written`() async throws {
        try await withTills { norte, sur in
            let (beto, eva) = (try await norte.makeCustomer(), try await norte.makeCustomer("Eva"))
            let first = try await norte.take(norte.new(50_000, from: beto, by: "transfer", reference: "mban 0102-3"))
            #expect(first.reference == "MBAN01023")
            norte.site.clock.advance(by: .seconds(90 * 86_400))
            await #expect(throws: PaymentRefusal.sameReference(folio: first.folio)) {
                try await norte.take(norte.new(70_000, from: eva, by: "transfer", reference: "MBAN01023"))
            }
            // By another method, or at the neighbour's, it is another.
            #expect(
                try await norte.take(norte.new(70_000, from: eva, by: "deposit", reference: "MBAN01023")).state
                    == .applied)
            let luz = try await sur.makeCustomer("Luz")
            #expect(
                try await sur.take(sur.new(70_000, from: luz, by: "transfer", reference: "MBAN01023")).state
                    == .applied)
            // Of a payment that was false once, a person looks at the next.
            _ = try await norte.acts.reverse(
                first.id, of: norte.tenant, because: "Falso", by: norte.owner, in: norte.database)
            let again = try await norte.take(norte.new(70_000, from: eva, by: "transfer", reference: "MBAN01023"))
            #expect(again.hold == .duplicate)
        }
    }

    @Test(arguments: [(hours: 23, isHeld: true), (hours: 25, isHeld: false)])
    func `the same amount by the same customer is held for a day`(hours: Int, isHeld: Bool) async throws {
        try await withTills { norte, _ in
            let (beto, eva) = (try await norte.makeCustomer(), try await norte.makeCustomer("Eva"))
            _ = try await norte.take(norte.new(50_000, from: beto))
            norte.site.clock.advance(by: .seconds(hours * 3600))
            #expect(try await norte.take(norte.new(50_000, from: eva)).state == .applied)
            let second = try await norte.take(norte.new(50_000, from: beto))
            #expect(second.hold == (isHeld ? .duplicate : .none))
            #expect(try await norte.balance(of: beto) == (isHeld ? -50_000 : -100_000))
            #expect(try await norte.take(norte.new(50_001, from: beto)).state == .applied)
        }
    }

    @Test func `charges that were chosen are paid first, the others follow`() async throws {
        try await withTills { norte, _ in
            let beto = try await norte.makeCustomer()
            try await norte.charge(30_000, to: beto, due: "2026-09-10", note: "F-1")
            try await norte.charge(30_000, to: beto, due: "2026-10-10", note: "F-2")
            let third = try await norte.charge(30_000, to: beto, due: "2026-11-10", note: "F-3")
            _ = try await norte.take(norte.new(40_000, from: beto, chosen: [third, norte.newID()]))
            let open = try await norte.database.openCharges(of: beto, in: norte.tenant.currency)
            #expect(open.map(\.note) == ["F-1", "F-2"] && open.map(\.open.minor) == [20_000, 30_000])
            #expect(try await norte.proves())
        }
    }

    @Test func `a reversed payment opens what it paid, once`() async throws {
        try await withTills { norte, _ in
            let beto = try await norte.makeCustomer()
            try await norte.charge(50_000, to: beto)
            let payment = try await norte.take(norte.new(70_000, from: beto))
            try await norte.charge(30_000, to: beto, note: "F-2")
            let reversed = try await norte.acts.reverse(
                payment.id, of: norte.tenant, because: "Comprobante falso", by: norte.owner, in: norte.database)
            #expect(reversed.state == .reversed && reversed.reason == "Comprobante falso")
            #expect(try await norte.balance(of: beto) == 80_000)
            await #expect(throws: PaymentRefusal.decided) {
                try await norte.acts.reverse(
                    payment.id, of: norte.tenant, because: "Otra vez", by: norte.owner, in: norte.database)
            }
            #expect(try await norte.database.events(limit: 1).map(\.kind) == ["payment.reversed"])
            #expect(try await norte.proves())
        }
    }

    @Test func `amounts and days that cannot be are refused in words, and nothing is kept`() async throws {
        try await withTills { norte, _ in
            let beto = try await norte.makeCustomer()
            for minor in [0, -1, Int64.min] {
                await #expect(throws: PaymentRefusal.amountNotPositive) {
                    try await norte.take(norte.new(minor, from: beto))
                }
            }
            for minor in [Money.most + 1, Int64.max] {
                await #expect(throws: PaymentRefusal.amountTooLarge) {
                    try await norte.take(norte.new(minor, from: beto))
                }
            }
            func payment(on day: Day, _ money: Money) -> NewPayment {
                NewPayment(id: norte.newID(), customer: beto, method: "cash", amount: money, day: day)
            }
            for day in [norte.today + 1, norte.today - 732] {
                await #expect(throws: PaymentRefusal.dayFarOff) {
                    try await norte.take(payment(on: day, norte.money(100)))
                }
            }
            await #expect(throws: PaymentRefusal.otherCurrency) {
                try await norte.take(payment(on: norte.today, Money(minor: 100, .usd)))
            }
            try await Closing.close(
                through: norte.today - 1, because: "", as: norte.newID(), of: norte.tenant, by: norte.commandLine,
                in: norte.database)
            await #expect(throws: LedgerRefusal.dayClosed) {
                try await norte.take(payment(on: norte.today - 1, norte.money(100)), by: norte.collector)
            }
            #expect(try await norte.balance(of: beto) == 0)
            // Within the bound of one amount, but not of the balance.
            _ = try await norte.take(norte.new(Money.most, from: beto))
            await #expect(throws: LedgerRefusal.balanceTooLarge) { try await norte.take(norte.new(1, from: beto)) }
        }
    }

    @Test func `what waited while its day was closed counts from the first open day`() async throws {
        try await withTills { norte, _ in
            let beto = try await norte.makeCustomer()
            try await norte.charge(50_000, to: beto)
            let yesterday = norte.today - 1
            func payment(_ minor: Int64, _ folio: NewPayment.Folio? = nil) -> NewPayment {
                NewPayment(
                    id: norte.newID(), customer: beto, method: "cash", amount: norte.money(minor), day: yesterday,
                    folio: folio)
            }
            let waiting = try await norte.take(payment(20_000), by: norte.collector)
            try await Closing.close(
                through: yesterday, because: "", as: norte.newID(), of: norte.tenant, by: norte.commandLine,
                in: norte.database)
            _ = try await norte.acts.approve(waiting.id, by: norte.owner, in: norte.database)
            // A device brings yesterday's receipt when it has a signal again.
            let brought = try await norte.take(payment(10_000, .init(series: "MOVIL-1", number: 1)))
            #expect(brought.state == .applied && brought.day == yesterday)
            let days: [String] = try await norte.database.rows(
                """
                SELECT DISTINCT day::text AS day FROM ledger_transactions
                WHERE tenant_id = \(norte.database.tenant) AND kind = 'payment'
                """
            ).map(\PostedDay.day)
            #expect(days == [norte.today.iso])
            #expect(try await norte.balance(of: beto) == 20_000)
            #expect(try await norte.proves())
        }
    }

    @Test func `the same payment entered twice passes no limit, nor does a program's`() async throws {
        try await withTills { norte, _ in
            let beto = try await norte.makeCustomer()
            let (ana, luz) = (UUID(high: 8, low: 8), UUID(high: 9, low: 9))
            for (id, name) in [(ana, "Ana"), (luz, "Luz")] {
                try await norte.database.execute(
                    """
                    INSERT INTO staff (tenant_id, staff_id, name, email, state, permissions, made_at)
                    VALUES (\(norte.database.tenant), \(id), \(name), \(name.lowercased() + "@example.com"), 'active',
                        \([Permission.paymentsApprove.rawValue]), \(norte.now))
                    """)
            }
            let person = norte.somebody(.paymentsRegister, .paymentsApprove, id: ana)
            let first = try await norte.take(norte.new(500_000, from: beto), by: person)
            let second = try await norte.take(norte.new(500_000, from: beto), by: person)
            #expect(first.hold == .approval && second.hold == .duplicate)
            for payment in [first, second] {
                await #expect(throws: PaymentRefusal.ownPayment) {
                    try await norte.acts.approve(payment.id, by: person, in: norte.database)
                }
            }
            let other = norte.somebody(.paymentsApprove, id: luz)
            #expect(try await norte.acts.approve(first.id, by: other, in: norte.database).state == .applied)

            let role: UUID? = try await norte.database.value(
                "SELECT role_id FROM roles WHERE tenant_id = \(norte.database.tenant) LIMIT 1")
            try await norte.database.put(
                [ApprovalLimit(method: "cash", role: ID(try #require(role)), most: 10_000)], of: "cash")
            let till = Principal(
                Actor(.token, id: ana, name: "Caja"), permissions: [.paymentsRegister, .paymentsApply],
                of: norte.site.catalogue, at: norte.now)
            #expect(try await norte.take(norte.new(10_000, from: beto), by: till).state == .applied)
            #expect(try await norte.take(norte.new(10_001, from: beto), by: till).hold == .approval)
        }
    }

    @Test func `what was paid cannot be changed, not even by the program`() async throws {
        try await withTills { norte, _ in
            let beto = try await norte.makeCustomer()
            _ = try await norte.take(norte.new(100, from: beto))
            let tenant = norte.database.tenant
            for statement: SQL in [
                "UPDATE payments SET amount = 1 WHERE tenant_id = \(tenant)",
                "UPDATE payments SET customer_id = customer_id WHERE tenant_id = \(tenant)",
                "DELETE FROM payments WHERE tenant_id = \(tenant)",
            ] {
                let error = await #expect(throws: DatabaseError.self) { try await norte.database.execute(statement) }
                #expect(error?.sqlState == "42501")
            }
        }
    }

    @Test func `every word is there in every language`() {
        let kinds = PaymentMethod.Kind.problems + Payment.State.problems
        #expect(PaymentWords.problems + PaymentAPIWords.problems + kinds == [])
        #expect(PaymentRefusal.cases.flatMap(\.message.problems) == [])
    }
}

private struct PostedDay: RowReadable {
    let day: String

    init(row: Row) throws(DatabaseError) { day = try row.read("day") }
}
