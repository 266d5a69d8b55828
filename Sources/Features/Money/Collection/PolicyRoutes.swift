import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Invoices
import Locale
import Nouns
import Panel
import Plans
import Postgres
import Tenancy
import Time

/// The policies of the company, of plans and of customers.
package struct PolicyRoutes: Sendable {
    package init() {}

    static let path = "/panel/collection/policy"

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/collection/policy", .collectionPolicy, "La política de cobranza") { visit in
            try await show(visit, .company)
        }
        routes.post("/panel/collection/policy", .collectionPolicy, "Cambia la política de cobranza") { visit in
            try await change(visit, .company)
        }
        routes.get("/panel/plans/:id/collection", .collectionPolicy, "La política de cobranza de un plan") {
            (visit, id: Plan.ID) in try await show(visit, .plan(id))
        }
        routes.post("/panel/plans/:id/collection", .collectionPolicy, "Da a un plan su política de cobranza") {
            (visit, id: Plan.ID) in try await change(visit, .plan(id))
        }
        routes.post(
            "/panel/plans/:id/collection/withdraw", .collectionPolicy, "Quita a un plan su política de cobranza"
        ) { (visit, id: Plan.ID) in try await withdraw(visit, .plan(id)) }
        routes.get(
            "/panel/customers/:id/collection/policy", .collectionPolicy, "La política de cobranza de un cliente"
        ) { (visit, id: Customer.ID) in try await show(visit, .customer(id)) }
        routes.post(
            "/panel/customers/:id/collection/policy", .collectionPolicy, "Da a un cliente su política de cobranza"
        ) { (visit, id: Customer.ID) in try await change(visit, .customer(id)) }
        routes.post(
            "/panel/customers/:id/collection/policy/withdraw", .collectionPolicy,
            "Quita a un cliente su política de cobranza"
        ) { (visit, id: Customer.ID) in try await withdraw(visit, .customer(id)) }
    }

    private func show(_ visit: Visit, _ scope: PolicyScope) async throws -> Response {
        let policies = try await visit.database.collectionPolicies(in: visit.tenant.currency, at: visit.now)
        let known = policies.rules(for: scope)
        return try await page(NounForm(known, in: visit.notation), known, policies, scope, .ok, visit)
    }

    private func change(_ visit: Visit, _ scope: PolicyScope) async throws -> Response {
        let currency = visit.tenant.currency
        let known = try await visit.database.collectionPolicies(in: currency, at: visit.now)
        var form = try NounForm<CollectionPolicy>(
            try await visit.request.body.form(upTo: 32_768), in: visit.notation)
        let policy = form.applied(to: CollectionPolicy(in: currency))
        guard form.faults.isEmpty else {
            return try await page(form, known.company.rules, known, scope, .unprocessableContent, visit)
        }
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                try await database.lockCollectionPolicies()
                let known = try await database.collectionPolicies(in: currency, at: visit.now)
                if let late = sent.late(for: known.rules(for: scope)) { return NounForm<CollectionPolicy>?.some(late) }
                try await policy.put(for: scope, of: visit.tenant, by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, known.company.rules, known, scope, .conflict, visit) }
            return Panel.done(.saved, at: scope.path)
        } catch let refusal as PolicyRefusal where refusal != .unknownSubject {
            form.add(refusal, beside: refusal.field)
            return try await page(form, known.company.rules, known, scope, refusal.status, visit)
        }
    }

    private func withdraw(_ visit: Visit, _ scope: PolicyScope) async throws -> Response {
        try await CollectionPolicy.withdraw(scope, of: visit.tenant, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: scope.path)
    }

    private func page(
        _ form: NounForm<CollectionPolicy>, _ policy: CollectionPolicy, _ policies: Policies, _ scope: PolicyScope,
        _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let (name, back): (String?, String)
        switch scope {
        case .company: (name, back) = (nil, "/panel/collection")
        case .plan(let id):
            guard let plan = try await visit.database.plan(id) else { throw AccessRefusal.notFound }
            name = CollectionWords.ofPlan.text(for: visit.reader, .name(plan.name))
            back = Self.path
        case .customer(let id):
            guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
            name = CollectionWords.ofCustomer.text(for: visit.reader, .name(customer.name))
            back = "/panel/customers/\(id)/collection"
        }
        let page = PolicyPage(
            form: form, policy: policy, policies: policies, scope: scope, name: name, back: back,
            plans: scope == .company ? try await visit.database.plans() : [],
            preview: PolicyPreview(
                policy, dueDays: try await visit.database.billingSettings()?.dueDays, for: visit),
            older: scope == .company
                ? try await visit.database.owedBeforeStart(policy.start, visit.tenant.currency) : [],
            visit: visit)
        return try await Panel.page(
            page, titled: CollectionWords.policy.text(for: visit.reader), status: status, for: visit)
    }
}

