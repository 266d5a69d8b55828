import Access
import BankAccounts
import BankStatements
import Crypto
import Declarations
import Events
import Identifiers
import JSON
import Jobs
import Locale
import Payments
import Postgres
import Sandbox
import Spreadsheets
import Tenancy
import Time
import Vault

/// Reads, commits or undoes a file line by line, as its state demands. Lines done before a failure are not repeated.
package struct WorkOnBankFile: Job {
    package static let kind = "bank-files.work"

    package static var rules: JobRules {
        var rules = JobRules()
        rules.tenantLimit = 1
        rules.timeLimit = .seconds(1800)
        return rules
    }

    package let file: BankFile.ID

    package var key: String? { file.description }
    package var priority: JobPriority { .urgent }

    package init(_ file: BankFile.ID) { self.file = file }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("file", as: String.self)
        guard let id = BankFile.ID(try fields.finish(text)) else {
            throw .expected("an id", at: pointer.appending("file"))
        }
        self.init(id)
    }

    package func write(to json: inout JSONWriter) { json.object { $0.member("file", file.description) } }

    package func run(
        in context: JobContext, by acts: BankFileActs, readingIn sandbox: Sandbox, knowing catalogue: Catalogue
    ) async throws {
        guard let tenant = try await context.database.lockedTenant(),
            !tenant.standing(at: context.now).isReadOnly
        else { return }
        try await go(
            of: tenant, by: acts, readingIn: sandbox, knowing: catalogue, at: context.now, in: context.database)
    }

    package func go(
        of tenant: Tenant, by acts: BankFileActs, readingIn sandbox: Sandbox, knowing catalogue: Catalogue,
        at now: Instant, in database: TenantDatabase
    ) async throws {
        guard let found = try await database.bankFile(file) else { return }
        // The uploader had the permissions, and money seen at the bank needs no approval.
        let principal = Principal(
            found.author, permissions: [.paymentsRegister, .paymentsApply, .paymentsApprove, .paymentsReverse],
            of: catalogue, at: now)
        let work = BankFileWork(file: found, tenant: tenant, acts: acts, principal: principal, database: database)
        switch found.state {
        case .reading: try await work.read(in: sandbox)
        case .committing: try await work.commit()
        case .undoing: try await work.undo()
        case .failed, .ready, .committed, .undone: return
        }
    }
}

private struct BankFileWork {
    let file: BankFile
    let tenant: Tenant
    let acts: BankFileActs
    let principal: Principal
    let database: TenantDatabase

    private var today: Day { tenant.timeZone.day(at: principal.now) }

    // Reading.
    func read(in sandbox: Sandbox) async throws {
        guard let account = try await database.bankAccount(file.account),
            let sealed = try await database.sealedContent(of: file.id)
        else { return try await fail(.otherAccount, nil) }
        let content = try await acts.vault.open(sealed, for: .content(of: file.id), in: database)
        let answer: StatementFile
        do {
            let last = try await database.lastMapping(of: file.account)
            let work = try ReadBankStatement(
                content, in: tenant.currency, mappings: [file.mapping, last].compactMap(\.self),
                decimalMark: tenant.reader.decimalMark)
            answer = try await sandbox.run(work, for: tenant.id.uuid)
        } catch let fault as StatementFault {
            return try await fail(BankFile.Fault(fault), nil)
        } catch SandboxFailure.overran, SandboxFailure.crashed {
            return try await fail(.tooHeavy, nil)
        }
        let read = ReadFile(answer, of: account, in: tenant.currency)
        if let fault = read.fault { return try await fail(fault, read) }
        let lines = read.statement.lines.map { ($0, SHA256.digest(of: Array($0.fingerprint.utf8))) }
        try await database.transaction { database in
            guard try await isStill(.reading, in: database) else { return }
            try await database.holdBankAccount(file.account)
            var matching = LineMatching(
                try await database.matchingFacts(
                    for: lines, of: file.account, broken: read.broken, in: tenant, on: today))
            let new = lines.map { line, fingerprint in
                NewBankLine(
                    id: .make(milliseconds: principal.now.milliseconds, from: acts.randomness), statement: line,
                    fingerprint: fingerprint, match: matching.decide(line, fingerprint: fingerprint))
            }
            try await database.deleteLines(of: file.id)
            try await database.insert(new, of: file.id, file.account, in: tenant.currency)
            try await database.set(read, of: file.id)
            try await database.set(.ready, of: file.id)
        }
    }

