import API
import Access
import Declarations
import HTML
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Panel
import Postgres
import Tenancy

/// Quién paga: a one-field form in the panel, and a sub-resource of the customer in the API.
enum PayerRoutes {
    static func add(to routes: inout Panel.Routes) {
        routes.get("/panel/customers/:id/payer", .customersWrite, "Formulario de quién paga por un cliente", ask)
        routes.post("/panel/customers/:id/payer", .customersWrite, "Dice quién paga por un cliente", put)
    }

    static func add(to routes: inout API.Routes) {
        routes.get("/api/v1/customers/:id/payer", .customersRead, PayerWords.readPayer) { (visit, id: Customer.ID) in
            try await visit.database.customer(id).flatMap { PayerResource($0) }
        }
        routes.post("/api/v1/customers/:id/payer", .customersWrite, PayerWords.putPayer) {
            (visit, input: PayerInput, id: Customer.ID) in
            let changed = try await Payer.put(
                Payer(input.payer, billedApart: input.isBilledApart), for: id, by: visit.principal, in: visit.database)
            guard let resource = PayerResource(changed) else { throw AccessRefusal.notFound }
            return resource
        }
        routes.delete("/api/v1/customers/:id/payer", .customersWrite, PayerWords.removePayer) {
            (visit, id: Customer.ID) in
            _ = try await Payer.put(nil, for: id, by: visit.principal, in: visit.database)
        }
    }

    private static func ask(_ visit: Visit, id: Customer.ID) async throws -> Response {
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        let payer: Customer? =
            if let known = customer.payer { try await visit.database.customer(known.customer) } else { nil }
        return try await page(
            customer, number: payer.map { "\($0.number)" } ?? "", apart: customer.payer?.isBilledApart ?? false, nil,
            .ok, visit)
    }

    private static func put(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 1024)
        try sent.allow(["number", "apart"])
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        let (typed, isApart) = (FormText.line(sent["number"], upTo: 20), sent["apart"] != nil)
        do {
            var payer: Payer?
            if !typed.isEmpty {
                guard let number = Int(typed), number > 0,
                    let found = try await visit.database.customers(after: number - 1, limit: 1).first,
                    found.number == number
                else { throw PayerRefusal.unknown }
                payer = Payer(found.id, billedApart: isApart)
            }
            _ = try await Payer.put(payer, for: id, by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: customer.panelPath)
        } catch let refusal as PayerRefusal {
            return try await page(customer, number: typed, apart: isApart, refusal, refusal.status, visit)
        }
    }

    private static func page(
        _ customer: Customer, number: String, apart isApart: Bool, _ fault: PayerRefusal?, _ status: Status,
        _ visit: Visit
    ) async throws -> Response {
        let page = PayerPage(customer: customer, number: number, isApart: isApart, fault: fault, reader: visit.reader)
        return try await Panel.page(page, titled: page.title, status: status, for: visit)
    }
}

struct PayerPage: View {
    let customer: Customer
    let number: String
    let isApart: Bool
    let fault: PayerRefusal?
    let reader: Reader

    var title: String { PayerWords.whoPays.text(for: reader, .name(customer.name)) }

    var body: Markup {
        Crumb(customer.name, path: customer.panelPath)
        h1 { title }
        form(.class("card form"), .method(.post), .action("\(customer.panelPath)/payer")) {
            p(.class("hint")) { PayerWords.hint.text(for: reader) }
            FormField(PayerWords.number.text(for: reader), name: "number", error: fault?.text(for: reader)) { wiring in
                input(wiring, .inputmode("numeric"), .maxlength(20), .autocomplete("off"), .value(number))
            }
            label(.class("choice")) {
                input(.type("checkbox"), .name("apart"), .value("yes"), .checked(isApart))
                span { PayerWords.apart.text(for: reader) }
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(customer.panelPath)) { PayerWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { NounWords.save.text(for: reader) }
            }
        }
    }
}

