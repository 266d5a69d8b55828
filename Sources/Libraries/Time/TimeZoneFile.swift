import Glibc

// Compiled tzdata files (RFC 8536), version 2 or later: a legacy block, which is skipped, the block with 64-bit times,
// and a footer with the rule for the future.
extension TimeZoneHistory {
    convenience init(named name: String) throws(TimeZoneError) {
        guard name.isZoneName, let bytes = readZoneFile("/usr/share/zoneinfo/" + name) else {
            throw .unknown(name)
        }
        // The folder also holds plain-text tables, which are not zones.
        guard bytes.starts(with: Array("TZif".utf8)) else { throw .unknown(name) }
        guard let records = TimeZoneFile(bytes) else { throw .damaged(name) }
        self.init(
            changes: records.changes, clocks: records.clocks, clockBefore: records.clockBefore, rule: records.rule)
    }
}

struct TimeZoneFile {
    private(set) var changes: [Int64] = []
    private(set) var clocks: [TimeZoneHistory.Clock] = []
    private(set) var clockBefore: TimeZoneHistory.Clock
    private(set) var rule: TimeZoneRule?

    /// Nil for a malformed file.
    init?(_ bytes: [UInt8]) {
        guard let old = Header(bytes, at: 0), old.version >= UInt8(ascii: "2"),
            let header = Header(bytes, at: Header.size + old.bodySize(timeSize: 4)),
            bytes.count >= header.end + header.bodySize(timeSize: 8), header.typeCount > 0, header.leapCount == 0
        else { return nil }

        let kinds = header.end + header.timeCount * 8
        let types = kinds + header.timeCount
        let letters = types + header.typeCount * 6
        var known: [TimeZoneHistory.Clock] = []
        for type in stride(from: types, to: letters, by: 6) {
            let name = letters + Int(bytes[type + 5])
            let end = letters + header.letterCount
            guard name < end, let stop = bytes[name..<end].firstIndex(of: 0) else { return nil }
            let offset = Int64(Int32(truncatingIfNeeded: bytes.bigEndian(at: type, size: 4)))
            guard abs(offset) < 26 * 3600 else { return nil }
            known.append(.init(offset: offset, abbreviation: String(decoding: bytes[name..<stop], as: UTF8.self)))
        }
        clockBefore = known[0]
        for index in 0..<header.timeCount {
            let change = bytes.bigEndian(at: header.end + index * 8, size: 8)
            let kind = Int(bytes[kinds + index])
            guard kind < known.count, changes.last.map({ $0 < change }) ?? true else { return nil }
            changes.append(change)
            clocks.append(known[kind])
        }
        let footer = bytes[(header.end + header.bodySize(timeSize: 8))...]
        guard footer.count >= 2, footer.first == UInt8(ascii: "\n"), footer.last == UInt8(ascii: "\n") else {
            return nil
        }
        let line = footer.dropFirst().dropLast()
        if !line.isEmpty {
            guard let rule = TimeZoneRule(posix: line) else { return nil }
            self.rule = rule
        }
    }

    private struct Header {
        static let size = 44

        let version: UInt8
        let end: Int
        let timeCount: Int
        let typeCount: Int
        let letterCount: Int
        let leapCount: Int
        private let flagCount: Int

        init?(_ bytes: [UInt8], at start: Int) {
            guard bytes.count >= start + Header.size, bytes[start...].starts(with: Array("TZif".utf8)) else {
                return nil
            }
            let counts = (0..<6).map { Int(bytes.bigEndian(at: start + 20 + $0 * 4, size: 4)) }
            version = bytes[start + 4]
            end = start + Header.size
            flagCount = counts[0] + counts[1]
            leapCount = counts[2]
            timeCount = counts[3]
            typeCount = counts[4]
            letterCount = counts[5]
        }

        func bodySize(timeSize: Int) -> Int {
            timeCount * (timeSize + 1) + typeCount * 6 + letterCount + leapCount * (timeSize + 4) + flagCount
        }
    }
}

extension [UInt8] {
    fileprivate func bigEndian(at start: Int, size: Int) -> Int64 {
        self[start..<start + size].reduce(0) { $0 << 8 | Int64($1) }
    }
}

extension String {
    /// Letters, digits, `_ + -`, in parts separated by single slashes. Without dots the path cannot leave its folder.
    fileprivate var isZoneName: Bool {
        !utf8.isEmpty && utf8.count < 64
            && utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy { byte in
                        switch byte {
                        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"),
                            UInt8(ascii: "-"):
                            true
                        default: false
                        }
                    }
            }
    }
}

/// Nil when the file is missing, unreadable or far too large for a zone. Zone files are a few kilobytes and read once a
/// process, so blocking a loop is acceptable.
private func readZoneFile(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let limit = 64 * 1024
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
        while count < limit {
            let read = read(file, buffer.baseAddress! + count, limit - count)
            if read <= 0 { return }
            count += read
        }
    }
    return bytes.isEmpty || bytes.count == limit ? nil : bytes
}
