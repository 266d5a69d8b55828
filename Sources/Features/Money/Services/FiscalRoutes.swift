import Access
import Customers
import Declarations
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// A customer's fiscal profiles.
struct FiscalRoutes: Sendable {
    let randomness: Randomness

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/customers/:id/fiscal/new", .servicesManage, "Formulario de datos fiscales", ask)
        routes.post("/panel/customers/:id/fiscal", .servicesManage, "Agrega datos fiscales a un cliente", create)
        routes.get("/panel/fiscal/:id", .servicesManage, "Formulario para cambiar datos fiscales", edit)
        routes.post("/panel/fiscal/:id", .servicesManage, "Cambia datos fiscales", change)
    }

    private func ask(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let blank = try await blank(of: id, visit)
        return try await page(NounForm(new: blank), blank, isNew: true, .ok, visit)
    }

    private func create(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let blank = try await blank(of: id, visit)
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<FiscalProfile>(sent)
        guard form.faults.isEmpty else { return try await page(form, blank, isNew: true, .unprocessableContent, visit) }
        let profile = form.applied(to: blank)
        do {
            let (_, path) = try await visit.once(sent) { database in
                (
                    try await profile.add(in: visit.tenant.region, by: visit.principal, in: database),
                    profile.customerPath
                )
            }
            return Panel.done(.saved, at: path)
        } catch let refusal as FiscalRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, blank, isNew: true, refusal.status, visit)
        }
    }

    private func edit(_ visit: Visit, id: FiscalProfile.ID) async throws -> Response {
        let profile = try await found(id, in: visit.database)
        return try await page(NounForm(profile), profile, isNew: false, .ok, visit)
    }

    private func change(_ visit: Visit, id: FiscalProfile.ID) async throws -> Response {
        let profile = try await found(id, in: visit.database)
        var form = try NounForm<FiscalProfile>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else {
            return try await page(form, profile, isNew: false, .unprocessableContent, visit)
        }
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                let profile = try await found(id, locked: true, in: database)
                if let late = sent.late(for: profile) { return NounForm<FiscalProfile>?.some(late) }
                _ = try await profile.change(
                    to: sent.applied(to: profile), in: visit.tenant.region, by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, profile, isNew: false, .conflict, visit) }
            return Panel.done(.saved, at: profile.customerPath)
        } catch let refusal as FiscalRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, profile, isNew: false, refusal.status, visit)
        }
    }

    private func blank(of id: Customer.ID, _ visit: Visit) async throws -> FiscalProfile {
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        var profile = FiscalProfile(
            id: .make(milliseconds: visit.now.milliseconds, from: randomness), customer: customer.id)
        (profile.legalName, profile.taxID, profile.email) = (customer.name, customer.identification, customer.email)
        return profile
    }

    private func found(
        _ id: FiscalProfile.ID, locked: Bool = false, in database: TenantDatabase
    ) async throws -> FiscalProfile {
        guard let profile = try await database.fiscalProfile(id, locked: locked) else { throw AccessRefusal.notFound }
        return profile
    }

    private func page(
        _ form: NounForm<FiscalProfile>, _ profile: FiscalProfile, isNew: Bool, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = (isNew ? ServiceWords.newFiscal : .editFiscal).text(for: visit.reader)
        let path = isNew ? "\(Customer.list.path)/\(profile.customer)/fiscal" : "/panel/fiscal/\(profile.id)"
        return try await Panel.page(
            NounFormPage(
                title, form, to: path, cancel: profile.customerPath,
                submit: isNew ? ServiceWords.newFiscal.message : nil, visit: visit),
            titled: title, status: status, for: visit)
    }
}

extension FiscalProfile {
    fileprivate var customerPath: String { "\(Customer.list.path)/\(customer)/services" }
}
