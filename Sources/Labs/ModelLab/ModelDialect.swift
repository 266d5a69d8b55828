import HTTP
import JSON

/// The two ways in which models are asked.
enum ModelDialect: Sendable {
    case anthropic, openai

    init?(_ path: [String]) {
        switch path {
        case ["v1", "messages"]: self = .anthropic
        case ["chat", "completions"], ["v1", "chat", "completions"]: self = .openai
        default: return nil
        }
    }

    func refusal(_ code: Int, _ kind: String, _ words: String) -> Response {
        var json = JSONWriter()
        json.object { json in
            if self == .anthropic { json.member("type", "error") }
            json.object("error") { json in
                json.member("type", kind)
                json.member("message", words)
                if self == .openai { json.member("code", kind) }
            }
            if self == .anthropic { json.member("request_id", "req_lab") }
        }
        return .json(json.bytes, status: Status(min(max(code, 400), 599)))
    }

    func write(_ words: ModelWords, to chat: ModelChat) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            switch self {
            case .anthropic: writeMessage(words, chat, to: &json)
            case .openai: writeCompletion(words, chat, to: &json)
            }
        }
        return json.bytes
    }

    private func writeMessage(_ words: ModelWords, _ chat: ModelChat, to json: inout JSONWriter) {
        json.member("id", "msg_lab")
        json.member("type", "message")
        json.member("role", "assistant")
        json.member("model", chat.model)
        json.array("content") { json in
            // Thinking goes back as it came.
            json.object { json in
                json.member("type", "thinking")
                json.member("thinking", "")
                json.member("signature", "lab")
            }
            if !words.text.isEmpty {
                json.object { json in
                    json.member("type", "text")
                    json.member("text", words.text)
                }
            }
            for (place, call) in words.calls.enumerated() {
                json.object { json in
                    json.member("type", "tool_use")
                    json.member("id", "toolu_\(place)")
                    json.member("name", call.name)
                    json.name("input")
                    Self.write(call.input, to: &json)
                }
            }
        }
        json.member("stop_reason", words.calls.isEmpty ? "end_turn" : "tool_use")
        json.name("stop_sequence")
        json.null()
        json.object("usage") { json in
            json.member("input_tokens", chat.length / 4)
            json.member("cache_read_input_tokens", 10)
            json.member("output_tokens", 40)
        }
    }

    private func writeCompletion(_ words: ModelWords, _ chat: ModelChat, to json: inout JSONWriter) {
        json.member("id", "chatcmpl-lab")
        json.member("object", "chat.completion")
        json.member("created", 1_790_000_000)
        json.member("model", chat.model)
        json.array("choices") { json in
            json.object { json in
                json.member("index", 0)
                json.member("finish_reason", words.calls.isEmpty ? "stop" : "tool_calls")
                json.object("message") { json in
                    json.member("role", "assistant")
                    json.name("content")
                    if words.text.isEmpty { json.null() } else { json.string(words.text) }
                    guard !words.calls.isEmpty else { return }
                    json.array("tool_calls") { json in
                        for (place, call) in words.calls.enumerated() {
                            json.object { json in
                                json.member("id", "call_\(place)")
                                json.member("type", "function")
                                json.object("function") { json in
                                    json.member("name", call.name)
                                    var input = JSONWriter()
                                    Self.write(call.input, to: &input)
                                    json.member("arguments", String(decoding: input.bytes, as: UTF8.self))
                                }
                            }
                        }
                    }
                }
            }
        }
        json.object("usage") { json in
            json.member("prompt_tokens", chat.length / 4)
            json.member("completion_tokens", 40)
            json.member("total_tokens", chat.length / 4 + 40)
        }
    }

    private static func write(_ input: [(name: String, value: String)], to json: inout JSONWriter) {
        json.object { json in
            for (name, value) in input {
                json.name(name)
                json.string(value)
            }
        }
    }
}

/// A conversation as a model is shown it.
struct ModelChat: Sendable {
    struct Tool: Sendable {
        let name: String
        /// What its one member may be.
        let words: [String]
    }

    let model: String
    /// The newest text of a person's.
    private(set) var question = ""
    /// What tools said since.
    private(set) var results: [String] = []
    let tools: [Tool]
    let length: Int

    /// Nil where a tool that was asked for has no result.
    init?(_ body: JSONValue, in dialect: ModelDialect) {
        model = body["model"]?.text ?? ""
        tools = (body["tools"]?.list ?? []).compactMap { tool in
            let function = dialect == .anthropic ? tool : tool["function"]
            guard let name = function?["name"]?.text else { return nil }
            let schema = function?[dialect == .anthropic ? "input_schema" : "parameters"]
            guard case .object(let properties)? = schema?["properties"] else { return nil }
            return Tool(
                name: name,
                words: properties.members.first.map { $0.value["enum"]?.list.compactMap(\.text) ?? [] } ?? [])
        }
        var open: Set<String> = []
        var length = 0
        for message in body["messages"]?.list ?? [] {
            let content = message["content"]
            length += content?.text?.utf8.count ?? 200
            switch (message["role"]?.text, content) {
            case ("user", .string(let text)?):
                guard open.isEmpty else { return nil }
                (question, results) = (text, [])
            case ("user", .array(let blocks)?):
                for block in blocks where block["type"]?.text == "tool_result" {
                    open.remove(block["tool_use_id"]?.text ?? "")
                    results.append(block["content"]?.text ?? "")
                }
                guard open.isEmpty else { return nil }
            case ("assistant", .array(let blocks)?):
                for block in blocks where block["type"]?.text == "tool_use" { open.insert(block["id"]?.text ?? "") }
            case ("assistant", _):
                for call in message["tool_calls"]?.list ?? [] { open.insert(call["id"]?.text ?? "") }
            case ("tool", _):
                open.remove(message["tool_call_id"]?.text ?? "")
                results.append(content?.text ?? "")
            default: break
            }
        }
        guard open.isEmpty, !question.isEmpty else { return nil }
        self.length = length + (body["system"]?.text?.utf8.count ?? 0)
    }

    func offers(_ tool: String, _ word: String) -> Bool {
        tools.contains { $0.name == tool && $0.words.contains(word) }
    }
}

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
}
