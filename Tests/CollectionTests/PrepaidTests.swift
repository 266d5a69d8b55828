import Access
import Assembly
import BankAccounts
import Billing
import Customers
import Declarations
import Events
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Portal
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Collection
@testable import Invoices
@testable import Plans
@testable import Services

extension TestTenant {
    /// A customer on a plan of so many days at $10.00 a day, active today, with messages two days before the end and on it.
    fileprivate func makePrepaid(days: Int = 1) async throws -> (customer: Customer.ID, service: Service.ID) {
        try await policy {
            ($0.noticeAnchor, $0.noticeDays) = (.expiry, -2)
            $0.reminderAnchor = .none
            ($0.warningAnchor, $0.warningDays) = (.expiry, 0)
            ($0.cutAnchor, $0.cutDays) = (.expiry, 1)
        }
        var plan = Plan(id: newID(), in: tenant.currency)
        (plan.name, plan.price) = ("Días \(days) \(site.randomness.next())", money(Int64(days) * 1000))
        (plan.charge, plan.days) = (.byDays, days)
        (plan.download, plan.upload) = (Speed(kilobits: 8000), Speed(kilobits: 3000))
        let id = try await plan.add(by: commandLine, in: database).id
        return try await makeCustomer(on: id)
    }

    fileprivate func sell(
        _ days: Int, of service: Service.ID, fromCreditOnly: Bool = false, to customer: Customer.ID
    ) async throws {
        _ = try await InvoiceActs(randomness: site.randomness).sell(
            DaySale(days: days), of: service, fromCreditOnly: fromCreditOnly, of: tenant, by: owner, in: database)
        try await look(at: customer)
    }

    fileprivate func through(_ service: Service.ID) async throws -> String? {
        try await database.service(service, on: today)?.prepaidThrough?.iso
    }

    /// What the router is asked for: open or closed.
    fileprivate func access(_ service: Service.ID) async throws -> String? {
        try await database.value(
            """
            SELECT access FROM desired_services
            WHERE tenant_id = \(database.tenant) AND service_id = \(service)
            """)
    }

    fileprivate func renews(_ isSo: Bool) async throws {
        var settings = BillingSettings(firstDay: Day("2026-12-01"))
        settings.renewsDays = isSo
        try await settings.put(of: tenant, by: commandLine, in: database)
    }
}

