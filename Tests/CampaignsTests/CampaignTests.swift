import Access
import BankAccounts
import Declarations
import HTTP
import Identifiers
import Jobs
import Ledger
import Letters
import Locale
import Loop
import Nouns
import Panel
import Postgres
import ShellSupport
import Subscribers
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Campaigns
@testable import Channels
@testable import Conversations
@testable import Customers
@testable import Notices
@testable import Plans
@testable import Services
@testable import Zones

/// One message to many: to whom, at what pace, and with one true end for each.
@Suite struct CampaignTests {
    static func withCampaigns(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
        try await withTenants(
            declaring: .customers, .zones, .plans, .services, .ledger, .subscribers, .bankAccounts, .notices,
            .conversations, .channels, .campaigns, body: body)
    }

    @Test func `somebody writes one, corrects it, sees whom it reaches, starts it, pauses it and ends it`() async throws
    {
        try await Self.withCampaigns { norte, sur in
            func person(_ tenant: TestTenant) async throws -> Person {
                try await Person(tenant, tenant.everything) { routes, randomness in
                    CampaignRoutes(files: .tests, randomness: randomness, origin: { _ in "https://x" }, isMailed: true)
                        .add(to: &routes)
                }
            }
            for number in 1...3 { try await norte.customer("Ana \(number)", email: "a\(number)@example.com") }
            let beto = try await norte.customer("Beto", email: "beto@example.com")
            try await norte.optOut(beto)
            try await norte.customer("Carla")
            let ana = try await person(norte)
            let form = try #require(try await ana.see("/panel/campaigns/new").hidden("form"))
            func fields(_ text: String) -> String {
                "form=\(form)&title=Mejora&purpose=announcement&subject=Para+%5Bnombre%5D&text=\(text)&zone=&plan="
                    + "&standing=prospect&debt=any&reach=any&per_hour=60"
            }
            let wrong = try await ana.send("/panel/campaigns", fields("Hola+%5Bapodo%5D"))
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("Hola [apodo]"))
            #expect(try await ana.send("/panel/campaigns", fields("Su+%5Bcodigo%5D")).status == .unprocessableContent)
            let sent = fields("Hola+%5Bnombre%5D%2C+debe+%5Bsaldo%5D")
            for _ in 1...2 { #expect(try await ana.send("/panel/campaigns", sent).status == .seeOther) }
            let known = try await norte.database.campaigns(in: nil, after: 0, limit: 9)
            let campaign = try #require(known.first)
            #expect(known.count == 1 && campaign.state == .draft)
            let path = "/panel/campaigns/\(campaign.id)"
            let page = try await ana.see(path).text
            #expect(page.contains("Ana 1 · Para Ana 1") && page.contains("Hola Ana 1, debe $0.00"))
            #expect(page.contains("A 1 cliente no se le llega") && page.contains("agregue [empresa]"))
            #expect(page.contains("Sin costo"))
            #expect(try await ana.see("\(path)/start").text.contains("Se escribirá a 4 clientes"))
            #expect(try await norte.count("notices") == 0)
            #expect(try await ana.send("\(path)/start").status == .seeOther)
            #expect(try await ana.send("\(path)/start").status == .conflict)
            #expect(try await ana.see("\(path)/edit").status == .conflict)
            try await norte.turn(campaign.id)
            #expect(try await norte.count("notices") == 1)
            #expect(try await ana.send("\(path)/pause").status == .seeOther)
            norte.site.clock.advance(by: .seconds(600))
            try await norte.turn(campaign.id)
            #expect(try await norte.count("notices") == 1)
            #expect(try await ana.send("\(path)/continue").status == .seeOther)
            try await norte.turn(campaign.id)
            #expect(try await norte.count("notices") == 2)
            #expect(try await ana.send("\(path)/stop").status == .seeOther)
            norte.site.clock.advance(by: .seconds(600))
            try await norte.turn(campaign.id)
            #expect(try await norte.fates(campaign) == ["opted_out 1", "sending 2", "stopped 2"])
            let results = try await ana.see(path).text
            #expect(results.contains("Detenida") && results.contains("\(path)/recipients?fate=stopped"))
            let stopped = try await ana.see("\(path)/recipients?fate=stopped").text
            #expect(stopped.contains("Carla") && !stopped.contains("Beto"))
            #expect(try await ana.download("\(path)/recipients.csv").text.contains("Beto"))
            // What no channel had yet is withdrawn.
            try await norte.deliver { try await norte.count("notices", "AND state = 'withdrawn'") == 2 }
            #expect(try await norte.fates(campaign) == ["opted_out 1", "stopped 4"])
            let neighbour = try await person(sur)
            #expect(try await neighbour.see(path).status == .notFound)
            #expect(try await neighbour.send("\(path)/stop").status == .notFound)
            #expect(try await neighbour.see("\(path)/recipients").status == .notFound)
            #expect(try await !neighbour.see("/panel/campaigns").text.contains("Mejora"))
        }
    }

