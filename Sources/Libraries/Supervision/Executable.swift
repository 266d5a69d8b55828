import CSystem
import Glibc
import Time

/// The running program's file, from which further processes are started even after an update has replaced it.
package enum Executable {
    package static let path = "/proc/self/exe"

    /// Identifies the build.
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

    /// The function names at these addresses, innermost first, without the crash handler's own.
    package static func names(of frames: [UInt64]) -> [String] {
        frames.map { frame in
            guard frame > 0 else { return "(system)" }
            // A caller's address is the instruction after its call.
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
