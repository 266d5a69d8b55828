import AntennaProtocol

/// airOS's flat configuration: `key=value` lines, in their order.
struct AirOSConfiguration: Sendable, Equatable {
    private(set) var lines: [(key: String, value: String)]

    init(_ bytes: some Collection<UInt8>) {
        lines = bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            guard let equals = line.firstIndex(of: UInt8(ascii: "=")), equals > line.startIndex else { return nil }
            let value = line[line.index(after: equals)...]
            let text = value.last == UInt8(ascii: "\r") ? value.dropLast() : value
            return (String(decoding: line[..<equals], as: UTF8.self), String(decoding: text, as: UTF8.self))
        }
    }

    subscript(key: String) -> String? { lines.last { $0.key == key }?.value }

    var bytes: [UInt8] { Array(lines.map { "\($0.key)=\($0.value)\n" }.joined().utf8) }

    var agent: AgentAddress { AgentAddress(self["unms.uri"] ?? "", isEnabled: self["unms.status"] == "enabled") }

    /// What the agent is told, whole.
    var agentLines: [String] { lines.filter { $0.key.hasPrefix("unms.") }.map { "\($0.key)=\($0.value)" }.sorted() }

    /// With these values in the place of their lines, or at the end. The mark that brings factory settings back at the
    /// next boot goes.
    func setting(_ values: [String: String]) -> AirOSConfiguration {
        var changed = self
        changed.lines.removeAll { $0.key == "mgmt.is_default" }
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            if let place = changed.lines.lastIndex(where: { $0.key == key }) {
                changed.lines[place].value = value
            } else {
                changed.lines.append((key, value))
            }
        }
        return changed
    }

    static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }
}

/// The agent's processes among all.
struct AgentProcesses: Sendable, Equatable {
    private(set) var parent: Int?
    private(set) var child: Int?

    /// `  845 ubnt  2160 S  {exe} /bin/udapi-bridge`; the parent's line does not begin with `{exe}`.
    init(ps output: some Collection<UInt8>) {
        for line in output.split(separator: UInt8(ascii: "\n")) {
            let text = String(decoding: line, as: UTF8.self)
            guard text.contains("/bin/udapi-bridge"),
                let pid = text.split(separator: " ").first.flatMap({ Int($0) }), (2...4_194_304).contains(pid)
            else { continue }
            if text.contains("{exe} /bin/udapi-bridge") { child = pid } else { parent = parent ?? pid }
        }
    }
}

enum AirOSReading {
    static func parse(_ answer: ShellAnswer) -> (AntennaReading, saved: AirOSConfiguration)? {
        let parts = sections(of: answer.output)
        let board = AirOSConfiguration(parts["board"] ?? [])
        let saved = AirOSConfiguration(parts["saved"] ?? [])
        guard let mac = mac(board["board.hwaddr"] ?? ""), !saved.lines.isEmpty else { return nil }
        let running = AirOSConfiguration(parts["running"] ?? [])
        let isRunning = !running.lines.isEmpty
        let processes = AgentProcesses(ps: parts["processes"] ?? [])
        let state = status(parts["state"] ?? [])
        var reading = AntennaReading()
        reading.mac = mac
        (reading.hostKey, reading.hopKeys) = (answer.hostKey, answer.hopKeys)
        reading.name = limited(saved["resolv.host.1.name"] ?? state["deviceName"] ?? "")
        reading.model = limited(board["board.name"] ?? state["platform"] ?? "")
        reading.firmware = limited(
            String(decoding: (parts["version"] ?? []).filter { $0 > 0x20 && $0 < 0x7F }, as: UTF8.self))
        reading.ssid = limited(state["essid"] ?? saved["wireless.1.ssid"] ?? "")
        reading.sector = Self.mac(state["apMac"] ?? "").flatMap { $0 == "00:00:00:00:00:00" ? nil : $0 } ?? ""
        reading.signal = number(state["signal"], in: -120...0)
        reading.ccq = number(state["ccq"], in: 0...1000).map { $0 > 100 ? $0 / 10 : $0 }
        reading.uptime = number(state["uptime"], in: 0...4_000_000_000)
        reading.saved = saved.agent
        reading.effective = isRunning ? running.agent : saved.agent
        reading.isShadowed = isRunning && running.agentLines != saved.agentLines
        (reading.parent, reading.child) = (processes.parent, processes.child)
        return (reading, saved)
    }

    /// What stands between the lines `@version`, `@saved` and so on; the first part is the board's.
    private static func sections(of output: [UInt8]) -> [String: [UInt8]] {
        var (parts, name): ([String: [UInt8]], String) = ([:], "board")
        for line in output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if line.first == UInt8(ascii: "@"), line.count < 20 {
                name = String(decoding: line.dropFirst(), as: UTF8.self)
            } else {
                parts[name, default: []] += line
                parts[name, default: []].append(UInt8(ascii: "\n"))
            }
        }
        return parts
    }

    /// `mca-status`: a first line with commas, then lines of `key=value`; order and presence vary.
    private static func status(_ bytes: [UInt8]) -> [String: String] {
        let fields = bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\r") }
        var found: [String: String] = [:]
        for field in fields {
            guard let equals = field.firstIndex(of: UInt8(ascii: "=")) else { continue }
            found[String(decoding: field[..<equals], as: UTF8.self)] = String(
                decoding: field[field.index(after: equals)...], as: UTF8.self)
        }
        return found
    }

    private static func number(_ text: String?, in range: ClosedRange<Int>) -> Int? {
        guard let text, let number = Int(text.prefix { $0 != "." }), range.contains(number) else { return nil }
        return number
    }

    /// `24A43C000014` or `24:a4:3c:00:00:14`.
    private static func mac(_ text: String) -> String? {
        let digits = text.uppercased().filter { $0 != ":" && $0 != "-" }
        guard digits.utf8.count == 12, digits.allSatisfy(\.isHexDigit) else { return nil }
        let all = Array(digits)
        return stride(from: 0, to: 12, by: 2).map { "\(all[$0])\(all[$0 + 1])" }.joined(separator: ":")
    }

    private static func limited(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 }.prefix(100)))
    }
}