    @Test func `each gets it once, in the open hours, whatever runs twice, and each end is told`() async throws {
        try await Self.withCampaigns { norte, _ in
            for number in 1...5 { try await norte.customer("Ana \(number)", email: "a\(number)@example.com") }
            let unreached = try await norte.customer("Carla")
            let late = try await norte.customer("Dora", email: "dora@example.com")
            let (kept, gone) = (
                try await norte.customer("Eva", email: "eva@example.com"), try await norte.customer("Eva Ruiz")
            )
            var campaign = norte.newCampaign("Hola [nombre], de [empresa]")
            (campaign.standing, campaign.perHour) = (.prospect, 240)
            campaign = try await campaign.write(by: norte.commandLine, in: norte.database)
            let hour = norte.tenant.timeZone.local(at: norte.now).time.hour
            try await norte.database.put(try #require(QuietHours(from: hour, until: (hour + 2) % 24)))
            campaign = try await Campaign.start(
                campaign.id, of: norte.tenant, by: norte.commandLine, in: norte.database)
            #expect(campaign.recipients == 9)
            try await norte.turn(campaign.id)
            let end = try #require(try await norte.database.campaign(campaign.id)?.nextAt)
            #expect(try await norte.count("notices") == 0 && end > norte.now)
            norte.site.clock.advance(by: end - norte.now)
            // Two workers that have the same turn write to four customers, not eight.
            let (tenant, database, principal) = (norte.tenant, norte.database, norte.commandLine)
            let (job, randomness) = (WriteToCampaign(campaign.id, at: norte.now), norte.site.randomness)
            async let first: Void = job.run(of: tenant, by: principal, from: randomness, in: database)
            async let second: Void = job.run(of: tenant, by: principal, from: randomness, in: database)
            _ = try await (first, second)
            #expect(try await norte.count("notices") == 4)
            // Meanwhile one asks for no messages, and two records turn out to be one person.
            try await norte.optOut(late)
            _ = try await CustomerMerge.make(
                of: gone, into: kept, of: norte.tenant, by: norte.commandLine, from: norte.site.randomness,
                in: norte.database)
            while try await norte.database.campaign(campaign.id)?.state == .running {
                norte.site.clock.advance(by: .seconds(60))
                try await norte.turn(campaign.id)
            }
            try await norte.deliver { try await norte.count("notices", "AND state = 'waiting'") == 0 }
            #expect(try await norte.fates(campaign) == ["failed 1", "needless 1", "opted_out 1", "sent 6"])
            #expect(try await norte.count("notices") == 7)
            #expect(try await norte.count("notices", "AND customer_id = \(unreached) AND failure = 'no_channel'") == 1)
            #expect(try await norte.count("notices", "AND customer_id = \(kept)") == 1)
        }
    }

    @Test func `the filters choose by zone, plan, status, debt and channel`() async throws {
        try await Self.withCampaigns { norte, sur in
            let zone = Zone(id: norte.newID(), name: "Centro")
            try await zone.add(by: norte.commandLine, in: norte.database)
            let ana = try await norte.customer("Ana", email: "ana@example.com", zone: zone.id)
            let beto = try await norte.customer("Beto", phone: "+525512345678")
            try await norte.customer("Carla")
            var plan = Plan(id: norte.newID(), in: norte.tenant.currency)
            (plan.name, plan.price) = ("Básico", Money(minor: 30_000, norte.tenant.currency))
            (plan.download, plan.upload) = (Speed(kilobits: 8000), Speed(kilobits: 3000))
            let sold = try await plan.add(by: norte.commandLine, in: norte.database).id
            let person = try #require(try await norte.database.customer(beto))
            var service = Service.blank(of: person, for: norte.tenant, at: norte.now, from: norte.site.randomness)
            service.plan = sold
            let added = try await service.add(of: norte.tenant, by: norte.commandLine, in: norte.database)
            _ = try await Activation(day: norte.today).happen(
                to: added.id, of: norte.tenant, by: norte.commandLine, in: norte.database)
            try norte.site.test.superuser().execute(
                """
                INSERT INTO customer_balances (tenant_id, customer_id, currency, receivable, credit)
                VALUES ('\(norte.tenant.id)', '\(ana)', 'MXN', 500, 0)
                """)
            _ = try await norte.database.beginOnPortal(with: ana, by: norte.commandLine)
            func chosen(_ change: (inout Campaign) -> Void) async throws -> [String] {
                var campaign = norte.newCampaign("Hola")
                campaign.standing = .prospect
                change(&campaign)
                return try await norte.database.audience(of: campaign, on: norte.today, after: 0, limit: 9).map(\.name)
            }
            #expect(try await chosen { _ in } == ["Ana", "Carla"])
            #expect(try await chosen { $0.standing = .any } == ["Beto"])
            #expect(try await chosen { $0.zone = zone.id } == ["Ana"])
            #expect(try await chosen { ($0.standing, $0.plan) = (.active, sold) } == ["Beto"])
            #expect(try await chosen { $0.plan = sold } == [])
            #expect(try await chosen { $0.debt = .owing } == ["Ana"])
            #expect(try await chosen { $0.debt = .overdue } == [])
            #expect(try await chosen { $0.debt = .none } == ["Carla"])
            #expect(try await chosen { $0.reach = .linked } == ["Ana"])
            #expect(try await chosen { $0.reach = .unlinked } == ["Carla"])
            #expect(try await chosen { $0.reach = .email } == ["Ana"])
            #expect(try await chosen { $0.reach = .telegram } == [])
            #expect(try await chosen { ($0.standing, $0.reach) = (.active, .whatsapp) } == ["Beto"])
            #expect(try await chosen { $0.purpose = .linking } == ["Carla"])
            #expect(
                try await sur.database.audience(of: norte.newCampaign("Hola"), on: sur.today, after: 0, limit: 9)
                    .isEmpty)
            // The demonstration has one under way and a draft, made once.
            for isNew in [true, false] {
                #expect(
                    try await InventedCampaign.fill(
                        of: norte.tenant, by: norte.commandLine, from: norte.site.randomness, in: norte.database)
                        == isNew)
            }
            let invented = try await norte.database.campaigns(in: nil, after: 0, limit: 9)
            #expect(invented.map(\.state) == [.running, .draft] && invented[0].recipients == 1)
        }
    }

    @Test func `an invitation carries a code that links the chat it is written from, once`() async throws {
        try await Self.withCampaigns { norte, _ in
            let ana = try await norte.customer("Ana", email: "ana@example.com")
            let beto = try await norte.customer("Beto", email: "beto@example.com")
            var campaign = norte.newCampaign("[empresa]: escriba vincular [codigo]")
            (campaign.standing, campaign.purpose, campaign.perHour) = (.prospect, .linking, 60)
            campaign = try await campaign.write(by: norte.commandLine, in: norte.database)
            _ = try await Campaign.start(campaign.id, of: norte.tenant, by: norte.commandLine, in: norte.database)
            try await norte.turn(campaign.id)
            // The second links a chat in another way before their turn.
            let told = try #require(
                try await norte.database.campaignRecipients(of: campaign, after: 0, limit: 9).first {
                    $0.fate == .sending
                })
            let other = told.customer == ana ? beto : ana
            _ = try await norte.database.beginOnPortal(with: other, by: norte.commandLine)
            norte.site.clock.advance(by: .seconds(60))
            try await norte.turn(campaign.id)
            #expect(try await norte.fates(campaign) == ["needless 1", "sending 1"])
            let text = try #require(try await norte.database.notices(of: told.customer, limit: 1).first).text
            #expect(text.hasPrefix("Norte Inalámbrico: escriba vincular "))
            for person in ["1001", "1002"] {
                let message = InboundMessage(
                    .telegram, account: UUID(high: 7, low: 7), from: person, name: "Alguien", providerID: "m\(person)",
                    body: String(text.dropFirst("Norte Inalámbrico: escriba ".count)), sentAt: norte.now)
                _ = try await norte.database.receive(message, of: norte.tenant, at: norte.now)
            }
            let linked = try await norte.database.conversations(of: told.customer, limit: 9)
            #expect(linked.map(\.correspondent) == ["1001"])
        }
    }

    @Test func `who has paid meanwhile is not written to, and one that only fails pauses and says why`() async throws {
        try await Self.withCampaigns { norte, _ in
            for name in ["Ana", "Beto"] {
                let debtor = try await norte.customer(name, email: "\(name.lowercased())@example.com")
                try norte.site.test.superuser().execute(
                    """
                    INSERT INTO customer_balances (tenant_id, customer_id, currency, receivable, credit)
                    VALUES ('\(norte.tenant.id)', '\(debtor)', 'MXN', 500, 0)
                    """)
            }
            func begin(_ change: (inout Campaign) -> Void) async throws -> Campaign {
                var campaign = norte.newCampaign("[empresa]")
                campaign.standing = .prospect
                change(&campaign)
                campaign = try await campaign.write(by: norte.commandLine, in: norte.database)
                return try await Campaign.start(
                    campaign.id, of: norte.tenant, by: norte.commandLine, in: norte.database)
            }
            let debtors = try await begin { ($0.debt, $0.perHour) = (.owing, 60) }
            try await norte.turn(debtors.id)
            try norte.site.test.superuser().execute("UPDATE customer_balances SET receivable = 0")
            norte.site.clock.advance(by: .seconds(60))
            try await norte.turn(debtors.id)
            #expect(try await norte.fates(debtors) == ["needless 1", "sending 1"])

            for number in 1...26 { try await norte.customer("Sin canal \(number)") }
            let failing = try await begin { $0.perHour = 1560 }
            try await norte.turn(failing.id)
            let written = try await norte.count("notices", "AND about = \(failing.id.uuid)")
            #expect(written == 26)
            try norte.site.test.superuser().execute(
                """
                UPDATE notices SET state = 'failed', failure = 'no_channel'
                WHERE about = '\(failing.id)' AND state = 'waiting'
                """)
            norte.site.clock.advance(by: .seconds(60))
            try await norte.turn(failing.id)
            #expect(try await norte.database.campaign(failing.id)?.state == .paused)
            #expect(try await norte.count("notices", "AND about = \(failing.id.uuid)") == written)
            let ana = try await Person(norte, norte.everything) { routes, randomness in
                CampaignRoutes(files: .tests, randomness: randomness, origin: { _ in "https://x" }, isMailed: true)
                    .add(to: &routes)
            }
            let page = try await ana.see("/panel/campaigns/\(failing.id)").text
            let why = norte.site.catalogue.failure("no_channel", by: nil, for: norte.tenant.reader)
            #expect(page.contains("La campaña se pausó sola: 25") && page.contains(">\(why)</dt>"))
            #expect(page.contains(">26</dd>") && !page.contains("no_channel"))
            // Somebody lets it go on: the failures before do not pause it again.
            #expect(try await ana.send("/panel/campaigns/\(failing.id)/continue").status == .seeOther)
            try await norte.turn(failing.id)
            #expect(try await norte.database.campaign(failing.id)?.state == .finished)
            #expect(try await norte.count("notices", "AND about = \(failing.id.uuid)") == 28)
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(CampaignWords.problems == [] && CampaignAPIWords.problems == [] && CampaignRefusal.problems == [])
        #expect(Campaign.fields.flatMap(\.problems) == [])
    }
}

