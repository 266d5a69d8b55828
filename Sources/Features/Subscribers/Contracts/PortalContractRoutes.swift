import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Portal
import Subscribers
import Tenancy
import Time

/// A subscriber's own contracts: read, downloaded, signed. The customer comes from the session alone.
package struct PortalContractRoutes: Sendable {
    private let acts: ContractActs

    package init(_ acts: ContractActs) { self.acts = acts }

    static let path = "/portal/contracts"

    package func add(to routes: inout Portal.Routes) {
        routes.get("/portal/contracts", .portal, "Los contratos del cliente", list)
        routes.get("/portal/contracts/:id", .portal, "Un contrato, para leerlo y firmarlo", show)
        routes.get("/portal/contracts/:id/pdf", .portal, "Un contrato en PDF", download)
        routes.post("/portal/contracts/:id/sign", .portal, "Firma un contrato", sign)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let contracts = try await visit.database.contracts(of: visit.subscriber().id)
        return try await Portal.page(PortalContractsPage(contracts: contracts, visit: visit), on: .details, for: visit)
    }

    private func show(_ visit: Visit, id: Contract.ID) async throws -> Response {
        try await page(of: SigningForm(), id, .ok, visit)
    }

    private func download(_ visit: Visit, id: Contract.ID) async throws -> Response {
        let contract = try await own(id, visit)
        return .contract(
            try await acts.paper(of: contract, for: visit.tenant, in: visit.database), named: contract.fileName)
    }

    private func sign(_ visit: Visit, id: Contract.ID) async throws -> Response {
        _ = try await own(id, visit)
        let form = try SigningForm(try await visit.request.body.form(upTo: SigningForm.mostBytes))
        guard form.faults.isEmpty else { return try await page(of: form, id, .unprocessableContent, visit) }
        try await acts.sign(
            id, with: form.signature(in: visit.request, isAssisted: false), at: visit.tenant,
            reachedAt: visit.address, by: visit.principal, in: visit.database)
        return Portal.done(.ownContractSigned, at: "\(Self.path)/\(id)")
    }

    private func page(of form: SigningForm, _ id: Contract.ID, _ status: Status, _ visit: Visit) async throws
        -> Response
    {
        let contract = try await own(id, visit)
        guard let text = try await visit.database.contractText(id) else { throw AccessRefusal.notFound }
        return try await Portal.page(
            PortalContractPage(contract: contract, text: text, form: form, visit: visit), on: .details,
            status: status, hasScripts: contract.state == .pending, for: visit)
    }

    /// Another customer's contract is not found.
    private func own(_ id: Contract.ID, _ visit: Visit) async throws -> Contract {
        let subscriber = try await visit.subscriber()
        guard let contract = try await visit.database.contract(id), contract.customer == subscriber.id else {
            throw AccessRefusal.notFound
        }
        return contract
    }
}

struct PortalContractsPage: View {
    let contracts: [Contract]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        h1 { PortalContractWords.mine.text(for: reader) }
        if contracts.isEmpty {
            p(.class("card")) {
                PortalContractWords.none.text(for: reader, .text("company", visit.tenant.name))
            }
        }
        ul(.class("cards")) { for contract in contracts { item(contract) } }
    }

    private func item(_ contract: Contract) -> Markup {
        let path = "\(PortalContractRoutes.path)/\(contract.id)"
        let moment = contract.signature?.at ?? contract.madeAt
        return li(.class("card")) {
            p {
                a(.href(path)) { strong { contract.title(for: reader) } }
                " "
                span(.class("state"), .data("state", contract.state.rawValue)) {
                    contract.state.words.text(for: reader)
                }
            }
            p(.class("hint")) { visit.tenant.timeZone.day(at: moment).text(.long, for: reader) }
            if contract.state == .pending {
                p { a(.class("button primary"), .href(path)) { PortalContractWords.readAndSign.text(for: reader) } }
            }
        }
    }
}

struct PortalContractPage: View {
    let contract: Contract
    let text: String
    let form: SigningForm
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "\(PortalContractRoutes.path)/\(contract.id)" }

    var body: Markup {
        Crumb(PortalContractWords.mine.text(for: reader), path: PortalContractRoutes.path)
        h1 { contract.title(for: reader) }
        p(.class("subject")) {
            span(.class("state"), .data("state", contract.state.rawValue)) { contract.state.words.text(for: reader) }
            a(.class("button"), .href("\(path)/pdf")) { ContractWords.download.text(for: reader) }
        }
        ContractTextView(text: text)
        if let signature = contract.signature { signed(signature) }
        switch contract.state {
        case .pending: SigningFields(form: form, action: "\(path)/sign", reader: reader)
        case .signed: Markup.nothing
        case .annulled:
            p(.class("notice")) {
                PortalContractWords.annulled.text(for: reader, .text("company", visit.tenant.name))
            }
        }
    }

    private func signed(_ signature: Signature) -> Markup {
        section(.class("card")) {
            h2 { ContractWords.signature.text(for: reader) }
            SignatureView(signature: signature, reader: reader)
            p {
                PortalContractWords.signedBy.text(
                    for: reader, .name(signature.name),
                    .text("moment", signature.at.text(.long, in: visit.tenant.timeZone, for: reader)))
            }
        }
    }
}

enum PortalContractWords: MessageCatalogue {
    case toSign, mine, none, readAndSign, signedBy, annulled

    var message: Message {
        switch self {
        case .toSign:
            Message(
                es: "Tiene un contrato por firmar", en: "You have a contract to sign",
                pt: "Você tem um contrato para assinar")
        case .mine: Message(es: "Mis contratos", en: "My contracts", pt: "Meus contratos")
        case .none:
            Message(
                es: "No hay contratos suyos con {company}.", en: "There are no contracts of yours with {company}.",
                pt: "Não há contratos seus com {company}.")
        case .readAndSign: Message(es: "Leer y firmar", en: "Read and sign", pt: "Ler e assinar")
        case .signedBy:
            Message(
                es: "Firmado por {name} el {moment}.", en: "Signed by {name} on {moment}.",
                pt: "Assinado por {name} em {moment}.")
        case .annulled:
            Message(
                es: "{company} anuló este contrato. Si tiene dudas, comuníquese con nosotros.",
                en: "{company} annulled this contract. If you have questions, get in touch with us.",
                pt: "{company} anulou este contrato. Se tiver dúvidas, fale conosco.")
        }
    }
}
