import API
import Access
import BankAccounts
import BankStatements
import Crypto
import Customers
import Declarations
import Events
import Identifiers
import JSON
import Locale
import Nouns
import Payments
import Postgres
import Tenancy
import Time

/// Bank files in the API: uploading, viewing, committing and undoing; and unidentified lines. Amounts are in minor
/// units.
struct BankFileAPI: Sendable {
    let acts: BankFileActs

    /// A base64 file with the fields around it.
    private static let mostBytes = 6 * 1024 * 1024

    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/bank-files", .bankFilesView, BankFileAPIWords.list, by: BankFileFilter.self) {
            visit, filter, page in
            try await visit.database.bankFiles(after: page.after, in: filter.state, limit: page.limit)
        }
        routes.post("/api/v1/bank-files", .bankFilesImport, BankFileAPIWords.upload, upTo: Self.mostBytes) {
            (visit, input: BankFileInput) in
            guard let account = input.account else { throw BankFileRefusal.unknownAccount }
            return try await acts.upload(
                input.content, named: input.name, of: account, in: visit.tenant, by: visit.principal,
                in: visit.database)
        }
        routes.get("/api/v1/bank-files/:id", .bankFilesView, BankFileAPIWords.read) { (visit, id: BankFile.ID) in
            try await visit.database.bankFile(id)
        }
        routes.post("/api/v1/bank-files/:id/commits", .bankFilesImport, BankFileAPIWords.commit) {
            (visit, _: NoInput, id: BankFile.ID) in
            try await acts.commit(id, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/bank-files/:id/undoings", .bankFilesUndo, BankFileAPIWords.undo) {
            (visit, _: NoInput, id: BankFile.ID) in
            try await acts.undo(id, by: visit.principal, in: visit.database)
        }
        routes.list("/api/v1/bank-files/:id/lines", .bankFilesView, BankFileAPIWords.lines, by: BankLineFilter.self) {
            (visit, filter: BankLineFilter, page, id: BankFile.ID) in
            guard try await visit.database.bankFile(id) != nil else { throw AccessRefusal.notFound }
            return try await visit.database.bankLines(
                of: id, in: filter.state.map { [$0] } ?? BankLine.State.allCases, after: page.after, limit: page.limit)
        }
        routes.get("/api/v1/bank-lines/:id", .bankFilesView, BankFileAPIWords.line) { (visit, id: BankLine.ID) in
            try await visit.database.bankLine(id)
        }
        routes.post("/api/v1/bank-lines/:id/assignments", .bankFilesAssign, BankFileAPIWords.assign) {
            (visit, input: AssignmentInput, id: BankLine.ID) in
            guard let customer = input.customer else { throw BankFileRefusal.unknownCustomer }
            return try await acts.assign(
                id, to: customer, as: input.payment, in: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/bank-lines/:id/dismissals", .bankFilesAssign, BankFileAPIWords.dismiss) {
            (visit, input: DismissalInput, id: BankLine.ID) in
            try await acts.dismiss(id, because: input.reason, by: visit.principal, in: visit.database)
        }
    }
}

extension BankFile: QueuedResource, ListedResource {
    package static let schema = Schema.object(
        "BankFile",
        [
            .required("id", .id, BankFileAPIWords.id),
            .required("number", .integer(1...Int.max), BankFileAPIWords.number),
            .required("account", .id, BankFileAPIWords.account),
            .required("name", .text, BankFileAPIWords.name),
            .required("state", .words(State.allCases.map(\.rawValue)), BankFileAPIWords.state),
            .required("fault", .words([""] + Fault.allCases.map(\.rawValue)), BankFileAPIWords.fault),
            .required("currency", .text, BankFileAPIWords.currency),
            .required("lines", .integer(0...Int.max), BankFileAPIWords.lineCount),
            .required("unreadable_lines", .integer(0...Int.max), BankFileAPIWords.unreadable),
            .required("unidentified_lines", .integer(0...Int.max), BankFileAPIWords.unidentified),
            .required("is_cut", .flag, BankFileAPIWords.isCut),
            .required("balance_check", .words(Check.allCases.map(\.rawValue)), BankFileAPIWords.check),
            .required("first_day", Schema.day.orNull, BankFileAPIWords.firstDay),
            .required("last_day", Schema.day.orNull, BankFileAPIWords.lastDay),
            .required("author", .text, BankFileAPIWords.author),
            .required("made_at", .text, BankFileAPIWords.madeAt),
            .required("ended_at", Schema.text.orNull, BankFileAPIWords.endedAt),
        ])

