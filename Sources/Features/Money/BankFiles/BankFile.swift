import Access
import BankAccounts
import BankStatements
import Events
import Identifiers
import Locale
import Nouns
import Postgres
import Sandbox
import Time

/// A bank's statement file for one of the company's accounts. It has no effect before it is committed.
package struct BankFile: Sendable {
    package typealias ID = Identifiers.ID<BankFile>

    package let id: ID
    package let number: Int
    package let account: BankAccount.ID
    /// The account's name at the time of the upload.
    package let accountName: String
    package let name: String
    package let state: State
    package let fault: Fault?
    package let currency: Currency
    let mapping: StatementMapping?
    let reading: TableReading?
    /// The first unreadable lines; `faultCount` is the number of all.
    let faults: [LineFault]
    package let faultCount: Int
    package let isCut: Bool
    package let lines: Int
    /// Lines waiting to be identified by a person, counted up to a thousand.
    package let unidentified: Int
    package let firstDay: Day?
    package let lastDay: Day?
    package let opening: Money?
    package let closing: Money?
    package let check: Check
    package let difference: Money
    package let author: Actor
    package let madeAt: Instant
    package let endedAt: Instant?

    package enum State: String, FieldChoice {
        /// Being read by a worker.
        case reading
        case failed, ready, committing, committed, undoing, undone

        package var message: Message {
            switch self {
            case .reading: Message(es: "Leyendo", en: "Being read", pt: "Lendo")
            case .failed: Message(es: "No se pudo leer", en: "Not readable", pt: "Não foi possível ler")
            case .ready: Message(es: "Vista previa", en: "Preview", pt: "Prévia")
            case .committing: Message(es: "Aplicando", en: "Being applied", pt: "Aplicando")
            case .committed: Message(es: "Aplicado", en: "Applied", pt: "Aplicado")
            case .undoing: Message(es: "Deshaciendo", en: "Being undone", pt: "Desfazendo")
            case .undone: Message(es: "Deshecho", en: "Undone", pt: "Desfeito")
            }
        }

        package var tone: Tone {
            switch self {
            case .reading, .committing, .undoing: .warning
            case .ready: .quiet
            case .committed: .good
            case .failed, .undone: .bad
            }
        }

        var isUnderWay: Bool { self == .reading || self == .committing || self == .undoing }
    }

    /// Whether the statement's balances match its lines.
    package enum Check: String, FieldChoice {
        case none
        case addsUp = "adds_up"
        /// The closing balance differs from opening balance plus lines.
        case off
        /// Some running balances do not follow from the line before.
        case breaks

        package var message: Message {
            switch self {
            case .none:
                Message(
                    es: "El archivo no trae saldos que comprobar.", en: "The file has no balances to check.",
                    pt: "O arquivo não traz saldos para conferir.")
            case .addsUp:
                Message(
                    es: "Los saldos cuadran con los movimientos.", en: "The balances agree with the movements.",
                    pt: "Os saldos batem com os movimentos.")
            case .off:
                Message(
                    es: "El saldo final no cuadra con los movimientos: al archivo pueden faltarle líneas.",
                    en: "The closing balance does not agree with the movements: lines may be missing.",
                    pt: "O saldo final não bate com os movimentos: podem faltar linhas.")
            case .breaks:
                Message(
                    es:
                        "Hay líneas cuyo saldo no cuadra con la anterior: quedan por identificar para que alguien las revise.",
                    en: "The balance of some lines does not follow from the one before: they wait for a person.",
                    pt:
                        "Há linhas cujo saldo não bate com a anterior: ficam por identificar para que alguém as confira."
                )
            }
        }
    }
}

extension BankFile {
    package static let list = List<BankFile>(
        "bank_files", at: "/panel/bank-files", BankFileWords.files.message, of: fields, by: "number", id: \.id.uuid)

