import RouterScripts

// Each rule is a pure function of the data read.
extension AuditRule {
    func findings(at router: RouterUnderAudit) -> [AuditFinding] {
        switch self {
        case .onUpScript: router.onUpScripts()
        case .openInput: router.openInput()
        case .scriptPolicy: router.scriptPolicies()
        case .balancingOff: router.balancingOff()
        case .movedSubnet: router.movedSubnets()
        case .silentGateway: router.silentGateways()
        case .mangleOff: router.mangleOff()
        case .queueMissing: router.queuesMissing()
        case .staleRoute: router.staleRoutes()
        case .wrongDivisor: router.wrongDivisors()
        case .publicLAN: router.publicLANs()
        case .deadWAN: router.deadWanLeftovers()
        case .poolFull: router.fullPools()
        case .brokenMail: router.brokenMail()
        case .debtorsOnline: router.debtorsOnline()
        }
    }
}

// Scripts.
extension RouterUnderAudit {
    /// From version 7, active sessions have no profile to read.
    func onUpScripts() -> [AuditFinding] {
        guard isVersion7 else { return [] }
        let menu = "/ppp/profile"
        return configuration.rows(menu).compactMap { row in
            let changes = ["on-up", "on-down"].compactMap { name -> ScriptCommand.Attribute? in
                guard let source = row[name], let mended = ScriptSource(source).askingSecrets else { return nil }
                return .init(name, mended)
            }
            guard !changes.isEmpty else { return nil }
            return AuditFinding(
                .onUpScript, row["name"] ?? "", found: "/ppp active get … profile",
                wanted: "/ppp secret get … profile", changes: [.set(menu, row, changes)])
        }
    }

    /// Netwatch runs scripts with few policies; a scheduler runs them with its entry's.
    func scriptPolicies() -> [AuditFinding] {
        let netwatch: Set<String> = ["read", "write", "test", "reboot"]
        let menu = "/system/script"
        let watchers = configuration.enabled("/tool/netwatch").flatMap { row in
            ["up-script", "down-script", "test-script"].compactMap { row[$0] }
        }.map(ScriptSource.init)
        let events = configuration.enabled("/system/scheduler").map { row in
            (ScriptSource(row["on-event"] ?? ""), row["policy"].map(Self.policies))
        }
        return configuration.rows(menu).compactMap { row in
            guard let name = row["name"], row["dont-require-permissions"] != "yes",
                let needed = row["policy"].map(Self.policies)
            else { return nil }
            let isRunByNetwatch = watchers.contains { $0.runs(name) } && !needed.isSubset(of: netwatch)
            let isRunWithLess = events.contains { source, given in
                source.runs(name) && given.map { !needed.isSubset(of: $0) } == true
            }
            guard isRunByNetwatch || isRunWithLess else { return nil }
            return AuditFinding(
                .scriptPolicy, name, found: isRunByNetwatch ? "netwatch" : "scheduler",
                wanted: "dont-require-permissions=yes",
                changes: [.set(menu, row, [.init("dont-require-permissions", "yes")])])
        }
    }

    private static func policies(_ text: String) -> Set<String> {
        Set(text.split(separator: ",").map(String.init).filter { !$0.isEmpty && !$0.hasPrefix("!") })
    }

    /// Backups mailed to nobody.
    func brokenMail() -> [AuditFinding] {
        let menu = "/tool/e-mail"
        let server = configuration.value("server", in: menu) ?? configuration.value("address", in: menu) ?? "0.0.0.0"
        let tls = configuration.value("tls", in: menu) ?? configuration.value("start-tls", in: menu) ?? "no"
        let needsTLS = ["gmail", "office365", "outlook", "yahoo"].contains { server.contains($0) }
        let isUnset = server.isEmpty || server == "0.0.0.0"
        guard isUnset || needsTLS && tls == "no" else { return [] }
        let scripts = configuration.rows("/system/script")
        return configuration.enabled("/system/scheduler").compactMap { row in
            let event = ScriptSource(row["on-event"] ?? "")
            let sources =
                [event] + scripts.filter { event.runs($0["name"] ?? "") }.map { ScriptSource($0["source"] ?? "") }
            guard sources.contains(where: \.mailsBackup) else { return nil }
            return AuditFinding(
                .brokenMail, row["name"] ?? "", found: isUnset ? "server=0.0.0.0" : "server=\(server) tls=no",
                changes: [.disable(row, in: "/system/scheduler")])
        }
    }
}

/// The parts of a script's text that rules examine.
struct ScriptSource {
    private let text: String
    /// Split at blanks, and at a menu's separators.
    private let words: [Substring]

    init(_ text: String) {
        self.text = text
        words = text.split { " \t\r\n/;\"".contains($0) }
    }

    /// Whether the text is the script's name or runs it.
    func runs(_ name: String) -> Bool {
        guard !name.isEmpty else { return false }
        if text == name { return true }
        return words.indices.contains { place in
            words[place] == "run" && words.index(after: place) < words.endIndex
                && words[place + 1].trimmed == name
        }
    }

    var mailsBackup: Bool {
        let mails = zip(words, words.dropFirst()).contains { $0 == "e-mail" && $1 == "send" }
        let hasOwnServer = words.contains { $0.hasPrefix("server=") }
        return mails && !hasOwnServer && (text.contains("backup") || text.contains("export"))
    }

