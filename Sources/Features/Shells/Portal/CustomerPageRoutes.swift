import Access
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

/// A customer's portal access in the staff's panel: their contact data and their ways to sign in.
package struct CustomerPageRoutes: Sendable {
    private let mailing: Mailing?
    private let randomness: Randomness

    package init(mailing: Mailing?, randomness: Randomness) {
        self.mailing = mailing
        self.randomness = randomness
    }

    package func add(to routes: inout Panel.Routes) {
        routes.get(
            "/panel/customers/:id/portal", .customersRead, "Cómo se llega a un cliente, y su acceso al portal", show)
        routes.post("/panel/customers/:id/contacts", .customersWrite, "Cambia correo y teléfono de un cliente", change)
        routes.post(
            "/panel/customers/:id/confirm-phone", .customersWrite, "Confirma el teléfono que dijo el cliente", confirm)
        routes.post(
            "/panel/customers/:id/portal-link", .portalAccess, "Crea un enlace para que el cliente entre", makeLink)
        routes.post(
            "/panel/customers/:id/portal-mail", .portalAccess, "Envía al cliente un enlace para entrar", mailLink)
        routes.post(
            "/panel/customers/:id/portal-code", .portalAccess, "Crea un código para dictar al cliente", makeCode)
        routes.post("/panel/customers/:id/portal-end", .portalAccess, "Cierra los accesos de un cliente", endAll)
    }

    private func show(_ visit: Visit, id: Customer.ID) async throws -> Response {
        try await page(id, typed: nil, faults: [], .ok, visit)
    }

    private func page(
        _ id: Customer.ID, typed: (email: String, phone: String)?, faults: [FormFault], _ status: Status,
        _ visit: Visit
    ) async throws -> Response {
        let subscriber = try await subscriber(id, visit)
        let page = CustomerPortalPage(
            heading: try await CustomerHeading(of: id, for: visit), subscriber: subscriber,
            sessions: try await visit.database.openSessions(of: id, at: visit.now),
            email: typed?.email ?? subscriber.email,
            phone: typed?.phone ?? Phone.text(of: subscriber.phone, in: visit.tenant.region), faults: faults,
            isMailed: mailing != nil, visit: visit)
        return try await Panel.page(page, titled: subscriber.name, status: status, for: visit)
    }

    private func change(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["email", "phone"])
        let typed = (email: FormText.line(form["email"]), phone: FormText.line(form["phone"], upTo: 40))
        var faults: [FormFault] = []
        let email = typed.email.isEmpty ? "" : EmailAddress.normalised(typed.email)
        if email == nil { faults.append(FormFault(name: "email", message: PortalWords.emailWrong.message)) }
        var phone = ""
        do throws(PhoneRefusal) {
            if !typed.phone.isEmpty { phone = try Phone(typed: typed.phone, in: visit.tenant.region).e164 }
        } catch {
            faults.append(FormFault(name: "phone", message: error.message))
        }
        guard let email, faults.isEmpty else {
            return try await page(id, typed: typed, faults: faults, .unprocessableContent, visit)
        }
        try await Subscriber.setContacts(email: email, phone: phone, of: id, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: "/panel/customers/\(id)/portal")
    }

    private func confirm(_ visit: Visit, id: Customer.ID) async throws -> Response {
        try await Subscriber.confirmPhone(of: id, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: "/panel/customers/\(id)/portal")
    }

    private func makeLink(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let link = try await PortalLink.make(for: id, by: visit.principal, from: randomness, in: visit.database)
        return try await show(.link("\(visit.address)/portal/link/\(link.secret.text)"), to: id, visit)
    }

    private func makeCode(_ visit: Visit, id: Customer.ID) async throws -> Response {
        try await show(
            .code(PortalCode.make(for: id, by: visit.principal, from: randomness, in: visit.database)), to: id, visit)
    }

    private func show(_ secret: PortalSecretPage.Secret, to id: Customer.ID, _ visit: Visit) async throws -> Response {
        let subscriber = try await subscriber(id, visit)
        let page = PortalSecretPage(
            subscriber: subscriber, secret: secret, company: visit.tenant.name, reader: visit.reader)
        return try await Panel.page(page, titled: subscriber.name, for: visit)
    }

    private func mailLink(_ visit: Visit, id: Customer.ID) async throws -> Response {
        guard let mailing else { throw AccessRefusal.notFound }
        let head = mailing.letterhead(in: visit.tenant.language, at: visit.address)
        try await PortalLink.mail(to: id, on: head, by: visit.principal, from: randomness, in: visit.database)
        return Panel.done(.mailed, at: "/panel/customers/\(id)/portal")
    }

    private func endAll(_ visit: Visit, id: Customer.ID) async throws -> Response {
        try await Subscriber.endSessions(of: id, by: visit.principal, in: visit.database)
        return Panel.done(.sessionEnded, at: "/panel/customers/\(id)/portal")
    }

    private func subscriber(_ id: Customer.ID, _ visit: Visit) async throws -> Subscriber {
        guard let subscriber = try await visit.database.subscriber(id) else { throw AccessRefusal.notFound }
        return subscriber
    }
}
