import RouterScripts

/// The input of the rules.
struct RouterUnderAudit: Sendable {
    let configuration: RouterConfiguration
    let facts: RouterFacts
    let cutProfile: String
    let cutList: String
    /// Our API port and the addresses we connect from: the firewall must let them in.
    let apiPort: Int
    let sources: [String]
    let wans: [Wan]

    init(
        _ configuration: RouterConfiguration, _ facts: RouterFacts, cutProfile: String = "Morosos",
        cutList: String = "morosos", apiPort: Int = 8728, sources: [String] = []
    ) {
        (self.configuration, self.facts) = (configuration, facts)
        (self.cutProfile, self.cutList, self.apiPort, self.sources) = (cutProfile, cutList, apiPort, sources)
        wans = Wan.all(of: configuration, facts)
    }

    var isVersion7: Bool { configuration.majorVersion ?? 7 >= 7 }
    var liveWans: [Wan] { wans.filter(\.isLive) }
    var deadWans: [Wan] { wans.filter(\.isDead) }
}

/// An internet uplink.
struct Wan: Sendable, Equatable {
    let interface: String
    /// Gateways of its default routes, enabled or not.
    let gateways: Set<String>
    /// Routing tables (routing marks in version 6) that lead here.
    let tables: Set<String>
    let connectionMarks: Set<String>
    let packetMarks: Set<String>
    /// Disabled in the configuration.
    let isDead: Bool
    /// Enabled, and with a link as far as the router tells.
    let isLive: Bool
    /// The contracted speed in its comment, in bits per second.
    let speed: Int?
}

extension Wan {
    static func all(of configuration: RouterConfiguration, _ facts: RouterFacts) -> [Wan] {
        let defaults = configuration.rows("/ip/route").filter(\.isDefaultRoute)
        let addresses =
            configuration.rows("/ip/address").compactMap { row in
                row["address"].flatMap { address in
                    row["interface"].map { RouterFacts.Address(address: address, interface: $0) }
                }
            } + facts.addresses
        func interface(of gateway: String) -> String? {
            if let place = gateway.lastIndex(of: "%") { return String(gateway[gateway.index(after: place)...]) }
            if !Subnet.isAddress(gateway) { return gateway }
            return addresses.first { Subnet($0.address)?.contains(gateway) == true }?.interface
        }
        var gateways: [String: Set<String>] = [:]
        var tables: [String: Set<String>] = [:]
        for route in defaults {
            for gateway in route.gateways {
                guard let interface = interface(of: gateway) else { continue }
                gateways[interface, default: []].insert(gateway)
                if let table = route.table { tables[interface, default: []].insert(table) }
            }
        }
        var names = Set(gateways.keys)
        names.formUnion(
            configuration.rows("/interface/list/member").filter { $0["list"] == "WAN" }.compactMap { $0["interface"] })
        names.formUnion(
            configuration.rows("/ip/firewall/nat")
                .filter { $0["chain"] == "srcnat" && ["masquerade", "src-nat"].contains($0["action"]) }
                .compactMap { $0["out-interface"] })
        names.formUnion(
            configuration.rows("/ip/dhcp-client").filter { $0["add-default-route"] != "no" }
                .compactMap { $0["interface"] })
        return names.filter { !$0.hasPrefix("!") }.sorted().map { name in
            Wan(
                name, gateways: gateways[name] ?? [], tables: tables[name] ?? [], of: configuration,
                isDown: facts.down.contains(name))
        }
    }

    private init(
        _ name: String, gateways: Set<String>, tables: Set<String>, of configuration: RouterConfiguration, isDown: Bool
    ) {
        let mangle = configuration.rows("/ip/firewall/mangle")
        var marks = Set(
            mangle.filter { $0["action"] == "mark-connection" && $0["in-interface"] == name }
                .compactMap { $0["new-connection-mark"] })
        marks.formUnion(
            mangle.filter { $0["new-routing-mark"].map(tables.contains) == true }.compactMap { $0["connection-mark"] })
        marks = marks.filter { !$0.hasPrefix("!") && $0 != "no-mark" }
        let connectionMarks = marks
        packetMarks = Set(
            mangle.filter { rule in
                rule["action"] == "mark-packet"
                    && (rule["in-interface"] == name || rule["out-interface"] == name
                        || rule["connection-mark"].map(connectionMarks.contains) == true)
            }.compactMap { $0["new-packet-mark"] })
        let own = configuration.menus.filter { $0.hasPrefix("/interface/") && !$0.hasPrefix("/interface/list") }
            .flatMap { configuration.rows($0) }.filter { $0["name"] == name || $0["default-name"] == name }
        (interface, self.gateways, self.tables, self.connectionMarks) = (name, gateways, tables, connectionMarks)
        isDead = own.contains { $0.isDisabled }
        isLive = !own.contains { $0.isDisabled } && !isDown
        speed = own.compactMap { $0["comment"] }.compactMap(Rate.said).first
    }

    /// Whether a mangle rule concerns this WAN.
    func isMeant(by rule: RouterConfiguration.Row) -> Bool {
        rule["in-interface"] == interface || rule["out-interface"] == interface
            || rule["new-routing-mark"].map(tables.contains) == true
            || rule["new-connection-mark"].map(connectionMarks.contains) == true
            || rule["connection-mark"].map(connectionMarks.contains) == true
    }
}

extension RouterConfiguration.Row {
    var isDefaultRoute: Bool { ["0.0.0.0/0", nil].contains(self["dst-address"]) && self["gateway"] != nil }

    var gateways: [String] { (self["gateway"] ?? "").split(separator: ",").map(String.init) }

    /// Nil for the main table.
    var table: String? {
        let table = self["routing-table"] ?? self["routing-mark"]
        return table == "main" ? nil : table
    }
}

enum Rate {
    /// Parses `95M`, `95000000` or `1G`.
    static func bits(_ text: String) -> Int? {
        guard let last = text.last else { return nil }
        let unit = ["k": 1000, "M": 1_000_000, "G": 1_000_000_000][last]
        guard let number = Int(unit == nil ? text : String(text.dropLast())), 0...1_000_000_000_000 ~= number else {
            return nil
        }
        let (bits, isTooLarge) = number.multipliedReportingOverflow(by: unit ?? 1)
        return isTooLarge || bits > 10_000_000_000_000 ? nil : bits
    }

    /// The contracted speed: the first rate in a comment such as «Telmex 300M» or «Fibra 1 G».
    static func said(in comment: String) -> Int? {
        let words = comment.split { " /-_,;()".contains($0) }
        for (index, word) in words.enumerated() {
            let letters = word.drop { $0.isNumber }
            let digits = word.prefix { $0.isNumber }
            guard !digits.isEmpty, let number = Int(digits), 1...100_000 ~= number else { continue }
            let unit = letters.isEmpty && index + 1 < words.count ? words[index + 1] : letters
            switch unit.lowercased() {
            case "m", "mb", "mbps", "megas": return number * 1_000_000
            case "g", "gb", "gbps": return number * 1_000_000_000
            default: continue
            }
        }
        return nil
    }
}
