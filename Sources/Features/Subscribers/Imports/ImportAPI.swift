import API
import Access
import Crypto
import Customers
import Declarations
import Events
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Spreadsheets
import Tenancy
import Time

/// Imports as programs see them: a file is sent, its columns are named, its rows are tried, and then it is committed or
/// discarded; what is in can be undone. Amounts are in minor units.
struct ImportAPI: Sendable {
    let acts: ImportActs

    /// Of a file in base64, with the fields around it.
    private static let mostBytes = ReadSpreadsheet.mostBytes / 3 * 4 + 65_536

    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/imports", .customersImport, ImportAPIWords.list, by: ImportFilter.self) {
            visit, filter, page in
            try await visit.database.fileImports(after: page.after, in: filter.state, limit: page.limit)
        }
        routes.post("/api/v1/imports", .customersImport, ImportAPIWords.upload, upTo: Self.mostBytes) {
            (visit, input: ImportInput) in
            try await acts.take(
                input.content, named: input.name, of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/imports/:id", .customersImport, ImportAPIWords.read) { (visit, id: Import.ID) in
            try await visit.database.fileImport(id)
        }
        routes.post("/api/v1/imports/:id/trials", .customersImport, ImportAPIWords.attempt) {
            (visit, input: TrialInput, id: Import.ID) in
            guard let file = try await visit.database.fileImport(id) else { throw AccessRefusal.notFound }
            let fields = try input.fields(of: file)
            try await acts.choose(
                fields, input.notation, distinct: input.isDistinct, for: id, by: visit.principal, in: visit.database)
            return try await changed(id, visit)
        }
        routes.list("/api/v1/imports/:id/rows", .customersImport, ImportAPIWords.rows, by: ImportRowFilter.self) {
            (visit, filter: ImportRowFilter, page, id: Import.ID) in
            guard let file = try await visit.database.fileImport(id) else { throw AccessRefusal.notFound }
            return try await visit.database.importRows(
                of: id, after: page.after, only: filter.outcome, limit: page.limit
            ).map { ImportRowResource(file: file, row: $0) }
        }
        routes.post("/api/v1/imports/:id/commits", .customersImport, ImportAPIWords.commit) {
            (visit, _: NoInput, id: Import.ID) in
            try await acts.commit(id, by: visit.principal, in: visit.database)
            return try await changed(id, visit)
        }
        routes.post("/api/v1/imports/:id/undoings", .customersImport, ImportAPIWords.undo) {
            (visit, _: NoInput, id: Import.ID) in
            try await acts.undo(id, by: visit.principal, in: visit.database)
            return try await changed(id, visit)
        }
        routes.delete("/api/v1/imports/:id", .customersImport, ImportAPIWords.discard) { (visit, id: Import.ID) in
            guard try await visit.database.fileImport(id) != nil else { throw AccessRefusal.notFound }
            try await acts.discard(id, in: visit.database)
        }
    }

    private func changed(_ id: Import.ID, _ visit: Visit) async throws -> Import {
        guard let file = try await visit.database.fileImport(id) else { throw AccessRefusal.notFound }
        return file
    }
}

extension Import: QueuedResource, ListedResource {
    package static let schema = Schema.object(
        "Import",
        [
            .required("id", .id, ImportAPIWords.id),
            .required("number", .integer(1...Int.max), ImportAPIWords.number),
            .required("name", .text, ImportAPIWords.name),
            .required("state", .words(State.allCases.map(\.rawValue)), ImportAPIWords.state),
            .required("columns", .list(of: Column.schema), ImportAPIWords.columns),
            .required("day_order", Schema.words(DayOrder.allCases.map(\.rawValue)).orNull, ImportAPIWords.dayOrder),
            .required(
                "decimal_mark", Schema.words(DecimalMark.allCases.map(\.rawValue)).orNull, ImportAPIWords.decimalMark),
            .required("distinct", .flag, ImportAPIWords.distinct),
            .required("rows", .integer(0...Int.max), ImportAPIWords.rowCount),
            .required("done_rows", .integer(0...Int.max), ImportAPIWords.doneCount),
            .required("created_rows", .integer(0...Int.max), ImportAPIWords.created),
            .required("merged_rows", .integer(0...Int.max), ImportAPIWords.merged),
            .required("known_rows", .integer(0...Int.max), ImportAPIWords.known),
            .required("refused_rows", .integer(0...Int.max), ImportAPIWords.refused),
            .required("services", .integer(0...Int.max), ImportAPIWords.services),
            .required("owed", .integer(0...Int.max), ImportAPIWords.owed),
            .required("in_favour", .integer(0...Int.max), ImportAPIWords.inFavour),
            .required(
                "interruption", Schema.words(Interruption.allCases.map(\.rawValue)).orNull,
                ImportAPIWords.interruption),
            .required("author", .text, ImportAPIWords.author),
            .required("made_at", .text, ImportAPIWords.madeAt),
            .required("ended_at", Schema.text.orNull, ImportAPIWords.endedAt),
        ])