extension TestTenant {
    var today: Day { tenant.timeZone.day(at: now) }
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    func newCampaign(_ text: String) -> Campaign {
        var campaign = Campaign(id: newID(), at: now)
        (campaign.title, campaign.subject, campaign.text) = ("Prueba", "Prueba", text)
        return campaign
    }

    @discardableResult
    func customer(
        _ name: String, email: String = "", phone: String = "", zone: Zone.ID? = nil
    ) async throws -> Customer.ID {
        var customer = Customer(id: newID(), name: name, state: .prospect, since: today)
        (customer.email, customer.phone, customer.zone) = (email, phone, zone)
        site.clock.advance(by: .milliseconds(1))
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        return customer.id
    }

    /// Of a chat on the portal.
    func optOut(_ customer: Customer.ID) async throws {
        let chat = try await database.beginOnPortal(with: customer, by: commandLine)
        try await database.execute(
            """
            UPDATE conversations SET opted_out_at = \(now)
            WHERE tenant_id = \(database.tenant) AND conversation_id = \(chat)
            """)
    }

    func turn(_ campaign: Campaign.ID) async throws {
        try await WriteToCampaign(campaign, at: now).run(
            of: tenant, by: commandLine, from: site.randomness, in: database)
    }

    func fates(_ campaign: Campaign) async throws -> [String] {
        try await database.campaignFates(of: campaign).map { "\($0.fate.rawValue) \($0.count)" }
    }

