import Access
import Events
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Postgres
import Time
import Workbooks

/// Asks for the file, and says what may stand in it.
package struct ImportPage<Noun: Fielded>: View {
    private let title: String
    private let path: String
    private let back: String
    private let fault: Message?
    private let visit: Visit

    package init(_ title: String, of noun: Noun.Type, at path: String, back: String, fault: Message?, visit: Visit) {
        (self.title, self.path, self.back) = (title, path, back)
        (self.fault, self.visit) = (fault, visit)
    }

    package var body: Markup {
        let reader = visit.reader
        h1 { title }
        form(.class("card form"), .method(.post), .multipart, .action(path)) {
            p(.class("hint")) { ImportWords.intro.text(for: reader, .number("most", NounImport<Noun>.most)) }
            dl(.class("record")) {
                for field in Noun.fields where field.places.contains(.form) {
                    div {
                        dt { field.label.text(for: reader) }
                        dd { note(field, reader) }
                    }
                }
            }
            FormField(ImportWords.file.text(for: reader), name: "file", error: fault?.text(for: reader)) { wiring in
                input(wiring, .type("file"), .accept(".csv,text/csv"), .required())
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(back)) { NounWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { ImportWords.look.text(for: reader) }
            }
        }
    }

    private func note(_ field: Field<Noun>, _ reader: Reader) -> String {
        let choices = field.kind.choices.map { $0.label.text(for: reader) }.joined(separator: ", ")
        return [field.isRequired ? ImportWords.needed.text(for: reader) : nil, choices.isEmpty ? nil : choices]
            .compactMap(\.self).joined(separator: " · ")
    }
}

/// What would become of each row, before anything is made.
package struct ImportPreview<Noun: Fielded>: View {
    private let title: String
    private let file: NounImport<Noun>
    /// The rows of nouns that are there already, by their place in the file.
    private let known: Set<Int>
    private let name: String
    private let include: (name: String, words: Message)
    private let path: String
    private let back: String
    private let id: UUID
    private let visit: Visit

    /// `name` is the field by which people tell the rows apart; with the box `include` the known rows are made too.
    package init(
        _ title: String, _ file: NounImport<Noun>, known: Set<Int>, called name: String,
        include: (name: String, words: Message), kept id: UUID, at path: String, back: String, visit: Visit
    ) {
        (self.title, self.file, self.known, self.name, self.include) = (title, file, known, name, include)
        (self.path, self.back, self.id, self.visit) = (path, back, id, visit)
    }

    private var reader: Reader { visit.reader }

    package var body: Markup {
        let wrong = file.lines.filter { !$0.faults.isEmpty }.count
        let ready = file.lines.filter { $0.faults.isEmpty && !known.contains($0.number) }.count
        let hasKnown = file.lines.contains { $0.faults.isEmpty && known.contains($0.number) }
        h1 { title }
        ul(.class("tiles")) {
            tile(.ready, ready)
            tile(.known, file.lines.count - wrong - ready)
            tile(.wrong, wrong)
        }
        if !file.unknown.isEmpty {
            p(.class("notice")) {
                ImportWords.unused.text(for: reader, .text("names", file.unknown.joined(separator: ", ")))
            }
        }
        form(.class("form"), .method(.post), .action(path)) {
            FormHead([], visit: visit)
            input(.type("hidden"), .name("import"), .value(id.description))
            if hasKnown {
                label(.class("choice")) {
                    input(.type("checkbox"), .name(include.name), .value("yes"))
                    span { include.words.text(for: reader) }
                }
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(back)) { NounWords.cancel.text(for: reader) }
                if ready > 0 || hasKnown {
                    button(.type("submit"), .class("primary")) { ImportWords.run.text(for: reader, .count(ready)) }
                }
            }
        }
        div(.class("list")) {
            div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
                table {
                    caption { title }
                    thead {
                        tr {
                            th(.scope("col"), .class("number")) { ImportWords.line.text(for: reader) }
                            th(.scope("col")) { Noun.fields.first { $0.name == name }?.label.text(for: reader) ?? "" }
                            th(.scope("col")) { ImportWords.outcome.text(for: reader) }
                        }
                    }
                    tbody { for line in file.lines { row(line) } }
                }
            }
        }
    }

    private func tile(_ words: ImportWords, _ count: Int) -> Markup {
        li {
            div(.class("tile")) {
                span(.class("tile-name")) { words.text(for: reader) }
                strong { count.text(for: reader) }
            }
        }
    }

    private func row(_ line: NounImport<Noun>.Line) -> Markup {
        let isKnown = known.contains(line.number)
        let tone: Tone = !line.faults.isEmpty ? .bad : isKnown ? .quiet : .good
        let text =
            line.faults.isEmpty
            ? (isKnown ? ImportWords.isKnown : .isReady).text(for: reader)
            : line.faults.map { $0.summary(for: reader) }.joined(separator: " · ")
        return tr {
            td(.class("number")) { line.number.text(for: reader) }
            td(.class("name")) { Noun.fields.first { $0.name == name }?.get(line.noun).text ?? "" }
            td { span(.class("state"), .data("tone", tone.rawValue)) { text } }
        }
    }
}

