import API
import Access
import Collection
import Conversations
import Declarations
import Events
import HTTP
import Identifiers
import Identity
import Incidents
import Locale
import Notices
import Nouns
import Panel
import Postgres
import Services
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Tickets
import Time

@testable import Customers
@testable import FieldWork
@testable import Plans
@testable import Zones

/// Work in the field: planned, told, done, and what follows from it.
@Suite struct FieldWorkTests {
    static func withCrews(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
        try await withTenants(
            declaring: .customers, .zones, .plans, .services, .collection, .conversations, .notices, .incidents,
            .tickets, .fieldWork, body: body)
    }

    @Test func `an installation planned is told, done on a telephone in four taps, and activates its service`()
        async throws
    {
        try await Self.withCrews { norte, sur in
            let (beto, service) = try await norte.sold(to: "Beto")
            let caro = try await norte.crew("Caro", [.fieldRead, .fieldWork])
            let ana = try await norte.crew("Ana", [.fieldRead, .fieldPlan, .servicesRead])
            let member: UUID = try #require(
                try await norte.database.value(
                    "SELECT staff_id FROM staff WHERE tenant_id = \(norte.database.tenant) AND name = 'Caro'"))
            let ask = try await ana.see("/panel/agenda/new?kind=installation&service=\(service)")
            #expect(ask.text.contains("Beto") && ask.text.contains("Caro"))
            let number = try #require(try await norte.database.customer(beto)?.number)
            let form =
                "form=\(try #require(ask.hidden("form")))&client=\(number)&kind=installation&service=\(service)&ticket="
                + "&assignee=\(member)&day=\(norte.today.iso)&begins=09%3A30&minutes=120&note=Casa+azul"
            let made = try await ana.send("/panel/agenda", form)
            #expect(made.status == .seeOther)
            #expect(try await ana.send("/panel/agenda", form).place == made.place)
            let path = try #require(made.place)
            #expect(try await norte.count("notices", "AND kind = 'field_appointment'") == 1)
            // Another time is another appointment, and the first is no longer told.
            let again = "assignee=\(member)&day=\((norte.today + 1).iso)&begins=10%3A00&minutes=120"
            #expect(try await ana.send("\(path)/appointment", again).status == .seeOther)
            #expect(try await norte.count("notices", "AND kind = 'field_appointment'") == 2)
            #expect(
                try await ana.send("\(path)/appointment", "assignee=&day=&begins=10%3A00&minutes=60").status.code == 422
            )
            // The day of the one who goes.
            let day = "/panel/agenda/today?day=\((norte.today + 1).iso)"
            #expect(try await caro.see(day).text.contains("10:00 · Beto"))
            #expect(try await !caro.see("/panel/agenda/today?day=\((norte.today + 5).iso)").text.contains("Beto"))
            let owner = try await norte.crew("Olga", [.fieldRead, .fieldWork, .fieldPlan])
            #expect(try await owner.see(day).text.contains("Caro"))
            // It rains: several go to another day at once, and back.
            let rain = "id=\(path.split(separator: "/").last!)&assignee=&day=\((norte.today + 3).iso)&begins="
            #expect(
                try await ana.send("/panel/agenda/rescheduling/new", "id=\(path.split(separator: "/").last!)").text
                    .contains("Beto"))
            let moved = try await ana.send("/panel/agenda/rescheduling", rain)
            #expect(
                try await caro.see("/panel/agenda/today?day=\((norte.today + 3).iso)").text.contains("10:00 · Beto"))
            let undo = try #require(moved.headers["Location"]?.split(separator: "undo=").last)
            #expect(try await ana.send("/panel/agenda/rescheduling/undo", "undo=\(undo)").status == .seeOther)
            #expect(try await caro.see(day).text.contains("10:00 · Beto"))
            #expect(try await norte.database.fieldAppointments(of: beto, from: norte.today).count == 1)
            #expect(try await caro.see(path).text.contains("Velocidad del plan comprobada"))
            #expect(try await caro.send("\(path)/start").status == .seeOther)
            let id = try #require(FieldJob.ID(String(path.split(separator: "/").last!)))
            let job = try #require(try await norte.database.fieldJob(id))
            #expect(job.state == .inProgress && job.checklist.count == 5)
            let unchecked: KeyValuePairs = ["report": "Listo"]
            #expect(
                try await caro.upload("\(path)/report", "photo", [], with: unchecked).status == .unprocessableContent)
            let all: KeyValuePairs = [
                "checked": "Antena u ONU fijada y orientada", "checked": "Cableado ordenado y protegido",
                "checked": "Señal dentro de lo normal", "checked": "Velocidad del plan comprobada",
                "checked": "Se explicó al cliente cómo pagar y reportar", "report": "Quedó a −52 dBm",
                "serials": "ABC123",
            ]
            #expect(try await caro.upload("\(path)/report", "photo", [], with: all).status == .seeOther)
            #expect(try await caro.upload("\(path)/report", "photo", [], with: all).status == .conflict)
            #expect(try await norte.database.fieldJob(id)?.serials == "ABC123")
            #expect(try await norte.database.service(service, on: norte.today)?.state == .active)
            #expect(try await ana.download("/panel/agenda.csv?phase=over").text.contains("Beto"))
            // Neither the neighbour's nor for those who may not.
            let eva = try await sur.crew("Eva", [.fieldRead, .fieldWork, .fieldPlan])
            #expect(try await eva.see(path).status == .notFound)
            #expect(try await eva.send("\(path)/cancel", "reason=x").status == .notFound)
            #expect(try await ana.send("\(path)/start").status == .forbidden)
        }
    }

    @Test func `a visit for a ticket resolves it with what was done; one called off does not`() async throws {
        try await Self.withCrews { norte, _ in
            let (beto, _) = try await norte.sold(to: "Beto")
            var new = NewTicket()
            (new.title, new.customer) = ("Antena torcida", beto)
            let ticket = try await TicketActs(randomness: norte.site.randomness).open(
                new, as: norte.newID(), from: .panel, of: norte.tenant, by: norte.commandLine, in: norte.database)
            var job = NewFieldJob()
            (job.customer, job.ticket, job.day, job.begins) = (beto, ticket.id, norte.today, "16:00")
            let acts = FieldActs(randomness: norte.site.randomness)
            func plan() async throws -> FieldJob {
                try await acts.plan(
                    job, as: norte.newID(), of: norte.tenant, by: norte.commandLine, in: norte.database)
            }
            let called = try await plan()
            _ = try await acts.cancel(called.id, because: "Llueve", by: norte.commandLine, in: norte.database)
            #expect(try await norte.database.ticket(ticket.id)?.state == .new)
            let visit = try await plan()
            _ = try await acts.start(visit.id, of: norte.tenant, by: norte.commandLine, in: norte.database)
            #expect(try await norte.database.ticket(ticket.id)?.state == .inProgress)
            let report = FieldReport(checked: Set(visit.checklist), "Se enderezó la antena")
            _ = try await acts.finish(visit.id, report, of: norte.tenant, by: norte.commandLine, in: norte.database)
            #expect(try await norte.database.ticket(ticket.id)?.state == .resolved)
            #expect(try await norte.database.entries(of: ticket.id).last?.body == "Se enderezó la antena")
            // Its own list of things to check, from then on.
            var lists = FieldChecklists()
            lists.visit = "Foto de la fachada\n\nFirma"
            try await lists.put(by: norte.commandLine, in: norte.database)
            job.ticket = nil
            #expect(try await plan().checklist == ["Foto de la fachada", "Firma"])
            job.day = norte.today + 400
            await #expect(throws: FieldRefusal.dayFarOff) { try await plan() }
        }
    }

    static func addRoutes(to routes: inout API.Routes, from randomness: Randomness) {
        FieldAPI(acts: FieldActs(randomness: randomness), randomness: randomness).add(to: &routes)
    }

    @Test func `programs plan, move, finish and call off work`() async throws {
        try await Self.withCrews { norte, sur in
            let (beto, _) = try await norte.sold(to: "Beto")
            let one = try await ShellSupport.Program(
                norte, [.fieldRead, .fieldPlan, .fieldWork], at: Self.addRoutes)
            let made = try await one.create("/api/v1/field-jobs", #"{"customer":"\#(beto)","kind":"recovery"}"#)
            #expect(made.status == .created)
            let path = try #require(made.headers["Location"])
            let tag = try await one.ask(path).headers["ETag"]
            let day = norte.today.iso
            #expect(try await one.change(path, #"{"day":"\#(day)","begins":"08:00"}"#, tag: tag).status == .ok)
            #expect(try await one.ask("/api/v1/field-jobs?state=scheduled").text.contains(day))
            let report = #"{"checked":["Equipo retirado"],"report":"Retirado"}"#
            #expect(try await one.create("\(path)/reports", report).status == .unprocessableContent)
            #expect(try await one.create("\(path)/cancellations", #"{"reason":"No estaba"}"#).status == .created)
            let other = try await ShellSupport.Program(sur, [.fieldRead], at: Self.addRoutes)
            #expect(try await other.ask(path).status == .notFound)
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(FieldWords.problems == [] && FieldAPIWords.problems == [] && FieldRefusal.problems == [])
        #expect(FieldJob.fields.flatMap(\.problems) == [])
    }
}

extension TestTenant {
    var today: Day { tenant.timeZone.day(at: now) }
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    /// A customer whose service waits for its installation.
    func sold(to name: String) async throws -> (Customer.ID, Service.ID) {
        var plan = Plan(id: newID(), in: tenant.currency)
        (plan.name, plan.price) = ("Básico \(site.randomness.next())", Money(minor: 30_000, tenant.currency))
        (plan.download, plan.upload) = (Speed(kilobits: 8000), Speed(kilobits: 3000))
        let sold = try await plan.add(by: commandLine, in: database).id
        let person = Customer(id: newID(), name: name, state: .prospect, since: today)
        _ = try await Customer.add([person], distinct: true, to: tenant, by: commandLine, in: database)
        guard let added = try await database.customer(person.id) else { throw AccessRefusal.notFound }
        var service = Service.blank(of: added, for: tenant, at: now, from: site.randomness)
        service.plan = sold
        return (person.id, try await service.add(of: tenant, by: commandLine, in: database).id)
    }

    /// Rows of a table that this company sees.
    func count(_ table: SQL, _ which: SQL = .nothing) async throws -> Int {
        try await database.value("SELECT count(*) FROM \(table) WHERE tenant_id = \(database.tenant) \(which)") ?? 0
    }

    func crew(_ name: String, _ permissions: [Permission]) async throws -> Person {
        let vault = site.vault
        return try await Person(self, permissions, as: name) { routes, randomness in
            FieldRoutes(
                acts: FieldActs(randomness: randomness), files: .tests, vault: vault, sandbox: .tests,
                randomness: randomness
            ).add(to: &routes)
        }
    }
}
