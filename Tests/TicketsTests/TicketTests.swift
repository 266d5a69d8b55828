import API
import Access
import Bot
import Collection
import Conversations
import Crypto
import Declarations
import Events
import HTTP
import Identifiers
import Identity
import Incidents
import Letters
import Locale
import Notices
import Nouns
import Panel
import Portal
import Postgres
import Services
import ShellSupport
import Subscribers
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Customers
@testable import Plans
@testable import Tickets
@testable import Zones

/// Tickets: from each door, by the office's clock, told once.
@Suite struct TicketTests {
    static func withDesks(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
        try await withTenants(
            declaring: .customers, .zones, .services, .collection, .conversations, .notices, .incidents, .portal,
            .tickets, body: body)
    }

    /// Wednesday 18 November 2026 in Lima.
    private static let hours = OfficeHours(
        opens: TimeOfDay(hour: 8, minute: 0)!, closes: TimeOfDay(hour: 18, minute: 0)!, onSaturday: true,
        onSunday: false)!

    @Test(arguments: [
        // Day and time of the beginning, working hours, day and time of the end.
        ("2026-11-18", 8, 0, 4, "2026-11-18", 12, 0), ("2026-11-18", 6, 0, 4, "2026-11-18", 12, 0),
        ("2026-11-18", 17, 30, 4, "2026-11-19", 11, 30), ("2026-11-21", 17, 0, 2, "2026-11-23", 9, 0),
        ("2026-11-22", 12, 0, 10, "2026-11-23", 18, 0), ("2026-11-18", 8, 0, 48, "2026-11-23", 16, 0),
        ("2026-11-18", 19, 0, 1, "2026-11-19", 9, 0),
    ])
    func `working time is counted in office hours only, and back again`(
        from: String, hour: Int, minute: Int, span: Int, to: String, thenHour: Int, thenMinute: Int
    ) throws {
        let zone = try TimeZone.named("America/Lima")
        let start = zone.instant(of: Day(iso: from)!, at: TimeOfDay(hour: hour, minute: minute)!)
        let end = zone.instant(of: Day(iso: to)!, at: TimeOfDay(hour: thenHour, minute: thenMinute)!)
        #expect(Self.hours.moment(span * 3600, after: start, in: zone) == end)
        #expect(Self.hours.seconds(from: start, to: end, in: zone) == span * 3600)
        #expect(Self.hours.seconds(from: end, to: start, in: zone) == 0)
    }

