import Identifiers
import JSON

/// Something that was done, on its way into the record.
package struct Act: Sendable {
    /// `role.changed`: a noun and what became of it.
    package let kind: String
    package let subject: Subject?
    package let before: [Detail]
    package let after: [Detail]

    package struct Subject: Sendable {
        let kind: String
        package let id: UUID
        /// As people called it at that moment.
        let name: String

        package init(_ kind: String, _ id: UUID, named name: String) {
            self.kind = kind
            self.id = id
            self.name = name
        }
    }

    /// One property and its value as text. A secret has no place here: say that it changed, not to what.
    package struct Detail: Sendable, Equatable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(_ kind: String, _ subject: Subject? = nil, before: [Detail] = [], after: [Detail] = []) {
        self.kind = kind
        self.subject = subject
        self.before = before
        self.after = after
    }
}

/// An act, with who and when: what is hashed and kept.
struct EventContent: JSONWritable {
    let id: UUID
    let at: String
    let act: Act
    let actor: Actor

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("at", at)
            json.member("kind", act.kind)
            json.object("actor") { json in
                json.member("kind", actor.kind.rawValue)
                if let id = actor.id { json.member("id", id.description) }
                json.member("name", actor.name)
                if let address = actor.address { json.member("address", address) }
            }
            if let subject = act.subject {
                json.object("subject") { json in
                    json.member("kind", subject.kind)
                    json.member("id", subject.id.description)
                    json.member("name", subject.name)
                }
            }
            json.object("before") { json in Self.write(act.before, to: &json) }
            json.object("after") { json in Self.write(act.after, to: &json) }
        }
    }

    private static func write(_ details: [Act.Detail], to json: inout JSONWriter) {
        for detail in details {
            json.member(named: detail.name, Secrets.isSecret(detail.name) ? Secrets.mask : detail.value)
        }
    }
}

/// The net beneath the rule that no secret is recorded.
enum Secrets {
    static let mask = "•••"
    private static let words = ["password", "secret", "token", "digest", "totp", "private", "api_key"]

    static func isSecret(_ name: String) -> Bool {
        let plain = name.lowercased()
        return words.contains { plain.contains($0) }
    }
}
