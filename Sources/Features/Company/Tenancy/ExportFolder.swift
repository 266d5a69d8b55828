import Glibc
import Loop
import Synchronization

/// A private directory.
package struct ExportFolder: ExportPlace {
    package let blocking: BlockingPool
    private let path: String

    package init(_ path: String, writingOn blocking: BlockingPool) throws(ExportError) {
        self.path = path
        self.blocking = blocking
        guard mkdir(path, 0o700) == 0 else {
            throw errno == EEXIST ? .notEmpty(path) : .notWritten(path, code: errno)
        }
        guard mkdir("\(path)/tables", 0o700) == 0 else { throw .notWritten(path, code: errno) }
    }

    package func begin(_ name: String) throws(ExportError) -> File {
        File(try ExportDescriptor("\(path)/\(name)"))
    }

    package final class File: ExportOutput {
        private let descriptor: ExportDescriptor
        private let size = Mutex(0)

        init(_ descriptor: ExportDescriptor) { self.descriptor = descriptor }

        package func write(_ bytes: [UInt8]) throws(ExportError) {
            let place = size.withLock { size in
                defer { size += bytes.count }
                return size
            }
            try descriptor.write(bytes, at: place)
        }

        package func finish() throws(ExportError) { try descriptor.sync() }
    }
}
