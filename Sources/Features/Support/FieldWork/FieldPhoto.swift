import Conversations
import Identifiers
import Images
import Nouns
import Postgres
import Sandbox
import Time
import Vault

/// A picture of what was done, drawn anew and sealed.
package struct FieldPhoto: Sendable, Equatable {
    package typealias ID = Identifiers.ID<FieldPhoto>

    package let id: ID
    package let job: FieldJob.ID
    package let name: String

    static let mostBytes = 8 << 20
    /// Of one job.
    static let most = 30
    static let accepted = "image/png,image/jpeg,image/webp"
}

/// A picture that is to be put to a job.
package struct SealedPhoto: Sendable {
    let id: FieldPhoto.ID
    let name: String
    let sealed: [UInt8]

    package init(
        _ content: [UInt8], named name: String, in vault: Vault, with sandbox: Sandbox, of database: TenantDatabase,
        at now: Instant, from randomness: Randomness
    ) async throws {
        guard content.count <= FieldPhoto.mostBytes else { throw FieldRefusal.photoTooLarge }
        let drawn: [UInt8]
        do {
            drawn = try await MessageFile.draw(content, in: sandbox, for: database.tenant.uuid)
        } catch let fault as PictureFault {
            throw fault == .tooLarge ? FieldRefusal.photoTooLarge : .photoUnreadable
        } catch SandboxFailure.overran, SandboxFailure.crashed {
            throw FieldRefusal.photoUnreadable
        }
        id = .make(milliseconds: now.milliseconds, from: randomness)
        self.name = FormText.line(name, upTo: 200)
        sealed = try await vault.seal(drawn, for: .fieldPhoto(id), at: now, in: database)
    }
}

extension SecretField {
    static func fieldPhoto(_ id: FieldPhoto.ID) -> SecretField {
        SecretField("sealed", of: "field_photos", row: id.uuid)
    }
}

extension FieldPhoto: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(id: try row.read("photo_id"), job: try row.read("job_id"), name: try row.read("name"))
    }
}

extension TenantDatabase {
    package func photos(of job: FieldJob.ID) async throws(DatabaseError) -> [FieldPhoto] {
        try await rows(
            """
            SELECT photo_id, job_id, name FROM field_photos
            WHERE tenant_id = \(tenant) AND job_id = \(job) ORDER BY photo_id LIMIT \(FieldPhoto.most)
            """)
    }

    func insert(_ photos: [SealedPhoto], of job: FieldJob.ID, at now: Instant) async throws {
        guard !photos.isEmpty else { return }
        guard try await self.photos(of: job).count + photos.count <= FieldPhoto.most else {
            throw FieldRefusal.tooManyPhotos
        }
        for photo in photos {
            try await execute(
                """
                INSERT INTO field_photos (tenant_id, photo_id, job_id, name, sealed, made_at)
                VALUES (\(tenant), \(photo.id), \(job), \(photo.name), \(photo.sealed), \(now))
                """)
        }
    }

    func photo(_ id: FieldPhoto.ID, from vault: Vault) async throws -> [UInt8]? {
        let sealed: [UInt8]? = try await value(
            "SELECT sealed FROM field_photos WHERE tenant_id = \(tenant) AND photo_id = \(id)")
        guard let sealed else { return nil }
        return try await vault.open(sealed, for: .fieldPhoto(id), in: self)
    }
}
