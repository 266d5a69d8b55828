import Events
import Identifiers
import Locale
import Nouns
import Plans
import Postgres
import Services
import Spreadsheets
import Time

/// An import of customers with services and balances from another program: the file's columns, the preview of each row,
/// and its result.
package struct Import: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Import>

    package let id: ID
    package let number: Int
    /// The file's name.
    package let name: String
    package let state: State
    package let columns: [Column]
    /// The file's date order and decimal mark, if ambiguous.
    package let notation: WrittenNotation
    /// Whether rows sharing a telephone, e-mail or name with somebody are declared to be other people.
    package let areDistinct: Bool
    package let rowCount: Int
    /// The number of rows imported so far.
    package let doneCount: Int
    package let counts: [ImportRow.Outcome: Int]
    package let services: Int
    /// Total debts and credits of the imported rows, in minor units of the company's currency.
    package let owed: Int64
    package let inFavour: Int64
    package let interruption: Interruption?
    package let author: Actor
    package let madeAt: Instant
    package let endedAt: Instant?

    package enum State: String, FieldChoice {
        /// The columns are being assigned by a person.
        case draft
        /// The preview is being computed.
        case trying, tried
        case committing
        case done
        case undoing, undone

        package var message: Message {
            switch self {
            case .draft: Message(es: "Por configurar", en: "To be set up", pt: "A configurar")
            case .trying: Message(es: "Revisando", en: "Being checked", pt: "Em revisão")
            case .tried: Message(es: "Revisada", en: "Checked", pt: "Revisada")
            case .committing: Message(es: "Importando", en: "Being imported", pt: "Importando")
            case .done: Message(es: "Importada", en: "Imported", pt: "Importada")
            case .undoing: Message(es: "Deshaciendo", en: "Being undone", pt: "Desfazendo")
            case .undone: Message(es: "Deshecha", en: "Undone", pt: "Desfeita")
            }
        }

        package var tone: Tone {
            switch self {
            case .draft, .tried, .undone: .quiet
            case .trying, .committing, .undoing: .warning
            case .done: .good
            }
        }

        var isUnderWay: Bool { [.trying, .committing, .undoing].contains(self) }
    }

    /// Why the import stopped.
    package enum Interruption: String, MessageCatalogue {
        /// Customers changed since the preview, so the result would differ from it.
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
        /// Sample values.
        package let sample: String
        package var field: ImportedField?
        /// Whether its dates are ambiguous.
        package let daysAreDoubtful: Bool
        /// Whether its amounts are ambiguous.
        package let amountsAreDoubtful: Bool
    }
}

/// How a file writes dates and amounts; nil if not asked or not needed.
package struct WrittenNotation: Sendable, Equatable {
    package var dayOrder: DayOrder?
    package var decimalMark: DecimalMark?

    package init(dayOrder: DayOrder? = nil, decimalMark: DecimalMark? = nil) {
        (self.dayOrder, self.decimalMark) = (dayOrder, decimalMark)
    }
}

extension Import {
    /// Whether an assigned column has ambiguous dates.
    var asksForDayOrder: Bool { columns.contains { $0.field?.isDay == true && $0.daysAreDoubtful } }
    var asksForDecimalMark: Bool { columns.contains { $0.field?.isAmount == true && $0.amountsAreDoubtful } }

    var panelPath: String { "\(Self.path)/\(id)" }
    static var path: String { "/panel/imports" }
}

/// A row's outcome.
package struct ImportRow: Sendable {
    package let line: Int
    package let name: String
    package let reference: String
    package let outcome: Outcome
    /// The customer that it was merged into or created.
    package let customer: Customer?
    /// An earlier row of the same customer.
    package let sameAs: Int?
    package let evidence: [Evidence]
    package let faults: [Fault]
    /// The service, and the balance: positive is debt, negative credit.
    package let service: Sold?
    package let balance: Money?
    package let isDone: Bool
    /// Empty fields of the existing customer that the row fills.
    package let filled: [(field: String, value: String)]
    package let kept: Kept?

    /// Why a row stays when its import is undone.
    package enum Kept: String, MessageCatalogue {
        case paid, used

        package var message: Message {
            switch self {
            case .paid:
                Message(
                    es: "se queda: ya tiene pagos u otros movimientos", en: "stays: it has payments or other entries",
                    pt: "fica: já tem pagamentos ou outros lançamentos")
            case .used:
                Message(
                    es: "se queda: ya se usa en otra parte", en: "stays: it is used elsewhere by now",
                    pt: "fica: já é usada em outra parte")
            }
        }
    }

    package struct Sold: Sendable, Equatable {
        package let plan: Plan.ID
        package let planName: String
        package let price: Money
        /// Whether it differs from the plan's price.
        package let isPriceAgreed: Bool
        package let state: Service.State
        package let billingDay: Int
    }

    package struct Customer: Sendable, Equatable {
        package let id: UUID
        package let number: Int
        package let name: String
    }

    package enum Outcome: String, FieldChoice, Hashable {
        case created, merged
        /// All its data exists already.
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

    /// Why a row is taken for an existing customer.
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

    /// An error in a row's column.
    package struct Fault: Sendable, Equatable {
        /// Nil for the whole row.
        package let column: Int?
        package let reason: Reason
        /// The file's text; for likely duplicates, who they are.
        package let value: String

        package enum Reason: String, MessageCatalogue, FieldChoice {
            case missing
            case tooLong = "too_long"
            case notPhone = "not_a_phone"
            case notEmail = "not_an_email"
            case notDay = "not_a_day"
            case unknownZone = "unknown_zone"
            case unknownPlan = "unknown_plan"
            case prepaidPlan = "prepaid_plan"
            case unknownState = "unknown_status"
            case notAmount = "not_an_amount"
            case notSpeed = "not_a_speed"
            case notBillingDay = "not_a_billing_day"
            case balanceTwice = "balance_twice"
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
                case .unknownPlan:
                    Message(
                        es: "no hay ningún plan «{value}»", en: "there is no plan “{value}”",
                        pt: "não há nenhum plano «{value}»")
                case .prepaidPlan:
                    Message(
                        es: "el plan «{value}» se paga por días: venda los días en su ficha",
                        en: "the plan “{value}” is paid by days: sell them on the customer's page",
                        pt: "o plano «{value}» é pago por dias: venda os dias na ficha do cliente")
                case .unknownState:
                    Message(
                        es: "«{value}» no es un estado de servicio", en: "“{value}” is no status of a service",
                        pt: "«{value}» não é uma situação de serviço")
                case .notAmount:
                    Message(
                        es: "«{value}» no es un importe", en: "“{value}” is not an amount",
                        pt: "«{value}» não é um valor")
                case .notSpeed:
                    Message(
                        es: "«{value}» no es una velocidad", en: "“{value}” is not a speed",
                        pt: "«{value}» não é uma velocidade")
                case .notBillingDay:
                    Message(
                        es: "«{value}» no es un día del mes", en: "“{value}” is no day of the month",
                        pt: "«{value}» não é um dia do mês")
                case .balanceTwice:
                    Message(
                        es: "ya se importó un saldo de este cliente", en: "a balance of this customer is in already",
                        pt: "já se importou um saldo deste cliente")
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
