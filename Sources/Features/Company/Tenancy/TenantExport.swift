import Crypto
import Declarations
import Events
import Identifiers
import JSON
import Postgres
import Time

/// A tenant's full export in plain files: a line of JSON for each row, a file for each table, and a manifest with
/// counts and hashes. Tables come from the catalogue, so a new one cannot be forgotten.
package struct TenantExport: Sendable {
    /// Queues, FreeRADIUS's plain copies of shared secrets, and what tells Kamailio whose a call is: rebuilt wherever the
    /// tenant goes.
    package static let leftOut = [
        "dead_jobs", "job_arrivals", "job_kind_turns", "job_schedules", "job_tenants", "jobs", "radius_peers",
        "voice_open_calls", "voice_peers",
    ]

    package let rows: Int
    package let tables: Int

    package static func write(
        _ tenant: Tenant, to place: some ExportPlace, at now: Instant, from database: TenantDatabase,
        and platform: PlatformDatabase
    ) async throws -> TenantExport {
        // Seals pending events, so that the exported record is complete.
        try await database.sealEvents(atMost: .max)
        let own = try await database.transaction(isolation: .repeatableRead) { database in
            try await write(database.exportedTables(), of: tenant, from: database, to: place)
        }
        let platforms = try await platform.transaction(isolation: .repeatableRead) { platform in
            let tables = try await platform.exportedTables().filter { !leftOut.contains($0.name) }
            return try await write(tables, of: tenant, from: platform, to: place)
        }
        let written = (own + platforms).sorted { $0.table.name < $1.table.name }
        try await write(manifest(of: tenant, written, at: now), as: "manifest.json", to: place)
        try await write(Array(explanation.utf8), as: "README.txt", to: place)
        return TenantExport(rows: written.reduce(0) { $0 + $1.rows }, tables: written.count)
    }

    private static func write(
        _ tables: [ExportedTable], of tenant: Tenant, from database: some DatabaseHandle, to place: some ExportPlace
    ) async throws -> [WrittenTable] {
        var written: [WrittenTable] = []
        for table in tables {
            let name = "tables/\(table.name).jsonl"
            let file = try await ExportFile(name, in: place)
            try await database.streamRows(
                """
                SELECT line FROM export_rows(\(tenant.id.uuid), \(table.name), \(table.exported)) line
                """
            ) { rows in
                for row in rows { try await file.append(line: row.read("line")) }
            }
            let (rows, bytes, digest) = try await file.finish()
            written.append(WrittenTable(table: table, file: name, rows: rows, bytes: bytes, digest: digest))
        }
        return written
    }

    private static func write(_ bytes: [UInt8], as name: String, to place: some ExportPlace) async throws {
        let file = try await ExportFile(name, in: place)
        try await file.append(bytes)
        _ = try await file.finish()
    }

    private static func manifest(of tenant: Tenant, _ written: [WrittenTable], at now: Instant) -> [UInt8] {
        var json = JSONWriter(reserving: 8192)
        json.object { json in
            json.member("format", "tenant-export/1" as StaticString)
            json.member("made_at", now.rfc3339)
            json.object("tenant") { json in
                json.member("id", tenant.id.description)
                json.member("slug", tenant.slug)
                json.member("name", tenant.name)
            }
            json.array("tables") { json in
                for table in written {
                    json.object { json in
                        json.member("name", table.table.name)
                        json.member("file", table.file)
                        json.member("rows", table.rows)
                        json.member("bytes", table.bytes)
                        json.member("sha256", table.digest)
                        json.array("columns") { json in for name in table.table.exported { json.string(name) } }
                        json.array("left_out") { json in for name in table.table.secret { json.string(name) } }
                    }
                }
            }
            json.array("left_out_tables") { json in for name in leftOut { json.string(name) } }
        }
        return json.bytes + [UInt8(ascii: "\n")]
    }

    private static let explanation = """
        All rows of one company, as they were at the moment that manifest.json names.

        tables/NAME.jsonl  one row of the table NAME on each line, as a JSON object, in the order of its key. Moments are
                           RFC 3339 with their offset, amounts of bytes are hexadecimal text that begins with \\x.
        manifest.json      for each file its rows, its bytes and their SHA-256; under left_out the columns that hold
                           secrets (passwords, keys, digests of them), which never leave the system; under
                           left_out_tables those of work in progress. `sha256sum tables/*` must say the same.

        Every row names its company in tenant_id. Ids are UUIDs and stay valid elsewhere; a column that ends in _id
        points at the key of another table. events holds the record of what was done: each hash is the SHA-256 of the
        hash before it (32 zero bytes before the first) followed by the content.

        """
}

/// A table, and its columns that may be exported.
package struct ExportedTable: Sendable, RowReadable {
    package let name: String
    package let exported: [String]
    package let secret: [String]

    package init(row: Row) throws(DatabaseError) {
        name = try row.read("name")
        exported = try row.read("exported")
        secret = try row.read("secret")
    }
}

extension DatabaseHandle {
    /// Tables with tenants' rows that this role may read.
    package func exportedTables() async throws(DatabaseError) -> [ExportedTable] {
        try await rows("SELECT name, exported, secret FROM exported_tables() ORDER BY name")
    }
}

private struct WrittenTable: Sendable {
    let table: ExportedTable
    let file: String
    let rows: Int
    let bytes: Int
    let digest: String
}
