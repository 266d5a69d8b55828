import API
import Assembly
import Declarations
import Locale
import Nouns
import Panel

extension Permission {
    package static let accountsView = Permission("accounts.view")
    package static let ledgerView = Permission("ledger.view")
    package static let ledgerClose = Permission("ledger.close")
}

extension EventKind {
    package static let ledgerClosed = EventKind(
        "ledger.closed",
        Message(es: "Cerró un periodo contable", en: "Closed an accounting period", pt: "Fechou um período contábil"))
    package static let ledgerReopened = EventKind(
        "ledger.reopened",
        Message(
            es: "Reabrió un periodo contable", en: "Reopened an accounting period",
            pt: "Reabriu um período contábil"))
    package static let ledgerUnbalanced = EventKind(
        "ledger.unbalanced",
        Message(
            es: "Encontró que el libro no cuadra", en: "Found that the ledger does not balance",
            pt: "Encontrou que o livro não fecha"))
}

extension RoomDeclarations {
    package static let ledger = RoomDeclarations(
        "Ledger",
        permissions: [
            GrantablePermission(
                .accountsView,
                Message(
                    es: "Ver saldos y estados de cuenta", en: "See balances and account statements",
                    pt: "Ver saldos e extratos de conta"),
                heldBy: [.accountant, .cashier, .collector, .support], isWithinZones: true, lent: .toReaders),
            GrantablePermission(
                .ledgerView,
                Message(
                    es: "Ver la prueba y los cierres del libro", en: "See the ledger's proof and closings",
                    pt: "Ver a prova e os fechamentos do livro"),
                heldBy: [.accountant], lent: .toReaders),
            GrantablePermission(
                .ledgerClose,
                Message(
                    es: "Cerrar y reabrir periodos contables", en: "Close and reopen accounting periods",
                    pt: "Fechar e reabrir períodos contábeis"),
                heldBy: .ownerOnly),
        ],
        menu: [
            MenuEntry(
                .menu(.finance, 20), Message(es: "Estado de cuenta", en: "Accounts", pt: "Extratos"),
                path: "/panel/accounts", permission: .accountsView, icon: .billing),
            MenuEntry(
                .menu(.finance, 90), Message(es: "Libro contable", en: "Ledger", pt: "Livro contábil"),
                path: "/panel/ledger", permission: .ledgerView, icon: .check),
        ],
        events: [.ledgerClosed, .ledgerReopened, .ledgerUnbalanced],
        details: [
            .day("closed_through", Message(es: "Cerrado hasta", en: "Closed through", pt: "Fechado até")),
            DetailKind("currency", Message(es: "Moneda", en: "Currency", pt: "Moeda")),
            DetailKind("debits", Message(es: "Cargos", en: "Debits", pt: "Débitos")),
            DetailKind("credits", Message(es: "Abonos", en: "Credits", pt: "Créditos")),
            DetailKind(
                "unbalanced",
                Message(
                    es: "Movimientos que no cuadran", en: "Movements out of balance",
                    pt: "Lançamentos que não fecham")),
            DetailKind(
                "wrong_balances",
                Message(es: "Saldos que difieren", en: "Balances that differ", pt: "Saldos que divergem")),
            DetailKind(
                "wrong_charges",
                Message(es: "Cargos que difieren", en: "Charges that differ", pt: "Cobranças que divergem")),
        ],
        customerTabs: [
            CustomerTab(
                20, Message(es: "Cuenta", en: "Account", pt: "Conta"), path: "/account", permission: .accountsView)
        ],
        portalCards: [
            PortalCard(
                20, Message(es: "Estado de cuenta", en: "Account statement", pt: "Extrato de conta"),
                button: Message(es: "Ver mis movimientos", en: "See my movements", pt: "Ver meus lançamentos"),
                path: "/portal/account")
        ],
        parts: CustomerAccount.parts + MergedAccount.parts)
}

extension Room {
    package static let ledger = Room(
        .ledger,
        panel: { routes, context in
            StatementRoutes(files: context.files).add(to: &routes)
            BalanceRoutes.add(to: &routes)
            ClosingRoutes(randomness: context.randomness).add(to: &routes)
        },
        portal: { routes, _ in PortalStatementRoutes.add(to: &routes) },
        api: { routes, _ in LedgerAPI.add(to: &routes) }, onPortal: CustomerAccount.ofSubscriber,
        jobs: { jobs, context in
            jobs.add(ProveLedger.self) { try await $0.run(in: $1, from: context.randomness) }
        },
        nightly: [ProveLedger.self])
}
