import Access
import Addresses
import Crypto
import HTTP
import Identifiers
import Identity
import Locale
import Tenancy

package struct SignInRoutes: Sendable {
    private let signIn: SignIn

    package init(_ signIn: SignIn) { self.signIn = signIn }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/", .anyone, "Lleva al panel") { _ in .redirect(to: "/panel") }
        routes.get("/panel/sign-in", .anyone, "Pide correo y contraseña", ask)
        routes.post("/panel/sign-in", .anyone, "Inicia la sesión con correo y contraseña", start)
        routes.get("/panel/enter/:secret", .anyone, "Pregunta antes de usar un enlace de acceso", show)
        routes.post("/panel/enter/:secret", .anyone, "Inicia la sesión con un enlace de acceso", enter)
        routes.post("/panel/sign-out", .anyone, "Cierra la sesión", leave)
    }

    private func ask(_ visit: Visit) -> Response {
        Panel.page(SignInPage(email: "", next: "/panel", fault: nil, reader: visit.reader), for: visit.reader)
    }

    private func start(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["email", "password", "next"])
        let typed = form["email"] ?? ""
        do {
            let (session, device) = try await signIn.start(
                email: StaffMember.email(typed) ?? typed.lowercased(), password: form["password"] ?? "",
                from: PanelCookie.device.value(in: visit.request).flatMap(KnownDevice.init),
                at: visit.place, now: visit.now, in: visit.database)
            return entered(session, device, at: Self.ownPath(form["next"]), visit)
        } catch let refusal as SignInRefusal {
            let page = SignInPage(
                email: typed, next: Self.ownPath(form["next"]), fault: refusal.message, reader: visit.reader)
            return Panel.page(page, status: refusal.status, for: visit.reader)
        }
    }

    private func show(_ visit: Visit, secret: String) async throws -> Response {
        let (purpose, owner) = try await SignInLink.look(at: secret, now: visit.now, in: visit.database)
        switch purpose {
        case .signIn:
            return Panel.page(
                UseLinkPage(tenant: visit.tenant.name, secret: secret, reader: visit.reader), for: visit.reader)
        case .password:
            return Panel.page(choosePassword(secret, of: owner, fault: nil, visit), for: visit.reader)
        }
    }

    private func enter(_ visit: Visit, secret: String) async throws -> Response {
        let (purpose, owner) = try await SignInLink.look(at: secret, now: visit.now, in: visit.database)
        guard purpose == .password else {
            let session = try await signIn.start(with: secret, at: visit.place, now: visit.now, in: visit.database)
            return entered(session, nil, at: "/panel", visit)
        }
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["email", "password"])
        do {
            let (session, device) = try await signIn.choosePassword(
                form["password"] ?? "", with: secret, company: visit.tenant.name, at: visit.place, now: visit.now,
                in: visit.database)
            return entered(session, device, at: "/panel", visit)
        } catch let fault as PasswordFault {
            return Panel.page(
                choosePassword(secret, of: owner, fault: fault.message, visit), status: .unprocessableContent,
                for: visit.reader)
        }
    }

    private func choosePassword(
        _ secret: String, of owner: StaffMember, fault: Message?, _ visit: Visit
    ) -> ChoosePasswordPage {
        ChoosePasswordPage(
            tenant: visit.tenant.name, secret: secret, email: owner.email, fault: fault, reader: visit.reader)
    }

    private func leave(_ visit: Visit) async throws -> Response {
        if let credential = Panel.credential(of: visit.request) {
            try await Session.end(credential, at: visit.now, in: visit.database)
        }
        var response = Response.redirect(to: "/panel")
        PanelCookie.session.clear(for: visit.request, in: &response)
        return response
    }

    private func entered(_ session: Session, _ device: KnownDevice?, at path: String, _ visit: Visit) -> Response {
        var response = Response.redirect(to: path)
        PanelCookie.session.set(session.secret.text, for: visit.request, in: &response)
        if let device {
            PanelCookie.device.set(
                device.secret.text, lasting: KnownDevice.span, for: visit.request, in: &response)
        }
        return response
    }

    /// Only our own pages: a form may say anything, and another site may have written it.
    static func ownPath(_ next: String?) -> String {
        guard let next, next == "/panel" || next.hasPrefix("/panel/"), next.utf8.allSatisfy({ 0x21...0x7E ~= $0 }),
            !next.utf8.contains(UInt8(ascii: "\\"))
        else { return "/panel" }
        return next
    }
}

extension Visit {
    /// Where somebody signs in from.
    fileprivate var place: Session.Place {
        Session.Place(device: request.headers["user-agent"] ?? "", address: request.client.description)
    }
}