extension PolicyScope {
    var path: String {
        switch self {
        case .company: PolicyRoutes.path
        case .plan(let id): "/panel/plans/\(id)/collection"
        case .customer(let id): "/panel/customers/\(id)/collection/policy"
        }
    }
}

/// A customer's debt from before collection started.
struct OlderDebt: Sendable, RowReadable {
    let customer: Customer.ID
    let name: String
    let owed: Int64
    let since: Day

    init(row: Row) throws(DatabaseError) {
        customer = try row.read("customer_id")
        name = try row.read("name")
        owed = try row.read("owed")
        since = try row.read("since")
    }
}

extension TenantDatabase {
    /// Debts dated before the start, largest first: to be settled before the first month.
    func owedBeforeStart(_ start: Day?, _ currency: Currency) async throws(DatabaseError) -> [OlderDebt] {
        guard let start else { return [] }
        return try await rows(
            """
            SELECT c.customer_id, c.name, sum(g.open)::bigint AS owed, min(g.day) AS since
            FROM ledger_charges g
            JOIN customers c ON c.tenant_id = g.tenant_id AND c.customer_id = g.customer_id
            WHERE g.tenant_id = \(tenant) AND g.currency = \(currency.rawValue) AND g.open > 0 AND g.day < \(start)
            GROUP BY c.tenant_id, c.customer_id ORDER BY owed DESC, c.customer_id LIMIT 200
            """)
    }
}

struct PolicyPage: View {
    let form: NounForm<CollectionPolicy>
    let policy: CollectionPolicy
    let policies: Policies
    let scope: PolicyScope
    let name: String?
    let back: String
    let plans: [Plan]
    let preview: PolicyPreview
    let older: [OlderDebt]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb((name == nil ? CollectionWords.collection : .policy).text(for: reader), path: back)
        PageHeading(name ?? CollectionWords.policy.text(for: reader))
        p(.class("hint")) { CollectionWords.policyHint.text(for: reader) }
        if policies.company.version == 0 {
            p(.class("notice notice-warn")) { CollectionWords.neverSet.text(for: reader) }
        } else {
            p(.class("hint")) {
                CollectionWords.version.text(
                    for: reader, .number("number", (policies.exceptions[scope] ?? policies.company).version))
            }
        }
        if visit.mayAct(with: .collectionPolicy) { fields } else { NounFacts(policy, for: reader) }
        if policies.exceptions[scope] != nil, visit.mayAct(with: .collectionPolicy) {
            HTML.form(.method(.post), .action("\(scope.path)/withdraw")) {
                button(.type("submit")) { CollectionWords.withdraw.text(for: reader) }
            }
        }
        preview
        if scope == .company { exceptions }
        if !older.isEmpty { before }
    }

    private var fields: Markup {
        HTML.form(.class("card form"), .method(.post), .action(scope.path)) {
            FormHead(form.faults, revision: form.revision, visit: visit)
            for part in PolicyPart.all {
                fieldset {
                    legend { part.title.text(for: reader) }
                    NounFields(form, only: part.fields, isNew: false, for: reader)
                }
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(back)) { CollectionWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { CollectionWords.save.text(for: reader) }
            }
        }
    }

    private var exceptions: Markup {
        section(.class("card")) {
            h2 { CollectionWords.exceptions.text(for: reader) }
            p(.class("hint")) { CollectionWords.exceptionHint.text(for: reader) }
            ul(.class("plain lines")) {
                for plan in plans {
                    li {
                        a(.href("/panel/plans/\(plan.id)/collection")) { plan.name }
                        span(.class("hint")) { words(of: policies.exceptions[.plan(plan.id)]) }
                    }
                }
            }
        }
    }

    private func words(of own: PolicyInForce?) -> String {
        own.map { CollectionWords.version.text(for: reader, .number("number", $0.version)) }
            ?? CollectionWords.companyPolicy.text(for: reader)
    }

    private var before: Markup {
        section(.class("card")) {
            h2 { CollectionWords.beforeStart.text(for: reader) }
            p(.class("hint")) { CollectionWords.beforeStartHint.text(for: reader) }
            ul(.class("plain lines")) {
                for debt in older {
                    li {
                        a(.href("/panel/customers/\(debt.customer)/account")) { debt.name }
                        span(.class("figures")) {
                            "\(Money(minor: debt.owed, visit.tenant.currency).exactText(for: reader)) · \(debt.since.text(.short, for: reader))"
                        }
                    }
                }
            }
        }
    }
}

