import AccessProtocol

/// A router's state that its configuration does not show, read at the same time.
struct RouterFacts: Sendable, Equatable {
    /// Including those from DHCP or PPPoE.
    var addresses: [Address] = []
    /// Interfaces without a link.
    var down: Set<String> = []
    /// Gateways that the router itself cannot reach.
    var unreachable: Set<String> = []
    /// Gateways that answer ARP but not ping.
    var silent: Set<String> = []
    /// Addresses in use per pool.
    var poolUse: [String: Int] = [:]
    /// Session addresses by login.
    var online: [String: String] = [:]
    /// Addresses in the debtors' list.
    var listed: Set<String> = []
    /// Disk size in bytes.
    var storage: Int?

    struct Address: Sendable, Equatable {
        let address: String
        let interface: String
    }
}

extension RouterFacts {
    static func read(_ session: any ConfiguredSession, list: String) async throws(AccessFailure) -> RouterFacts {
        var facts = RouterFacts()
        facts.addresses = try await session.rows(of: "/ip/address", ["address", "interface", "disabled"], where: nil)
            .filter { $0["disabled"] != "true" }
            .compactMap { row in
                row["address"].flatMap { address in
                    row["interface"].map { Address(address: address, interface: $0) }
                }
            }
        facts.down = Set(
            try await session.rows(of: "/interface", ["name", "running"], where: nil)
                .filter { $0["running"] == "false" }.compactMap { $0["name"] })
        for row in try await session.rows(of: "/ip/pool/used", ["pool"], where: nil) {
            facts.poolUse[row["pool"] ?? "", default: 0] += 1
        }
        for row in try await session.rows(of: "/ppp/active", ["name", "address"], where: nil) {
            if let name = row["name"] { facts.online[name] = row["address"] ?? "" }
        }
        facts.listed = Set(
            try await session.rows(of: "/ip/firewall/address-list", ["address"], where: ("list", list))
                .compactMap { $0["address"] })
        facts.storage = try await session.rows(of: "/system/resource", ["total-hdd-space"], where: nil).first?[
            "total-hdd-space"
        ].flatMap { Int($0) }
        try await facts.readGateways(session)
        return facts
    }

    private mutating func readGateways(_ session: any ConfiguredSession) async throws(AccessFailure) {
        let routes = try await session.rows(
            of: "/ip/route", ["gateway", "inactive", "gateway-status", "disabled", "check-gateway"], where: nil
        ).filter { $0["disabled"] != "true" }
        let neighbours = Set(
            try await session.rows(of: "/ip/arp", ["address", "complete", "mac-address"], where: nil)
                .filter { $0["complete"] == "true" || $0["mac-address"] != nil }.compactMap { $0["address"] })
        let watched = try await session.rows(of: "/tool/netwatch", ["host", "status", "disabled"], where: nil)
            .filter { $0["status"] == "down" && $0["disabled"] != "true" }.compactMap { $0["host"] }
        var suspects = Set(watched).intersection(routes.compactMap { $0["gateway"] })
        for route in routes {
            guard let gateway = route["gateway"], Subnet.isAddress(gateway) else { continue }
            let isOut = route["inactive"] == "true" || route["gateway-status"]?.contains("unreachable") == true
            if isOut { unreachable.insert(gateway) }
            if isOut, route["check-gateway"] == "ping" { suspects.insert(gateway) }
        }
        for gateway in suspects.intersection(neighbours).sorted().prefix(16)
        where try await !session.answersPing(gateway) {
            silent.insert(gateway)
        }
    }
}
