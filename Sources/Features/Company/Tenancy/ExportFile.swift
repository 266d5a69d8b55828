import Crypto
import Glibc
import Loop

/// An export's destination: a folder, or one archive of all files. Its operations may block on the disk.
package protocol ExportPlace: Sendable {
    associatedtype Output: ExportOutput

    /// The pool for blocking operations.
    var blocking: BlockingPool { get }

    /// One file is open at a time.
    func begin(_ name: String) throws(ExportError) -> Output
}

package protocol ExportOutput: Sendable {
    func write(_ bytes: [UInt8]) throws(ExportError)
    func finish() throws(ExportError)
}

package enum ExportError: Error, CustomStringConvertible {
    case notEmpty(String)
    case notWritten(String, code: Int32)
    /// An export of this company is under way.
    case busy
    /// As many exports are under way as the disk may hold.
    case allBusy
    case diskFull

    package var description: String {
        switch self {
        case .notEmpty(let path): "\(path) exists already: name a directory that does not."
        case .notWritten(let path, let code): "\(path) cannot be written: \(String(cString: strerror(code)))."
        case .busy: "An export of this tenant is being made or sent already."
        case .allBusy: "Several exports are being made or sent already."
        case .diskFull: "The disk is nearly full."
        }
    }
}

/// Counts and hashes a file's contents. Used by the one task that created it.
final class ExportFile {
    private let output: any ExportOutput
    private let blocking: BlockingPool
    private var hash: SHA256? = SHA256()
    private var held: [UInt8] = []
    private var rows = 0
    private var bytes = 0

    init(_ name: String, in place: some ExportPlace) async throws {
        blocking = place.blocking
        output = try await place.blocking.run { try place.begin(name) }
    }

    func append(line: String) async throws {
        rows += 1
        try await append(Array(line.utf8) + [UInt8(ascii: "\n")])
    }

    func append(_ more: [UInt8]) async throws {
        bytes += more.count
        hash?.update(more)
        held += more
        if held.count >= 256 * 1024 { try await flush() }
    }

    func finish() async throws -> (rows: Int, bytes: Int, digest: String) {
        try await flush()
        try await blocking.run { [output] in try output.finish() }
        return (rows, bytes, Hex.encode(hash.take()?.finish() ?? []))
    }

    private func flush() async throws {
        try await blocking.run { [output, held] in try output.write(held) }
        held.removeAll(keepingCapacity: true)
    }
}

/// An open file, closed on deinit.
final class ExportDescriptor: Sendable {
    let path: String
    private let number: Int32

    init(_ path: String) throws(ExportError) {
        self.path = path
        number = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else { throw .notWritten(path, code: errno) }
    }

    deinit { close(number) }

    /// Leaves a gigabyte of the disk free.
    func keepRoom(for count: Int) throws(ExportError) {
        var disk = statvfs()
        guard fstatvfs(number, &disk) == 0 else { throw .notWritten(path, code: errno) }
        guard UInt64(disk.f_bavail) * UInt64(disk.f_frsize) > 1 << 30 + UInt64(count) else { throw .diskFull }
    }

    func write(_ bytes: [UInt8], at place: Int) throws(ExportError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                pwrite(number, $0.baseAddress! + written, $0.count - written, place + written)
            }
            guard count > 0 || errno == EINTR else { throw .notWritten(path, code: errno) }
            written += max(0, count)
        }
    }

    func read(_ range: Range<Int>) throws(ExportError) -> [UInt8] {
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while count < range.count {
                let got = pread(number, buffer.baseAddress! + count, range.count - count, range.lowerBound + count)
                guard got > 0 || got < 0 && errno == EINTR else { return code = got < 0 ? errno : EIO }
                count += max(0, got)
            }
        }
        guard code == 0 else { throw .notWritten(path, code: code) }
        return bytes
    }

    func sync() throws(ExportError) {
        guard fsync(number) == 0 else { throw .notWritten(path, code: errno) }
    }
}
