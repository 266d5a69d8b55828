import Access
import Declarations
import Events
import HTTP
import Identifiers
import Locale
import Payments
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import CashDesk
@testable import Customers

@Suite struct ShiftTests {
    @Test func `a cashier's day adds up: float, cash taken, an expense, a deposit and a payment undone`() async throws {
        try await withCashDesks { norte, sur in
            let till = try await norte.makeTill()
            let shift = try await norte.openShift(at: till, with: 50_000, by: norte.caro)
            let (luis, eva) = (try await norte.makeCustomer(), try await norte.makeCustomer("Eva"))
            _ = try await norte.take(30_000, from: luis, by: norte.caro)
            let mistaken = try await norte.take(12_345, from: eva, by: norte.caro)
            // What comes by the bank is in no drawer.
            _ = try await norte.take(70_000, from: eva, by: norte.caro, method: "transfer", reference: "A-1")
            try await norte.move(.expense, 4_000, in: shift, by: norte.caro)
            try await norte.move(.banked, 20_000, in: shift, by: norte.caro)
            _ = try await norte.payments.reverse(
                mistaken.id, of: norte.tenant, because: "Otro cliente", by: norte.owner, in: norte.database)
            #expect(try await norte.database.cash(in: shift) == norte.money(56_000))
            let entries = try await norte.database.entries(of: shift, limit: 10)
            #expect(entries.map(\.kind) == [.undone, .banked, .expense, .payment, .payment, .opening])
            #expect(entries[3].customer == "Eva" && entries[3].folio == mistaken.folio)

            #expect(try await norte.close(shift, norte.count(56_000), by: norte.caro) != .miscounted)
            let closed = try #require(try await norte.database.shift(shift.id)?.close)
            #expect(closed.difference.isZero && closed.closer == "Caro")
            #expect(try await sur.database.shift(shift.id) == nil)
            #expect(try await sur.database.entries(of: shift, limit: 10).isEmpty)
        }
    }

