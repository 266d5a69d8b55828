import Glibc
import Identifiers
import Loop
import Synchronization
import Time

/// The export's files in one `tar`, for a download. An unnamed file: the disk space is freed with the last reference,
/// also after a crash.
package final class ExportArchive: ExportPlace {
    package let blocking: BlockingPool
    private let descriptor: ExportDescriptor
    private let place: ExportSpool.Place
    private let folder: String
    private let now: Instant
    private let end = Mutex(0)

    /// Its files are in a folder of that name. Holds the spool place until it is released.
    init(
        of folder: String, in directory: String, at now: Instant, on place: ExportSpool.Place,
        writingOn blocking: BlockingPool
    ) throws(ExportError) {
        self.blocking = blocking
        self.place = place
        self.folder = folder
        self.now = now
        descriptor = try ExportDescriptor("\(directory)/export-\(UUID.v7(milliseconds: 0, from: .system))")
        unlink(descriptor.path)
    }

    package func begin(_ name: String) throws(ExportError) -> File { File("\(folder)/\(name)", in: self) }

    /// Streams the archive.
    package func read(_ piece: ([UInt8]) async throws -> Void) async throws {
        // Two empty blocks end an archive.
        let size = end.withLock { $0 }
        for start in stride(from: 0, to: size, by: 256 * 1024) {
            let range = start..<min(size, start + 256 * 1024)
            try await piece(try await blocking.run { [descriptor] in try descriptor.read(range) })
        }
        try await piece(Array(repeating: 0, count: 2 * TarHeader.block))
    }

    /// An archived file. Its header precedes it, and is written once its size is known.
    package final class File: ExportOutput {
        private let name: String
        private let archive: ExportArchive
        private let start: Int

        init(_ name: String, in archive: ExportArchive) {
            self.name = name
            self.archive = archive
            start = archive.end.withLock { end in
                defer { end += TarHeader.block }
                return end
            }
        }

        package func write(_ bytes: [UInt8]) throws(ExportError) {
            let place = archive.end.withLock { end in
                defer { end += bytes.count }
                return end
            }
            try archive.descriptor.keepRoom(for: bytes.count)
            try archive.descriptor.write(bytes, at: place)
        }

        package func finish() throws(ExportError) {
            let size = archive.end.withLock { $0 } - start - TarHeader.block
            let header = TarHeader.bytes(of: name, size: size, changedAt: archive.now.milliseconds / 1000)
            try archive.descriptor.write(header, at: start)
            let rest = size % TarHeader.block
            if rest > 0 { try write(Array(repeating: 0, count: TarHeader.block - rest)) }
        }
    }
}

/// POSIX.1-1988 (ustar), which everything reads; GNU's extension for files of 8 GiB and more.
enum TarHeader {
    static let block = 512

    static func bytes(of name: String, size: Int, changedAt seconds: Int64) -> [UInt8] {
        precondition(name.utf8.count < 100, "A table's name is short")
        var header = [UInt8](repeating: 0, count: block)
        func put(_ text: String, at place: Int) {
            header.replaceSubrange(place..<(place + text.utf8.count), with: text.utf8)
        }
        func octal(_ number: Int, digits: Int) -> String {
            let text = String(number, radix: 8)
            return String(repeating: "0", count: digits - text.utf8.count) + text
        }
        put(name, at: 0)
        put(octal(0o600, digits: 7), at: 100)
        put(octal(0, digits: 7), at: 108)
        put(octal(0, digits: 7), at: 116)
        if size < 1 << 33 {
            put(octal(size, digits: 11), at: 124)
        } else {
            for index in 0..<8 { header[135 - index] = UInt8(truncatingIfNeeded: size >> (8 * index)) }
            header[124] = 0x80
        }
        put(octal(Int(seconds), digits: 11), at: 136)
        put("0", at: 156)
        put("ustar", at: 257)
        put("00", at: 263)
        put(String(repeating: " ", count: 8), at: 148)
        let sum = header.reduce(0) { $0 + Int($1) }
        put(octal(sum, digits: 6) + "\0 ", at: 148)
        return header
    }
}
