import RouterScripts
import Testing

@testable import Auditor

/// Exports of routers that providers really have, put together from parts.
struct ExportFixture: Sendable, CustomTestStringConvertible {
    let name: String
    var lines: [String]
    var facts = RouterFacts()

    var testDescription: String { name }

    func router(_ change: (inout ExportFixture) -> Void = { _ in }) -> RouterUnderAudit {
        var copy = self
        change(&copy)
        return RouterUnderAudit(RouterConfiguration(copy.lines.joined(separator: "\n")), copy.facts)
    }

    mutating func replace(_ old: String, _ new: String) {
        let before = lines
        lines = lines.map { $0.replacing(old, with: new) }
        precondition(lines != before, "\(name) has no \(old)")
    }

    mutating func remove(_ part: String) {
        precondition(lines.contains { $0.contains(part) }, "\(name) has no \(part)")
        lines.removeAll { $0.contains(part) }
    }

    mutating func add(_ new: String...) { lines += new }
}

extension ExportFixture {
    private static func head(_ version: String) -> String {
        version.hasPrefix("6")
            ? "# feb/17/2026 09:10:11 by RouterOS \(version)" : "# 2026-02-17 09:10:11 by RouterOS \(version)"
    }

    /// A firewall that lets nobody in.
    private static func input(_ drop: String = "/ip firewall filter add chain=input action=drop") -> [String] {
        [
            "/ip firewall filter add chain=input action=accept connection-state=established,related,untracked",
            "/ip firewall filter add chain=input action=accept protocol=icmp",
            "/ip firewall filter add chain=input action=accept src-address=10.0.0.0/8", drop,
        ]
    }

    private static let subscribers = [
        "/ip pool add name=clientes ranges=10.20.0.2-10.20.3.254",
        "/ip address add address=10.20.0.1/22 interface=bridge1",
        "/ppp profile add name=Plan20 local-address=10.20.0.1 remote-address=clientes rate-limit=10M/20M",
        "/ppp profile add name=Morosos local-address=10.20.0.1 remote-address=clientes address-list=morosos",
        "/ip firewall filter add chain=forward action=drop src-address-list=morosos",
        "/ppp secret add name=ana profile=Plan20 password=x", "/ppp secret add name=luis profile=Morosos password=y",
    ]

    /// So many lines, shared out by PCC.
    static func balanced(_ count: Int, _ version: String = "7.19") -> ExportFixture {
        let isOld = version.hasPrefix("6")
        var lines = [head(version)]
        for n in 1...count {
            lines.append("/interface ethernet set [ find default-name=ether\(n) ] name=WAN\(n) comment=\"Fibra 300M\"")
            lines.append("/interface list member add list=WAN interface=WAN\(n)")
            lines.append("/ip address add address=100.64.\(n).2/24 interface=WAN\(n)")
            if !isOld { lines.append("/routing table add fib name=to_WAN\(n)") }
            let table = isOld ? "routing-mark" : "routing-table"
            lines.append("/ip route add gateway=100.64.\(n).1 \(table)=to_WAN\(n) check-gateway=ping")
            lines.append("/ip route add gateway=100.64.\(n).1 distance=\(n)")
            let mangle = "/ip firewall mangle add chain=prerouting"
            lines.append("\(mangle) action=mark-connection in-interface=WAN\(n) new-connection-mark=WAN\(n)_c")
            lines.append(
                "\(mangle) action=mark-connection in-interface=bridge1 per-connection-classifier=src-address:\(count)/\(n - 1) new-connection-mark=WAN\(n)_c"
            )
            lines.append(
                "\(mangle) action=mark-routing in-interface=bridge1 connection-mark=WAN\(n)_c new-routing-mark=to_WAN\(n)"
            )
            lines.append(
                "/ip firewall mangle add chain=forward action=mark-packet connection-mark=WAN\(n)_c new-packet-mark=WAN\(n)_down"
            )
            lines.append("/queue tree add name=bajada\(n) parent=global packet-mark=WAN\(n)_down max-limit=285M")
            lines.append("/ip firewall nat add chain=srcnat action=masquerade out-interface=WAN\(n)")
        }
        lines.append("/interface list add name=WAN")
        var facts = RouterFacts()
        facts.online = ["ana": "10.20.0.5", "luis": "10.20.0.6"]
        facts.listed = ["10.20.0.6"]
        facts.poolUse = ["clientes": 700]
        return ExportFixture(name: "\(count) WAN, \(version)", lines: lines + subscribers + input(), facts: facts)
    }

    private static func edge(_ name: String, _ version: String, _ lines: [String]) -> ExportFixture {
        ExportFixture(
            name: name,
            lines: [
                head(version), "/ip address add address=200.1.1.2/30 interface=ether1",
                "/ip route add dst-address=0.0.0.0/0 gateway=200.1.1.1",
            ] + lines)
    }