/// The file of an import while its author looks at what would become of it.
package enum ImportedFile {
    package static let mostBytes = 2 * 1024 * 1024

    /// Nil where none was sent.
    package static func bytes(in visit: Visit) async throws -> [UInt8]? {
        let form = try await visit.request.body.multipart(
            limits: MultipartLimits(parts: 2, fieldBytes: 1024, fileBytes: mostBytes))
        return try await form.files.first { $0.field == "file" }?.bytes()
    }
}

extension CSV.Fault {
    package var words: ImportWords {
        switch self {
        case .notUTF8: .notUTF8
        case .openQuote: .openQuote
        case .tooManyRows: .tooManyRows
        }
    }
}

package enum ImportWords: MessageCatalogue {
    case intro, file, look, needed, ready, known, wrong, unused, run, line, outcome, isReady, isKnown
    case noFile, noRows, notUTF8, openQuote, tooManyRows

    package var message: Message {
        switch self {
        case .intro:
            Message(
                es:
                    "Un archivo CSV, como el que exporta la lista: la primera fila lleva los nombres de las columnas. Hasta {most} filas. Antes de crear nada verá qué pasa con cada fila.",
                en:
                    "A CSV file, as the list exports it: the first row has the names of the columns. Up to {most} rows. Before anything is made you see what becomes of each row.",
                pt:
                    "Um arquivo CSV, como o que a lista exporta: a primeira linha tem os nomes das colunas. Até {most} linhas. Antes de criar algo, você vê o que acontece com cada linha."
            )
        case .file: Message(es: "Archivo", en: "File", pt: "Arquivo")
        case .look: Message(es: "Revisar el archivo", en: "Look at the file", pt: "Revisar o arquivo")
        case .needed: Message(es: "Obligatorio", en: "Required", pt: "Obrigatório")
        case .ready: Message(es: "Se pueden crear", en: "Can be created", pt: "Podem ser criados")
        case .known: Message(es: "Parecidos a otros", en: "Like others", pt: "Parecidos com outros")
        case .wrong: Message(es: "Con errores", en: "With errors", pt: "Com erros")
        case .unused:
            Message(
                es: "Estas columnas no se usan: {names}.", en: "These columns are not used: {names}.",
                pt: "Estas colunas não são usadas: {names}.")
        case .run:
            Message(
                es: .count(one: "Crear uno", many: "Crear {count} de registros", other: "Crear {count}"),
                en: .count(one: "Create one", other: "Create {count}"),
                pt: .count(one: "Criar {count}", many: "Criar {count} de registros", other: "Criar {count}"))
        case .line: Message(es: "Fila", en: "Row", pt: "Linha")
        case .outcome: Message(es: "Resultado", en: "Outcome", pt: "Resultado")
        case .isReady: Message(es: "Se creará", en: "Will be created", pt: "Será criado")
        case .isKnown:
            Message(
                es: "Se parece a uno que ya existe o a otra fila: no se crea",
                en: "Like one that exists or another row: not made",
                pt: "Parecido com um que já existe ou com outra linha: não se cria")
        case .noFile: Message(es: "Elija un archivo.", en: "Choose a file.", pt: "Escolha um arquivo.")
        case .noRows:
            Message(es: "El archivo no tiene filas.", en: "The file has no rows.", pt: "O arquivo não tem linhas.")
        case .notUTF8:
            Message(
                es: "El archivo no está en UTF-8. Guárdelo como «CSV UTF-8».",
                en: "The file is not UTF-8. Save it as “CSV UTF-8”.",
                pt: "O arquivo não está em UTF-8. Salve como «CSV UTF-8».")
        case .openQuote:
            Message(
                es: "El archivo tiene unas comillas sin cerrar.", en: "The file has quotes that are not closed.",
                pt: "O arquivo tem aspas sem fechar.")
        case .tooManyRows:
            Message(
                es: "El archivo tiene demasiadas filas. Divídalo.", en: "The file has too many rows. Split it.",
                pt: "O arquivo tem linhas demais. Divida-o.")
        }
    }
}
extension ImportedFile {
    /// For whoever looks at what would become of it; what was kept before goes when something new is.
    package static func keep(
        _ bytes: [UInt8], of list: String, by principal: Principal, in database: TenantDatabase
    ) async throws -> UUID {
        let id = UUID.v7(milliseconds: principal.now.milliseconds, from: .system)
        _ = try await database.batch([
            """
            DELETE FROM imported_files
            WHERE tenant_id = \(database.tenant) AND made_at < \(principal.now - .seconds(86_400))
            """,
            """
            INSERT INTO imported_files (tenant_id, file_id, actor_id, list, content, made_at)
            VALUES (\(database.tenant), \(id), \(principal.actor.id), \(list), \(String(decoding: bytes, as: UTF8.self)),
                \(principal.now))
            """,
        ])
        return id
    }

    package static func take(
        _ id: UUID, of list: String, by principal: Principal, in database: TenantDatabase
    ) async throws -> [UInt8] {
        let content: String? = try await database.value(
            """
            SELECT content FROM imported_files
            WHERE tenant_id = \(database.tenant) AND file_id = \(id) AND list = \(list)
                AND actor_id = \(principal.actor.id)
            """)
        guard let content else { throw AccessRefusal.notFound }
        return Array(content.utf8)
    }
}
