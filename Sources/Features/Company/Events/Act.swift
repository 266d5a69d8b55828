import Declarations
import Identifiers
import JSON
import Time

/// An act to be recorded.
package struct Act: Sendable {
    /// `role.changed`: a noun and what happened to it.
    package let kind: String
    package let subject: Subject?
    package let before: [Detail]
    package let after: [Detail]

    package struct Subject: Sendable {
        let kind: String
        package let id: UUID
        /// The subject's name at that moment.
        let name: String

        package init(_ kind: String, _ id: UUID, named name: String) {
            self.kind = kind
            self.id = id
            self.name = name
        }
    }

    /// A property and its value as text. Never a secret: record that it changed, not to what.
    package struct Detail: Sendable, Equatable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(_ kind: EventKind, _ subject: Subject? = nil, before: [Detail] = [], after: [Detail] = []) {
        self.kind = kind.name
        self.subject = subject
        self.before = before
        self.after = after
    }
}

/// An event's hashed and stored content: the act, its author and its time.
struct EventContent: JSONWritable {
    let id: UUID
    private let at: String
    private let act: Act
    private let actor: Actor
    /// The id of the event that sums up a bulk act.
    private let run: UUID?

    init(_ act: Act, by actor: Actor, at now: Instant, from randomness: Randomness, run: UUID? = nil) {
        id = .v7(milliseconds: now.milliseconds, from: randomness)
        at = now.rfc3339
        (self.act, self.actor, self.run) = (act, actor, run)
    }

    var text: String {
        var json = JSONWriter(reserving: 512)
        json.value(self)
        return String(decoding: json.bytes, as: UTF8.self)
    }

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
            if let run { json.member("run", run.description) }
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

/// A safety net that keeps secrets out of the record.
enum Secrets {
    static let mask = "•••"
    private static let words = ["password", "secret", "token", "digest", "totp", "private", "api_key"]

    static func isSecret(_ name: String) -> Bool {
        let plain = name.lowercased()
        return words.contains { plain.contains($0) }
    }
}

extension Act {
    /// A change with the differing details; nil without any.
    package static func change(
        _ kind: EventKind, _ subject: Subject?, from before: [Detail], to after: [Detail]
    ) -> Act? {
        let different = zip(before, after).filter { $0 != $1 }
        guard !different.isEmpty else { return nil }
        return Act(kind, subject, before: different.map(\.0), after: different.map(\.1))
    }
}
