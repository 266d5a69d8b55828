import Access
import Assembly
import Declarations
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import Testing
import Time

@testable import BankAccounts

@Suite struct BankAccountTests {
    private static let file = """
        bank,holder,account,interbank,card,note,is_shown
        BBVA,Norte Inalámbrico,0118359719,032180000118359719,,Solo transferencias,yes
        OXXO,Norte Inalámbrico,,,4152 3136 0000 2915,,yes
        """

    private static func with(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
        try await withTenants(declaring: .bankAccounts, body: body)
    }

    private static func person(_ tenant: TestTenant, _ permissions: [Permission]) async throws -> Person {
        try await Person(tenant, permissions) { BankAccountRoutes(randomness: $1).add(to: &$0) }
    }

    @Test func `a company's file makes its accounts once, and changes what became different`() async throws {
        try await Self.with { norte, sur in
            func apply(_ text: String) async throws -> [String] {
                try await BankAccountFile(
                    Array(text.utf8), of: norte.tenant, at: norte.now, from: norte.site.randomness
                ).apply(by: norte.commandLine, in: norte.database)
            }
            #expect(try await apply(Self.file) == ["BBVA", "OXXO"])
            #expect(try await apply(Self.file) == [])
            #expect(try await apply(Self.file.replacing("Solo transferencias", with: "A toda hora")) == ["BBVA"])
            let accounts = try await norte.database.bankAccounts()
            #expect(accounts.map(\.note) == ["A toda hora", ""])
            #expect(accounts[1].card == "4152313600002915")
            #expect(try await sur.database.bankAccounts().isEmpty)
            await #expect(throws: TenantFileFault.self) {
                _ = try await apply(Self.file.replacing("032180000118359719", with: "032180000118359718"))
            }
        }
    }

    @Test func `numbers are hidden from those who only see the accounts`() async throws {
        try await Self.with { norte, sur in
            let owner = try await Self.person(norte, [.bankAccountsView, .bankAccountsManage])
            let made = try await owner.send(
                "/panel/bank-accounts",
                "bank=BBVA&holder=Norte&account=011-835-9719&interbank=&card=&note=&is_shown=yes")
            #expect(made.status == .seeOther, "\(made.text)")
            #expect(try await owner.see("/panel/bank-accounts").text.contains("0118359719"))
            let caro = try await Self.person(norte, [.bankAccountsView])
            let page = try await caro.see("/panel/bank-accounts").text
            #expect(page.contains("•••• 9719") && !page.contains("0118359719"))
            let id = try await norte.database.bankAccounts()[0].id
            #expect(try await caro.see("/panel/bank-accounts/\(id)").status == .forbidden)
            let neighbour = try await Self.person(sur, [.bankAccountsView, .bankAccountsManage])
            #expect(try await neighbour.see("/panel/bank-accounts/\(id)").status == .notFound)
            #expect(try await owner.send("/panel/bank-accounts/\(id)/delete").status == .seeOther)
            #expect(try await norte.database.bankAccounts().isEmpty)
        }
    }

    @Test(arguments: [
        ("account=12x4", "solo cifras"), ("account=", "Escriba el número"), ("card=123", "12 a 19 cifras"),
        ("interbank=032180000118359718", "Esa CLABE no es correcta"),
        ("account=\(String(repeating: "9", count: 40))", "cifras"),
    ])
    func `a number that is none is refused beside its field`(field: String, told: String) async throws {
        try await Self.with { norte, _ in
            let owner = try await Self.person(norte, [.bankAccountsView, .bankAccountsManage])
            let names = ["account", "interbank", "card"].filter { !field.hasPrefix("\($0)=") }
            let answer = try await owner.send(
                "/panel/bank-accounts",
                "bank=BBVA&holder=Norte&\(field)&note=&\(names.map { "\($0)=" }.joined(separator: "&"))")
            #expect(answer.status == .unprocessableContent && answer.text.contains(told), "\(answer.text)")
            #expect(try await norte.database.bankAccounts().isEmpty)
        }
    }

    @Test func `a payment reference has seven digits, and finds its customer but for a wrong digit`() throws {
        #expect(PaymentReference(of: 12).text.utf8.count == 7)
        for number in [1, 12, 999, 123_456, 1_234_567] {
            let text = PaymentReference(of: number).text
            #expect(PaymentReference(text)?.customer == number)
            #expect(PaymentReference("Pago ref. \(text)")?.customer == number)
            for (place, digit) in text.enumerated() {
                var other = Array(text)
                other[place] = digit == "9" ? "0" : Character("\(digit.wholeNumberValue! + 1)")
                #expect(PaymentReference(String(other)) == nil)
            }
        }
        #expect(PaymentReference("") == nil && PaymentReference("0000000") == nil)
        #expect(PaymentReference(String(repeating: "9", count: 60)) == nil)
        #expect(CLABE.isRight("032180000118359719") && !CLABE.isRight("03218000011835971"))
    }

    @Test func `what is said about bank accounts is whole in every language`() {
        #expect(BankAccountWords.problems == [])
        #expect(BankAccountAPIWords.problems == [])
        #expect(BankAccountRefusal.problems == [])
        #expect(BankAccount.fields.flatMap(\.problems) == [])
    }
}
