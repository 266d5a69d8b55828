import HTML
import Locale
import Nouns
import Panel
import Tenancy
import Time

struct ClosingPage: View {
    let tenant: Tenant
    let form: ClosingForm
    let visit: ConsoleVisit

    private var path: String { "/platform/tenants/\(tenant.id)" }

    var body: Markup {
        let reader = visit.reader
        Crumb(tenant.name, path: path)
        h1 { ClosingWords.closeName.text(for: reader, .name(tenant.name)) }
        p(.class("notice notice-warn")) { ClosingWords.whatHappens.text(for: reader) }
        ErrorSummary(
            PlatformWords.problems.text(for: reader),
            errors: form.faults.map { ($0.name, $0.message.text(for: reader)) })
        export(reader)
        close(reader)
    }

    private func export(_ reader: Reader) -> Markup {
        HTML.form(.class("card form"), .method(.post), .action("\(path)/export")) {
            h2 { ClosingWords.exportFirst.text(for: reader) }
            p(.class("hint")) { ClosingWords.exportHint.text(for: reader) }
            p {
                if let moment = tenant.exportedAt {
                    ClosingWords.exportedAt.text(for: reader, .text("time", visit.text(moment)))
                } else {
                    ClosingWords.neverExported.text(for: reader)
                }
            }
            if let fault = form.fault("export", for: reader) { p(.class("error")) { fault } }
            button(.type("submit"), .id("field-export")) { ClosingWords.download.text(for: reader) }
        }
    }

    private func close(_ reader: Reader) -> Markup {
        HTML.form(.class("card form"), .method(.post), .action("\(path)/close")) {
            h2 { ClosingWords.thenClose.text(for: reader) }
            FormField(
                PlatformWords.reason.text(for: reader), name: "why", hint: TenantWords.reasonHint.text(for: reader),
                error: form.fault("why", for: reader)
            ) { wiring in
                input(wiring, .required(), .maxlength(300), .autocomplete("off"), .value(form.reason))
            }
            FormField(
                ClosingWords.typeSlug.text(for: reader, .text("slug", tenant.slug)), name: "slug",
                error: form.fault("slug", for: reader)
            ) { wiring in
                input(wiring, .required(), .maxlength(Slug.length.upperBound), .autocomplete("off"), .value(form.slug))
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(path)) { TenantWords.cancel.text(for: reader) }
                button(.type("submit"), .class("danger")) { ClosingWords.close.text(for: reader) }
            }
        }
    }
}
