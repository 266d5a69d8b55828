import Glibc
import Loop

/// Who makes network equipment, by the first half of its MAC address.
struct OUIRegister: Sendable {
    private let names: [String: String]

    init(names: [String: String] = [:]) { self.names = names }

    /// Where Debian's ieee-data has it.
    static let path = "/usr/share/ieee-data/oui.txt"

    /// Empty where nobody knows.
    func name(of mac: String) -> String {
        let prefix = Self.prefix(of: mac)
        return names[prefix] ?? (Self.ubiquiti.contains(prefix) ? "Ubiquiti" : "")
    }

    static func isUbiquiti(_ mac: String) -> Bool { ubiquiti.contains(prefix(of: mac)) }

    private static func prefix(of mac: String) -> String { String(mac.prefix(8)) }

    private static let ubiquiti: Set<String> = [
        "00:15:6D", "00:27:22", "04:18:D6", "18:E8:29", "24:5A:4C", "24:A4:3C", "44:D9:E7", "60:22:32", "68:72:51",
        "68:D7:9A", "70:A7:41", "74:83:C2", "74:AC:B9", "78:45:58", "78:8A:20", "80:2A:A8", "94:2A:6F", "AC:8B:A9",
        "B4:FB:E4", "D0:21:F9", "DC:9F:DB", "E0:63:DA", "E4:38:83", "F0:9F:C2", "F4:92:BF", "F4:E2:C6", "FC:EC:DA",
    ]

    /// Only the makers of these addresses. Without the file none but Ubiquiti is known.
    static func read(_ path: String = path, for macs: Set<String>, on pool: BlockingPool) async throws -> OUIRegister {
        let wanted = Set(macs.map(prefix))
        guard !wanted.isEmpty else { return OUIRegister() }
        return try await pool.run { OUIRegister(names: scan(path, for: wanted)) }
    }

    /// Lines are `24-A4-3C   (hex)		Ubiquiti Inc`.
    private static func scan(_ path: String, for wanted: Set<String>) -> [String: String] {
        guard let file = fopen(path, "re") else { return [:] }
        defer { fclose(file) }
        var names: [String: String] = [:]
        var line = [CChar](repeating: 0, count: 512)
        while fgets(&line, 512, file) != nil {
            let text = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            guard text.count > 18, text[2] == UInt8(ascii: "-"), text[5] == UInt8(ascii: "-") else { continue }
            let prefix = String(
                decoding: text.prefix(8).map { $0 == UInt8(ascii: "-") ? UInt8(ascii: ":") : $0 }, as: UTF8.self)
            guard wanted.contains(prefix), let mark = text.firstIndex(of: UInt8(ascii: ")")) else { continue }
            let name = text[(mark + 1)...].drop { $0 == 0x09 || $0 == 0x20 }.prefix { $0 != 0x0D && $0 != 0x0A }
            names[prefix] = String(String(decoding: name, as: UTF8.self).prefix(100))
        }
        return names
    }
}
