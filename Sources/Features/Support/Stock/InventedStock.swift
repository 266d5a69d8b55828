import Access
import Customers
import Declarations
import Identifiers
import Identity
import Postgres
import Tenancy
import Time

/// Stock of an invented company, to be looked at by whoever tries the program: a warehouse with pieces, one product
/// below its minimum, what a technician carries, and antennas at customers' places.
package enum InventedStock {
    private struct Ware {
        let name: String
        let code: String
        /// What the serial numbers begin with; nil for what has none.
        let maker: String?
        let count: Int
        let minimum: Int
        /// What the technician carries of it.
        let carried: Int
    }

    private static let wares = [
        Ware(name: "Antena 5 GHz", code: "ANT-5", maker: "AC5", count: 14, minimum: 5, carried: 2),
        Ware(name: "ONU GPON", code: "ONU-G", maker: "ONUG", count: 6, minimum: 10, carried: 1),
        Ware(name: "Ruteador Wi-Fi", code: "RUT-W", maker: "RW", count: 12, minimum: 4, carried: 2),
        Ware(name: "Conector RJ45", code: "RJ45", maker: nil, count: 500, minimum: 100, carried: 50),
        Ware(name: "Cable UTP exterior (m)", code: "UTP-E", maker: nil, count: 915, minimum: 305, carried: 100),
    ]

    /// How many products were made: none where there are some already.
    package static func fill(
        of tenant: Tenant, knowing catalogue: Catalogue, at now: Instant, in database: TenantDatabase
    ) async throws -> Int {
        guard try await database.stockProducts(limit: 1).isEmpty else { return 0 }
        let principal = Principal.commandLine(of: catalogue, at: now)
        let acts = StockActs(randomness: .system)
        func id<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: .system) }
        var (warehouse, supplier) = (Warehouse(id: id()), Supplier(id: id()))
        (warehouse.name, warehouse.note) = ("Almacén central", "Detrás de la oficina")
        (supplier.name, supplier.email) = ("Distribuidora de muestra", "ventas@distribuidora.example")
        _ = try await acts.add(warehouse, by: principal, in: database)
        _ = try await acts.add(supplier, by: principal, in: database)
        let technician = try await database.stockHolders().first?.id
        for ware in wares {
            var product = StockProduct(id: id())
            (product.name, product.code, product.minimum) = (ware.name, ware.code, ware.minimum)
            product.isSerial = ware.maker != nil
            _ = try await acts.add(product, by: principal, in: database)
            let serials = ware.maker.map { maker in (1...ware.count).map { "\(maker)\(10_000 + $0 * 37)" } } ?? []
            var receipt = StockReceipt()
            (receipt.warehouse, receipt.supplier, receipt.note) = (warehouse.id, supplier.id, "Factura de muestra")
            (receipt.quantity, receipt.serials) = (serials.isEmpty ? ware.count : 0, serials.joined(separator: "\n"))
            try await acts.receive(receipt, of: product.id, by: principal, in: database)
            guard let technician else { continue }
            for serial in serials.suffix(ware.carried) {
                guard let unit = try await database.stockUnit(serial: serial) else { continue }
                _ = try await acts.move(unit.id, to: .technician(technician), by: principal, in: database)
            }
            if serials.isEmpty {
                try await acts.move(
                    ware.carried, of: product.id, from: .warehouse(warehouse.id), to: .technician(technician),
                    by: principal, in: database)
            }
        }
        try await putUp(wares[0].maker ?? "", by: principal, in: database, with: acts)
        return wares.count
    }

    /// Antennas of customers whom somebody is to visit, so that a technician sees what is there.
    private static func putUp(
        _ maker: String, by principal: Principal, in database: TenantDatabase, with acts: StockActs
    ) async throws {
        let visited: [InventedHolder] = try await database.rows(
            """
            SELECT customer_id FROM field_jobs
            WHERE tenant_id = \(database.tenant) AND kind IN ('visit', 'recovery') ORDER BY number LIMIT 5
            """)
        var seen: Set<Customer.ID> = []
        for (place, holder) in visited.filter({ seen.insert($0.customer).inserted }).enumerated() {
            guard let unit = try await database.stockUnit(serial: "\(maker)\(10_000 + (place + 1) * 37)") else {
                continue
            }
            _ = try await acts.move(unit.id, to: .customer(holder.customer), by: principal, in: database)
        }
    }
}

private struct InventedHolder: RowReadable {
    let customer: Customer.ID

    init(row: Row) throws(DatabaseError) { customer = try row.read("customer_id") }
}