    private static let fields: [Field<BankFile>] = [
        .counted("number", \.number, Message(es: "N.º", en: "No.", pt: "N.º")).sorted(by: "f.number"),
        Field("name", .line(1...200), BankFileWords.file.message) { .text($0.name) },
        Field("account", .line(1...200), BankFileWords.account.message) { .text($0.accountName) },
        Field("first_day", .day, BankFileWords.from.message) { $0.firstDay.map { .day($0) } ?? .none },
        Field("last_day", .day, BankFileWords.to.message) { $0.lastDay.map { .day($0) } ?? .none },
        .counted("lines", \.lines, BankFileWords.lines.message),
        .counted("unidentified", \.unidentified, BankLine.State.unidentified.message),
        .derived("state", \.state, BankFileWords.state.message).filtered(by: "f.state"),
        Field("author", .line(1...200), BankFileWords.author.message) { .text($0.author.name) }.minor(),
    ]

    package var panelPath: String { "\(Self.list.path)/\(id)" }

    /// The path of its lines, all or those in a state.
    func linesPath(_ state: BankLine.State? = nil) -> String {
        "\(BankLine.list.path)?file=\(id)" + (state.map { "&state=\($0.rawValue)" } ?? "")
    }

    var subject: Act.Subject { Act.Subject("bank_file", id.uuid, named: "\(number) · \(accountName)") }
}

/// Why a file was refused, for its uploader.
extension BankFile {
    package enum Fault: String, FieldChoice {
        case unknownKind = "unknown_kind"
        case oldExcel = "old_excel"
        case broken
        case tooLarge = "too_large"
        case tooManyColumns = "too_many_columns"
        case unknownCurrency = "unknown_currency"
        case noStatement = "no_statement"
        /// Reading exceeded the sandbox's time or memory.
        case tooHeavy = "too_heavy"
        case otherAccount = "other_account"
        case otherCurrency = "other_currency"
        /// A table whose columns are not yet assigned.
        case columns

        init(_ fault: StatementFault) {
            self =
                switch fault {
                case .unknownKind: .unknownKind
                case .oldExcel: .oldExcel
                case .broken: .broken
                case .tooLarge: .tooLarge
                case .tooManyColumns: .tooManyColumns
                case .unknownCurrency: .unknownCurrency
                case .noStatement: .noStatement
                }
        }

        package var message: Message {
            switch self {
            case .unknownKind:
                Message(
                    es:
                        "No es un archivo de banco que sepamos leer. Descargue del banco CSV, Excel (.xlsx), OFX, camt.053 o MT940.",
                    en:
                        "This is no bank file that we can read. Download CSV, Excel (.xlsx), OFX, camt.053 or MT940 from the bank.",
                    pt:
                        "Não é um arquivo de banco que saibamos ler. Baixe do banco CSV, Excel (.xlsx), OFX, camt.053 ou MT940."
                )
            case .oldExcel:
                Message(
                    es: "Es un Excel antiguo (.xls) o con contraseña: ábralo y guárdelo como .xlsx.",
                    en: "This is an old Excel file (.xls), or has a password: open it and save it as .xlsx.",
                    pt: "É um Excel antigo (.xls) ou com senha: abra-o e salve como .xlsx.")
            case .broken:
                Message(
                    es: "El archivo está dañado: descárguelo otra vez del banco.",
                    en: "The file is damaged: download it from the bank again.",
                    pt: "O arquivo está danificado: baixe-o do banco outra vez.")
            case .tooLarge:
                Message(
                    es: "El archivo pasa de 16 MB o de 100 000 líneas: divídalo por fechas.",
                    en: "The file is beyond 16 MB or 100,000 lines: divide it by dates.",
                    pt: "O arquivo passa de 16 MB ou de 100.000 linhas: divida-o por datas.")
            case .tooManyColumns:
                Message(
                    es: "El archivo tiene demasiadas columnas para ser un estado de cuenta.",
                    en: "The file has too many columns for a statement.",
                    pt: "O arquivo tem colunas demais para ser um extrato.")
            case .unknownCurrency:
                Message(
                    es: "El archivo está en una moneda que no conocemos.",
                    en: "The file is in a currency unknown to us.",
                    pt: "O arquivo está em uma moeda que não conhecemos.")
            case .noStatement:
                Message(
                    es: "El archivo no trae ningún movimiento.", en: "The file has no movements.",
                    pt: "O arquivo não traz nenhum movimento.")
            case .tooHeavy:
                Message(
                    es: "Leer el archivo toma más de lo permitido: divídalo por fechas.",
                    en: "Reading the file takes more than is allowed: divide it by dates.",
                    pt: "Ler o arquivo leva mais do que o permitido: divida-o por datas.")
            case .otherAccount:
                Message(
                    es: "El archivo es de otra cuenta: no se aplicó nada. Súbalo a la cuenta de la que es.",
                    en: "The file is of another account: nothing was applied. Upload it to the account it is of.",
                    pt: "O arquivo é de outra conta: nada foi aplicado. Envie-o à conta de que é.")
            case .otherCurrency:
                Message(
                    es: "El archivo está en otra moneda que la de la empresa.",
                    en: "The file is in another currency than the company's.",
                    pt: "O arquivo está em outra moeda que a da empresa.")
            case .columns:
                Message(
                    es: "No sabemos qué columna es la fecha y cuál el importe: dígalo abajo.",
                    en: "We do not know which column is the date and which the amount: say so below.",
                    pt: "Não sabemos qual coluna é a data e qual o valor: diga abaixo.")
            }
        }

        package var tone: Tone { .bad }
    }
}

