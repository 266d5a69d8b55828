import RouterScripts

// Internet uplinks (WANs) and load balancing.
extension RouterUnderAudit {
    private var mangle: [RouterConfiguration.Row] { configuration.rows("/ip/firewall/mangle") }
    private var defaults: [RouterConfiguration.Row] { configuration.rows("/ip/route").filter(\.isDefaultRoute) }

    /// Connections are marked per WAN, but every WAN's route is disabled: all traffic takes the main table.
    func balancingOff() -> [AuditFinding] {
        let isMarked = mangle.contains { !$0.isDisabled && $0["per-connection-classifier"] != nil }
        let tables = Set(mangle.filter { !$0.isDisabled }.compactMap { $0["new-routing-mark"] })
        let routes = defaults.filter { $0.table.map(tables.contains) == true }
        guard isMarked, Set(routes.compactMap(\.table)).count > 1, routes.allSatisfy(\.isDisabled) else { return [] }
        let dead = Set(deadWans.flatMap(\.gateways))
        let live = routes.filter { dead.isDisjoint(with: $0.gateways) }
        guard !live.isEmpty else { return [] }
        return [
            AuditFinding(
                .balancingOff, found: "\(routes.count)", changes: live.map { .enable($0, in: "/ip/route") })
        ]
    }

    /// A static gateway outside all subnets of the router.
    func movedSubnets() -> [AuditFinding] {
        movedGateways.map { gateway in
            let addresses = configuration.enabled("/ip/address").compactMap { $0["address"] }
            return AuditFinding(
                .movedSubnet, gateway, found: addresses.prefix(12).joined(separator: ", "),
                advice: [
                    "/ip address set [find interface=<WAN>] address=<IP/prefijo>",
                    "/ip route set [find gateway=\(gateway)] gateway=<gateway>",
                ])
        }
    }

    private var movedGateways: [String] {
        let isDynamic =
            !configuration.enabled("/ip/dhcp-client").isEmpty
            || configuration.menus.contains { $0.hasSuffix("-client") && $0 != "/ip/dhcp-client" }
        // Without the dynamic addresses a gateway's subnet cannot be judged.
        if isDynamic, facts.addresses.isEmpty { return [] }
        let own =
            configuration.enabled("/ip/address").flatMap { row in [row["address"], row["network"]] }
            + facts.addresses.map(\.address)
        let subnets = own.compactMap { $0.flatMap { Subnet($0) } }
        let detours = configuration.enabled("/ip/route").filter { !$0.isDefaultRoute }
            .compactMap { $0["dst-address"].flatMap { Subnet($0) } }
        let gateways = defaults.filter { !$0.isDisabled }.flatMap(\.gateways).filter { Subnet.isAddress($0) }
        return Set(gateways).filter { gateway in
            !(subnets + detours).contains { $0.contains(gateway) }
        }.sorted()
    }

    /// The WAN works, but its gateway does not answer the pings that check it.
    func silentGateways() -> [AuditFinding] {
        let watchers = configuration.enabled("/tool/netwatch")
        let probes = ["1.0.0.1", "8.8.4.4", "9.9.9.9", "208.67.222.222", "149.112.112.112", "208.67.220.220"]
        var free = probes.filter { probe in
            !watchers.contains { $0["host"] == probe }
                && !configuration.rows("/ip/route").contains { $0["dst-address"]?.hasPrefix(probe) == true }
        }
        return facts.silent.sorted().compactMap { gateway in
            let watched = watchers.filter { $0["host"] == gateway }
            let checked = configuration.enabled("/ip/route")
                .filter { $0["gateway"] == gateway && $0["check-gateway"] == "ping" }
            guard !watched.isEmpty || !checked.isEmpty else { return nil }
            var changes: [ConfigurationChange] = checked.map { .set("/ip/route", $0, [.init("check-gateway", "none")]) }
            if !watched.isEmpty, let probe = free.first {
                free.removeFirst()
                changes.append(
                    .add(
                        "/ip/route",
                        [
                            .init("dst-address", "\(probe)/32"), .init("gateway", gateway), .init("comment", "AUD-06"),
                        ]))
                changes += watched.map { .set("/tool/netwatch", $0, [.init("host", probe)]) }
            }
            return AuditFinding(
                .silentGateway, gateway,
                found: [watched.isEmpty ? nil : "netwatch", checked.isEmpty ? nil : "check-gateway=ping"]
                    .compactMap(\.self).joined(separator: ", "), changes: changes)
        }
    }

