import Access
import BankAccounts
import CashDesk
import Declarations
import Events
import Expenses
import HTTP
import Identifiers
import Invoices
import Locale
import Panel
import Plans
import Postgres
import Services
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Zones

@testable import Customers
@testable import Ledger
@testable import Payments
@testable import Reports

/// The accountant's books: sales and their taxes, cash, the journal.
@Suite struct BookTests {
    @Test func `sales are what was invoiced less what was credited, and what was voided counts nothing`() async throws {
        try await withTenants(
            declaring: .customers, .zones, .plans, .services, .ledger, .bankAccounts, .invoices, .payments, .cashDesk,
            .expenses, .reports
        ) { made, sur in
            try await made.set("tax_name = 'IVA', tax_rate = 1600")
            let norte = try #require(made.site.tenant(at: made.host))
            let acts = InvoiceActs(randomness: norte.site.randomness)
            let beto = try await norte.makeCustomer("=Beto")
            func issue(_ minor: Int64, isExempt: Bool = false) async throws -> Invoice {
                try await acts.issue(
                    [InvoiceActs.Item(name: "Cable", price: norte.money(minor), isExempt: isExempt)], to: beto, in: nil,
                    note: "", of: norte.tenant, by: norte.commandLine, in: norte.database)
            }
            let (first, second) = (try await issue(11_600), try await issue(23_200))
            _ = try await issue(5000, isExempt: true)
            let credited = try await acts.credit(
                norte.money(1160), of: first.id, because: "Falla", of: norte.tenant, by: norte.commandLine,
                in: norte.database)
            _ = try await acts.void(
                second.id, because: "Error", issuingAnew: false, of: norte.tenant, by: norte.commandLine,
                in: norte.database)
            let period = ReportPeriod(.thisMonth, on: norte.today)
            let figures = try await Report.sales.read(period, norte.desk())
            func amounts(_ minors: Int64...) -> [ReportValue] { minors.map { .money(norte.money($0)) } }
            #expect(
                figures.tables[0].rows == [
                    [.text("Facturas"), .count(2)] + amounts(15_000, 1600, 0, 16_600),
                    [.text("Notas de crédito"), .count(1)] + amounts(-1000, -160, 0, -1160),
                    [.text("Anulada"), .count(1)] + amounts(0, 0, 0, 0),
                ])
            let taxed = figures.tables[1].rows.filter { $0[2] != .money(norte.money(0)) }
            #expect(taxed.map { Array($0.dropFirst()) } == [amounts(9000, 1440)])
            let book = try await Report.sales.books[0].read(period, norte.desk(), nil)
            #expect(book.rows.count == 4 && book.rows.contains { $0[1] == .text(credited.folio) })
            #expect(book.rows.map { $0[9] } == amounts(11_600, 0, 5000, -1160))
            // What the books have as income and tax is the same.
            let posted: Int64? = try await norte.database.value(
                """
                SELECT -coalesce(sum(amount), 0)::bigint AS sum FROM ledger_postings
                WHERE tenant_id = \(norte.database.tenant) AND account IN ('income', 'tax')
                """)
            #expect(figures.facts[2].value == .money(norte.money(posted ?? 0)))
            let elsewhere = try await Report.sales.read(period, sur.desk())
            #expect(elsewhere.tables.allSatisfy { $0.rows.isEmpty })
        }
    }

    @Test func `the cash book and the journal are the books' own postings, each once, in parts of any length`()
        async throws
    {
        try await withReports { norte, sur in
            _ = try await Business.thrive(norte)
            let books = try await Books(of: norte)
            for period in [
                ReportPeriod(.thisYear, on: norte.today), ReportPeriod(from: norte.today - 50, to: norte.today - 11),
            ] {
                let cash = try await Report.cash.read(period, norte.desk())
                let before = books.money(from: Day(iso: "2020-01-01")!, to: period.from - 1).total
                let lines = books.money(from: period.from, to: period.to)
                let sums = [before, lines.filter { $0.amount > 0 }.total, -lines.filter { $0.amount < 0 }.total]
                #expect(
                    cash.facts.map(\.value)
                        == (sums + [sums[0] + sums[1] - sums[2]]).map { .money(norte.money($0)) })
                let moved = try await Report.cash.books[0].read(period, norte.desk(), nil).rows
                #expect(moved.count == lines.count)

                let journal = try await Report.journal.read(period, norte.desk())
                #expect(journal.facts[0].value == journal.facts[1].value)
                var (read, place): ([[ReportValue]], String?) = ([], nil)
                repeat {
                    let part = try await Report.journal.books[0].read(period, norte.desk(), place)
                    read += part.rows
                    place = part.next
                } while place != nil
                #expect(read.count == books.postings(from: period.from, to: period.to))
                #expect(read.map { $0[7].minor }.reduce(0, +) == journal.facts[0].value.minor)
                #expect(read.map { $0[8].minor }.reduce(0, +) == journal.facts[1].value.minor)
            }
            let elsewhere = try await Report.journal.read(ReportPeriod(.thisYear, on: sur.today), sur.desk())
            #expect(elsewhere.facts[0].value.minor == 0)
        }
    }

    @Test func `what is left is what came into the books' money and stayed, by what it was for`() async throws {
        try await withReports { norte, sur in
            _ = try await Business.thrive(norte)
            let books = try await Books(of: norte)
            let period = ReportPeriod(from: norte.today - 30, to: norte.today)
            func enter(_ category: HouseEntry.Category, _ minor: Int64, daysAgo: Int) async throws -> HouseEntry {
                var entry = HouseEntry(id: norte.newID(), on: norte.today - daysAgo, in: norte.tenant.currency)
                (entry.category, entry.amount, entry.account) = (category, norte.money(minor), .transfer)
                return try await entry.add(of: norte.tenant, by: norte.commandLine, in: norte.database)
            }
            _ = try await enter(.rent, 50_000, daysAgo: 3)
            _ = try await enter(.rent, 45_000, daysAgo: 40)
            _ = try await enter(.sale, 7000, daysAgo: 1)
            let wrong = try await enter(.power, 9999, daysAgo: 2)
            _ = try await HouseEntry.reverse(
                wrong.id, because: "Error", as: norte.newID(), of: norte.tenant, by: norte.commandLine,
                in: norte.database)
            let figures = try await Report.result.read(period, norte.desk())
            let (now, before) = (books.money(from: period.from, to: period.to), books.money(in: period.before))
            #expect(figures.facts.map(\.value.minor) == [now.total, 7000, 50_000, now.total + 7000 - 50_000])
            #expect(figures.facts.map { $0.before?.minor } == [before.total, 0, 45_000, before.total - 45_000])
            let rent = figures.tables[0].rows.first { $0[0] == .text("Renta") }
            #expect(rent.map { [$0[1].minor, $0[2].minor] } == [-50_000, -45_000])
            let money = try await Books(of: norte).money(from: period.from, to: period.to, ofCustomers: false).total
            #expect(figures.facts[3].value.minor == money)
            let elsewhere = try await Report.result.read(period, sur.desk())
            #expect(elsewhere.facts.allSatisfy { $0.value.minor == 0 })
        }
    }

    @Test func `the accounts' words are whole in every language, and there are some for each account`() {
        #expect(AccountWords.problems == [])
        let accounts: [Account] = [
            .receivable(Customer.ID(UUID(high: 0, low: 1))), .credit(Customer.ID(UUID(high: 0, low: 1))), .income(""),
            .tax(""), .money(""), .withholding(""), .fee(""), .discount(""), .writeOff, .opening, .expense(""),
        ]
        #expect(accounts.allSatisfy { AccountWords(rawValue: $0.kind) != nil })
    }
}

extension ReportValue {
    fileprivate var minor: Int64 { if case .money(let money) = self { money.minor } else { 0 } }
}

extension TestTenant {
    fileprivate func makeCustomer(_ name: String) async throws -> Customer.ID {
        let customer = Customer(id: newID(), name: name, state: .active, since: Day(iso: "2026-01-01")!)
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        return customer.id
    }
}
