import Access
import Audit
import Declarations
import Events
import HTTP
import Identifiers
import Locale
import Nouns
import Panel

/// The staff's view of all contracts.
package struct ContractRoutes: Sendable {
    private let acts: ContractActs

    package init(_ acts: ContractActs) { self.acts = acts }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/contracts", .contractsView, "Contratos", list)
        routes.get("/panel/contracts/:id", .contractsView, "Un contrato", show)
        routes.get("/panel/contracts/:id/pdf", .contractsView, "Un contrato en PDF", download)
        routes.get("/panel/contracts/:id/sign", .contractsManage, "Formulario para firmar en persona", ask)
        routes.post("/panel/contracts/:id/sign", .contractsManage, "Firma un contrato en persona", sign)
        routes.get("/panel/contracts/:id/signed", .contractsManage, "Dice a quien firmó que devuelva el equipo", thank)
        routes.post("/panel/contracts/:id/send", .contractsManage, "Envía un contrato para firmar", send)
        routes.get("/panel/contracts/:id/annul", .contractsManage, "Pregunta antes de anular un contrato", askToAnnul)
        routes.post("/panel/contracts/:id/annul", .contractsManage, "Anula un contrato", annul)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let list = try ContractList(visit.request.query)
        let contracts = try await visit.database.contracts(list, for: visit.reader)
        return try await Panel.page(
            ContractListPage(contracts: contracts, list: list, visit: visit),
            titled: ContractWords.contracts.text(for: visit.reader), for: visit)
    }

    private func show(_ visit: Visit, id: Contract.ID) async throws -> Response {
        let (contract, text) = try await found(id, visit)
        let events =
            visit.may(.auditRead)
            ? try await visit.database.events(EventSelection(subject: id.uuid), limit: 10) : nil
        return try await Panel.page(
            ContractPage(contract: contract, text: text, events: events, visit: visit),
            titled: contract.title(for: visit.reader), for: visit)
    }

    private func download(_ visit: Visit, id: Contract.ID) async throws -> Response {
        guard let contract = try await visit.database.contract(id) else { throw AccessRefusal.notFound }
        return .contract(
            try await acts.paper(of: contract, for: visit.tenant, in: visit.database), named: contract.fileName)
    }

    private func ask(_ visit: Visit, id: Contract.ID) async throws -> Response {
        try await page(of: SigningForm(), id, .ok, visit)
    }

    private func sign(_ visit: Visit, id: Contract.ID) async throws -> Response {
        let form = try SigningForm(try await visit.request.body.form(upTo: SigningForm.mostBytes))
        guard form.faults.isEmpty else { return try await page(of: form, id, .unprocessableContent, visit) }
        try await acts.sign(
            id, with: form.signature(in: visit.request, isAssisted: true), at: visit.tenant,
            reachedAt: visit.address, by: visit.principal, in: visit.database)
        return .redirect(to: "\(ContractList.path)/\(id)/signed")
    }

    private func page(of form: SigningForm, _ id: Contract.ID, _ status: Status, _ visit: Visit) async throws
        -> Response
    {
        let (contract, text) = try await found(id, visit)
        try contract.refuseUnlessPending()
        return try await Panel.handedOver(
            SignHerePage(contract: contract, text: text, form: form, visit: visit),
            titled: ContractWords.sign.text(for: visit.reader), status: status, for: visit)
    }

    private func thank(_ visit: Visit, id: Contract.ID) async throws -> Response {
        let (contract, _) = try await found(id, visit)
        return try await Panel.handedOver(
            SignedHerePage(contract: contract, reader: visit.reader),
            titled: contract.title(for: visit.reader), for: visit)
    }

    private func send(_ visit: Visit, id: Contract.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow([FormID.field])
        let (contract, _) = try await found(id, visit)
        // Without mail, a portal link can be handed over another way.
        let portal = "/panel/customers/\(contract.customer)/portal"
        let (_, path) = try await visit.once(sent) { database in
            let isTold = try await acts.send(contract, reachedAt: visit.address, by: visit.principal, in: database)
            return (contract.id, isTold ? Panel.address(.mailed, at: contract.panelPath) : portal)
        }
        return .redirect(to: path)
    }

    private func askToAnnul(_ visit: Visit, id: Contract.ID) async throws -> Response {
        try await annulPage(id, "", nil, .ok, visit)
    }

    private func annul(_ visit: Visit, id: Contract.ID) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 8192)
        try form.allow(["reason"])
        do {
            _ = try await acts.annul(id, for: form["reason"] ?? "", by: visit.principal, in: visit.database)
        } catch ContractRefusal.reasonMissing {
            return try await annulPage(
                id, form["reason"] ?? "", ContractRefusal.reasonMissing.message, .unprocessableContent, visit)
        }
        return Panel.done(.contractAnnulled, at: "\(ContractList.path)/\(id)")
    }

    private func annulPage(
        _ id: Contract.ID, _ typed: String, _ fault: Message?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        guard let contract = try await visit.database.contract(id) else { throw AccessRefusal.notFound }
        guard contract.state != .annulled else { throw ContractRefusal.annulled }
        return try await Panel.page(
            AnnulPage(contract: contract, typed: typed, fault: fault, reader: visit.reader),
            titled: contract.annulTitle(for: visit.reader), status: status, for: visit)
    }

    private func found(_ id: Contract.ID, _ visit: Visit) async throws -> (Contract, text: String) {
        guard let contract = try await visit.database.contract(id),
            let text = try await visit.database.contractText(id)
        else { throw AccessRefusal.notFound }
        return (contract, text)
    }
}

extension Contract {
    var fileName: String {
        switch language {
        case .es, .pt: "contrato-\(number).pdf"
        case .en: "contract-\(number).pdf"
        }
    }
}

extension Response {
    /// As a download: our Content-Security-Policy does not govern a browser's PDF viewer.
    static func contract(_ pdf: [UInt8], named name: String) -> Response {
        Response(
            .ok, contentType: .pdf,
            headers: ["Content-Disposition": "attachment; filename=\"\(name)\""], body: .bytes(pdf))
    }
}
