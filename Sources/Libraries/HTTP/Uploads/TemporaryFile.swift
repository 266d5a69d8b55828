import Glibc
import Identifiers

/// An unnamed file: the kernel frees it with the last reference, also after a crash.
package final class TemporaryFile: Sendable {
    private let descriptor: Int32

    init(in directory: String) throws(RequestError) {
        let path = "\(directory)/upload-\(UUID.v7(milliseconds: 0, from: .system))"
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .storageFailed(code: errno) }
        unlink(path)
    }

    deinit { close(descriptor) }

    /// May block on the disk, as may reading: not for a loop.
    func append(_ bytes: [UInt8]) throws(RequestError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + written, $0.count - written) }
            guard count > 0 || errno == EINTR else { throw .storageFailed(code: errno) }
            written += max(0, count)
        }
    }

    package func read(_ range: Range<Int>) throws(RequestError) -> [UInt8] {
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while count < range.count {
                let got = pread(
                    descriptor, buffer.baseAddress! + count, range.count - count, range.lowerBound + count)
                guard got > 0 || got < 0 && errno == EINTR else { return code = got < 0 ? errno : 0 }
                count += max(0, got)
            }
        }
        guard code == 0 else { throw .storageFailed(code: code) }
        return bytes
    }
}