    private func fail(_ fault: BankFile.Fault, _ read: ReadFile?) async throws {
        try await database.transaction { database in
            guard try await isStill(.reading, in: database) else { return }
            try await database.deleteLines(of: file.id)
            if let read { try await database.set(read, of: file.id) }
            try await database.set(.failed, fault, of: file.id)
        }
    }

    private func isStill(_ state: BankFile.State, in database: TenantDatabase) async throws -> Bool {
        try await database.bankFile(file.id, locked: true)?.state == state
    }

    // Committing.
    func commit() async throws {
        try await begin()
        var last = -1
        while true {
            let lines = try await database.bankLines(of: file.id, in: [.matched], after: last, limit: 200)
            guard let end = lines.last else { break }
            for line in lines { try await commit(line.id) }
            last = end.statement.line
        }
        try await end(.committed, .bankFileCommitted)
    }

    /// Matches again with present data; from then on the lines count for the account.
    private func begin() async throws {
        try await database.transaction { database in
            guard try await isStill(.committing, in: database) else { return }
            try await database.holdBankAccount(file.account)
            guard try await !database.hasHeldLines(file.id) else { return }
            let lines = try await database.bankLines(
                of: file.id, in: [.matched, .unidentified, .outgoing], after: -1, limit: ReadBankStatement.mostLines)
            let broken = Set(lines.filter { $0.match.doubt == .balance }.map(\.statement.line))
            var matching = LineMatching(
                try await database.matchingFacts(
                    for: lines.map { ($0.statement, $0.fingerprint) }, of: file.account, broken: broken, in: tenant,
                    on: today))
            let decided = lines.map { (line: $0, match: matching.decide($0.statement, fingerprint: $0.fingerprint)) }
            try await database.set(decided.filter { $0.line.match != $0.match }.map { ($0.line.id, $0.match) })
            try await database.holdLines(of: file.id)
        }
    }

    /// A line refused by a payment's rules is left to a person.
    private func commit(_ id: BankLine.ID) async throws {
        do {
            try await database.transaction { database in
                guard let line = try await database.bankLine(id, locked: true), line.state == .matched, line.isHeld
                else { return }
                try await acts.apply(line, line.match, in: tenant, by: principal, in: database)
            }
        } catch is any Refusal {
            try await database.set(.unidentified(.refused), of: id, by: principal.actor, at: principal.now)
        }
    }

    // Undoing.
    func undo() async throws {
        var last = -1
        while true {
            let lines = try await database.bankLines(of: file.id, in: [.applied], after: last, limit: 200)
            guard let end = lines.last else { break }
            for line in lines { try await undo(line.id) }
            last = end.statement.line
        }
        try await database.releaseLines(of: file.id)
        try await end(.undone, .bankFileUndone)
    }

    private func undo(_ id: BankLine.ID) async throws {
        let reason = BankFileWords.undoneReason.text(for: tenant.reader, .number("number", file.number))
        try await database.transaction { database in
            guard let line = try await database.bankLine(id, locked: true), line.state == .applied else { return }
            var match = line.match
            match.state = .undone
            try await database.set(match, of: id, by: principal.actor, at: principal.now)
            guard match.part != .linked, let id = match.payment, let payment = try await database.payment(id),
                payment.state == .applied
            else { return }
            _ = try await acts.payments.reverse(id, of: tenant, because: reason, by: principal, in: database)
            if match.part == .confirmed, !payment.reference.isEmpty {
                try await claimAgain(payment, because: reason, in: database)
            }
        }
    }

