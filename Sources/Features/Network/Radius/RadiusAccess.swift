import Access
import Addresses
import Crypto
import Events
import Identifiers
import JSON
import Jobs
import Locale
import Nouns
import Postgres
import Services
import Tenancy
import Time
import Vault

/// How a service goes on line by RADIUS.
package struct RadiusAccess: Sendable, Equatable {
    package let service: Service.ID
    package var login = ""
    /// The password as typed, before it is sealed; nil once stored.
    package var password: String?
    package var address = ""
    /// Hours from now on after which nobody gets in any more, whatever was paid: a trial. 0 for none, as it was entered.
    package var trialHours = 0
    package internal(set) var endsAt: Instant?
    /// When somebody was last let in with it.
    package internal(set) var acceptedAt: Instant?

    package init(service: Service.ID) { self.service = service }

    static func field(_ service: Service.ID) -> SecretField {
        SecretField("password", of: "radius_accesses", row: service.uuid)
    }
}

extension RadiusAccess: Fielded {
    package static let noun = "RadiusAccess"

    package static let fields: [Field<RadiusAccess>] = [
        .line("login", \.login, 1...100, Message(es: "Usuario", en: "User", pt: "Usuário")),
        .secret("password", \.password, upTo: 100, Message(es: "Contraseña", en: "Password", pt: "Senha")).hint(
            Message(
                es: "Vacía: queda la que tiene; si no tiene, se inventa una.",
                en: "Empty: the one that it has stays; where it has none, one is made up.",
                pt: "Vazia: fica a que tem; se não tem, inventa-se uma.")),
        .line("address", \.address, 0...50, Message(es: "IP fija", en: "Fixed IP", pt: "IP fixo")).hint(
            Message(
                es: "Vacía: la que dé el NAS.", en: "Empty: whichever the NAS gives.", pt: "Vazio: o que o NAS der.")),
        .count(
            "trial_hours", \.trialHours, 0...8760,
            Message(es: "Horas de prueba", en: "Hours of trial", pt: "Horas de teste")
        ).hint(
            Message(
                es: "Desde ahora; al cumplirse no entra, haya pagado o no. 0: sin límite propio.",
                en: "From now on; then it gets in no more, paid or not. 0: no limit of its own.",
                pt: "A partir de agora; depois não entra, pago ou não. 0: sem limite próprio.")),
    ]
}

extension RadiusAccess: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("service", service.description)
            json.member("ends_at", endsAt?.rfc3339)
            json.member("accepted_at", acceptedAt?.rfc3339)
            json.fields(of: self)
        }
    }
}

extension RadiusActs {
    /// Lets a service in by RADIUS, or changes how. Sessions under what was before are ended.
    package func put(
        _ access: RadiusAccess, of service: Service, by principal: Principal, in database: TenantDatabase
    ) async throws -> RadiusAccess {
        try await database.transaction { database in
            let known = try await database.radiusAccess(service.id, locked: true)
            var new = access
            new.password = nil
            if !access.address.isEmpty {
                guard let address = IPAddress(access.address), address.isV4 else {
                    throw RadiusRefusal.customerAddressUnreadable
                }
                new.address = "\(address)"
            }
            // Saving unchanged hours starts no new trial.
            new.endsAt =
                access.trialHours == known?.trialHours
                ? known?.endsAt
                : access.trialHours == 0 ? nil : principal.now + .seconds(3600 * access.trialHours)
            if let known, known == new, access.password == nil { return known }
            var secret: (sealed: [UInt8], hash: [UInt8])?
            if access.password != nil || known == nil {
                let password = access.password ?? Base32.encode(randomness.bytes(5)).lowercased()
                secret = (
                    try await vault.seal(
                        Array(password.utf8), for: RadiusAccess.field(service.id), at: principal.now, in: database),
                    MD4.ntHash(of: password)
                )
            }
            let (written, change) = (new, secret)
            do throws(DatabaseError) {
                try await database.put(written, secret: change, at: principal.now)
            } catch {
                guard error.isUniqueViolation(of: "radius_accesses_tenant_id_login_key") else { throw error }
                throw RadiusRefusal.loginTaken
            }
            var after = new.details()
            if access.password != nil, known != nil { after.append(Act.Detail("credentials", "changed")) }
            try await database.record(
                Act(.radiusAccessPut, service.subject, before: known?.details() ?? [], after: after),
                by: principal.actor, at: principal.now)
            try await database.queue(EndSessions(service.id), at: principal.now)
            return new
        }
    }

