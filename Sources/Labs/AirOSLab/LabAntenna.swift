/// An antenna that does not exist: its files, its agent and what its shell answers.
package struct LabAntenna: Sendable {
    /// What became of it in a migration to another UISP.
    package enum Plight: String, Sendable, CaseIterable {
        /// The saved configuration names the new server, the one in effect the old one.
        case shadowed
        case right
        /// Both name the old server.
        case forgotten
        /// The right server, with a key that is not good any more.
        case keyLost = "key-lost"
    }

    /// What goes wrong with its SSH server.
    package enum Fault: Sendable, Equatable {
        case none
        /// Takes the connection and never says a word.
        case hang
        /// Does what it is told, and closes the connection before it answers.
        case drop
        /// The agent's parent does not start another child.
        case agentStaysDown
    }

    package let mac: String
    package var name: String
    package var firmware = "XW.ar934x.v6.2.0.33033.190703.1117"
    package var user = "ubnt"
    package var password: String
    package var fault = Fault.none
    package private(set) var files: [String: [UInt8]] = [:]
    package private(set) var flash: [UInt8] = []
    package private(set) var parent: Int
    package private(set) var child: Int?
    package private(set) var boots = 0
    /// The connection string that the running agent has read.
    package private(set) var connection = ""
    package private(set) var journal: [String] = []
    private var nextProcess: Int

    package init(
        number: Int, mac: String, name: String, plight: Plight, server: LabServer, password: String
    ) {
        (self.mac, self.name, self.password) = (mac, name, password)
        (parent, child, nextProcess) = (800 + number % 100, 845 + number % 100, 1200 + number % 1000)
        let old = "wss://uisp.viejo.example:443+\(LabServer.oldKey)+allowUntrustedCertificate"
        let own = "wss://\(server.host):443+\(LabServer.ownKey(of: mac))+allowUntrustedCertificate"
        let stale = "wss://\(server.host):443+\(LabServer.oldKey)+allowUntrustedCertificate"
        let sector = 1 + number % 12
        func configuration(_ uri: String) -> [UInt8] {
            Array(
                """
                resolv.host.1.name=\(name)
                netmode=router
                users.1.name=ubnt
                users.1.password=$1$lab$lab
                unms.status=enabled
                unms.uri=\(uri)
                wireless.1.ssid=Sector-\(sector)
                ppp.1.status=enabled
                ppp.1.password=secreto-del-cliente
                wpasupplicant.profile.1.network.1.psk=secreto-del-sector

                """.utf8)
        }
        switch plight {
        case .shadowed:
            files["/tmp/system.cfg"] = configuration(own)
            files["/tmp/running.cfg"] = configuration(old)
        case .right: files["/tmp/system.cfg"] = configuration(own)
        case .forgotten: files["/tmp/system.cfg"] = configuration(old)
        case .keyLost: files["/tmp/system.cfg"] = configuration(stale)
        }
        flash = files["/tmp/system.cfg"] ?? []
        files["/etc/board.info"] = Array(
            "board.name=LiteBeam M5\nboard.hwaddr=\(mac.filter { $0 != ":" })\nboard.sysid=0xe805\n".utf8)
        files["/etc/version"] = Array("\(firmware)\n".utf8)
        state = (signal: -55 - number % 20, ccq: 991 - number % 150, sector: "24:A4:3C:FF:00:\(Self.digits(sector))")
        connection = uri(in: files["/tmp/running.cfg"] ?? files["/tmp/system.cfg"] ?? [])
    }

    private let state: (signal: Int, ccq: Int, sector: String)

    private static func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private func uri(in file: [UInt8]) -> String {
        for line in file.split(separator: UInt8(ascii: "\n")) where line.starts(with: "unms.uri=".utf8) {
            return String(decoding: line.dropFirst(9), as: UTF8.self)
        }
        return ""
    }

    // MARK: - The shell

    /// Runs a line of commands. Returns whether the agent was started anew.
    package mutating func run(_ line: String, input: [UInt8]) -> (status: Int32, output: [UInt8], restarted: Bool) {
        journal.append(line)
        var (status, output, restarted): (Int32, [UInt8], Bool) = (0, [], false)
        for sentence in line.split(separator: ";") {
            for command in Self.conjuncts(String(sentence)) {
                let words = command.split(separator: " ").map(String.init)
                (status, restarted) = run(words, input, &output, restarted)
                if status != 0 { break }
            }
        }
        return (status, output, restarted)
    }

    private static func conjuncts(_ text: String) -> [String] {
        var (parts, rest): ([String], Substring) = ([], Substring(text))
        while let place = rest.firstRange(of: " && ") {
            parts.append(String(rest[..<place.lowerBound]))
            rest = rest[place.upperBound...]
        }
        return parts + [String(rest)]
    }

    private mutating func run(
        _ words: [String], _ input: [UInt8], _ output: inout [UInt8], _ restarted: Bool
    ) -> (Int32, Bool) {
        switch words.first {
        case "cat" where words.count == 3 && words[1] == ">": files[words[2]] = input
        case "cat" where words.count >= 2:
            guard let file = files[words[1]] else {
                if words.count == 2 { output += "cat: can't open '\(words[1])': No such file or directory\n".utf8 }
                return (1, restarted)
            }
            output += file
        case "echo": output += "\(words.dropFirst().joined(separator: " "))\n".utf8
        // test $(wc -c < FILE) -eq COUNT
        case "test" where words.count == 7 && words[1] == "$(wc":
            return (files[String(words[4].dropLast())]?.count == Int(words[6]) ? 0 : 1, restarted)
        case "mv" where words.count == 3:
            guard let file = files.removeValue(forKey: words[1]) else { return (1, restarted) }
            files[words[2]] = file
        case "rm" where words.count == 3: files[words[2]] = nil
        case "cfgmtd" where words.contains("-w"): flash = files["/tmp/system.cfg"] ?? []
        case "cfgmtd" where words.contains("-r") && words.last?.hasPrefix("/") == true:
            files[words[words.count - 1]] = flash
        case "kill" where words.count == 3 && words[1] == "-9":
            guard let pid = Int(words[2]), pid == child else { return (1, restarted) }
            start()
            return (0, true)
        case "sleep": break
        case "ps":
            output += "  PID USER       VSZ STAT COMMAND\n    1 ubnt      1976 S    init\n".utf8
            output += " \(parent) ubnt      1984 S    /bin/udapi-bridge\n".utf8
            if let child { output += " \(child) ubnt      6128 S    {exe} /bin/udapi-bridge\n".utf8 }
        case "mca-status":
            output +=
                """
                deviceName=\(name),deviceId=\(mac),firmwareVersion=\(firmware),platform=LiteBeam M5
                wlanOpmode=sta
                signal=\(state.signal)
                ccq=\(state.ccq)
                essid=Sector
                apMac=\(state.sector)
                uptime=\(boots > 0 ? 40 : 864_000)

                """.utf8
        case "reboot":
            boots += 1
            files["/tmp/system.cfg"] = flash
            files["/tmp/running.cfg"] = nil
            parent += 1
            start()
            return (0, true)
        default:
            output += "-sh: \(words.first ?? ""): not found\n".utf8
            return (127, restarted)
        }
        return (0, restarted)
    }

    /// The parent starts a child, which reads the configuration in effect.
    private mutating func start() {
        guard fault != .agentStaysDown else {
            child = nil
            return
        }
        nextProcess += 1
        child = nextProcess
        connection = uri(in: files["/tmp/running.cfg"] ?? files["/tmp/system.cfg"] ?? [])
    }

    /// As the server does when a device enrols: it is given a key of its own.
    mutating func enrol(with uri: String) {
        for path in ["/tmp/system.cfg", "/tmp/running.cfg"] {
            guard let file = files[path] else { continue }
            let lines = file.split(separator: UInt8(ascii: "\n")).map { line -> [UInt8] in
                line.starts(with: "unms.uri=".utf8) ? Array("unms.uri=\(uri)".utf8) : Array(line)
            }
            files[path] = lines.flatMap { $0 + [UInt8(ascii: "\n")] }
        }
        flash = files["/tmp/system.cfg"] ?? []
        connection = uri
    }
}

/// The UISP that the lab's antennas should find.
package struct LabServer: Sendable {
    package let host: String
    /// Lets a device in for the first time.
    package let key: String

    static let oldKey = "Kviejo0123456789Kviejo0123456789AAAAA"

    package init(host: String = "uisp.lab.example", key: String = "KlabKlab0123456789KlabKlab0123456789") {
        (self.host, self.key) = (host, key)
    }

    package var connection: String { "wss://\(host):443+\(key)+allowUntrustedCertificate" }

    static func ownKey(of mac: String) -> String { "D\(mac.filter { $0 != ":" })0123456789AAAAA" }

    /// Whether a device that connects so is let in; `true` where its key is an enrolment.
    func admits(_ connection: String, of mac: String) -> (isIn: Bool, isEnrolment: Bool) {
        if connection == self.connection { return (true, true) }
        return (connection == "wss://\(host):443+\(Self.ownKey(of: mac))+allowUntrustedCertificate", false)
    }
}
