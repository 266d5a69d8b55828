import Access
import BankAccounts
import Collection
import Declarations
import Events
import HTTP
import Identifiers
import Identity
import Invoices
import Ledger
import Letters
import Locale
import Nouns
import Panel
import Plans
import Postgres
import ReceiptTexts
import Roles
import Sandbox
import Services
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Zones

@testable import BankFiles
@testable import Customers
@testable import Payments
@testable import Receipts

/// From the picture to the bank: what is trusted, what waits, what is found again, and what was false.
@Suite struct ReceiptTests {
    @Test func `every word is there in every language`() { #expect(ReceiptWords.problems == []) }

    @Test func `an old customer's clear receipt is applied by itself, and what leaves doubts waits for a person`()
        async throws
    {
        try await withReceipts { norte, sur in
            let ana = try await norte.makeCustomer("Ana", daysOld: 400, owing: 30_000)
            let beto = try await norte.makeCustomer("Beto", daysOld: 5, owing: 30_000)
            try await norte.policy { ($0.isAutomatic, $0.mostAutomatic) = (true, norte.money(50_000)) }
            let clear = try await norte.send(
                SentReceipt(amount: "$300.00", key: "BNV48210034455667", day: norte.today), from: ana)
            #expect(clear.payment?.state == .applied && clear.doubts.isEmpty)
            #expect(try await norte.database.balance(of: ana, in: norte.tenant.currency).balance.isZero)
            let applied = try #require(clear.payment)
            let known = try #require(try await norte.database.receipt(applied.id))
            #expect(known.amount?.value == norte.money(30_000) && known.effect == .automatic)
            #expect(known.payment.reference == "BNV48210034455667" && known.payment.day == norte.today)

            // The same transfer's reference is refused with where it was seen first.
            await #expect(throws: PaymentRefusal.sameReference(folio: known.payment.folio)) {
                _ = try await norte.send(
                    SentReceipt(amount: "$450.00", key: "BNV48210034455667", day: norte.today, heading: "Envío"),
                    from: beto)
            }
            // Cut, written over and read wrong: it waits, beside the one that it is like.
            var edited = SentReceipt(amount: "$390.00", key: "BNV48210034455667", day: norte.today)
            edited.cut = 60
            edited.key = ""
            let again = try #require(try await norte.send(edited, from: beto).payment)
            let held = try #require(try await norte.database.receipt(again.id))
            #expect(again.state == .pending && again.hold == .doubt)
            #expect(held.doubts.contains(.samePicture) && held.like == known.payment.id, "\(held.doubts) \(held)")
            // A large one, one that is scheduled, one to another account, one of a new customer.
            for (receipt, doubt) in [
                (
                    SentReceipt(amount: "$310.00", key: "BNV11110034455667", day: norte.today, state: "Programada"),
                    ReceiptDoubt.notPaid
                ),
                (
                    SentReceipt(amount: "$320.00", key: "BNV22220034455667", day: norte.today, tail: "•••• 4821"),
                    .otherDestination
                ),
                (SentReceipt(amount: "$330.00", key: "BNV33330034455667", day: norte.today - 40), .dayFarOff),
                (SentReceipt(amount: "$340.00", key: "BNV44440034455667", day: norte.today), .newCustomer),
            ] {
                let taken = try await norte.send(receipt, from: doubt == .newCustomer ? beto : ana)
                #expect(taken.payment?.state == .pending && taken.doubts.contains(doubt), "\(doubt): \(taken.doubts)")
            }
            let cat = SentReceipt(amount: "", key: "", day: nil, heading: "Mi gato")
            #expect(try await norte.send(cat, from: ana).payment == nil)
            #expect(try await sur.database.waitingReceipts(limit: 9).isEmpty)
        }
    }