    /// A WAN's mangle rules are disabled while other WANs' are enabled.
    func mangleOff() -> [AuditFinding] {
        liveWans.compactMap { wan in
            let off = mangle.filter { $0.isDisabled && wan.isMeant(by: $0) }.filter { rule in
                liveWans.contains { other in
                    other != wan
                        && mangle.contains {
                            !$0.isDisabled && other.isMeant(by: $0) && $0["chain"] == rule["chain"]
                                && $0["action"] == rule["action"]
                                && ($0["per-connection-classifier"] == nil)
                                    == (rule["per-connection-classifier"] == nil)
                        }
                }
            }
            guard !off.isEmpty else { return nil }
            return AuditFinding(
                .mangleOff, wan.interface, found: "\(off.count)",
                changes: off.map { .enable($0, in: "/ip/firewall/mangle") })
        }
    }

    func queuesMissing() -> [AuditFinding] {
        let menu = "/queue/tree"
        let entries = configuration.rows(menu)
        func own(_ wan: Wan) -> [RouterConfiguration.Row] {
            entries.filter { $0["parent"] == wan.interface || $0["packet-mark"].map(wan.packetMarks.contains) == true }
        }
        return liveWans.compactMap { wan in
            let queues = own(wan)
            let peers = liveWans.filter { $0 != wan }.flatMap(own).filter { !$0.isDisabled }
            if let queue = queues.first, queues.allSatisfy(\.isDisabled), !peers.isEmpty {
                return AuditFinding(
                    .queueMissing, wan.interface, found: "disabled=yes", changes: [.enable(queue, in: menu)])
            }
            if queues.isEmpty, let peer = peers.first {
                return missingQueue(of: wan, like: peer)
            }
            return slowQueue(of: wan, queues.filter { !$0.isDisabled })
        }
    }

    private func missingQueue(of wan: Wan, like peer: RouterConfiguration.Row) -> AuditFinding? {
        let isOfInterface = wans.contains { $0.interface == peer["parent"] }
        guard isOfInterface || !wan.packetMarks.isEmpty else { return nil }
        var attributes: [ScriptCommand.Attribute] = peer.attributes.compactMap { attribute in
            switch attribute.name {
            case "name": .init("name", "\(wan.interface)-AUD-08")
            case "parent" where isOfInterface: .init("parent", wan.interface)
            case "packet-mark" where !wan.packetMarks.isEmpty: .init("packet-mark", wan.packetMarks.sorted()[0])
            case "max-limit": wan.speed.map { .init("max-limit", "\($0)") } ?? attribute
            case "comment": nil
            default: attribute
            }
        }
        attributes.append(.init("comment", "AUD-08"))
        return AuditFinding(.queueMissing, wan.interface, found: "–", changes: [.add("/queue/tree", attributes)])
    }

    /// Limited to less than half of the contracted speed in the interface's comment.
    private func slowQueue(of wan: Wan, _ queues: [RouterConfiguration.Row]) -> AuditFinding? {
        guard let speed = wan.speed else { return nil }
        let slow = queues.filter { queue in
            queue["max-limit"].flatMap(Rate.bits).map { $0 > 0 && $0 < speed / 2 } == true
        }
        guard !slow.isEmpty, slow.count == queues.count else { return nil }
        return AuditFinding(
            .queueMissing, wan.interface, found: "max-limit=\(slow[0]["max-limit"] ?? "")",
            wanted: "\(speed / 1_000_000)M",
            changes: slow.map { .set("/queue/tree", $0, [.init("max-limit", "\(speed / 100 * 95)")]) })
    }

    /// Unreachable routes, except those of WANs covered by other rules.
    func staleRoutes() -> [AuditFinding] {
        let known = Set(movedGateways).union(facts.silent).union(deadWans.flatMap(\.gateways))
            .union(wans.filter { facts.down.contains($0.interface) }.flatMap(\.gateways))
        let stale = facts.unreachable.subtracting(known)
        return stale.sorted().compactMap { gateway in
            let routes = configuration.enabled("/ip/route").filter { $0["gateway"] == gateway }
            guard !routes.isEmpty else { return nil }
            return AuditFinding(
                .staleRoute, gateway,
                found: routes.compactMap { $0["dst-address"] ?? "0.0.0.0/0" }.joined(separator: ", "),
                changes: routes.map { .remove("/ip/route", $0) })
        }
    }

