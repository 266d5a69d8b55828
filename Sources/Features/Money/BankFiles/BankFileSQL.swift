import BankAccounts
import BankStatements
import Events
import Identifiers
import Locale
import Nouns
import Payments
import Postgres
import Time

extension TenantDatabase {
    func bankFiles(_ which: SQL) -> SQL {
        """
        SELECT f.file_id, f.number, f.account_id, f.account, f.name, f.state, f.fault, f.currency, f.mapping, f.reading,
            f.faults, f.fault_count, f.is_cut, f.lines, f.first_day, f.last_day, f.opening, f.closing, f.balance_check,
            f.difference, f.actor_kind, f.actor_id, f.actor, f.made_at, f.ended_at, (
                SELECT count(*) FROM (
                    SELECT FROM bank_lines l
                    WHERE l.tenant_id = \(tenant) AND l.file_id = f.file_id AND l.state = 'unidentified' AND l.is_held
                    LIMIT 1000) waiting) AS unidentified
        FROM bank_files f WHERE f.tenant_id = \(tenant) \(which)
        """
    }

    package func bankFile(_ id: BankFile.ID, locked: Bool = false) async throws(DatabaseError) -> BankFile? {
        try await first(bankFiles("AND f.file_id = \(id) \(locked ? .forUpdate(of: "f") : .nothing)"))
    }

    /// By number, for programs.
    func bankFiles(after number: Int, in state: BankFile.State?, limit: Int) async throws(DatabaseError) -> [BankFile] {
        let state: SQL = state.map { "AND f.state = \($0.rawValue)" } ?? .nothing
        return try await rows(bankFiles("AND f.number > \(number) \(state) ORDER BY f.number LIMIT \(limit)"))
    }

    /// The number of an identical file of the account that was not refused or undone.
    func bankFile(like digest: [UInt8], of account: BankAccount.ID) async throws(DatabaseError) -> Int? {
        try await value(
            """
            SELECT max(number) AS number FROM bank_files
            WHERE tenant_id = \(tenant) AND account_id = \(account) AND digest = \(digest)
                AND state NOT IN ('failed', 'undone')
            """, as: Int?.self) ?? nil
    }

