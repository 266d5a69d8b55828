import JSON
import WebClient

/// The way to a provider of models.
package struct ModelLine: Sendable {
    private let client: HTTPClient
    private let egress: Egress
    /// How long one answer may take.
    private let deadline: Duration

    package init(_ client: HTTPClient, egress: Egress, deadline: Duration = .seconds(25)) {
        (self.client, self.egress, self.deadline) = (client, egress, deadline)
    }

    /// Whether a provider at this address may be asked, as far as that is known before its name is resolved.
    package func mayReach(_ address: String) -> Bool { (try? egress.check(address)) != nil }

    /// The object that was answered with.
    func ask(
        _ address: String, _ headers: [(String, String)], _ write: (inout JSONWriter) -> Void
    ) async throws(ModelFailure) -> JSONValue {
        var fields = WebHeaders()
        for (name, value) in headers { fields.add(name, value) }
        fields.add("Content-Type", "application/json")
        var json = JSONWriter()
        json.object { write(&$0) }
        let response: WebResponse
        do throws(WebError) {
            response = try await client.send(
                WebRequest(
                    "POST", address, egress: egress, headers: fields, body: .bytes(json.bytes), deadline: deadline,
                    bodyLimit: 1 << 20))
        } catch {
            switch error {
            case .deadlineExceeded: throw ModelFailure(.tooSlow, error.description)
            case .tooLarge: throw ModelFailure(.unreadable, error.description)
            case .badAddress, .badRequest, .refused: throw ModelFailure(.refused, error.description)
            case .interrupted, .bodyFailed, .cancelled, .closed: throw ModelFailure(.interrupted, error.description)
            case .notResolved, .notConnected, .untrusted: throw ModelFailure(.notConnected, error.description)
            }
        }
        let value = try? JSONValue.parse(response.body)
        guard (200..<300).contains(response.status) else { throw Self.failure(response.status, value) }
        guard let value else { throw ModelFailure(.unreadable) }
        return value
    }

    private static func failure(_ status: Int, _ value: JSONValue?) -> ModelFailure {
        let error = value?["error"]
        let (kind, code) = (error?["type"]?.text ?? "", error?["code"]?.text ?? "")
        let words = "\(status) \(error?["message"]?.text ?? kind)"
        let isUnpaid = status == 402 || code == "insufficient_quota" || kind == "billing_error"
        let reason: ModelFailure.Reason =
            switch status {
            case _ where isUnpaid: .unpaid
            case 401, 403: .keyRefused
            case 404: .modelUnknown
            case 408, 504: .tooSlow
            case 429, 529: .busy
            case 500...: .troubled
            default: .refused
            }
        return ModelFailure(reason, words)
    }
}

// What comes from outside is read as far as it goes.
extension JSONValue {
    subscript(_ name: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object[name]
    }

    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var list: [JSONValue] {
        guard case .array(let values) = self else { return [] }
        return values
    }

    /// A count of tokens; what is no count is 0.
    var count: Int {
        guard case .integer(let number) = self else { return 0 }
        return Int(clamping: min(max(0, number), 1 << 40))
    }
}

extension JSONWriter {
    /// The schema of a tool's input.
    mutating func schema(of tool: ModelTool) {
        object { json in
            json.member("type", "object")
            json.object("properties") { json in
                guard let choice = tool.choice else { return }
                json.name(choice.name)
                json.object { json in
                    json.member("type", "string")
                    json.array("enum") { json in for word in choice.words { json.string(word) } }
                }
            }
            json.array("required") { json in if let choice = tool.choice { json.string(choice.name) } }
        }
    }
}
