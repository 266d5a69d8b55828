import Glibc

/// A text that C may hold on to for as long as this lives.
final class CString {
    let start: UnsafeMutablePointer<CChar>

    init(_ text: String) { start = strdup(text) }

    deinit { free(start) }
}
