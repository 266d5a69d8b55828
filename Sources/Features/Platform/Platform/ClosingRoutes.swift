import Access
import Declarations
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// Closing a company: its rows are exported first, then its domains answer like unknown ones.
struct ClosingRoutes: Sendable {
    let parts: Console.Parts

    init(_ parts: Console.Parts) { self.parts = parts }

    func add(to routes: inout Console.Routes) {
        routes.get("/platform/tenants/:id/close", .manage, "Pregunta antes de cerrar una empresa", ask)
        routes.post(
            "/platform/tenants/:id/export", .manage, "Descarga todas las filas de una empresa",
            limits: RouteLimits(deadline: .seconds(600)), export)
        routes.post("/platform/tenants/:id/close", .manage, "Cierra una empresa que se exportó", close)
    }

    private func ask(_ visit: ConsoleVisit, id: Tenant.ID) async throws -> Response {
        try await page(ClosingForm.empty, try await parts.openTenant(id), .ok, visit)
    }

    /// Both records name the author before the first byte is sent.
    private func export(_ visit: ConsoleVisit, id: Tenant.ID) async throws -> Response {
        let platform = parts.database.platform
        guard let tenant = try await platform.tenant(id) else { throw AccessRefusal.notFound }
        let archive: ExportArchive
        let export: TenantExport
        do {
            archive = try parts.spool.archive(of: tenant, at: visit.now)
            export = try await TenantExport.write(
                tenant, to: archive, at: visit.now, from: parts.database.tenant(tenant.id.scope), and: platform)
        } catch let error as ExportError {
            throw ExportRefusal(error) ?? error
        }
        try await Tenant.noteExport(export, of: tenant.slug, by: visit.principal.actor, at: visit.now, in: platform)
        var response = Response.stream(.tar) { writer in try await archive.read { try await writer.write($0) } }
        let day = visit.visit.tenant.timeZone.day(at: visit.now)
        response.headers["Content-Disposition"] = "attachment; filename=\"\(tenant.slug)-\(day.iso).tar\""
        return response
    }

    private func close(_ visit: ConsoleVisit, id: Tenant.ID) async throws -> Response {
        let tenant = try await parts.openTenant(id)
        var form = try ClosingForm(try await visit.request.body.form(upTo: 4096), closing: tenant)
        guard form.faults.isEmpty else { return try await page(form, tenant, .unprocessableContent, visit) }
        do {
            _ = try await Tenant.close(
                tenant.slug, because: form.reason, by: visit.principal.actor, at: visit.now, in: parts.database.platform
            )
        } catch TenantActRefusal.exportMissing {
            form.faults.append(FormFault(name: "export", message: ClosingWords.exportMissing.message))
            return try await page(form, tenant, .conflict, visit)
        } catch is TenantActRefusal {
            // After a concurrent act, the page shows the present state.
            return .redirect(to: "/platform/tenants/\(id)")
        }
        return Panel.done(.saved, at: "/platform/tenants/\(id)")
    }

    private func page(
        _ form: ClosingForm, _ tenant: Tenant, _ status: Status, _ visit: ConsoleVisit
    ) async throws -> Response {
        try await Console.page(
            ClosingPage(tenant: tenant, form: form, visit: visit),
            titled: ClosingWords.close.text(for: visit.reader), status: status, for: visit)
    }
}

/// Why an export is not made now.
enum ExportRefusal: Refusal, Equatable {
    case busy, allBusy, diskFull

    init?(_ error: ExportError) {
        switch error {
        case .busy: self = .busy
        case .allBusy: self = .allBusy
        case .diskFull: self = .diskFull
        case .notEmpty, .notWritten: return nil
        }
    }

    var status: Status { .serviceUnavailable }

    var code: String {
        switch self {
        case .busy: "export_under_way"
        case .allBusy: "exports_under_way"
        case .diskFull: "disk_full"
        }
    }

    var message: Message {
        switch self {
        case .busy: ClosingWords.exportBusy.message
        case .allBusy: ClosingWords.exportsBusy.message
        case .diskFull: ClosingWords.diskFull.message
        }
    }
}

extension ContentType {
    fileprivate static let tar = ContentType("application/x-tar", isCompressible: false)
}

struct ClosingForm {
    let reason: String
    let slug: String
    var faults: [FormFault] = []

    static let empty = ClosingForm()

    private init() { (reason, slug) = ("", "") }

    init(_ fields: Fields, closing tenant: Tenant) throws {
        try fields.allow(["why", "slug"])
        reason = FormText.line(fields["why"], upTo: 300)
        slug = FormText.line(fields["slug"])
        if reason.isEmpty { faults.append(FormFault(name: "why", message: TenantWords.reasonMissing.message)) }
        if slug != tenant.slug { faults.append(FormFault(name: "slug", message: ClosingWords.slugWrong.message)) }
    }

    func fault(_ name: String, for reader: Reader) -> String? {
        faults.first { $0.name == name }?.message.text(for: reader)
    }
}
