import Glibc

/// Output to the terminal: results on stdout, errors on stderr.
enum Terminal {
    static func say(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    static func complain(_ text: String) {
        write(isColoured(STDERR_FILENO) ? "\u{1B}[31m\(text)\u{1B}[0m\n" : text + "\n", to: STDERR_FILENO)
    }

    /// Honours https://no-color.org, and writes no colours into files.
    static func isColoured(_ descriptor: Int32) -> Bool {
        let refused = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        return !refused && isatty(descriptor) == 1
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
