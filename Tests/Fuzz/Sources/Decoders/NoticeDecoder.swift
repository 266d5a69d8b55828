import Crypto
import GatewayProtocol
import JSON
import Time

@testable import GatewayDrivers

/// Notices of payment providers, from strangers and well signed, and what providers answer.
enum NoticeReading {
    private static let secret = "whsec_test"
    private static let now = Instant(seconds: 1_700_000_000)
    private static let pair = RSAKeyPair.make()

    /// The provider, and then a header, a number and a body, a line each.
    static func check(_ bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.first else { return }
        let parts = bytes[1...].split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false).map(Array.init)
        let (header, number) = (text(parts[0]), parts.count > 1 ? text(parts[1]) : "")
        let body = parts.count > 2 ? parts[2] : []
        let names = ["stripe-signature", "x-signature", "x-request-id", "digest"]
        let forged = GatewayMessage(
            headers: Dictionary(uniqueKeysWithValues: names.map { ($0, header) }),
            query: ["data.id": number, "type": "payment"], body: body)
        precondition(read(first, forged) == nil, "A stranger is believed")
        guard let notice = read(first, signed(first, number, body)) else { return }
        look(at: notice)
        let value: JSONValue? = body.withUnsafeBytes { try? .parse($0) }
        guard let value else { return }
        let truths = [StripeGateway.truth(of: value), ConektaGateway.truth(of: value)]
        for money in truths.flatMap(\.payments) + [MercadoPagoGateway.money("1", value)] {
            precondition(money.refunded >= 0 && money.minor ?? 0 >= 0, "Less than nothing came")
        }
    }

    private static func read(_ first: UInt8, _ message: GatewayMessage) -> GatewayNotice? {
        switch first % 3 {
        case 0: try? StripeGateway.notice(in: message, secret: secret, at: now)
        case 1: try? MercadoPagoGateway.notice(in: message, secret: secret)
        default: try? ConektaGateway.notice(in: message, secret: pair.publicPEM)
        }
    }

    private static func signed(_ first: UInt8, _ number: String, _ body: [UInt8]) -> GatewayMessage {
        func hash(_ message: [UInt8]) -> String { Hex.encode(HMAC.sha256(message, key: Array(secret.utf8))) }
        let headers =
            switch first % 3 {
            case 0: ["stripe-signature": "t=1700000000,v1=\(hash(Array("1700000000.".utf8) + body))"]
            case 1:
                [
                    "x-signature":
                        "ts=1700000000,v1=\(hash(Array("\(number.isEmpty ? "" : "id:\(number);")ts:1700000000;".utf8)))"
                ]
            default: ["digest": Base64.standard.encode(pair.sign(body))]
            }
        return GatewayMessage(headers: headers, query: ["data.id": number, "type": "payment"], body: body)
    }

    private static func look(at notice: GatewayNotice) {
        precondition((1...200).contains(notice.event.unicodeScalars.count), "The table does not take its name")
        for name in [notice.event, notice.reference, notice.checkout, notice.payment].compactMap(\.self) {
            precondition(name.utf8.count <= 200 && name.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "\(name)")
        }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
