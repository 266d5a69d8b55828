import API
import Access
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// The bank accounts in the API.
package struct BankAccountAPI: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    package func add(to routes: inout API.Routes) {
        routes.get("/api/v1/bank-accounts", .bankAccountsManage, BankAccountAPIWords.list) { visit in
            BankAccounts(items: try await visit.database.bankAccounts())
        }
        routes.post("/api/v1/bank-accounts", .bankAccountsManage, BankAccountAPIWords.create) {
            (visit, new: NewNoun<BankAccount>) in
            try await new.noun(
                from: BankAccount(id: .make(milliseconds: visit.now.milliseconds, from: randomness))
            ).add(of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/bank-accounts/:id", .bankAccountsManage, BankAccountAPIWords.read) {
            (visit, id: BankAccount.ID) in
            try await visit.database.bankAccount(id)
        }
        routes.patch(
            "/api/v1/bank-accounts/:id", .bankAccountsManage, BankAccountAPIWords.change,
            of: { (visit, id: BankAccount.ID) in try await visit.database.bankAccount(id, locked: true) }
        ) { (visit, account, changes: NounChanges<BankAccount>) in
            try await account.change(
                to: changes.applied(to: account), of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.delete("/api/v1/bank-accounts/:id", .bankAccountsManage, BankAccountAPIWords.delete) {
            (visit, id: BankAccount.ID) in
            try await BankAccount.delete(id, by: visit.principal, in: visit.database)
        }
    }

    private struct BankAccounts: Resource {
        let items: [BankAccount]

        static let schema = Schema.object(
            "BankAccounts", [.required("items", .list(of: BankAccount.schema), BankAccountAPIWords.list)])

        var path: String { "/api/v1/bank-accounts" }

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.array("items") { json in for account in items { json.value(account) } }
            }
        }
    }
}

extension BankAccount: Resource {
    package static let schema = Schema.object(
        "BankAccount", [.required("id", .id, BankAccountAPIWords.id)] + schemaFields)

    package var path: String { "/api/v1/bank-accounts/\(id)" }
}

enum BankAccountAPIWords: MessageCatalogue {
    case list, create, read, change, delete, id

    var message: Message {
        switch self {
        case .list: Message(es: "Las cuentas bancarias", en: "The bank accounts", pt: "As contas bancárias")
        case .create:
            Message(es: "Agrega una cuenta bancaria", en: "Adds a bank account", pt: "Adiciona uma conta bancária")
        case .read: Message(es: "Una cuenta bancaria", en: "One bank account", pt: "Uma conta bancária")
        case .change:
            Message(es: "Cambia una cuenta bancaria", en: "Changes a bank account", pt: "Altera uma conta bancária")
        case .delete:
            Message(es: "Elimina una cuenta bancaria", en: "Deletes a bank account", pt: "Exclui uma conta bancária")
        case .id: Message(es: "Identifica la cuenta.", en: "Stands for the account.", pt: "Identifica a conta.")
        }
    }
}
