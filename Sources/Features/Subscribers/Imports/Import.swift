import Events
import Identifiers
import Locale
import Nouns
import Postgres
import Spreadsheets
import Time

/// A file of customers from another program, on its way in: what its columns hold, what would become of each row, and
/// what became of it.
package struct Import: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Import>

    package let id: ID
    package let number: Int
    /// The file's.
    package let name: String
    package let state: State
    package let columns: [Column]
    /// How days and amounts are written, where the file alone does not say it.
    package let notation: WrittenNotation
    /// Whether rows that share a telephone, an e-mail or a name with somebody else are other people.
    package let areDistinct: Bool
    package let rowCount: Int
    /// How many rows of those that go in are in.
    package let doneCount: Int
    package let counts: [ImportRow.Outcome: Int]
    package let interruption: Interruption?
    package let author: Actor
    package let madeAt: Instant
    package let endedAt: Instant?

    package enum State: String, FieldChoice {
        /// Somebody says what the columns are.
        case draft
        /// What would become of each row is worked out.
        case trying, tried
        case committing
        case done

        package var message: Message {
            switch self {
            case .draft: Message(es: "Por configurar", en: "To be set up", pt: "A configurar")
            case .trying: Message(es: "Revisando", en: "Being checked", pt: "Em revisão")
            case .tried: Message(es: "Revisada", en: "Checked", pt: "Revisada")
            case .committing: Message(es: "Importando", en: "Being imported", pt: "Importando")
            case .done: Message(es: "Importada", en: "Imported", pt: "Importada")
            }
        }

        package var tone: Tone {
            switch self {
            case .draft, .tried: .quiet
            case .trying, .committing: .warning
            case .done: .good
            }
        }

        var isUnderWay: Bool { self == .trying || self == .committing }
    }

    /// Why it stands where it stands, instead of having gone on.
    package enum Interruption: String, MessageCatalogue {
        /// Customers changed between the look and the import, so that rows would become something else than was shown.
        case changed
        case customerLimit = "customer_limit"
        case unreadable

        package var message: Message {
            switch self {
            case .changed:
                Message(
                    es: "Sus clientes cambiaron desde la revisión. Mire otra vez qué pasa con cada fila.",
                    en: "Your customers changed since the check. Look again at what becomes of each row.",
                    pt: "Seus clientes mudaram desde a revisão. Veja outra vez o que acontece com cada linha.")
            case .customerLimit:
                Message(
                    es: "Se llegó al límite de clientes de su plan. Lo que ya entró se queda; amplíe el plan y siga.",
                    en: "Your plan's limit of customers was reached. What is in stays; widen the plan and go on.",
                    pt: "O limite de clientes do seu plano foi atingido. O que entrou fica; amplie o plano e continue.")
            case .unreadable:
                Message(
                    es: "El archivo ya no se pudo leer. Súbalo otra vez.",
                    en: "The file could not be read any more. Upload it again.",
                    pt: "O arquivo não pôde mais ser lido. Envie-o outra vez.")
            }
        }
    }

    package struct Column: Sendable, Equatable {
        package let title: String
        /// A few of its values.
        package let sample: String
        package var field: ImportedField?
        /// Whether its days could be read in two ways.
        package let daysAreDoubtful: Bool
    }
}

/// How a file writes days; nil where it has not been asked or need not be.
package struct WrittenNotation: Sendable, Equatable {
    package var dayOrder: DayOrder?

    package init(dayOrder: DayOrder? = nil) { self.dayOrder = dayOrder }
}

extension Import {
    func column(of field: ImportedField) -> Int? { columns.firstIndex { $0.field == field } }

    /// Whether a day column that is used could be read in two ways and nobody said in which.
    var asksForDayOrder: Bool { columns.contains { $0.field == .since && $0.daysAreDoubtful } }

    var panelPath: String { "\(Self.path)/\(id)" }
    static var path: String { "/panel/imports" }
}