    /// Reads the profile from the secret instead of the session; nil where there is nothing to change.
    var askingSecrets: String? {
        var (rest, result, isMended) = (text[...], "", false)
        while let found = Self.firstActive(in: rest) {
            result += String(rest[..<found.lowerBound])
            let (old, behind) = (rest[found], rest[found.upperBound...])
            let asks = Self.asksProfile(behind)
            result += asks ? String(old.replacing("active", with: "secret")) : String(old)
            isMended = isMended || asks
            rest = behind
        }
        return isMended ? result + String(rest) : nil
    }

    private static func firstActive(in text: Substring) -> Range<Substring.Index>? {
        for form in ["/ppp active", "/ppp/active"] {
            if let found = text.firstRange(of: form) { return found }
        }
        return nil
    }

    /// Finds `get [find name=$user] profile]`, up to the end of the command.
    private static func asksProfile(_ text: Substring) -> Bool {
        var depth = 0
        var command: [Character] = []
        for character in text {
            if character == "[" { depth += 1 }
            if character == "]" { depth -= 1 }
            if depth < 0 || depth == 0 && (character == ";" || character == "\n") { break }
            command.append(depth == 0 && character != "]" ? character : " ")
        }
        let words = String(command).split { " \t\r/".contains($0) }
        return words.first == "get" && (words.contains("profile") || words.contains("value-name=profile"))
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        let signs = "[]{}\"\\"
        var text = self
        while let first = text.first, signs.contains(first) { text = text.dropFirst() }
        while let last = text.last, signs.contains(last) { text = text.dropLast() }
        return text
    }
}

// The firewall's input chain.
extension RouterUnderAudit {
    func openInput() -> [AuditFinding] {
        let menu = "/ip/firewall/filter"
        let input = configuration.enabled(menu).filter { $0["chain"] == "input" }
        guard !drops(input, depth: 0) else { return [] }
        return [AuditFinding(.openInput, wanted: "chain=input action=drop", changes: closingInput())]
    }

    /// Whether the chain ends by dropping everything, or everything from the WANs.
    private func drops(_ rules: [RouterConfiguration.Row], depth: Int) -> Bool {
        var covered: Set<String> = []
        for rule in rules.reversed() {
            let matchers = Set(rule.attributes.map(\.name)).subtracting([
                "chain", "action", "comment", "log", "log-prefix", "in-interface", "in-interface-list", "reject-with",
                "jump-target", "disabled",
            ])
            guard matchers.isEmpty else { return false }
            switch rule["action"] {
            case "drop", "reject", "tarpit":
                let list = rule["in-interface-list"]
                if let interface = rule["in-interface"] {
                    if interface.hasPrefix("!") { return true }
                    covered.insert(interface)
                    if Set(wans.map(\.interface)).isSubset(of: covered) { return true }
                } else if list == nil || list == "WAN" || list?.hasPrefix("!") == true {
                    return true
                } else {
                    return false
                }
            case "jump":
                guard depth < 4, rule["in-interface"] == nil, let target = rule["jump-target"] else { return false }
                return drops(
                    configuration.enabled("/ip/firewall/filter").filter { $0["chain"] == target }, depth: depth + 1)
            case "log", "passthrough": continue
            default: return false
            }
        }
        return false
    }

    /// Accepts established connections, ICMP, DNS and DHCP from inside, and management; drops the rest.
    private func closingInput() -> [ConfigurationChange] {
        let (menu, mark) = ("/ip/firewall/filter", "AUD-02")
        var changes: [ConfigurationChange] = []
        let members = configuration.rows("/interface/list/member").filter { $0["list"] == "WAN" }
        if !configuration.rows("/interface/list").contains(where: { $0["name"] == "WAN" }) {
            changes.append(.add("/interface/list", [.init("name", "WAN"), .init("comment", mark)]))
        }
        if members.isEmpty {
            changes += wans.filter { !$0.isDead }.map { wan in
                .add(
                    "/interface/list/member",
                    [
                        .init("list", "WAN"), .init("interface", wan.interface), .init("comment", mark),
                    ])
            }
        }
        func rule(_ action: String, _ matchers: (String, String)...) {
            let attributes =
                [("chain", "input"), ("action", action)] + matchers + [("comment", mark)]
            changes.append(.add(menu, attributes.map { .init($0.0, $0.1) }))
        }
        rule("accept", ("connection-state", "established,related"))
        rule("accept", ("protocol", "icmp"))
        if sources.isEmpty {
            rule("accept", ("protocol", "tcp"), ("dst-port", "\(apiPort)"))
        } else {
            for source in sources { rule("accept", ("src-address", source)) }
        }
        for name in ["udp", "tcp"] {
            rule("accept", ("in-interface-list", "!WAN"), ("protocol", name), ("dst-port", "53"))
        }
        rule("accept", ("in-interface-list", "!WAN"), ("protocol", "udp"), ("dst-port", "67"))
        rule("accept", ("in-interface-list", "!WAN"), ("protocol", "tcp"), ("dst-port", "22,8291,\(apiPort)"))
        rule("drop")
        return changes
    }
}
