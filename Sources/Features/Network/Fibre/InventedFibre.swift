import Access
import Addresses
import FibreProtocol
import Identifiers
import Postgres
import Services
import Tenancy
import Time

/// The demonstration company's OLTs: labs that run beside the program, with an ONU for each service.
package enum InventedFibre {
    package struct Lab: Sendable {
        package let vendor: OLTVendor
        package let address: IPAddress
        package let port: UInt16
        package let password: String
        /// Its PON ports, as its vendor counts them.
        package let ports: String
        /// The ONUs registered on it, with their ports.
        package let units: [(serial: String, port: String)]

        package init(
            _ vendor: OLTVendor, at address: IPAddress, port: UInt16, password: String, ports: String,
            units: [(serial: String, port: String)]
        ) {
            (self.vendor, self.address, self.port, self.password) = (vendor, address, port, password)
            (self.ports, self.units) = (ports, units)
        }
    }

    private static let places = ["Central", "Los Nevados", "Río Santa", "Independencia"]
    /// Ordered in one transaction.
    private static let batch = 50

    /// Adds the OLTs where there are none; returns the number of services with an ONU.
    package static func fill(
        at labs: [Lab], of tenant: Tenant, by principal: Principal, with acts: FibreActs, in database: TenantDatabase
    ) async throws -> Int {
        guard !labs.isEmpty, try await database.olts().isEmpty else { return 0 }
        let services: [ServiceToLight] = try await database.rows(
            """
            SELECT service_id FROM services WHERE tenant_id = \(database.tenant) AND state <> 'cancelled' ORDER BY number
            """)
        let today = tenant.timeZone.day(at: principal.now)
        var orders: [ONUOrder] = []
        for (index, lab) in labs.enumerated() {
            var olt = acts.blank(at: principal.now)
            olt.name = "\(places[index % places.count]) · \(lab.vendor.name)"
            (olt.vendor, olt.address, olt.port) = (lab.vendor, "\(lab.address)", Int(lab.port))
            (olt.login, olt.password, olt.ports, olt.mode) = ("mastil", lab.password, lab.ports, .active)
            let added = try await acts.add(olt, to: tenant, by: principal, in: database)
            let template = try await acts.add(
                template(of: lab.vendor, acts.blankTemplate(at: principal.now)), by: principal, in: database)
            for unit in lab.units {
                var order = ONUOrder()
                (order.serial, order.port, order.olt, order.template) = (unit.serial, unit.port, added.id, template.id)
                orders.append(order)
            }
        }
        var waiting = Array(zip(services, orders))[...]
        while !waiting.isEmpty {
            let part = Array(waiting.prefix(batch))
            waiting = waiting.dropFirst(part.count)
            try await database.transaction { database in
                for (service, order) in part {
                    var order = order
                    order.service = service.id
                    _ = try await acts.order(order, on: today, by: principal, in: database)
                }
            }
        }
        return min(services.count, orders.count)
    }

    private static func template(of vendor: OLTVendor, _ blank: ONUTemplate) -> ONUTemplate {
        var template = blank
        (template.name, template.vendor) = ("Fibra 100 · \(vendor.name)", vendor)
        switch vendor {
        case .huawei: (template.lineProfile, template.serviceProfile) = ("10", "10")
        case .zte: (template.unitType, template.uploadProfile, template.downloadProfile) = ("F660", "100M", "100M")
        case .vsol: (template.lineProfile, template.serviceProfile) = ("line-100", "srv-100")
        case .fiberhome: template.unitType = "AN5506-04-F"
        }
        return template
    }
}

private struct ServiceToLight: RowReadable {
    let id: Service.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("service_id") }
}
