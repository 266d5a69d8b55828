import Declarations
import Glibc
import HTTP
import Identifiers
import Locale
import Loop
import Postgres
import Sandbox
import Telemetry
import Tenancy
import Time

/// A request's path: host → tenant → route → credential → handler, and an error's way back to the visitor. A shell
/// (panel, API) defines its credentials and its refusals.
package final class RequestGate: Sendable {
    /// The hosts that a gate serves; it refuses others.
    package enum Area: Sendable { case tenants, platform }

    /// A shell's response to a refusal; the tenant is nil for an unknown host.
    package typealias Refuse = @Sendable (any Refusal, Request, Reader, Tenant?) -> Response

    /// A shell's response to a signed-in visitor without the permission, within its page layout.
    package typealias Forbid = @Sendable (Permission, Visit) async throws -> Response

    package let routes: GateRoutes
    private let area: Area
    private let directory: TenantDirectory
    private let database: Database
    private let catalogue: Catalogue
    private let time: TimeSource
    private let log: Log
    private let credential: @Sendable (Request) -> Credential?
    private let refuse: Refuse
    private let forbid: Forbid?
    private let throttle: Throttle?
    private let closed: ClosedRoutes

    package init<Shell: ShellVisit>(
        _ routes: Routes<Shell>, at area: Area = .tenants, directory: TenantDirectory, database: Database,
        catalogue: Catalogue, time: TimeSource, log: Log,
        throttle: Throttle? = nil, closed: ClosedRoutes = ClosedRoutes(),
        credential: @escaping @Sendable (Request) -> Credential?, forbid: Forbid? = nil, refuse: @escaping Refuse
    ) {
        self.routes = GateRoutes(routes)
        self.area = area
        self.directory = directory
        self.database = database
        self.catalogue = catalogue
        self.time = time
        self.log = log
        self.credential = credential
        self.refuse = refuse
        self.forbid = forbid
        self.throttle = throttle
        self.closed = closed
    }

    package func answer(_ request: Request) async -> Response {
        var response = await openedAnswer(request)
        response.headers["X-Content-Type-Options"] = "nosniff"
        if response.headers["Content-Security-Policy"] == nil {
            response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        }
        // Responses are private to the visitor unless their route says otherwise.
        if response.headers["Cache-Control"] == nil { response.headers["Cache-Control"] = "no-store" }
        if request.scheme == .https { response.headers["Strict-Transport-Security"] = "max-age=31536000" }
        return response
    }

    private func openedAnswer(_ request: Request) async -> Response {
        guard let tenant = directory.tenant(at: request.host), tenant.isPlatform == (area == .platform) else {
            return refuse(AccessRefusal.unknownHost, request, Reader(.es, in: .mexico), nil)
        }
        request.note(tenant: tenant.id.uuid)
        switch routes.match(request) {
        case .success(let match) where closed.contains(match.route, for: tenant.id.uuid):
            return refuse(AccessRefusal.closedForRepair, request, tenant.reader(for: request), tenant)
        case .success(let match):
            return await answer(request, of: tenant, with: match)
        case .failure(let mismatch):
            guard let refusal = AccessRefusal(mismatch) else { return mismatch.response(to: request) }
            var response = refuse(refusal, request, tenant.reader(for: request), tenant)
            if case .methodNotAllowed(let methods) = mismatch { response.headers["Allow"] = methods }
            return response
        }
    }

    private func answer(_ request: Request, of tenant: Tenant, with match: GateMatch) async -> Response {
        let credential = match.isOpenToAnyone ? nil : credential(request)
        let visit = Visit(
            request, to: tenant, reachedAt: directory.address(at: request.host), for: match.permission,
            with: credential, at: time.now(), knowing: catalogue, in: database)
        guard let throttle, let credential, let pass = throttle.pass(credential, tenant, at: request.arrived) else {
            return await answer(visit, match, credential)
        }
        var response =
            pass.isRefused ? refused(TooManyRequests(), visit) : await answer(visit, match, credential)
        if visit.admitted != nil { throttle.count(tenant, at: request.arrived) }
        pass.write(to: &response)
        return response
    }

    /// Re-reads the tenants at once, so that a change shows on the next page without waiting for the database's
    /// notification.
    private func readTenants(after match: GateMatch) async {
        guard area == .platform || match.permission == Permission.settingsManage.rawValue else { return }
        do {
            try await directory.read(from: database.platform)
        } catch {
            log.error("tenants_not_read", .error(error))
        }
    }

    private func answer(_ visit: Visit, _ match: GateMatch, _ credential: Credential?) async -> Response {
        do {
            if !match.isOpenToAnyone, credential == nil { throw AccessRefusal.signInRequired }
            let request = visit.request
            if !request.method.isSafe {
                guard request.isSameSite else { throw AccessRefusal.crossSite }
                // A handler may act outside the database, so the visitor must be admitted first.
                try await visit.admit()
                // Acts for everybody signed in concern one's own account, which an impersonator does not have here.
                if visit.impersonation != nil, match.permission == Permission.signedIn.rawValue {
                    throw AccessRefusal.notPermitted
                }
                if match.isOfWork, visit.standing.isReadOnly { throw AccessRefusal.readOnly }
            } else if area == .platform {
                // The console's handlers read beyond the visit's own database, which checks the credential by itself.
                try await visit.admit()
            }
            let response = try await match.run(visit)
            if !request.method.isSafe { await readTenants(after: match) }
            try await visit.admit()
            await noteUse(of: visit)
            return response
        } catch {
            return await forbidden(error, visit, match, credential) ?? refused(error, visit)
        }
    }

    /// Nil where another response applies.
    private func forbidden(
        _ error: any Error, _ visit: Visit, _ match: GateMatch, _ credential: Credential?
    ) async -> Response? {
        guard let forbid, let credential, refusal(for: error, visit) as? AccessRefusal == .notPermitted else {
            return nil
        }
        let inside = Visit(
            visit.request, to: visit.tenant, reachedAt: visit.address, for: Permission.signedIn.rawValue,
            with: credential, at: visit.now, knowing: catalogue, in: database)
        do {
            return try await forbid(Permission(match.permission), inside)
        } catch {
            return nil
        }
    }

    /// Only logged: the act is done, and merely the time of last use is missing.
    private func noteUse(of visit: Visit) async {
        do {
            try await visit.noteUse()
        } catch {
            log.warning("use_not_noted", .request(visit.request), .tenant(visit.tenant), .error(error))
        }
    }

    private func refused(_ error: any Error, _ visit: Visit) -> Response {
        let refusal = refusal(for: error, visit)
        log.info(
            "refused", .request(visit.request), .tenant(visit.tenant), .init("code", refusal.code))
        var response = refuse(refusal, visit.request, visit.reader, visit.tenant)
        if response.status == .serviceUnavailable { response.headers["Retry-After"] = "2" }
        return response
    }

    private func refusal(for error: any Error, _ visit: Visit) -> any Refusal {
        switch error {
        case let refusal as any Refusal: return refusal
        case RequestError.storageFailed(code: ENOSPC), RequestError.storageFailed(code: EDQUOT),
            DatabaseError.diskFull:
            log.error("disk_full", .request(visit.request), .tenant(visit.tenant), .error(error))
            return AccessRefusal.diskFull
        case let error as RequestError: return BadRequest(error)
        case DatabaseError.connectionLost(outcomeUnknown: true) where !visit.request.method.isSafe:
            log.warning("outcome_unknown", .request(visit.request), .tenant(visit.tenant))
            return AccessRefusal.outcomeUnknown
        case is CancellationError, DatabaseError.cancelled: return AccessRefusal.tooBusy
        case SandboxFailure.full, is BlockingPool.Full: return AccessRefusal.tooBusy
        case let failure as SandboxFailure:
            log.warning("too_heavy", .request(visit.request), .tenant(visit.tenant), .error(failure))
            return AccessRefusal.tooHeavy
        case DatabaseError.unavailable, DatabaseError.connectionLost:
            log.warning("database_unavailable", .request(visit.request), .tenant(visit.tenant))
            return AccessRefusal.tooBusy
        case let error as DatabaseError where error.sqlState == "MA401": return AccessRefusal.signInRequired
        case let error as DatabaseError where error.sqlState == "MA403": return AccessRefusal.notPermitted
        case let error as DatabaseError where error.isUniqueViolation || error.isForeignKeyViolation:
            // An act checks before it writes, so a violated constraint means a concurrent act.
            log.warning("conflict", .request(visit.request), .tenant(visit.tenant), .error(error))
            return error.isUniqueViolation ? AccessRefusal.madeMeanwhile : AccessRefusal.goneMeanwhile
        default:
            log.error("fault", .request(visit.request), .tenant(visit.tenant), .error(error))
            return Fault()
        }
    }
}

extension AccessRefusal {
    /// Nil for OPTIONS, which the declarations answer.
    fileprivate init?(_ mismatch: RouteMismatch) {
        switch mismatch {
        case .notFound: self = .notFound
        case .methodNotAllowed: self = .methodNotAllowed
        case .methodNotImplemented: self = .methodUnknown
        case .bodyTooLarge: self = .tooLarge
        case .options: return nil
        }
    }
}

extension Method {
    var isSafe: Bool { self == .get || self == .head || self == .options }
}

extension Request {
    /// Whether a browser sent it for another site's page. Of reads, only event streams are checked.
    package var isFromElsewhere: Bool {
        if let site = headers["sec-fetch-site"], site != "same-origin", site != "none" { return true }
        return headers["origin"].map { $0 != "\(scheme)://\(headers["host"] ?? "")" } ?? false
    }

    /// Whether a browser sent it from one of our own pages. Programs send neither header, and no cookies that another
    /// site could abuse (CSRF).
    fileprivate var isSameSite: Bool {
        if let site = headers["sec-fetch-site"] { return site == "same-origin" || site == "none" }
        guard let origin = headers["origin"] else { return cookies.all.isEmpty }
        return origin == "\(scheme)://\(headers["host"] ?? "")"
    }
}