    @Test func `its clock stops while the customer is waited for, and who is late is told once`() async throws {
        try await Self.withDesks { norte, sur in
            var policy = TicketPolicy()
            policy.alerted = "mesa@example.com"
            try await policy.put(by: norte.commandLine, in: norte.database)
            let beto = try await norte.makeCustomer("Beto")
            var new = NewTicket()
            (new.title, new.customer, new.priority, new.isHolding) = ("Sin internet", beto, .high, true)
            let id = try await norte.open(new).id
            #expect(try await norte.database.holds(of: beto).map(\.source) == ["ticket"])
            // Eight office hours from eight in the morning on.
            let due = norte.tenant.timeZone.instant(of: norte.today, at: TimeOfDay(hour: 16, minute: 0)!)
            #expect(try await norte.ticket(id).dueAt == due)
            try norte.set(clockTo: due - .seconds(3 * 3600))
            _ = try await norte.move(id, to: .waiting)
            let waiting = try await norte.ticket(id)
            #expect(waiting.dueAt == nil && waiting.secondsLeft == 3 * 3600)
            try norte.set(clockTo: due + .seconds(3600))
            try await norte.look(at: id)
            #expect(try await norte.ticket(id).sla == .onTime)
            // At five in the afternoon the customer answers: one hour today, two tomorrow.
            let customer = Principal(
                Actor(.subscriber, id: beto.uuid, name: "Beto"), permissions: [], of: norte.site.catalogue,
                at: norte.now)
            _ = try await norte.acts.write(
                NewEntry("Sigue igual"), on: id, of: norte.tenant, by: customer, in: norte.database)
            let tomorrow = norte.tenant.timeZone.instant(of: norte.today + 1, at: TimeOfDay(hour: 10, minute: 0)!)
            let going = try await norte.ticket(id)
            #expect(going.state == .inProgress && going.dueAt == tomorrow)
            try norte.set(clockTo: tomorrow - .seconds(3600))
            for _ in 0..<2 { try await norte.look(at: id) }
            #expect(try await norte.ticket(id).sla == .dueSoon)
            try norte.set(clockTo: tomorrow)
            for _ in 0..<3 { try await norte.look(at: id) }
            #expect(try await norte.ticket(id).sla == .overdue)
            let told = try await norte.events("ticket.")
            #expect(told.filter { $0 == "ticket.due_soon" }.count == 1)
            #expect(told.filter { $0 == "ticket.overdue" }.count == 1)
            #expect(try await norte.count("letters", "AND kind = 'ticket_alert'") == 2)
            // Resolved: collection goes on, the customer is told once however often, and rates once.
            for state in [Ticket.State.resolved, .inProgress, .resolved] { _ = try await norte.move(id, to: state) }
            #expect(try await norte.count("collection_holds", "AND source = 'ticket' AND ended_at IS NULL") == 0)
            #expect(try await norte.count("notices", "AND kind = 'ticket_resolved'") == 1)
            _ = try await norte.acts.rate(id, 4, note: "Rápido", by: customer, in: norte.database)
            await #expect(throws: TicketRefusal.ratedAlready) {
                try await norte.acts.rate(id, 1, note: "", by: customer, in: norte.database)
            }
            #expect(try await norte.ticket(id).rating == 4)
            // Three days later it is closed, and takes no answers any more.
            norte.site.clock.advance(by: .seconds(3 * 86_400))
            try await norte.look(at: id)
            #expect(try await norte.ticket(id).state == .closed)
            await #expect(throws: TicketRefusal.overAlready) {
                try await norte.acts.write(
                    NewEntry("¿Hola?"), on: id, of: norte.tenant, by: customer, in: norte.database)
            }
            #expect(try await sur.database.ticket(id) == nil)
        }
    }

    @Test func `collection waits for the service in dispute, whatever becomes of the ticket`() async throws {
        try await Self.withDesks { norte, _ in
            let beto = try await norte.makeCustomer("Beto")
            let (home, shop) = (try await norte.sell(to: beto), try await norte.sell(to: beto))
            func waiting() async throws -> [Service.ID?] {
                try await norte.database.holds(of: beto).filter { $0.endedAt == nil }.map(\.service)
            }
            var new = NewTicket()
            (new.title, new.customer, new.service, new.isHolding) = ("Cobro doble", beto, home, true)
            let ticket = try await norte.open(new)
            #expect(try await waiting() == [home])
            // It was the other service's.
            var terms = ticket.terms
            terms.service = shop
            _ = try await norte.acts.change(
                ticket.id, to: terms, of: norte.tenant, by: norte.commandLine, in: norte.database)
            #expect(try await waiting() == [shop])
            // What was not solved after all waits again.
            _ = try await norte.move(ticket.id, to: .resolved)
            #expect(try await waiting().isEmpty)
            let customer = Principal(
                Actor(.subscriber, id: beto.uuid, name: "Beto"), permissions: [], of: norte.site.catalogue,
                at: norte.now)
            _ = try await norte.acts.write(
                NewEntry("Sigue mal"), on: ticket.id, of: norte.tenant, by: customer, in: norte.database)
            #expect(try await waiting() == [shop])
            // Its matter goes on in the other, of the other service.
            (new.title, new.service, new.isHolding) = ("Cobro doble otra vez", home, false)
            let other = try await norte.open(new)
            _ = try await norte.acts.merge(
                ticket.id, into: other.number, of: norte.tenant, by: norte.commandLine, in: norte.database)
            #expect(try await waiting() == [nil])
            #expect(try await norte.ticket(other.id).isHolding)
            _ = try await norte.move(other.id, to: .resolved)
            #expect(try await waiting().isEmpty)
        }
    }

    @Test func `a new one goes to whoever has the fewest in its zone, and people reach their zones' only`() async throws
    {
        try await Self.withDesks { norte, _ in
            let (near, far) = (Zone(id: norte.newID(), name: "Centro"), Zone(id: norte.newID(), name: "Cerro"))
            for zone in [near, far] { try await zone.add(by: norte.commandLine, in: norte.database) }
            var policy = TicketPolicy()
            policy.isAssigned = true
            try await policy.put(by: norte.commandLine, in: norte.database)
            let owner = try await norte.staff([.ticketsRead, .ticketsWork, .ticketsManage], as: "Olga")
            let ana = try await norte.staff([.ticketsRead, .ticketsWork], as: "Ana")
            let caro = try await norte.staff([.ticketsRead, .ticketsWork], as: "Caro")
            try await norte.database.execute(
                """
                UPDATE staff SET zones = \([far.id.uuid])
                WHERE tenant_id = \(norte.database.tenant) AND staff_id = \(caro)
                """)
            let (beto, dora) = (
                try await norte.makeCustomer("Beto", in: near.id), try await norte.makeCustomer("Dora", in: far.id)
            )
            var given: [StaffMember.ID?] = []
            for customer in [dora, dora, beto, dora] {
                var new = NewTicket()
                (new.title, new.customer) = ("Lento", customer)
                given.append(try await norte.open(new).assignee)
            }
            // In the far one both, the one of that zone first; in the near one only who sees to all.
            #expect(given == [caro, ana, ana, caro] && !given.contains(owner))
            let ticket = try #require(try await norte.database.tickets(of: beto).first)
            await #expect(throws: TicketRefusal.unknownStaff) {
                try await norte.acts.assign(ticket.id, to: caro, by: norte.commandLine, in: norte.database)
            }
            // Whoever is limited to the far zone finds no ticket of the near one.
            let session = try await Session.start(
                for: caro, at: Session.Place(device: "", address: ""), now: norte.now, from: norte.site.randomness,
                in: norte.database)
            let hers = norte.desk(cookie: "sid=\(session.secret.text)")
            #expect(try await hers.see("\(Ticket.path)/\(ticket.id)").status == .notFound)
            let list = try await hers.see("\(Ticket.path)?phase=open").text
            #expect(list.contains("Dora") && !list.contains("Beto"))
        }
    }

    @Test func `the bot, a conversation and the portal open tickets, and the portal shows no notes`() async throws {
        try await Self.withDesks { norte, sur in
            let beto = try await norte.makeCustomer("Beto")
            let message = try #require(
                try await norte.database.receive(
                    InboundMessage(
                        .portal, account: nil, from: beto.description, name: "Beto", providerID: "1",
                        body: "No carga nada", sentAt: norte.now), of: norte.tenant, at: norte.now))
            let ana = try await norte.desk("Ana", [.ticketsRead, .ticketsWork, .conversationsRead, .customersRead])
            let form = try await ana.see("/panel/tickets/new?conversation=\(message.conversation)")
            #expect(form.text.contains("No carga nada") && form.text.contains("Beto"))
            let number = try #require(try await norte.database.customer(beto)?.number)
            let sent =
                "form=\(try #require(form.hidden("form")))&conversation=\(message.conversation)&client=\(number)"
                + "&title=No+carga&kind=no_internet&priority=urgent&text="
            let made = try await ana.send("/panel/tickets", sent)
            #expect(made.status == .seeOther)
            #expect(try await ana.send("/panel/tickets", sent).place == made.place)
            let path = try #require(made.place)
            let id = try #require(Ticket.ID(String(path.split(separator: "/").last!)))
            #expect(try await norte.database.tickets(about: message.conversation.uuid).map(\.id) == [id])
            #expect(try await norte.ticket(id).source == .conversation)
            // A note among colleagues and an answer with a paper.
            let fields: KeyValuePairs = ["text": "Es el router <b>viejo</b>", "as": "note"]
            #expect(try await ana.upload("\(path)/entries", "file", [], with: fields).status == .seeOther)
            let paper = Array("%PDF-1.4 guía".utf8)
            #expect(
                try await ana.upload("\(path)/entries", "file", paper, with: ["text": "Vamos hoy", "as": "answer"])
                    .status == .seeOther)
            #expect(
                try await ana.upload("\(path)/entries", "file", Array("MZ".utf8), with: ["text": "", "as": "note"])
                    .status == .unprocessableContent)
            let page = try await ana.see(path).text
            #expect(page.contains("&lt;b&gt;viejo") && page.contains("Vamos hoy") && page.contains("En progreso"))
            #expect(try await norte.count("notices", "AND kind = 'ticket_answer'") == 1)
            // The customer, on the portal.
            let portal = try await norte.portal(of: beto)
            let theirs = try await portal.see("/portal/tickets/\(id)").text
            #expect(theirs.contains("Vamos hoy") && !theirs.contains("viejo"))
            let file = try #require(try await norte.database.files(of: id).first)
            #expect(try await portal.see("/portal/ticket-files/\(file.id)").bytes == paper)
            let dora = try await norte.portal(of: norte.makeCustomer("Dora"))
            #expect(try await dora.see("/portal/tickets/\(id)").status == .notFound)
            #expect(try await dora.see("/portal/ticket-files/\(file.id)").status == .notFound)
            let report: KeyValuePairs = ["title": "Antena torcida", "kind": "equipment", "text": "Por el viento"]
            let reported = try await dora.upload("/portal/tickets", "file", paper, with: report)
            #expect(reported.status == .seeOther)
            #expect(try await dora.see(try #require(reported.place)).text.contains("Antena torcida"))
            #expect(try await dora.upload("/portal/tickets", "file", [], with: ["title": ""]).status.code == 422)
            // Neither is the neighbour's.
            let stranger = try await sur.desk("Eva", [.ticketsRead, .ticketsWork])
            for target in [path, "/panel/ticket-files/\(file.id)"] {
                #expect(try await stranger.see(target).status == .notFound)
            }
            #expect(try await stranger.send("\(path)/state", "state=closed").status == .notFound)
            // One who only reads is offered nothing.
            let reader = try await norte.desk("Luz", [.ticketsRead])
            #expect(try await !reader.see(path).text.contains("/entries"))
            #expect(try await reader.send("\(path)/state", "state=closed").status == .forbidden)
        }
    }

    @Test func `several are resolved at once and back, two become one, and a person takes what is theirs`()
        async throws
    {
        try await Self.withDesks { norte, _ in
            let beto = try await norte.makeCustomer("Beto")
            var ids: [Ticket.ID] = []
            for title in ["Lento", "Muy lento", "Sin luz"] {
                var new = NewTicket()
                (new.title, new.customer) = (title, title == "Sin luz" ? nil : beto)
                ids.append(try await norte.open(new).id)
            }
            let ana = try await norte.desk("Ana", [.ticketsRead, .ticketsWork])
            let chosen = ids[...1].map { "id=\($0)" }.joined(separator: "&")
            let preview = try await ana.send("/panel/tickets/state-change/new", chosen)
            #expect(preview.text.contains("Lento (") || preview.text.contains("Muy lento"))
            let moved = try await ana.send("/panel/tickets/state-change", "\(chosen)&state=resolved")
            #expect(try await norte.ticket(ids[0]).state == .resolved)
            #expect(try await norte.ticket(ids[2]).state == .new)
            let undo = try #require(moved.headers["Location"]?.split(separator: "undo=").last)
            #expect(try await ana.send("/panel/tickets/state-change/undo", "undo=\(undo)").status == .seeOther)
            #expect(try await norte.ticket(ids[1]).state == .new)
            let path = "\(Ticket.path)/\(ids[0])"
            #expect(try await ana.send("\(path)/assignee", "member=me").status == .seeOther)
            #expect(try await norte.ticket(ids[0]).assigneeName == "Ana")
            // An answer says what became of the notice of it.
            _ = try await norte.acts.write(
                NewEntry("Vamos mañana"), on: ids[0], of: norte.tenant, by: norte.commandLine, in: norte.database)
            #expect(try await ana.see(path).text.contains("En espera"))
            try await norte.database.execute(
                """
                UPDATE notices SET state = 'failed', failure = 'not_on_channel', channel = 'whatsapp'
                WHERE tenant_id = \(norte.database.tenant) AND kind = 'ticket_answer'
                """)
            #expect(try await ana.see(path).text.contains("No se pudo avisar"))
            let list = try await ana.see("/panel/tickets").text
            #expect(list.contains("Muy lento") && list.contains("Sin luz"))
            #expect(try await !ana.see("/panel/tickets?phase=open&holder=nobody").text.contains(">Lento<"))
            #expect(try await ana.download("/panel/tickets.csv").text.contains("Muy lento"))
            #expect(try await ana.send("\(path)/merge", "into=99").status == .unprocessableContent)
            #expect(try await ana.send("\(path)/merge", "into=2").status == .seeOther)
            #expect(try await norte.ticket(ids[0]).mergedInto == ids[1])
            #expect(try await norte.database.entries(of: ids[1]).first?.body.contains("Lento") == true)
            #expect(try await ana.send("\(path)/state", "state=new").status == .conflict)
        }
    }

    @Test func `programs open, answer, assign and resolve tickets`() async throws {
        try await Self.withDesks { norte, sur in
            let beto = try await norte.makeCustomer("Beto")
            let program = try await Program(norte, [.ticketsRead, .ticketsWork]) { routes, randomness in
                TicketAPI(acts: TicketActs(randomness: randomness), randomness: randomness).add(to: &routes)
            }
            let made = try await program.create(
                "/api/v1/tickets", #"{"customer":"\#(beto)","title":"Lento","kind":"slow","priority":"low"}"#)
            #expect(made.status == .created)
            let path = try #require(made.headers["Location"])
            #expect(try await program.create("\(path)/entries", #"{"text":"Lo vemos"}"#).status == .created)
            #expect(try await program.create("\(path)/states", #"{"state":"resolved"}"#).status == .created)
            let read = try await program.ask(path).text
            #expect(read.contains(#""state":"resolved""#) && read.contains(#""source":"program""#))
            #expect(try await program.ask("\(path)/entries").text.contains("Lo vemos"))
            let tag = try await program.ask(path).headers["ETag"]
            #expect(try await program.change(path, #"{"priority":"urgent"}"#, tag: tag).status == .ok)
            #expect(try await program.ask("/api/v1/tickets?state=resolved").text.contains("Lento"))
            let other = try await Program(sur, [.ticketsRead]) { routes, randomness in
                TicketAPI(acts: TicketActs(randomness: randomness), randomness: randomness).add(to: &routes)
            }
            #expect(try await other.ask(path).status == .notFound)
            #expect(
                try await program.create("/api/v1/tickets", #"{"customer":"\#(path.suffix(36))","title":"x"}"#).status
                    == .unprocessableContent)
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(TicketWords.problems == [] && TicketAPIWords.problems == [] && TicketRefusal.problems == [])
        #expect(Ticket.fields.flatMap(\.problems) == [])
    }
}

extension TestTenant {
    var today: Day { tenant.timeZone.day(at: now) }
    var acts: TicketActs { TicketActs(randomness: site.randomness) }
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    func makeCustomer(_ name: String, in zone: Zone.ID? = nil) async throws -> Customer.ID {
        var customer = Customer(id: newID(), name: name, state: .active, since: today)
        customer.zone = zone
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        return customer.id
    }

    func open(_ new: NewTicket) async throws -> Ticket {
        try await acts.open(new, as: newID(), from: .panel, of: tenant, by: commandLine, in: database)
    }

    func sell(to customer: Customer.ID) async throws -> Service.ID {
        var plan = Plan(id: newID(), in: tenant.currency)
        (plan.name, plan.price) = ("Básico \(site.randomness.next())", Money(minor: 30_000, tenant.currency))
        (plan.download, plan.upload) = (Speed(kilobits: 8000), Speed(kilobits: 3000))
        let person = try #require(try await database.customer(customer))
        var service = Service.blank(of: person, for: tenant, at: now, from: site.randomness)
        service.plan = try await plan.add(by: commandLine, in: database).id
        return try await service.add(of: tenant, by: commandLine, in: database).id
    }

    func ticket(_ id: Ticket.ID) async throws -> Ticket { try #require(try await database.ticket(id)) }

    func move(_ id: Ticket.ID, to state: Ticket.State) async throws -> Ticket {
        try await acts.move(id, to: state, of: tenant, by: commandLine, in: database)
    }

    func set(clockTo moment: Instant) throws {
        try #require(moment >= now)
        site.clock.advance(by: moment - now)
    }

    func look(at id: Ticket.ID) async throws {
        let watch = TicketWatch(
            site.catalogue, letterhead: { Letterhead(language: .es, origin: "https://\($0.slug).test") },
            randomness: site.randomness)
        try await watch.look(at: id, of: tenant, at: now, in: database)
    }

    /// Rows of a table that this company sees.
    func count(_ table: SQL, _ which: SQL = .nothing) async throws -> Int {
        try await database.value("SELECT count(*) FROM \(table) WHERE tenant_id = \(database.tenant) \(which)") ?? 0
    }

    /// The kinds that begin so, of what was recorded.
    func events(_ prefix: String) async throws -> [String] {
        try await database.sealEvents()
        return try site.test.superuser().column(
            "SELECT content::jsonb->>'kind' FROM events WHERE tenant_id = '\(tenant.id)'"
        ).filter { $0.hasPrefix(prefix) }
    }

    /// Somebody at the desk.
    func desk(_ name: String, _ permissions: [Permission]) async throws -> Person {
        desk(cookie: try await signIn(permissions, as: name))
    }

    func desk(cookie: String) -> Person {
        let vault = site.vault
        return Person(self, cookie: cookie) { routes, randomness in
            let acts = TicketActs(randomness: randomness)
            TicketRoutes(acts: acts, files: .tests, vault: vault, sandbox: .tests, randomness: randomness)
                .add(to: &routes)
            TicketStateChange(acts: acts).add(to: &routes)
        }
    }

    func portal(of customer: Customer.ID) async throws -> PortalVisitor {
        let link = try await PortalLink.make(for: customer, by: commandLine, from: site.randomness, in: database)
        let (session, _) = try await PortalEntry.enter(
            with: link.secret.text, at: Session.Place(device: "x", address: "x"), now: now,
            randomness: site.randomness, in: database)
        var routes = Portal.Routes()
        PortalTicketRoutes(acts: acts, vault: site.vault, sandbox: .tests, randomness: site.randomness)
            .add(to: &routes)
        return PortalVisitor(
            tenant: self, gate: gate(routes, credential: Portal.credential, refuse: Portal.refuse),
            cookie: "portal=\(session.secret.text)")
    }
}

/// A customer, signed in to the portal.
struct PortalVisitor: Sendable {
    let tenant: TestTenant
    let gate: RequestGate
    let cookie: String

    func see(_ path: String) async throws -> Answer { try await tenant.ask(gate, path, headers: ["Cookie": cookie]) }

    func upload(
        _ path: String, _ field: String, _ bytes: [UInt8], with fields: KeyValuePairs<String, String>
    ) async throws -> Answer {
        let others = fields.map { "--b\r\nContent-Disposition: form-data; name=\"\($0)\"\r\n\r\n\($1)\r\n" }.joined()
        let head = "\(others)--b\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"x.pdf\"\r\n\r\n"
        return try await tenant.ask(
            gate, path, method: "POST",
            headers: [
                "Cookie": cookie, "Sec-Fetch-Site": "same-origin",
                "Content-Type": "multipart/form-data; boundary=b",
            ], body: Array(head.utf8) + bytes + Array("\r\n--b--\r\n".utf8))
    }
}