    /// Serialises reading and committing an account's files until the commit (advisory lock).
    func holdBankAccount(_ account: BankAccount.ID) async throws(DatabaseError) {
        try await execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('bank files ' || \(tenant)::text || \(account)::text, 0))")
    }

    func takeBankFileNumber() async throws(DatabaseError) -> Int {
        try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'bank_file', 1)
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last
            """) ?? 1
    }

    func insert(_ file: NewBankFile, number: Int, sealed: [UInt8], by actor: Actor, at now: Instant)
        async throws(DatabaseError)
    {
        try await execute(
            """
            INSERT INTO bank_files (
                tenant_id, file_id, number, account_id, account, name, digest, content, state, currency, actor_kind,
                actor_id, actor, made_at)
            VALUES (
                \(tenant), \(file.id), \(number), \(file.account.id), \(file.account.called), \(file.name),
                \(file.digest), \(sealed), 'reading', \(file.currency.rawValue), \(actor.kind.rawValue), \(actor.id),
                \(actor.name), \(now))
            """)
    }

    func sealedContent(of file: BankFile.ID) async throws(DatabaseError) -> [UInt8]? {
        try await value("SELECT content FROM bank_files WHERE tenant_id = \(tenant) AND file_id = \(file)")
    }

    /// The columns used for the account's last file.
    func lastMapping(of account: BankAccount.ID) async throws(DatabaseError) -> StatementMapping? {
        let kept: [UInt8]? = try await value(
            """
            SELECT reading FROM bank_files
            WHERE tenant_id = \(tenant) AND account_id = \(account) AND state = 'committed' AND reading IS NOT NULL
            ORDER BY number DESC LIMIT 1
            """)
        return TableReading(kept: kept)?.mapping
    }

    func set(_ state: BankFile.State, _ fault: BankFile.Fault? = nil, of file: BankFile.ID, endedAt: Instant? = nil)
        async throws(DatabaseError)
    {
        try await execute(
            """
            UPDATE bank_files SET state = \(state.rawValue), fault = \(fault?.rawValue ?? ""), ended_at = \(endedAt)
            WHERE tenant_id = \(tenant) AND file_id = \(file)
            """)
    }

    /// Makes the latest person to act on the file the author of its effects.
    func set(_ actor: Actor, of file: BankFile.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE bank_files SET actor_kind = \(actor.kind.rawValue), actor_id = \(actor.id), actor = \(actor.name)
            WHERE tenant_id = \(tenant) AND file_id = \(file)
            """)
    }

    func set(_ mapping: StatementMapping, of file: BankFile.ID) async throws(DatabaseError) {
        try await execute(
            "UPDATE bank_files SET mapping = \(mapping.kept) WHERE tenant_id = \(tenant) AND file_id = \(file)")
    }

    /// Stores a file's contents, except for its lines.
    func set(_ read: ReadFile, of file: BankFile.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE bank_files SET format = \(read.format), reading = \(read.reading?.kept),
                faults = \(Array(read.faults.prefix(200)).kept), fault_count = \(Int32(clamping: read.faults.count)),
                is_cut = \(read.isCut), lines = \(Int32(read.statement.lines.count)),
                first_day = \(read.days?.first), last_day = \(read.days?.last),
                opening = \(read.statement.opening?.minor), closing = \(read.statement.closing?.minor),
                balance_check = \(read.check.rawValue), difference = \(read.difference)
            WHERE tenant_id = \(tenant) AND file_id = \(file)
            """)
    }

    func deleteBankFile(_ file: BankFile.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM bank_files WHERE tenant_id = \(tenant) AND file_id = \(file)")
    }
}

// Lines.
extension TenantDatabase {
    func bankLines(_ which: SQL) -> SQL {
        """
        SELECT l.line_id, l.file_id, f.number AS file_number, l.account_id, l.line, l.day, l.amount, l.currency,
            l.description, l.reference, l.payer, l.payer_account, l.bank_id, l.balance, l.ordinal, l.is_reversal,
            l.fingerprint, l.is_held, l.state, l.evidence, l.doubt, l.customer_id, l.payment_id, l.part, l.reason,
            l.decider, coalesce(c.name, '') AS customer_name, coalesce(p.series, '') AS series,
            coalesce(p.number, 0) AS payment_number
        FROM bank_lines l
        JOIN bank_files f ON f.tenant_id = \(tenant) AND f.file_id = l.file_id
        LEFT JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = l.customer_id
        LEFT JOIN payments p ON p.tenant_id = \(tenant) AND p.payment_id = l.payment_id
        WHERE l.tenant_id = \(tenant) \(which)
        """
    }

    package func bankLine(_ id: BankLine.ID, locked: Bool = false) async throws(DatabaseError) -> BankLine? {
        if locked {
            try await execute(
                "SELECT FROM bank_lines WHERE tenant_id = \(tenant) AND line_id = \(id) FOR UPDATE")
        }
        return try await first(bankLines("AND l.line_id = \(id)"))
    }

    /// Unidentified lines that count, oldest first.
    func bankLinesWaiting(after place: (day: Day, id: BankLine.ID)?, limit: Int) async throws(DatabaseError)
        -> [BankLine]
    {
        let after: SQL = place.map { "AND (l.day, l.line_id) > (\($0.day), \($0.id))" } ?? .nothing
        return try await rows(
            bankLines(
                """
                AND l.state = 'unidentified' AND l.is_held \(after) ORDER BY l.day, l.line_id LIMIT \(limit)
                """))
    }

    /// A file's lines in order.
    func bankLines(
        of file: BankFile.ID, in states: [BankLine.State], after line: Int, limit: Int
    ) async throws(DatabaseError) -> [BankLine] {
        try await rows(
            bankLines(
                """
                AND l.file_id = \(file) AND l.state = ANY (\(states.map(\.rawValue))) AND l.line > \(Int32(clamping: line))
                ORDER BY l.line LIMIT \(limit)
                """))
    }

    func insert(
        _ lines: [NewBankLine], of file: BankFile.ID, _ account: BankAccount.ID, in currency: Currency
    ) async throws(DatabaseError) {
        for start in stride(from: 0, to: lines.count, by: Self.batch) {
            let part = lines[start..<min(start + Self.batch, lines.count)]
            let (texts, match) = (part.map(\.statement), part.map(\.match))
            try await execute(
                """
                INSERT INTO bank_lines (
                    tenant_id, line_id, file_id, account_id, line, day, amount, currency, description, reference, payer,
                    payer_account, bank_id, balance, ordinal, is_reversal, fingerprint, state, evidence, doubt,
                    customer_id, payment_id, part)
                SELECT \(tenant), g.id, \(file), \(account), g.line, g.day, g.amount, \(currency.rawValue),
                    g.description, g.reference, g.payer, g.payer_account, g.bank_id, g.balance, g.ordinal,
                    g.is_reversal, g.fingerprint, g.state, g.evidence, g.doubt, g.customer, g.payment, g.part
                FROM unnest(
                    \(part.map(\.id)), \(texts.map { Int32(clamping: $0.line) }), \(texts.map(\.day)), \(texts.map(\.minor)),
                    \(texts.map(\.description)), \(texts.map(\.reference)), \(texts.map(\.payer)),
                    \(texts.map(\.payerAccount)), \(texts.map(\.bankID)), \(texts.map(\.balance)),
                    \(texts.map { Int32(clamping: $0.ordinal) }), \(texts.map(\.isReversal)), \(part.map(\.fingerprint)),
                    \(match.map(\.state.rawValue)), \(match.map { $0.evidence?.rawValue ?? "" }),
                    \(match.map { $0.doubt?.rawValue ?? "" }), \(match.map(\.customer)), \(match.map(\.payment)),
                    \(match.map { $0.part?.rawValue ?? "" })) g(
                    id, line, day, amount, description, reference, payer, payer_account, bank_id, balance, ordinal,
                    is_reversal, fingerprint, state, evidence, doubt, customer, payment, part)
                """)
        }
    }

    static var batch: Int { 5000 }

    func set(_ matches: [(id: BankLine.ID, match: LineMatch)]) async throws(DatabaseError) {
        for start in stride(from: 0, to: matches.count, by: Self.batch) {
            let part = matches[start..<min(start + Self.batch, matches.count)]
            let match = part.map(\.match)
            try await execute(
                """
                UPDATE bank_lines l SET state = g.state, evidence = g.evidence, doubt = g.doubt,
                    customer_id = g.customer, payment_id = g.payment, part = g.part
                FROM unnest(
                    \(part.map(\.id)), \(match.map(\.state.rawValue)), \(match.map { $0.evidence?.rawValue ?? "" }),
                    \(match.map { $0.doubt?.rawValue ?? "" }), \(match.map(\.customer)), \(match.map(\.payment)),
                    \(match.map { $0.part?.rawValue ?? "" })) g(id, state, evidence, doubt, customer, payment, part)
                WHERE l.tenant_id = \(tenant) AND l.line_id = g.id
                """)
        }
    }

    /// Stores a person's decision on a line, or the commit's.
    func set(
        _ match: LineMatch, of line: BankLine.ID, because reason: String = "", by actor: Actor, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE bank_lines SET state = \(match.state.rawValue), evidence = \(match.evidence?.rawValue ?? ""),
                doubt = \(match.doubt?.rawValue ?? ""), customer_id = \(match.customer), payment_id = \(match.payment),
                part = \(match.part?.rawValue ?? ""), reason = \(reason), decider = \(actor.name), decided_at = \(now)
            WHERE tenant_id = \(tenant) AND line_id = \(line)
            """)
    }

    /// Makes the file's lines count for the account, except repeated ones.
    func holdLines(of file: BankFile.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE bank_lines SET is_held = true
            WHERE tenant_id = \(tenant) AND file_id = \(file) AND state <> 'repeated'
            """)
    }

    func hasHeldLines(_ file: BankFile.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM bank_lines WHERE tenant_id = \(tenant) AND file_id = \(file) AND is_held)
            """) ?? false
    }

    /// Undoes the lines without a payment, together with their file.
    func releaseLines(of file: BankFile.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE bank_lines SET is_held = false, state = CASE WHEN state = 'repeated' THEN state ELSE 'undone' END
            WHERE tenant_id = \(tenant) AND file_id = \(file) AND state <> 'applied'
            """)
    }

    func deleteLines(of file: BankFile.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM bank_lines WHERE tenant_id = \(tenant) AND file_id = \(file)")
    }

    /// A payment was reversed by hand: the money is still in the bank, so its line must be identified again.
    func returnLine(of payment: Payment.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE bank_lines SET state = 'unidentified', doubt = 'payment_undone', evidence = '', customer_id = NULL,
                payment_id = NULL, part = ''
            WHERE tenant_id = \(tenant) AND payment_id = \(payment) AND state = 'applied'
            """)
    }

    func bankLineSums(of file: BankFile.ID) async throws(DatabaseError) -> [BankLineSum] {
        try await rows(
            """
            SELECT l.state, count(*) AS count, sum(l.amount)::bigint AS amount, l.currency FROM bank_lines l
            WHERE l.tenant_id = \(tenant) AND l.file_id = \(file) GROUP BY l.state, l.currency
            """)
    }
}

