import Identifiers
import JSON
import Postgres
import Time

/// A recorded event.
package struct Event: Sendable {
    package let sequence: Int
    package let at: Instant
    package let kind: String
    package let actor: String
    package let actorID: UUID?
    /// Whether a command at the server, or the program itself, did it.
    package let isOfSystem: Bool
    package let address: String?
    package let subject: String?
    package let subjectID: UUID?
    package let before: [Act.Detail]
    package let after: [Act.Detail]
}

extension Event: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        sequence = try row.read("sequence")
        let content: String = try row.read("content")
        do {
            let fields = EventFields(try JSONValue.parse(Array(content.utf8)))
            guard let moment = fields.text("at").flatMap(Instant.init(rfc3339:)) else {
                throw DatabaseError.wrongColumn("event \(sequence) has no moment")
            }
            at = moment
            kind = fields.text("kind") ?? ""
            actor = fields.object("actor").text("name") ?? ""
            actorID = fields.object("actor").text("id").flatMap { UUID($0) }
            isOfSystem = fields.object("actor").text("kind") == Actor.Kind.system.rawValue
            address = fields.object("actor").text("address")
            subject = fields.object("subject").text("name")
            subjectID = fields.object("subject").text("id").flatMap { UUID($0) }
            before = fields.object("before").details
            after = fields.object("after").details
        } catch {
            throw .wrongColumn("Column content of events: \(error)")
        }
    }
}

/// An object's optional members.
private struct EventFields {
    private let members: [(name: String, value: JSONValue)]

    init(_ value: JSONValue?) {
        if case .object(let object) = value { members = object.members.map { ($0.0, $0.1) } } else { members = [] }
    }

    func text(_ name: String) -> String? {
        if case .string(let text) = member(name) { text } else { nil }
    }

    func object(_ name: String) -> EventFields { EventFields(member(name)) }

    var details: [Act.Detail] {
        members.compactMap { name, value in
            if case .string(let text) = value { Act.Detail(name, text) } else { nil }
        }
    }

    private func member(_ name: String) -> JSONValue? { members.first { $0.name == name }?.value }
}