    func count(_ table: SQL, _ which: SQL = .nothing) async throws -> Int {
        try await database.value("SELECT count(*) FROM \(table) WHERE tenant_id = \(database.tenant) \(which)") ?? 0
    }

    /// Workers carry what waits, by mail.
    func deliver(until isDone: @Sendable () async throws -> Bool) async throws {
        let (catalogue, database) = (site.catalogue, site.test.database)
        var office = LetterSender(
            sender: "avisos@{slug}.example",
            tenant: { id in try await database.platform.tenants().first { $0.id.scope == id } },
            send: { _ in })
        NoticeLetters.add(to: &office)
        let complete = office
        var (kinds, configuration) = (JobKinds(), WorkerConfiguration())
        configuration.poll = .milliseconds(50)
        kinds.add(CarryNotice.self) { job, run in
            try await job.run(in: run, knowing: catalogue) { tenant in
                NoticeDesk(
                    tenant, in: run.database, at: run.now, randomness: run.randomness, address: "https://norte.test",
                    isMailed: true)
            }
        }
        kinds.add(SendLetter.self) { try await $0.run(in: $1, by: complete) }
        let worker = Worker(
            database: database, loops: .tests, kinds: kinds, time: site.clock.source, randomness: site.randomness,
            configuration: configuration)
        let work = Loops.tests.all[0].spawn { await worker.run() }
        do {
            while try await !isDone() { try await Loops.tests.all[0].sleep(for: .milliseconds(20)) }
            await worker.drain(within: .seconds(10))
            await work.value
        } catch {
            await worker.drain(within: .zero)
            await work.value
            throw error
        }
    }
}
