import Glibc
import Sandbox

/// What somebody would try who had a process of the sandbox in his hands. Answers what the kernel said.
struct Probe: PerformableWork {
    typealias Answer = String

    enum Fault: UInt8, Error, WireWord { case none }

    static let kind = "probe"
    static let limits = SandboxLimits(seconds: 0.5)

    let attempt: String

    init(from reader: inout WireReader) throws(WireError) { attempt = try reader.read() }
    func write(to writer: inout WireWriter) { writer.write(attempt) }

    func perform() throws(Fault) -> String {
        switch attempt {
        case "read": return said(open("/etc/passwd", O_RDONLY))
        case "read itself": return said(open("/proc/self/maps", O_RDONLY))
        case "list": return said(opendir("/") == nil ? -1 : 0)
        case "list fonts": return said(opendir("/usr/share/fonts") == nil ? -1 : 0)
        case "write": return said(open("/tmp/mastil-probe", O_WRONLY | O_CREAT, 0o600))
        case "write a font": return said(open("/usr/share/fonts/mastil-probe", O_WRONLY | O_CREAT, 0o600))
        case "connect": return said(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        case "connect locally": return said(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
        case "start": return started()
        case "signal": return said(kill(getppid(), 0))
        case "memory":
            let size = 400 << 20
            guard let bytes = malloc(size) else { return said(-1) }
            memset(bytes, 1, size)
            return "allowed"
        case "stack": return "\(depth(below: 1))"
        case "spin": while true {}
        case "print": print(String(repeating: "not an answer ", count: 1000))
        case "lie": _ = Glibc.write(3, [UInt8](repeating: 0xFF, count: 64), 64)
        case "end": _exit(0)
        default: break
        }
        return attempt
    }

    private func said(_ result: Int32) -> String { result < 0 ? String(cString: strerror(errno)) : "allowed" }

    private func started() -> String {
        var (process, words) = (pid_t(), [strdup("true"), nil])
        let result = posix_spawn(&process, "/bin/true", nil, nil, &words, nil)
        return result == 0 ? "allowed" : String(cString: strerror(result))
    }

    @inline(never) private func depth(below depth: Int) -> Int {
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { bytes in
            bytes[depth % 4096] = 1
            return self.depth(below: depth + 1) + Int(bytes[0])
        }
    }
}

SandboxWorker.run([Probe.self], readableFolders: ["/usr/share/fonts"])
