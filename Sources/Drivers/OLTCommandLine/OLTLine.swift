import FibreProtocol
import Loop

/// A signed-in command line of an OLT. Called from its loop.
final class OLTLine: OLTSession, @unchecked Sendable {
    // Unchecked: touched only on its loop, by one caller at a time.
    private let target: OLTTarget
    private let dialect: any Dialect
    private let deadlines: OLTDeadlines
    private let terminal: CommandLine
    private var host = ""
    private var log: [OLTExchange] = []

    private init(_ target: OLTTarget, _ deadlines: OLTDeadlines, on loop: EventLoop) {
        (self.target, self.deadlines) = (target, deadlines)
        dialect = target.vendor.dialect(target.firmware)
        terminal = CommandLine(on: loop)
    }

    static func open(
        _ target: OLTTarget, deadlines: OLTDeadlines, on loop: EventLoop
    ) async throws(OLTFailure) -> OLTLine {
        precondition(loop.isCurrent, "An OLT is spoken to on its own loop")
        let line = OLTLine(target, deadlines, on: loop)
        do throws(OLTFailure) {
            try await line.terminal.connect(to: target.address, port: target.port, within: deadlines.connecting)
            try await line.signIn()
            for command in line.dialect.preparation { _ = try await line.send(OLTCommand.level(command)) }
            for command in line.dialect.entry { try await line.enter(command) }
        } catch {
            line.close()
            throw error
        }
        return line
    }

    func close() { terminal.close() }

    func takeLog() async -> [OLTExchange] {
        defer { log = [] }
        return log
    }
}

// Signing in.
extension OLTLine {
    private func signIn() async throws(OLTFailure) {
        var hasSentPassword = false
        while true {
            let stop: CommandLine.Stop
            do throws(OLTFailure) {
                stop = try await terminal.wait(within: deadlines.command) { last, _ in
                    let lower = last.trimmed.lowercased()
                    if lower.hasSuffix("name:") || lower.hasSuffix("login:") { return .question("login") }
                    if lower.hasSuffix("password:") { return .question("password") }
                    return Self.isPrompt(last, of: "") ? .prompt : nil
                }
            } catch {
                // Some hang up after a wrong password.
                throw hasSentPassword ? .signInRefused(refusalText) : error
            }
            switch stop {
            case .prompt: return try await enable()
            case .question("login"):
                if hasSentPassword { throw .signInRefused(refusalText) }
                terminal.send(target.login)
                terminal.forgetLine()
            case .question:
                if hasSentPassword { throw .signInRefused(refusalText) }
                hasSentPassword = true
                terminal.send(target.password)
                terminal.forgetLine()
            }
        }
    }

    private var refusalText: String {
        terminal.screen.lines.last { !$0.trimmed.isEmpty }?.trimmed ?? "It refused the user or the password."
    }

    private func enable() async throws(OLTFailure) {
        let prompt = terminal.screen.last.trimmed
        host = target.vendor == .fiberhome ? "" : String(prompt.dropLast().prefix { $0 != "(" })
        guard prompt.hasSuffix(">") else { return }
        terminal.send("enable")
        terminal.forgetLine()
        var hasSentPassword = false
        while true {
            let stop = try await terminal.wait(within: deadlines.command) { [host] last, _ in
                if last.trimmed.lowercased().hasSuffix("password:") { return .question("password") }
                return Self.isPrompt(last, of: host) ? .prompt : nil
            }
            if stop == .prompt {
                guard terminal.screen.last.trimmed.hasSuffix("#") else { throw .signInRefused(refusalText) }
                return
            }
            if hasSentPassword { throw .signInRefused(refusalText) }
            hasSentPassword = true
            terminal.send(target.enablePassword.isEmpty ? target.password : target.enablePassword)
            terminal.forgetLine()
        }
    }

    /// A whole line without blanks that begins with the OLT's name and ends as prompts do.
    private static func isPrompt(_ line: String, of host: String) -> Bool {
        guard let end = line.last, end == ">" || end == "#", line.hasPrefix(host) else { return false }
        return line.count > 1 && line.count < 100 && !line.contains(" ")
    }

    /// `(y/n)[n]:`, `[yes/no]:`, or what smart mode asks.
    private static func question(in line: String) -> String? {
        let plain = line.trimmed
        if plain.hasSuffix("}:"), plain.hasPrefix("{") { return "smart" }
        return plain.hasSuffix("(y/n)[n]:") || plain.hasSuffix("(y/n)[y]:") || plain.hasSuffix("[yes/no]:")
            ? plain : nil
    }
}

// Commands.
extension OLTLine {
    /// The lines of the answer, and how the OLT refused, if it did.
    private func send(
        _ command: OLTCommand, within span: Duration? = nil
    ) async throws(OLTFailure) -> (lines: [String], refusal: OLTFailure?) {
        let text = command.text
        terminal.send(text)
        // The prompt that stands there now ends nothing: the answer's own comes behind the echo.
        var (hasEnded, denied) = (false, false)
        while !hasEnded {
            let stop = try await terminal.wait(within: span ?? deadlines.command) { [host] last, lines in
                if let question = Self.question(in: last) { return .question(question) }
                return !lines.isEmpty && Self.isPrompt(last, of: host) ? .prompt : nil
            }
            switch stop {
            case .prompt: hasEnded = true
            case .question("smart"): terminal.answer("")
            case .question:
                denied = command.confirmation == nil
                terminal.answer(command.confirmation ?? "n")
            }
            if !hasEnded { terminal.forgetLine() }
        }
        var lines = terminal.screen.lines
        if let echo = lines.first, echo.hasSuffix(text) { lines.removeFirst() }
        if denied { return (lines, .refused(.other, "It asked a question that nobody expected.")) }
        let refusals = lines.compactMap { dialect.refusal($0) }
        return (lines, refusals.first)
    }