/// A customer's payer, or the customers they pay for.
enum PayerCard {
    static let part = CustomerCards(
        60, for: .customersRead,
        reading: { visit, customer in
            [
                visit.database.customerStatement(customer.payer?.customer),
                visit.database.paidForStatement(by: customer.id),
            ]
        },
        { rows, visit, customer in
            let payers: [Customer] = try rows[0].read()
            let others: [Customer] = try rows[1].read()
            let reader = visit.reader
            let mayWrite = visit.mayAct(with: .customersWrite)
            guard mayWrite || !payers.isEmpty || !others.isEmpty else { return nil }
            return CustomerCard(PayerWords.payer.text(for: reader), in: .side) {
                if let payer = payers.first {
                    p {
                        "\(PayerWords.paidBy.text(for: reader)) "
                        a(.href(payer.panelPath)) { "\(payer.name) (\(payer.number))" }
                    }
                }
                if !others.isEmpty {
                    p { PayerWords.paysFor.text(for: reader) }
                    ul(.class("plain lines")) {
                        for other in others {
                            li { a(.href(other.panelPath)) { "\(other.name) (\(other.number))" } }
                        }
                    }
                }
                if mayWrite, others.isEmpty {
                    p { a(.href("\(customer.panelPath)/payer")) { PayerWords.change.text(for: reader) } }
                }
            }
        })
}

struct PayerInput: Input {
    static let schema = Schema.object(
        "NewPayer",
        [
            .required("payer", .id, PayerWords.payerID),
            .optional("is_billed_apart", .flag, PayerWords.apart),
        ])

    let payer: Customer.ID
    let isBilledApart: Bool

    init(_ members: Members) {
        payer = members.id("payer") ?? Customer.ID(UUID(high: 0, low: 0))
        isBilledApart = members["is_billed_apart"] == .bool(true)
    }
}

struct PayerResource: Resource {
    let customer: Customer.ID
    let payer: Payer

    init?(_ customer: Customer) {
        guard let payer = customer.payer else { return nil }
        (self.customer, self.payer) = (customer.id, payer)
    }

    static let schema = Schema.object(
        "Payer",
        [
            .required("customer", .id, PayerWords.customerID), .required("payer", .id, PayerWords.payerID),
            .required("is_billed_apart", .flag, PayerWords.apart),
        ])

    var path: String { "/api/v1/customers/\(customer)/payer" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("customer", customer.description)
            json.member("payer", payer.customer.description)
            json.member("is_billed_apart", payer.isBilledApart)
        }
    }
}

enum PayerWords: MessageCatalogue {
    case payer, whoPays, paidBy, paysFor, change, hint, number, apart, cancel
    case readPayer, putPayer, removePayer, payerID, customerID

    var message: Message {
        switch self {
        case .payer: Message(es: "Quién paga", en: "Who pays", pt: "Quem paga")
        case .whoPays: Message(es: "Quién paga por {name}", en: "Who pays for {name}", pt: "Quem paga por {name}")
        case .paidBy: Message(es: "Paga", en: "Paid for by", pt: "Paga")
        case .paysFor: Message(es: "Paga también por:", en: "Also pays for:", pt: "Paga também por:")
        case .change:
            Message(es: "Que pague otro cliente", en: "Let another customer pay", pt: "Que pague outro cliente")
        case .hint:
            Message(
                es:
                    "Lo que cuesten sus servicios se cobra a la cuenta de ese cliente. Lo ya cobrado se queda donde está. Vacío: paga lo suyo.",
                en:
                    "What the services cost is charged to that customer's account. What is charged already stays where it is. Empty: pays their own.",
                pt:
                    "O que custarem os serviços é cobrado na conta desse cliente. O já cobrado fica onde está. Vazio: paga o seu."
            )
        case .number:
            Message(
                es: "N.º del cliente que paga", en: "Number of the customer who pays", pt: "N.º do cliente que paga")
        case .apart:
            Message(
                es: "En una factura aparte de la de quien paga", en: "In an invoice apart from the payer's",
                pt: "Em uma fatura à parte da de quem paga")
        case .cancel: Message(es: "Cancelar", en: "Cancel", pt: "Cancelar")
        case .readPayer:
            Message(es: "Quién paga por un cliente", en: "Who pays for a customer", pt: "Quem paga por um cliente")
        case .putPayer:
            Message(
                es: "Dice quién paga por un cliente", en: "Says who pays for a customer",
                pt: "Diz quem paga por um cliente")
        case .removePayer:
            Message(
                es: "El cliente vuelve a pagar lo suyo", en: "The customer pays their own again",
                pt: "O cliente volta a pagar o seu")
        case .payerID: Message(es: "El cliente que paga.", en: "The customer who pays.", pt: "O cliente que paga.")
        case .customerID:
            Message(
                es: "El cliente por quien se paga.", en: "The customer who is paid for.",
                pt: "O cliente por quem se paga.")
        }
    }
}
