import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Tenancy
import Time

/// A customer's contracts as a tab of their pages, and creating one.
package struct CustomerContractRoutes: Sendable {
    private let acts: ContractActs

    package init(_ acts: ContractActs) { self.acts = acts }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/customers/:id/contracts", .contractsView, "Los contratos de un cliente", list)
        routes.get("/panel/customers/:id/contracts/new", .contractsManage, "Formulario para crear un contrato", ask)
        routes.post("/panel/customers/:id/contracts", .contractsManage, "Crea un contrato", create)
    }

    private func list(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let customer = try await found(id, visit)
        let page = CustomerContractsPage(
            heading: try await CustomerHeading(customer, for: visit), customer: customer,
            contracts: try await visit.database.contracts(of: id), visit: visit)
        return try await Panel.page(page, titled: customer.name, for: visit)
    }

    private func ask(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let customer = try await found(id, visit)
        return try await page(of: ContractForm(identification: customer.identification), id, .ok, visit)
    }

    private func create(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 32_768)
        var form = try ContractForm(sent)
        _ = try await found(id, visit)
        do {
            let new = form.new
            let (_, path) = try await visit.once(sent) { database in
                let contract = try await acts.make(
                    new, for: id, at: visit.tenant, reachedAt: visit.address, by: visit.principal, in: database)
                return (contract.id, contract.panelPath)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as ContractRefusal {
            form.fault = refusal
            return try await page(of: form, id, refusal.status, visit)
        }
    }

    private func page(of form: ContractForm, _ id: Customer.ID, _ status: Status, _ visit: Visit) async throws
        -> Response
    {
        let customer = try await found(id, visit)
        let page = NewContractPage(
            customer: customer, template: try await visit.database.contractTemplate(), form: form, visit: visit)
        return try await Panel.page(
            page, titled: ContractWords.new.text(for: visit.reader), status: status, for: visit)
    }

    private func found(_ id: Customer.ID, _ visit: Visit) async throws -> Customer {
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        return customer
    }
}

/// A new contract's form.
struct ContractForm: Sendable {
    private(set) var identification = ""
    private(set) var conditions = ""
    private(set) var revision: Int?
    var fault: ContractRefusal?

    init(identification: String) { self.identification = identification }

    init(_ fields: Fields) throws {
        try fields.allow(["identification", "conditions", "version", FormID.field])
        identification = FormText.line(fields["identification"], upTo: NewContract.longestIdentification)
        conditions = FormText.lines(fields["conditions"], each: ContractTemplate.longest)
        revision = try fields.value("version", as: Int.self)
    }

    var new: NewContract { NewContract(identification: identification, conditions: conditions, revision: revision) }

    /// The field to correct.
    var faults: [(name: String, message: Message)] {
        guard let fault else { return [] }
        let name: String =
            switch fault {
            case .identificationMissing: "identification"
            default: "conditions"
            }
        return [(name, fault.message)]
    }

    func fault(_ name: String, for reader: Reader) -> String? {
        faults.first { $0.name == name }?.message.text(for: reader)
    }
}

struct CustomerContractsPage: View {
    let heading: CustomerHeading
    let customer: Customer
    let contracts: [Contract]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        let path = "/panel/customers/\(customer.id)/contracts/new"
        heading
        if contracts.isEmpty {
            EmptyState(
                .contracts, ContractWords.noneOfCustomer.text(for: reader),
                act: visit.mayAct(with: .contractsManage) ? (ContractWords.new.text(for: reader), path) : nil)
        } else {
            ContractTable(contracts: contracts, list: nil, visit: visit)
            if visit.mayAct(with: .contractsManage) {
                div(.class("acts")) { NewLink(ContractWords.new.text(for: reader), path: path) }
            }
        }
    }
}

struct NewContractPage: View {
    let customer: Customer
    let template: ContractTemplate?
    let form: ContractForm
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "/panel/customers/\(customer.id)/contracts" }

    var body: Markup {
        Crumb(customer.name, path: path)
        h1 { ContractWords.new.text(for: reader) }
        if let template {
            let words = TemplateText(template.text)
            fields(of: template, words)
            h2 { ContractWords.text.text(for: reader) }
            p(.class("hint")) {
                ContractWords.textHint.text(for: reader, .text("version", "\(template.version)"))
            }
            ContractTextView(text: words.filled(shown))
        } else {
            EmptyState(
                .contracts, ContractWords.noTemplateYet.text(for: reader),
                act: visit.may(.contractsTemplates)
                    ? (ContractWords.toTemplate.text(for: reader), TemplateRoutes.path) : nil)
        }
    }

    private func fields(of template: ContractTemplate, _ words: TemplateText) -> Markup {
        HTML.form(.class("card form"), .method(.post), .action(path)) {
            FormHead(form.faults.map { FormFault(name: $0.name, message: $0.message) }, visit: visit)
            input(.type("hidden"), .name("version"), .value(template.version))
            if words.uses(.identification) { identification }
            FormField(
                ContractWords.conditions.text(for: reader), name: "conditions",
                hint: ContractWords.conditionsHint.text(for: reader), error: form.fault("conditions", for: reader)
            ) { wiring in
                textarea(
                    wiring, .required(), .rows(6), .maxlength(NewContract.longestConditions), text: form.conditions)
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(path)) { ContractWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { ContractWords.new.text(for: reader) }
            }
        }
    }

    private var identification: Markup {
        FormField(
            ContractWords.identification.text(for: reader), name: "identification",
            hint: ContractWords.identificationHint.text(for: reader), error: form.fault("identification", for: reader)
        ) { wiring in
            input(
                wiring, .required(), .maxlength(NewContract.longestIdentification), .autocomplete("off"),
                .value(form.identification))
        }.body
    }

    /// The placeholder's value as far as known; entered or assigned later, it shows its name.
    private func shown(_ blank: Placeholder) -> String {
        switch blank {
        case .identification where form.identification.isEmpty, .conditions where form.conditions.isEmpty, .number:
            return "[\(blank.words.text(for: visit.tenant.reader))]"
        default:
            let contract = Contract.preview(
                identification: form.identification, conditions: form.conditions, of: customer.name,
                version: template?.version ?? 0, at: visit.tenant, now: visit.now)
            return blank.value(in: contract, of: customer.place, at: visit.tenant)
        }
    }
}
