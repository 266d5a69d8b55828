import ChannelProtocol
import JSON
import WebClient

/// The way to a provider's API.
package struct ChannelLine: Sendable {
    private let client: HTTPClient
    private let egress: Egress
    let base: String

    /// `base` is the provider's own address, or a lab's.
    package init(_ client: HTTPClient, egress: Egress, base: String) {
        (self.client, self.egress, self.base) = (client, egress, base)
    }

    enum Body {
        case none
        case json((inout JSONWriter) -> Void)
        case multipart(Multipart)
    }

    struct Answer {
        let status: Int
        /// Nil where it is no JSON.
        let value: JSONValue?
    }

    /// Returns the answer of any status. A failure says whether the request may have arrived: one that may have is not to
    /// be repeated.
    func ask(
        _ method: String, _ path: String, _ headers: [(String, String)] = [], _ body: Body = .none
    ) async throws(ChannelFailure) -> Answer {
        var fields = WebHeaders()
        for (name, value) in headers { fields.add(name, value) }
        var sent = WebRequest.Body.none
        switch body {
        case .none: break
        case .json(let write):
            var json = JSONWriter()
            write(&json)
            fields.add("Content-Type", "application/json")
            sent = .bytes(json.bytes)
        case .multipart(let form):
            fields.add("Content-Type", form.contentType)
            sent = .bytes(form.bytes)
        }
        let answer = try await exchange(
            WebRequest(
                method, base + path, egress: egress, headers: fields, body: sent, deadline: .seconds(30),
                bodyLimit: 1 << 20))
        return Answer(status: answer.status, value: try? .parse(answer.body))
    }

    /// The bytes at an address that the provider named.
    func fetch(
        _ address: String, _ headers: [(String, String)], upTo most: Int
    ) async throws(ChannelFailure) -> FetchedFile {
        var fields = WebHeaders()
        for (name, value) in headers { fields.add(name, value) }
        // Their servers refuse what calls itself a library.
        fields.add("User-Agent", "Mozilla/5.0 (compatible; Mastil)")
        let answer = try await exchange(
            WebRequest("GET", address, egress: egress, headers: fields, deadline: .seconds(60), bodyLimit: most))
        guard answer.status == 200 else { throw ChannelFailure(.fileRefused, "HTTP \(answer.status)") }
        return FetchedFile(mediaType: answer.headers["content-type"], bytes: answer.body)
    }

    /// Words of an error never hold the address: Telegram's has the token in it.
    private func exchange(_ request: WebRequest) async throws(ChannelFailure) -> WebResponse {
        do throws(WebError) {
            return try await client.send(request)
        } catch {
            switch error {
            case .tooLarge(let limit): throw ChannelFailure(.fileTooLarge, "> \(limit)")
            case .badAddress, .badRequest, .refused: throw ChannelFailure(.refused, "the address cannot be asked")
            case .notResolved, .notConnected, .untrusted: throw ChannelFailure(.notConnected, error.description)
            case .deadlineExceeded, .interrupted, .bodyFailed, .cancelled, .closed:
                throw ChannelFailure(.unknown, error.description)
            }
        }
    }
}

/// A form with files (RFC 7578).
struct Multipart {
    // Longer and odder than anything a file holds by chance; files are not searched for it.
    private static let boundary = "mastil-7f1c0b5e9d3a4862b0e4c7d19a25f3866b1d"
    private var parts: [UInt8] = []

    var contentType: String { "multipart/form-data; boundary=\(Self.boundary)" }
    var bytes: [UInt8] { parts + Array("--\(Self.boundary)--\r\n".utf8) }

    mutating func add(_ name: String, _ value: String) {
        begin("form-data; name=\"\(name)\"", nil)
        parts += Array("\(value)\r\n".utf8)
    }

    mutating func add(_ name: String, _ file: OutboundFile) {
        let plain = String(file.name.map { "\"\\\r\n".contains($0) ? "_" : $0 })
        begin("form-data; name=\"\(name)\"; filename=\"\(plain)\"", file.mediaType.filter { !$0.isNewline })
        parts += file.bytes
        parts += Array("\r\n".utf8)
    }

    private mutating func begin(_ disposition: String, _ type: String?) {
        parts += Array("--\(Self.boundary)\r\nContent-Disposition: \(disposition)\r\n".utf8)
        if let type { parts += Array("Content-Type: \(type)\r\n".utf8) }
        parts += Array("\r\n".utf8)
    }
}

// What comes from outside is read as far as it goes: a member that is missing or of another type is nil.
extension JSONValue {
    subscript(_ name: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object[name]
    }

    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// An identifier, which is kept and asked for again.
    var id: String? {
        switch self {
        case .string(let text):
            let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            return isPlain && (1...256).contains(text.utf8.count) ? text : nil
        case .integer(let number): return "\(number)"
        default: return nil
        }
    }

    /// A whole number, also one in quotes, as WhatsApp writes moments.
    var whole: Int64? {
        switch self {
        case .integer(let number): number
        case .string(let text): Int64(text)
        default: nil
        }
    }

    var number: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .decimal(let text): Double(text)
        default: nil
        }
    }

    var flag: Bool? {
        guard case .bool(let flag) = self else { return nil }
        return flag
    }

    var list: [JSONValue] {
        guard case .array(let values) = self else { return [] }
        return values
    }
}

extension String {
    /// The beginning of it that fits a place of so many characters.
    func cut(to most: Int) -> String {
        // Providers count UTF-16 units.
        guard utf16.count > most else { return self }
        var shown = self
        while shown.utf16.count > most - 1 { shown.removeLast() }
        return shown + "…"
    }

    var isDigits: Bool { !isEmpty && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
}
