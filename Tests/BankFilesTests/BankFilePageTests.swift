import Access
import BankAccounts
import Declarations
import HTTP
import Identifiers
import Panel
import Payments
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import BankFiles
@testable import Customers

@Suite struct BankFilePageTests {
    private static func person(
        _ tenant: TestTenant, _ permissions: [Permission], as name: String = "Caro"
    ) async throws -> Person {
        try await Person(tenant, permissions, as: name) { routes, randomness in
            BankFileRoutes(
                BankFileActs(vault: tenant.site.vault, randomness: randomness), files: .tests
            ).add(to: &routes)
        }
    }

    @Test func `an accountant uploads a file, says what its columns are, applies it and empties the queue`()
        async throws
    {
        try await withBankFiles { norte, sur in
            let account = try await norte.makeAccount()
            let ana = try await norte.makeCustomer("Ana López", owing: 30_000)
            let luz = try await norte.makeCustomer("Luz Marín", owing: 45_000)
            let caro = try await Self.person(
                norte, [.bankFilesView, .bankFilesImport, .bankFilesAssign, .customersRead])
            #expect(try await caro.see("/panel/bank-files/new").text.contains("Banco del Ejemplo"))
            let bytes = Array(
                """
                Uno,Dos,Tres,Cuatro
                \((norte.today - 1).iso),PAGO \(norte.reference(of: ana)),x,300.00
                \((norte.today - 1).iso),DEPOSITO LUZ MARIN,y,450.00

                """.utf8)
            let missing = try await caro.upload("/panel/bank-files", "file", bytes)
            #expect(missing.status == .unprocessableContent && missing.text.contains("Elija una de las cuentas"))
            let file = try await norte.upload(bytes, to: account)
            let path = file.panelPath
            let page = try await caro.see(path).text
            #expect(page.contains("Columnas") && page.contains("PAGO \(norte.reference(of: ana))"))
            let columns = try await caro.send(
                "\(path)/columns", "column-0=day&column-1=description&column-3=credit&day_order=&decimal_mark=")
            #expect(columns.place == path)
            #expect(try await norte.work(on: file).state == .ready)
            let preview = try await caro.see(path).text
            #expect(preview.contains("Vista previa") && preview.contains("Identificada"))

            #expect(try await caro.see("\(path)/commit").text.contains("$300.00"))
            #expect(try await caro.send("\(path)/commit").place == path)
            #expect(try await norte.work(on: file).state == .committed)
            #expect(try await norte.balance(of: ana) == 0)

            let queue = try await caro.see("/panel/bank-lines/queue").text
            #expect(queue.contains("$450.00") && queue.contains("Luz Marín") && queue.contains("Debe ese importe"))
            let line = try #require(try await norte.database.bankLinesWaiting(after: nil, limit: 1).first)
            #expect(try await caro.see("\(line.panelPath)?q=luz").text.contains("Es de Luz Marín"))
            let sent = "customer=\(luz.id)"
            #expect(try await caro.send("\(line.panelPath)/assign", sent).place == "/panel/bank-lines/queue")
            #expect(try await caro.send("\(line.panelPath)/assign", sent).status == .conflict)
            #expect(try await norte.balance(of: luz) == 0)
            #expect(try await caro.see("/panel/bank-lines/queue").text.contains("No hay nada por identificar"))
            #expect(try await caro.see("/panel/bank-lines?file=\(file.id)&state=applied").text.contains("Luz Marín"))
            #expect(
                try await caro.download("/panel/bank-lines.csv?file=\(file.id)").text.contains("DEPOSITO LUZ MARIN"))
            #expect(try await caro.see("\(path)/undo").status == .forbidden)

            // The neighbour sees none of it; a cashier sees and assigns, and applies no file.
            let eve = try await Self.person(sur, sur.everything)
            for target in [path, line.panelPath, "\(path)/commit"] {
                #expect(try await eve.see(target).status == .notFound)
            }
            #expect(try await eve.send("\(line.panelPath)/assign", sent).status == .notFound)
            let beto = try await Self.person(norte, [.bankFilesView, .bankFilesAssign], as: "Beto")
            #expect(try await beto.see(path).status == .ok)
            #expect(try await beto.send("\(path)/commit").status == .forbidden)
        }
    }

    @Test func `an upload comes in by the form, and the same file twice says so`() async throws {
        try await withBankFiles { norte, _ in
            let account = try await norte.makeAccount()
            let caro = try await Self.person(norte, [.bankFilesView, .bankFilesImport])
            let content = norte.file([(1, "DEPOSITO", "", "", "300.00")])
            let fields: KeyValuePairs = ["account": "\(account.id)"]
            let made = try await caro.upload("/panel/bank-files", "file", content, with: fields)
            #expect(made.place?.hasPrefix("/panel/bank-files/") == true)
            let again = try await caro.upload("/panel/bank-files", "file", content, with: fields)
            #expect(again.status == .conflict && again.text.contains("ya se subió: es el n.º 1"))
            #expect(try await caro.see("/panel/bank-files").text.contains("x.csv"))
        }
    }
}
