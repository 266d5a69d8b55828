/// A router's `!trap`.
package struct RouterTrap: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case alreadyExists
        /// The row is gone; for a removal this is success.
        case noSuchItem
        /// The property refers to a missing profile, interface or server.
        case noSuchReference(String)
        case badValue
        case badParameter
        /// Not in this version, or its package is not installed.
        case noSuchCommand
        case notPermitted
        case interrupted
        /// The router's own timeout; the outcome is unknown.
        case timedOut
        case other
    }

    package let message: String
    /// Often missing, so not to be relied on.
    package let category: Int?

    package init(message: String, category: Int? = nil) {
        self.message = message
        self.category = category
    }

    init(_ row: RouterRow) {
        self.init(
            message: row["message"] ?? "the router gave no reason",
            category: row["category"].flatMap { Int($0) })
    }

    /// Classified by the message's prefix: messages are stable across versions, categories are not.
    package var kind: Kind {
        func begins(_ start: String) -> Bool { message.utf8.starts(with: start.utf8) }
        if let property = suffix(after: "input does not match any value of ") { return .noSuchReference(property) }
        if begins("failure: already have ") || isTaken { return .alreadyExists }
        if begins("no such item") { return .noSuchItem }
        if begins("no such command") { return .noSuchCommand }
        if begins("not enough permissions") || begins("std failure: not allowed") { return .notPermitted }
        if begins("interrupted") { return .interrupted }
        if begins("action timed out") { return .timedOut }
        if begins("unknown parameter") || begins("missing =") { return .badParameter }
        if begins("invalid value") || begins("value of ") || begins("ambiguous value") { return .badValue }
        return .other
    }

    /// `failure: secret with the same name already exists` and similar messages.
    private var isTaken: Bool {
        suffix(after: "failure: ")?.utf8.reversed().starts(with: " already exists".utf8.reversed()) == true
    }

    private func suffix(after start: String) -> String? {
        guard message.utf8.starts(with: start.utf8) else { return nil }
        return String(decoding: message.utf8.dropFirst(start.utf8.count), as: UTF8.self)
    }
}
