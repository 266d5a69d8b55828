import Identifiers
import JSON
import Postgres

/// An event's message, rebuilt from the record for each attempt, always with the same bytes.
struct WebhookMessage: Sendable {
    /// The message id, the same in every attempt: receivers use it as an idempotency key.
    let id: String
    let body: [UInt8]

    /// `content` is the event as recorded. The author is named; the address they acted from is left out.
    init(event: UUID, content: String) throws(DatabaseError) {
        id = Self.id(of: event)
        do {
            guard case .object(let event) = try JSONValue.parse(Array(content.utf8)) else {
                throw DatabaseError.wrongColumn("Column content of events is no object")
            }
            var json = JSONWriter(reserving: content.utf8.count)
            json.object { json in
                json.member("type", event["kind"] ?? .null)
                json.member("timestamp", event["at"] ?? .null)
                json.object("data") { json in
                    json.member("id", event["id"] ?? .null)
                    json.object("actor") { json in
                        json.member("kind", event["actor"]?["kind"] ?? .null)
                        json.member("name", event["actor"]?["name"] ?? .null)
                    }
                    if let subject = event["subject"] { json.member("subject", subject) }
                    json.member("before", event["before"] ?? .null)
                    json.member("after", event["after"] ?? .null)
                }
            }
            body = json.bytes
        } catch let error as DatabaseError {
            throw error
        } catch {
            throw .wrongColumn("Column content of events: \(error)")
        }
    }

    static func id(of event: UUID) -> String { "msg_" + event.description.filter { $0 != "-" } }
}

extension JSONValue {
    fileprivate subscript(name: String) -> JSONValue? {
        if case .object(let object) = self { object[name] } else { nil }
    }
}
