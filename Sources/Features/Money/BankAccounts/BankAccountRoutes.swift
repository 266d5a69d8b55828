import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

package struct BankAccountRoutes: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    static let path = "/panel/bank-accounts"

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/bank-accounts", .bankAccountsView, "Las cuentas bancarias", list)
        routes.get("/panel/bank-accounts/new", .bankAccountsManage, "Formulario para agregar una cuenta", ask)
        routes.post("/panel/bank-accounts", .bankAccountsManage, "Agrega una cuenta bancaria", create)
        routes.get("/panel/bank-accounts/:id", .bankAccountsManage, "Una cuenta bancaria", show)
        routes.post("/panel/bank-accounts/:id", .bankAccountsManage, "Cambia una cuenta bancaria", change)
        routes.get(
            "/panel/bank-accounts/:id/delete", .bankAccountsManage, "Pregunta antes de eliminar una cuenta", askToDelete
        )
        routes.post("/panel/bank-accounts/:id/delete", .bankAccountsManage, "Elimina una cuenta bancaria", delete)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let page = BankAccountsPage(accounts: try await visit.database.bankAccounts(), visit: visit)
        return try await Panel.page(page, titled: BankAccountWords.accounts.text(for: visit.reader), for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: blank(visit), in: visit.notation), nil, .ok, visit)
    }

    private func show(_ visit: Visit, id: BankAccount.ID) async throws -> Response {
        let account = try await found(id, in: visit.database)
        return try await page(NounForm(account, in: visit.notation), account, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<BankAccount>(sent, in: visit.notation)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let account = form.applied(to: blank(visit))
        do {
            let (_, path) = try await visit.once(sent) { database in
                (try await account.add(of: visit.tenant, by: visit.principal, in: database), Self.path)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as BankAccountRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func change(_ visit: Visit, id: BankAccount.ID) async throws -> Response {
        let account = try await found(id, in: visit.database)
        var form = try NounForm<BankAccount>(try await visit.request.body.form(upTo: 8192), in: visit.notation)
        guard form.faults.isEmpty else { return try await page(form, account, .unprocessableContent, visit) }
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                let account = try await found(id, locked: true, in: database)
                if let late = sent.late(for: account) { return NounForm<BankAccount>?.some(late) }
                _ = try await account.change(
                    to: sent.applied(to: account), of: visit.tenant, by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, account, .conflict, visit) }
            return Panel.done(.saved, at: Self.path)
        } catch let refusal as BankAccountRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, account, refusal.status, visit)
        }
    }

    private func askToDelete(_ visit: Visit, id: BankAccount.ID) async throws -> Response {
        let account = try await found(id, in: visit.database)
        return try await Panel.confirm(
            BankAccountWords.deleteTitle.text(for: visit.reader, .name(account.bank)),
            text: BankAccountWords.deleteText.text(for: visit.reader),
            act: BankAccountWords.delete.text(for: visit.reader), action: "\(Self.path)/\(id)/delete",
            back: "\(Self.path)/\(id)", for: visit)
    }

    private func delete(_ visit: Visit, id: BankAccount.ID) async throws -> Response {
        try await BankAccount.delete(id, by: visit.principal, in: visit.database)
        return Panel.done(.deleted, at: Self.path)
    }

    private func blank(_ visit: Visit) -> BankAccount {
        BankAccount(id: .make(milliseconds: visit.now.milliseconds, from: randomness))
    }

    private func found(
        _ id: BankAccount.ID, locked: Bool = false, in database: TenantDatabase
    ) async throws -> BankAccount {
        guard let account = try await database.bankAccount(id, locked: locked) else { throw AccessRefusal.notFound }
        return account
    }

    private func page(
        _ form: NounForm<BankAccount>, _ account: BankAccount?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let reader = visit.reader
        let title = account?.bank ?? BankAccountWords.new.text(for: reader)
        let path = account.map { "\(Self.path)/\($0.id)" }
        let page = NounFormPage(
            title, form, to: path ?? Self.path, cancel: Self.path,
            submit: account == nil ? BankAccountWords.new.message : nil, visit: visit
        ) {
            if let path {
                div(.class("acts")) {
                    a(.class("button danger"), .href("\(path)/delete"), .data("dialog", "")) {
                        BankAccountWords.delete.text(for: reader)
                    }
                }
            }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

struct BankAccountsPage: View {
    let accounts: [BankAccount]
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var isManager: Bool { visit.may(.bankAccountsManage) }

    var body: Markup {
        let title = BankAccountWords.accounts.text(for: reader)
        PageHeading(title) {
            if visit.mayAct(with: .bankAccountsManage) {
                NewLink(BankAccountWords.new.text(for: reader), path: "\(BankAccountRoutes.path)/new")
            }
        }
        p(.class("hint lead")) { BankAccountWords.intro.text(for: reader) }
        if accounts.isEmpty {
            EmptyState(.billing, BankAccountWords.none.text(for: reader))
        } else {
            div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
                table {
                    caption { title }
                    thead {
                        tr {
                            for field in BankAccount.fields where field.name != "note" {
                                th(.scope("col")) { field.label.text(for: reader) }
                            }
                        }
                    }
                    tbody { for account in accounts { row(account) } }
                }
            }
        }
    }

    /// On a phone a number needs its label.
    private func label(_ name: String) -> Attribute {
        let field = BankAccount.fields.first { $0.name == name }
        return .data("label", field?.label.text(for: reader) ?? name)
    }

    private func row(_ account: BankAccount) -> Markup {
        tr {
            td(.class("name")) {
                if isManager {
                    a(.href("\(BankAccountRoutes.path)/\(account.id)")) { account.bank }
                } else {
                    account.bank
                }
            }
            td { account.holder }
            for (name, number) in [
                ("account", account.account), ("interbank", account.interbank), ("card", account.card),
            ] {
                td(.class("figures"), label(name)) { isManager ? number : BankAccount.masked(number) }
            }
            td(label("is_shown")) { (account.isShown ? NounWords.yes : .no).text(for: reader) }
        }
    }
}
