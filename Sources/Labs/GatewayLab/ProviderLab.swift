import Crypto
import HTTP
import Identifiers
import JSON
import Time

/// One account at a provider: what it was asked for, what was paid, and whom it tells.
protocol ProviderLab: Sendable {
    var origin: String { get set }
    /// What happened and was not told yet.
    var events: [LabEvent] { get set }
    /// Money that really came, by the provider's numbers of it.
    var received: [String: Int64] { get }
    /// What may still be paid.
    var waiting: [LabCheckout] { get }
    /// How it refuses a key of nobody's.
    var unknownKey: Response { get }

    mutating func answer(_ request: LabRequest, failing: Int?, lagging: Bool) -> Response
    /// Registers a webhook as the provider's panel does; returns its signing secret.
    mutating func listen(at address: String, _ secret: String?) -> String
    func checkout(_ id: String) -> LabCheckout?
    /// Somebody presses a button on the page; answers where they go.
    mutating func visit(_ checkout: LabCheckout, _ outcome: String) -> Response
    /// False where there is no such checkout or payment.
    mutating func pay(_ id: String, _ outcome: String, amount: Int64?) -> Bool
    mutating func giveBack(_ payment: String, amount: Int64?) -> Bool
    mutating func dispute(_ payment: String) -> Bool
}

/// What a customer is asked to pay, as the page shows it.
struct LabCheckout: Sendable {
    let id: String
    let title: String
    let amount: Int64
    let currency: String
    /// The reference for the shop, or the account to transfer to.
    var reference: String?
    let isOpen: Bool
    /// What can be pressed, and what each button says.
    let outcomes: [(name: String, text: String)]
    let back: String?
}

/// A notice that is signed when it leaves.
struct LabEvent: Sendable {
    let address: String
    let body: [UInt8]
    let sign: @Sendable (_ now: Int64) -> [(name: String, value: String)]

    func signed(at now: Int64) -> LabNotice { LabNotice(address: address, headers: sign(now), body: body) }
}

/// A notice on its way.
package struct LabNotice: Sendable, Equatable {
    package let address: String
    package var headers: [(name: String, value: String)]
    package let body: [UInt8]

    package init(address: String, headers: [(name: String, value: String)], body: [UInt8]) {
        (self.address, self.headers, self.body) = (address, headers, body)
    }

    package static func == (left: LabNotice, right: LabNotice) -> Bool {
        left.address == right.address && left.body == right.body
            && left.headers.elementsEqual(right.headers) { $0 == $1 }
    }
}

/// A request as a lab reads it.
struct LabRequest: Sendable {
    let method: Method
    let path: [String]
    let query: Fields
    let form: Fields
    /// Null where the body is none.
    let json: JSONValue
    let body: [UInt8]
    let authorization: String?
    let idempotencyKey: String?

    var isWrite: Bool { method == .post }

    init(_ request: Request) async throws {
        method = request.method
        path = request.path.all
        query = request.query
        authorization = request.headers["authorization"]
        idempotencyKey = request.headers["idempotency-key"] ?? request.headers["x-idempotency-key"]
        let body = try await request.body.bytes(upTo: 1 << 20)
        self.body = body
        let isForm = request.body.contentType?.hasPrefix("application/x-www-form-urlencoded") ?? false
        form = isForm ? try body.withUnsafeBytes { try Fields(urlEncoded: $0) } : Fields()
        json = isForm || body.isEmpty ? .null : try .parse(body)
    }
}

/// What every account makes things with.
struct LabMaker: Sendable {
    let clock: TimeSource
    let randomness: Randomness
    /// The account's key.
    let secret: String

    var now: Int64 { clock.now().seconds }

    func id(_ prefix: String) -> String { "\(prefix)\(Hex.encode(randomness.bytes(12)))" }

    /// Digits, the first of which is none.
    func digits(_ count: Int) -> String {
        let digits = randomness.bytes(count).map { Character(Unicode.Scalar(UInt8(ascii: "0") + $0 % 10)) }
        return "9" + String(digits.dropFirst())
    }
}

/// Answers that were given, by the key of idempotency that they were asked under.
struct KeptAnswers: Sendable {
    private var kept: [String: (body: [UInt8], response: Response)] = [:]

    /// `clashing` where the key came with another body before.
    mutating func answer(
        _ request: LabRequest, clashing: @autoclosure () -> Response, _ make: () -> Response
    ) -> Response {
        guard request.isWrite, let key = request.idempotencyKey else { return make() }
        if let old = kept[key] {
            guard old.body == request.body else { return clashing() }
            var replayed = old.response
            replayed.headers["Idempotent-Replayed"] = "true"
            return replayed
        }
        let response = make()
        // What was refused before anything ran is not kept.
        if response.status.code < 400 || response.status.code >= 500 { kept[key] = (request.body, response) }
        return response
    }
}

typealias LabWrite = (inout JSONWriter) -> Void

extension Response {
    static func labJSON(_ status: Status = .ok, _ write: LabWrite) -> Response {
        var json = JSONWriter()
        write(&json)
        return .json(json.bytes, status: status)
    }
}

// A member that is missing or of another type is nil.
extension JSONValue {
    subscript(_ name: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object[name]
    }

    subscript(_ place: Int) -> JSONValue? {
        guard case .array(let values) = self, values.indices.contains(place) else { return nil }
        return values[place]
    }

    var text: String? { if case .string(let text) = self { text } else { nil } }
    var whole: Int64? { if case .integer(let number) = self { number } else { nil } }
}