/// Shows what the saved policy does this month to a customer who does not pay an invoice of the 1st.
struct PolicyPreview: View {
    private let due: Day
    private let isOfDays: Bool
    private let days: [Decision]
    private let visit: Visit

    /// `dueDays` are those of the company's invoices; nil if it issues none here yet.
    init(_ policy: CollectionPolicy, dueDays: Int?, for visit: Visit) {
        let (currency, first) = (visit.tenant.currency, visit.tenant.timeZone.day(at: visit.now).month.first)
        due = first + (policy.cutAnchor == .expiry ? 6 : dueDays ?? BillingSettings(firstDay: first).dueDays)
        isOfDays = policy.cutAnchor == .expiry
        var facts = CollectionFacts(
            service: .init(UUID(high: 0, low: 0)), customer: .init(UUID(high: 0, low: 0)),
            plan: .init(UUID(high: 0, low: 0)), in: currency)
        if policy.cutAnchor == .expiry {
            facts.prepaid = .init(through: due, price: 0)
        } else {
            facts.charges = [.init(day: first, due: due, open: 300 * currency.minorPerUnit)]
        }
        var rules = policy
        (rules.isOn, rules.startMonth) = (true, "")
        // Days counted from the due day reach into the next month.
        let last = rules.cutAnchor == .due ? due + 60 : first.month.last
        days = Simulation(of: facts, under: PolicyInForce(version: 0, rules: rules), from: first, through: last)
            .decisions.filter { !$0.steps.isEmpty }
        self.visit = visit
    }

    var body: Markup {
        let reader = visit.reader
        section(.class("card")) {
            h2 { CollectionWords.preview.text(for: reader) }
            p(.class("hint")) {
                (isOfDays ? CollectionWords.previewDaysHint : .previewHint).text(
                    for: reader, .text("due", due.text(.long, for: reader)))
            }
            ul(.class("plain lines")) {
                for decision in days {
                    li {
                        span { decision.day.text(.long, for: reader) }
                        span {
                            decision.steps.map { $0.text(in: visit.tenant.currency, for: reader) }.joined(
                                separator: ", ")
                        }
                    }
                }
            }
            if let policy = days.first?.policy.rules, policy.cutAnchor != .none,
                !days.contains(where: \.cuts)
            {
                p(.class("notice notice-warn")) { CollectionWords.previewNoCut.text(for: reader) }
            }
        }
    }
}