extension LineFault {
    func text(for reader: Reader) -> String {
        BankFileWords.faultLine.text(
            for: reader, .number("number", line), .text("reason", reason.message.text(for: reader)), .text("text", text)
        )
    }
}

extension LineFault.Reason {
    var message: Message {
        switch self {
        case .noDay: Message(es: "sin fecha", en: "no date", pt: "sem data")
        case .unreadableDay: Message(es: "fecha ilegible", en: "unreadable date", pt: "data ilegível")
        case .noAmount: Message(es: "sin importe", en: "no amount", pt: "sem valor")
        case .unreadableAmount: Message(es: "importe ilegible", en: "unreadable amount", pt: "valor ilegível")
        case .tooManyDecimals: Message(es: "demasiados decimales", en: "too many decimals", pt: "decimais demais")
        case .amountTooLarge: Message(es: "importe imposible", en: "impossible amount", pt: "valor impossível")
        case .twoAmounts:
            Message(es: "cargo y abono a la vez", en: "debit and credit at once", pt: "débito e crédito juntos")
        case .otherCurrency: Message(es: "otra moneda", en: "another currency", pt: "outra moeda")
        case .unreadableSign:
            Message(es: "no dice si entra o sale", en: "in or out is not said", pt: "não diz se entra ou sai")
        case .cut: Message(es: "el archivo se corta aquí", en: "the file is cut here", pt: "o arquivo se corta aqui")
        }
    }
}

extension BankAccount {
    /// As in file names and lists: "BBVA · •••• 9719".
    var called: String {
        let number = [account, interbank, card].first { !$0.isEmpty } ?? ""
        return String("\(bank) · \(Self.masked(number))".prefix(200))
    }

    /// Whether a statement with this account number may be the account's. A masked or missing number excludes nothing.
    func mayBe(_ named: String) -> Bool {
        let digits =
            named.split { !$0.isASCII || !($0.isNumber || $0 == " " || $0 == "-" || $0 == ".") }
            .map { $0.filter(\.isNumber) }.last { !$0.isEmpty } ?? ""
        guard digits.utf8.count >= 4 else { return true }
        let tail = digits.suffix(8)
        return [account, interbank, card].contains { $0.contains(tail) || (!$0.isEmpty && digits.contains($0)) }
    }
}

/// Stored bytes, in the sandbox's wire format.
extension WireValue {
    var kept: [UInt8] {
        var writer = WireWriter()
        writer.write(self)
        return writer.bytes
    }

    /// Nil when written by an incompatible version of the program.
    init?(kept: [UInt8]?) {
        guard let kept else { return nil }
        var reader = WireReader(kept)
        guard let value = try? Self(from: &reader), (try? reader.end()) != nil else { return nil }
        self = value
    }
}
