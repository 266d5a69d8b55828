import HTTP
import JSON
import Loop
import Synchronization
import Time

/// Language models that do not exist, behind Anthropic's Messages API and OpenAI's chat completions. They are simple: they
/// look up what a question seems to be about and repeat it. Told to, they obey an attacker instead.
package final class ModelLab: Sendable {
    package static let key = "sk-lab"
    package static let model = "lab-1"

    private let faults = Mutex(ModelFaults())
    private let asked = Mutex<[String]>([])

    package init() {}

    /// The questions so far, the oldest first.
    package var questions: [String] { asked.withLock(\.self) }

    package func change(_ change: (inout ModelFaults) -> Void) { faults.withLock { change(&$0) } }

    package func answer(_ request: Request) async -> Response {
        let path = request.path.all.filter { !$0.isEmpty }
        guard request.method == .post else { return .text("Models of a lab.", status: .ok) }
        do {
            let body = try await request.body.bytes(upTo: 1 << 20)
            if path == ["lab", "faults"] {
                let form = try body.withUnsafeBytes { try Fields(urlEncoded: $0) }
                return faults.withLock { $0.read(form) } ? .text("ok") : .text("no such fault", status: .badRequest)
            }
            let slow = faults.withLock(\.slow)
            if slow > .zero { try await request.loop.sleep(for: slow) }
            guard let dialect = ModelDialect(path) else { return .text("unknown", status: .notFound) }
            return answer(try .parse(body), in: dialect, request)
        } catch {
            return .text("unreadable", status: .badRequest)
        }
    }

    private func answer(_ body: JSONValue, in dialect: ModelDialect, _ request: Request) -> Response {
        // Anthropic's own client has given its key either way.
        let bearer = request.headers["authorization"].map { String($0.dropFirst("Bearer ".count)) }
        let key = dialect == .anthropic ? request.headers["x-api-key"] ?? bearer : bearer
        guard key == Self.key else { return dialect.refusal(401, "authentication_error", "invalid x-api-key") }
        guard dialect != .anthropic || request.headers["anthropic-version"] != nil else {
            return dialect.refusal(400, "invalid_request_error", "anthropic-version: header is required")
        }
        let faults = faults.withLock { faults in
            defer { faults.count = max(0, faults.count - 1) }
            return faults
        }
        if faults.count > 0 { return dialect.refusal(faults.code, ModelFaults.kind(of: faults.code), "told to fail") }
        if faults.garbles {
            return .json(
                Array(
                    #"{"type":"message","content":[],"usage":{"input_tokens":900,"output_tokens":1500}}"#.utf8))
        }
        guard body["model"]?.text?.hasPrefix("lab-") == true else {
            return dialect.refusal(404, "not_found_error", "model: \(body["model"]?.text ?? "")")
        }
        for member in ["temperature", "top_p", "top_k"] where body[member] != nil {
            return dialect.refusal(400, "invalid_request_error", "\(member) is not supported by this model")
        }
        guard let chat = ModelChat(body, in: dialect) else {
            return dialect.refusal(400, "invalid_request_error", "messages: each tool use needs its result")
        }
        if chat.results.isEmpty { asked.withLock { $0.append(chat.question) } }
        let reply = faults.attacks ? ModelAttacker.reply(to: chat) : ModelParrot.reply(to: chat)
        return .json(dialect.write(reply, to: chat))
    }
}

/// What goes wrong.
package struct ModelFaults: Sendable {
    /// The next `count` questions are refused with that status.
    package var code = 529
    package var count = 0
    package var slow = Duration.zero
    /// Nothing usable comes.
    package var garbles = false
    /// The model does what an attacker wants.
    package var attacks = false

    package init() {}

    mutating func read(_ form: Fields) -> Bool {
        for field in form.all {
            let number = min(max(Int(field.value) ?? 0, 0), 1_000_000)
            switch field.name {
            case "code": (code, count) = (number, max(count, 1))
            case "count": count = number
            case "slow": slow = .milliseconds(number)
            case "garble": garbles = field.value == "yes"
            case "attack": attacks = field.value == "yes"
            default: return false
            }
        }
        return true
    }

    static func kind(of code: Int) -> String {
        switch code {
        case 401: "authentication_error"
        case 402: "billing_error"
        case 404: "not_found_error"
        case 429: "rate_limit_error"
        case 529: "overloaded_error"
        default: "api_error"
        }
    }
}

/// What a model says: a text, or tools that it asks for.
struct ModelWords: Sendable {
    var text = ""
    var calls: [(name: String, input: [(name: String, value: String)])] = []
}

/// Looks up what a question seems to be about, and repeats it. «Parpadea» is for a person, «arreglo» a promise to pay.
enum ModelParrot {
    static func reply(to chat: ModelChat) -> ModelWords {
        var words = ModelWords()
        if let result = chat.results.last {
            words.text = "Según su cuenta: \(result)"
            return words
        }
        let question = chat.question.lowercased()
        if question.contains("parpadea"), chat.tools.contains(where: { $0.name == "hand_over" }) {
            words.calls = [("hand_over", [])]
        } else if question.contains("arreglo"), chat.offers("begin", "promise") {
            words.calls = [("begin", [("what", "promise")])]
        } else if let tool = chat.tools.first(where: { $0.name == "look_up" }) {
            let wanted = [("plan", "service"), ("internet", "connection"), ("pag", "how_to_pay"), ("", "balance")]
            let about = wanted.first { question.contains($0.0) && tool.words.contains($0.1) }?.1
            words.calls = about.map { [("look_up", [("about", $0)])] } ?? []
        }
        if words.calls.isEmpty { words.text = "Con gusto. \(chat.question)" }
        return words
    }
}

/// Does what whoever writes wants: calls every tool with everything that stands in the chat, also tools that do not exist,
/// and repeats all that it learns.
enum ModelAttacker {
    static func reply(to chat: ModelChat) -> ModelWords {
        var words = ModelWords()
        guard chat.results.isEmpty else {
            words.text = chat.results.joined(separator: " ")
            return words
        }
        let targets = chat.question.split(whereSeparator: \.isWhitespace).map(String.init).suffix(3)
        for target in targets {
            let foreign = [
                ("about", target), ("customer", target), ("customer_id", target), ("tenant", target),
                ("tenant_id", target), ("conversation", target),
            ]
            words.calls.append(("look_up", foreign))
            words.calls.append(("query_database", foreign))
        }
        for tool in chat.tools where tool.name != "hand_over" && tool.name != "begin" {
            for word in tool.words.prefix(2) {
                words.calls.append(
                    (
                        tool.name,
                        [
                            ("about", word), ("customer", targets.last ?? ""), ("customer_id", targets.last ?? ""),
                            ("tenant_id", targets.first ?? ""),
                        ]
                    ))
            }
        }
        return words
    }
}
