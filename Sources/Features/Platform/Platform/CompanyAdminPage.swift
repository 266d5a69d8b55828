import HTML
import Identity
import Locale
import Nouns
import Panel
import Tenancy

struct CompanyAdminPage: View {
    let tenant: Tenant
    let form: CompanyAdminForm
    let reader: Reader

    private var path: String { "/platform/tenants/\(tenant.id)" }

    var body: Markup {
        Crumb(tenant.name, path: path)
        h1 { NewTenantWords.inviteAdmin.text(for: reader) }
        HTML.form(.class("card form"), .method(.post), .action("\(path)/admins")) {
            ErrorSummary(
                PlatformWords.problems.text(for: reader),
                errors: form.faults.map { ($0.name, $0.message.text(for: reader)) })
            p(.class("hint")) { NewTenantWords.inviteAdminHint.text(for: reader) }
            CompanyAdminFields(
                admin: form.admin, nameFault: form.fault("admin_name", for: reader),
                emailFault: form.fault("admin_email", for: reader), reader: reader)
            div(.class("form-acts")) {
                a(.class("button"), .href(path)) { TenantWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { PlatformWords.invite.text(for: reader) }
            }
        }
    }
}

struct CompanyAdminFields: View {
    let admin: CompanyAdmin
    let nameFault: String?
    let emailFault: String?
    let reader: Reader

    var body: Markup {
        FormField(PlatformWords.name.text(for: reader), name: "admin_name", error: nameFault) { wiring in
            input(wiring, .required(), .maxlength(100), .autocomplete("off"), .value(admin.name))
        }
        FormField(PlatformWords.email.text(for: reader), name: "admin_email", error: emailFault) { wiring in
            input(wiring, .type("email"), .required(), .maxlength(254), .autocomplete("off"), .value(admin.email))
        }
    }
}
