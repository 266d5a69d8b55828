import API
import Access
import Customers
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// Contracts in the API.
package struct ContractAPI: Sendable {
    private let acts: ContractActs

    package init(_ acts: ContractActs) { self.acts = acts }

    package func add(to routes: inout API.Routes) {
        routes.list("/api/v1/contracts", .contractsView, ContractAPIWords.list, by: ContractFilter.self) {
            visit, filter, page in
            try await visit.database.contracts(
                after: page.after, in: filter.state, of: filter.customer, limit: page.limit)
        }
        routes.post("/api/v1/contracts", .contractsManage, ContractAPIWords.create) { (visit, input: ContractInput) in
            try await acts.make(
                input.new, for: input.customer, at: visit.tenant, reachedAt: visit.address, by: visit.principal,
                in: visit.database)
        }
        routes.get("/api/v1/contracts/:id", .contractsView, ContractAPIWords.read) { (visit, id: Contract.ID) in
            try await visit.database.contract(id)
        }
        routes.post("/api/v1/contracts/:id/annulments", .contractsManage, ContractAPIWords.annul) {
            (visit, input: AnnulmentInput, id: Contract.ID) in
            try await acts.annul(id, for: input.reason, by: visit.principal, in: visit.database)
        }
        routes.file("/api/v1/contracts/:id/pdf", .contractsView, ContractAPIWords.pdf, as: .pdf) {
            (visit, id: Contract.ID) in
            guard let contract = try await visit.database.contract(id) else { return nil }
            return .contract(
                try await acts.paper(of: contract, for: visit.tenant, in: visit.database), named: contract.fileName)
        }
    }
}

extension Contract: ListedResource {
    package static let schema = Schema.object(
        "Contract",
        [
            .required("id", .id, ContractAPIWords.id),
            .required("number", .integer(1...Int.max), ContractAPIWords.number),
            .required("customer", .id, ContractAPIWords.customer),
            .required("state", State.schema, ContractAPIWords.state),
            .required("version", .integer(1...Int.max), ContractAPIWords.version),
            .required("identification", .text, ContractAPIWords.identification),
            .required("conditions", .text, ContractAPIWords.conditions),
            .required("made_at", .text, ContractAPIWords.madeAt),
            .required("signed_at", Schema.text.orNull, ContractAPIWords.signedAt),
            .required("signer", Schema.text.orNull, ContractAPIWords.signer),
            .required("text_sha256", Schema.text.orNull, ContractAPIWords.textHash),
            .required("annulled_at", Schema.text.orNull, ContractAPIWords.annulledAt),
            .required("annulment_reason", Schema.text.orNull, ContractAPIWords.reason),
        ])

    package var path: String { "/api/v1/contracts/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("customer", customer.description)
            json.member("state", state.rawValue)
            json.member("version", version)
            json.member("identification", identification)
            json.member("conditions", conditions)
            json.member("made_at", madeAt.rfc3339)
            json.member("signed_at", signature?.at.rfc3339)
            json.member("signer", signature?.name)
            json.member("text_sha256", signature?.textHash)
            json.member("annulled_at", annulment?.at.rfc3339)
            json.member("annulment_reason", annulment?.reason)
        }
    }
}

extension Contract.State {
    static let schema = Schema.words(allCases.map(\.rawValue))
}

struct ContractFilter: Input {
    static let schema = Schema.object(
        "ContractFilter",
        [
            .optional("customer", .id, ContractAPIWords.ofCustomer),
            .optional("state", Contract.State.schema, ContractAPIWords.ofState),
        ])

    let customer: Customer.ID?
    let state: Contract.State?

    init(_ members: Members) {
        customer = members.id("customer")
        state = members.word("state")
    }
}

struct ContractInput: Input {
    static let schema = Schema.object(
        "NewContract",
        [
            .required("customer", .id, ContractAPIWords.customer),
            .required("conditions", .lines(1...NewContract.longestConditions), ContractAPIWords.conditions),
            .optional("identification", .line(0...NewContract.longestIdentification), ContractAPIWords.identification),
        ])

