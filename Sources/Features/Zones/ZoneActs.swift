import Access
import Events
import HTTP
import Identifiers
import Locale
import Postgres

extension CoverageZone {
    /// Makes a zone, or gives one another name.
    func save(by author: Author, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            let before = try await database.coverageZone(id)
            guard try await !database.isTaken(zoneName: name, besides: id) else { throw ZoneRefusal.nameTaken }
            guard before != self else { return }
            try await database.put(self)
            try await database.record(
                Act(
                    before == nil ? "zone.created" : "zone.changed", subject, before: before?.details ?? [],
                    after: details),
                by: author.actor, at: author.now)
        }
    }

    static func delete(_ id: CoverageZone.ID, by author: Author, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let zone = try await database.coverageZone(id) else { throw AccessRefusal.notFound }
            guard try await !database.isUsed(id) else { throw ZoneRefusal.inUse }
            try await database.delete(id)
            try await database.record(
                Act("zone.deleted", zone.subject, before: zone.details), by: author.actor, at: author.now)
        }
    }

    private var subject: Act.Subject { Act.Subject("zone", id.uuid, named: name) }
    private var details: [Act.Detail] { [Act.Detail("name", name)] }
}

package enum ZoneRefusal: Refusal, Equatable {
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
        case .nameTaken: ZoneWords.nameTaken.message
        case .inUse: ZoneWords.inUse.message
        case .unknown: ZoneWords.unknown.message
        case .required: ZoneWords.required.message
        }
    }
}
