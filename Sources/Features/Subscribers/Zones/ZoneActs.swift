import Access
import Events
import HTTP
import Identifiers
import Locale
import Nouns
import Postgres

extension Zone {
    func add(by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            try await put(in: database)
            try await database.record(
                Act(.zoneCreated, subject, after: details()), by: principal.actor, at: principal.now)
        }
    }

    /// A change without effect is not recorded.
    func change(to changed: Zone, by principal: Principal, in database: TenantDatabase) async throws {
        guard let act = Act.change(.zoneChanged, changed.subject, from: details(), to: changed.details()) else {
            return
        }
        try await database.transaction { database in
            try await changed.put(in: database)
            try await database.record(act, by: principal.actor, at: principal.now)
        }
    }

    private func put(in database: TenantDatabase) async throws {
        guard try await !database.isTaken(zoneName: name, besides: id) else { throw ZoneRefusal.nameTaken }
        do {
            try await database.put(self)
        } catch let error where error.isUniqueViolation(of: "coverage_zones_tenant_id_name_key") {
            throw ZoneRefusal.nameTaken
        }
    }

    static func delete(_ id: Zone.ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let zone = try await database.zone(id) else { throw AccessRefusal.notFound }
            guard try await !database.isUsed(id, knowing: principal.catalogue) else { throw ZoneRefusal.inUse }
            do {
                try await database.delete(id)
            } catch let error as DatabaseError where error.isForeignKeyViolation {
                throw ZoneRefusal.inUse
            }
            try await database.record(
                Act(.zoneDeleted, zone.subject, before: zone.details()), by: principal.actor, at: principal.now)
        }
    }

    private var subject: Act.Subject { Act.Subject("zone", id.uuid, named: name) }
}

package enum ZoneRefusal: Refusal, MessageCatalogue {
    case nameTaken, inUse, unknown, required

    package var status: Status {
        switch self {
        case .nameTaken, .inUse: .conflict
        case .unknown, .required: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .nameTaken: "name_taken"
        case .inUse: "zone_in_use"
        case .unknown: "unknown_zone"
        case .required: "zone_required"
        }
    }

    package var message: Message {
        switch self {
        case .nameTaken:
            Message(
                es: "Ya hay una zona con ese nombre.", en: "There is a zone of that name already.",
                pt: "Já existe uma zona com esse nome.")
        case .inUse:
            Message(
                es: "La zona tiene clientes, usuarios o tokens. Páselos a otra antes de eliminarla.",
                en: "The zone has customers, users or tokens. Move them to another before deleting it.",
                pt: "A zona tem clientes, usuários ou tokens. Passe-os a outra antes de excluí-la.")
        case .unknown: Message(es: "Esa zona no existe.", en: "There is no such zone.", pt: "Essa zona não existe.")
        case .required:
            Message(
                es: "Elija una de sus zonas: su cuenta está limitada a ellas.",
                en: "Choose one of your zones: your account is limited to them.",
                pt: "Escolha uma das suas zonas: sua conta está limitada a elas.")
        }
    }
}
