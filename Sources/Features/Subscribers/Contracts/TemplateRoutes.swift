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

/// The versions of the contract template.
package struct TemplateRoutes: Sendable {
    private let printer: ContractPrinter

    package init(_ printer: ContractPrinter) { self.printer = printer }

    static let path = "/panel/contract-template"

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/contract-template", .contractsTemplates, "El modelo de contrato", show)
        routes.post("/panel/contract-template", .contractsTemplates, "Publica una versión del modelo", publish)
        routes.post(
            "/panel/contract-template/preview", .contractsTemplates, "El modelo en PDF, con datos inventados", preview)
        routes.get(
            "/panel/contract-template/versions/:version", .contractsTemplates, "Una versión del modelo", showVersion)
    }

    private func show(_ visit: Visit) async throws -> Response {
        let current = try await visit.database.contractTemplate()
        let text = current?.text ?? StandardContract.text(in: visit.tenant.language)
        return try await page(TemplateForm(text: text, revision: current?.version ?? 0), .ok, visit)
    }

    private func publish(_ visit: Visit) async throws -> Response {
        var form = try await read(visit)
        guard form.fault == nil else { return try await page(form, .unprocessableContent, visit) }
        do {
            try await ContractTemplate.publish(form.text, after: form.revision, by: visit.principal, in: visit.database)
        } catch let refusal as ContractRefusal {
            form.fault = refusal.message.text(for: visit.reader)
            form.revision = try await visit.database.contractTemplate()?.version ?? 0
            return try await page(form, refusal.status, visit)
        }
        return Panel.done(.published, at: Self.path)
    }

    private func preview(_ visit: Visit) async throws -> Response {
        var form = try await read(visit)
        guard form.fault == nil else { return try await page(form, .unprocessableContent, visit) }
        let (tenant, reader) = (visit.tenant, visit.tenant.reader)
        let contract = Contract.preview(
            identification: PlaceholderWords.sampleIdentification.text(for: reader),
            conditions: PlaceholderWords.sampleConditions.text(for: reader),
            of: PlaceholderWords.sampleCustomer.text(for: reader), version: form.revision + 1, at: tenant,
            now: visit.now)
        let address = PlaceholderWords.sampleAddress.text(for: reader)
        let text = TemplateText(form.text).filled { $0.value(in: contract, of: address, at: tenant) }
        guard ContractText.fits(text) else {
            form.fault = TemplateFault.tooLong.text(for: visit.reader)
            return try await page(form, .unprocessableContent, visit)
        }
        let pdf = try await printer.paper(of: contract, text, for: tenant, in: visit.database)
        return .contract(pdf, named: contract.fileName)
    }

    private func read(_ visit: Visit) async throws -> TemplateForm {
        try TemplateForm(try await visit.request.body.form(upTo: 3 * ContractTemplate.longest * 4), for: visit.reader)
    }

    private func showVersion(_ visit: Visit, version: Int) async throws -> Response {
        guard version > 0, let template = try await visit.database.contractTemplate(version) else {
            throw AccessRefusal.notFound
        }
        let page = TemplateVersionPage(template: template, visit: visit)
        return try await Panel.page(page, titled: page.title, for: visit)
    }

    private func page(_ form: TemplateForm, _ status: Status, _ visit: Visit) async throws -> Response {
        let page = TemplatePage(form: form, versions: try await visit.database.contractTemplates(), visit: visit)
        return try await Panel.page(
            page, titled: ContractWords.template.text(for: visit.reader), status: status, for: visit)
    }
}

/// A template's form, kept even when it cannot be published.
struct TemplateForm: Sendable {
    let text: String
    /// The version that the author started from; 0 for the first.
    var revision: Int
    var fault: String?

    init(text: String, revision: Int) {
        self.text = text
        self.revision = revision
    }

    init(_ fields: Fields, for reader: Reader) throws {
        try fields.allow(["text", "revision"])
        text = FormText.lines(fields["text"], each: ContractTemplate.longest)
        revision = try fields.value("revision", as: Int.self) ?? 0
        fault = ContractTemplate.fault(in: text)?.text(for: reader)
    }
}

struct TemplatePage: View {
    let form: TemplateForm
    let versions: [ContractTemplate]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        h1 { ContractWords.template.text(for: reader) }
        p(.class("hint lead")) { ContractWords.templateIntro.text(for: reader) }
        if versions.isEmpty { p(.class("notice")) { ContractWords.lawyer.text(for: reader) } }
        HTML.form(.class("card form template"), .method(.post), .action(TemplateRoutes.path)) {
            ErrorSummary(
                ContractWords.problems.text(for: reader), errors: form.fault.map { [("text", $0)] } ?? [])
            input(.type("hidden"), .name("revision"), .value(form.revision))
            FormField(
                ContractWords.templateText.text(for: reader), name: "text",
                hint: ContractWords.structure.text(for: reader), error: form.fault
            ) { wiring in
                textarea(wiring, .required(), .rows(24), text: form.text)
            }
            blanks
            if visit.mayAct(with: .contractsTemplates) { acts }
        }
        if !versions.isEmpty { history }
    }

    private var acts: Markup {
        div(.class("form-acts")) {
            button(.type("submit"), .formaction("\(TemplateRoutes.path)/preview"), .data("file", "")) {
                ContractWords.preview.text(for: reader)
            }
            button(.type("submit"), .class("primary")) { ContractWords.publish.text(for: reader) }
        }
    }

    private var blanks: Markup {
        section(.class("blanks")) {
            h2 { ContractWords.blanks.text(for: reader) }
            dl {
                for blank in Placeholder.allCases {
                    div {
                        dt { code { blank.text } }
                        dd { blank.words.text(for: reader) }
                    }
                }
            }
        }
    }

    private var history: Markup {
        section {
            h2 { ContractWords.versions.text(for: reader) }
            ul(.class("cards")) {
                for version in versions {
                    li(.class("card")) {
                        p {
                            a(.href("\(TemplateRoutes.path)/versions/\(version.version)")) {
                                "\(ContractWords.version.text(for: reader)) \(version.version)"
                            }
                            if version.version == versions[0].version {
                                span(.class("mark")) { ContractWords.current.text(for: reader) }
                            }
                        }
                        p(.class("hint")) { version.origin(for: visit) }
                    }
                }
            }
        }
    }
}

struct TemplateVersionPage: View {
    let template: ContractTemplate
    let visit: Visit

    var title: String {
        ContractWords.versionTitle.text(for: visit.reader, .text("version", "\(template.version)"))
    }

    var body: Markup {
        Crumb(ContractWords.template.text(for: visit.reader), path: TemplateRoutes.path)
        h1 { title }
        p(.class("hint lead")) { template.origin(for: visit) }
        ContractTextView(text: template.text)
    }
}

extension ContractTemplate {
    fileprivate func origin(for visit: Visit) -> String {
        ContractWords.versionBy.text(
            for: visit.reader, .name(madeBy),
            .text("moment", madeAt.text(.short, in: visit.tenant.timeZone, for: visit.reader)))
    }
}