    @Test func `a count that differs needs a reason, does not tell the right sum, and each try is written down`()
        async throws
    {
        try await withCashDesks { norte, _ in
            let shift = try await norte.openShift(with: 10_000, by: norte.caro)
            for wrong: Int64 in [9_000, 9_500] {
                #expect(try await norte.close(shift, norte.count(wrong), by: norte.caro) == .miscounted)
            }
            #expect(try await norte.database.shift(shift.id)?.state == .open)
            let tries = try await norte.database.events(limit: 2)
            #expect(tries.map(\.kind) == ["shift.miscounted", "shift.miscounted"])
            _ = try await norte.close(shift, norte.count(9_500, because: "Faltó cambio"), by: norte.caro)
            let close = try #require(try await norte.database.shift(shift.id)?.close)
            #expect(close.difference == norte.money(-500) && close.reason == "Faltó cambio")
            await #expect(throws: CashDeskRefusal.closed) {
                try await norte.close(shift, norte.count(9_500), by: norte.caro)
            }
            await #expect(throws: CashDeskRefusal.closed) {
                try await norte.move(.added, 100, in: shift, by: norte.caro)
            }
        }
    }

    @Test func `a person has one open shift, a till one keeper, and nobody works in another's`() async throws {
        try await withCashDesks { norte, _ in
            let till = try await norte.makeTill()
            let shift = try await norte.openShift(at: till, by: norte.caro)
            await #expect(throws: CashDeskRefusal.alreadyOpen) { try await norte.openShift(by: norte.caro) }
            await #expect(throws: CashDeskRefusal.tillTaken) { try await norte.openShift(at: till, by: norte.beto) }
            await #expect(throws: CashDeskRefusal.notYours) {
                try await norte.move(.withdrawn, 100, in: shift, by: norte.beto)
            }
            await #expect(throws: CashDeskRefusal.notYours) {
                try await norte.close(shift, norte.count(0), by: norte.beto)
            }
            var retired = till
            retired.isActive = false
            await #expect(throws: CashDeskRefusal.tillInUse) {
                try await till.change(to: retired, by: norte.owner, in: norte.database)
            }
            // Whoever manages tills ends the shift of somebody who went home.
            _ = try await norte.close(shift, norte.count(0), by: norte.owner)
            #expect(try await norte.database.shift(shift.id)?.close?.closer == "Ana")
            #expect(try await norte.openShift(at: till, by: norte.beto).number == shift.number + 1)
        }
    }

    @Test func `a collector's cash that waits for approval is in hand, and goes to the till that confirms it`()
        async throws
    {
        try await withCashDesks { norte, _ in
            let luis = try await norte.makeCustomer()
            let road = try await norte.openShift(by: norte.beto)
            let drawer = try await norte.openShift(with: 5_000, by: norte.caro)
            let payment = try await norte.take(30_000, from: luis, by: norte.beto)
            #expect(payment.state == .pending)
            #expect(try await norte.database.cash(in: road) == norte.money(30_000))
            _ = try await norte.close(road, norte.count(30_000, for: drawer), by: norte.beto)
            #expect(try await norte.database.shifts(handedTo: drawer.id).map(\.id) == [road.id])
            #expect(try await norte.database.cash(in: drawer) == norte.money(5_000))
            _ = try await norte.acts.receive(from: road.id, into: drawer.id, by: norte.caro, in: norte.database)
            #expect(try await norte.database.cash(in: drawer) == norte.money(35_000))
            await #expect(throws: CashDeskRefusal.alreadyReceived) {
                try await norte.acts.receive(from: road.id, into: drawer.id, by: norte.caro, in: norte.database)
            }
            // The drawer it came from was counted: nothing goes out of it any more.
            _ = try await norte.payments.reject(
                payment.id, because: "Billete falso", by: norte.owner, in: norte.database)
            #expect(try await norte.database.cash(in: road) == norte.money(30_000))
        }
    }

    @Test func `cash taken without a shift that day is taken into the one that is opened, once`() async throws {
        try await withCashDesks { norte, sur in
            let luis = try await norte.makeCustomer()
            let first = try await norte.take(50_000, from: luis, by: norte.caro)
            let undone = try await norte.take(7000, from: luis, by: norte.caro)
            _ = try await norte.take(900, from: luis, by: norte.beto)
            _ = try await norte.take(800, from: luis, by: norte.caro, method: "transfer", reference: "A-1")
            _ = try await norte.payments.reverse(
                undone.id, of: norte.tenant, because: "Era de otro", by: norte.owner, in: norte.database)
            let shift = try await norte.openShift(by: norte.caro)
            let today = norte.tenant.timeZone.day(at: norte.now)
            func loose(_ tenant: TestTenant) async throws -> [Payment.ID] {
                try await tenant.database.looseCash(
                    of: UUID(high: 2, low: 1), on: today, by: ["cash"], in: tenant.tenant.currency, limit: 10
                ).map(\.payment)
            }
            #expect(try await loose(norte) == [first.id])
            #expect(try await loose(sur) == [])
            await #expect(throws: CashDeskRefusal.notYours) {
                try await norte.acts.takeIn(
                    shift.id, on: today, of: norte.tenant, by: norte.beto, in: norte.database)
            }
            for _ in 0..<2 {
                try await norte.acts.takeIn(
                    shift.id, on: today, of: norte.tenant, by: norte.caro, in: norte.database)
            }
            #expect(try await norte.database.cash(in: shift) == norte.money(50_000))
            #expect(try await loose(norte) == [])
            // From then on it goes out of that drawer where it is undone.
            _ = try await norte.payments.reverse(
                first.id, of: norte.tenant, because: "Era de otro", by: norte.owner, in: norte.database)
            #expect(try await norte.close(shift, norte.count(0), by: norte.caro) != .miscounted)
        }
    }

    @Test func `where a company says so, cash is taken within a shift only`() async throws {
        try await withCashDesks { norte, sur in
            let (luis, eva) = (try await norte.makeCustomer(), try await sur.makeCustomer("Eva"))
            try await norte.database.requireShift(true, of: norte.tenant, by: norte.owner)
            await #expect(throws: CashDeskRefusal.noShift) { try await norte.take(100, from: luis, by: norte.caro) }
            _ = try await norte.take(200, from: luis, by: norte.caro, method: "transfer", reference: "A-1")
            _ = try await norte.openShift(by: norte.caro)
            #expect(try await norte.take(100, from: luis, by: norte.caro).state == .applied)
            #expect(try await sur.take(100, from: eva, by: sur.caro).state == .applied)
        }
    }

    @Test func `cash given back goes out of the drawer of whoever gives it, and comes back where that is undone`()
        async throws
    {
        try await withCashDesks { norte, sur in
            let (luis, eva) = (try await norte.makeCustomer(), try await norte.makeCustomer("Eva"))
            let shift = try await norte.openShift(with: 5_000, by: norte.caro)
            _ = try await norte.take(30_000, from: luis, by: norte.caro)
            let given = try await norte.give(12_000, to: luis, by: norte.caro)
            #expect(given.state == .applied)
            #expect(try await norte.database.cash(in: shift) == norte.money(23_000))
            let entry = try #require(try await norte.database.entries(of: shift, limit: 1).first)
            #expect(entry.kind == .refund && entry.refund == given.id && entry.customer == "Luis")
            // By the bank, or asked for and not approved yet, nothing leaves a drawer.
            _ = try await norte.give(1_000, to: luis, by: norte.caro, method: "transfer", reference: "B-1")
            _ = try await norte.openShift(by: norte.beto)
            let asked = try await norte.give(2_000, to: luis, by: norte.beto)
            #expect(asked.state == .pending)
            let road = try #require(try await norte.database.openShift(of: norte.beto.actor.id!))
            #expect(try await norte.database.cash(in: road).isZero)
            // The one who asked hands it over, not the one who agreed.
            _ = try await norte.payments.approve(asked.id, of: norte.tenant, by: norte.owner, in: norte.database)
            #expect(try await norte.database.cash(in: road) == norte.money(-2_000))
            _ = try await norte.payments.reverse(
                given.id, because: "No lo recogió", of: norte.tenant, by: norte.owner, in: norte.database)
            #expect(try await norte.database.cash(in: shift) == norte.money(35_000))
            // A count that forgets what was given back differs.
            _ = try await norte.take(10_000, from: eva, by: norte.caro)
            let last = try await norte.give(9_000, to: eva, by: norte.caro)
            #expect(try await norte.close(shift, norte.count(45_000), by: norte.caro) == .miscounted)
            _ = try await norte.close(shift, norte.count(36_000), by: norte.caro)
            #expect(try await norte.database.brokenEntry(of: shift.id) == nil)
            // What was counted stays; whoever undoes it now puts it into a drawer of their own.
            let next = try await norte.openShift(by: norte.owner)
            _ = try await norte.payments.reverse(
                last.id, because: "Se arrepintió", of: norte.tenant, by: norte.owner, in: norte.database)
            #expect(try await norte.database.cash(in: next) == norte.money(9_000))
            #expect(try await norte.database.cash(in: shift) == norte.money(36_000))
            try norte.site.test.superuser().execute(
                "UPDATE account_adjustments SET amount = 1 WHERE tenant_id = '\(norte.tenant.id)'")
            #expect(try await norte.database.brokenEntry(of: shift.id) == 3)
            #expect(try await sur.database.shift(giving: given.id) == nil)
        }
    }

    @Test func `where a company says so, cash is given back within a shift only`() async throws {
        try await withCashDesks { norte, _ in
            let luis = try await norte.makeCustomer()
            _ = try await norte.take(30_000, from: luis, by: norte.caro)
            try await norte.database.requireShift(true, of: norte.tenant, by: norte.owner)
            await #expect(throws: CashDeskRefusal.noShift) { try await norte.give(100, to: luis, by: norte.caro) }
            #expect(
                try await norte.give(200, to: luis, by: norte.caro, method: "transfer", reference: "B-1").number == 1)
            _ = try await norte.openShift(by: norte.caro)
            #expect(try await norte.give(100, to: luis, by: norte.caro).state == .applied)
        }
    }

    @Test func `no more is taken out of a till than is in it, and what is there is not told`() async throws {
        try await withCashDesks { norte, _ in
            let shift = try await norte.openShift(with: 5_000, by: norte.caro)
            await #expect(throws: CashDeskRefusal.moreThanThere) {
                try await norte.move(.withdrawn, 9_999_900, in: shift, by: norte.caro)
            }
            #expect(!CashDeskRefusal.moreThanThere.text(for: norte.tenant.reader).contains("50"))
            try await norte.move(.withdrawn, 5_000, in: shift, by: norte.caro)
            try await norte.move(.added, 100, in: shift, by: norte.caro)
            #expect(try await norte.database.cash(in: shift) == norte.money(100))
        }
    }

    @Test func `a payment of a counted drawer is given back out of a shift where one is required`() async throws {
        try await withCashDesks { norte, _ in
            let luis = try await norte.makeCustomer()
            let shift = try await norte.openShift(by: norte.caro)
            let payment = try await norte.take(30_000, from: luis, by: norte.caro)
            _ = try await norte.close(shift, norte.count(30_000), by: norte.caro)
            try await norte.database.requireShift(true, of: norte.tenant, by: norte.owner)
            func reverse() async throws {
                _ = try await norte.payments.reverse(
                    payment.id, of: norte.tenant, because: "Otro cliente", by: norte.owner, in: norte.database)
            }
            await #expect(throws: CashDeskRefusal.noShift) { try await reverse() }
            let own = try await norte.openShift(by: norte.owner)
            try await reverse()
            #expect(try await norte.database.cash(in: own) == norte.money(-30_000))
        }
    }

    @Test func `a program's wrong counts stay on record`() async throws {
        try await withCashDesks { norte, _ in
            let program = try await ShellSupport.Program(norte, [.cashKeep, .cashView]) { routes, randomness in
                CashDeskAPI(ShiftActs(randomness: randomness), randomness: randomness).add(to: &routes)
            }
            let opened = try await program.create("/api/v1/shifts", #"{"float":5000}"#)
            let path = try #require(opened.headers["Location"])
            for count in [1, 2, 3] {
                let refused = try await program.create("\(path)/closes", #"{"counted":\#(count)}"#, key: "k\(count)")
                #expect(refused.status == .unprocessableContent && refused.text.contains("count_differs"))
                // The same count sent again is the same try.
                let again = try await program.create("\(path)/closes", #"{"counted":\#(count)}"#, key: "k\(count)")
                #expect(again.status == .unprocessableContent)
            }
            let kinds = try await norte.database.events(limit: 10).map(\.kind)
            #expect(kinds.filter { $0 == "shift.miscounted" }.count == 3)
        }
    }

    @Test func `a movement is undone once, while its shift is open, and its seal holds which one`() async throws {
        try await withCashDesks { norte, _ in
            let luis = try await norte.makeCustomer()
            let shift = try await norte.openShift(with: 5_000, by: norte.caro)
            _ = try await norte.take(30_000, from: luis, by: norte.caro)
            try await norte.move(.banked, 20_000, in: shift, by: norte.caro)
            try await norte.move(.added, 1_000, in: shift, by: norte.caro)
            func undo(_ number: Int, by person: Principal? = nil) async throws {
                _ = try await norte.acts.undo(
                    movement: number, in: shift.id, because: "Era otro turno", of: norte.tenant,
                    by: person ?? norte.caro, in: norte.database)
            }
            await #expect(throws: CashDeskRefusal.notYours) { try await undo(3, by: norte.beto) }
            try await undo(3)
            #expect(try await norte.database.cash(in: shift) == norte.money(36_000))
            await #expect(throws: CashDeskRefusal.undoneAlready) { try await undo(3) }
            // Neither a payment nor the float nor what undoes another, and nothing that is not there.
            for number in [1, 2, 5, 9] {
                await #expect(throws: AccessRefusal.notFound) { try await undo(number) }
            }
            try await undo(4)
            let entries = try await norte.database.entries(of: shift, limit: 10)
            #expect(entries.compactMap(\.undoes) == [4, 3] && entries[0].note == "Era otro turno")
            #expect(try await norte.database.brokenEntry(of: shift.id) == nil)
            let key = "tenant_id = '\(norte.tenant.id)' AND shift_id = '\(shift.id)'"
            let owner = try norte.site.test.superuser()
            try owner.execute("UPDATE shift_entries SET undoes = 2 WHERE \(key) AND number = 5")
            #expect(try await norte.database.brokenEntry(of: shift.id) == 5)
            try owner.execute("UPDATE shift_entries SET undoes = 3 WHERE \(key) AND number = 5")
            #expect(try await norte.close(shift, norte.count(35_000), by: norte.caro) != .miscounted)
            await #expect(throws: CashDeskRefusal.closed) { try await undo(3) }
            let kinds = try await norte.database.events(limit: 20).map(\.kind)
            #expect(kinds.filter { $0 == "shift.movement_undone" }.count == 2)
        }
    }

    @Test func `a program reads its movements, undoes one, and takes loose cash into its shift`() async throws {
        try await withCashDesks { norte, sur in
            func program(_ tenant: TestTenant, _ permissions: [Permission]) async throws -> ShellSupport.Program {
                try await ShellSupport.Program(tenant, permissions) { routes, randomness in
                    CashDeskAPI(ShiftActs(randomness: randomness), randomness: randomness).add(to: &routes)
                }
            }
            let luis = try await norte.makeCustomer()
            let loose = try await norte.take(30_000, from: luis, by: norte.beto)
            let shift = try await norte.openShift(by: norte.beto)
            try await norte.move(.added, 700, in: shift, by: norte.beto)
            let path = "/api/v1/shifts/\(shift.id)"
            let chief = try await program(norte, [.cashKeep, .cashView, .cashManage])
            #expect(try await chief.ask("\(path)/loose-payments").text.contains(loose.folio))
            #expect(try await [.ok, .created].contains(chief.create("\(path)/payments", "{}").status))
            #expect(try await !chief.ask("\(path)/loose-payments").text.contains(loose.folio))
            #expect(try await norte.database.cash(in: shift) == norte.money(30_700))
            let undo = #"{"number":2,"reason":"Error"}"#
            #expect(try await [.ok, .created].contains(chief.create("\(path)/undone-movements", undo, key: "a").status))
            #expect(try await chief.create("\(path)/undone-movements", undo, key: "b").text.contains("undone_already"))
            let movements = try await chief.ask("\(path)/movements").text
            #expect(movements.contains(#""undoes":2"#) && movements.contains("\(loose.id)"))
            #expect(try await norte.database.cash(in: shift) == norte.money(30_000))
            // Another's shift is not theirs, and another company's is not there.
            let other = try await program(norte, [.cashKeep])
            #expect(try await other.ask("\(path)/movements").status == .forbidden)
            #expect(try await other.create("\(path)/payments", "{}").status == .forbidden)
            let stranger = try await program(sur, [.cashKeep, .cashManage])
            #expect(try await stranger.ask("\(path)/movements").status == .notFound)
            #expect(try await stranger.create("\(path)/undone-movements", undo).status == .notFound)
        }
    }

    @Test func `whoever changes a movement or a payment behind the program's back is found`() async throws {
        try await withCashDesks { norte, _ in
            let luis = try await norte.makeCustomer()
            let shift = try await norte.openShift(with: 5_000, by: norte.caro)
            _ = try await norte.take(30_000, from: luis, by: norte.caro)
            try await norte.move(.expense, 4_000, in: shift, by: norte.caro)
            _ = try await norte.close(shift, norte.count(31_000), by: norte.caro)
            #expect(try await norte.database.brokenEntry(of: shift.id) == nil)
            let key = "tenant_id = '\(norte.tenant.id)' AND shift_id = '\(shift.id)'"
            for (change, back, entry) in [
                (
                    "UPDATE shift_entries SET amount = -9000 WHERE \(key) AND number = 3",
                    "UPDATE shift_entries SET amount = -4000 WHERE \(key) AND number = 3", 3
                ),
                (
                    "UPDATE payments SET amount = 20000 WHERE tenant_id = '\(norte.tenant.id)'",
                    "UPDATE payments SET amount = 30000 WHERE tenant_id = '\(norte.tenant.id)'", 2
                ),
                ("DELETE FROM shift_entries WHERE \(key) AND number = 3", "", 3),
            ] {
                try norte.site.test.superuser().execute(change)
                #expect(try await norte.database.brokenEntry(of: shift.id) == entry)
                if !back.isEmpty { try norte.site.test.superuser().execute(back) }
            }
            // The server's own role may do neither.
            await #expect(throws: DatabaseError.self) {
                try await norte.database.execute(
                    "UPDATE shift_entries SET amount = 1 WHERE tenant_id = \(norte.database.tenant)")
            }
        }
    }

    @Test func `fifty payments at once are fifty entries, and the count is theirs`() async throws {
        try await withCashDesks { norte, _ in
            let shift = try await norte.openShift(by: norte.caro)
            var customers: [Customer.ID] = []
            for number in 0..<50 { customers.append(try await norte.makeCustomer("Cliente \(number)")) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, customer) in customers.enumerated() {
                    group.addTask { _ = try await norte.take(Int64(100 + number), from: customer, by: norte.caro) }
                }
                try await group.waitForAll()
            }
            #expect(try await norte.database.entryCount(of: shift.id) == 51)
            #expect(try await norte.database.cash(in: shift) == norte.money(50 * 100 + 49 * 25))
            #expect(try await norte.database.brokenEntry(of: shift.id) == nil)
        }
    }
}
