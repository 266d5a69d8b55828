import Access
import Declarations
import Events
import FibreProtocol
import HTTP
import Jobs
import Locale
import Loop
import Nouns
import OLTLab
import Panel
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import Testing

@testable import Fibre
@testable import Services

/// OLTs, templates and ONUs, in the panel and as the jobs make them true.
@Suite struct FibreTests {
    @Test
    func `a technician authorizes a found ONU, and its customer is cut, reconnected, moved and taken off on the OLT`()
        async throws
    {
        try await FibreBench.with { bench, sur in
            let norte = bench.tenant
            let ana = try await Person(norte, norte.everything) { routes, _ in
                OLTRoutes(bench.acts).add(to: &routes)
                ONURoutes(bench.acts).add(to: &routes)
            }
            let service = try await norte.sell(bench.plan, to: "Peña % error", isInstalled: false)
            #expect(try await ana.send("/panel/onus/asking").status == .seeOther)
            try await eventually { try await ana.see("/panel/onus/asking").text.contains(FibreBench.asking) }
            let form = try await ana.see("/panel/onus/new?serial=\(FibreBench.asking)&service=\(service)")
            #expect(form.text.contains("Peña % error"))
            let sent = try await ana.send(
                "/panel/onus",
                """
                form=\(form.hidden("form") ?? "")&serial=\(FibreBench.asking)&service=\(service)\
                &template=\(bench.template.id)&olt=&port=
                """)
            let place = try #require(sent.place)
            // Before it is installed, so that the technician can test it.
            try await bench.becomes(.online, service)
            let made = try #require(await bench.lab.inspect { $0.unit(FibreBench.asking) })
            #expect(made.vlan == 100 && made.description.hasSuffix("Pena__error"))
            let page = try await ana.see(place).text
            #expect(page.contains("En línea") && page.contains("−20.5 dBm") && page.contains("Peña % error"))
            #expect(await bench.lab.inspect { $0.isSaved })
            #expect(page.contains("\(place)/restart"))
            #expect(try await ana.send("\(place)/restart").status == .seeOther)
            try await eventually { await bench.lab.inspect { $0.journal.contains { $0.hasPrefix("ont reset") } } }

            _ = try await Activation(day: norte.today).happen(
                to: service, of: norte.tenant, by: norte.commandLine, in: norte.database)
            _ = try await Cut(reason: .unpaid).happen(
                to: service, of: norte.tenant, by: norte.commandLine, in: norte.database)
            try await bench.becomes(.suspended, service)
            #expect(await bench.lab.inspect { $0.unit(FibreBench.asking)?.isEnabled } == false)
            _ = try await Reconnection().happen(
                to: service, of: norte.tenant, by: norte.commandLine, in: norte.database)
            try await bench.becomes(.online, service)
            #expect(await bench.lab.inspect { $0.unit(FibreBench.asking)?.isEnabled } == true)

            await bench.lab.inspect { $0.plug(FibreBench.asking, at: "0/1/2") }
            _ = try await bench.order(of: service, port: "0/1/2")
            try await eventually { await bench.lab.inspect { $0.unit(FibreBench.asking)?.port } == "0/1/2" }
            try await bench.becomes(.online, service)
            let id = try #require(try await bench.unit(service)).id
            #expect(try await !norte.database.oltCommands(of: id, at: bench.olt.id, limit: 5).isEmpty)

            let stranger = try await Person(sur, sur.everything) { routes, _ in
                ONURoutes(bench.acts).add(to: &routes)
            }
            #expect(try await stranger.see(place).status == .notFound)
            #expect(try await !stranger.see("/panel/onus").text.contains(FibreBench.asking))

            #expect(try await ana.send("\(place)/release").status == .seeOther)
            try await eventually { await bench.lab.inspect { $0.unit(FibreBench.asking) } == nil }
            #expect(await bench.lab.inspect { $0.units.count } == 3)
            // One session at a time, whoever asked.
            #expect(await bench.lab.mostSessions() == 1)
            let kinds = Set(try await norte.database.events(limit: 100).map(\.kind))
            #expect(kinds.isSuperset(of: ["olt.created", "onu.ordered", "onu.verified", "onu.released"]))
        }
    }

