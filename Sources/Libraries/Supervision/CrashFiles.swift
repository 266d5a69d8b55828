import Glibc
import JSON

/// The directory where a supervisor leaves crash reports for the next process, which stores them in the database.
package struct CrashFiles: Sendable {
    private let directory: String

    package init(directory: String) { self.directory = directory }

    /// Atomic: written under another name, then renamed.
    package func add(_ crash: Crash) -> Bool {
        mkdir(directory, 0o700)
        let path = "\(directory)/\(crash.id).json"
        let descriptor = open("\(path).new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        var json = JSONWriter()
        json.value(crash)
        let written = json.bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
        return written == json.bytes.count && rename("\(path).new", path) == 0
    }

    /// The readable crash reports, oldest first. Other files are left alone.
    package func read() -> [Crash] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var crashes: [Crash] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasSuffix(".json"), let crash = Self.crash(at: "\(directory)/\(name)") else { continue }
            crashes.append(crash)
        }
        return crashes.sorted { $0.at < $1.at }
    }

    package func remove(_ crash: Crash) { unlink("\(directory)/\(crash.id).json") }

    private static func crash(at path: String) -> Crash? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64 * 1024)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count > 0, let json = try? JSONValue.parse(Array(bytes[..<count])) else { return nil }
        return try? Crash(json: json)
    }
}