    package var path: String { "/api/v1/bank-files/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("account", account.description)
            json.member("name", name)
            json.member("state", state.rawValue)
            json.member("fault", fault?.rawValue ?? "")
            json.member("currency", currency.code)
            json.member("lines", lines)
            json.member("unreadable_lines", faultCount)
            json.member("unidentified_lines", unidentified)
            json.member("is_cut", isCut)
            json.member("balance_check", check.rawValue)
            json.member("first_day", firstDay?.iso)
            json.member("last_day", lastDay?.iso)
            json.member("author", author.name)
            json.member("made_at", madeAt.rfc3339)
            json.member("ended_at", endedAt?.rfc3339)
        }
    }
}

extension BankLine: ListedResource {
    package static let schema = Schema.object(
        "BankLine",
        [
            .required("id", .id, BankFileAPIWords.lineID),
            .required("file", .id, BankFileAPIWords.ofFile),
            .required("line", .integer(0...Int.max), BankFileAPIWords.lineNumber),
            .required("day", .day, BankFileAPIWords.day),
            .required("amount", .integer(Int.min...Int.max), BankFileAPIWords.amount),
            .required("currency", .text, BankFileAPIWords.currency),
            .required("description", .text, BankFileAPIWords.description),
            .required("reference", .text, BankFileAPIWords.reference),
            .required("payer", .text, BankFileAPIWords.payer),
            .required("state", .words(State.allCases.map(\.rawValue)), BankFileAPIWords.lineState),
            .required("evidence", .words([""] + LineEvidence.allCases.map(\.rawValue)), BankFileAPIWords.evidence),
            .required("doubt", .words([""] + LineDoubt.allCases.map(\.rawValue)), BankFileAPIWords.doubt),
            .required("customer", Schema.id.orNull, BankFileAPIWords.customer),
            .required("payment", Schema.id.orNull, BankFileAPIWords.payment),
            .required("reason", .text, BankFileAPIWords.reason),
        ])

    package var path: String { "/api/v1/bank-lines/\(id)" }
    package var position: Int { statement.line }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("file", file.description)
            json.member("line", statement.line)
            json.member("day", day.iso)
            json.member("amount", Int(statement.minor))
            json.member("currency", currency.code)
            json.member("description", statement.description)
            json.member("reference", statement.reference)
            json.member("payer", statement.payer)
            json.member("state", state.rawValue)
            json.member("evidence", match.evidence?.rawValue ?? "")
            json.member("doubt", match.doubt?.rawValue ?? "")
            json.member("customer", match.customer?.description)
            json.member("payment", match.payment?.description)
            json.member("reason", reason)
        }
    }
}

private struct BankFileFilter: Input {
    static let schema = Schema.object(
        "BankFileFilter",
        [.optional("state", .words(BankFile.State.allCases.map(\.rawValue)), BankFileAPIWords.ofState)])

    let state: BankFile.State?

    init(_ members: Members) { state = members.word("state") }
}

private struct BankLineFilter: Input {
    static let schema = Schema.object(
        "BankLineFilter",
        [.optional("state", .words(BankLine.State.allCases.map(\.rawValue)), BankFileAPIWords.ofState)])

    let state: BankLine.State?

    init(_ members: Members) { state = members.word("state") }
}

private struct BankFileInput: Input {
    static let schema = Schema.object(
        "NewBankFile",
        [
            .required("account", .id, BankFileAPIWords.account),
            .optional("name", .line(0...200), BankFileAPIWords.name),
            .required("content", .text, BankFileAPIWords.content),
        ])

