import Access
import Declarations
import HTTP
import Identifiers
import Images
import Locale
import Nouns
import Panel
import Postgres
import Sandbox
import Tenancy

package struct BrandRoutes: Sendable {
    private let sandbox: Sandbox

    package init(drawingIn sandbox: Sandbox) { self.sandbox = sandbox }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/brand", .settingsManage, "La marca de la empresa", show)
        routes.post("/panel/brand", .settingsManage, "Cambia colores y textos de la marca", change)
        routes.post("/panel/brand/preview", .settingsManage, "Muestra cómo se verían los colores", preview)
        routes.get("/assets/brand-preview.css", .settingsManage, "Los colores por ver", sheet)
        routes.post("/panel/brand/logo", .settingsManage, "Cambia el logo", upload)
        routes.get("/panel/brand/logo/remove", .settingsManage, "Pregunta antes de quitar el logo", askToRemoveLogo)
        routes.post("/panel/brand/logo/remove", .settingsManage, "Quita el logo", removeLogo)
    }

    private func show(_ visit: Visit) async throws -> Response { try await page(nil, .ok, visit) }

    private func change(_ visit: Visit) async throws -> Response {
        let form = try await read(visit)
        guard form.faults.isEmpty else { return try await page(form, .unprocessableContent, visit) }
        let (tenant, principal) = (visit.tenant, visit.principal)
        try await visit.database.transaction { database in
            _ = try await tenant.put(
                form.brand(of: tenant.brand), by: principal.actor, at: principal.now, in: database)
            _ = try await tenant.put(form.texts, by: principal.actor, at: principal.now, in: database)
        }
        return Panel.done(.saved, at: "/panel/brand")
    }

    /// Shows the page with the typed values, saving nothing.
    private func preview(_ visit: Visit) async throws -> Response { try await page(try await read(visit), .ok, visit) }

    private func read(_ visit: Visit) async throws -> BrandForm {
        try BrandForm(try await visit.request.body.form(upTo: 32_768), changing: visit.tenant.brand)
    }

    private func sheet(_ visit: Visit) async throws -> Response {
        try await visit.admit()
        func colour(_ name: String) throws -> Colour {
            guard let text = visit.request.query[name], let colour = Colour("#\(text)") else { throw BadRequest() }
            return colour
        }
        let sheet = BrandSheet(colour: try colour("colour"), accent: try colour("accent"))
        return Response(.ok, contentType: .css, body: .bytes(Array(sheet.previewText.utf8)))
    }

    private func upload(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.multipart(
            limits: MultipartLimits(parts: 2, fieldBytes: 1024, fileBytes: DrawPicture.mostBytes))
        guard let file = form.files.first, file.field == "logo" else {
            return try await page(nil, .unprocessableContent, logoFault: BrandWords.logoMissing.message, visit)
        }
        let logo: Logo
        do {
            logo = try await Logo.draw(try await file.bytes(), in: sandbox, for: visit.tenant.id.uuid)
        } catch let fault as PictureFault {
            return try await page(nil, .unprocessableContent, logoFault: fault.words.message, visit)
        } catch SandboxFailure.overran, SandboxFailure.crashed {
            return try await page(nil, .unprocessableContent, logoFault: BrandWords.logoTooHeavy.message, visit)
        }
        _ = try await visit.tenant.put(logo, by: visit.principal.actor, at: visit.now, in: visit.database)
        return Panel.done(.saved, at: "/panel/brand")
    }

    private func askToRemoveLogo(_ visit: Visit) async throws -> Response {
        let reader = visit.reader
        return try await Panel.confirm(
            BrandWords.removeLogoTitle.text(for: reader), text: BrandWords.removeLogoText.text(for: reader),
            act: BrandWords.removeLogo.text(for: reader), action: "/panel/brand/logo/remove", back: "/panel/brand",
            for: visit)
    }

    private func removeLogo(_ visit: Visit) async throws -> Response {
        _ = try await visit.tenant.put(nil as Logo?, by: visit.principal.actor, at: visit.now, in: visit.database)
        return Panel.done(.deleted, at: "/panel/brand")
    }

    private func page(
        _ form: BrandForm?, _ status: Status, logoFault: Message? = nil, _ visit: Visit
    ) async throws -> Response {
        let shown: BrandForm
        if let form {
            shown = form
        } else {
            shown = BrandForm(visit.tenant.brand, try await visit.database.brandTexts())
        }
        return try await Panel.page(
            BrandPage(form: shown, logoFault: logoFault, visit: visit),
            titled: BrandWords.brand.text(for: visit.reader), status: status, for: visit)
    }
}

extension PictureFault {
    fileprivate var words: BrandWords {
        switch self {
        case .unknownKind: .logoUnknown
        case .tooLarge: .logoTooLarge
        case .broken: .logoBroken
        case .notPlain: .logoNotPlain
        }
    }
}
