import Crypto
import Glibc
import Identifiers

/// The key ring's file, which wraps the tenants' data keys. Together with the database it reveals every secret, so it
/// is kept outside the database, readable by us only, and in a separate backup.
struct KeyFile: Sendable {
    let path: String

    func read() throws(Complaint) -> KeyRing {
        guard let bytes = File.bytes(path) else {
            throw complaint("\(path) cannot be read. Put the key file back, or make the first one: mastil keys add.")
        }
        guard let mode = File.mode(path), mode & 0o007 == 0 else {
            throw complaint("\(path) holds keys, and every user of this machine may touch it: chmod 600 \(path)")
        }
        do {
            return try KeyRing(text: bytes)
        } catch {
            throw complaint("\(path): \(error)")
        }
    }

    /// Adds a key as the current one and keeps the others; creates a missing file. Atomic: a crash leaves the old file
    /// or the new one.
    func add(_ key: KeyRing.Key) throws(Complaint) {
        var lines = ["# Keys of this installation: the first is the current one. Without them no secret can be read."]
        if File.exists(path) {
            guard try !read().contains(key.id), let text = File.text(path) else {
                throw Complaint("\(path) has a key named \(key.id) already: choose another name.")
            }
            lines = text.split(separator: "\n").map(String.init)
        }
        let place = lines.firstIndex { !$0.hasPrefix("#") } ?? lines.endIndex
        lines.insert(key.line, at: place)
        let new = "\(path).new"
        unlink(new)
        guard File.write(lines.joined(separator: "\n") + "\n", to: new, mode: 0o600), rename(new, path) == 0 else {
            throw complaint("\(path) cannot be written: \(String(cString: strerror(errno))).")
        }
    }

    private func complaint(_ text: String) -> Complaint {
        Complaint("MASTIL_KEYS: \(text)", status: ExitStatus.configuration)
    }
}
