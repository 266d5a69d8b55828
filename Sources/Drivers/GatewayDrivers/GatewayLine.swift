import GatewayProtocol
import HTTP
import JSON
import Time
import WebClient

/// The connection to a provider's API.
package struct GatewayLine: Sendable {
    private let client: HTTPClient
    private let egress: Egress
    private let base: String
    private let deadline: Duration

    /// `base` is the provider's own address, or a lab's.
    package init(_ client: HTTPClient, egress: Egress, base: String, deadline: Duration = .seconds(20)) {
        (self.client, self.egress, self.base, self.deadline) = (client, egress, base, deadline)
    }

    enum Body {
        case none
        case form([(name: String, value: String)])
        case json([UInt8])
    }

    /// Returns the response object. `reason` extracts the provider's message from an error.
    func ask(
        _ method: String, _ path: String, _ headers: [(String, String)], _ body: Body = .none,
        reason: (JSONValue) -> String
    ) async throws(GatewayFailure) -> JSONValue {
        var fields = WebHeaders()
        for (name, value) in headers { fields.add(name, value) }
        var sent = WebRequest.Body.none
        switch body {
        case .none: break
        case .form(let pairs):
            fields.add("Content-Type", "application/x-www-form-urlencoded")
            sent = .bytes(Array(Fields(pairs).urlEncoded.utf8))
        case .json(let bytes):
            fields.add("Content-Type", "application/json")
            sent = .bytes(bytes)
        }
        let answer: WebResponse
        do {
            answer = try await client.send(
                WebRequest(
                    method, base + path, egress: egress, headers: fields, body: sent, deadline: deadline,
                    bodyLimit: 1 << 20))
        } catch {
            throw .unreachable(error.description)
        }
        let value: JSONValue? = try? .parse(answer.body)
        switch answer.status {
        case 200..<300:
            guard let value else { throw .unreadable }
            return value
        case 401: throw .keyRefused
        case 403: throw .notAllowed(value.map(reason) ?? "")
        case 409, 429, 500...: throw .troubled(answer.status)
        default: throw .refused(value.map(reason) ?? "\(answer.status)")
        }
    }
}

// Lenient reading of foreign JSON: a missing or mistyped member is nil.
extension JSONValue {
    subscript(_ name: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object[name]
    }

    /// Limits the length: no identifier or message is longer.
    var text: String? {
        guard case .string(let text) = self, text.utf8.count <= 2000 else { return nil }
        return text
    }

    /// An identifier to be stored and queried.
    var id: String? {
        switch self {
        case .string(let text):
            let isPlain = text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || $0 == UInt8(ascii: "_")
                    || $0 == UInt8(ascii: "-")
            }
            return isPlain && (1...200).contains(text.utf8.count) ? text : nil
        case .integer(let number): return "\(number)"
        default: return nil
        }
    }

    var whole: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }

    var flag: Bool? {
        guard case .bool(let flag) = self else { return nil }
        return flag
    }

    var list: [JSONValue] {
        guard case .array(let values) = self else { return [] }
        return values
    }

    /// Minor units, as far as anybody pays so much.
    var amount: Int64? { whole.flatMap { (0...1_000_000_000_000_000).contains($0) ? $0 : nil } }

    /// Seconds since 1970, of a time in which money is paid.
    var moment: Instant? {
        guard let seconds = whole, (0...4_102_444_800).contains(seconds) else { return nil }
        return Instant(seconds: seconds)
    }
}