/// The number and sum of a file's lines in one state.
struct BankLineSum: RowReadable {
    let state: BankLine.State
    let count: Int
    let amount: Money

    init(row: Row) throws(DatabaseError) {
        let (minor, currency): (Int64, Currency) = (try row.read("amount"), try row.word("currency"))
        (state, count, amount) = (try row.word("state"), try row.read("count"), Money(minor: minor, currency))
    }
}

/// A newly uploaded file.
struct NewBankFile {
    let id: BankFile.ID
    let account: BankAccount
    let name: String
    let digest: [UInt8]
    let currency: Currency
}

struct NewBankLine {
    let id: BankLine.ID
    let statement: StatementLine
    let fingerprint: [UInt8]
    let match: LineMatch
}

extension BankFile: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let (fault, kind): (String, String) = (try row.read("fault"), try row.read("actor_kind"))
        let currency: Currency = try row.word("currency")
        let (opening, closing): (Int64?, Int64?) = (try row.read("opening"), try row.read("closing"))
        let (lines, faultCount): (Int32, Int32) = (try row.read("lines"), try row.read("fault_count"))
        let difference: Int64 = try row.read("difference")
        id = try row.read("file_id")
        number = try row.read("number")
        account = try row.read("account_id")
        accountName = try row.read("account")
        name = try row.read("name")
        state = try row.word("state")
        self.fault = Fault(rawValue: fault)
        self.currency = currency
        mapping = StatementMapping(kept: try row.read("mapping"))
        reading = TableReading(kept: try row.read("reading"))
        faults = [LineFault](kept: try row.read("faults")) ?? []
        self.faultCount = Int(faultCount)
        isCut = try row.read("is_cut")
        self.lines = Int(lines)
        unidentified = try row.read("unidentified")
        firstDay = try row.read("first_day")
        lastDay = try row.read("last_day")
        self.opening = opening.map { Money(minor: $0, currency) }
        self.closing = closing.map { Money(minor: $0, currency) }
        check = try row.word("balance_check")
        self.difference = Money(minor: difference, currency)
        author = Actor(
            Actor.Kind(rawValue: kind) ?? .system, id: try row.read("actor_id"), name: try row.read("actor"))
        madeAt = try row.read("made_at")
        endedAt = try row.read("ended_at")
    }
}

