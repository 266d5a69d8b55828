import CSystem
import Glibc
import Time

/// The program that runs, as a file: the one that processes of the same set are started from, also after an update put
/// another in its place.
package enum Executable {
    package static let path = "/proc/self/exe"

    /// Tells builds apart.
    package static var build: String {
        guard let file else { return "" }
        return "\(file.st_size)-\(file.st_mtim.tv_sec)-\(file.st_mtim.tv_nsec)"
    }

    /// When the running program was built.
    package static var builtAt: Instant? { file.map { Instant(seconds: Int64($0.st_mtim.tv_sec)) } }

    private static var file: stat? {
        var information = stat()
        return stat(path, &information) == 0 ? information : nil
    }

    /// The functions at places in the executable, the innermost first, without those of the crash handler.
    package static func names(of frames: [UInt64]) -> [String] {
        frames.map { frame in
            guard frame > 0 else { return "(system)" }
            // A caller's place is the instruction after its call.
            guard let name = ccrash_symbol(path, frame - 1) else { return "0x" + String(frame, radix: 16) }
            defer { free(name) }
            return demangled(name) ?? String(cString: name)
        }
    }

    private static func demangled(_ name: UnsafePointer<CChar>) -> String? {
        guard let text = csystem_demangle(name) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }
}