    /// Nobody gets in with it any more, and whoever is on line is thrown off.
    func remove(_ service: Service, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let known = try await database.radiusAccess(service.id, locked: true) else {
                throw AccessRefusal.notFound
            }
            try await database.removeRadiusAccess(service.id)
            try await database.record(
                Act(.radiusAccessRemoved, service.subject, before: known.details()), by: principal.actor,
                at: principal.now)
            try await database.queue(EndSessions(service.id), at: principal.now)
        }
    }

    /// For whoever tells it to the customer; that it was read stands in the record.
    package func readPassword(
        of service: Service, by principal: Principal, in database: TenantDatabase
    ) async throws -> String {
        try await database.transaction { database in
            guard let sealed = try await database.radiusPassword(of: service.id) else { throw AccessRefusal.notFound }
            let password = try await vault.open(sealed, for: RadiusAccess.field(service.id), in: database)
            try await database.record(
                Act(.radiusPasswordRead, service.subject), by: principal.actor, at: principal.now)
            return String(decoding: password, as: UTF8.self)
        }
    }
}

extension TenantDatabase {
    package func radiusAccess(
        _ service: Service.ID, locked: Bool = false
    ) async throws(DatabaseError) -> RadiusAccess? {
        try await first(
            """
            SELECT service_id, login, address, trial_hours, ends_at, accepted_at FROM radius_accesses
            WHERE tenant_id = \(tenant) AND service_id = \(service)
            \(locked ? .forUpdate(of: "radius_accesses") : .nothing)
            """)
    }

    /// The password's MD4 is written and never read here.
    fileprivate func put(
        _ access: RadiusAccess, secret: (sealed: [UInt8], hash: [UInt8])?, at now: Instant
    ) async throws(DatabaseError) {
        let changed: Int? = try await value(
            """
            WITH changed AS (
                UPDATE radius_accesses
                SET login = \(access.login), address = \(access.address), trial_hours = \(Int32(access.trialHours)),
                    ends_at = \(access.endsAt)
                    \(secret.map { ", password = \($0.sealed), nt_hash = \($0.hash)" } ?? .nothing)
                WHERE tenant_id = \(tenant) AND service_id = \(access.service) RETURNING 1)
            SELECT count(*) FROM changed
            """)
        guard changed == 0, let secret else { return }
        try await execute(
            """
            INSERT INTO radius_accesses (
                tenant_id, service_id, login, password, nt_hash, address, trial_hours, ends_at, made_at)
            VALUES (
                \(tenant), \(access.service), \(access.login), \(secret.sealed), \(secret.hash), \(access.address),
                \(Int32(access.trialHours)), \(access.endsAt), \(now))
            """)
    }

    fileprivate func removeRadiusAccess(_ service: Service.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM radius_accesses WHERE tenant_id = \(tenant) AND service_id = \(service)")
    }

    fileprivate func radiusPassword(of service: Service.ID) async throws(DatabaseError) -> [UInt8]? {
        try await value(
            "SELECT password FROM radius_accesses WHERE tenant_id = \(tenant) AND service_id = \(service)")
    }
}

extension RadiusAccess: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(service: try row.read("service_id"))
        login = try row.read("login")
        address = try row.read("address")
        let hours: Int32 = try row.read("trial_hours")
        trialHours = Int(hours)
        endsAt = try row.read("ends_at")
        acceptedAt = try row.read("accepted_at")
    }
}
