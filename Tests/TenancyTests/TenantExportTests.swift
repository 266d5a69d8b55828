import Access
import Crypto
import Customers
import JSON
import Loop
import Postgres
import TenantSupport
import TestSupport
import Testing

@testable import Tenancy

@Suite struct TenantExportTests {
    @Test func `every table of tenants is exported or left out by name, and no secret leaves`() async throws {
        try await withTenants { norte, sur in
            let secret = try await norte.token([.customersRead])
            _ = try await norte.signIn([.customersRead], as: "Ana")
            try await norte.database.execute(
                "UPDATE staff SET password = 'CLAVE-SECRETA' WHERE tenant_id = \(norte.database.tenant)")
            _ = try await sur.staff([], as: "CANARIO")
            let folder = try TemporaryFolder()
            let path = "\(folder.path)/export"
            let database = norte.site.test.database
            let pool = BlockingPool(threads: 1, queueLimit: 1, name: "export")
            let export = try await TenantExport.write(
                norte.tenant, to: ExportFolder(path, writingOn: pool), at: norte.now, from: norte.database,
                and: database.platform)

            let manifest = try JSONValue.parse(folder.bytes("export/manifest.json"))
            let tables = try manifest.tables
            let all = try norte.site.test.superuser().column(
                """
                SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
                """)
            #expect(Set(tables.map(\.name)).union(TenantExport.leftOut) == Set(all))
            #expect(export.tables == tables.count && export.rows == tables.reduce(0) { $0 + $1.rows })

            var text = ""
            for table in tables {
                let bytes = try folder.bytes("export/tables/\(table.name).jsonl")
                #expect(Hex.encode(SHA256.digest(of: bytes)) == table.sha256, "\(table.name)")
                let lines = bytes.split(separator: UInt8(ascii: "\n"))
                #expect(lines.count == table.rows)
                for line in lines { _ = try JSONValue.parse(Array(line)) }
                text += String(decoding: bytes, as: UTF8.self)
            }
            #expect(tables.first { $0.name == "staff" }?.rows == 1)
            #expect(tables.first { $0.name == "tenants" }?.rows == 1)
            #expect(text.contains("Ana") && !text.contains("CANARIO"))
            #expect(!text.contains("CLAVE-SECRETA") && !text.contains("\"digest\""))
            #expect(!text.contains(secret))
            #expect(text.contains("\"hash\":"))

            await #expect(throws: ExportError.self) {
                try await TenantExport.write(
                    norte.tenant, to: ExportFolder(path, writingOn: pool), at: norte.now, from: norte.database,
                    and: database.platform)
            }
        }
    }

    /// Up to 8 GiB as POSIX writes it, from there on as GNU does; both are read by every tar.
    @Test(arguments: [0, 1, (1 << 33) - 1, 1 << 33, 1 << 40])
    func `an archive says how large its files are`(size: Int) {
        let field = TarHeader.bytes(of: "norte/x", size: size, changedAt: 0)[124..<136]
        let read =
            field[124] == 0x80
            ? field.dropFirst().reduce(0) { $0 << 8 | Int($1) }
            : Int(String(decoding: field.dropLast(), as: UTF8.self), radix: 8)
        #expect(read == size && (field[124] == 0x80) == (size >= 1 << 33))
    }
}

private struct TableOfManifest {
    let name: String
    let rows: Int
    let sha256: String
}

extension JSONValue {
    fileprivate var tables: [TableOfManifest] {
        get throws {
            guard case .object(let manifest) = self, case .array(let tables) = manifest["tables"] else { return [] }
            return try tables.map { table in
                var fields = try JSONFields(table)
                let name = fields.required("name", as: String.self)
                let rows = fields.required("rows", as: Int.self)
                let sum = fields.required("sha256", as: String.self)
                for other in ["file", "bytes", "columns", "left_out"] { _ = fields.optional(other, as: JSONValue.self) }
                let (named, counted, summed) = try fields.finish(name, rows, sum)
                return TableOfManifest(name: named, rows: counted, sha256: summed)
            }
        }
    }
}
