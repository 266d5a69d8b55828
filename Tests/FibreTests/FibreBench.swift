import Access
import Addresses
import Declarations
import FibreProtocol
import Identifiers
import Jobs
import Locale
import Loop
import Nouns
import OLTCommandLine
import OLTLab
import Postgres
import Reconciler
import RouterOSAccess
import Tenancy
import TenantSupport
import TestSupport
import Time

@testable import Customers
@testable import Fibre
@testable import Plans
@testable import Routers
@testable import Services
@testable import Zones

/// A company whose OLT is a lab.
struct FibreBench: Sendable {
    let tenant: TestTenant
    let lab: OLTLab
    let acts: FibreActs
    let olt: OLT
    let template: ONUTemplate
    let plan: Plan.ID

    static func with(
        _ vendor: LabVendor = .huawei, units: Int = 3, asking: Int = 1,
        _ use: (FibreBench, TestTenant) async throws -> Void
    ) async throws {
        try await withTenants(
            declaring: .customers, .zones, .plans, .services, .routers, .fibre, .reconciler
        ) { norte, sur in
            var plan = OLTLab.Plan(vendor)
            (plan.ports, plan.units, plan.asking) = (4, units, asking)
            let lab = await OLTLab.start(plan, on: Loops.tests.all[0])
            let port = try await lab.listen()
            let acts = norte.fibre(at: port)
            var olt = acts.blank(at: norte.now)
            (olt.name, olt.address, olt.port, olt.mode) = ("Central", "127.0.0.1", Int(port), .active)
            (olt.vendor, olt.login, olt.password) = (vendor == .zte ? .zte : .huawei, "mastil", "clave")
            olt.ports = vendor == .zte ? "1/1/1-4" : "0/1/0-3"
            let added = try await acts.add(olt, to: norte.tenant, by: norte.commandLine, in: norte.database)
            var template = acts.blankTemplate(at: norte.now)
            (template.name, template.vendor) = ("100 megas", olt.vendor)
            (template.lineProfile, template.serviceProfile) = ("10", "20")
            if vendor == .zte { (template.unitType, template.uploadProfile) = ("F660", "100M") }
            let made = try await acts.add(template, by: norte.commandLine, in: norte.database)
            let bench = FibreBench(
                tenant: norte, lab: lab, acts: acts, olt: added, template: made,
                plan: try await norte.makePlan("Fibra 100"))
            try await bench.working { try await use(bench, sur) }
            lab.close()
        }
    }

    static let asking = OLTLab.serial(1, asking: true)

    private func working(_ use: () async throws -> Void) async throws {
        var kinds = JobKinds()
        kinds.add(LookAtService.self) { try await $0.run(in: $1) }
        kinds.add(AlignOLT.self) { [acts] in try await $0.run(in: $1, with: acts) }
        kinds.add(KeepConfiguration.self) { [acts] in try await $0.run(in: $1, with: acts) }
        kinds.add(RestartONU.self) { [acts] in try await $0.run(in: $1, with: acts) }
        var configuration = WorkerConfiguration()
        (configuration.poll, configuration.places) = (.milliseconds(100), 4)
        let worker = Worker(
            database: tenant.site.test.database, loops: .tests, kinds: kinds, time: .system,
            randomness: tenant.site.randomness, configuration: configuration)
        let work = Loops.tests.all[0].spawn { await worker.run() }
        func end() async {
            await worker.drain(within: .seconds(5))
            await work.value
        }
        do {
            try await use()
            await end()
        } catch {
            await end()
            throw error
        }
    }

    func order(
        _ serial: String = asking, of service: Service.ID, port: String = "", template: ONUTemplate.ID? = nil
    ) async throws -> ONU {
        var order = ONUOrder()
        (order.serial, order.service, order.template) = (serial, service, template ?? self.template.id)
        if !port.isEmpty { (order.olt, order.port) = (olt.id, port) }
        return try await acts.order(order, on: tenant.today, by: tenant.commandLine, in: tenant.database)
    }

    func becomes(_ standing: ONU.Standing, _ service: Service.ID) async throws {
        try await eventually { try await unit(service)?.standing == standing }
    }

    func unit(_ service: Service.ID) async throws -> ONU? { try await tenant.database.onu(ofService: service) }

    func found() async throws {
        try await acts.find(by: tenant.commandLine, in: tenant.database)
        try await eventually { try await tenant.database.askingONU(Self.asking) != nil }
    }
}

extension TestTenant {
    var today: Day { tenant.timeZone.day(at: now) }

    func fibre(at port: UInt16) -> FibreActs {
        let dialer = RouterDialer(
            RouterOSDriver(), vault: site.vault, on: .tests, labs: [(AddressRange("127.0.0.1/32")!, port)])
        return FibreActs(OLTCommandLineDriver(), dialer, vault: site.vault, randomness: site.randomness)
    }

    func makePlan(_ name: String) async throws -> Plan.ID {
        var plan = Plan(id: newID(), in: tenant.currency)
        (plan.name, plan.price) = (name, Money(minor: 30_000, tenant.currency))
        (plan.download, plan.upload) = (Speed(kilobits: 100_000), Speed(kilobits: 50_000))
        return try await plan.add(by: commandLine, in: database).id
    }

    func sell(_ plan: Plan.ID, to name: String = "Beto", isInstalled: Bool = true) async throws -> Service.ID {
        let customer = Customer(id: newID(), name: name, state: .active, since: Day(iso: "2026-01-01")!)
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        var service = Service.blank(of: customer, for: tenant, at: now, from: site.randomness)
        service.plan = plan
        let sold = try await service.add(of: tenant, by: commandLine, in: database)
        if isInstalled {
            _ = try await Activation(day: today).happen(to: sold.id, of: tenant, by: commandLine, in: database)
        }
        return sold.id
    }

    private func newID<Noun>() -> Identifiers.ID<Noun> {
        .make(milliseconds: now.milliseconds, from: site.randomness)
    }
}

struct NeverCame: Error {}

/// Looks again and again until it is so; throws when it does not become so.
func eventually(within span: Duration = .seconds(30), _ isSo: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + span
    while try await !isSo() {
        guard ContinuousClock.now < end else { throw NeverCame() }
        try await Loops.tests.all[1].sleep(for: .milliseconds(10))
    }
}
