import Assembly
import Declarations
import Locale
import Nouns

extension Permission {
    package static let bankAccountsView = Permission("bank_accounts.view")
    package static let bankAccountsManage = Permission("bank_accounts.manage")
}

extension EventKind {
    package static let bankAccountCreated = EventKind(
        "bank_account.created",
        Message(es: "Agregó una cuenta bancaria", en: "Added a bank account", pt: "Adicionou uma conta bancária"))
    package static let bankAccountChanged = EventKind(
        "bank_account.changed",
        Message(es: "Cambió una cuenta bancaria", en: "Changed a bank account", pt: "Alterou uma conta bancária"))
    package static let bankAccountDeleted = EventKind(
        "bank_account.deleted",
        Message(es: "Eliminó una cuenta bancaria", en: "Deleted a bank account", pt: "Excluiu uma conta bancária"))
}

extension RoomDeclarations {
    package static let bankAccounts = RoomDeclarations(
        "BankAccounts",
        permissions: [
            GrantablePermission(
                .bankAccountsView,
                Message(
                    es: "Ver cuentas bancarias, con los números ocultos", en: "See bank accounts, numbers hidden",
                    pt: "Ver contas bancárias, com os números ocultos"),
                heldBy: [.accountant, .cashier, .collector, .support], isWithinZones: true, lent: .toReaders),
            GrantablePermission(
                .bankAccountsManage,
                Message(
                    es: "Ver y cambiar los números de las cuentas bancarias",
                    en: "See and change the numbers of bank accounts",
                    pt: "Ver e alterar os números das contas bancárias"),
                heldBy: .ownerOnly, lent: .never),
        ],
        menu: [
            MenuEntry(
                .settings(.collection, 46), BankAccountWords.accounts.message, path: "/panel/bank-accounts",
                permission: .bankAccountsView, icon: .billing,
                synonyms: Message(
                    es: "clabe cci transferencias", en: "clabe cci transfers", pt: "clabe cci transferências"))
        ],
        events: [.bankAccountCreated, .bankAccountChanged, .bankAccountDeleted],
        details: BankAccount.detailKinds,
        parts: [TenantFile.bankAccounts])
}

extension Room {
    package static let bankAccounts = Room(
        .bankAccounts,
        panel: { routes, context in BankAccountRoutes(randomness: context.randomness).add(to: &routes) },
        api: { routes, context in BankAccountAPI(randomness: context.randomness).add(to: &routes) })
}
