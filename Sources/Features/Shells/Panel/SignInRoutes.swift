import Access
import Crypto
import Declarations
import HTTP
import Identity
import Letters
import Locale
import Nouns
import Tenancy

package struct SignInRoutes: Sendable {
    private let signIn: SignIn
    private let visits: Impersonations
    private let hasExternal: Bool

    /// `hasExternal` if the installation knows Google; each company decides for itself.
    package init(_ signIn: SignIn, _ visits: Impersonations, hasExternal: Bool = false) {
        self.signIn = signIn
        self.visits = visits
        self.hasExternal = hasExternal
    }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/", .anyone, "Lleva al cliente a su portal, al personal al panel", root)
        routes.get("/panel/sign-in", .anyone, "Pide correo y contraseña", ask)
        routes.post("/panel/sign-in", .anyone, "Inicia la sesión con correo y contraseña", start)
        routes.get("/panel/enter/:secret", .anyone, "Pregunta antes de usar un enlace de acceso", show)
        routes.post("/panel/enter/:secret", .anyone, "Inicia la sesión con un enlace de acceso", enter)
        routes.get("/panel/forgot", .anyone, "Pregunta a quién se le olvidó la contraseña", askForgotten)
        routes.post("/panel/forgot", .anyone, "Envía un enlace para elegir otra contraseña", sendForgotten)
        routes.post("/panel/sign-out", .anyone, "Cierra la sesión", leave)
    }

    /// Company domains lead to the subscribers' portal first; staff who have signed in on this browser are led to the
    /// panel.
    private func root(_ visit: Visit) -> Response {
        let isStaff = visit.tenant.isPlatform || PanelCookie.session.value(in: visit.request) != nil
        return .redirect(to: isStaff ? "/panel" : "/portal")
    }

    private func ask(_ visit: Visit) async throws -> Response {
        let next = Self.ownPath(visit.request.query["next"])
        let page = SignInPage(
            company: SignInPage.company(visit.tenant), email: "", next: next,
            otherWay: try await offersGoogle(visit) ? .google : .none, fault: nil,
            reader: visit.reader)
        return Panel.page(page, for: visit.reader)
    }

    private func offersGoogle(_ visit: Visit) async throws -> Bool {
        guard hasExternal else { return false }
        return try await visit.database.externalSignInRule().isAllowed
    }

    private func start(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["email", "password", "next"])
        let typed = form["email"] ?? ""
        do {
            let outcome = try await signIn.start(
                email: StaffMember.email(typed) ?? typed.lowercased(), password: form["password"] ?? "",
                from: visit.device, at: visit.place(writing: signIn.mailing), now: visit.now, in: visit.database)
            return try await Panel.answer(outcome, at: Self.ownPath(form["next"]), visit)
        } catch let refusal as SignInRefusal {
            let page = SignInPage(
                company: SignInPage.company(visit.tenant), email: typed, next: Self.ownPath(form["next"]),
                otherWay: try await offersGoogle(visit) ? .google : .none, fault: refusal.message,
                reader: visit.reader)
            return Panel.page(page, status: refusal.status, for: visit.reader)
        }
    }

    private func askForgotten(_ visit: Visit) -> Response {
        Panel.page(
            ForgotPage(isMailed: signIn.mailing != nil, email: "", fault: nil, reader: visit.reader), for: visit.reader)
    }

    private func sendForgotten(_ visit: Visit) async throws -> Response {
        guard let mailing = signIn.mailing else { throw AccessRefusal.notFound }
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["email"])
        let typed = form["email"] ?? ""
        guard let email = StaffMember.email(typed) else {
            let page = ForgotPage(
                isMailed: true, email: typed, fault: PanelWords.emailWrong.message, reader: visit.reader)
            return Panel.page(page, status: .unprocessableContent, for: visit.reader)
        }
        try await signIn.askForgotten(
            email: email, from: visit.place.address,
            on: mailing.letterhead(in: visit.reader.language, at: visit.address), at: visit.now, in: visit.database)
        return Panel.page(ForgotSentPage(reader: visit.reader), for: visit.reader)
    }

    private func show(_ visit: Visit, secret: String) async throws -> Response {
        let (purpose, owner) = try await SignInLink.look(at: secret, now: visit.now, in: visit.database)
        switch purpose {
        case .signIn:
            return Panel.page(
                UseLinkPage(tenant: visit.tenant.name, secret: secret, reader: visit.reader), for: visit.reader)
        case .password:
            let page = choosePassword(
                secret, of: owner, offersGoogle: try await offersGoogle(visit), fault: nil, visit)
            return Panel.page(page, for: visit.reader)
        }
    }

    private func enter(_ visit: Visit, secret: String) async throws -> Response {
        let (purpose, owner) = try await SignInLink.look(at: secret, now: visit.now, in: visit.database)
        guard purpose == .password else {
            let outcome = try await signIn.start(
                with: secret, from: visit.device, at: visit.place, now: visit.now, in: visit.database)
            return try await Panel.answer(outcome, at: "/panel", visit)
        }
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["email", "password"])
        do {
            let outcome = try await signIn.choosePassword(
                form["password"] ?? "", with: secret, company: visit.tenant.name, from: visit.device, at: visit.place,
                now: visit.now, in: visit.database)
            return try await Panel.answer(outcome, at: "/panel", visit)
        } catch let fault as PasswordFault {
            return Panel.page(
                choosePassword(secret, of: owner, fault: fault.message, visit), status: .unprocessableContent,
                for: visit.reader)
        }
    }

    private func choosePassword(
        _ secret: String, of owner: StaffMember, offersGoogle: Bool = false, fault: Message?, _ visit: Visit
    ) -> ChoosePasswordPage {
        ChoosePasswordPage(
            tenant: visit.tenant.name, secret: secret, email: owner.email, offersGoogle: offersGoogle, fault: fault,
            reader: visit.reader)
    }

    private func leave(_ visit: Visit) async throws -> Response {
        if let credential = Panel.credential(of: visit.request) {
            try await visits.signOut(
                credential, of: visit.tenant, knowing: visit.catalogue, at: visit.place, now: visit.now,
                in: visit.database)
        }
        var response = Response.redirect(to: "/panel")
        PanelCookie.session.clear(for: visit.request, in: &response)
        // Clears the browser's cached pages, so that the next person at it sees none.
        response.headers["Clear-Site-Data"] = #""cache", "storage""#
        return response
    }

    /// Only a path of our own: `next` comes from the form, which another site may have written (open redirect).
    static func ownPath(_ next: String?) -> String {
        guard let next, ["/panel", "/platform"].contains(where: { next == $0 || next.hasPrefix($0 + "/") }),
            next.utf8.allSatisfy({ 0x21...0x7E ~= $0 }),
            !next.utf8.contains(UInt8(ascii: "\\"))
        else { return "/panel" }
        return next
    }
}
