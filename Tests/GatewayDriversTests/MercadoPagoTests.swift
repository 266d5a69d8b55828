import GatewayProtocol
import JSON
import Locale
import Loop
import TestSupport
import Testing
import Time
import WebClient

@testable import GatewayDrivers

/// Who sent a notice, and how amounts are written.
@Suite struct MercadoPagoTests {
    private static let signature = "2f3bdd6e0f9b312888460eb92c0c93697dc8029246b406532685b2a8ca6a018e"

    private static func check(
        _ header: String, of object: String? = "123456789", request: String? = "req-1", secret: String = "mp-secret"
    ) throws -> String {
        try MercadoPagoGateway.check(header, of: object, request: request, secret: secret)
    }

    @Test func `the provider's own signature is believed, whatever else the header holds`() throws {
        #expect(try Self.check("ts=1704908010,v1=\(Self.signature)") == "1704908010")
        #expect(try Self.check(" ts = 1704908010 , v0=abc, v1 = \(Self.signature)") == "1704908010")
    }

    @Test(arguments: [
        "", "ts=1704908010", "v1=\(signature)", "ts=x,v1=\(signature)", "ts=999999999999999999999,v1=\(signature)",
    ])
    func `what is not signed is refused`(header: String) {
        #expect(throws: NoticeFault.unsigned) { try Self.check(header) }
    }

    @Test func `another number, request, moment or secret is forged`() {
        let header = "ts=1704908010,v1=\(Self.signature)"
        #expect(throws: NoticeFault.forged) { try Self.check(header, of: "123456788") }
        #expect(throws: NoticeFault.forged) { try Self.check(header, of: nil) }
        #expect(throws: NoticeFault.forged) { try Self.check(header, request: nil) }
        #expect(throws: NoticeFault.forged) { try Self.check(header, request: "req-2") }
        #expect(throws: NoticeFault.forged) { try Self.check(header, secret: "mp-Secret") }
        #expect(throws: NoticeFault.forged) { try Self.check("ts=1704908011,v1=\(Self.signature)") }
        #expect(throws: NoticeFault.forged) { try Self.check("ts=1704908010,v1=\(Self.signature.dropLast())") }
    }

    @Test func `the body is believed in nothing, and the older unsigned form is let pass by`() async throws {
        let client = HTTPClient(on: Loops.tests.all[0], resolver: Resolver { _ in [] })
        let driver = MercadoPagoGateway(GatewayLine(client, egress: .publicOnly(), base: ""))
        let headers = ["x-signature": "ts=1704908010,v1=\(Self.signature)", "x-request-id": "req-1"]
        let lie = Array(#"{"id":7,"type":"payment","action":"payment.updated","data":{"id":"666"}}"#.utf8)
        let notice = try driver.read(
            GatewayMessage(headers: headers, query: ["data.id": "123456789", "type": "payment"], body: lie),
            secret: "mp-secret", at: Instant(seconds: 1_704_908_010))
        #expect(notice.payment == "123456789" && notice.event == "123456789-1704908010-req-1")
        #expect(throws: NoticeFault.unreadable) {
            try driver.read(
                GatewayMessage(headers: [:], query: ["topic": "payment", "id": "1"], body: []), secret: "mp-secret",
                at: Instant(seconds: 1_704_908_010))
        }
        await client.close()
    }

    @Test(
        arguments: [
            ("350", "MXN", 35_000), ("350.5", "MXN", 35_050), ("350.25", "MXN", 35_025), ("0.07", "PEN", 7),
            ("350.250", "MXN", 35_025), ("9990", "CLP", 9990), ("9990.00", "CLP", 9990), ("1", "XXX", 100),
            ("350.255", "MXN", nil), ("9990.5", "CLP", nil), ("-1", "MXN", nil), ("1e3", "MXN", nil),
            ("99999999999999999999", "MXN", nil), ("12345678901234", "MXN", nil),
        ] as [(String, String, Int64?)])
    func `amounts are read to the cent or not at all`(text: String, currency: String, minor: Int64?) throws {
        #expect(try JSONValue.parse(Array(text.utf8)).minorUnits(of: currency) == minor)
    }

    @Test func `amounts are written in major units`() {
        #expect(JSONValue.inMajorUnits(Money(minor: 35_005, .mxn)) == .decimal("350.05"))
        #expect(JSONValue.inMajorUnits(Money(minor: 7, .pen)) == .decimal("0.07"))
        #expect(JSONValue.inMajorUnits(Money(minor: 9990, .clp)) == .integer(9990))
    }
}
