import Access
import BankAccounts
import BankStatements
import Events
import Identifiers
import Ledger
import Locale
import Payments
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import BankFiles
@testable import Customers

@Suite struct BankFileTests {
    @Test func `a file is looked at, committed once, and its payments are everybody's payments`() async throws {
        try await withBankFiles { norte, sur in
            let account = try await norte.makeAccount()
            let ana = try await norte.makeCustomer("Ana López", owing: 30_000)
            let luz = try await norte.makeCustomer("Luz Marín", owing: 50_000)
            let waiting = try await norte.claim(50_000, from: luz, reference: "BNET01002201")
            #expect(waiting.state == .pending)
            let content = norte.file([
                (2, "PAGO INTERNET", norte.reference(of: ana), "ANA LOPEZ", "200.00"),
                (1, "SPEI", "BNET01002201", "", "500.00"),
                (1, "DEPOSITO", "", "", "300.00"), (1, "DEPOSITO", "", "", "300.00"),
            ])
            let file = try await norte.upload(content, to: account)
            #expect(file.state == .ready && file.lines == 4 && file.firstDay == norte.today - 2)
            #expect(try await norte.states(of: file) == [.matched, .matched, .unidentified, .unidentified])
            // Nothing counts before the commit, and nobody is asked about it.
            #expect(try await norte.balance(of: ana) == 30_000)
            #expect(try await norte.database.bankLinesWaiting(after: nil, limit: 10).isEmpty)

            let done = try await norte.commit(file)
            #expect(done.state == .committed && done.unidentified == 2)
            #expect(try await norte.states(of: file) == [.applied, .applied, .unidentified, .unidentified])
            #expect(try await norte.balance(of: ana) == 10_000)
            #expect(try await norte.balance(of: luz) == 0)
            let confirmed = try await norte.database.payment(waiting.id)
            #expect(confirmed?.state == .applied && confirmed?.decider == "Caro")

            // A worker that was cut off goes on where it was; whoever commits again is told so.
            try await norte.database.set(.committing, of: file.id)
            #expect(try await norte.work(on: file).state == .committed)
            await #expect(throws: BankFileRefusal.notInThatState) {
                try await norte.acts.commit(file.id, by: norte.accountant, in: norte.database)
            }
            #expect(try await norte.balance(of: ana) == 10_000)

            // The same file is not taken twice; one that overlaps adds only what is new.
            await #expect(throws: BankFileRefusal.sameFile(number: 1)) { try await norte.upload(content, to: account) }
            let later = try await norte.upload(
                content + Array("\(norte.today.iso),PAGO,\(norte.reference(of: ana)),,,100.00\n".utf8), to: account)
            let states: [BankLine.State] = [.repeated, .repeated, .repeated, .repeated]
            #expect(try await norte.states(of: later) == states + [.matched])
            _ = try await norte.commit(later)
            #expect(try await norte.balance(of: ana) == 0)

            #expect(try await sur.database.bankFile(file.id) == nil)
            #expect(try await sur.database.bankLinesWaiting(after: nil, limit: 10).isEmpty)
        }
    }

    @Test func `what waits is assigned once, and its payer is known from then on`() async throws {
        try await withBankFiles { norte, _ in
            let account = try await norte.makeAccount()
            let ana = try await norte.makeCustomer("Ana López", owing: 30_000)
            let rows = [(1, "DEPOSITO", "", "JORGE RUIZ PEREZ", "300.00"), (1, "INTERESES", "", "", "5.00")]
            let file = try await norte.commit(try await norte.upload(norte.file(rows), to: account))
            let lines = try await norte.lines(of: file)
            let found = try await norte.database.transaction { database in
                try await CandidateSearch(tenant: norte.tenant, today: norte.today, database: database)
                    .candidates(for: lines)
            }
            #expect(found[lines[0].id]?.map(\.name) == ["Ana López"])

            for attempt in 0..<2 {
                do {
                    let line = try await norte.acts.assign(
                        lines[0].id, to: ana.id, in: norte.tenant, by: norte.accountant, in: norte.database)
                    #expect(attempt == 0 && line.state == .applied && line.customerName == "Ana López")
                } catch BankFileRefusal.lineDecided {
                    #expect(attempt == 1)
                }
            }
            #expect(try await norte.balance(of: ana) == 0)
            await #expect(throws: BankFileRefusal.reasonMissing) {
                try await norte.acts.dismiss(lines[1].id, because: "", by: norte.accountant, in: norte.database)
            }
            _ = try await norte.acts.dismiss(
                lines[1].id, because: "Intereses", by: norte.accountant, in: norte.database)
            #expect(try await norte.database.bankLinesWaiting(after: nil, limit: 10).isEmpty)
            #expect(
                try await norte.acts.recall(lines[1].id, by: norte.accountant, in: norte.database).state
                    == .unidentified)

            // A month later the same payer is known, as long as nobody forgets them.
            _ = try await norte.makeCustomer("Otro", owing: 30_000)
            let charge: Transaction.ID = norte.newID()
            try await norte.database.post(
                Transaction(
                    id: charge, .charge, of: charge.uuid, on: norte.today, due: norte.today, note: "F-2",
                    [
                        Posting(.receivable(ana.id), norte.money(30_000)),
                        Posting(.income("internet"), norte.money(-30_000)),
                    ]), by: .commandLine, at: norte.now)
            let next = norte.file([(0, "TRASPASO", "", "Jorge Ruiz Pérez", "300.00")])
            let known = try await norte.upload(next, to: account)
            #expect(try await norte.lines(of: known).map(\.match.evidence) == [.alias])
            try await norte.acts.discard(known.id, in: norte.database)
            let aliases: [PayerAlias] = try await norte.database.rows(norte.database.aliases(.nothing))
            let alias = try #require(aliases.first)
            try await PayerAlias.forget(alias.id, by: norte.accountant, in: norte.database)
            let forgotten = try await norte.upload(next, to: account)
            #expect(try await norte.states(of: forgotten) == [.unidentified])
        }
    }

    @Test func `a whole file is undone after part of it was spent, and can come again`() async throws {
        try await withBankFiles { norte, _ in
            let account = try await norte.makeAccount()
            let ana = try await norte.makeCustomer("Ana López", owing: 30_000)
            let luz = try await norte.makeCustomer("Luz Marín", owing: 20_000)
            let eva = try await norte.makeCustomer("Eva Ruiz", owing: 10_000)
            let known = try await norte.take(10_000, from: eva, reference: "EVA0001122")
            let content = norte.file([
                (2, "PAGO", norte.reference(of: ana), "", "500.00"), (1, "SPEI", "", "LUIS MARIN SOTO", "150.00"),
                (1, "SPEI", "EVA0001122", "", "100.00"), (1, "OTRO", "", "", "77.00"),
            ])
            let file = try await norte.commit(try await norte.upload(content, to: account))
            let lines = try await norte.lines(of: file)
            #expect(lines.map(\.match.part) == [.registered, nil, .linked, nil])
            _ = try await norte.acts.assign(
                lines[1].id, to: luz.id, in: norte.tenant, by: norte.accountant, in: norte.database)
            // Of Ana's 200 in her favour a new charge takes 120.
            let charge: Transaction.ID = norte.newID()
            try await norte.database.post(
                Transaction(
                    id: charge, .charge, of: charge.uuid, on: norte.today, due: norte.today, note: "F-2",
                    [
                        Posting(.receivable(ana.id), norte.money(12_000)),
                        Posting(.income("internet"), norte.money(-12_000)),
                    ]), by: .commandLine, at: norte.now)
            let settlement: Transaction.ID = norte.newID()
            try await norte.database.settleOldest(
                [(ana.id, settlement, settlement.uuid)], in: norte.tenant.currency, on: norte.today,
                by: .commandLine, at: norte.now)
            #expect(try await norte.balance(of: ana) == -8_000)

            let undone = try await norte.undo(file)
            #expect(undone.state == .undone)
            #expect(try await norte.states(of: file) == [.undone, .undone, .undone, .undone])
            #expect(try await norte.balance(of: ana) == 42_000)
            #expect(try await norte.balance(of: luz) == 20_000)
            // What was there before the file stays.
            #expect(try await norte.balance(of: eva) == 0)
            #expect(try await norte.database.payment(known.id)?.state == .applied)
            #expect(try await norte.database.bankLinesWaiting(after: nil, limit: 10).isEmpty)

            let again = try await norte.commit(try await norte.upload(content, to: account))
            // Luz's payer is known by now, but 150 is not what she owes.
            let parts = try await norte.lines(of: again).map {
                "\($0.match.part?.rawValue ?? $0.match.doubt?.rawValue ?? "")"
            }
            #expect(parts == ["registered", "other_amount", "linked", "nothing"])
            #expect(try await norte.balance(of: ana) == -8_000)
            #expect(try await norte.balance(of: luz) == 20_000)
        }
    }

    @Test func `a claim that an undone file confirmed waits again, and the next file confirms it`() async throws {
        try await withBankFiles { norte, _ in
            let account = try await norte.makeAccount()
            let luz = try await norte.makeCustomer("Luz Marín", owing: 50_000)
            let claim = try await norte.claim(50_000, from: luz, reference: "BNET01002201")
            let content = norte.file([(1, "SPEI", "BNET01002201", "", "500.00")])
            let file = try await norte.commit(try await norte.upload(content, to: account))
            #expect(try await norte.balance(of: luz) == 0)
            _ = try await norte.undo(file)
            #expect(try await norte.balance(of: luz) == 50_000)
            #expect(try await norte.database.payment(claim.id)?.state == .reversed)
            let waiting: Int? = try await norte.database.value(
                """
                SELECT count(*) FROM payments WHERE tenant_id = \(norte.database.tenant) AND state = 'pending'
                    AND customer_id = \(luz.id) AND amount = 50000 AND reference = 'BNET01002201'
                """)
            #expect(waiting == 1)
            let again = try await norte.commit(try await norte.upload(content, to: account))
            #expect(try await norte.lines(of: again).map(\.match.part) == [.confirmed])
            #expect(try await norte.balance(of: luz) == 0)
        }
    }

    @Test func `money whose payment somebody reverses waits again`() async throws {
        try await withBankFiles { norte, _ in
            let account = try await norte.makeAccount()
            let (ana, luz) = (try await norte.makeCustomer("Ana", owing: 30_000), try await norte.makeCustomer("Luz"))
            let content = norte.file([(1, "PAGO", norte.reference(of: ana), "", "300.00")])
            let file = try await norte.commit(try await norte.upload(content, to: account))
            let line = try #require(try await norte.lines(of: file).first)
            _ = try await norte.payments.reverse(
                try #require(line.match.payment), of: norte.tenant, because: "Era de Luz", by: norte.commandLine,
                in: norte.database)
            let waiting = try await norte.database.bankLinesWaiting(after: nil, limit: 10)
            #expect(waiting.map(\.match.doubt) == [.paymentUndone])
            _ = try await norte.acts.assign(
                line.id, to: luz.id, in: norte.tenant, by: norte.accountant, in: norte.database)
            #expect(try await norte.balance(of: ana) == 30_000)
            #expect(try await norte.balance(of: luz) == -30_000)
        }
    }

    @Test func `a file that cannot be taken says why, and a damaged one what is left of it`() async throws {
        try await withBankFiles { norte, _ in
            let account = try await norte.makeAccount()
            let ana = try await norte.makeCustomer("Ana López", owing: 30_000)
            let good = norte.file([(1, "PAGO", norte.reference(of: ana), "", "300.00")])
            let other = try await norte.upload(
                norte.file([(1, "PAGO", norte.reference(of: ana), "", "300.00")], account: "5550001112"), to: account)
            #expect(other.state == .failed && other.fault == .otherAccount)
            let kinds: [(String, BankFile.Fault)] = [
                ("%PDF-1.4\u{0}\u{1}", .unknownKind), ("Nombre,Ciudad\nAna,Lima\nLuz,Quito\n", .columns),
            ]
            for (text, fault) in kinds {
                let file = try await norte.upload(Array(text.utf8), to: account)
                #expect(file.state == .failed && file.fault == fault, "\(text): \(file.state) \(file.fault as Any)")
            }
            // Latin-1, a formula, a line that does not add up, and the end torn off.
            let text =
                "Cuenta:,0118359719\nFecha,Concepto,Referencia,Ordenante,Cargo,Abono,Saldo\n"
                + "\((norte.today - 3).iso),Señal,,,,10.00,110.00\n"
                + "\((norte.today - 2).iso),=cmd|' /C calc'!A0,,,,20.00,130.00\n"
                + "\((norte.today - 2).iso),Pago,\(norte.reference(of: ana)),,,300.00,999.00\n"
                + "\((norte.today - 1).iso),Otro,,,,5.00,1004.00\n\((norte.today - 1).iso),Cort"
            let file = try await norte.upload(text.unicodeScalars.map { UInt8($0.value) }, to: account)
            #expect(file.state == .ready && file.isCut && file.check == .breaks)
            let lines = try await norte.lines(of: file)
            #expect(lines.prefix(2).map(\.statement.description) == ["Señal", "=cmd|' /C calc'!A0"])
            // Whose amount is in doubt is left to a person, whatever its reference says.
            #expect(lines.compactMap(\.match.doubt).contains(.balance) && !lines.contains { $0.state == .matched })
            #expect(file.warnings(for: norte.tenant.reader).count >= 2)
            try await norte.acts.discard(file.id, in: norte.database)
            #expect(try await norte.database.bankFile(file.id) == nil)
            #expect(try await norte.upload(good, to: account).state == .ready)
        }
    }

    @Test func `words are whole in every language`() {
        #expect(BankFileWords.problems == [])
        #expect(LineDoubt.problems == [] && LineEvidence.problems == [])
        #expect(BankFile.Fault.problems == [] && BankFile.State.problems == [] && BankFile.Check.problems == [])
        #expect(BankLine.State.problems == [])
        #expect(BankFileRefusal.cases.flatMap(\.message.problems) == [])
    }
}