    /// A payment that was pending before the file becomes pending again, since its money has not been seen.
    private func claimAgain(_ payment: Payment, because reason: String, in database: TenantDatabase) async throws {
        let nobody = Principal(principal.actor, permissions: [], of: principal.catalogue, at: principal.now)
        let claim = NewPayment(
            id: .make(milliseconds: principal.now.milliseconds, from: acts.randomness), customer: payment.customer,
            method: payment.method, amount: payment.amount, day: payment.day, reference: payment.reference,
            note: String("\(reason) · \(payment.folio)".prefix(300)))
        // A reference that was reversed before needs a person's approval.
        _ = try await acts.payments.register(claim, of: tenant, by: nobody, in: database)
    }

    private func end(_ state: BankFile.State, _ event: EventKind) async throws {
        try await database.transaction { database in
            guard let now = try await database.bankFile(file.id, locked: true), now.state.isUnderWay else { return }
            try await database.set(state, of: file.id, endedAt: principal.now)
            let sums = try await database.bankLineSums(of: file.id)
            let counted: [(name: String, state: BankLine.State)] = [
                ("lines_applied", .applied), ("lines_unidentified", .unidentified), ("lines_repeated", .repeated),
                ("lines_undone", .undone),
            ]
            let lines = counted.compactMap { name, state in
                sums.first { $0.state == state }.map { Act.Detail(name, "\($0.count)") }
            }
            try await database.record(
                Act(event, file.subject, after: [Act.Detail("file", file.name)] + lines), by: principal.actor,
                at: principal.now)
        }
    }
}

/// What the sandbox read of a file, restricted to the account.
struct ReadFile {
    private(set) var statement: BankStatement
    let format: String
    let reading: TableReading?
    let faults: [LineFault]
    let isCut: Bool
    private(set) var check = BankFile.Check.none
    private(set) var difference: Int64 = 0
    /// Lines whose running balance does not follow from the line before.
    private(set) var broken: Set<Int> = []
    private(set) var fault: BankFile.Fault?

    init(_ answer: StatementFile, of account: BankAccount, in currency: Currency) {
        format = "\(answer.format)"
        (reading, faults, isCut) = (answer.reading, answer.faults, answer.isCut)
        let own = answer.statements.filter { account.mayBe($0.account) }
        statement = BankStatement(in: currency)
        statement.account = own.first?.account ?? answer.statements.first?.account ?? ""
        if let reading, reading.source == .nothing {
            fault = .columns
        } else if own.isEmpty {
            fault = answer.statements.isEmpty ? .noStatement : .otherAccount
        } else if own.contains(where: { $0.currency != currency }) {
            fault = .otherCurrency
        } else if own.allSatisfy(\.lines.isEmpty), faults.isEmpty {
            fault = .noStatement
        }
        guard fault == nil else { return }
        statement.opening = own.first?.opening
        statement.closing = own.last?.closing
        statement.lines = own.flatMap(\.lines)
        if own.count > 1 { statement.numberEqualLines() }
        for part in own { add(part.check) }
    }

    private mutating func add(_ part: BalanceCheck) {
        switch part {
        case .nothingToCheck: break
        case .addsUp: if check == .none { check = .addsUp }
        case .closesAt(let off):
            if check != .breaks { check = .off }
            difference = difference.addingReportingOverflow(off).partialValue
        case .breaks(let lines):
            check = .breaks
            broken.formUnion(lines)
        }
    }

    var days: (first: Day, last: Day)? {
        guard let first = statement.lines.map(\.day).min(), let last = statement.lines.map(\.day).max() else {
            return nil
        }
        return (first, last)
    }
}

extension Reader {
    /// The country's decimal mark.
    fileprivate var decimalMark: DecimalMark {
        Money(minor: 50, .mxn).exactText(for: self).contains(",") ? .comma : .point
    }
}
