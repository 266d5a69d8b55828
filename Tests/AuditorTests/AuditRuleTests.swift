import Locale
import RouterScripts
import Testing

@testable import Auditor

/// The rules as values: what each finds, what it leaves alone, and that its commands mend it and can be taken back.
@Suite struct AuditRuleTests {
    private static func rules(_ router: RouterUnderAudit) -> [AuditRule] { Audit(router).findings.map(\.rule) }

    @Test(arguments: ExportFixture.clean)
    func `a clean configuration has no finding`(fixture: ExportFixture) {
        var fixture = fixture
        if fixture.facts.addresses.isEmpty, fixture.name.contains("DHCP") {
            fixture.facts.addresses = [.init(address: "10.77.0.20/24", interface: "ether3")]
        }
        if fixture.name.contains("pool") { fixture.facts.poolUse = ["a": 10, "b": 3] }
        let findings = Audit(fixture.router()).findings
        #expect(findings.isEmpty, "\(findings.map { "\($0.rule.rawValue) \($0.subject) \($0.found)" })")
    }

    @Test func `a finding's words are whole in every language`() {
        #expect(AuditorWords.problems + AuditRefusal.problems == [])
        let blanks = [Blank.text("subject", "WAN1"), .text("found", "a"), .text("wanted", "b")]
        for language in [Language.es, .en, .pt] {
            let reader = Reader(language, in: .mexico)
            for rule in AuditRule.allCases {
                #expect(!rule.title.text(for: reader).isEmpty && !rule.reason.text(for: reader).isEmpty)
                #expect(!rule.text.text(for: reader, blanks).contains("{"), "\(rule)")
            }
        }
    }

