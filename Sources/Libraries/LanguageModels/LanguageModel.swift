import JSON

/// A model that answers a conversation, and may ask for tools meanwhile.
package protocol LanguageModel: Sendable {
    func answer(_ request: ModelRequest) async throws(ModelFailure) -> ModelReply
}

package struct ModelRequest: Sendable {
    package var system: String
    package var turns: [ModelTurn]
    package var tools: [ModelTool]
    package var mostTokens: Int

    package init(system: String, turns: [ModelTurn], tools: [ModelTool] = [], mostTokens: Int = 1500) {
        (self.system, self.turns, self.tools, self.mostTokens) = (system, turns, tools, mostTokens)
    }
}

package enum ModelTurn: Sendable {
    case user(String)
    case assistant(String)
    /// A reply that asked for tools, which goes back as it came.
    case asked(ModelReply)
    /// What each tool said; none is left out.
    case results([ModelResult])
}

/// Something that a model may ask for. It takes a word of a list, or nothing.
package struct ModelTool: Sendable {
    package let name: String
    package let meaning: String
    package let choice: (name: String, words: [String])?

    package init(_ name: String, _ meaning: String, choice: (name: String, words: [String])? = nil) {
        (self.name, self.meaning, self.choice) = (name, meaning, choice)
    }
}

package struct ModelCall: Sendable, Equatable {
    package let id: String
    package let name: String
    /// As the model wrote it: it may hold anything.
    package let input: JSONValue

    package init(id: String, name: String, input: JSONValue) { (self.id, self.name, self.input) = (id, name, input) }

    /// A word of the input.
    package func word(_ name: String) -> String? {
        guard case .object(let object) = input, case .string(let word)? = object[name] else { return nil }
        return word
    }
}

package struct ModelResult: Sendable {
    package let call: String
    package let text: String

    package init(of call: String, _ text: String) { (self.call, self.text) = (call, text) }
}

package struct ModelReply: Sendable {
    package let text: String
    package let calls: [ModelCall]
    /// As the provider sent it.
    package let raw: JSONValue
    package let usage: ModelUsage

    package init(_ text: String, calls: [ModelCall] = [], raw: JSONValue = .null, usage: ModelUsage = ModelUsage()) {
        (self.text, self.calls, self.raw, self.usage) = (text, calls, raw, usage)
    }
}

package struct ModelUsage: Sendable, Equatable {
    /// Tokens read, also those that the provider had kept.
    package var input = 0
    package var output = 0

    package init(input: Int = 0, output: Int = 0) { (self.input, self.output) = (input, output) }

    /// What is beyond any real count is left out.
    package mutating func add(_ other: ModelUsage) {
        input = min(input, 1 << 40) + min(max(0, other.input), 1 << 40)
        output = min(output, 1 << 40) + min(max(0, other.output), 1 << 40)
    }
}

package struct ModelFailure: Error, Equatable {
    package enum Reason: String, Sendable, CaseIterable {
        case keyRefused = "key_refused"
        case modelUnknown = "model_unknown"
        case unpaid
        case busy
        case troubled
        case refused
        case notConnected = "not_connected"
        case tooSlow = "too_slow"
        /// The question had left, and no answer came.
        case interrupted
        case unreadable
    }

    package let reason: Reason
    package let detail: String
    /// Of an answer that was of no use.
    package let usage: ModelUsage

    /// The provider may charge for it, and did not say how much.
    package var mayCost: Bool {
        switch reason {
        case .tooSlow, .interrupted: true
        case .unreadable: usage == ModelUsage()
        case .keyRefused, .modelUnknown, .unpaid, .busy, .troubled, .refused, .notConnected: false
        }
    }

    package init(_ reason: Reason, _ detail: String = "", usage: ModelUsage = ModelUsage()) {
        (self.reason, self.usage) = (reason, usage)
        self.detail = String(String.UnicodeScalarView(detail.unicodeScalars.prefix(300)))
    }
}