    @Test func `a person corrects what was read, approves and rejects, each once`() async throws {
        try await withReceipts { norte, sur in
            let ana = try await norte.makeCustomer("Ana", daysOld: 5, owing: 30_000)
            let first = try #require(
                try await norte.send(
                    SentReceipt(amount: "$300.00", key: "BNV48210034455667", day: norte.today), from: ana
                ).payment)
            norte.site.clock.advance(by: .seconds(60))
            let second = try #require(
                try await norte.send(
                    SentReceipt(amount: "$150.00", key: "BNV58210034455999", day: norte.today - 2), from: ana
                ).payment)
            let caro = try await Self.person(norte, [.paymentsView, .paymentsApprove, .customersRead])
            let page = try await caro.see("/panel/receipts").text
            #expect(page.contains("\(first.id)") && page.contains("El cliente es nuevo.") && page.contains("300.00"))
            // The debt is beside it, the doubt is amber, and Enter decides nothing that nobody looked at.
            #expect(page.contains("Debe: <strong>$300.00") && page.contains("notice notice-warn"))
            #expect(!page.contains("autofocus") && page.contains("Rechazar con este motivo"))
            let wrong = try await caro.send(
                "/panel/receipts/\(first.id)/approve", "amount=x&method=transfer&day=2026-01-01&reference=")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("Eso no es un importe."))
            let done = try await caro.send(
                "/panel/receipts/\(first.id)/approve",
                "amount=310.00&method=transfer&day=\(norte.today.iso)&reference=BNV48210034455660")
            #expect(done.status == .seeOther && done.place?.hasPrefix("/panel/receipts") == true)
            let approved = try #require(try await norte.database.payment(first.id))
            #expect(approved.state == .applied && approved.amount == norte.money(31_000))
            #expect(approved.reference == "BNV48210034455660")
            let twice = try await caro.send(
                "/panel/receipts/\(first.id)/approve",
                "amount=310.00&method=transfer&day=\(norte.today.iso)&reference=BNV48210034455660")
            #expect(twice.status == .conflict)
            #expect(try await caro.see("/panel/receipts").text.contains("\(second.id)"))
            let silent = try await caro.send("/panel/receipts/\(second.id)/reject", "reason=&other=")
            #expect(silent.status == .unprocessableContent && silent.text.contains("Escriba el motivo."))
            _ = try await caro.send("/panel/receipts/\(second.id)/reject", "reason=No+se+lee&false_receipt=yes")
            #expect(try await norte.database.payment(second.id)?.state == .rejected)
            #expect(try await caro.see("/panel/receipts").text.contains("No hay comprobantes por revisar."))
            // Decided, it stays as it is.
            await #expect(throws: (any Error).self) {
                try await norte.database.execute(
                    "UPDATE payments SET amount = 1 WHERE tenant_id = \(norte.database.tenant) AND payment_id = \(first.id)"
                )
            }
            let hugo = try await Self.person(sur, [.paymentsView, .paymentsApprove])
            #expect(try await hugo.see("/panel/receipts/\(first.id)").status == .notFound)
        }
    }

    @Test func `the bank confirms a receipt, and one that its file does not show is false`() async throws {
        try await withReceipts { norte, _ in
            let ana = try await norte.makeCustomer("Ana", daysOld: 400, owing: 30_000)
            let luz = try await norte.makeCustomer("Luz", daysOld: 400, owing: 45_500)
            try await norte.policy {
                ($0.isAutomatic, $0.mostAutomatic, $0.bankDays) = (true, norte.money(50_000), 3)
            }
            let sent = norte.today
            // A wallet of which there are no files.
            var wallet = BankAccount(id: norte.newID())
            (wallet.bank, wallet.holder, wallet.account) = ("Billetera", "Norte", "0055504821")
            _ = try await wallet.add(of: norte.tenant, by: norte.commandLine, in: norte.database)
            let elsewhere = try #require(
                try await norte.send(
                    SentReceipt(amount: "$455.00", key: "WAL73823746501928", day: sent, tail: "•••• 4821"), from: luz
                ).payment)
            #expect(elsewhere.state == .applied)
            let true1 = try #require(
                try await norte.send(SentReceipt(amount: "$300.00", key: "BNV48210034455667", day: sent), from: ana)
                    .payment)
            let second = try await norte.send(
                SentReceipt(amount: "$450.00", key: "QRS91823746501928", day: sent), from: luz)
            let false1 = try #require(second.payment)
            #expect(true1.state == .applied && false1.state == .applied, "\(second.doubts) \(second.facts)")
            norte.site.clock.advance(by: .seconds(6 * 86_400))
            // Without a file nobody knows.
            try await norte.confirm()
            #expect(try await norte.database.payment(false1.id)?.state == .applied)
            try await norte.bankShows([
                (sent - 1, "SALDO", "X1", "1.00"), (sent, "SPEI", "BNV48210034455667", "300.00"),
                (sent + 5, "INTERES", "X2", "2.00"),
            ])
            try await norte.confirm()
            #expect(try await norte.database.payment(true1.id)?.state == .applied)
            let undone = try #require(try await norte.database.payment(false1.id))
            // Another account's file says nothing of it.
            #expect(try await norte.database.payment(elsewhere.id)?.state == .applied)
            #expect(undone.state == .reversed && undone.reason == "El banco no muestra este dinero")
            #expect(try await norte.database.balance(of: luz, in: norte.tenant.currency).balance.isZero)
            try await norte.confirm()
            // Nobody who sent a false one is trusted again.
            try await norte.look(at: luz)
            let next = try await norte.send(
                SentReceipt(amount: "$451.00", key: "TUV55823746501928", day: norte.today), from: luz)
            #expect(next.payment?.state == .pending && next.doubts == [.falseBefore])
        }
    }

    @Test func `an amount in another currency, and accounts that nobody registered, leave doubts`() throws {
        let today = try #require(Day(year: 2026, month: 11, day: 30))
        func account(_ number: String) -> BankAccount {
            var account = BankAccount(id: BankAccount.ID(UUID(high: 1, low: UInt64(number.utf8.count))))
            account.account = number
            return account
        }
        func check(
            _ amount: String, _ currency: Currency = .mxn, in region: Region = .mexico,
            accounts: [BankAccount] = [account("0118359719")]
        ) -> ReceiptCheck {
            let lines = [
                "Transferencia exitosa", "Importe \(amount)", "Fecha 29/11/2026", "Clave de rastreo BNV48210034455667",
                "Cuenta destino ****9719",
            ]
            let words = lines.enumerated().flatMap { place, line in
                line.split(separator: " ").map { ReceiptWord(String($0), confidence: 95, line: place, height: 30) }
            }
            let facts = ReceiptFacts(words, currency, in: region, today: today)
            let id = UUID(high: 2, low: 2)
            let claimed = NewPayment(
                id: ID(id), customer: ID(id), method: "transfer", amount: Money(minor: 30_000, currency),
                day: today - 1, reference: "")
            return ReceiptCheck(
                facts, of: claimed, isTyped: true, on: today, customerAge: 400, hasStrikes: false, accounts: accounts,
                known: [], under: ReceiptPolicy(in: currency))
        }
        for own in ["$300.00", "MXN $300.00", "$300.00 MXN", "$ 300.00 M.N."] {
            #expect(check(own).doubts == [], "\(own)")
        }
        for foreign in ["USD 300.00", "US$ 300.00", "$300.00 USD", "300.00 dólares", "S/ 300.00", "300,00 €"] {
            #expect(check(foreign).doubts == [.otherCurrency], "\(foreign)")
        }
        #expect(check("S/ 300.00", .pen, in: .peru).doubts == [])
        #expect(check("$ 300.00", .pen, in: .peru).doubts == [.otherCurrency])
        #expect(check("$300.00", accounts: []).doubts == [.noAccounts])
        // Only one account's files may prove it false.
        #expect(check("$300.00").account == account("0118359719").id)
        #expect(check("$300.00", accounts: [account("0118359719"), account("559719")]).account == nil)
    }

    private static func person(_ tenant: TestTenant, _ permissions: [Permission]) async throws -> Person {
        try await Person(tenant, permissions, as: "Caro") { routes, randomness in
            ReceiptRoutes(PaymentActs(randomness: randomness)).add(to: &routes)
        }
    }
}

