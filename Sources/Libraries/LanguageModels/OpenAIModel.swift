import JSON

/// A model behind chat completions, as OpenAI, DeepSeek and many others serve them.
package struct OpenAIModel: LanguageModel {
    package static let address = "https://api.openai.com/v1"

    private let line: ModelLine
    private let base: String
    private let model: String
    private let key: String

    /// `base` is everything before `/chat/completions`.
    package init(_ model: String, key: String, at base: String = address, over line: ModelLine) {
        (self.model, self.key, self.base, self.line) = (model, key, base, line)
    }

    package func answer(_ request: ModelRequest) async throws(ModelFailure) -> ModelReply {
        let value = try await line.ask("\(base)/chat/completions", [("Authorization", "Bearer \(key)")]) {
            write(request, to: &$0)
        }
        let usage = ModelUsage(
            input: value["usage"]?["prompt_tokens"]?.count ?? 0,
            output: value["usage"]?["completion_tokens"]?.count ?? 0)
        guard let message = value["choices"]?.list.first?["message"] else {
            throw ModelFailure(.unreadable, usage: usage)
        }
        let calls = (message["tool_calls"]?.list ?? []).compactMap { call -> ModelCall? in
            guard let id = call["id"]?.text, let function = call["function"], let name = function["name"]?.text else {
                return nil
            }
            // The arguments are JSON in quotes, and not always.
            let arguments = Array((function["arguments"]?.text ?? "").utf8)
            return ModelCall(id: id, name: name, input: (try? .parse(arguments)) ?? .null)
        }
        let text = message["content"]?.text ?? ""
        guard !text.isEmpty || !calls.isEmpty else {
            throw ModelFailure(.unreadable, value["choices"]?.list.first?["finish_reason"]?.text ?? "", usage: usage)
        }
        return ModelReply(text, calls: calls, raw: message, usage: usage)
    }

    private func write(_ request: ModelRequest, to json: inout JSONWriter) {
        json.member("model", model)
        // OpenAI has renamed it; those that imitate it have not.
        if base == Self.address {
            json.member("max_completion_tokens", request.mostTokens)
        } else {
            json.member("max_tokens", request.mostTokens)
        }
        json.array("messages") { json in
            json.object { json in
                json.member("role", "system")
                json.member("content", request.system)
            }
            for turn in request.turns { write(turn, to: &json) }
        }
        guard !request.tools.isEmpty else { return }
        json.array("tools") { json in
            for tool in request.tools {
                json.object { json in
                    json.member("type", "function")
                    json.object("function") { json in
                        json.member("name", tool.name)
                        json.member("description", tool.meaning)
                        json.name("parameters")
                        json.schema(of: tool)
                    }
                }
            }
        }
    }

    private func write(_ turn: ModelTurn, to json: inout JSONWriter) {
        switch turn {
        case .user(let text), .assistant(let text):
            json.object { json in
                if case .user = turn { json.member("role", "user") } else { json.member("role", "assistant") }
                json.member("content", text)
            }
        case .asked(let reply): json.value(reply.raw)
        case .results(let results):
            for result in results {
                json.object { json in
                    json.member("role", "tool")
                    json.member("tool_call_id", result.call)
                    json.member("content", result.text)
                }
            }
        }
    }
}
