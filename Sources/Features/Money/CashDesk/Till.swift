import Access
import Assembly
import Events
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// A cash drawer: caja. One person keeps it at a time.
package struct Till: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Till>

    package let id: ID
    package var name = ""
    package var office = ""
    package var isActive = true

    package init(id: ID) { self.id = id }

    package static let path = "/panel/tills"
}

extension Till: Fielded {
    package static let noun = "Till"

    package static let fields: [Field<Till>] = [
        .line("name", \.name, 1...60, Message(es: "Nombre", en: "Name", pt: "Nome")),
        .line("office", \.office, 0...60, Message(es: "Oficina", en: "Office", pt: "Escritório")),
        .flag("is_active", \.isActive, Message(es: "En uso", en: "In use", pt: "Em uso")),
    ]
}

extension Till: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.fields(of: self)
        }
    }
}

extension Till {
    package func add(by principal: Principal, in database: TenantDatabase) async throws -> Till {
        try await database.transaction { database in
            try await put(in: database)
            try await database.record(
                Act(.tillCreated, subject, after: details()), by: principal.actor, at: principal.now)
            return self
        }
    }

    package func change(to changed: Till, by principal: Principal, in database: TenantDatabase) async throws -> Till {
        guard let act = Act.change(.tillChanged, changed.subject, from: details(), to: changed.details()) else {
            return self
        }
        return try await database.transaction { database in
            if isActive, !changed.isActive, try await database.isInUse(id) { throw CashDeskRefusal.tillInUse }
            try await changed.put(in: database)
            try await database.record(act, by: principal.actor, at: principal.now)
            return changed
        }
    }

    private func put(in database: TenantDatabase) async throws {
        do throws(DatabaseError) {
            try await database.put(self)
        } catch {
            if error.isUniqueViolation(of: "tills_by_name") { throw CashDeskRefusal.tillNameTaken }
            throw error
        }
    }

    private var subject: Act.Subject { Act.Subject("till", id.uuid, named: name) }
}

extension TenantFile {
    /// Tills are matched by name.
    static let tills = TenantFile(30, "tills.csv") { bytes, tenant, principal, randomness, database in
        let file = try read(bytes, of: tenant) {
            Till(id: .make(milliseconds: principal.now.milliseconds, from: randomness))
        }
        return try await database.transaction { database in
            let known = try await database.tills()
            var changed: [String] = []
            for line in file.lines {
                do {
                    if let till = known.first(where: { $0.name.lowercased() == line.noun.name.lowercased() }) {
                        let wanted = line.described(by: file.named, over: till)
                        if try await till.change(to: wanted, by: principal, in: database) != till {
                            changed.append("till \(wanted.name)")
                        }
                    } else {
                        changed.append("till \(try await line.noun.add(by: principal, in: database).name)")
                    }
                } catch let refusal as CashDeskRefusal {
                    throw TenantFileFault(refusal, inLine: line.number, of: tenant)
                }
            }
            return changed
        }
    }
}

extension TenantDatabase {
    package func tills() async throws(DatabaseError) -> [Till] {
        try await rows(
            """
            SELECT till_id, name, office, is_active FROM tills WHERE tenant_id = \(tenant)
            ORDER BY lower(office), lower(name)
            """)
    }

    package func till(_ id: Till.ID, locked: Bool = false) async throws(DatabaseError) -> Till? {
        try await first(
            """
            SELECT till_id, name, office, is_active FROM tills WHERE tenant_id = \(tenant) AND till_id = \(id)
            \(locked ? .forUpdate(of: "tills") : .nothing)
            """)
    }

    fileprivate func put(_ till: Till) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO tills (tenant_id, till_id, name, office, is_active)
            VALUES (\(tenant), \(till.id), \(till.name), \(till.office), \(till.isActive))
            ON CONFLICT (tenant_id, till_id) DO UPDATE SET name = excluded.name, office = excluded.office,
                is_active = excluded.is_active
            """)
    }

    fileprivate func isInUse(_ till: Till.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM shifts WHERE tenant_id = \(tenant) AND till_id = \(till) AND closed_at IS NULL)
            """) ?? false
    }

    /// Whether staff need an open shift to take cash.
    package func requiresShift() async throws(DatabaseError) -> Bool {
        try await value("SELECT requires_shift FROM cash_desk_settings WHERE tenant_id = \(tenant)") ?? false
    }

    func requireShift(_ isRequired: Bool, of tenant: Tenant, by principal: Principal) async throws {
        try await transaction { database in
            let was = try await database.requiresShift()
            guard was != isRequired else { return }
            try await database.execute(
                """
                INSERT INTO cash_desk_settings (tenant_id, requires_shift) VALUES (\(database.tenant), \(isRequired))
                ON CONFLICT (tenant_id) DO UPDATE SET requires_shift = excluded.requires_shift
                """)
            let said: (Bool) -> [Act.Detail] = { [Act.Detail("requires_shift", $0 ? "yes" : "")] }
            try await database.record(
                Act(
                    .cashDeskChanged, Act.Subject("tenant", tenant.id.uuid, named: tenant.name), before: said(was),
                    after: said(isRequired)), by: principal.actor, at: principal.now)
        }
    }
}

extension Till: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(id: try row.read("till_id"))
        name = try row.read("name")
        office = try row.read("office")
        isActive = try row.read("is_active")
    }
}