    @Test func `there are twenty of them`() { #expect(ExportFixture.clean.count == 20) }

    struct Fault: Sendable, CustomTestStringConvertible {
        let rule: AuditRule
        let subject: String
        var isApplicable = true
        let make: @Sendable (inout ExportFixture) -> Void

        init(
            _ rule: AuditRule, _ subject: String, isApplicable: Bool = true,
            _ make: @escaping @Sendable (inout ExportFixture) -> Void
        ) {
            (self.rule, self.subject, self.isApplicable, self.make) = (rule, subject, isApplicable, make)
        }

        var testDescription: String { "\(rule.rawValue) \(subject)" }
    }

    static let faults: [Fault] = [
        Fault(.onUpScript, "Morosos") {
            $0.replace(
                "address-list=morosos",
                "on-up=\":if ([/ppp active get [find name=\\$user] profile] = \\\"Morosos\\\") do={}\" comment=x")
        },
        Fault(.onUpScript, "viejo") {
            $0.add("/ppp profile add name=viejo on-down=\"/ppp/active/get number=0 value-name=profile\"")
        },
        Fault(.openInput, "") { $0.remove("chain=input action=drop") },
        Fault(.openInput, "") { $0.replace("chain=input action=drop", "chain=input action=drop disabled=yes") },
        Fault(.openInput, "") { $0.replace("chain=input action=drop", "chain=input action=drop protocol=tcp") },
        Fault(.openInput, "") { $0.replace("chain=input action=drop", "chain=input action=drop in-interface=WAN1") },
        Fault(.scriptPolicy, "falla") {
            $0.add(
                "/tool netwatch add host=1.1.1.1 down-script=falla",
                "/system script add name=falla policy=ftp,read,write,test source=\"/log info x\"")
        },
        Fault(.scriptPolicy, "falla") {
            $0.add(
                "/system scheduler add name=s on-event=\"/system script run falla\" interval=1m policy=read,test",
                "/system script add name=falla policy=read,write,test source=\"/log info x\"")
        },
        Fault(.balancingOff, "") {
            $0.replace("routing-table=to_WAN1", "routing-table=to_WAN1 disabled=yes")
            $0.replace("routing-table=to_WAN2", "routing-table=to_WAN2 disabled=yes")
            $0.replace("routing-table=to_WAN3", "routing-table=to_WAN3 disabled=yes")
        },
        Fault(.movedSubnet, "198.51.100.1", isApplicable: false) {
            $0.add(
                "/ip address add address=203.0.113.2/24 interface=WAN7", "/ip route add gateway=198.51.100.1 distance=9"
            )
        },
        Fault(.silentGateway, "100.64.2.1") {
            $0.add("/tool netwatch add host=100.64.2.1 down-script=\"/log info x\"")
            $0.facts.silent = ["100.64.2.1"]
            $0.facts.unreachable = ["100.64.2.1"]
        },
        Fault(.mangleOff, "WAN3") {
            $0.replace("new-routing-mark=to_WAN3", "new-routing-mark=to_WAN3 disabled=yes")
        },
        Fault(.mangleOff, "WAN3") { $0.replace("src-address:3/2", "src-address:3/2 disabled=yes") },
        Fault(.queueMissing, "WAN3") { $0.remove("bajada3") },
        Fault(.queueMissing, "WAN3") { $0.replace("name=bajada3", "name=bajada3 disabled=yes") },
        Fault(.queueMissing, "WAN3") {
            $0.replace("packet-mark=WAN3_down max-limit=285M", "packet-mark=WAN3_down max-limit=50M")
        },
        Fault(.staleRoute, "10.20.0.99") {
            $0.add("/ip route add dst-address=10.99.0.0/16 gateway=10.20.0.99")
            $0.facts.unreachable = ["10.20.0.99"]
        },
        Fault(.wrongDivisor, "bridge1") { $0.remove("src-address:3/2") },
        Fault(.wrongDivisor, "bridge1") { $0.replace("src-address:3/2", "src-address:3/1") },
        Fault(.wrongDivisor, "bridge1") {
            $0.replace("src-address:3/0", "src-address:2/0")
            $0.replace("src-address:3/1", "src-address:2/1")
            $0.remove("src-address:3/2")
        },
        Fault(.publicLAN, "172.168.0.0/16", isApplicable: false) {
            $0.add("/ip address add address=172.168.0.1/24 interface=bridge2")
        },
        Fault(.deadWAN, "WAN9") {
            $0.add(
                "/interface ethernet set [ find default-name=ether9 ] name=WAN9 disabled=yes",
                "/ip firewall nat add chain=srcnat action=masquerade out-interface=WAN9")
        },
        Fault(.poolFull, "clientes", isApplicable: false) { $0.facts.poolUse = ["clientes": 1000] },
        Fault(.brokenMail, "respaldo") {
            $0.add(
                "/system scheduler add name=respaldo on-event=\"/system backup save name=r; /tool e-mail send to=a@example.com file=r\" interval=1d"
            )
        },
        Fault(.brokenMail, "respaldo") {
            $0.add(
                "/tool e-mail set server=smtp.gmail.com port=25",
                "/system scheduler add name=respaldo on-event=r interval=1d",
                "/system script add name=r source=\"/export file=x\\r\\n/tool/e-mail/send to=a@example.com\"")
        },
        Fault(.debtorsOnline, "Morosos") { $0.facts.listed = [] },
    ]

    @Test(arguments: faults)
    func `a fault by itself is found by its rule, by no other, and is mended by its commands`(fault: Fault) throws {
        let fixture = ExportFixture.balanced(3)
        let router = fixture.router(fault.make)
        let findings = Audit(router).findings
        #expect(findings.map(\.rule) == [fault.rule], "\(findings.map { "\($0.rule) \($0.subject) \($0.found)" })")
        let finding = try #require(findings.first)
        #expect(finding.subject == fault.subject && finding.isApplicable == fault.isApplicable)
        #expect(!finding.commands.isEmpty)
        // Every command, and what takes it back, reads as it was meant.
        if finding.isApplicable {
            #expect(RouterScript(finding.commands.joined(separator: "\n")).commands == finding.changes.map(\.command))
            #expect(RouterScript(finding.undo.joined(separator: "\n")).unread.isEmpty)
        }
    }

    @Test func `all rules have a fault above`() { #expect(Set(Self.faults.map(\.rule)) == Set(AuditRule.allCases)) }

    @Test func `a firewall that is closed by its fix lets in who manages it`() throws {
        var fixture = ExportFixture.balanced(2)
        fixture.remove("chain=input action=drop")
        let configuration = RouterConfiguration(fixture.lines.joined(separator: "\n"))
        let router = RouterUnderAudit(configuration, fixture.facts, apiPort: 8999, sources: ["203.0.113.9/32"])
        let commands = try #require(Audit(router).findings.first).commands
        #expect(commands.last == #"/ip firewall filter add chain=input action=drop comment=AUD-02"#)
        #expect(commands.contains { $0.contains("src-address=203.0.113.9/32") })
        let mended = RouterConfiguration(RouterScript((fixture.lines + commands).joined(separator: "\n")))
        #expect(Audit(RouterUnderAudit(mended, fixture.facts)).findings.isEmpty)
    }

    @Test func `a router with version 6 says what stands between it and 7`() {
        func concerns(_ lines: String..., storage: Int? = nil) -> [UpgradeConcern] {
            var facts = RouterFacts()
            facts.storage = storage
            return Audit(
                RouterUnderAudit(
                    RouterConfiguration(
                        (["# feb/17/2026 09:10:11 by RouterOS 6.49.10"] + lines).joined(separator: "\n")),
                    facts)
            ).concerns
        }
        #expect(concerns(storage: 128_000_000) == [])
        #expect(concerns(storage: 15_900_000) == [.smallStorage])
        #expect(concerns("/ip route add gateway=10.0.0.1 routing-mark=a") == [.routingMarks])
        #expect(concerns("/ip route add gateway=10.0.0.1 routing-mark=a disabled=yes") == [])
        #expect(
            concerns("/routing ospf network add network=10.0.0.0/8", "/tool user-manager user add username=a")
                == [.userManager, .routingProtocols])
        #expect(
            concerns("/ppp profile add name=m on-up=\"/ppp active get [find name=\\$user] profile\"") == [
                .activeProfile
            ])
        #expect(UpgradeVerdict([.routingMarks], isVersion7: false) == .careful)
        #expect(UpgradeVerdict([.smallStorage, .routingMarks], isVersion7: false) == .no)
        #expect(UpgradeVerdict([], isVersion7: false) == .safe)
        #expect(UpgradeVerdict([], isVersion7: true) == .done)
    }

    @Test func `a score falls with what is grave, and hardly with what has one cause`() {
        #expect(Audit.score([]) == 100)
        #expect(Audit.score([.poolFull]) == 97 && Audit.score([.openInput]) == 85)
        #expect(Audit.score([.scriptPolicy, .scriptPolicy, .scriptPolicy]) == 84)
        #expect(Audit.score(AuditRule.allCases) < 40)
        #expect(Audit.score(Array(repeating: .openInput, count: 500)) >= 80)
    }
}