    /// Every PCC remainder must occur once, and every live WAN have one.
    func wrongDivisors() -> [AuditFinding] {
        let rules = mangle.filter { rule in
            rule["per-connection-classifier"] != nil
                && (!rule.isDisabled || liveWans.contains { $0.isMeant(by: rule) })
        }
        var groups: [String: [(rule: RouterConfiguration.Row, pcc: Classifier)]] = [:]
        for rule in rules {
            guard let pcc = rule["per-connection-classifier"].flatMap({ Classifier($0) }) else { continue }
            let others = rule.attributes.filter {
                !["per-connection-classifier", "new-connection-mark", "comment", "disabled", "log", "log-prefix"]
                    .contains($0.name)
            }
            let key = others.map { "\($0.name)=\($0.value)" }.sorted().joined(separator: " ")
            groups["\(pcc.kind) \(key)", default: []].append((rule, pcc))
        }
        let balanced = liveWans.filter { !$0.tables.isEmpty && !$0.connectionMarks.isEmpty }
        return groups.sorted { $0.key < $1.key }.compactMap { _, group in
            let marks = Set(group.compactMap { $0.rule["new-connection-mark"] })
            let divisors = Set(group.map(\.pcc.divisor))
            let remainders = group.map(\.pcc.remainder).sorted()
            let isWhole = divisors.count == 1 && remainders == Array(0..<(divisors.first ?? 0))
            let missing = balanced.filter { $0.connectionMarks.isDisjoint(with: marks) }
            let dead = deadWans.filter { !$0.connectionMarks.isDisjoint(with: marks) }
            guard !isWhole || !missing.isEmpty || !dead.isEmpty else { return nil }
            return AuditFinding(
                .wrongDivisor, group[0].rule["in-interface"] ?? group[0].rule["in-interface-list"] ?? "",
                found: "\(group[0].pcc.kind):\(divisors.sorted().map(String.init).joined(separator: ","))",
                wanted: "\(balanced.count)", changes: regenerated(group, balanced))
        }
    }

    /// One PCC remainder per WAN.
    private func regenerated(
        _ group: [(rule: RouterConfiguration.Row, pcc: Classifier)], _ lines: [Wan]
    ) -> [ConfigurationChange] {
        let menu = "/ip/firewall/mangle"
        var rest = group
        var changes: [ConfigurationChange] = []
        var added: [ConfigurationChange] = []
        for (place, wan) in lines.enumerated() {
            let classifier = "\(group[0].pcc.kind):\(lines.count)/\(place)"
            if let index = rest.firstIndex(where: {
                $0.rule["new-connection-mark"].map(wan.connectionMarks.contains) == true
            }) {
                let rule = rest.remove(at: index).rule
                var new: [ScriptCommand.Attribute] = []
                if rule["per-connection-classifier"] != classifier {
                    new.append(.init("per-connection-classifier", classifier))
                }
                if rule.isDisabled { new.append(.init("disabled", "no")) }
                if !new.isEmpty { changes.append(.set(menu, rule, new)) }
            } else {
                let attributes = group[0].rule.attributes.filter { $0.name != "comment" && $0.name != "disabled" }
                added.append(
                    .add(
                        menu,
                        attributes.map { attribute in
                            switch attribute.name {
                            case "per-connection-classifier": .init(attribute.name, classifier)
                            case "new-connection-mark": .init(attribute.name, wan.connectionMarks.sorted()[0])
                            default: attribute
                            }
                        } + [.init("comment", "AUD-10")]))
            }
        }
        return rest.filter { !$0.rule.isDisabled }.map { .disable($0.rule, in: menu) } + changes + added
    }

    /// `src-address:3/0`.
    private struct Classifier {
        let kind: String
        let divisor: Int
        let remainder: Int

        init?(_ text: String) {
            let parts = text.split(separator: ":")
            let numbers = parts.last?.split(separator: "/").map { Int($0) } ?? []
            guard parts.count == 2, numbers.count == 2, let divisor = numbers[0], let remainder = numbers[1],
                (1...1000).contains(divisor)
            else { return nil }
            (kind, self.divisor, self.remainder) = (String(parts[0]), divisor, remainder)
        }
    }