    package var path: String { "/api/v1/imports/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("name", name)
            json.member("state", state.rawValue)
            json.member("columns", columns)
            json.member("day_order", notation.dayOrder?.rawValue)
            json.member("decimal_mark", notation.decimalMark?.rawValue)
            json.member("distinct", areDistinct)
            json.member("rows", rowCount)
            json.member("done_rows", doneCount)
            json.member("created_rows", counts[.created] ?? 0)
            json.member("merged_rows", counts[.merged] ?? 0)
            json.member("known_rows", counts[.known] ?? 0)
            json.member("refused_rows", counts[.refused] ?? 0)
            json.member("services", services)
            json.member("owed", Int(owed))
            json.member("in_favour", Int(inFavour))
            json.member("interruption", interruption?.rawValue)
            json.member("author", author.name)
            json.member("made_at", madeAt.rfc3339)
            json.member("ended_at", endedAt?.rfc3339)
        }
    }
}

extension Import.Column: JSONWritable {
    fileprivate static let schema = Schema.object(
        "ImportColumn",
        [
            .required("title", .text, ImportAPIWords.title),
            .required("sample", .text, ImportAPIWords.sample),
            .required("field", ImportedField.schema.orNull, ImportAPIWords.field),
            .required("days_are_doubtful", .flag, ImportAPIWords.daysAreDoubtful),
            .required("amounts_are_doubtful", .flag, ImportAPIWords.amountsAreDoubtful),
        ])

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("title", title)
            json.member("sample", sample)
            json.member("field", field?.rawValue)
            json.member("days_are_doubtful", daysAreDoubtful)
            json.member("amounts_are_doubtful", amountsAreDoubtful)
        }
    }
}

extension ImportedField {
    fileprivate static var schema: Schema { .words(allCases.map(\.rawValue)) }
}

/// A row of a file, with what becomes of it.
private struct ImportRowResource: ListedResource {
    let file: Import
    let row: ImportRow

    static let schema = Schema.object(
        "ImportRow",
        [
            .required("line", .integer(1...Int.max), ImportAPIWords.line),
            .required("name", .text, ImportAPIWords.rowName),
            .required("reference", .text, ImportAPIWords.reference),
            .required("outcome", .words(ImportRow.Outcome.allCases.map(\.rawValue)), ImportAPIWords.outcome),
            .required("customer", Schema.id.orNull, ImportAPIWords.customer),
            .required("same_as", Schema.integer(1...Int.max).orNull, ImportAPIWords.sameAs),
            .required(
                "evidence", .list(of: .words(ImportRow.Evidence.allCases.map(\.rawValue))), ImportAPIWords.evidence),
            .required("faults", .list(of: ImportRow.Fault.schema), ImportAPIWords.faults),
            .required("plan", Schema.id.orNull, ImportAPIWords.plan),
            .required("balance", .integer(Int.min...Int.max), ImportAPIWords.balance),
            .required("is_done", .flag, ImportAPIWords.isDone),
            .required("kept", Schema.words(ImportRow.Kept.allCases.map(\.rawValue)).orNull, ImportAPIWords.kept),
        ])

    var path: String { "\(file.path)/rows" }
    var position: Int { row.line }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("line", row.line)
            json.member("name", row.name)
            json.member("reference", row.reference)
            json.member("outcome", row.outcome.rawValue)
            json.member("customer", row.customer?.id.description)
            json.member("same_as", row.sameAs)
            json.member("evidence", row.evidence.map(\.rawValue))
            json.member("faults", row.faults)
            json.member("plan", row.service?.plan.description)
            json.member("balance", Int(row.balance?.minor ?? 0))
            json.member("is_done", row.isDone)
            json.member("kept", row.kept?.rawValue)
        }
    }
}