@Suite struct PrepaidTests {
    @Test func `a month that is paid stays paid by a change to prepaid days, which begin behind it`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01", hour: 8)
            try await norte.renews(false)
            let (_, other) = try await norte.makePrepaid(days: 7)
            let days = try #require(try await norte.database.service(other, on: norte.today)?.plan)
            let (olga, line) = try await norte.makeCustomer("Olga")
            let settings = try #require(try await norte.database.billingSettings())
            try await BillingRun(of: norte.tenant, by: settings, on: norte.today, from: norte.site.randomness).run(
                by: .commandLine, at: norte.now, in: norte.database)
            try await norte.pay(30_000, by: olga)
            norte.move(to: "2026-12-10", hour: 10)
            func change(on day: String) async throws {
                _ = try await PlanChange(plan: days, day: Day(day)).happen(
                    to: line, of: norte.tenant, by: norte.commandLine, in: norte.database)
            }
            await #expect(throws: BilledThrough(Day("2026-12-31"))) { try await change(on: "2026-12-10") }
            try await change(on: "2027-01-01")
            for day in ["2026-12-10", "2026-12-31"] {
                norte.move(to: day, hour: 20)
                try await norte.run()
                #expect(try await norte.state(of: line) == .active, "\(day)")
            }
            norte.move(to: "2027-01-01", hour: 0)
            try await SettleServices.settle(of: norte.tenant, by: norte.commandLine, in: norte.database)
            #expect(try await norte.through(line) == "2026-12-31")
            try await norte.sell(7, of: line, to: olga)
            #expect(try await norte.through(line) == "2027-01-07")
            norte.move(to: "2027-01-07", hour: 20)
            try await norte.run()
            #expect(try await norte.state(of: line) == .active)
            norte.move(to: "2027-01-08", hour: 10)
            try await norte.run()
            #expect(try await norte.state(of: line) == .cut)
        }
    }

    @Test func `days of before are not given anew to whoever comes back to them`() {
        let bought = [PrepaidDays(on: Day("2026-01-01"), 30)]
        #expect(bought.last(since: Day("2026-01-01"), pauses: []) == Day("2026-01-30"))
        #expect(bought.last(since: Day("2026-01-01"), byDaysFrom: Day("2026-11-01"), pauses: []) == Day("2026-10-31"))
        #expect(
            [PrepaidDays]().last(since: Day("2022-10-25"), byDaysFrom: Day("2026-12-01"), pauses: [])
                == Day("2026-11-30"))
        let more = bought + [PrepaidDays(on: Day("2026-11-05"), 2)]
        #expect(more.last(since: Day("2026-01-01"), byDaysFrom: Day("2026-11-01"), pauses: []) == Day("2026-11-06"))
    }

    @Test func `seven days are paid, the eighth is cut at midnight, and three more bring the service back`()
        async throws
    {
        try await withCollectors { norte, sur in
            norte.move(to: "2026-12-01", hour: 15)
            try await norte.renews(false)
            let (beto, line) = try await norte.makePrepaid()
            try await norte.pay(7000, by: beto)
            try await norte.sell(7, of: line, to: beto)
            #expect(try await norte.through(line) == "2026-12-07")
            #expect(try await norte.balance(of: beto) == 0)
            for day in 2...7 {
                norte.move(to: "2026-12-0\(day)", hour: 0)
                try await norte.run()
                norte.move(to: "2026-12-0\(day)", hour: 9)
                try await norte.run()
            }
            #expect(try await norte.state(of: line) == .active)
            norte.move(to: "2026-12-08", hour: 0)
            try await norte.run()
            #expect(try await norte.state(of: line) == .cut)
            #expect(try await norte.access(line) == "closed")
            #expect(
                try await norte.steps(of: beto) == [
                    "notice 2026-12-05", "warning 2026-12-07", "days_over 2026-12-08",
                ])
            #expect(try await norte.decision(about: line, of: beto)?.cause == .daysOver)
            norte.move(to: "2026-12-10", hour: 12)
            try await norte.pay(3000, by: beto)
            #expect(try await norte.state(of: line) == .cut)
            try await norte.sell(3, of: line, to: beto)
            #expect(try await norte.state(of: line) == .active)
            #expect(try await norte.access(line) == "open")
            // The day on which they are bought is the first of them.
            #expect(try await norte.through(line) == "2026-12-12")
            #expect(try await norte.balance(of: beto) == 0)
            #expect(
                try await norte.database.proveLedger(
                    as: UUID(high: 1, low: 1), inCurrency: norte.tenant.currency, at: norte.now
                ).allSatisfy(\.holds))
            #expect(try await sur.database.service(line, on: sur.today) == nil)
        }
    }

    @Test func `days that are not paid are not called paid, and are taken payment for from there`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.renews(false)
            let (beto, line) = try await norte.makePrepaid(days: 7)
            try await norte.sell(7, of: line, to: beto)
            let ana = try await Person(norte, norte.everything) { routes, _ in
                routes = norte.site.context(of: [.services]).panelRoutes
            }
            let portal = try await Subscriber(beto, at: norte) { routes in
                PortalDayRoutes(InvoiceActs(randomness: norte.site.randomness)).add(to: &routes)
            }
            let owing = try await ana.see("/panel/services/\(line)").text
            #expect(owing.contains("Con días hasta el 07/12/2026 · sin pagar"), "\(owing)")
            #expect(owing.contains("href=\"/panel/customers/\(beto)/payments/new\""))
            #expect(
                try await portal.see("/portal/days").text.contains(
                    "Con días hasta el 7 de diciembre de 2026, sin pagar"))
            try await norte.pay(7000, by: beto)
            let paid = try await ana.see("/panel/services/\(line)").text
            #expect(!paid.contains("sin pagar") && !paid.contains("payments/new"))
            #expect(try await portal.see("/portal/days").text.contains("Pagado hasta el 7 de diciembre de 2026"))
        }
    }

    @Test func `days bought while some are left follow them, and a voided sale takes its own away`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            let (beto, line) = try await norte.makePrepaid()
            try await norte.sell(3, of: line, to: beto)
            norte.move(to: "2026-12-02")
            try await norte.sell(5, of: line, to: beto)
            #expect(try await norte.through(line) == "2026-12-08")
            let invoices = try await norte.database.invoices(of: beto, on: norte.today, limit: 5)
            #expect(invoices.map(\.total.minor) == [5000, 3000] && invoices[0].dueOn == norte.today)
            let lines = try await norte.database.lines(of: invoices[0].id)
            #expect(lines.first?.period?.from == Day("2026-12-04") && lines.first?.period?.to == Day("2026-12-08"))
            _ = try await InvoiceActs(randomness: norte.site.randomness).void(
                invoices[0].id, because: "Error", issuingAnew: false, of: norte.tenant, by: norte.owner,
                in: norte.database)
            #expect(try await norte.through(line) == "2026-12-03")
            #expect(try await norte.balance(of: beto) == 3000)
        }
    }

    @Test func `a pause and given days move the end`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            let (beto, line) = try await norte.makePrepaid()
            try await norte.sell(7, of: line, to: beto)
            norte.move(to: "2026-12-03")
            _ = try await Freeze(day: Day("2026-12-05"), toDay: Day("2026-12-09")).happen(
                to: line, of: norte.tenant, by: norte.owner, in: norte.database)
            #expect(try await norte.through(line) == "2026-12-12")
            _ = try await DayCredit(days: 2, reason: "Falla del servicio").happen(
                to: line, of: norte.tenant, by: norte.owner, in: norte.database)
            #expect(try await norte.through(line) == "2026-12-14")
            // A pause without an end keeps what is left, until the service is back.
            norte.move(to: "2026-12-11")
            _ = try await Freeze(day: Day("2026-12-11")).happen(
                to: line, of: norte.tenant, by: norte.owner, in: norte.database)
            #expect(try await norte.through(line) == nil)
            norte.move(to: "2027-01-05")
            try await norte.run()
            #expect(try await norte.state(of: line) == .frozen)
            _ = try await FreezeEnd().happen(to: line, of: norte.tenant, by: norte.owner, in: norte.database)
            #expect(try await norte.through(line) == "2027-01-08")
            #expect(try await norte.state(of: line) == .active)
        }
    }

    @Test func `what is in favour renews days by itself, before the cut and after it`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            let (beto, line) = try await norte.makePrepaid(days: 3)
            try await norte.sell(3, of: line, to: beto)
            try await norte.pay(7000, by: beto)
            #expect(try await norte.balance(of: beto) == -4000)
            norte.move(to: "2026-12-04", hour: 0)
            try await norte.run()
            #expect(try await norte.through(line) == "2026-12-06")
            #expect(try await norte.balance(of: beto) == -1000)
            norte.move(to: "2026-12-07", hour: 0)
            // Too little in favour undoes nothing of what the renewal is part of.
            try await norte.database.transaction { database in
                try await InvoiceActs(randomness: norte.site.randomness).renewDays(
                    on: [beto], of: norte.tenant, by: norte.commandLine, in: database)
                #expect(try await database.customer(beto) != nil)
            }
            try await norte.run()
            #expect(try await norte.state(of: line) == .cut)
            norte.move(to: "2026-12-09")
            try await norte.pay(2000, by: beto)
            #expect(try await norte.state(of: line) == .active)
            #expect(try await norte.through(line) == "2026-12-11")
            #expect(try await norte.balance(of: beto) == 0)
        }
    }

    @Test func `a day ends by the company's clock`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            let (beto, line) = try await norte.makePrepaid()
            try await norte.sell(1, of: line, to: beto)
            // A minute before midnight there, when it is the next day in Greenwich.
            norte.move(to: "2026-12-01", hour: 23)
            try await norte.run()
            #expect(try await norte.state(of: line) == .active)
            norte.move(to: "2026-12-02", hour: 0)
            try await norte.run()
            #expect(try await norte.state(of: line) == .cut)
        }
    }

    @Test func `what is over for long waits for the day's run and its fuse`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            let (beto, line) = try await norte.makePrepaid()
            var lines = [line]
            for place in 1...11 {
                lines.append(try await norte.makeService(of: beto, on: try await norte.plan(of: line)))
                _ = place
            }
            for line in lines { try await norte.sell(2, of: line, to: beto) }
            norte.move(to: "2026-12-06", hour: 0)
            try await norte.run()
            #expect(try await norte.state(of: line) == .active)
            norte.move(to: "2026-12-06", hour: 9)
            let run = try await norte.run()
            #expect(run?.state == .waiting && run?.toCut == 12)
            #expect(try await norte.state(of: line) == .active)
        }
    }

    @Test func `the simulator and the page tell the day, and the portal sells for what is in favour only`() async throws
    {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.renews(false)
            let (beto, line) = try await norte.makePrepaid(days: 7)
            try await norte.sell(7, of: line, to: beto)
            try await norte.pay(7000, by: beto)
            func foreseen(_ day: String) async throws -> [Decision.Step] {
                try await norte.database.foresee(Day(day), of: norte.tenant, at: norte.now, limit: 10).steps
                    .flatMap(\.decision.steps)
            }
            #expect(try await foreseen("2026-12-05") == [.tell(.notice)])
            #expect(try await foreseen("2026-12-07") == [.tell(.warning)])
            #expect(try await foreseen("2026-12-08") == [.cut(.daysOver)])
            #expect(try await foreseen("2026-12-09").isEmpty)
            let ana = try await Person(norte, norte.everything) { routes, randomness in
                DaySaleRoutes(InvoiceActs(randomness: randomness)).add(to: &routes)
            }
            let form = try await ana.see("/panel/services/\(line)/days/new")
            #expect(form.text.contains("7 días por $70.00"))
            let portal = try await Subscriber(beto, at: norte) { routes in
                PortalDayRoutes(InvoiceActs(randomness: norte.site.randomness)).add(to: &routes)
            }
            #expect(try await portal.see("/portal/days").text.contains("7 de diciembre de 2026"))
            let refused = try await portal.send("/portal/days", "service=\(line)&days=3")
            #expect(refused.status == .conflict && refused.text.contains("no alcanza"))
            try await norte.pay(3000, by: beto)
            #expect(try await portal.send("/portal/days", "service=\(line)&days=3").status == .seeOther)
            #expect(try await norte.through(line) == "2026-12-10")
            let sold = try await ana.send("/panel/services/\(line)/days", "days=1")
            #expect(sold.status == .seeOther)
            #expect(try await norte.through(line) == "2026-12-11")
            #expect(try await norte.balance(of: beto) == 1000)
            let other = try await norte.makeCustomer("Caro")
            let stranger = try await Subscriber(other.customer, at: norte) { routes in
                PortalDayRoutes(InvoiceActs(randomness: norte.site.randomness)).add(to: &routes)
            }
            #expect(try await stranger.send("/portal/days", "service=\(line)&days=3").status == .notFound)
        }
    }

    @Test(arguments: [
        (3, Int64(15_000), 7, Int64(6_429)), (7, 15_000, 7, 15_000), (14, 15_000, 7, 30_000), (1, 1000, 3, 333),
        (2, 1000, 3, 667),
    ])
    func `any number of days has its part of the price`(days: Int, price: Int64, package: Int, amount: Int64) {
        #expect(
            DaySale.amount(of: days, at: Money(minor: price, .mxn), for: package) == Money(minor: amount, .mxn))
    }
}

extension TestTenant {
    fileprivate func plan(of service: Service.ID) async throws -> Plan.ID? {
        try await database.service(service, on: today)?.plan
    }
}
