import Access
import Addresses
import Crypto
import Declarations
import HTTP
import Identity
import Letters
import Locale
import Nouns
import Tenancy

/// The second step of signing in, after a password or a link.
package struct SecondStepRoutes: Sendable {
    static let path = "/panel/sign-in/second-step"

    private let signIn: SignIn

    package init(_ signIn: SignIn) { self.signIn = signIn }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/sign-in/second-step", .anyone, "Pide el código, o activa la verificación en dos pasos", ask)
        routes.post("/panel/sign-in/second-step", .anyone, "Termina de iniciar la sesión con un código", finish)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(visit, next: SignInRoutes.ownPath(visit.request.query["next"]), fault: nil, .ok)
    }

    private func finish(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["code", "next", "trust"])
        let (code, next) = (FormText.line(form["code"]), SignInRoutes.ownPath(form["next"]))
        do {
            switch try await signIn.secondStep(of: pending(visit), now: visit.now, in: visit.database) {
            case .code:
                let outcome = try await signIn.finish(
                    pending(visit), code: code, trusting: form["trust"] == "yes", from: visit.device,
                    at: visit.place(writing: signIn.mailing),
                    now: visit.now, in: visit.database)
                return try await Panel.answer(outcome, at: next, visit)
            case .enrolment:
                let (outcome, codes) = try await signIn.finishEnrolling(
                    pending(visit), code: code, from: visit.device, at: visit.place(writing: signIn.mailing),
                    now: visit.now,
                    in: visit.database)
                var response = Panel.page(
                    EnrolledPage(codes: codes, next: next, reader: visit.reader), for: visit.reader)
                try await Panel.setCookies(of: outcome, in: &response, visit)
                return response
            }
        } catch let refusal as SignInRefusal where refusal != .stepIsOver {
            return try await page(visit, next: next, fault: refusal.message, refusal.status)
        } catch SignInRefusal.stepIsOver {
            return over(visit, next)
        }
    }

    private func page(_ visit: Visit, next: String, fault: Message?, _ status: Status) async throws -> Response {
        do {
            switch try await signIn.secondStep(of: pending(visit), now: visit.now, in: visit.database) {
            case .code:
                return Panel.page(
                    CodePage(next: next, fault: fault, reader: visit.reader), status: status, for: visit.reader)
            case .enrolment(let secret, let member):
                let page = EnrolmentPage(
                    setUp: SecondFactorSetUp(secret, issuer: visit.tenant.name, account: member.email), next: next,
                    fault: fault, reader: visit.reader)
                return Panel.page(page, status: status, for: visit.reader)
            }
        } catch SignInRefusal.stepIsOver {
            return over(visit, next)
        }
    }

    /// Back to the first step.
    private func over(_ visit: Visit, _ next: String) -> Response {
        let page = SignInPage(
            company: SignInPage.company(visit.tenant), email: "", next: next, fault: SignInRefusal.stepIsOver.message,
            reader: visit.reader)
        return Panel.page(page, status: SignInRefusal.stepIsOver.status, for: visit.reader)
    }

    private func pending(_ visit: Visit) -> String { PanelCookie.pending.value(in: visit.request) ?? "" }
}

extension Panel {
    /// Redirects a signed-in visitor to their page, and one who owes the second step to it.
    static func answer(_ outcome: SignIn.Outcome, at path: String, _ visit: Visit) async throws -> Response {
        let target =
            switch outcome {
            case .entered: path
            case .owesSecondStep: Fields(["next": path]).query(of: SecondStepRoutes.path)
            }
        var response = Response.redirect(to: target)
        try await setCookies(of: outcome, in: &response, visit)
        return response
    }

    /// Sets a new session cookie; the browser's previous session, perhaps somebody else's, ends.
    static func setCookies(of outcome: SignIn.Outcome, in response: inout Response, _ visit: Visit) async throws {
        switch outcome {
        case .entered(let session, let device):
            if let earlier = credential(of: visit.request) {
                try await Session.end(earlier, at: visit.now, in: visit.database)
            }
            PanelCookie.session.set(session.secret.text, for: visit.request, in: &response)
            PanelCookie.device.set(device.secret.text, lasting: KnownDevice.span, for: visit.request, in: &response)
            if PanelCookie.pending.value(in: visit.request) != nil {
                PanelCookie.pending.clear(for: visit.request, in: &response)
            }
        case .owesSecondStep(let pending):
            PanelCookie.pending.set(
                pending.secret.text, lasting: PendingSignIn.span, for: visit.request, in: &response)
        }
    }

    /// For an act that replaces the visitor's own session.
    package static func setCookie(of session: Session, in response: inout Response, _ visit: Visit) {
        PanelCookie.session.set(session.secret.text, for: visit.request, in: &response)
    }
}

extension Visit {
    /// The device and address of a sign-in; a new device is reported by mail.
    package func place(writing mailing: Mailing?) -> Session.Place {
        Session.Place(
            device: place.device, address: place.address,
            letterhead: mailing?.letterhead(in: reader.language, at: address))
    }

    package var place: Session.Place {
        Session.Place(device: request.headers["user-agent"] ?? "", address: request.client.description)
    }

    package var device: KnownDevice? { PanelCookie.device.value(in: request).flatMap(KnownDevice.init) }
}