/// What becomes of a row.
package struct ImportRow: Sendable, Equatable {
    package let line: Int
    package let name: String
    package let reference: String
    package let outcome: Outcome
    /// Whom it is merged with, or who was made of it.
    package let customer: Customer?
    /// An earlier row of the same customer.
    package let sameAs: Int?
    package let evidence: [Evidence]
    package let faults: [Fault]
    package let isDone: Bool

    package struct Customer: Sendable, Equatable {
        package let id: UUID
        package let number: Int
        package let name: String
    }

    package enum Outcome: String, FieldChoice, Hashable {
        case created, merged
        /// Everything it says is there already.
        case known
        case refused

        package var message: Message {
            switch self {
            case .created: Message(es: "Cliente nuevo", en: "New customer", pt: "Cliente novo")
            case .merged: Message(es: "Se une a otro", en: "Merged", pt: "Unida a outro")
            case .known: Message(es: "Ya estaba", en: "Already there", pt: "Já estava")
            case .refused: Message(es: "No entra", en: "Refused", pt: "Não entra")
            }
        }

        package var tone: Tone {
            switch self {
            case .created: .good
            case .merged: .warning
            case .known: .quiet
            case .refused: .bad
            }
        }
    }

    /// By what a row is somebody who is there already.
    package enum Evidence: String, MessageCatalogue {
        case reference, identification, phone, email, name, row

        package var message: Message {
            switch self {
            case .reference:
                Message(es: "mismo código", en: "same code", pt: "mesmo código")
            case .identification:
                Message(es: "misma identificación", en: "same identification", pt: "mesma identificação")
            case .phone: Message(es: "mismo teléfono", en: "same phone", pt: "mesmo telefone")
            case .email: Message(es: "mismo correo", en: "same e-mail", pt: "mesmo e-mail")
            case .name: Message(es: "mismo nombre", en: "same name", pt: "mesmo nome")
            case .row: Message(es: "misma fila de antes", en: "same row as before", pt: "mesma linha de antes")
            }
        }
    }

    /// What is wrong with a row, at one of its columns.
    package struct Fault: Sendable, Equatable {
        /// Nil where it is about the whole row.
        package let column: Int?
        package let reason: Reason
        /// As the file has it; of people who are alike, who they are.
        package let value: String

        package enum Reason: String, MessageCatalogue, FieldChoice {
            case missing
            case tooLong = "too_long"
            case notPhone = "not_a_phone"
            case notEmail = "not_an_email"
            case notDay = "not_a_day"
            case unknownZone = "unknown_zone"
            case unreadable
            case alike
            case severalAlike = "several_alike"

            package var message: Message {
                switch self {
                case .missing: Message(es: "falta", en: "missing", pt: "falta")
                case .tooLong: Message(es: "es demasiado largo", en: "is too long", pt: "é longo demais")
                case .notPhone:
                    Message(
                        es: "«{value}» no es un teléfono", en: "“{value}” is not a phone number",
                        pt: "«{value}» não é um telefone")
                case .notEmail:
                    Message(
                        es: "«{value}» no es un correo", en: "“{value}” is not an e-mail address",
                        pt: "«{value}» não é um e-mail")
                case .notDay:
                    Message(
                        es: "«{value}» no es una fecha", en: "“{value}” is not a date",
                        pt: "«{value}» não é uma data")
                case .unknownZone:
                    Message(
                        es: "no hay ninguna zona «{value}»", en: "there is no zone “{value}”",
                        pt: "não há nenhuma zona «{value}»")
                case .unreadable:
                    Message(
                        es: "«{value}» no se entiende", en: "“{value}” cannot be read", pt: "«{value}» não se entende")
                case .alike:
                    Message(
                        es: "puede ser {value}: revise si es la misma persona",
                        en: "may be {value}: see whether they are the same person",
                        pt: "pode ser {value}: veja se é a mesma pessoa")
                case .severalAlike:
                    Message(
                        es: "puede ser cualquiera de estos: {value}", en: "may be any of these: {value}",
                        pt: "pode ser qualquer um destes: {value}")
                }
            }
        }
    }
}
