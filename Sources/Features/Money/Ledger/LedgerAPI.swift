import API
import Access
import Customers
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// Customers' accounts in the API. Amounts are in minor units of their currency.
package enum LedgerAPI {
    package static func add(to routes: inout API.Routes) {
        routes.get("/api/v1/customers/:id/balance", .accountsView, LedgerAPIWords.balance) {
            (visit, id: Customer.ID) -> CustomerBalanceResource? in
            guard try await visit.database.customer(id) != nil else { return nil }
            return CustomerBalanceResource(
                customer: id, balance: try await visit.database.balance(of: id, in: visit.tenant.currency))
        }
        routes.list(
            "/api/v1/customers/:id/statement", .accountsView, LedgerAPIWords.statement, by: StatementFilter.self
        ) { (visit, filter, page, id: Customer.ID) in
            guard try await visit.database.customer(id) != nil else { throw AccessRefusal.notFound }
            let period = StatementPeriod(filter.fields, for: visit)
            let statement = try await visit.database.wholeStatement(of: id, period, asOf: period.moment(for: visit))
            return Array(
                statement.lines.enumerated().map { StatementLineResource(position: $0 + 1, line: $1, customer: id) }
                    .dropFirst(page.after).prefix(page.limit))
        }
    }
}

struct CustomerBalanceResource: Resource {
    let customer: Customer.ID
    let balance: CustomerBalance

    static let schema = Schema.object(
        "CustomerBalance",
        [
            .required("customer", .id, LedgerAPIWords.customer),
            .required("currency", .text, LedgerAPIWords.currency),
            .required("owed", .integer(0...Int(Money.most)), LedgerAPIWords.owed),
            .required("in_favour", .integer(0...Int(Money.most)), LedgerAPIWords.inFavour),
        ])

    var path: String { "/api/v1/customers/\(customer)/balance" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("customer", customer.description)
            json.member("currency", balance.owed.currency.code)
            json.member("owed", Int(balance.owed.minor))
            json.member("in_favour", Int(balance.inFavour.minor))
        }
    }
}

struct StatementLineResource: ListedResource {
    let position: Int
    let line: Statement.Line
    let customer: Customer.ID

    static let schema = Schema.object(
        "StatementLine",
        [
            .required("transaction", .id, LedgerAPIWords.transaction),
            .required("kind", .words(Transaction.Kind.allCases.map(\.rawValue)), LedgerAPIWords.kind),
            .required("day", .day, LedgerAPIWords.day),
            .required("due_on", .day, LedgerAPIWords.due),
            .required("note", .text, LedgerAPIWords.note),
            .required("currency", .text, LedgerAPIWords.currency),
            .required("change", .integer(-Int(Money.most)...Int(Money.most)), LedgerAPIWords.change),
            .required("balance", .integer(-Int(Money.most)...Int(Money.most)), LedgerAPIWords.balanceAfter),
            .required("reversed", .flag, LedgerAPIWords.reversed),
        ])

    var path: String { "/api/v1/customers/\(customer)/statement" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("transaction", line.transaction.description)
            json.member("kind", line.kind.rawValue)
            json.member("day", line.day.iso)
            json.member("due_on", line.due.iso)
            json.member("note", line.note)
            json.member("currency", line.change.currency.code)
            json.member("change", Int(line.change.minor))
            json.member("balance", Int(line.balance.minor))
            json.member("reversed", line.isReversed)
        }
    }
}

struct StatementFilter: Input {
    static let schema = Schema.object(
        "StatementFilter",
        [
            .optional("from", .day, LedgerAPIWords.from), .optional("to", .day, LedgerAPIWords.to),
            .optional("as_of", .day, LedgerAPIWords.asOf),
            .optional("currency", .words(Currency.allCases.map(\.rawValue)), LedgerAPIWords.currency),
        ])

    let fields: Fields

    init(_ members: Members) {
        fields = Fields([
            "from": members.text("from"), "to": members.text("to"), "as_of": members.text("as_of"),
            "currency": members.text("currency"),
        ])
    }
}

enum LedgerAPIWords: MessageCatalogue {
    case balance, statement, customer, currency, owed, inFavour, transaction, kind, day, due, note, change, balanceAfter
    case reversed, from, to, asOf

    var message: Message {
        switch self {
        case .balance: Message(es: "El saldo de un cliente", en: "A customer's balance", pt: "O saldo de um cliente")
        case .statement:
            Message(
                es: "El estado de cuenta de un cliente, línea por línea",
                en: "A customer's account statement, line by line", pt: "O extrato de um cliente, linha por linha")
        case .customer: Message(es: "El cliente.", en: "The customer.", pt: "O cliente.")
        case .currency: Message(es: "Moneda, ISO 4217.", en: "Currency, ISO 4217.", pt: "Moeda, ISO 4217.")
        case .owed:
            Message(
                es: "Lo que debe, en unidades menores (centavos).", en: "What is owed, in minor units (cents).",
                pt: "O que deve, em unidades menores (centavos).")
        case .inFavour:
            Message(
                es: "Su saldo a favor, en unidades menores.", en: "The credit in favour, in minor units.",
                pt: "O saldo a favor, em unidades menores.")
        case .transaction: Message(es: "El movimiento.", en: "The transaction.", pt: "O lançamento.")
        case .kind: Message(es: "Qué movimiento es.", en: "Which kind it is.", pt: "Qual lançamento é.")
        case .day: Message(es: "Día contable.", en: "Business day.", pt: "Dia contábil.")
        case .due: Message(es: "Fecha límite de pago.", en: "Last day to pay.", pt: "Data limite de pagamento.")
        case .note: Message(es: "Folio o referencia.", en: "Number or reference.", pt: "Número ou referência.")
        case .change:
            Message(
                es: "Cuánto cambia el saldo: positivo es cargo, negativo es abono; unidades menores.",
                en: "The change of the balance: positive charges, negative pays; minor units.",
                pt: "Quanto muda o saldo: positivo é cobrança, negativo é pagamento; unidades menores.")
        case .balanceAfter:
            Message(
                es: "El saldo después; negativo es saldo a favor.",
                en: "The balance after it; negative is in the customer's favour.",
                pt: "O saldo depois; negativo é a favor do cliente.")
        case .reversed: Message(es: "Si se reversó.", en: "Whether it was reversed.", pt: "Se foi estornado.")
        case .from: Message(es: "Desde este día.", en: "From this day.", pt: "A partir deste dia.")
        case .to: Message(es: "Hasta este día.", en: "Up to this day.", pt: "Até este dia.")
        case .asOf:
            Message(
                es: "Según lo registrado hasta el final de este día.", en: "As it was known at the end of this day.",
                pt: "Como se conhecia no fim deste dia.")
        }
    }
}