    let account: BankAccount.ID?
    let name: String
    /// Empty when it is no base64.
    let content: [UInt8]

    init(_ members: Members) {
        account = members.id("account")
        name = members.text("name") ?? ""
        content = Base64.standard.decode((members.text("content") ?? "").utf8) ?? []
    }
}

private struct AssignmentInput: Input {
    static let schema = Schema.object(
        "BankLineAssignment",
        [
            .required("customer", .id, BankFileAPIWords.customer),
            .optional("payment", .id, BankFileAPIWords.samePayment),
        ])

    let customer: Customer.ID?
    let payment: Payment.ID?

    init(_ members: Members) { (customer, payment) = (members.id("customer"), members.id("payment")) }
}

private struct DismissalInput: Input {
    static let schema = Schema.object(
        "BankLineDismissal", [.required("reason", .line(1...300), BankFileAPIWords.reason)])

    let reason: String

    init(_ members: Members) { reason = members.text("reason") ?? "" }
}

enum BankFileAPIWords: MessageCatalogue {
    case list, upload, read, commit, undo, lines, line, assign, dismiss, id, number, account, name, content, state,
        fault
    case currency, lineCount, unreadable, unidentified, isCut, check, firstDay, lastDay, author, madeAt, endedAt,
        ofState
    case lineID, ofFile, lineNumber, day, amount, description, reference, payer, lineState, evidence, doubt, customer
    case payment, samePayment, reason