extension ImportRow.Fault: JSONWritable {
    fileprivate static let schema = Schema.object(
        "ImportFault",
        [
            .required("column", Schema.integer(0...Int.max).orNull, ImportAPIWords.faultColumn),
            .required("reason", .words(Reason.allCases.map(\.rawValue)), ImportAPIWords.faultReason),
            .required("value", .text, ImportAPIWords.faultValue),
        ])

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("column", column)
            json.member("reason", reason.rawValue)
            json.member("value", value)
        }
    }
}

private struct ImportFilter: Input {
    static let schema = Schema.object(
        "ImportFilter", [.optional("state", .words(Import.State.allCases.map(\.rawValue)), ImportAPIWords.ofState)])

    let state: Import.State?

    init(_ members: Members) { state = members.word("state") }
}

private struct ImportRowFilter: Input {
    static let schema = Schema.object(
        "ImportRowFilter",
        [.optional("outcome", .words(ImportRow.Outcome.allCases.map(\.rawValue)), ImportAPIWords.ofOutcome)])

    let outcome: ImportRow.Outcome?

    init(_ members: Members) { outcome = members.word("outcome") }
}

private struct ImportInput: Input {
    static let schema = Schema.object(
        "NewImport",
        [
            .optional("name", .line(0...200), ImportAPIWords.name),
            .required("content", .text, ImportAPIWords.content),
        ])

    let name: String
    /// Empty where it is no base64.
    let content: [UInt8]

    init(_ members: Members) {
        name = members.text("name") ?? ""
        content = Base64.standard.decode((members.text("content") ?? "").utf8) ?? []
    }
}

private struct TrialInput: Input {
    static let schema = Schema.object(
        "ImportTrial",
        [
            .optional(
                "fields", .list(of: .words([""] + ImportedField.allCases.map(\.rawValue))), ImportAPIWords.fields),
            .optional("day_order", .words(DayOrder.allCases.map(\.rawValue)), ImportAPIWords.dayOrder),
            .optional("decimal_mark", .words(DecimalMark.allCases.map(\.rawValue)), ImportAPIWords.decimalMark),
            .optional("distinct", .flag, ImportAPIWords.distinct),
        ])

    let notation: WrittenNotation
    let isDistinct: Bool
    private let given: [ImportedField?]?

    init(_ members: Members) {
        notation = WrittenNotation(
            dayOrder: members.word("day_order"), decimalMark: members.word("decimal_mark"))
        isDistinct = members["distinct"] == .bool(true)
        given = members.texts("fields")?.map { ImportedField(rawValue: $0) }
    }

    /// What every column holds: as said, or as it was guessed.
    func fields(of file: Import) throws(ImportRefusal) -> [ImportedField?] {
        guard let given else { return file.columns.map(\.field) }
        guard given.count == file.columns.count else { throw .otherColumns }
        return given
    }
}

enum ImportAPIWords: MessageCatalogue {
    case list, upload, read, attempt, rows, commit, undo, discard, id, number, name, content, state, ofState
    case columns, fields, dayOrder, decimalMark, distinct, rowCount, doneCount, created, merged, known, refused
    case services, owed, inFavour, interruption, author, madeAt, endedAt, title, sample, field, daysAreDoubtful
    case amountsAreDoubtful, line, rowName, reference, outcome, ofOutcome, customer, sameAs, evidence, faults
    case plan, balance, isDone, kept, faultColumn, faultReason, faultValue

