import Identifiers
import Postgres
import Search
import Time

/// Fictitious customers for a demo. Reproducible: the same seed invents the same people.
package enum InventedCustomers {
    /// Adds customers up to the wanted number. Only with mail enabled do they get e-mail addresses.
    package static func fill(
        upTo wanted: Int, at now: Instant, zone: TimeZone, withMail: Bool = false, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> Int {
        let missing = wanted - (try await database.lastCustomerNumber())
        var done = 0
        while done < missing {
            done += try await add(
                min(missing - done, 8192), at: now, zone: zone, withMail: withMail, from: randomness, in: database)
        }
        return done
    }

    /// Batches that fit into memory and one transaction.
    private static func add(
        _ count: Int, at now: Instant, zone: TimeZone, withMail: Bool, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> Int {
        try await database.transaction { database in
            let numbers = try await database.takeCustomerNumbers(count)
            let people = Randomness(seed: UInt64(numbers.lowerBound))
            let today = zone.day(at: now)
            var customers: [Customer] = []
            customers.reserveCapacity(count)
            for number in numbers {
                let id = Customer.ID.make(milliseconds: now.milliseconds, from: randomness)
                var customer = invent(id, number: number, today: today, from: people)
                // Not everybody has an address.
                if withMail, number % 7 != 0 { customer.email = "cliente\(number)@example.com" }
                customers.append(customer)
            }
            try await database.insert(customers)
            try await database.index(customers.map(\.entry))
            return count
        }
    }

    static func invent(
        _ id: Customer.ID, number: Int, today: Day, from randomness: Randomness
    ) -> Customer {
        func one<Element>(_ elements: [Element]) -> Element {
            elements[Int(randomness.next() % UInt64(elements.count))]
        }
        func digits(_ count: Int) -> String { String((0..<count).map { _ in one(Array("0123456789")) }) }
        return Customer(
            id: id, number: number, name: "\(one(given)) \(one(family)) \(one(family))", state: one(states),
            // Unallocated numbers.
            phone: "+52\(one(["55", "33", "81"]))0000\(digits(4))",
            address: "\(one(streets)) \(1 + randomness.next() % 400)", neighbourhood: one(neighbourhoods),
            since: today - Int(randomness.next() % 1500))
    }

    private static let given = [
        "Ana", "Beatriz", "Carlos", "Daniela", "Elena", "Fabián", "Gloria", "Hugo", "Irene", "Joaquín", "Karla", "Luis",
        "Marta", "Néstor", "Olga", "Pablo", "Rocío", "Saúl", "Teresa", "Víctor",
    ]
    private static let family = [
        "Aguirre", "Bravo", "Cárdenas", "Duarte", "Espinoza", "Figueroa", "Guzmán", "Herrera", "Ibarra", "Juárez",
        "Lara",
        "Medina", "Núñez", "Ortega", "Peña", "Quiroz", "Rivas", "Salinas", "Trejo", "Zúñiga",
    ]
    private static let streets = ["Av. del Cerro", "Calle Hidalgo", "Camino Real", "Calle 5 de Mayo", "Calle del Río"]
    private static let neighbourhoods = ["El Mirador", "La Loma", "San Isidro", "Las Palmas", "Centro"]
    /// Most are active, as in a real ISP.
    private static let states: [Customer.State] =
        Array(repeating: .active, count: 14) + [
            .inDebt, .inDebt, .suspended, .frozen, .courtesy, .awaitingInstallation,
        ]
}