    func deadWanLeftovers() -> [AuditFinding] {
        deadWans.compactMap { wan in
            var left: [(menu: String, row: RouterConfiguration.Row)] = []
            for menu in ["/ip/firewall/nat", "/ip/firewall/mangle"] {
                left += configuration.enabled(menu)
                    .filter { $0["out-interface"] == wan.interface || $0["in-interface"] == wan.interface }
                    .map { (menu, $0) }
            }
            left += configuration.enabled("/ip/address").filter { $0["interface"] == wan.interface }
                .map { ("/ip/address", $0) }
            left += configuration.enabled("/queue/tree").filter { $0["parent"] == wan.interface }
                .map { ("/queue/tree", $0) }
            left += configuration.enabled("/ip/route").filter { !wan.gateways.isDisjoint(with: $0.gateways) }
                .map { ("/ip/route", $0) }
            left += configuration.enabled("/tool/netwatch").filter { $0["host"].map(wan.gateways.contains) == true }
                .map { ("/tool/netwatch", $0) }
            guard !left.isEmpty else { return nil }
            return AuditFinding(
                .deadWAN, wan.interface, found: "\(left.count)", changes: left.map { .disable($0.row, in: $0.menu) })
        }
    }
}

// Customer addresses.
extension RouterUnderAudit {
    /// Public addresses used as private ones: customers cannot reach the real owner.
    func publicLANs() -> [AuditFinding] {
        guard let foreign = Subnet("172.168.0.0/16") else { return [] }
        let lines = Set(wans.map(\.interface))
        let taken =
            configuration.enabled("/ip/address").filter { $0["interface"].map(lines.contains) != true }
            .compactMap { $0["address"] }
            + configuration.rows("/ip/pool").flatMap { ($0["ranges"] ?? "").split(separator: ",").map(String.init) }
        let wrong = taken.filter { text in Subnet(text).map(foreign.contains) == true }
        guard !wrong.isEmpty else { return [] }
        return [
            AuditFinding(
                .publicLAN, "172.168.0.0/16", found: wrong.prefix(6).joined(separator: ", "), wanted: "172.16.0.0/12",
                advice: [
                    "/ip address set [find address=\(ScriptText.quoted(wrong[0]))] address=<10.x.x.x/prefijo>",
                    "/ip pool set [find name=<pool>] ranges=<10.x.x.x-10.x.x.x>",
                ])
        ]
    }

    func fullPools() -> [AuditFinding] {
        configuration.rows("/ip/pool").compactMap { row in
            guard let name = row["name"], let used = facts.poolUse[name], row["next-pool"] ?? "none" == "none" else {
                return nil
            }
            let size = (row["ranges"] ?? "").split(separator: ",").compactMap { Subnet($0)?.count }.reduce(0, +)
            guard size > 0, used * 10 >= size * 9 else { return nil }
            return AuditFinding(
                .poolFull, name, found: "\(used)", wanted: "\(size)",
                advice: [
                    "/ip pool add name=\(ScriptText.quoted(name + "-2")) ranges=<10.x.x.x-10.x.x.x>",
                    "/ip pool set [find name=\(ScriptText.quoted(name))] next-pool=\(ScriptText.quoted(name + "-2"))",
                ])
        }
    }

    /// Cut by profile and online, but missing from the list that the firewall drops.
    func debtorsOnline() -> [AuditFinding] {
        let isListUsed = ["/ip/firewall/filter", "/ip/firewall/nat", "/ip/firewall/raw"].contains { menu in
            configuration.enabled(menu).contains {
                $0["src-address-list"] == cutList || $0["dst-address-list"] == cutList
            }
        }
        guard isListUsed, !cutProfile.isEmpty else { return [] }
        let debtors = configuration.enabled("/ppp/secret").filter { $0["profile"] == cutProfile }.compactMap {
            $0["name"]
        }
        let online = debtors.filter { facts.online[$0] != nil }
        let open = online.filter { facts.online[$0].map(facts.listed.contains) != true }
        guard !open.isEmpty else { return [] }
        return [
            AuditFinding(
                .debtorsOnline, cutProfile, found: "\(online.count)", wanted: "\(online.count - open.count)",
                changes: open.prefix(200).map { .drop(session: $0) })
        ]
    }
}