    /// Nothing is wrong with any of these, however near it comes.
    static var clean: [ExportFixture] {
        var old = balanced(2, "6.49.10")
        // Version 6's sessions do have a profile.
        old.add(
            "/ppp profile add name=viejo on-up=\":if ([/ppp active get [find name=\\$user] profile] = \\\"x\\\") do={}\""
        )
        var weighted = balanced(2)
        weighted.replace("src-address:2/0", "src-address:3/0")
        weighted.replace("src-address:2/1", "src-address:3/1")
        weighted.add(
            "/ip firewall mangle add chain=prerouting action=mark-connection in-interface=bridge1 per-connection-classifier=src-address:3/2 new-connection-mark=WAN1_c"
        )
        // A line of last resort takes no part in the sharing.
        var spare = balanced(2)
        spare.add("/interface lte set [ find default-name=lte1 ] name=lte1", "/ip route add gateway=lte1 distance=20")
        // Out since this minute: an outage is no fault of the configuration.
        var out = balanced(3)
        out.facts.down = ["WAN2"]
        out.facts.unreachable = ["100.64.2.1"]
        var tidy = balanced(3)
        tidy.add(
            "/interface ethernet set [ find default-name=ether9 ] name=WAN9 disabled=yes",
            "/ip address add address=100.64.9.2/24 interface=WAN9 disabled=yes",
            "/ip route add gateway=100.64.9.1 disabled=yes",
            "/ip firewall nat add chain=srcnat action=masquerade out-interface=WAN9 disabled=yes",
            "/ip firewall mangle add chain=prerouting action=mark-connection in-interface=WAN9 new-connection-mark=WAN9_c disabled=yes"
        )
        let secure = input()
        return [
            balanced(2), balanced(3), balanced(5, "7.16"), old, balanced(4, "6.48.6"), weighted, spare, out, tidy,
            edge(
                "home router as it leaves the box", "7.19",
                input("/ip firewall filter add chain=input action=drop in-interface-list=!LAN")),
            edge(
                "WISP edge that drops what comes from outside", "6.49.10",
                input("/ip firewall filter add chain=input action=drop in-interface=ether1")),
            edge(
                "WISP edge with a chain of its own", "7.15.3",
                [
                    "/ip firewall filter add chain=input action=jump jump-target=entrada",
                    "/ip firewall filter add chain=entrada action=accept src-address=10.0.0.0/8",
                    "/ip firewall filter add chain=entrada action=drop",
                ]),
            edge(
                "CCR with OSPF and customers' public addresses", "7.19",
                secure + [
                    "/routing ospf instance add name=v2 router-id=200.1.1.2",
                    "/ip address add address=190.5.0.1/24 interface=vlan10",
                    "/ip pool add name=publicas ranges=190.5.0.2-190.5.0.254",
                    "/ip address add address=10.255.0.1/32 interface=lo",
                ]),
            edge(
                "CCR with a recursive default", "7.19",
                secure + [
                    "/ip route add dst-address=8.8.8.8/32 gateway=200.1.1.1 scope=10",
                    "/ip route add dst-address=0.0.0.0/0 gateway=8.8.8.8 target-scope=11 distance=2",
                ]),
            edge(
                "PPPoE concentrator", "7.16",
                secure + subscribers + [
                    "/interface pppoe-server server add interface=bridge1 service-name=clientes disabled=no",
                    "/ppp profile add name=x on-up=\":local p [/ppp secret get [find name=\\$user] profile]; /log info [/ppp active get [find name=\\$user] address]\"",
                ]),
            edge(
                "hotspot", "6.49.10",
                secure + [
                    "/ip hotspot add name=hs interface=bridge1 address-pool=hs",
                    "/ip pool add name=hs ranges=172.16.8.2-172.16.9.254",
                    "/ip address add address=172.16.8.1/23 interface=bridge1",
                    "/ip hotspot user add name=ficha1 password=x",
                ]),
            edge(
                "router whose line is a PPPoE client", "7.19",
                secure + [
                    "/interface pppoe-client add name=pppoe-out1 interface=ether2 user=u password=p disabled=no add-default-route=yes",
                    "/ip firewall nat add chain=srcnat action=masquerade out-interface=pppoe-out1",
                ]),
            edge(
                "router with DHCP from its provider", "7.19",
                secure + [
                    "/ip dhcp-client add interface=ether3 disabled=no", "/ip route add gateway=10.77.0.1 distance=5",
                ]),
            edge(
                "router that mails its backups", "7.19",
                secure + [
                    "/tool e-mail set server=smtp.example.com port=587 tls=starttls from=r@example.com",
                    "/system script add name=mail policy=read,write,test source=\"/tool e-mail send to=a@example.com subject=backup\"",
                    "/system scheduler add name=diario on-event=mail interval=1d policy=read,write,test,policy",
                    "/system script add name=falla policy=read,write,test source=\"/log info x\"",
                    "/tool netwatch add host=1.1.1.1 down-script=falla",
                    "/system script add name=manual policy=ftp,reboot,read,write,policy,test,password,sniff,sensitive source=\"/system reboot\"",
                ]),
            edge(
                "nearly full pool that goes on in another", "7.19",
                secure + [
                    "/ip pool add name=a ranges=10.30.0.2-10.30.0.11 next-pool=b",
                    "/ip pool add name=b ranges=10.30.1.0/24",
                    "/ip address add address=172.31.255.1/24 interface=bridge1",
                ]),
        ]
    }
}
