import API
import Access
import BankAccounts
import Crypto
import Declarations
import HTTP
import Identifiers
import Locale
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import BankFiles
@testable import Customers

@Suite struct BankFileAPITests {
    @Test func `a program uploads a file, applies it and empties its queue`() async throws {
        try await withBankFiles { norte, sur in
            let account = try await norte.makeAccount()
            let ana = try await norte.makeCustomer("Ana López", owing: 30_000)
            let luz = try await norte.makeCustomer("Luz Marín", owing: 45_000)
            func program(_ tenant: TestTenant) async throws -> ShellSupport.Program {
                try await ShellSupport.Program(
                    tenant, [.bankFilesView, .bankFilesImport, .bankFilesAssign, .bankFilesUndo]
                ) { routes, randomness in
                    BankFileAPI(acts: BankFileActs(vault: tenant.site.vault, randomness: randomness)).add(to: &routes)
                }
            }
            let (program, neighbour) = (try await program(norte), try await program(sur))
            let content = norte.file([
                (1, "PAGO", norte.reference(of: ana), "", "300.00"), (1, "DEPOSITO", "", "", "450.00"),
                (1, "INTERESES", "", "", "1.00"),
            ])
            let body =
                #"{"account":"\#(account.id)","name":"enero.csv","content":"\#(Base64.standard.encode(content))"}"#
            let made = try await program.create("/api/v1/bank-files", body, key: "up")
            #expect(made.status == .accepted && made.text.contains(#""state":"reading""#))
            #expect(try await program.create("/api/v1/bank-files", body, key: "again").status == .conflict)
            let broken = body.replacing(Base64.standard.encode(content), with: "no base64!")
            #expect(try await program.create("/api/v1/bank-files", broken).status == .unprocessableContent)
            let file = try #require(try await norte.database.bankFiles(after: 0, in: nil, limit: 1).first)
            _ = try await norte.work(on: file)
            let path = "/api/v1/bank-files/\(file.id)"
            #expect(try await program.ask(path).text.contains(#""state":"ready""#))
            #expect(try await program.create("\(path)/commits", "{}").status == .accepted)
            _ = try await norte.work(on: file)
            #expect(try await norte.balance(of: ana) == 0)

            let waiting = try await program.ask("\(path)/lines?state=unidentified")
            #expect(waiting.text.contains("DEPOSITO") && !waiting.text.contains("PAGO"))
            let lines = try await norte.lines(of: file).filter { $0.state == .unidentified }
            let assigned = try await program.create(
                "/api/v1/bank-lines/\(lines[0].id)/assignments", #"{"customer":"\#(luz.id)"}"#)
            #expect(assigned.status == .created && assigned.text.contains(#""state":"applied""#))
            #expect(try await norte.balance(of: luz) == 0)
            let dismissed = try await program.create(
                "/api/v1/bank-lines/\(lines[1].id)/dismissals", #"{"reason":"Intereses"}"#)
            #expect(dismissed.text.contains(#""state":"dismissed""#))
            for target in [path, "\(path)/lines", "/api/v1/bank-lines/\(lines[0].id)"] {
                #expect(try await neighbour.ask(target).status == .notFound)
            }
            #expect(try await program.create("\(path)/undoings", "{}").status == .accepted)
            _ = try await norte.work(on: file)
            #expect(try await norte.balance(of: luz) == 45_000)
            #expect(try await norte.balance(of: ana) == 30_000)
        }
    }

    @Test func `words are whole in every language`() { #expect(BankFileAPIWords.problems == []) }
}