    /// The lines that a reading command shows; empty where there is nothing to show. Only an answer that begins with a
    /// refusal is one: what customers are called stands further down.
    func read(_ text: String) async throws(OLTFailure) -> [String] {
        let lines = try await send(OLTCommand.level(text)).lines
        let first = lines.first { line in line.contains { $0 != " " && $0 != "^" } }
        if let first, let refusal = dialect.refusal(first) {
            if case .refused(.absent, _) = refusal { return [] }
            throw refusal
        }
        return lines
    }

    /// The lines of a list of ONUs: empty only where the OLT says with these words that there are none. An answer without
    /// the list's heading is no list.
    func list(_ text: String, headed heading: String, orNone none: String = "") async throws(OLTFailure) -> [String] {
        let lines = try await send(OLTCommand.level(text)).lines
        func says(_ words: String) -> Bool { !words.isEmpty && lines.contains { $0.lowercased().contains(words) } }
        if says(heading) { return lines }
        if says(none) { return [] }
        if let refusal = lines.lazy.compactMap({ self.dialect.refusal($0) }).first { throw refusal }
        throw .unreadable("It did not show its list of ONUs.")
    }

    /// Changes the level.
    func enter(_ text: String) async throws(OLTFailure) {
        if let refusal = try await send(OLTCommand.level(text)).refusal { throw refusal }
    }

    /// Back to where steps begin, wherever a refused command left the session.
    private func goHome() async throws(OLTFailure) {
        for _ in 0..<6 where !terminal.screen.last.hasSuffix(dialect.base) || isDeep {
            _ = try await send(OLTCommand.level(dialect.leaving))
        }
    }

    /// ZTE's base prompt is the end of all its prompts.
    private var isDeep: Bool { dialect.base == "#" && terminal.screen.last.contains("(") }

    private func note(_ command: OLTCommand, _ lines: [String], isRefused: Bool, isUndo: Bool) {
        guard command.changes || isRefused, log.count < 1000 else { return }
        let answer = lines.map(\.trimmed).filter { !$0.isEmpty }.joined(separator: "\n")
        log.append(
            OLTExchange(command.text, answer: String(answer.prefix(500)), isRefused: isRefused, isUndo: isUndo))
    }

    /// Nil where it is done, or was done already.
    private func carryOut(_ command: OLTCommand, isUndo: Bool = false) async throws(OLTFailure) -> OLTFailure? {
        let lines: [String]
        var refusal: OLTFailure?
        do throws(OLTFailure) {
            (lines, refusal) = try await send(command)
        } catch {
            note(command, [error.reason], isRefused: true, isUndo: isUndo)
            throw .uncertain(error.reason)
        }
        if case .refused(let kind, _) = refusal, command.forgives.contains(kind) { refusal = nil }
        note(command, lines, isRefused: refusal != nil, isUndo: isUndo)
        return refusal
    }

    func perform(_ step: OLTStep) async throws(OLTFailure) {
        let commands = dialect.commands(for: step)
        guard !commands.isEmpty else { throw .refused(.unknownCommand, "This OLT has no such command.") }
        var undo: [[OLTCommand]] = []
        for command in commands {
            if let refusal = try await carryOut(command) {
                try await goHome()
                for taken in undo.reversed() {
                    for one in taken {
                        if let stuck = try await carryOut(one, isUndo: true) {
                            try await goHome()
                            throw .half("\(refusal.reason) \(stuck.reason)")
                        }
                    }
                }
                throw refusal
            }
            if !command.undo.isEmpty { undo.append(command.undo) }
        }
    }

    func save() async throws(OLTFailure) {
        for command in dialect.saving {
            let (lines, refusal) = try await send(command, within: deadlines.saving)
            note(command, lines, isRefused: refusal != nil, isUndo: false)
            if let refusal { throw refusal }
        }
    }

    func configuration() async throws(OLTFailure) -> String {
        var text = ""
        for command in dialect.configuration {
            text += try await send(command, within: deadlines.saving).lines.joined(separator: "\n") + "\n"
        }
        return text
    }

    func identify() async throws(OLTFailure) -> OLTIdentity {
        let lines = try await send(OLTCommand.level(dialect.identification)).lines
        let identity = dialect.identity(from: lines, host: host.isEmpty ? target.vendor.name : host)
        return OLTIdentity(
            name: String(identity.name.prefix(100)), model: String(identity.model.prefix(100)),
            version: String(identity.version.prefix(100)))
    }

    func units(on ports: [PONPort], sure: Set<ONUSerial>) async throws(OLTFailure) -> [ObservedONU] {
        var units: [ObservedONU] = []
        for port in ports { units += try await dialect.units(on: port, sure: sure, by: self) }
        return units
    }

    func found(on ports: [PONPort]) async throws(OLTFailure) -> [FoundONU] {
        try await dialect.found(on: ports, by: self)
    }
}
