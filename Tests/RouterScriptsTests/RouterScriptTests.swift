import RouterOSLab
import Testing
import Time

@testable import RouterScripts

@Suite struct RouterScriptTests {
    private static let export = #"""
        # feb/17/2026 09:10:11 by RouterOS 6.49.10
        # software id = ABCD-1234
        /interface bridge
        add name=bridge1 comment="red de la casa; sin cambios"
        /interface ethernet
        set [ find default-name=ether1 ] name=WAN1 comment="Fibra 300M"
        set [ find default-name=sfp-sfpplus1 ] !egress-vlan-ids disabled=yes
        /ip service
        set telnet disabled=yes
        set api address=10.0.0.0/8
        /system script
        add dont-require-permissions=no name=aviso owner=admin policy=\
            ftp,reboot,read source="/log info \"hola \$user\"\r\
            \n:if ([/ppp active get [find name=\$user] profile] = \"Morosos\") do={\r\
            \n  /ip firewall address-list add list=morosos\r\
            \n}"
        /ip address add address=10.20.0.1/14 interface=WAN1 network=10.20.0.0
        /system identity
        set name="Torre Ca\C3\F1ada"
        :put "nada"
        """#

    @Test func `an export is read with its sections, joined lines, quotes and what it finds rows by`() throws {
        let script = RouterScript(Self.export)
        #expect(script.version == "6.49.10")
        #expect(script.unread == [#":put "nada""#] || script.unread.count == 1)
        let configuration = RouterConfiguration(script)
        #expect(configuration.rows("/interface/bridge")[0]["comment"] == "red de la casa; sin cambios")
        let ethernet = configuration.rows("/interface/ethernet")
        #expect(ethernet[0]["name"] == "WAN1" && ethernet[0]["default-name"] == "ether1")
        #expect(ethernet[1].isDisabled && ethernet[1]["!egress-vlan-ids"] == "")
        #expect(configuration.rows("/ip/service").map { $0["name"] } == ["telnet", "api"])
        let aviso = try #require(configuration.rows("/system/script").first)
        #expect(aviso["policy"] == "ftp,reboot,read")
        #expect(aviso["source"]?.contains("\"hola $user\"\r\n:if ([/ppp active get [find name=$user] profile]") == true)
        #expect(configuration.rows("/ip/address")[0]["network"] == "10.20.0.0")
        #expect(configuration.value("name", in: "/system/identity")?.hasPrefix("Torre Ca") == true)
    }

    @Test(arguments: [
        #"/ip firewall filter add chain=input action=drop comment="a \"b\" \\ \$c""#,
        #"/ip/route/set [find where dst-address=0.0.0.0/0 and gateway="10.0.0.1"] check-gateway=none"#,
        #"/queue simple add name="<pppoe-x y>" target=10.0.0.1/32 max-limit=5M/10M"#,
        "/ip address add address=1.2.3.4/24 \\\n    interface=\\\n    ether1",
        #"/system script add name=x source="\r\n\t\01""#,
        "/ip firewall mangle add per-connection-classifier=src-address:3/0 in-interface-list=!WAN",
    ])
    func `a command that is written is read the same`(text: String) throws {
        let script = RouterScript(text)
        let command = try #require(script.commands.first)
        #expect(script.commands.count == 1 && script.unread.isEmpty)
        #expect(RouterScript(command.text).commands == [command])
    }

    @Test(arguments: [
        "", "/", "[", "\"", "\\", "/ip address add x=\"", "/ip address add [find", "add a=b", "]}", "/x\n=\n", "\\\n",
        "/ip address set [find [[[", "#", "/ip add [", "/ip address add a=\\",
    ])
    func `what is broken is left out and stops nothing`(text: String) {
        let script = RouterScript(text + "\n/ip address add address=10.0.0.1/8 comment=\"\"")
        #expect(RouterScript(script.commands.map(\.text).joined(separator: "\n")).commands == script.commands)
    }

    @Test func `a large export is read in one pass, and a row without end is left out`() {
        let rows = (1...20_000).map {
            "add list=morosos address=10.\($0 / 65536).\($0 / 256 % 256).\($0 % 256) comment=\"n \($0)\""
        }
        let clock = ContinuousClock()
        var script = RouterScript("")
        let span = clock.measure { script = RouterScript("/ip firewall address-list\n" + rows.joined(separator: "\n")) }
        #expect(script.commands.count == 20_000 && span < .seconds(20), "\(span)")
        let endless = "/ip address add " + String(repeating: "a=b ", count: 100_000)
        #expect(
            RouterScript(endless).commands.isEmpty
                && RouterScript(String(repeating: "[", count: 300_000)).commands.isEmpty)
    }

    @Test(arguments: [LabVersion(6, 49), LabVersion(7, 16), LabVersion(7, 19)])
    func `a router's own export makes the same router again`(version: LabVersion) {
        let old = LabRouter(version, at: Instant(microseconds: 1_770_000_000_000_000))
        old.furnish(customers: 40)
        let export = old.export()
        let script = RouterScript(export)
        #expect(script.unread.isEmpty && script.version == version.description)
        #expect(RouterConfiguration(script).rows("/ppp/secret").count == 40)
        let spare = LabRouter(version, at: Instant(microseconds: 1_770_086_400_000_000))
        spare.furnish(script: "/ip address remove [find interface=ether2]\n/ip route remove [find]")
        #expect(spare.runScript(export) == nil)
        let difference = ConfigurationDifference(
            from: RouterConfiguration(export), to: RouterConfiguration(spare.export()))
        #expect(difference.isEmpty, "\(difference.sections)")
        #expect(export != spare.export())
    }

    @Test func `a difference tells what means something, and no password`() throws {
        func configuration(_ lines: String...) -> RouterConfiguration {
            RouterConfiguration(lines.joined(separator: "\n"))
        }
        let old = configuration(
            "# 2026-02-17 by RouterOS 7.19", "/ppp secret add name=ana password=uno profile=Plan10",
            "/ppp secret add name=luis password=dos", "/ip address add address=10.0.0.1/8",
            "/ip address add address=11.0.0.1/8", "/system clock set time=10:00:00 time-zone-name=America/Mexico_City",
            "/ip firewall filter add chain=input action=accept", "/ip firewall filter add chain=input action=drop",
            "/system script add name=a run-count=5")
        let same = configuration(
            "# 2026-02-18 by RouterOS 7.19", "/ip address add address=11.0.0.1/8", "/ip address add address=10.0.0.1/8",
            "/ppp secret add name=luis password=dos", "/ppp secret add profile=Plan10 name=ana password=uno",
            "/system clock set time=11:22:33 time-zone-name=America/Mexico_City",
            "/ip firewall filter add action=accept chain=input", "/ip firewall filter add chain=input action=drop",
            "/system script add name=a run-count=6")
        #expect(ConfigurationDifference(from: old, to: same).isEmpty)
        let new = configuration(
            "/ppp secret add name=ana password=tres profile=Morosos", "/ip address add address=10.0.0.1/8",
            "/ip address add address=12.0.0.1/8", "/system clock set time-zone-name=America/Mexico_City",
            "/ip firewall filter add chain=input action=drop", "/ip firewall filter add chain=input action=accept",
            "/system script add name=a")
        let difference = ConfigurationDifference(from: old, to: new)
        let changes = Dictionary(uniqueKeysWithValues: difference.sections.map { ($0.menu, $0.changes) })
        #expect(
            changes["/ppp/secret"] == [
                .changed("ana", from: "password=••• profile=Plan10", to: "password=••• profile=Morosos"),
                .removed("name=luis password=•••"),
            ])
        #expect(changes["/ip/address"] == [.changed("", from: "address=11.0.0.1/8", to: "address=12.0.0.1/8")])
        #expect(changes["/ip/firewall/filter"] == [.reordered])
        #expect(changes.count == 3)
        #expect(!"\(difference)".contains("tres") && !"\(difference)".contains("uno"))
    }

    @Test func `a difference tells no key, community or script`() {
        func configuration(_ word: String) -> RouterConfiguration {
            RouterConfiguration(
                """
                /interface wifi security add name=casa wpa2-pre-shared-key=llave\(word)
                /interface wifi set wifi1 security.passphrase=frase\(word)
                /snmp community set 0 name=comunidad\(word)
                /system script add name=aviso source="/tool fetch url=bot\(word)"
                /system scheduler add name=aviso on-event="password=\(word)"
                /ip dhcp-server set 0 lease-script="token=\(word)"
                """)
        }
        let difference = ConfigurationDifference(from: configuration("ANTES"), to: configuration("AHORA"))
        #expect(difference.sections.count == 6)
        #expect(!"\(difference)".contains("ANTES") && !"\(difference)".contains("AHORA"))
    }
}