/// A receipt of an invented bank.
struct SentReceipt: Sendable {
    var amount: String
    var key: String
    var day: Day?
    var state = "Liquidada"
    var tail = "•••• 9719"
    var heading = "Transferencia"
    /// Pixels that are missing at its top.
    var cut = 0

    var file: [UInt8] {
        var marks = "<text x='500' y='120' font-size='54' text-anchor='middle'>\(heading)</text>"
        marks += "<text x='500' y='250' font-size='80' text-anchor='middle'>\(amount)</text>"
        var y = 360
        let rows = [
            ("Fecha", day.map { "\($0.dayOfMonth)/\($0.month.number)/\($0.year)" } ?? ""), ("Clave de rastreo", key),
            ("Cuenta destino", day == nil ? "" : tail), ("Estatus", day == nil ? "" : state),
        ]
        for (label, value) in rows where day != nil {
            marks += "<text x='100' y='\(y)' font-size='36'>\(label)</text>"
            marks += "<text x='900' y='\(y)' font-size='36' text-anchor='end'>\(value)</text>"
            y += 90
        }
        return Array(
            """
            <svg xmlns='http://www.w3.org/2000/svg' width='1000' height='\(800 - cut)' viewBox='0 \(cut) 1000 \(800 - cut)' \
            font-family='Open Sans'><rect width='1000' height='800' fill='#fff'/>\(marks)</svg>
            """.utf8)
    }
}

