import JSON

/// A model of Anthropic's, by its Messages API.
package struct AnthropicModel: LanguageModel {
    package static let address = "https://api.anthropic.com"

    private let line: ModelLine
    private let base: String
    private let model: String
    private let key: String

    package init(_ model: String, key: String, at base: String = address, over line: ModelLine) {
        (self.model, self.key, self.base, self.line) = (model, key, base, line)
    }

    package func answer(_ request: ModelRequest) async throws(ModelFailure) -> ModelReply {
        let headers = [("x-api-key", key), ("anthropic-version", "2023-06-01")]
        let value = try await line.ask("\(base)/v1/messages", headers) { write(request, to: &$0) }
        let blocks = value["content"]?.list ?? []
        let usage = value["usage"]
        let kept = ["cache_creation_input_tokens", "cache_read_input_tokens"].map { usage?[$0]?.count ?? 0 }
        var used = ModelUsage(input: usage?["input_tokens"]?.count ?? 0, output: usage?["output_tokens"]?.count ?? 0)
        for count in kept { used.add(ModelUsage(input: count)) }
        let texts = blocks.filter { $0["type"]?.text == "text" }.compactMap { $0["text"]?.text }
        let calls = blocks.filter { $0["type"]?.text == "tool_use" }.compactMap { block -> ModelCall? in
            guard let id = block["id"]?.text, let name = block["name"]?.text else { return nil }
            return ModelCall(id: id, name: name, input: block["input"] ?? .null)
        }
        guard value["type"]?.text == "message", !texts.isEmpty || !calls.isEmpty else {
            throw ModelFailure(.unreadable, value["stop_reason"]?.text ?? "", usage: used)
        }
        return ModelReply(
            texts.joined(separator: "\n"), calls: calls, raw: .array(blocks), usage: used)
    }

    private func write(_ request: ModelRequest, to json: inout JSONWriter) {
        json.member("model", model)
        json.member("max_tokens", request.mostTokens)
        json.member("system", request.system)
        json.array("messages") { json in for turn in request.turns { write(turn, to: &json) } }
        guard !request.tools.isEmpty else { return }
        json.array("tools") { json in
            for tool in request.tools {
                json.object { json in
                    json.member("name", tool.name)
                    json.member("description", tool.meaning)
                    json.name("input_schema")
                    json.schema(of: tool)
                }
            }
        }
    }

    private func write(_ turn: ModelTurn, to json: inout JSONWriter) {
        json.object { json in
            switch turn {
            case .user(let text):
                json.member("role", "user")
                json.member("content", text)
            case .assistant(let text):
                json.member("role", "assistant")
                json.member("content", text)
            case .asked(let reply):
                json.member("role", "assistant")
                json.name("content")
                json.value(reply.raw)
            case .results(let results):
                json.member("role", "user")
                json.array("content") { json in
                    for result in results {
                        json.object { json in
                            json.member("type", "tool_result")
                            json.member("tool_use_id", result.call)
                            json.member("content", result.text)
                        }
                    }
                }
            }
        }
    }
}