extension BankLine: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let (line, ordinal): (Int32, Int32) = (try row.read("line"), try row.read("ordinal"))
        var statement = StatementLine(line: Int(line), day: try row.read("day"), minor: try row.read("amount"))
        statement.description = try row.read("description")
        statement.reference = try row.read("reference")
        statement.payer = try row.read("payer")
        statement.payerAccount = try row.read("payer_account")
        statement.bankID = try row.read("bank_id")
        statement.balance = try row.read("balance")
        statement.ordinal = Int(ordinal)
        statement.isReversal = try row.read("is_reversal")
        let (evidence, doubt, part): (String, String, String) = (
            try row.read("evidence"), try row.read("doubt"), try row.read("part")
        )
        let payment: Payment.ID? = try row.read("payment_id")
        id = try row.read("line_id")
        file = try row.read("file_id")
        fileNumber = try row.read("file_number")
        account = try row.read("account_id")
        self.statement = statement
        currency = try row.word("currency")
        fingerprint = try row.read("fingerprint")
        isHeld = try row.read("is_held")
        match = LineMatch(
            try row.word("state"), evidence: LineEvidence(rawValue: evidence), doubt: LineDoubt(rawValue: doubt),
            customer: try row.read("customer_id"), payment: payment, part: Part(rawValue: part))
        customerName = try row.read("customer_name")
        folio =
            payment == nil ? "" : Payment.folio(series: try row.read("series"), number: try row.read("payment_number"))
        reason = try row.read("reason")
        decider = try row.read("decider")
    }
}