private func withReceipts(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(
        in: [
            .customers, .zones, .plans, .services, .ledger, .bankAccounts, .invoices, .payments, .bankFiles,
            .collection,
            .receipts, .roles, .identity, .events, .tenancy,
        ]
    ) { norte, sur in
        for tenant in [norte, sur] {
            var account = BankAccount(id: tenant.newID())
            (account.bank, account.holder, account.account) = ("Banco del Ejemplo", "Norte", "0118359719")
            _ = try await account.add(of: tenant.tenant, by: tenant.commandLine, in: tenant.database)
        }
        try await body(norte, sur)
    }
}

extension TestTenant {
    fileprivate var today: Day { tenant.timeZone.day(at: now) }
    fileprivate func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }
    fileprivate func money(_ minor: Int64) -> Money { Money(minor: minor, tenant.currency) }
    private var acts: PaymentActs { PaymentActs(randomness: site.randomness) }

    fileprivate func policy(_ change: (inout ReceiptPolicy) -> Void) async throws {
        var policy = ReceiptPolicy(in: tenant.currency)
        change(&policy)
        try await policy.put(by: commandLine, in: database)
    }

    fileprivate func makeCustomer(_ name: String, daysOld: Int, owing minor: Int64) async throws -> Customer.ID {
        let customer = Customer(id: newID(), name: name, state: .active, since: today - daysOld)
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        let id: Transaction.ID = newID()
        try await database.post(
            Transaction(
                id: id, .charge, of: id.uuid, on: today - 2, due: today + 9, note: "F-1",
                [Posting(.receivable(customer.id), money(minor)), Posting(.income("internet"), money(-minor))]),
            by: .commandLine, at: now)
        return customer.id
    }

    fileprivate func send(_ receipt: SentReceipt, from customer: Customer.ID) async throws -> TakenReceipt {
        let subscriber = Principal(
            Actor(.subscriber, id: customer.uuid, name: "Ana"), permissions: [.portal], of: site.catalogue, at: now)
        let tools = ReceiptTools(acts, in: .tests, vault: site.vault, randomness: site.randomness)
        return try await ReceiptActs(tools).take(
            receipt.file, as: newID(), of: customer, expecting: nil, in: tenant, by: subscriber, in: database)
    }

    fileprivate func confirm() async throws {
        try await acts.distrustSilent(of: tenant, by: commandLine, in: database)
    }

    fileprivate func look(at customer: Customer.ID) async throws {
        let collection = CollectionActs(randomness: site.randomness)
        try await collection.look(at: customer, of: tenant, by: commandLine, in: database)
    }

    /// A file of the bank with these lines, applied.
    fileprivate func bankShows(_ lines: [(day: Day, concept: String, key: String, amount: String)]) async throws {
        let files = BankFileActs(vault: site.vault, randomness: site.randomness)
        let account = try #require(
            try await database.bankAccounts(shownOnly: false).first { $0.account == "0118359719" })
        let rows = lines.map { "\($0.day.iso),\($0.concept),\($0.key),,,\($0.amount)" }.joined(separator: "\n")
        let content = "Cuenta:,0118359719\nFecha,Concepto,Referencia,Ordenante,Cargo,Abono\n\(rows)\n"
        var file = try await files.upload(
            Array(content.utf8), named: "estado.csv", of: account.id, in: tenant, by: commandLine, in: database)
        for commits in [false, true] {
            if commits { file = try await files.commit(file.id, by: commandLine, in: database) }
            try await WorkOnBankFile(file.id).go(
                of: tenant, by: files, readingIn: .tests, knowing: site.catalogue, at: now, in: database)
        }
        #expect(try await database.bankFile(file.id)?.state == .committed)
    }
}
