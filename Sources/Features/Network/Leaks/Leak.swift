import Customers
import Identifiers
import Locale
import Nouns
import Postgres
import Routers
import Services
import Time

/// Money that the company loses each month without noticing.
struct Leak: Sendable, Equatable {
    enum Kind: String, FieldChoice {
        case onlineUnowned = "online_unowned"
        case cutButOnline = "cut_online"
        case neverOnline = "never_online"
        case fasterThanPaid = "faster_than_paid"
        case freeForLong = "free_for_long"
        case fixedAddressFree = "fixed_address_free"
        case brokenPromises = "broken_promises"

        var message: Message {
            switch self {
            case .onlineUnowned:
                Message(
                    es: "Navega sin contrato vigente", en: "On line without a live contract",
                    pt: "Navega sem contrato vigente")
            case .cutButOnline: Message(es: "Cortado que navega", en: "Cut but on line", pt: "Cortado que navega")
            case .neverOnline:
                Message(
                    es: "Se cobra y no se conecta hace 30 días", en: "Billed, not on line for 30 days",
                    pt: "Cobrado e sem conexão há 30 dias")
            case .fasterThanPaid:
                Message(
                    es: "Tiene el perfil de un plan más caro", en: "Has the profile of a dearer plan",
                    pt: "Tem o perfil de um plano mais caro")
            case .freeForLong:
                Message(
                    es: "Gratis desde hace más de 90 días", en: "Free for more than 90 days",
                    pt: "Grátis há mais de 90 dias")
            case .fixedAddressFree:
                Message(es: "IP fija que no se cobra", en: "Fixed IP that is not charged", pt: "IP fixo não cobrado")
            case .brokenPromises:
                Message(
                    es: "Tres o más promesas incumplidas", en: "Three or more broken promises",
                    pt: "Três ou mais promessas não cumpridas")
            }
        }
    }

    let kind: Kind
    let subject: UUID
    let service: Service.ID?
    let customer: Customer.ID?
    let customerName: String
    let router: Router.ID?
    let about: String
    /// In minor units.
    let monthly: Int64
    let foundAt: Instant
}

/// The leaks of one kind: their number and monthly value.
struct LeakTotal: Sendable, Equatable {
    let kind: Leak.Kind
    let count: Int
    let monthly: Int64
}

extension Leak: RowReadable {
    init(row: Row) throws(DatabaseError) {
        kind = try row.word("kind")
        subject = try row.read("subject_id")
        service = try row.read("service_id")
        customer = try row.read("customer_id")
        let name: String? = try row.read("customer_name")
        customerName = name ?? ""
        router = try row.read("router_id")
        about = try row.read("about")
        monthly = try row.read("monthly")
        foundAt = try row.read("found_at")
    }
}

extension LeakTotal: RowReadable {
    init(row: Row) throws(DatabaseError) {
        kind = try row.word("kind")
        count = try row.read("count")
        monthly = try row.read("monthly")
    }
}
