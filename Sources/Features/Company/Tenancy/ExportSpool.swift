import CSystem
import Glibc
import Identifiers
import Loop
import Time

/// Limits exports on disk, over all processes that share it: one for each company, three in total.
package struct ExportSpool: Sendable {
    private static let places: Range<Int64> = 0..<3

    private let directory: String
    private let blocking: BlockingPool

    package init(directory: String, writingOn blocking: BlockingPool) {
        self.directory = directory
        self.blocking = blocking
    }

    package func archive(of tenant: Tenant, at now: Instant) throws(ExportError) -> ExportArchive {
        let place = try Place(in: directory)
        // A lock byte for each tenant, practically unique, and far from those of the places.
        guard place.takes(1 << 32 + Int64(tenant.id.uuid.low >> 2)) else { throw .busy }
        guard Self.places.contains(where: { place.takes($0) }) else { throw .allBusy }
        return try ExportArchive(of: tenant.slug, in: directory, at: now, on: place, writingOn: blocking)
    }

    /// Byte-range locks on an empty file. The kernel releases them with the last descriptor, also after a crash.
    final class Place: Sendable {
        private let descriptor: Int32

        fileprivate init(in directory: String) throws(ExportError) {
            let path = "\(directory)/exports.lock"
            descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { throw .notWritten(path, code: errno) }
        }

        deinit { close(descriptor) }

        fileprivate func takes(_ byte: Int64) -> Bool { csystem_lock_byte(descriptor, byte) == 0 }
    }
}
