import Audit
import Crypto
import Events
import Glibc
import Identifiers

// The audit trail's signing keys, and the directory of signatures outside the database.
extension Configuration {
    /// Without a configured key nothing is signed.
    func auditKeys() throws(Complaint) -> [SigningKey] {
        guard let auditKey else { return [] }
        guard let bytes = File.bytes(auditKey) else {
            throw complaint(
                "\(auditKey) cannot be read. To make one: openssl genpkey -algorithm ed25519 -out \(auditKey)")
        }
        guard let mode = File.mode(auditKey), mode & 0o007 == 0 else {
            throw complaint("every user of this machine may read \(auditKey): chmod 600 \(auditKey)")
        }
        do {
            return try SigningKey.read(pem: bytes)
        } catch {
            throw complaint("\(auditKey): \(error)")
        }
    }

    func headSigner() throws(Complaint) -> HeadSigner? {
        let keys = try auditKeys()
        guard let auditHeads else { return HeadSigner(keys: keys) { _ in } }
        guard File.isDirectory(auditHeads) else {
            throw Complaint(
                "MASTIL_AUDIT_HEADS: there is no directory \(auditHeads)", status: ExitStatus.configuration)
        }
        return HeadSigner(keys: keys) { head in try HeadFile(in: auditHeads, of: head).append(head) }
    }

    private func complaint(_ text: String) -> Complaint {
        Complaint("MASTIL_AUDIT_KEY: \(text)", status: ExitStatus.configuration)
    }
}

/// A tenant's signed audit heads, one a line, in an append-only file.
struct HeadFile {
    private let path: String

    init(in directory: String, of head: SignedHead) { path = "\(directory)/\(head.tenant).heads" }

    /// Returns once the line is on the disk (fsync).
    func append(_ head: SignedHead) throws(Complaint) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw complaint }
        defer { close(descriptor) }
        let line = Array("\(head.line)\n".utf8)
        guard write(descriptor, line, line.count) == line.count, fsync(descriptor) == 0 else { throw complaint }
    }

    private var complaint: Complaint { Complaint("\(path) cannot be written: \(String(cString: strerror(errno)))") }
}
