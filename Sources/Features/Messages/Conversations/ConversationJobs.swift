import Declarations
import Identifiers
import JSON
import Jobs

/// Sends a message at its channel; the room of channels does it. Those of a conversation go one after the other.
package struct SendMessage: Job {
    package static let kind = "conversations.send-message"

    package static var rules: JobRules {
        var rules = JobRules()
        rules.attempts = 50
        rules.timeLimit = .seconds(120)
        return rules
    }

    package let message: ChatMessage.ID
    package let conversation: Conversation.ID

    package var key: String? { message.description }
    package var lane: String? { "send \(conversation)" }

    package init(_ message: ChatMessage.ID, in conversation: Conversation.ID) {
        (self.message, self.conversation) = (message, conversation)
    }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        (message, conversation) = try MessagePlace.read(json, at: pointer)
    }

    package func write(to json: inout JSONWriter) { MessagePlace.write(message, conversation, to: &json) }
}

/// Has the bot answer a message; the room of the bot does it. Queued only while the bot has the conversation.
package struct RespondToMessage: Job {
    package static let kind = "conversations.respond-to-message"

    package static var rules: JobRules {
        var rules = JobRules()
        rules.attempts = 10
        rules.timeLimit = .seconds(60)
        return rules
    }

    package let message: ChatMessage.ID
    package let conversation: Conversation.ID

    package var key: String? { message.description }
    package var lane: String? { "respond \(conversation)" }
    package var priority: JobPriority { .urgent }

    package init(_ message: ChatMessage.ID, in conversation: Conversation.ID) {
        (self.message, self.conversation) = (message, conversation)
    }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        (message, conversation) = try MessagePlace.read(json, at: pointer)
    }

    package func write(to json: inout JSONWriter) { MessagePlace.write(message, conversation, to: &json) }
}

/// Has a message of staff's answered; the room of staff's chats does it.
package struct RespondToStaff: Job {
    package static let kind = "conversations.respond-to-staff"

    package static var rules: JobRules {
        var rules = JobRules()
        rules.attempts = 10
        rules.timeLimit = .seconds(60)
        return rules
    }

    package let message: ChatMessage.ID
    package let conversation: Conversation.ID

    package var key: String? { message.description }
    package var lane: String? { "staff \(conversation)" }
    package var priority: JobPriority { .urgent }

    package init(_ message: ChatMessage.ID, in conversation: Conversation.ID) {
        (self.message, self.conversation) = (message, conversation)
    }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        (message, conversation) = try MessagePlace.read(json, at: pointer)
    }

    package func write(to json: inout JSONWriter) { MessagePlace.write(message, conversation, to: &json) }
}

private enum MessagePlace {
    static func read(
        _ json: JSONValue, at pointer: JSONPointer
    ) throws(JSONError) -> (ChatMessage.ID, Conversation.ID) {
        var fields = try JSONFields(json, at: pointer)
        func id<Noun>(_ name: String) -> ID<Noun>? {
            guard let text = fields.required(name, as: String.self) else { return nil }
            let id = ID<Noun>(text)
            if id == nil { fields.refuse(name, .expected("an identifier")) }
            return id
        }
        let (message, conversation): (ChatMessage.ID?, Conversation.ID?) = (id("message"), id("conversation"))
        return try fields.finish(message, conversation)
    }

    static func write(_ message: ChatMessage.ID, _ conversation: Conversation.ID, to json: inout JSONWriter) {
        json.object { json in
            json.member("message", message.description)
            json.member("conversation", conversation.description)
        }
    }
}
