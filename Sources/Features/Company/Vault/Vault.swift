import Crypto
import Identifiers
import Postgres
import Time

/// Stores secrets that must be readable again: TOTP seeds, router passwords. They are sealed with the tenant's data
/// key, which is in `data_keys`, wrapped by the installation's key ring. No unwrapped key is cached, so deleting a data
/// key shreds everything it sealed.
package struct Vault: Sendable {
    private let ring: HeldRing
    private let randomness: Randomness

    /// `readRing` reads the key file; it is called again for a key that was not on the ring.
    package init(from randomness: Randomness, readRing: @escaping @Sendable () throws -> KeyRing) throws {
        ring = try HeldRing(readRing)
        self.randomness = randomness
    }

    /// Binds the secret to this tenant and `field`: elsewhere it does not open.
    package func seal(
        _ secret: [UInt8], for field: SecretField, at now: Instant, in database: TenantDatabase
    ) async throws -> [UInt8] {
        let newest: StoredDataKey? = try await database.first(
            """
            SELECT key_id, wrapped FROM data_keys WHERE tenant_id = \(database.tenant) ORDER BY made_at DESC LIMIT 1
            """)
        let key: DataKey
        if let newest {
            key = try unwrap(newest, of: database.tenant)
        } else {
            key = try await make(at: now, in: database)
        }
        return key.seal(secret, at: field.place(of: database.tenant), from: randomness)
    }

    package func open(
        _ sealed: [UInt8], for field: SecretField, in database: TenantDatabase
    ) async throws -> [UInt8] {
        let id = try DataKey.name(in: sealed)
        let stored: StoredDataKey? = try await database.first(
            "SELECT key_id, wrapped FROM data_keys WHERE tenant_id = \(database.tenant) AND key_id = \(id)")
        guard let stored else { throw CryptoError.dataKeyIsGone(id) }
        return try unwrap(stored, of: database.tenant).open(sealed, at: field.place(of: database.tenant))
    }

    /// Opens many with one look at the keys; nil where one does not open.
    package func open(
        _ sealed: [(bytes: [UInt8], field: SecretField)], in database: TenantDatabase
    ) async throws -> [[UInt8]?] {
        let stored: [StoredDataKey] = try await database.rows(
            "SELECT key_id, wrapped FROM data_keys WHERE tenant_id = \(database.tenant)")
        var keys: [ID<DataKey>: DataKey] = [:]
        for key in stored { keys[key.id] = try unwrap(key, of: database.tenant) }
        return sealed.map { one in
            guard let id = try? DataKey.name(in: one.bytes) else { return nil }
            return try? keys[id]?.open(one.bytes, at: one.field.place(of: database.tenant))
        }
    }

    /// Concurrent first uses may create two keys; each secret names its own.
    private func make(at now: Instant, in database: TenantDatabase) async throws -> DataKey {
        // Reads the ring again for the current key: after a rotation nothing new may use an old one.
        let ring = try ring.readAnew()
        let key = DataKey.make(id: .make(milliseconds: now.milliseconds, from: randomness), from: randomness)
        let wrapped = ring.wrap(key, of: database.tenant.uuid, from: randomness)
        try await database.execute(
            """
            INSERT INTO data_keys (tenant_id, key_id, wrapped, wrapped_by, made_at)
            VALUES (\(database.tenant), \(key.id), \(wrapped), \(ring.current.id), \(now))
            """)
        return key
    }

    private func unwrap(_ stored: StoredDataKey, of tenant: TenantID) throws -> DataKey {
        do {
            return try ring.held.unwrap(stored.wrapped, of: tenant.uuid)
        } catch CryptoError.missingKey {
            return try ring.readAnew().unwrap(stored.wrapped, of: tenant.uuid)
        }
    }
}

// For operators.
extension Vault {
    /// Rewraps the tenant's data keys with the ring's current key; returns how many. The sealed secrets stay as they
    /// are, and concurrent readers find either wrap.
    package func rewrap(in database: TenantDatabase) async throws -> Int {
        let ring = try ring.readAnew()
        return try await database.transaction { database in
            let stored: [StoredDataKey] = try await database.rows(
                """
                SELECT key_id, wrapped FROM data_keys
                WHERE tenant_id = \(database.tenant) AND wrapped_by <> \(ring.current.id) FOR UPDATE
                """)
            for key in stored {
                let wrapped = try ring.rewrap(key.wrapped, of: database.tenant.uuid, from: randomness) ?? key.wrapped
                try await database.execute(
                    """
                    UPDATE data_keys SET wrapped = \(wrapped), wrapped_by = \(ring.current.id)
                    WHERE tenant_id = \(database.tenant) AND key_id = \(key.id)
                    """)
            }
            return stored.count
        }
    }

    /// Tries every data key of the tenant.
    package func check(in database: TenantDatabase) async throws -> (sound: Int, faults: [CryptoError]) {
        let stored: [StoredDataKey] = try await database.rows(
            "SELECT key_id, wrapped FROM data_keys WHERE tenant_id = \(database.tenant) ORDER BY made_at")
        var faults: [CryptoError] = []
        for key in stored {
            do {
                _ = try unwrap(key, of: database.tenant)
            } catch let fault as CryptoError {
                faults.append(fault)
            }
        }
        return (stored.count - faults.count, faults)
    }
}

/// A secret's place in the tenant's data. It is authenticated, so a moved ciphertext does not open.
package struct SecretField: Sendable {
    private let table: String
    private let column: String
    private let row: UUID

    package init(_ column: String, of table: String, row: UUID) {
        self.column = column
        self.table = table
        self.row = row
    }

    func place(of tenant: TenantID) -> SecretPlace {
        SecretPlace(tenant: tenant.uuid, table: table, column: column, row: row)
    }
}

private struct StoredDataKey: RowReadable {
    let id: ID<DataKey>
    let wrapped: [UInt8]

    init(row: Row) throws(DatabaseError) {
        id = try row.read("key_id")
        wrapped = try row.read("wrapped")
    }
}