    let customer: Customer.ID
    let new: NewContract

    init(_ members: Members) {
        customer = members.id("customer") ?? ID(UUID(high: 0, low: 0))
        new = NewContract(
            identification: FormText.line(members.text("identification"), upTo: NewContract.longestIdentification),
            conditions: FormText.lines(members.text("conditions"), each: NewContract.longestConditions))
    }
}

struct AnnulmentInput: Input {
    static let schema = Schema.object("NewAnnulment", [.required("reason", .line(1...500), ContractAPIWords.reason)])

    let reason: String

    init(_ members: Members) { reason = members.text("reason") ?? "" }
}

enum ContractAPIWords: MessageCatalogue {
    case list, create, read, annul, pdf
    case id, number, customer, state, version, identification, conditions, madeAt, signedAt, signer, textHash
    case annulledAt, reason, ofCustomer, ofState

    var message: Message {
        switch self {
        case .list: Message(es: "Lista de contratos", en: "The contracts", pt: "Lista de contratos")
        case .create:
            Message(
                es: "Crea un contrato con la versión vigente del modelo",
                en: "Makes a contract of the template's current version",
                pt: "Cria um contrato com a versão vigente do modelo")
        case .read: Message(es: "Un contrato", en: "One contract", pt: "Um contrato")
        case .annul: Message(es: "Anula un contrato", en: "Annuls a contract", pt: "Anula um contrato")
        case .pdf:
            Message(
                es: "El contrato en PDF: firmado, siempre los mismos bytes",
                en: "The contract as PDF: once signed, always the same bytes",
                pt: "O contrato em PDF: assinado, sempre os mesmos bytes")
        case .id: Message(es: "Identifica al contrato.", en: "Stands for the contract.", pt: "Identifica o contrato.")
        case .number:
            Message(es: "Su número en la empresa.", en: "Its number in the company.", pt: "Seu número na empresa.")
        case .customer:
            Message(es: "Con qué cliente es.", en: "Which customer it is with.", pt: "Com qual cliente é.")
        case .state:
            Message(
                es: "pending: por firmar; signed: firmado; annulled: anulado.",
                en: "pending: to sign; signed; annulled.",
                pt: "pending: por assinar; signed: assinado; annulled: anulado.")
        case .version:
            Message(
                es: "De qué versión del modelo se creó.", en: "Which version of the template it was made of.",
                pt: "De qual versão do modelo foi criado.")
        case .identification:
            Message(
                es: "Identificación del cliente; hace falta si el modelo la menciona.",
                en: "The customer's identification; needed where the template names it.",
                pt: "Identificação do cliente; necessária se o modelo a menciona.")
        case .conditions:
            Message(
                es: "Lo acordado con este cliente: plan, precio, domicilio.",
                en: "What was agreed with this customer: plan, price, address.",
                pt: "O que foi combinado com este cliente: plano, preço, endereço.")
        case .madeAt: Message(es: "Cuándo se creó.", en: "When it was made.", pt: "Quando foi criado.")
        case .signedAt:
            Message(
                es: "Cuándo se firmó; null si no.", en: "When it was signed; null if it was not.",
                pt: "Quando foi assinado; null se não foi.")
        case .signer: Message(es: "Quién firmó.", en: "Who signed.", pt: "Quem assinou.")
        case .textHash:
            Message(
                es: "SHA-256 del texto que se firmó.", en: "SHA-256 of the text that was signed.",
                pt: "SHA-256 do texto que foi assinado.")
        case .annulledAt:
            Message(
                es: "Cuándo se anuló; null si no.", en: "When it was annulled; null if it was not.",
                pt: "Quando foi anulado; null se não foi.")
        case .reason: Message(es: "Por qué se anuló.", en: "Why it was annulled.", pt: "Por que foi anulado.")
        case .ofCustomer:
            Message(es: "Solo los de este cliente.", en: "Only this customer's.", pt: "Só os deste cliente.")
        case .ofState:
            Message(es: "Solo los de este estado.", en: "Only those of this status.", pt: "Só os desta situação.")
        }
    }
}
