import Access
import Declarations
import HTTP
import Identity
import Locale
import Nouns
import Panel
import Tenancy

/// One's own second factor.
package struct SecondFactorRoutes: Sendable {
    private let signIn: SignIn
    private let external: ExternalSignIn?

    package init(_ signIn: SignIn, _ external: ExternalSignIn? = nil) {
        self.signIn = signIn
        self.external = external
    }

    package func add(to routes: inout Panel.Routes) {
        routes.post("/panel/account/second-factor", .signedIn, "Empieza a activar la verificación en dos pasos", begin)
        routes.get("/panel/account/second-factor", .signedIn, "La clave para la aplicación de códigos", show)
        routes.post("/panel/account/second-factor/confirm", .signedIn, "Activa la verificación en dos pasos", confirm)
        routes.post("/panel/account/second-factor/off", .signedIn, "Desactiva la verificación en dos pasos", end)
        routes.post("/panel/account/recovery-codes", .signedIn, "Crea códigos de recuperación nuevos", makeCodes)
    }

    private func begin(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["factor-password"])
        do {
            try await signIn.beginSecondFactor(
                of: try await visit.member, password: form["factor-password"] ?? "", at: visit.place.address,
                now: visit.now, in: visit.database)
        } catch let refusal as SignInRefusal {
            return try await account(visit, fault: refusal)
        }
        return .redirect(to: "/panel/account/second-factor")
    }

    private func show(_ visit: Visit) async throws -> Response { try await setUp(visit, fault: nil, .ok) }

    private func confirm(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["code"])
        do {
            let (session, codes) = try await signIn.confirmSecondFactor(
                of: try await visit.member, with: FormText.line(form["code"]), at: visit.place, now: visit.now,
                in: visit.database)
            var response = try await page(of: codes, visit)
            Panel.setCookie(of: session, in: &response, visit)
            return response
        } catch let refusal as SignInRefusal {
            return try await setUp(visit, fault: refusal.message, refusal.status)
        }
    }

    private func end(_ visit: Visit) async throws -> Response {
        let (password, code) = try await proof(visit)
        do {
            try await signIn.endSecondFactor(
                of: try await visit.member, password: password, code: code, at: visit.place, now: visit.now,
                in: visit.database)
        } catch let refusal as SignInRefusal {
            return try await account(visit, fault: refusal)
        }
        return Panel.done(.secondFactorOff, at: "/panel/account")
    }

    private func makeCodes(_ visit: Visit) async throws -> Response {
        let (password, code) = try await proof(visit)
        do {
            let codes = try await signIn.makeRecoveryCodes(
                of: try await visit.member, password: password, code: code, at: visit.place, now: visit.now,
                in: visit.database)
            return try await page(of: codes, visit)
        } catch let refusal as SignInRefusal {
            return try await account(visit, fault: refusal)
        }
    }

    private func proof(_ visit: Visit) async throws -> (password: String, code: String) {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["factor-password", "code"])
        return (form["factor-password"] ?? "", FormText.line(form["code"]))
    }

    private func page(of codes: [RecoveryCode], _ visit: Visit) async throws -> Response {
        try await Panel.page(
            RecoveryCodesPage(codes: codes, reader: visit.reader),
            titled: SecondStepWords.codesTitle.text(for: visit.reader), for: visit)
    }

    private func setUp(_ visit: Visit, fault: Message?, _ status: Status) async throws -> Response {
        let member = try await visit.member
        guard let secret = try await signIn.unconfirmedSecret(of: member.id, in: visit.database) else {
            return .redirect(to: "/panel/account")
        }
        let setUp = SecondFactorSetUp(secret, issuer: visit.tenant.name, account: member.email)
        return try await Panel.page(
            SetUpPage(setUp: setUp, fault: fault, reader: visit.reader),
            titled: SecondStepWords.enrol.text(for: visit.reader), status: status, for: visit)
    }

    private func account(_ visit: Visit, fault: SignInRefusal) async throws -> Response {
        let field = fault == .wrongCode || fault == .stepIsOver ? "code" : "factor-password"
        return try await AccountRoutes.page(
            visit, external, faults: [FormFault(name: field, message: fault.message)], fault.status)
    }
}
