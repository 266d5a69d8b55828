import Access
import Addresses
import Assembly
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

/// The subscriber's pages and acts. The customer comes from the session alone: no route takes a customer's id.
package struct PortalRoutes: Sendable {
    private let mailing: Mailing?
    private let randomness: Randomness
    private let rooms: [Room]

    package init(mailing: Mailing?, randomness: Randomness, rooms: [Room] = []) {
        self.rooms = rooms
        self.mailing = mailing
        self.randomness = randomness
    }

    package func add(to routes: inout Portal.Routes) {
        routes.get("/portal", .portal, "Inicio del cliente: cómo está su servicio", home)
        routes.get("/portal/details", .portal, "Los datos del cliente", details)
        routes.post("/portal/details/email", .portal, "Pide confirmar un correo nuevo", changeEmail)
        routes.post("/portal/details/phone", .portal, "Anota un teléfono nuevo", changePhone)
        routes.get("/portal/sessions", .portal, "Los equipos donde el cliente inició sesión", sessions)
        routes.post("/portal/sessions/end-others", .portal, "Cierra los demás accesos del cliente", endOthers)
        routes.post("/portal/sessions/:id/end", .portal, "Cierra un acceso del cliente", end)
        routes.get("/portal/help", .portal, "Ayuda y contacto", help)
    }

    private func home(_ visit: Visit) async throws -> Response {
        let subscriber = try await visit.subscriber()
        let parts = try await rooms.partsOnPortal(of: subscriber.id.uuid, for: visit)
        return try await Portal.page(
            PortalHomePage(subscriber: subscriber, parts: parts, visit: visit), on: .home, for: visit)
    }

    private func details(_ visit: Visit) async throws -> Response { try await details(visit, fault: nil, .ok) }

    private func details(
        _ visit: Visit, fault: (name: String, typed: String, message: Message)?, _ status: Status
    ) async throws -> Response {
        let page = PortalDetailsPage(
            subscriber: try await visit.subscriber(), fault: fault, isMailed: mailing != nil, visit: visit)
        return try await Portal.page(page, on: .details, status: status, for: visit)
    }

    private func changeEmail(_ visit: Visit) async throws -> Response {
        guard let mailing else { throw AccessRefusal.notFound }
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["email"])
        let typed = FormText.line(form["email"])
        guard let email = EmailAddress.normalised(typed) else {
            return try await details(
                visit, fault: ("email", typed, PortalWords.emailWrong.message), .unprocessableContent)
        }
        do {
            try await Subscriber.askToConfirm(
                email: email, of: visit.subscriber().id,
                on: mailing.letterhead(in: visit.reader.language, at: visit.address), at: visit.now,
                from: randomness, in: visit.database)
        } catch let refusal as SubscriberRefusal {
            return try await details(visit, fault: ("email", typed, refusal.message), refusal.status)
        }
        return Portal.done(.confirmationSent, at: "/portal/details")
    }

    private func changePhone(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["phone"])
        let typed = FormText.line(form["phone"])
        let phone: Phone
        do {
            phone = try Phone(typed: typed, in: visit.tenant.region)
        } catch {
            return try await details(visit, fault: ("phone", typed, error.message), .unprocessableContent)
        }
        try await Subscriber.claim(
            phone: phone.e164, of: visit.subscriber().id, by: visit.principal, in: visit.database)
        return Portal.done(.phoneClaimed, at: "/portal/details")
    }

    private func sessions(_ visit: Visit) async throws -> Response {
        let open = try await visit.database.openSessions(of: visit.subscriber().id, at: visit.now)
        return try await Portal.page(PortalSessionsPage(sessions: open, visit: visit), on: .sessions, for: visit)
    }

    private func end(_ visit: Visit, id: UUID) async throws -> Response {
        try await PortalSession.end(id, of: visit.subscriber().id, at: visit.now, in: visit.database)
        return Portal.done(.accessEnded, at: "/portal/sessions")
    }

    private func endOthers(_ visit: Visit) async throws -> Response {
        try await PortalSession.endAll(
            of: visit.subscriber().id, besides: visit.admitted?.session, at: visit.now, in: visit.database)
        return Portal.done(.accessEnded, at: "/portal/sessions")
    }

    private func help(_ visit: Visit) async throws -> Response {
        try await Portal.page(PortalHelpPage(subscriber: visit.subscriber(), visit: visit), on: .help, for: visit)
    }
}

extension Visit {
    /// The signed-in subscriber, the only customer that the portal's pages read.
    package func subscriber() async throws -> Subscriber {
        try await admit()
        guard let admitted, admitted.kind == .subscriber,
            let subscriber = try await database.subscriber(Customer.ID(admitted.id))
        else { throw AccessRefusal.signInRequired }
        return subscriber
    }
}
