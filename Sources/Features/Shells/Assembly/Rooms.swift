import API
import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Jobs
import Letters
import Panel
import Postgres
import Roles
import Search
import Tenancy
import Time

// Assembles the program from its rooms.

extension [Room] {
    package var declarations: [RoomDeclarations] { flatMap(\.declarations) }

    package var setup: [SetupStep] { flatMap(\.setup) }

    package var figures: [CompanyFigure] { flatMap(\.figures) }

    package func partsOnPortal(of customer: UUID, for visit: Visit) async throws -> [HomePart] {
        var parts: [HomePart] = []
        for room in self { parts += try await room.portalParts(visit, customer) }
        return parts
    }

    package func addLetters(to sender: inout LetterSender) {
        sender.parts = declarations.flatMap(\.parts)
        for room in self { room.letters(&sender) }
    }

    /// Rebuilds a company's search index in one transaction, so that nobody sees it half done.
    package func reindex(_ database: TenantDatabase) async throws {
        try await database.transaction { database in
            try await database.unindexAll()
            for room in self { try await room.reindex(database) }
        }
    }

    /// Schedules a company's nightly jobs; idempotent.
    package func schedule(in zone: TimeZone, from now: Instant, _ database: TenantDatabase) async throws {
        for room in self {
            for job in room.nightly { try await job.schedule(in: zone, from: now, in: database) }
        }
    }

    /// Sets up a company's nightly jobs and built-in roles.
    package func furnish(
        _ tenant: Tenant, knowing catalogue: Catalogue, at now: Instant, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws {
        try await schedule(in: tenant.timeZone, from: now, database)
        try await Role.putReadyMade(of: catalogue, named: tenant.reader, at: now, from: randomness, in: database)
    }
}

extension RoomContext {
    /// Sign-in and account pages, in a company's panel and the platform's console.
    package var accountRoutes: Panel.Routes {
        var routes = Panel.Routes()
        for room in rooms { room.account(&routes, self) }
        return routes
    }

    package var panelRoutes: Panel.Routes {
        var routes = accountRoutes
        for room in rooms { room.panel(&routes, self) }
        return routes
    }

    package var portalRoutes: Panel.Routes {
        var routes = Panel.Routes()
        for room in rooms { room.portal(&routes, self) }
        return routes
    }

    package var apiRoutes: API.Routes {
        var routes = API.Routes(of: catalogue)
        API.add(to: &routes)
        for room in rooms { room.api(&routes, self) }
        API.describe(&routes)
        return routes
    }

    package var jobs: RoomJobs {
        var jobs = RoomJobs()
        for room in rooms { room.jobs(&jobs, self) }
        return jobs
    }
}
