import Identifiers
import JSON
import Jobs
import Mail
import Postgres
import Time

/// Sends a letter, retrying while the mail server refuses temporarily.
package struct SendLetter: Job {
    package static let kind = "letters.send"
    package static var rules: JobRules {
        var rules = JobRules()
        rules.attempts = 12
        rules.timeLimit = .seconds(120)
        rules.tenantLimit = 4
        rules.backoff = Backoff(first: .seconds(10), longest: .seconds(3600))
        return rules
    }

    let letter: Letter.ID

    package var key: String? { letter.description }
    package var priority: JobPriority { .urgent }

    init(letter: Letter.ID) { self.letter = letter }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("letter", as: String.self)
        let uuid = text.flatMap { UUID($0) }
        if text != nil, uuid == nil { fields.refuse("letter", .expected("an identifier")) }
        letter = Letter.ID(try fields.finish(uuid))
    }

    package func write(to json: inout JSONWriter) { json.object { $0.member("letter", letter.description) } }

    package func run(in context: JobContext, by office: LetterSender?) async throws {
        guard let found = try await context.database.letter(letter), found.state == .waiting else { return }
        guard let office else {
            try await note(.failed, MailFailure.noServer, in: context)
            throw PermanentFailure(MailFailure.noServer)
        }
        do {
            guard
                let message = try await office.message(
                    of: found, at: context.now, from: context.randomness, in: context.database)
            else { return try await remove(found, office, in: context) }
            try await context.stillMine()
            try await office.send(message)
        } catch let error as MailError {
            return try await failed(error, found, office, in: context)
        }
        try await end(found, as: .sent, office, in: context)
    }

    private func remove(_ found: Letter, _ office: LetterSender, in context: JobContext) async throws {
        try await context.database.transaction { database in
            try await office.note(.removed, of: found, in: database, at: context.now)
            try await database.removeLetter(letter)
        }
    }

    private func end(
        _ found: Letter, as state: Letter.State, because reason: String? = nil, _ office: LetterSender,
        in context: JobContext
    ) async throws {
        try await context.database.transaction { database in
            try await database.note(state, reason, of: letter, at: context.now)
            try await office.note(state == .sent ? .sent : .failed, of: found, in: database, at: context.now)
        }
    }

    private func failed(
        _ error: MailError, _ found: Letter, _ office: LetterSender, in context: JobContext
    ) async throws {
        if error.isFinal || context.attempt >= context.attempts {
            try await end(found, as: .failed, because: error.description, office, in: context)
        } else {
            try await note(.waiting, error.description, in: context)
        }
        if !error.isFinal { throw MailFailure(reason: error.kind) }
    }

    private func note(_ state: Letter.State, _ reason: String?, in context: JobContext) async throws {
        try await context.database.note(state, reason, of: letter, at: context.now)
    }
}

/// For the operator, without personal data.
private struct MailFailure: ExplainedFailure {
    static let noServer = "No mail server is configured (MASTIL_SMTP)"

    let reason: String
}

extension MailError {
    fileprivate var kind: String {
        switch self {
        case .badAddress: "The address is none that mail can be sent to"
        case .notConnected, .untrusted, .notAdmitted, .interrupted: description
        case .postponed: "The mail server says: not now"
        case .refused: "The mail server refuses"
        }
    }
}
