import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Postgres
import Services
import Tenancy
import Time

/// A customer's collection history, and the pages for promises, days of grace and strikes.
package struct CustomerCollectionRoutes: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/customers/:id/collection", .collectionView, "La cobranza de un cliente") {
            (visit, id: Customer.ID) in try await page(of: id, nil, .ok, visit)
        }
        routes.get("/panel/customers/:id/promises/new", .collectionPromise, "Formulario de promesa de pago", ask)
        routes.post("/panel/customers/:id/promises", .collectionPromise, "Registra una promesa de pago", promise)
        routes.get(
            "/panel/promises/:id/cancel", .collectionPromise, "Pregunta antes de cancelar una promesa", askToCancel)
        routes.post("/panel/promises/:id/cancel", .collectionPromise, "Cancela una promesa de pago", cancel)
        routes.post("/panel/customers/:id/holds", .collectionHold, "Da una prórroga", hold)
        routes.post("/panel/holds/:id/end", .collectionHold, "Termina una prórroga", endHold)
        routes.post("/panel/strikes/:id/annul", .collectionStrikes, "Anula un comprobante falso", annul)
        routes.get("/panel/promises", .collectionView, "Las promesas de pago", promises)
        routes.get("/panel/services/:id/why", .collectionView, "Por qué un servicio está cortado o no, un día", why)
    }

    private func collectionPath(_ id: Customer.ID) -> String { "/panel/customers/\(id)/collection" }

    private func page(
        of id: Customer.ID, _ fault: (any Refusal)?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        let (database, tenant) = (visit.database, visit.tenant)
        let decisions = try await CollectionView(of: tenant, at: visit.now, in: database)
            .decisions(about: [customer.account])
        let page = CustomerCollectionPage(
            heading: try await CustomerHeading(customer, for: visit), customer: customer, decisions: decisions,
            promises: try await database.promises(of: id, limit: 20), holds: try await database.holds(of: id),
            strikes: try await database.strikes(of: id),
            steps: try await database.collectionSteps(of: id, until: visit.now, limit: 100), fault: fault, visit: visit)
        return try await Panel.page(page, titled: customer.name, status: status, for: visit)
    }

    private func ask(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let owed = try await visit.database.balance(of: id, in: visit.tenant.currency).balance
        let today = visit.tenant.timeZone.day(at: visit.now)
        let amount = owed.isPositive ? owed : .zero(visit.tenant.currency)
        let form = NounForm(new: NewPromise(amount: amount, until: today + 3), in: visit.notation)
        return try await page(of: form, id, .ok, visit)
    }

    private func promise(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        var form = try NounForm<NewPromise>(sent, in: visit.notation)
        guard form.faults.isEmpty else { return try await page(of: form, id, .unprocessableContent, visit) }
        let today = visit.tenant.timeZone.day(at: visit.now)
        let new = form.applied(to: NewPromise(amount: .zero(visit.tenant.currency), until: today))
        do {
            let (_, path) = try await visit.once(sent) { database in
                let made = try await PaymentPromise.make(
                    new, by: .staff, for: id, of: visit.tenant, by: visit.principal, from: randomness, in: database)
                return (made, collectionPath(id))
            }
            return Panel.done(.promiseTaken, at: path)
        } catch let refusal as PromiseRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(of: form, id, refusal.status, visit)
        }
    }

    private func page(
        of form: NounForm<NewPromise>, _ id: Customer.ID, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        let page = NewPromisePage(customer: customer, form: form, visit: visit)
        return try await Panel.page(
            page, titled: CollectionWords.promiseOf.text(for: visit.reader, .name(customer.name)), status: status,
            for: visit)
    }

    private func askToCancel(_ visit: Visit, id: PaymentPromise.ID) async throws -> Response {
        guard let promise = try await visit.database.promise(id) else { throw AccessRefusal.notFound }
        let reader = visit.reader
        return try await Panel.confirm(
            "\(CollectionWords.cancelPromise.text(for: reader)): \(promise.customerName)",
            text: CollectionWords.cancelPromiseText.text(
                for: reader, .text("amount", promise.amount.exactText(for: reader)),
                .text("day", promise.until.text(.long, for: reader))),
            act: CollectionWords.cancelPromise.text(for: reader), action: "/panel/promises/\(id)/cancel",
            back: collectionPath(promise.customer), for: visit)
    }

    private func cancel(_ visit: Visit, id: PaymentPromise.ID) async throws -> Response {
        guard let promise = try await visit.database.promise(id) else { throw AccessRefusal.notFound }
        do {
            _ = try await PaymentPromise.cancel(id, of: visit.tenant, by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: collectionPath(promise.customer))
        } catch let refusal as PromiseRefusal {
            return try await page(of: promise.customer, refusal, refusal.status, visit)
        }
    }

    private func hold(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        let form = try NounForm<NewHold>(sent, in: visit.notation)
        let today = visit.tenant.timeZone.day(at: visit.now)
        let new = form.applied(to: NewHold(until: today))
        do {
            guard form.faults.isEmpty else { throw HoldRefusal.dayOutside }
            let (_, path) = try await visit.once(sent) { database in
                let made = try await CollectionHold.give(
                    new, to: id, of: visit.tenant, by: visit.principal, from: randomness, in: database)
                return (made, collectionPath(id))
            }
            return Panel.done(.saved, at: path)
        } catch let refusal as HoldRefusal {
            return try await page(of: id, refusal, refusal.status, visit)
        }
    }

    private func endHold(_ visit: Visit, id: CollectionHold.ID) async throws -> Response {
        guard let hold = try await visit.database.hold(id) else { throw AccessRefusal.notFound }
        do {
            try await CollectionHold.end(id, by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: collectionPath(hold.customer))
        } catch let refusal as HoldRefusal {
            return try await page(of: hold.customer, refusal, refusal.status, visit)
        }
    }

    private func annul(_ visit: Visit, id: Strike.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["reason"])
        guard let strike = try await visit.database.strike(id) else { throw AccessRefusal.notFound }
        do {
            _ = try await Strike.annul(
                id, because: FormText.line(sent["reason"], upTo: 300), by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: collectionPath(strike.customer))
        } catch let refusal as StrikeRefusal {
            return try await page(of: strike.customer, refusal, refusal.status, visit)
        }
    }

    private func promises(_ visit: Visit) async throws -> Response {
        let state = visit.request.query["state"].flatMap(PaymentPromise.State.init)
        let before = visit.request.query["before"].flatMap { Int($0) }
        let page = PromisesPage(
            promises: try await visit.database.promises(before: before, in: state), state: state,
            isFirst: before == nil, visit: visit)
        return try await Panel.page(page, titled: CollectionWords.promises.text(for: visit.reader), for: visit)
    }

    /// A past day is shown as it was known at its end.
    private func why(_ visit: Visit, id: Service.ID) async throws -> Response {
        let (tenant, database) = (visit.tenant, visit.database)
        let today = tenant.timeZone.day(at: visit.now)
        guard let service = try await database.service(id, on: today),
            let customer = try await database.customer(service.customer)
        else { throw AccessRefusal.notFound }
        let day = min(visit.request.query["day"].flatMap { Day(iso: $0) } ?? today, today)
        guard
            let decision = try await database.decision(
                about: id, of: service.customer, on: day, of: tenant, at: visit.now)
        else { throw AccessRefusal.notFound }
        let moment = day == today ? visit.now : (day + 1).start(in: tenant.timeZone) + .milliseconds(-1)
        let steps = try await database.collectionSteps(of: service.customer, until: moment, limit: 50)
        let page = WhyPage(
            service: service, customer: customer, decision: decision,
            steps: steps.filter { $0.service == nil || $0.service == id }, visit: visit)
        return try await Panel.page(
            page, titled: CollectionWords.whyTitle.text(for: visit.reader, .name(customer.name)), for: visit)
    }
}

extension TenantDatabase {
    /// The decision about a service now, or at the end of a past day. Nil for a service that did not exist.
    package func decision(
        about service: Service.ID, of customer: Customer.ID, on day: Day, of tenant: Tenant, at now: Instant
    ) async throws -> Decision? {
        let account = try await account(of: customer) ?? customer
        return try await CollectionView(of: tenant, on: day, at: now, in: self).decisions(about: [account])
            .first { $0.facts.service == service }
    }
}