    var message: Message {
        switch self {
        case .list: Message(es: "Los archivos del banco", en: "The bank files", pt: "Os arquivos do banco")
        case .upload:
            Message(
                es: "Sube un archivo del banco; se lee enseguida", en: "Uploads a bank file; it is read soon after",
                pt: "Envia um arquivo do banco; é lido em seguida")
        case .read: Message(es: "Un archivo del banco", en: "One bank file", pt: "Um arquivo do banco")
        case .commit:
            Message(
                es: "Registra como pagos las líneas identificadas", en: "Writes the matched lines down as payments",
                pt: "Registra como pagamentos as linhas identificadas")
        case .undo:
            Message(
                es: "Deshace un archivo aplicado", en: "Undoes a file that was applied",
                pt: "Desfaz um arquivo aplicado")
        case .lines: Message(es: "Las líneas de un archivo", en: "A file's lines", pt: "As linhas de um arquivo")
        case .line: Message(es: "Una línea del banco", en: "One line of the bank", pt: "Uma linha do banco")
        case .assign:
            Message(
                es: "Dice de qué cliente es una línea", en: "Says whose a line is", pt: "Diz de que cliente é uma linha"
            )
        case .dismiss:
            Message(
                es: "Dice que una línea no es de un cliente", en: "Says that a line is no customer's",
                pt: "Diz que uma linha não é de um cliente")
        case .id: Message(es: "Identifica el archivo.", en: "Stands for the file.", pt: "Identifica o arquivo.")
        case .number: Message(es: "El número del archivo.", en: "The file's number.", pt: "O número do arquivo.")
        case .account:
            Message(
                es: "La cuenta bancaria de la empresa.", en: "The company's bank account.",
                pt: "A conta bancária da empresa.")
        case .name: Message(es: "El nombre del archivo.", en: "The file's name.", pt: "O nome do arquivo.")
        case .content:
            Message(
                es: "El archivo en base64: CSV, .xlsx, OFX, camt.053 o MT940, hasta 4 MB.",
                en: "The file in base64: CSV, .xlsx, OFX, camt.053 or MT940, up to 4 MB.",
                pt: "O arquivo em base64: CSV, .xlsx, OFX, camt.053 ou MT940, até 4 MB.")
        case .state: Message(es: "Estado del archivo.", en: "The file's status.", pt: "Situação do arquivo.")
        case .fault:
            Message(
                es: "Por qué no se pudo leer; vacío si se leyó.", en: "Why it was not read; empty if it was.",
                pt: "Por que não foi lido; vazio se foi.")
        case .currency: Message(es: "Moneda, ISO 4217.", en: "Currency, ISO 4217.", pt: "Moeda, ISO 4217.")
        case .lineCount: Message(es: "Cuántas líneas tiene.", en: "How many lines it has.", pt: "Quantas linhas tem.")
        case .unreadable:
            Message(
                es: "Cuántas líneas no se pudieron leer.", en: "How many lines could not be read.",
                pt: "Quantas linhas não puderam ser lidas.")
        case .unidentified:
            Message(
                es: "Cuántas líneas aplicadas siguen sin cliente, hasta 1000.",
                en: "How many lines that count have no customer yet, up to 1000.",
                pt: "Quantas linhas que contam ainda não têm cliente, até 1000.")
        case .isCut:
            Message(
                es: "Si acaba antes de su fin.", en: "Whether it ends before its end.", pt: "Se acaba antes do fim.")
        case .check:
            Message(
                es: "Si sus saldos cuadran.", en: "Whether its balances add up.", pt: "Se seus saldos batem.")
        case .firstDay: Message(es: "El primer día.", en: "The first day.", pt: "O primeiro dia.")
        case .lastDay: Message(es: "El último día.", en: "The last day.", pt: "O último dia.")
        case .author:
            Message(
                es: "Quién hizo lo último con él.", en: "Who did the last thing with it.",
                pt: "Quem fez a última coisa com ele.")
        case .madeAt: Message(es: "Cuándo se subió.", en: "When it was uploaded.", pt: "Quando foi enviado.")
        case .endedAt:
            Message(
                es: "Cuándo se aplicó o deshizo.", en: "When it was applied or undone.",
                pt: "Quando foi aplicado ou desfeito.")
        case .ofState:
            Message(es: "Solo los de este estado.", en: "Only those of this status.", pt: "Só os desta situação.")
        case .lineID: Message(es: "Identifica la línea.", en: "Stands for the line.", pt: "Identifica a linha.")
        case .ofFile: Message(es: "Su archivo.", en: "Its file.", pt: "Seu arquivo.")
        case .lineNumber:
            Message(
                es: "Dónde está en el archivo.", en: "Where it stands in the file.", pt: "Onde está no arquivo.")
        case .day: Message(es: "El día del banco.", en: "The bank's day.", pt: "O dia do banco.")
        case .amount:
            Message(
                es: "El importe en unidades menores; negativo si salió.",
                en: "The amount in minor units; negative where it left.",
                pt: "O valor em unidades menores; negativo se saiu.")
        case .description: Message(es: "El concepto.", en: "The description.", pt: "O histórico.")
        case .reference: Message(es: "La referencia.", en: "The reference.", pt: "A referência.")
        case .payer:
            Message(
                es: "Quién pagó, según el banco.", en: "Who paid, as the bank says.", pt: "Quem pagou, segundo o banco."
            )
        case .lineState: Message(es: "Estado de la línea.", en: "The line's status.", pt: "Situação da linha.")
        case .evidence:
            Message(
                es: "Por qué se sabe de quién es; vacío si no se sabe.",
                en: "By what it is known whose it is; empty if it is not.",
                pt: "Por que se sabe de quem é; vazio se não se sabe.")
        case .doubt:
            Message(
                es: "Por qué espera a una persona; vacío si no espera.",
                en: "Why it waits for a person; empty if it does not.",
                pt: "Por que espera uma pessoa; vazio se não espera.")
        case .customer: Message(es: "El cliente.", en: "The customer.", pt: "O cliente.")
        case .payment:
            Message(es: "El pago que es.", en: "The payment it is.", pt: "O pagamento que é.")
        case .samePayment:
            Message(
                es: "El pago ya registrado que es el mismo dinero; sin él se registra uno nuevo.",
                en: "The payment written down already that is the same money; without it a new one is written down.",
                pt: "O pagamento já registrado que é o mesmo dinheiro; sem ele se registra um novo.")
        case .reason: Message(es: "El motivo.", en: "The reason.", pt: "O motivo.")
        }
    }
}
