import Conversations
import Identifiers
import Images
import Nouns
import Postgres
import Sandbox
import Time
import Vault

/// A picture or paper on a ticket, sealed as it is kept.
package struct TicketFile: Sendable, Equatable {
    package typealias ID = Identifiers.ID<TicketFile>

    package let id: ID
    package let ticket: Ticket.ID
    /// Nil for what came with the ticket itself.
    package let entry: TicketEntry.ID?
    package let mediaType: String
    package let name: String

    package var isPicture: Bool { mediaType == "image/png" }

    package static let mostBytes = 8 << 20
    /// On one ticket.
    static let most = 60
    static let accepted = "image/png,image/jpeg,image/webp,application/pdf"
}

/// A file that is to be put on a ticket.
package struct SealedTicketFile: Sendable {
    let id: TicketFile.ID
    let mediaType: String
    let name: String
    let bytes: Int
    let sealed: [UInt8]

    /// As somebody chose it from their disk: a picture is drawn anew, so that nothing is left of it but what is seen; a
    /// paper has to begin as one.
    package init(
        _ content: [UInt8], named name: String, in vault: Vault, with sandbox: Sandbox, of database: TenantDatabase,
        at now: Instant, from randomness: Randomness
    ) async throws {
        guard content.count <= TicketFile.mostBytes else { throw TicketRefusal.fileTooLarge }
        var kept = content
        if content.starts(with: Array("%PDF-".utf8)) {
            mediaType = "application/pdf"
        } else {
            do {
                kept = try await MessageFile.draw(content, in: sandbox, for: database.tenant.uuid)
            } catch let fault as PictureFault {
                throw fault == .tooLarge ? TicketRefusal.fileTooLarge : .fileUnreadable
            } catch SandboxFailure.overran, SandboxFailure.crashed {
                throw TicketRefusal.fileUnreadable
            }
            mediaType = "image/png"
        }
        guard !kept.isEmpty else { throw TicketRefusal.fileUnreadable }
        id = .make(milliseconds: now.milliseconds, from: randomness)
        (self.name, bytes) = (FormText.line(name, upTo: 200), kept.count)
        sealed = try await vault.seal(kept, for: .ticketFile(id), at: now, in: database)
    }
}

extension SecretField {
    static func ticketFile(_ id: TicketFile.ID) -> SecretField {
        SecretField("sealed", of: "ticket_files", row: id.uuid)
    }
}

extension TicketFile: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(
            id: try row.read("file_id"), ticket: try row.read("ticket_id"), entry: try row.read("entry_id"),
            mediaType: try row.read("media_type"), name: try row.read("name"))
    }
}

extension TenantDatabase {
    package func files(of ticket: Ticket.ID) async throws(DatabaseError) -> [TicketFile] {
        try await rows(
            """
            SELECT file_id, ticket_id, entry_id, media_type, name FROM ticket_files
            WHERE tenant_id = \(tenant) AND ticket_id = \(ticket) ORDER BY file_id LIMIT \(TicketFile.most)
            """)
    }

    func insert(
        _ files: [SealedTicketFile], of ticket: Ticket.ID, with entry: TicketEntry.ID?, at now: Instant
    ) async throws {
        guard !files.isEmpty else { return }
        let known: Int? = try await value(
            "SELECT count(*) FROM ticket_files WHERE tenant_id = \(tenant) AND ticket_id = \(ticket)")
        guard (known ?? 0) + files.count <= TicketFile.most else { throw TicketRefusal.tooManyFiles }
        for file in files {
            try await execute(
                """
                INSERT INTO ticket_files (
                    tenant_id, file_id, ticket_id, entry_id, media_type, name, bytes, sealed, made_at)
                VALUES (
                    \(tenant), \(file.id), \(ticket), \(entry), \(file.mediaType), \(file.name), \(Int32(file.bytes)),
                    \(file.sealed), \(now))
                """)
        }
    }

    package func ticketFile(
        _ id: TicketFile.ID, from vault: Vault
    ) async throws -> (file: TicketFile, content: [UInt8])? {
        let file: TicketFile? = try await first(
            """
            SELECT file_id, ticket_id, entry_id, media_type, name FROM ticket_files
            WHERE tenant_id = \(tenant) AND file_id = \(id)
            """)
        let sealed: [UInt8]? = try await value(
            "SELECT sealed FROM ticket_files WHERE tenant_id = \(tenant) AND file_id = \(id)")
        guard let file, let sealed else { return nil }
        return (file, try await vault.open(sealed, for: .ticketFile(id), in: self))
    }
}
