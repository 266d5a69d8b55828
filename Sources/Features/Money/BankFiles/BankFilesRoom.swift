import Access
import Assembly
import Customers
import Declarations
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Payments
import Postgres

extension Permission {
    package static let bankFilesView = Permission("bank_files.view")
    package static let bankFilesAssign = Permission("bank_files.assign")
    package static let bankFilesImport = Permission("bank_files.import")
    package static let bankFilesUndo = Permission("bank_files.undo")
}

extension EventKind {
    package static let bankFileCommitted = EventKind(
        "bank_file.committed",
        Message(es: "Aplicó un archivo del banco", en: "Applied a bank file", pt: "Aplicou um arquivo do banco"),
        told: Message(es: "Archivo del banco aplicado", en: "Bank file applied", pt: "Arquivo do banco aplicado"),
        to: .bankFilesView)
    package static let bankFileUndone = EventKind(
        "bank_file.undone",
        Message(es: "Deshizo un archivo del banco", en: "Undid a bank file", pt: "Desfez um arquivo do banco"),
        told: Message(es: "Archivo del banco deshecho", en: "Bank file undone", pt: "Arquivo do banco desfeito"),
        to: .bankFilesView)
    package static let bankLineAssigned = EventKind(
        "bank_line.assigned",
        Message(es: "Identificó un depósito", en: "Identified a deposit", pt: "Identificou um depósito"),
        told: Message(es: "Depósito identificado", en: "Deposit identified", pt: "Depósito identificado"),
        to: .bankFilesView)
    package static let bankLineDismissed = EventKind(
        "bank_line.dismissed",
        Message(
            es: "Dijo que un depósito no es de un cliente", en: "Said that a deposit is no customer's",
            pt: "Disse que um depósito não é de um cliente"))
    package static let bankLineRecalled = EventKind(
        "bank_line.recalled",
        Message(
            es: "Volvió a poner un depósito por identificar", en: "Put a deposit back to be identified",
            pt: "Voltou a pôr um depósito por identificar"))
    package static let payerForgotten = EventKind(
        "payer.forgotten",
        Message(es: "Olvidó a un pagador conocido", en: "Forgot a known payer", pt: "Esqueceu um pagador conhecido"))
}

extension Notice {
    package static let bankFileGoesOn = Notice(
        "bank_file_goes_on",
        Message(
            es: "El archivo está en marcha; vuelva a cargar la página en un momento.",
            tu: "El archivo está en marcha; vuelve a cargar la página en un momento.",
            vos: "El archivo está en marcha; volvé a cargar la página en un momento.",
            en: "The file is being worked on; reload the page in a moment.",
            pt: "O arquivo está em andamento; recarregue a página em um momento."))
    package static let bankLineAssigned = Notice(
        "bank_line_assigned",
        Message(
            es: "Pago registrado. La próxima vez se sabrá quién paga.",
            en: "Payment written down. Next time its payer is known.",
            pt: "Pagamento registrado. Da próxima vez se saberá quem paga."))
}

extension RoomDeclarations {
    package static let bankFiles = RoomDeclarations(
        "BankFiles",
        permissions: [
            GrantablePermission(
                .bankFilesView,
                Message(
                    es: "Ver archivos del banco y depósitos por identificar",
                    en: "See bank files and deposits to be identified",
                    pt: "Ver arquivos do banco e depósitos por identificar"),
                heldBy: [.accountant, .cashier], lent: .toReaders),
            GrantablePermission(
                .bankFilesAssign,
                Message(
                    es: "Decir de qué cliente es un depósito", en: "Say whose a deposit is",
                    pt: "Dizer de que cliente é um depósito"),
                heldBy: [.accountant, .cashier]),
            GrantablePermission(
                .bankFilesImport,
                Message(
                    es: "Subir y aplicar archivos del banco", en: "Upload and apply bank files",
                    pt: "Enviar e aplicar arquivos do banco"),
                heldBy: [.accountant]),
            GrantablePermission(
                .bankFilesUndo,
                Message(
                    es: "Deshacer archivos del banco aplicados", en: "Undo bank files that were applied",
                    pt: "Desfazer arquivos do banco aplicados"),
                heldBy: .ownerOnly),
        ],
        menu: [
            MenuEntry(
                .menu(.collection, 55), BankFileWords.files.message, path: "/panel/bank-files",
                permission: .bankFilesView, icon: .billing,
                synonyms: Message(
                    es: "estado de cuenta extracto banco depósitos transferencias csv",
                    en: "statement bank deposits transfers csv", pt: "extrato banco depósitos transferências csv")),
            MenuEntry(
                .menu(.collection, 56), BankFileWords.queue.message, path: BankFileRoutes.queue,
                permission: .bankFilesView, icon: .billing,
                count: { tenant in
                    """
                    SELECT count(*) AS count FROM (
                        SELECT FROM bank_lines
                        WHERE tenant_id = \(tenant) AND state = 'unidentified' AND is_held LIMIT 100) waiting
                    """
                }),
        ],
        notices: [.bankFileGoesOn, .bankLineAssigned],
        events: [
            .bankFileCommitted, .bankFileUndone, .bankLineAssigned, .bankLineDismissed, .bankLineRecalled,
            .payerForgotten,
        ],
        details: [
            DetailKind("file", BankFileWords.file.message), .money("amount", BankFileWords.amount.message),
            DetailKind("customer", BankFileWords.customer.message),
            DetailKind("payment", BankFileWords.payment.message), DetailKind("payer", BankFileWords.payer.message),
            DetailKind("lines_applied", BankFileWords.linesApplied.message),
            DetailKind("lines_unidentified", BankFileWords.linesWaiting.message),
            DetailKind("lines_repeated", BankFileWords.linesRepeated.message),
            DetailKind("lines_undone", BankFileWords.linesUndone.message),
        ],
        parts: [
            AfterPayment(40) { paid, database in
                if case .undone = paid.event { try await database.returnLine(of: Payment.ID(paid.payment)) }
            },
            CustomerRows(60, "bank_lines", BankFileWords.lines.message, in: "bank_lines", by: "line_id"),
            CustomerRows(
                61, "payer_aliases", BankFileWords.aliases.message, in: "payer_aliases", by: "alias_id",
                where: { move in
                    """
                    AND NOT EXISTS (
                        SELECT FROM payer_aliases o
                        WHERE o.tenant_id = r.tenant_id AND o.customer_id = \(move.to) AND o.payer = r.payer
                            AND o.tail = r.tail)
                    """
                }),
        ])
}

extension Room {
    package static let bankFiles = Room(
        .bankFiles,
        panel: { routes, context in
            BankFileRoutes(
                BankFileActs(vault: context.vault, randomness: context.randomness), files: context.files
            ).add(to: &routes)
        },
        api: { routes, context in
            BankFileAPI(acts: BankFileActs(vault: context.vault, randomness: context.randomness)).add(to: &routes)
        },
        jobs: { jobs, context in
            let acts = BankFileActs(vault: context.vault, randomness: context.randomness)
            jobs.add(WorkOnBankFile.self) {
                try await $0.run(in: $1, by: acts, readingIn: context.sandbox, knowing: context.catalogue)
            }
        })
}
