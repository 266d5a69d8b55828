import Glibc

/// The Date field, cached for a second.
struct DateLine {
    private(set) var bytes: [UInt8] = []
    private var second: time_t = 0

    mutating func update() {
        let now = time(nil)
        if now == second { return }
        second = now
        bytes = Array("\r\nDate: \(HTTPDate.text(now))".utf8)
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`; RFC 9110 §5.6.7's obsolete forms are not supported.
enum HTTPDate {
    static func text(_ seconds: time_t) -> String {
        var seconds = seconds
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { text in
            let count = strftime(text.baseAddress, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
            return String(decoding: UnsafeRawBufferPointer(text)[..<count], as: UTF8.self)
        }
    }

    static func seconds(_ text: String) -> time_t? {
        let words = text.split(separator: " ")
        guard text.utf8.count == 29, words.count == 6, let day = Int32(words[1]), let year = Int32(words[3]),
            let month = months.firstIndex(of: words[2])
        else { return nil }
        let clock = words[4].split(separator: ":").compactMap { Int32($0) }
        guard clock.count == 3 else { return nil }
        var parts = tm()
        (parts.tm_mday, parts.tm_mon, parts.tm_year) = (day, Int32(month), year - 1900)
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (clock[0], clock[1], clock[2])
        let seconds = timegm(&parts)
        return self.text(seconds) == text ? seconds : nil
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
