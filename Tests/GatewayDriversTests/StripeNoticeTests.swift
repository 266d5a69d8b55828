import GatewayProtocol
import Testing
import Time

@testable import GatewayDrivers

/// Who sent a notice, and what it says of itself.
@Suite struct StripeNoticeTests {
    private static let body = Array(#"{"id":"evt_1","object":"event"}"#.utf8)
    private static let signature = "4c15fb2a43f93ef61eaa3e0893866d57cad9cad4223242cfb96f362480cb4021"
    private static let signed = Instant(seconds: 1_700_000_000)

    private static func check(_ header: String, secret: String = "whsec_test", at now: Instant = signed) throws {
        try StripeGateway.check(header, of: body, secret: secret, at: now)
    }

    @Test func `the provider's own signature is believed, also beside others`() throws {
        try Self.check("t=1700000000,v1=\(Self.signature)")
        try Self.check("t=1700000000,v0=abc,v1=\(String(repeating: "0", count: 64)),v1=\(Self.signature)")
        try Self.check("t=1700000000,v1=\(Self.signature)", at: Self.signed + .seconds(300))
    }

    @Test(arguments: [
        "", "t=1700000000", "v1=\(signature)", "t=x,v1=\(signature)", "t=-1,v1=\(signature)",
        "t=99999999999999999999,v1=\(signature)",
    ])
    func `what is not signed is refused`(header: String) {
        #expect(throws: NoticeFault.unsigned) { try Self.check(header) }
    }

    @Test func `another secret, moment or body is forged, and an old one is late`() {
        let header = "t=1700000000,v1=\(Self.signature)"
        #expect(throws: NoticeFault.forged) { try Self.check(header, secret: "whsec_tesT") }
        #expect(throws: NoticeFault.forged) { try Self.check("t=1700000001,v1=\(Self.signature)") }
        #expect(throws: NoticeFault.forged) { try Self.check("t=1700000000,v1=\(Self.signature.dropLast())") }
        #expect(throws: NoticeFault.forged) { try Self.check("t=9223372036854775807,v1=\(Self.signature)") }
        #expect(throws: NoticeFault.late) { try Self.check(header, at: Self.signed + .seconds(301)) }
    }
}
