import Glibc

/// A C string valid for as long as this object lives.
final class CString {
    let start: UnsafeMutablePointer<CChar>

    init(_ text: String) { start = strdup(text) }

    deinit { free(start) }
}
