import Access
import Assembly
import Events
import HTTP
import Identifiers
import Jobs
import Ledger
import Locale
import Payments
import Postgres
import Services
import ShellSupport
import Synchronization
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Collection
@testable import Customers

@Suite struct RunTests {
    /// A month through the clock of a zone with summer time: four stages, once each, on their days.
    @Test func `a month reminds, warns and cuts once each, and the neighbour is not touched`() async throws {
        try await withCollectors { norte, sur in
            norte.move(to: "2026-11-30")
            try await norte.policy()
            let (beto, line) = try await norte.makeCustomer()
            let (other, otherLine) = try await sur.makeCustomer()
            try await sur.charge(to: other, on: "2026-12-01", due: "2026-12-07")
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            for day in 1...31 {
                for hour in [8, 9, 20] {
                    norte.move(to: "2026-12-\(day < 10 ? "0" : "")\(day)", hour: hour)
                    for _ in 0..<2 { try await norte.run() }
                }
            }
            #expect(
                try await norte.steps(of: beto) == [
                    "notice 2026-12-01", "reminder 2026-12-03", "warning 2026-12-07", "cut 2026-12-08",
                ])
            #expect(try await norte.state(of: line) == .cut)
            #expect(try await sur.state(of: otherLine) == .active)
            #expect(try await sur.steps(of: other) == [])
            let messages = try await norte.database.collectionSteps(of: beto, until: norte.now, limit: 10)
                .sorted { $0.madeAt < $1.madeAt }.map(\.message)
            #expect(messages.map { $0.contains("Banco Norte") } == [false, true, true, true])
            #expect(messages.allSatisfy { !$0.contains("{") && !$0.contains("[") && $0.contains("$300.00") })
            #expect(messages[3].contains("$380.00"))
            let letters: Int? = try await norte.database.value(
                "SELECT count(*) FROM notices WHERE tenant_id = \(norte.database.tenant)")
            #expect(letters == 4)
        }
    }

    @Test func `debt and 79.99 stays cut and is told the cent, debt and 80 comes back and owes nothing`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let (beto, line) = try await norte.makeCustomer()
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            for day in ["01", "03", "07", "08"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            #expect(try await norte.state(of: line) == .cut)
            #expect(try await norte.database.standingFee(of: beto)?.amount == norte.money(8000))
            norte.move(to: "2026-12-10")
            try await norte.pay(37_999, by: beto)
            #expect(try await norte.state(of: line) == .cut)
            let told = try await norte.database.collectionSteps(of: beto, until: norte.now, limit: 1).first
            #expect(told?.kind == .missing && told?.message.contains("$0.01") == true)
            norte.move(to: "2026-12-11")
            try await norte.pay(1, by: beto)
            #expect(try await norte.state(of: line) == .active)
            #expect(try await norte.balance(of: beto) == 0)
            #expect(try await norte.database.standingFee(of: beto) == nil)
            #expect(try await norte.steps(of: beto).last == "reconnected 2026-12-11")
            // The rest of the month leaves them alone.
            norte.move(to: "2026-12-20")
            try await norte.run()
            #expect(try await norte.state(of: line) == .active)
        }
    }

    @Test func `a fee has the company's tax in it, and comes to what was announced to the cent`() throws {
        let customer = Customer.ID(UUID(high: 1, low: 1))
        var taxes = Taxes()
        (taxes.name, taxes.rate) = ("IVA", TaxRate(hundredths: 1600))
        let eighty = Money(minor: 8000, .mxn)
        let taxed = try Posting.fee(eighty, of: "reconnection", to: customer, taxedBy: taxes)
        #expect(
            taxed == [
                Posting(.receivable(customer), eighty), Posting(.tax("IVA"), Money(minor: -1103, .mxn)),
                Posting(.income("reconnection"), Money(minor: -6897, .mxn)),
            ])
        let free = try Posting.fee(eighty, of: "reconnection", to: customer, taxedBy: Taxes())
        #expect(free.map(\.amount.minor) == [8000, -8000])
    }

    @Test func `the fee comes before a bill that is not due, also where the payment went to that first`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let (beto, line) = try await norte.makeCustomer()
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            for day in ["01", "03", "07", "08"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            norte.move(to: "2026-12-20")
            try await norte.charge(to: beto, on: "2026-12-20", due: "2027-01-07")
            try await norte.pay(38_000, by: beto)
            #expect(try await norte.state(of: line) == .active)
            #expect(try await norte.balance(of: beto) == 30_000)
            let open = try await norte.database.openCharges(of: beto, in: .mxn)
            #expect(open.map(\.due) == [Day("2027-01-07")] && open.map(\.open.minor) == [30_000])
        }
    }

    @Test func `a payment that is reversed cuts again, and its false receipt counts`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let (beto, line) = try await norte.makeCustomer()
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            for day in ["01", "03", "07", "08"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            norte.move(to: "2026-12-10")
            let payment = try await norte.pay(38_000, by: beto, reference: "F1")
            #expect(try await norte.state(of: line) == .active)
            norte.move(to: "2026-12-12", hour: 15)
            _ = try await norte.till.reverse(
                payment.id, of: norte.tenant, because: "No llegó", isFalse: true, by: norte.owner, in: norte.database)
            try await norte.look(at: beto)
            #expect(try await norte.state(of: line) == .cut)
            #expect(try await norte.database.strikes(of: beto).count == 1)
            // Looking again counts nothing twice.
            try await norte.look(at: beto)
            #expect(try await norte.database.strikes(of: beto).count == 1)
            #expect(try await norte.steps(of: beto).filter { $0.hasPrefix("cut") }.count == 2)
        }
    }

    @Test func `a reversal takes back the fee that its payment brought about, and says whom it cuts before`()
        async throws
    {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let (beto, line) = try await norte.makeCustomer()
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            for day in ["01", "03", "07", "08"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            norte.move(to: "2026-12-10")
            let payment = try await norte.pay(38_000, by: beto, reference: "F1")
            #expect(try await norte.balance(of: beto) == 0)
            norte.move(to: "2026-12-12", hour: 15)
            let ana = try await Person(norte, norte.everything) { routes, _ in
                routes = norte.site.context(of: [.payments]).panelRoutes
            }
            let form = try await ana.see("/panel/payments/\(payment.id)/reverse").text
            let service = try #require(try await norte.database.service(line, on: norte.today))
            #expect(form.contains("Al hacerlo se corta \(service.title)"), "\(form)")
            #expect(form.contains("El cargo por reconexión que trajo, $80.00") && form.contains("name=\"grace_until\""))
            // Nothing of it happened yet.
            #expect(try await norte.balance(of: beto) == 0)
            #expect(try await norte.database.payment(payment.id)?.state == .applied)

            // With days of grace nobody is cut before they are over.
            let refused = try await ana.send(
                "/panel/payments/\(payment.id)/reverse", "reason=Se+cobró+dos+veces&grace_until=2027-12-12")
            #expect(refused.status == .unprocessableContent && refused.text.contains("próximos noventa"))
            let sent = try await ana.send(
                "/panel/payments/\(payment.id)/reverse", "reason=Se+cobró+dos+veces&grace_until=2026-12-14")
            #expect(sent.status == .seeOther)
            try await norte.look(at: beto)
            #expect(try await norte.state(of: line) == .active)
            #expect(try await norte.balance(of: beto) == 30_000)
            norte.move(to: "2026-12-15")
            try await norte.run()
            #expect(try await norte.state(of: line) == .cut)
            // One fee, as for the first time.
            let decision = try #require(try await norte.decision(about: line, of: beto))
            #expect(decision.toReconnect.total == norte.money(38_000))
            let again = try await norte.pay(38_000, by: beto, reference: "F2")
            #expect(try await norte.state(of: line) == .active)

            // Without them it is cut as soon as somebody looks.
            _ = try await norte.till.reverse(
                again.id, of: norte.tenant, because: "No llegó", by: norte.owner, in: norte.database)
            try await norte.look(at: beto)
            #expect(try await norte.state(of: line) == .cut)
            #expect(try await norte.balance(of: beto) == 30_000)
        }
    }

    @Test func `a fee that a promise brought about stays when the payment for it is reversed`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy { $0.promiseReconnects = true }
            let (beto, _) = try await norte.makeCustomer()
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            for day in ["01", "03", "07", "08"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            _ = try await PaymentPromise.make(
                NewPromise(amount: norte.money(30_000), until: Day("2026-12-12")), by: .staff, for: beto,
                of: norte.tenant, by: norte.owner, from: norte.site.randomness, in: norte.database)
            try await norte.look(at: beto)
            norte.move(to: "2026-12-10")
            let payment = try await norte.pay(38_000, by: beto, reference: "F1")
            #expect(try await norte.balance(of: beto) == 0)
            _ = try await norte.till.reverse(
                payment.id, of: norte.tenant, because: "No llegó", by: norte.owner, in: norte.database)
            #expect(try await norte.balance(of: beto) == 38_000)
        }
    }

    @Test func `a person who reconnects by hand lets the fee go, and the month cuts no more`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let (beto, line) = try await norte.makeCustomer()
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            for day in ["01", "03", "07", "08"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            norte.move(to: "2026-12-09")
            _ = try await Reconnection().happen(
                to: line, of: norte.tenant, by: norte.owner, in: norte.database)
            for day in ["09", "10", "31"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            #expect(try await norte.state(of: line) == .active)
            #expect(try await norte.database.standingFee(of: beto) == nil)
            #expect(try await norte.decision(about: line, of: beto)?.cause == .reconnectedByPerson)
        }
    }

    @Test func `what another room holds is neither reminded nor cut until it is over`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let (beto, line) = try await norte.makeCustomer()
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            let outage = UUID(high: 9, low: 9)
            for _ in 0..<2 {
                _ = try await CollectionHold.make(
                    for: beto, nil, source: "outage", outage, because: "Torre caída", from: norte.today, to: nil,
                    by: norte.owner, from: norte.site.randomness, in: norte.database)
            }
            for day in ["01", "03", "07", "08"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            #expect(try await norte.steps(of: beto) == [])
            // Lifting one customer's hold reads no other's, however many an outage made.
            let (ana, _) = try await norte.makeCustomer()
            let other = try await CollectionHold.make(
                for: ana, nil, source: "outage", outage, because: "Torre caída", from: norte.today, to: nil,
                by: norte.owner, from: norte.site.randomness, in: norte.database)
            let read: [CollectionHold] = try await norte.database.rows(
                norte.database.holdsStatement(source: "outage", outage, of: beto))
            #expect(read.map(\.customer) == [beto])
            try await CollectionHold.end(source: "outage", outage, of: beto, by: norte.owner, in: norte.database)
            #expect(try await norte.database.hold(other.id)?.endedAt == nil)
            for day in ["09", "10"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            #expect(
                try await norte.steps(of: beto) == [
                    "notice 2026-12-09 collapsed", "reminder 2026-12-09 collapsed", "warning 2026-12-09",
                    "cut 2026-12-10",
                ])
            #expect(try await norte.state(of: line) == .cut)
        }
    }

    @Test func `a customer cut by nobody is never first cut by a look`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let (beto, line) = try await norte.makeCustomer()
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            for day in ["01", "03", "07"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            norte.move(to: "2026-12-08", hour: 12)
            try await norte.look(at: beto)
            #expect(try await norte.state(of: line) == .active)
            try await norte.run()
            #expect(try await norte.state(of: line) == .cut)
        }
    }

    @Test func `the third false receipt cuts though nothing is owed, and annulling one brings it back`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let (beto, line) = try await norte.makeCustomer()
            for number in 1...3 {
                norte.move(to: "2026-12-0\(number + 1)")
                let new = NewPayment(
                    id: norte.newID(), customer: beto, method: "transfer", amount: norte.money(Int64(number) * 100),
                    day: norte.today, reference: "F\(number)")
                let payment = try await norte.till.register(
                    new, of: norte.tenant,
                    by: Principal(
                        .commandLine, permissions: [.paymentsRegister], of: norte.site.catalogue, at: norte.now),
                    in: norte.database)
                _ = try await norte.till.reject(
                    payment.id, because: "Falso", isFalse: true, by: norte.owner, in: norte.database)
                try await norte.look(at: beto)
                #expect(try await norte.state(of: line) == (number < 3 ? .active : .cut))
            }
            let strike = try #require(try await norte.database.strikes(of: beto).first)
            _ = try await Strike.annul(strike.id, because: "Sí pagó", by: norte.owner, in: norte.database)
            try await norte.look(at: beto)
            #expect(try await norte.state(of: line) == .active)
            try await norte.run()
            #expect(try await norte.state(of: line) == .active)
        }
    }

    @Test func `a promise keeps the service, is kept by paying and broken by not`() async throws {
        try await withCollectors { norte, sur in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let (beto, line) = try await norte.makeCustomer()
            let (caro, carosLine) = try await norte.makeCustomer("Caro")
            for customer in [beto, caro] { try await norte.charge(to: customer, on: "2026-12-01", due: "2026-12-07") }
            for day in ["01", "03", "07"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            func promise(_ minor: Int64, _ until: String, _ customer: Customer.ID) async throws -> PaymentPromise {
                try await PaymentPromise.make(
                    NewPromise(amount: norte.money(minor), until: Day(until)), by: .staff, for: customer,
                    of: norte.tenant, by: norte.owner, from: norte.site.randomness, in: norte.database)
            }
            await #expect(throws: PromiseRefusal.tooFar(days: 7)) { _ = try await promise(30_000, "2026-12-31", beto) }
            await #expect(throws: PromiseRefusal.amountOutside) { _ = try await promise(30_001, "2026-12-10", beto) }
            let first = try await promise(30_000, "2026-12-10", beto)
            let second = try await promise(30_000, "2026-12-10", caro)
            await #expect(throws: PromiseRefusal.openAlready) { _ = try await promise(100, "2026-12-09", beto) }
            norte.move(to: "2026-12-08")
            try await norte.run()
            #expect(try await norte.state(of: line) == .active)
            #expect(try await norte.state(of: carosLine) == .active)
            norte.move(to: "2026-12-10")
            try await norte.pay(30_000, by: beto)
            #expect(try await norte.database.promise(first.id)?.state == .kept)
            norte.move(to: "2026-12-11")
            try await norte.run()
            #expect(try await norte.database.promise(second.id)?.state == .broken)
            #expect(try await norte.state(of: line) == .active)
            #expect(try await norte.state(of: carosLine) == .cut)
            #expect(try await sur.database.promise(first.id) == nil)
        }
    }

    @Test func `after days without running the missed messages become one, and the cut waits a day`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let (beto, line) = try await norte.makeCustomer()
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            try await norte.run()
            norte.move(to: "2026-12-10")
            for _ in 0..<3 { try await norte.run() }
            #expect(try await norte.state(of: line) == .active)
            norte.move(to: "2026-12-11")
            for _ in 0..<3 { try await norte.run() }
            #expect(
                try await norte.steps(of: beto) == [
                    "notice 2026-12-01", "reminder 2026-12-10 collapsed", "warning 2026-12-10", "cut 2026-12-11",
                ])
        }
    }

    @Test func `two companies with other policies do other things on the same day`() async throws {
        try await withCollectors { norte, sur in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            try await sur.policy { policy in
                (policy.noticeAnchor, policy.reminderAnchor) = (.none, .none)
                (policy.warningAnchor, policy.warningDays, policy.cutAnchor, policy.cutDays) = (.due, 2, .due, 5)
                policy.feeRule = .none
            }
            let (beto, betosLine) = try await norte.makeCustomer()
            let (luz, luzsLine) = try await sur.makeCustomer("Luz", email: "")
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            try await sur.charge(to: luz, on: "2026-12-01", due: "2026-12-07")
            for day in 1...12 {
                norte.move(to: "2026-12-\(day < 10 ? "0" : "")\(day)")
                try await norte.run()
                try await sur.run()
                if day == 8 {
                    #expect(try await norte.state(of: betosLine) == .cut)
                    #expect(try await sur.state(of: luzsLine) == .active)
                }
            }
            #expect(try await sur.steps(of: luz) == ["warning 2026-12-09", "cut 2026-12-12"])
            // Without a channel they are listed, and cut all the same.
            let steps = try await sur.database.collectionSteps(of: luz, until: sur.now, limit: 9)
            #expect(steps.allSatisfy { $0.outcome == .noChannel })
            #expect(try await sur.state(of: luzsLine) == .cut)
            #expect(try await sur.database.standingFee(of: luz) == nil)
        }
    }

    @Test func `a run that would cut too many stops before anything, and goes on once a person confirms it`()
        async throws
    {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let plan = try await norte.makePlan()
            var lines: [Service.ID] = []
            for number in 1...11 {
                let (customer, line) = try await norte.makeCustomer("C\(number)", on: plan)
                try await norte.charge(to: customer, on: "2026-12-01", due: "2026-12-07")
                lines.append(line)
            }
            for day in ["01", "03", "07"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            norte.move(to: "2026-12-08")
            let stopped = try #require(try await norte.run())
            #expect(stopped.state == .waiting && stopped.toCut == 11 && stopped.most == 10 && stopped.cuts == 0)
            try await norte.run()
            for line in lines { #expect(try await norte.state(of: line) == .active) }
            // Whoever asked for a run by hand does not confirm it while another may.
            _ = try await norte.staff([.collectionConfirm], as: "Otro")
            let asked = try await CollectionRun.begin(
                nil, of: norte.tenant, by: norte.owner, from: norte.site.randomness, in: norte.database)
            #expect(try await norte.run(asked.id)?.state == .waiting)
            await #expect(throws: RunRefusal.anotherPerson) {
                _ = try await CollectionRun.confirm(
                    asked.id, ofCuts: 11, signedInAt: norte.now + .seconds(1), by: norte.owner, in: norte.database)
            }
            _ = try await CollectionRun.confirm(
                stopped.id, ofCuts: 11, signedInAt: nil, by: norte.owner, in: norte.database)
            let done = try #require(try await norte.run(stopped.id))
            #expect(done.state == .done && done.cuts == 11)
            for line in lines { #expect(try await norte.state(of: line) == .cut) }
        }
    }

    @Test func `off, stopped by the platform or before its month, nothing happens`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            let (beto, line) = try await norte.makeCustomer()
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            func month() async throws {
                for day in ["01", "03", "07", "08", "09"] {
                    norte.move(to: "2026-12-\(day)")
                    try await norte.run()
                }
            }
            try await month()
            norte.move(to: "2026-12-01")
            try await norte.policy { $0.startMonth = "2027-01" }
            try await month()
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let site = norte.site
            try site.test.superuser().execute("DELETE FROM collection_runs")
            try site.test.superuser().execute(
                """
                INSERT INTO collection_stops (stop_id, reason, author, made_at)
                VALUES (gen_random_uuid(), 'Revisión', 'Petra', '2026-01-01')
                """)
            try await month()
            #expect(try await norte.steps(of: beto) == [])
            #expect(try await norte.state(of: line) == .active)
            try site.test.superuser().execute(
                "UPDATE collection_stops SET lifted_at = '2026-01-02', lifted_by = 'Petra'")
            try await month()
            #expect(try await norte.state(of: line) == .cut)
        }
    }

    @Test func `a plan that is not collected is neither reminded nor cut`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let (beto, line) = try await norte.makeCustomer(on: try await norte.makePlan("Socios", isCollected: false))
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            for day in ["01", "03", "07", "08"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            #expect(try await norte.steps(of: beto) == [])
            #expect(try await norte.state(of: line) == .active)
        }
    }

    @Test func `a stage asked for by hand does that stage, once`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let (beto, _) = try await norte.makeCustomer()
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            for stage in [Stage.reminder, .notice, .notice, .cut] {
                let run = try await CollectionRun.begin(
                    stage, of: norte.tenant, by: norte.owner, from: norte.site.randomness, in: norte.database)
                try await norte.run(run.id)
            }
            try await norte.run()
            #expect(try await norte.steps(of: beto) == ["notice 2026-12-01"])
        }
    }

    @Test func `a late fee is charged once for a debt, and brings about no other`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy { ($0.lateRule, $0.latePercent, $0.lateDays) = (.percent, 10, 2) }
            let (beto, _) = try await norte.makeCustomer(on: nil)
            try await norte.charge(to: beto, on: "2026-11-01", due: "2026-11-30")
            for day in 1...7 {
                norte.move(to: "2026-12-0\(day)")
                try await norte.run()
            }
            #expect(try await norte.balance(of: beto) == 33_000)
        }
    }

    /// What is foreseen for each day is what that day's run does, whatever happened before.
    @Test(arguments: 1...6)
    func `the simulator says what the run does`(seed: Int) async throws {
        try await withCollectors { norte, _ in
            let randomness = Randomness(seed: UInt64(seed))
            func below(_ bound: Int) -> Int { Int(randomness.next() % UInt64(bound)) }
            norte.move(to: "2026-12-01", hour: 7)
            try await norte.policy { policy in
                if below(2) == 0 { policy.missedMessages = .all }
                if below(2) == 0 {
                    (policy.noticeAnchor, policy.reminderAnchor, policy.warningAnchor, policy.cutAnchor) =
                        (.due, .due, .due, .due)
                    (policy.noticeDays, policy.reminderDays, policy.warningDays, policy.cutDays) = (-3, 0, 2, 4)
                }
                if below(2) == 0 { (policy.lateRule, policy.lateAmount) = (.fixed, norte.money(500)) }
                policy.warningGap = below(3)
                policy.promisePart = 1
            }
            let plan = try await norte.makePlan()
            for number in 0..<6 {
                let (customer, _) = try await norte.makeCustomer("C\(number)", on: plan)
                let due = Day("2026-12-01") + below(12) - 3
                try await norte.charge(
                    Int64(1 + below(5)) * 10_000, to: customer, on: (due - below(6)).iso, due: due.iso)
                if below(3) == 0 { _ = try await norte.makeService(of: customer, on: plan) }
                if below(3) == 0 {
                    _ = try? await PaymentPromise.make(
                        NewPromise(amount: norte.money(10_000), until: norte.today + below(7)), by: .staff,
                        for: customer, of: norte.tenant, by: norte.owner, from: norte.site.randomness,
                        in: norte.database)
                }
                if below(4) == 0 {
                    _ = try await CollectionHold.give(
                        NewHold(until: norte.today + below(9), reason: "x"), to: customer, of: norte.tenant,
                        by: norte.owner, from: norte.site.randomness, in: norte.database)
                }
            }
            var foreseen: [Set<String>] = []
            let first = norte.today
            for offset in 0..<16 {
                let steps = try await norte.database.foresee(
                    first + offset, of: norte.tenant, at: norte.now, limit: 100
                ).steps
                foreseen.append(
                    Set(
                        steps.flatMap { step in
                            step.decision.steps.map { one -> String in
                                if case .cut = one { return "\(one.word) \(step.decision.facts.service)" }
                                return "\(one.word) \(step.decision.facts.customer)"
                            }
                        }))
            }
            for offset in 0..<16 {
                let day = first + offset
                norte.move(to: day.iso, hour: 23)
                let run = try #require(try await norte.run())
                let done = try await norte.database.collectionSteps(of: run.id, limit: 500)
                let words = done.map { step -> String in
                    switch (step.kind, step.outcome) {
                    case (.cut, _): "cut \(step.service!)"
                    case (.lateFee, _): "charge_late_fee \(step.customer)"
                    case (_, .collapsed): "skip_\(step.kind.rawValue) \(step.customer)"
                    default: "tell_\(step.kind.rawValue) \(step.customer)"
                    }
                }
                #expect(Set(words) == foreseen[offset], "on \(day.iso)")
            }
        }
    }

    /// The run is ended at a random transaction, again and again; each step is done once, and whoever paid is not cut.
    @Test(arguments: 1...4)
    func `a run killed at random points does each step once and never cuts who paid`(seed: Int) async throws {
        try await withCollectors { norte, _ in
            let randomness = Randomness(seed: UInt64(seed))
            func below(_ bound: Int) -> Int { Int(randomness.next() % UInt64(bound)) }
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let plan = try await norte.makePlan()
            var people: [(customer: Customer.ID, service: Service.ID)] = []
            for number in 0..<8 {
                people.append(try await norte.makeCustomer("C\(number)", on: plan))
                try await norte.charge(to: people[number].customer, on: "2026-12-01", due: "2026-12-07")
            }
            let principal = norte.commandLine
            var (paid, kills): (Set<Int>, Int) = ([], 0)
            for day in 1...9 {
                norte.move(to: "2026-12-0\(day)")
                if day == 8 { for number in 0..<8 where below(2) == 0 { paid.insert(number) } }
                for number in paid where day == 8 { try await norte.pay(30_000, by: people[number].customer) }
                for _ in 0..<3 {
                    let count = Countdown(below([1, 3, 7, 8].contains(day) ? 60 : 5))
                    let cutOff = norte.database.interrupted { () throws(DatabaseError) in
                        if count.isOver() { throw DatabaseError.refused("killed") }
                    }
                    let now = Principal(
                        principal.actor, permissions: principal.permissions, of: norte.site.catalogue, at: norte.now)
                    do {
                        _ = try await norte.acts.run(nil, of: norte.tenant, as: { now }, in: cutOff)
                    } catch DatabaseError.refused {
                        kills += 1
                    }
                }
                try await norte.run()
            }
            #expect(kills > 12)
            for (number, (customer, service)) in people.enumerated() {
                let steps = try await norte.steps(of: customer)
                #expect(Set(steps.map { $0.prefix { $0 != " " } }).count == steps.count)
                #expect(try await norte.state(of: service) == (paid.contains(number) ? .active : .cut))
            }
            let letters: Int? = try await norte.database.value(
                "SELECT count(*) FROM notices WHERE tenant_id = \(norte.database.tenant)")
            let sent: Int? = try await norte.database.value(
                """
                SELECT count(*) FROM collection_steps WHERE tenant_id = \(norte.database.tenant) AND outcome = 'sent'
                """)
            #expect(letters == sent)
        }
    }
}

/// Says that it is over from the n-th time on.
private final class Countdown: Sendable {
    private let left: Mutex<Int>

    init(_ left: Int) { self.left = Mutex(left) }

    func isOver() -> Bool {
        left.withLock { left in
            left -= 1
            return left < 0
        }
    }
}