    @Test func `what the OLT refuses is taken back and shown, and tried again when somebody says so`() async throws {
        try await FibreBench.with { bench, _ in
            let norte = bench.tenant
            let service = try await norte.sell(bench.plan)
            try await bench.found()
            await bench.lab.set([
                LabFault(.refuse("Failure: The VLAN does not exist"), at: "service-port vlan", times: 1)
            ])
            let unit = try await bench.order(of: service)
            try await bench.becomes(.refused, service)
            #expect(await bench.lab.inspect { $0.unit(FibreBench.asking) } == nil)
            #expect(try await bench.unit(service)?.trouble == "Failure: The VLAN does not exist")
            let log = try await norte.database.oltCommands(of: unit.id, at: bench.olt.id, limit: 10)
            #expect(log.contains(where: \.isUndo) && log.contains(where: \.isRefused))
            _ = try await bench.acts.retry(unit.id, by: norte.commandLine, in: norte.database)
            try await bench.becomes(.online, service)

            // The session breaks off in the middle of the change: read again, it ends right.
            await bench.lab.set([LabFault(.cutAfter, at: "ont deactivate", times: 1)])
            _ = try await Cut(reason: .unpaid).happen(
                to: service, of: norte.tenant, by: norte.commandLine, in: norte.database)
            try await bench.becomes(.suspended, service)

            // An ONU of nobody is listed and left alone; taking it for a customer makes it theirs.
            let list = try await norte.database.onus(after: 0, limit: 10)
            #expect(list.filter { $0.standing == .unbound }.count == 3)
            let other = try await norte.sell(bench.plan, to: "Carla")
            let first = OLTLab.serial(1)
            _ = try await bench.order(first, of: other, port: "0/1/0")
            try await bench.becomes(.online, other)
            #expect(try await norte.database.onus(after: 0, limit: 10).filter { $0.standing == .unbound }.count == 2)
            // Another template is applied, and only where it is another.
            var faster = bench.acts.blankTemplate(at: norte.now)
            (faster.name, faster.lineProfile, faster.serviceProfile) = ("200 megas", "20", "20")
            faster.vlan = 200
            let added = try await bench.acts.add(faster, by: norte.commandLine, in: norte.database)
            _ = try await bench.order(first, of: other, port: "0/1/0", template: added.id)
            try await eventually { await bench.lab.inspect { $0.unit(first)?.vlan } == 200 }
            try await bench.becomes(.online, other)
            #expect(await bench.lab.inspect { $0.journal.filter { $0.hasPrefix("ont add") }.count } == 3)
            let third = try await norte.sell(bench.plan, to: "Dora")
            await #expect(throws: FibreRefusal.serialTaken) {
                _ = try await bench.order(first, of: third, port: "0/1/0")
            }
        }
    }

    @Test func `a refusal is about its decision, and an OLT that only says yes is left for a person`() async throws {
        try await FibreBench.with(units: 8) { bench, _ in
            let norte = bench.tenant
            let database = norte.database
            func cut(_ service: Service.ID) async throws {
                _ = try await Cut(reason: .unpaid).happen(
                    to: service, of: norte.tenant, by: norte.commandLine, in: database)
            }
            func sent(_ text: String) async throws -> Int {
                try await database.oltCommands(at: bench.olt.id, limit: 100).filter { $0.content.hasPrefix(text) }.count
            }
            func look() async throws {
                let before = try await database.oltHealth(bench.olt.id)?.comparedAt
                _ = try await bench.acts.look(at: bench.olt.id, by: norte.commandLine, in: database)
                try await eventually { try await database.oltHealth(bench.olt.id)?.comparedAt != before }
            }
            let service = try await norte.sell(bench.plan)
            let unit = try await bench.order(OLTLab.serial(1), of: service, port: "0/1/0")
            try await bench.becomes(.online, service)
            await bench.lab.set([LabFault(.refuse("Failure: The operation is not allowed"), at: "ont deactivate")])
            try await cut(service)
            try await bench.becomes(.refused, service)
            _ = try await Reconnection().happen(to: service, of: norte.tenant, by: norte.commandLine, in: database)
            try await bench.becomes(.online, service)

            let (cuts, saves) = (try await sent("ont deactivate"), try await sent("save"))
            await bench.lab.set([LabFault(.refuse(""), at: "ont deactivate")])
            try await cut(service)
            try await eventually { try await bench.unit(service)?.trouble.contains("shows otherwise") == true }
            try await look()
            #expect(try await sent("ont deactivate") == cuts + 1)
            try await database.execute(
                """
                UPDATE onus SET tries = 4, rests_until = NULL
                WHERE tenant_id = \(database.tenant) AND onu_id = \(unit.id)
                """
            )
            try await look()
            #expect(try await bench.unit(service)?.standing == .refused)
            #expect(try await sent("ont deactivate") == cuts + 2)
            #expect(try await sent("save") == saves)
        }
    }

    @Test func `an OLT that suddenly shows nothing is not believed at once, nor a rest that a wrong clock noted`()
        async throws
    {
        try await FibreBench.with(units: 8) { bench, _ in
            let norte = bench.tenant
            let database = norte.database
            func known() async throws -> Int {
                try await database.portSummary(of: bench.olt.id).map(\.units).reduce(0, +)
            }
            let service = try await norte.sell(bench.plan)
            let unit = try await bench.order(OLTLab.serial(1), of: service, port: "0/1/0")
            try await bench.becomes(.online, service)
            try await eventually { try await known() == 8 }
            let none = LabFault(.refuse("Failure: There is no ONT available"), at: "ont info summary")
            await bench.lab.set([none])
            try await bench.acts.release(unit.id, by: norte.commandLine, in: database)
            try await eventually {
                try await database.oltHealth(bench.olt.id)?.trouble.contains("none of the ONUs") == true
            }
            #expect(try await known() == 7)
            #expect(try await database.departingONUs(from: bench.olt.id).map(\.text) == [OLTLab.serial(1)])
            await bench.lab.set([])
            // As if the clock had been put back by an hour since.
            try await database.execute(
                "UPDATE olts SET rests_until = now() + interval '1 hour' WHERE tenant_id = \(database.tenant)")
            try await database.queue(AlignOLT(bench.olt.id, isWhole: true), at: norte.now)
            try await eventually { await bench.lab.inspect { $0.unit(OLTLab.serial(1)) } == nil }
            try await eventually { try await database.oltHealth(bench.olt.id)?.emptiedAt == nil }
            #expect(try await database.departingONUs(from: bench.olt.id).isEmpty)

            await bench.lab.set([none])
            try await database.execute(
                "UPDATE olts SET emptied_at = now() - interval '2 minutes' WHERE tenant_id = \(database.tenant)")
            _ = try await bench.acts.look(at: bench.olt.id, by: norte.commandLine, in: database)
            try await eventually { try await known() == 0 }
        }
    }

    @Test func `an enable password is not kept for another device`() async throws {
        try await FibreBench.with { bench, _ in
            let database = bench.tenant.database
            var changed = bench.olt
            changed.enablePassword = "llave"
            let kept = try await bench.acts.change(
                bench.olt, to: changed, by: bench.tenant.commandLine, in: database)
            #expect(try await database.oltSecrets(kept.id)?.enable != nil)
            try await database.update(kept, password: nil, enable: nil, isElsewhere: false)
            #expect(try await database.oltSecrets(kept.id)?.enable != nil)
            try await database.update(kept, password: [1], enable: nil, isElsewhere: true)
            #expect(try await database.oltSecrets(kept.id)?.enable == nil)
        }
    }

    @Test func `the form for a found ONU knows its place and vendor, and its page says what is left to do`()
        async throws
    {
        try await FibreBench.with { bench, _ in
            let norte = bench.tenant
            let ana = try await Person(norte, norte.everything) { routes, _ in ONURoutes(bench.acts).add(to: &routes) }
            try await bench.found()
            var other = bench.acts.blankTemplate(at: norte.now)
            (other.name, other.vendor, other.unitType) = ("Solo FiberHome", .fiberhome, "AN5506-04-F")
            _ = try await bench.acts.add(other, by: norte.commandLine, in: norte.database)
            let path = "/panel/onus/new?serial=\(FibreBench.asking)"
            let empty = try await ana.see(path).text
            #expect(empty.contains("Ningún servicio sin ONU") && empty.contains("Crear servicio"))
            #expect(empty.contains("100 megas") && !empty.contains("Solo FiberHome"))
            #expect(empty.contains("value=\"0/1/0\""))
            let service = try await norte.sell(bench.plan, isInstalled: false)
            #expect(try await !ana.see(path).text.contains("Ningún servicio sin ONU"))
            let unit = try await bench.order(of: service)
            let page = try await ana.see(unit.panelPath).text
            #expect(page.contains("Falta:") && page.contains("activar el servicio"))
            // The company has no router to bind it to.
            #expect(!page.contains("ligar a un router"))
            try await bench.becomes(.online, service)
            try await norte.database.execute(
                "UPDATE olts SET vendor = 'fiberhome' WHERE tenant_id = \(norte.database.tenant)")
            try await norte.database.execute(
                "UPDATE onus SET received = NULL WHERE tenant_id = \(norte.database.tenant)")
            #expect(try await ana.see(unit.panelPath).text.contains("Esta OLT no lo informa"))
        }
    }

    @Test func `a whole OLT of five hundred ONUs is read within a minute, with what is dark and weak`() async throws {
        try await FibreBench.with(.zte, units: 476, asking: 0) { bench, _ in
            let norte = bench.tenant
            let service = try await norte.sell(bench.plan)
            _ = try await bench.order(OLTLab.serial(2, of: .zte), of: service, port: "1/1/2")
            try await bench.becomes(.online, service)
            await bench.lab.inspect { $0.darken(port: "1/1/2", because: "los") }
            _ = try await bench.acts.look(at: bench.olt.id, by: norte.commandLine, in: norte.database)
            try await bench.becomes(.noLight, service)
            try await eventually {
                try await norte.database.portSummary(of: bench.olt.id).map(\.dark) == [0, 119, 0, 0]
            }
            let health = try #require(try await norte.database.oltHealth(bench.olt.id))
            #expect(health.state == .up && health.model == "C320" && (health.comparedIn ?? .max) < 60_000)
            let ports = try await norte.database.portSummary(of: bench.olt.id)
            #expect(ports.map(\.units) == [119, 119, 119, 119] && ports.map(\.unbound).reduce(0, +) == 475)
        }
    }

    @Test func `an OLT's configuration is kept sealed, once as long as it stays, with its differences`() async throws {
        try await FibreBench.with { bench, sur in
            let norte = bench.tenant
            let ana = try await Person(norte, norte.everything) { routes, _ in
                OLTRoutes(bench.acts).add(to: &routes)
            }
            func kept() async throws -> [OLTConfiguration] {
                try await norte.database.oltConfigurations(of: bench.olt.id, limit: 10)
            }
            #expect(try await ana.send("\(bench.olt.panelPath)/backup").status == .seeOther)
            try await eventually { try await kept().count == 1 }
            await bench.lab.inspect { plant in
                plant.register("HWTCAAAA0009", at: "0/1/0", number: 90, description: "Nueva")
            }
            #expect(try await ana.send("\(bench.olt.panelPath)/backup").status == .seeOther)
            try await eventually { try await kept().count == 2 }
            let newest = try #require(try await kept().first)
            #expect(newest.added == 1 && newest.removed == 0)
            #expect(try await ana.see(bench.olt.panelPath).text.contains(newest.panelPath))
            let page = try await ana.see(newest.panelPath).text
            #expect(page.contains("+  ont add 0 90") && page.contains("ont add 0 1 sn-auth"))
            let sealed: [UInt8]? = try await norte.database.value(
                "SELECT content FROM olt_configurations WHERE tenant_id = \(norte.database.tenant) LIMIT 1")
            #expect(try !String(decoding: #require(sealed), as: UTF8.self).contains("sn-auth"))
            let stranger = try await Person(sur, sur.everything) { routes, _ in
                OLTRoutes(bench.acts).add(to: &routes)
            }
            #expect(try await stranger.see(newest.panelPath).status == .notFound)
        }
    }

    @Test func `a template says what its vendor needs, and shows its commands before any is sent`() async throws {
        try await FibreBench.with { bench, sur in
            let norte = bench.tenant
            let ana = try await Person(norte, norte.everything) { routes, _ in
                TemplateRoutes(bench.acts).add(to: &routes)
            }
            let form = try await ana.see("/panel/onu-templates/new").hidden("form") ?? ""
            func send(_ fields: String) async throws -> Answer {
                try await ana.send("/panel/onu-templates", "form=\(form)&vlan=200&gem=1&\(fields)")
            }
            let named = "unit_type=&upload_profile=&download_profile="
            let wrong = try await send("name=Otra&vendor=huawei&line_profile=diez&service_profile=20&\(named)")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("son números"))
            let twice = try await send("name=100+megas&vendor=huawei&line_profile=1&service_profile=2&\(named)")
            #expect(twice.status == .conflict)
            let made = try await send("name=200+megas&vendor=huawei&line_profile=10&service_profile=20&\(named)")
            let page = try await ana.see(try #require(made.place)).text
            #expect(page.contains("service-port vlan 200 gpon 0/1/0 ont 1"))
            #expect(await bench.lab.inspect { $0.journal.isEmpty })
            let stranger = try await Person(sur, sur.everything) { routes, _ in
                TemplateRoutes(bench.acts).add(to: &routes)
            }
            #expect(try await !stranger.see("/panel/onu-templates").text.contains("200 megas"))
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(
            FibreWords.problems == [] && FibreAPIWords.problems == [] && FibreRefusal.problems == []
                && OLTHealth.State.problems == [] && ONU.Standing.problems == [])
        #expect(OLT.fields.flatMap(\.problems) == [] && ONUTemplate.fields.flatMap(\.problems) == [])
        #expect(ONUOrder.fields.flatMap(\.problems) == [])
    }
}
