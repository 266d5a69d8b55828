import Access
import Addresses
import Crypto
import Customers
import Declarations
import HTTP
import Identifiers
import Identity
import Letters
import Locale
import Nouns
import Panel
import Subscribers
import Tenancy

/// Signing in to the portal by code or link, and signing out.
package struct PortalSignInRoutes: Sendable {
    private let mailing: Mailing?
    private let randomness: Randomness
    private let addresses = AddressQuota()

    package init(mailing: Mailing?, randomness: Randomness) {
        self.mailing = mailing
        self.randomness = randomness
    }

    package func add(to routes: inout Portal.Routes) {
        routes.get("/portal/sign-in", .anyone, "Pregunta al cliente su correo o teléfono", ask)
        routes.post("/portal/sign-in", .anyone, "Envía un código al cliente", send)
        routes.get("/portal/code", .anyone, "Pide el código", askCode)
        routes.post("/portal/code", .anyone, "Inicia la sesión del cliente con un código", enterByCode)
        routes.get("/portal/link/:secret", .anyone, "Pregunta antes de usar un enlace del portal", look)
        routes.post("/portal/link/:secret", .anyone, "Usa un enlace del portal", useLink)
        routes.post("/portal/sign-out", .anyone, "Cierra la sesión del cliente", leave)
        routes.get("/portal/manifest.webmanifest", .anyone, "El portal como aplicación del teléfono", manifest)
    }

    private func ask(_ visit: Visit) -> Response { ask(visit, typed: "", fault: nil, .ok) }

    private func ask(_ visit: Visit, typed: String, fault: Message?, _ status: Status) -> Response {
        Portal.page(
            PortalSignInPage(
                tenant: visit.tenant, isMailed: mailing != nil, typed: typed, fault: fault, reader: visit.reader),
            status: status, for: visit.reader)
    }

    private func send(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["contact"])
        let typed = FormText.line(form["contact"])
        guard let contact = Contact(typed, in: visit.tenant.region) else {
            return ask(visit, typed: typed, fault: PortalWords.contactWrong.message, .unprocessableContent)
        }
        let id = try await PortalCode.ask(
            for: contact, from: visit.portalDevice, at: visit.portalPlace.address, within: addresses,
            on: mailing?.letterhead(in: visit.reader.language, at: visit.address), now: visit.now,
            randomness: randomness, in: visit.database)
        return .redirect(to: "/portal/code?request=\(id)")
    }

    private func askCode(_ visit: Visit) throws -> Response {
        let id: PortalCode.ID = try FormText.id(visit.request.query["request"] ?? "")
        return askCode(id, fault: nil, .ok, visit)
    }

    private func askCode(_ id: PortalCode.ID, fault: Message?, _ status: Status, _ visit: Visit) -> Response {
        Portal.page(
            PortalCodePage(
                tenant: visit.tenant, isMailed: mailing != nil, code: id.description, fault: fault, reader: visit.reader
            ),
            status: status, for: visit.reader)
    }

    private func enterByCode(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["request", "code", "customer"])
        let id: PortalCode.ID = try FormText.id(form["request"] ?? "")
        let customer: Customer.ID? = try form["customer"].map { try FormText.id($0) }
        // People copy codes with blanks around and within.
        let digits = (form["code"] ?? "").filter { !$0.isWhitespace }
        do {
            let outcome = try await PortalEntry.enter(
                with: digits, for: id, as: customer, from: visit.portalDevice, at: visit.portalPlace,
                within: addresses, now: visit.now, randomness: randomness, in: visit.database)
            switch outcome {
            case .entered(let session, let device): return entered(session, device, visit)
            case .choose(let subscribers):
                let page = PortalChoicePage(
                    request: id.description, digits: digits, subscribers: subscribers, reader: visit.reader)
                return Portal.page(page, for: visit.reader)
            }
        } catch let refusal as SubscriberRefusal {
            return askCode(id, fault: refusal.message, refusal.status, visit)
        }
    }

    private func look(_ visit: Visit, secret: String) async throws -> Response {
        let (subscriber, email) = try await PortalLink.look(at: secret, now: visit.now, in: visit.database)
        let page = PortalLinkPage(
            company: visit.tenant.name, secret: secret, email: email, name: subscriber.name, reader: visit.reader)
        return Portal.page(page, for: visit.reader)
    }

    private func useLink(_ visit: Visit, secret: String) async throws -> Response {
        let (_, email) = try await PortalLink.look(at: secret, now: visit.now, in: visit.database)
        guard email == nil else {
            try await Subscriber.confirmEmail(
                with: secret, at: visit.portalPlace.address,
                on: mailing?.letterhead(in: visit.reader.language, at: visit.address), now: visit.now,
                from: randomness, in: visit.database)
            return Portal.done(.emailConfirmed, at: "/portal/details")
        }
        let (session, device) = try await PortalEntry.enter(
            with: secret, at: visit.portalPlace, now: visit.now, randomness: randomness, in: visit.database)
        return entered(session, device, visit)
    }

    private func leave(_ visit: Visit) async throws -> Response {
        if let credential = Portal.credential(of: visit.request) {
            try await PortalSession.end(credential, at: visit.now, in: visit.database)
        }
        var response = Response.redirect(to: "/portal/sign-in")
        PanelCookie.portal.clear(for: visit.request, in: &response)
        return response
    }

    private func entered(_ session: PortalSession, _ device: PortalDevice, _ visit: Visit) -> Response {
        var response = Response.redirect(to: "/portal")
        PanelCookie.portal.set(session.secret.text, lasting: PortalSession.span, for: visit.request, in: &response)
        PanelCookie.portalDevice.set(device.secret.text, lasting: PortalDevice.span, for: visit.request, in: &response)
        return response
    }

    private func manifest(_ visit: Visit) -> Response {
        Response(
            .ok, contentType: .manifest, headers: ["Cache-Control": "public, max-age=300"],
            body: .bytes(
                HomeScreen(of: visit.tenant, language: visit.reader.languageTag, start: "/portal", scope: "/portal")
                    .manifest))
    }
}

extension Visit {
    fileprivate var portalDevice: PortalDevice? {
        PanelCookie.portalDevice.value(in: request).flatMap(PortalDevice.init)
    }

    fileprivate var portalPlace: Session.Place {
        Session.Place(device: request.headers["user-agent"] ?? "", address: request.client.description)
    }
}
