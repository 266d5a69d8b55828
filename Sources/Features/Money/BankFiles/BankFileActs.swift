import Access
import BankAccounts
import BankStatements
import Crypto
import Customers
import Declarations
import Events
import Identifiers
import Jobs
import Locale
import Payments
import Postgres
import Spreadsheets
import Tenancy
import Time
import Vault

/// Acts on bank files and their lines. Reading, committing and undoing take long and are done by workers; each act here
/// is one transaction.
package struct BankFileActs: Sendable {
    let payments: PaymentActs
    let vault: Vault
    let randomness: Randomness

    package init(vault: Vault, randomness: Randomness) {
        payments = PaymentActs(randomness: randomness)
        (self.vault, self.randomness) = (vault, randomness)
    }

    /// Stores a file for an account; a worker reads it.
    package func upload(
        _ content: [UInt8], named name: String, of account: BankAccount.ID, in tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> BankFile {
        guard !content.isEmpty else { throw BankFileRefusal.fileMissing }
        guard content.count <= ReadSpreadsheet.mostBytes else { throw BankFileRefusal.fileTooLarge }
        let digest = SHA256.digest(of: content)
        return try await database.transaction { database in
            guard let account = try await database.bankAccount(account) else { throw BankFileRefusal.unknownAccount }
            try await database.holdBankAccount(account.id)
            if let number = try await database.bankFile(like: digest, of: account.id) {
                throw BankFileRefusal.sameFile(number: number)
            }
            let file = NewBankFile(
                id: .make(milliseconds: principal.now.milliseconds, from: randomness), account: account,
                name: name.isEmpty ? "—" : name, digest: digest, currency: tenant.currency)
            let sealed = try await vault.seal(content, for: .content(of: file.id), at: principal.now, in: database)
            try await database.insert(
                file, number: try await database.takeBankFileNumber(), sealed: sealed, by: principal.actor,
                at: principal.now)
            try await database.queue(WorkOnBankFile(file.id), at: principal.now)
            return try await found(file.id, in: database)
        }
    }

    /// Assigns the columns and has the file read again.
    package func read(
        _ id: BankFile.ID, by mapping: StatementMapping, by principal: Principal, in database: TenantDatabase
    ) async throws -> BankFile {
        guard mapping.isComplete else { throw BankFileRefusal.columnsMissing }
        return try await move(id, from: [.ready, .failed], to: .reading, by: principal, in: database) { database in
            try await database.set(mapping, of: id)
        }
    }

    /// Registers the identified lines as payments.
    package func commit(
        _ id: BankFile.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> BankFile {
        try await move(id, from: [.ready], to: .committing, by: principal, in: database)
    }

    /// Reverses everything the file did.
    package func undo(_ id: BankFile.ID, by principal: Principal, in database: TenantDatabase) async throws -> BankFile
    {
        try await move(id, from: [.committed], to: .undoing, by: principal, in: database)
    }

    /// Deletes an uncommitted file without a trace.
    package func discard(_ id: BankFile.ID, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            let file = try await found(id, in: database)
            guard file.state == .ready || file.state == .failed else { throw BankFileRefusal.notInThatState }
            try await database.deleteBankFile(id)
        }
    }

    private func move(
        _ id: BankFile.ID, from states: [BankFile.State], to state: BankFile.State, by principal: Principal,
        in database: TenantDatabase, _ more: (TenantDatabase) async throws -> Void = { _ in }
    ) async throws -> BankFile {
        try await database.transaction { database in
            let file = try await found(id, in: database)
            guard states.contains(file.state) else { throw BankFileRefusal.notInThatState }
            try await more(database)
            try await database.set(state, of: id)
            try await database.set(principal.actor, of: id)
            try await database.queue(WorkOnBankFile(id), at: principal.now)
            return try await found(id, in: database)
        }
    }

    private func found(_ id: BankFile.ID, in database: TenantDatabase) async throws -> BankFile {
        guard let file = try await database.bankFile(id, locked: true) else { throw AccessRefusal.notFound }
        return file
    }
}

// Unidentified lines.
extension BankFileActs {
    /// Assigns a line to a customer, and to an existing payment if there is one. The payer's alias is remembered.
    package func assign(
        _ id: BankLine.ID, to customer: Customer.ID, as payment: Payment.ID? = nil, in tenant: Tenant,
        by principal: Principal, in database: TenantDatabase
    ) async throws -> BankLine {
        try await decide(id, from: .unidentified, as: .bankLineAssigned, by: principal, in: database) {
            line, database in
            guard let account = try await database.account(of: customer) else { throw BankFileRefusal.unknownCustomer }
            var match = LineMatch(.matched, evidence: .person, customer: account, payment: payment, part: .registered)
            if let payment {
                guard let known = try await database.payment(payment), known.customer == account,
                    known.amount == line.amount, known.state == .pending || known.state == .applied
                else { throw BankFileRefusal.otherPayment }
                match.part = known.state == .pending ? .confirmed : .linked
            }
            try await apply(line, match, in: tenant, by: principal, in: database)
            if let key = PayerKey(line.statement.payer, line.statement.payerAccount) {
                let tail = key.tail.isEmpty ? "" : " · \(key.tail)"
                try await database.learn(
                    key, shown: line.statement.payer + tail, of: customer,
                    as: .make(milliseconds: principal.now.milliseconds, from: randomness), by: principal.actor,
                    at: principal.now)
            }
        }
    }

    /// Interest, a loan, the owner's own money: the line needs no customer.
    package func dismiss(
        _ id: BankLine.ID, because reason: String, by principal: Principal, in database: TenantDatabase
    ) async throws -> BankLine {
        guard !reason.isEmpty else { throw BankFileRefusal.reasonMissing }
        return try await decide(
            id, from: .unidentified, as: .bankLineDismissed, by: principal, in: database
        ) { line, database in
            try await database.set(
                LineMatch(.dismissed), of: id, because: reason, by: principal.actor, at: principal.now)
        }
    }

    /// Undoes a dismissal.
    package func recall(
        _ id: BankLine.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> BankLine {
        try await decide(id, from: .dismissed, as: .bankLineRecalled, by: principal, in: database) {
            line, database in
            try await database.set(.unidentified(.nothing), of: id, by: principal.actor, at: principal.now)
        }
    }

    private func decide(
        _ id: BankLine.ID, from state: BankLine.State, as event: EventKind, by principal: Principal,
        in database: TenantDatabase, _ work: (BankLine, TenantDatabase) async throws -> Void
    ) async throws -> BankLine {
        try await database.transaction { database in
            guard let line = try await database.bankLine(id, locked: true) else { throw AccessRefusal.notFound }
            let file = try await database.bankFile(line.file)
            guard line.isHeld, line.state == state, file?.state == .committed else {
                throw BankFileRefusal.lineDecided
            }
            try await work(line, database)
            guard let after = try await database.bankLine(id) else { throw AccessRefusal.notFound }
            let about = [
                Act.Detail("amount", after.amount.plainText), Act.Detail("customer", after.customerName),
                Act.Detail("payment", after.folio), Act.Detail("reason", after.reason),
            ]
            try await database.record(
                Act(event, after.subject, after: about.filter { !$0.value.isEmpty }), by: principal.actor,
                at: principal.now)
            return after
        }
    }

    /// Links a line to its payment, registering or confirming it by the ordinary acts, so that everything that follows
    /// a payment follows this one too. Call in a transaction that has locked the line.
    func apply(
        _ line: BankLine, _ match: LineMatch, in tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws {
        guard let customer = match.customer else { throw BankFileRefusal.unknownCustomer }
        var match = match
        match.state = .applied
        switch match.part {
        case .confirmed:
            guard let payment = match.payment else { throw BankFileRefusal.otherPayment }
            _ = try await payments.confirm(payment, by: principal, in: database)
        case .linked:
            guard let id = match.payment, let payment = try await database.payment(id), payment.state == .applied
            else { throw BankFileRefusal.otherPayment }
        case .registered, nil:
            let new = NewPayment(
                id: .make(milliseconds: principal.now.milliseconds, from: randomness), customer: customer,
                method: try await method(of: tenant, in: database), amount: line.amount, day: line.day,
                reference: try await freeReference(of: line, in: database),
                note: String(line.title.prefix(300)))
            match.payment = try await payments.receive(new, of: tenant, by: principal, in: database).id
            match.part = .registered
        }
        guard try await database.isFree(match.payment) else { throw BankFileRefusal.otherPayment }
        try await database.set(match, of: line.id, by: principal.actor, at: principal.now)
    }

    /// The method for money that arrives at the company's accounts.
    private func method(of tenant: Tenant, in database: TenantDatabase) async throws -> String {
        let methods = try await database.paymentMethods(of: tenant).filter(\.isActive)
        guard let method = methods.first(where: { $0.kind == .transfer }) ?? methods.first(where: \.kind.arrivesAtBank)
        else { throw PaymentRefusal.unknownMethod }
        return method.word
    }

    /// Empty when another payment has it, since a line's identity is more than its reference.
    private func freeReference(of line: BankLine, in database: TenantDatabase) async throws -> String {
        let reference = line.paymentReference
        return try await database.isFree(reference) ? reference : ""
    }
}

extension TenantDatabase {
    fileprivate func isFree(_ reference: String) async throws(DatabaseError) -> Bool {
        guard !reference.isEmpty else { return true }
        return try await value(
            """
            SELECT NOT EXISTS (
                SELECT FROM payments WHERE tenant_id = \(tenant) AND reference = \(reference)
                    AND state IN ('pending', 'applied'))
            """) ?? false
    }

    /// Whether no other line is linked to the payment.
    fileprivate func isFree(_ payment: Payment.ID?) async throws(DatabaseError) -> Bool {
        guard let payment else { return false }
        return try await value(
            """
            SELECT NOT EXISTS (
                SELECT FROM bank_lines
                WHERE tenant_id = \(tenant) AND payment_id = \(payment) AND state = 'applied')
            """) ?? false
    }
}

extension SecretField {
    static func content(of file: BankFile.ID) -> SecretField {
        SecretField("content", of: "bank_files", row: file.uuid)
    }
}