    var message: Message {
        switch self {
        case .list:
            Message(
                es: "Las importaciones de archivos",
                en: "The imports of files",
                pt: "As importações de arquivos")
        case .upload:
            Message(
                es: "Recibe un archivo y dice qué parece contener cada columna",
                en: "Takes a file and says what each column seems to hold",
                pt: "Recebe um arquivo e diz o que cada coluna parece conter")
        case .read: Message(es: "Una importación", en: "One import", pt: "Uma importação")
        case .attempt:
            Message(
                es: "Dice qué contiene cada columna y revisa qué pasaría con cada fila",
                en: "Says what each column holds, and checks what would become of each row",
                pt: "Diz o que cada coluna contém e verifica o que aconteceria com cada linha")
        case .rows:
            Message(
                es: "Qué pasa con cada fila",
                en: "What becomes of each row",
                pt: "O que acontece com cada linha")
        case .commit:
            Message(
                es: "Importa lo revisado",
                en: "Imports what was checked",
                pt: "Importa o que foi verificado")
        case .undo: Message(es: "Deshace una importación", en: "Undoes an import", pt: "Desfaz uma importação")
        case .discard:
            Message(
                es: "Descarta una importación de la que nada entró",
                en: "Discards an import of which nothing is in",
                pt: "Descarta uma importação da qual nada entrou")
        case .id:
            Message(
                es: "Identifica la importación.",
                en: "Stands for the import.",
                pt: "Identifica a importação.")
        case .number:
            Message(
                es: "El número de la importación.",
                en: "The number of the import.",
                pt: "O número da importação.")
        case .name: Message(es: "El nombre del archivo.", en: "The name of the file.", pt: "O nome do arquivo.")
        case .content:
            Message(
                es: "El archivo en base64: CSV o .xlsx.",
                en: "The file in base64: CSV or .xlsx.",
                pt: "O arquivo em base64: CSV ou .xlsx.")
        case .state:
            Message(
                es: "Estado de la importación.",
                en: "The status of the import.",
                pt: "Situação da importação.")
        case .ofState:
            Message(
                es: "Solo las de este estado.",
                en: "Only those of this status.",
                pt: "Só as desta situação.")
        case .columns:
            Message(
                es: "Las columnas del archivo, en su orden.",
                en: "The columns of the file, in their order.",
                pt: "As colunas do arquivo, em sua ordem.")
        case .fields:
            Message(
                es: "Qué contiene cada columna, en su orden; vacío si no se usa. Si falta, vale lo supuesto.",
                en: "What each column holds, in their order; empty where it is not used. Without it, the guesses count.",
                pt: "O que cada coluna contém, em sua ordem; vazio se não se usa. Se falta, vale o suposto.")
        case .dayOrder:
            Message(
                es: "En qué orden se escriben los días, si el archivo no lo deja claro.",
                en: "The order in which days are written, where the file leaves it open.",
                pt: "Em que ordem se escrevem os dias, se o arquivo não deixa claro.")
        case .decimalMark:
            Message(
                es: "El signo de los decimales, si el archivo no lo deja claro.",
                en: "The decimal mark, where the file leaves it open.",
                pt: "O sinal dos decimais, se o arquivo não deixa claro.")
        case .distinct:
            Message(
                es: "Si las filas que comparten teléfono, correo o nombre con otro cliente son otras personas.",
                en: "Whether rows that share a telephone, an e-mail or a name with another customer are other people.",
                pt: "Se as linhas que compartilham telefone, e-mail ou nome com outro cliente são outras pessoas.")
        case .rowCount: Message(es: "Cuántas filas tiene.", en: "How many rows it has.", pt: "Quantas linhas tem.")
        case .doneCount:
            Message(
                es: "Cuántas filas ya entraron.",
                en: "How many rows are in.",
                pt: "Quantas linhas já entraram.")
        case .created:
            Message(
                es: "Filas que son clientes nuevos.",
                en: "Rows that are new customers.",
                pt: "Linhas que são clientes novos.")
        case .merged:
            Message(
                es: "Filas que se unen a un cliente que ya está.",
                en: "Rows merged with a customer who is there.",
                pt: "Linhas unidas a um cliente que já existe.")
        case .known:
            Message(
                es: "Filas de las que todo ya estaba.",
                en: "Rows of which everything is there already.",
                pt: "Linhas das quais tudo já existe.")
        case .refused: Message(es: "Filas que no entran.", en: "Rows that are refused.", pt: "Linhas que não entram.")
        case .services:
            Message(
                es: "Cuántos servicios trae.",
                en: "How many services it brings.",
                pt: "Quantos serviços traz.")
        case .owed:
            Message(
                es: "Cuánto deben en total las filas que entran, en unidades menores.",
                en: "What the rows that go in owe in all, in minor units.",
                pt: "Quanto devem no total as linhas que entram, em unidades menores.")
        case .inFavour:
            Message(
                es: "Cuánto tienen a favor, en unidades menores.",
                en: "What they have in favour, in minor units.",
                pt: "Quanto têm a favor, em unidades menores.")
        case .interruption:
            Message(
                es: "Por qué se detuvo; nulo si no se detuvo.",
                en: "Why it stopped; null where it did not.",
                pt: "Por que parou; nulo se não parou.")
        case .author: Message(es: "Quién la subió.", en: "Who sent it.", pt: "Quem a enviou.")
        case .madeAt: Message(es: "Cuándo se subió.", en: "When it was sent.", pt: "Quando foi enviada.")
        case .endedAt:
            Message(
                es: "Cuándo se terminó o deshizo.",
                en: "When it was done or undone.",
                pt: "Quando foi concluída ou desfeita.")
        case .title: Message(es: "El título de la columna.", en: "The title of the column.", pt: "O título da coluna.")
        case .sample: Message(es: "Algunos de sus valores.", en: "A few of its values.", pt: "Alguns de seus valores.")
        case .field:
            Message(
                es: "Qué contiene; nulo si no se usa.",
                en: "What it holds; null where it is not used.",
                pt: "O que contém; nulo se não se usa.")
        case .daysAreDoubtful:
            Message(
                es: "Si sus días se pueden leer de dos maneras.",
                en: "Whether its days can be read in two ways.",
                pt: "Se seus dias podem ser lidos de duas maneiras.")
        case .amountsAreDoubtful:
            Message(
                es: "Si sus importes se pueden leer de dos maneras.",
                en: "Whether its amounts can be read in two ways.",
                pt: "Se seus valores podem ser lidos de duas maneiras.")
        case .line: Message(es: "La fila del archivo.", en: "The row of the file.", pt: "A linha do arquivo.")
        case .rowName: Message(es: "El nombre en la fila.", en: "The name in the row.", pt: "O nome na linha.")
        case .reference:
            Message(
                es: "El código del cliente en el otro sistema.",
                en: "The code of the customer in the other system.",
                pt: "O código do cliente no outro sistema.")
        case .outcome:
            Message(
                es: "Qué pasa con la fila.",
                en: "What becomes of the row.",
                pt: "O que acontece com a linha.")
        case .ofOutcome:
            Message(
                es: "Solo las filas con las que pasa esto.",
                en: "Only rows of which this becomes.",
                pt: "Só as linhas com que acontece isto.")
        case .customer:
            Message(
                es: "El cliente con que se une o que se creó; nulo mientras no hay.",
                en: "The customer it is merged with or who was made of it; null while there is none.",
                pt: "O cliente a que se une ou que foi criado; nulo enquanto não há.")
        case .sameAs:
            Message(
                es: "Una fila anterior del mismo cliente.",
                en: "An earlier row of the same customer.",
                pt: "Uma linha anterior do mesmo cliente.")
        case .evidence:
            Message(
                es: "Por qué se sabe que es el mismo cliente.",
                en: "By what it is known to be the same customer.",
                pt: "Por que se sabe que é o mesmo cliente.")
        case .faults:
            Message(
                es: "Qué está mal en la fila.",
                en: "What is wrong with the row.",
                pt: "O que está errado na linha.")
        case .plan:
            Message(
                es: "El plan del servicio que trae; nulo si no trae.",
                en: "The plan of the service it brings; null where it brings none.",
                pt: "O plano do serviço que traz; nulo se não traz.")
        case .balance:
            Message(
                es: "Lo que debe, en unidades menores; negativo si tiene a favor.",
                en: "What it owes, in minor units; negative where it has credit.",
                pt: "O que deve, em unidades menores; negativo se tem a favor.")
        case .isDone: Message(es: "Si ya entró.", en: "Whether it is in.", pt: "Se já entrou.")
        case .kept:
            Message(
                es: "Por qué se quedó al deshacer; nulo si no.",
                en: "Why it stayed when the import was undone; null otherwise.",
                pt: "Por que ficou ao desfazer; nulo se não.")
        case .faultColumn:
            Message(
                es: "La columna, desde 0; nulo si es toda la fila.",
                en: "The column, from 0; null where it is the whole row.",
                pt: "A coluna, desde 0; nulo se é a linha toda.")
        case .faultReason: Message(es: "El motivo.", en: "The reason.", pt: "O motivo.")
        case .faultValue:
            Message(
                es: "El valor en el archivo.",
                en: "The value in the file.",
                pt: "O valor no arquivo.")
        }
    }
}
