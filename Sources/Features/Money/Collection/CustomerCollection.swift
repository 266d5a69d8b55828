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

/// What collection knows and did about a customer, and the pages on which promises, days of grace and strikes are decided.
package struct CustomerCollectionRoutes: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/customers/:id/collection", .collectionView, "La cobranza de un cliente") {
            (visit, id: Customer.ID) in try await page(of: id, nil, .ok, visit)
        }
        routes.get("/panel/customers/:id/promises/new", .collectionPromise, "Formulario de promesa de pago", ask)
        routes.post("/panel/customers/:id/promises", .collectionPromise, "Registra una promesa de pago", promise)
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
        let decisions = try await CollectionView(of: tenant, at: visit.now, in: database).decisions(about: [id])
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

    /// A day that is over is looked at as it was known at its end.
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
    /// What is decided about a service now, or was to be decided at the end of a day that is over. Nil for a service that
    /// did not exist.
    package func decision(
        about service: Service.ID, of customer: Customer.ID, on day: Day, of tenant: Tenant, at now: Instant
    ) async throws -> Decision? {
        try await CollectionView(of: tenant, on: day, at: now, in: self).decisions(about: [customer])
            .first { $0.facts.service == service }
    }
}

struct CustomerCollectionPage: View {
    let heading: CustomerHeading
    let customer: Customer
    let decisions: [Decision]
    let promises: [PaymentPromise]
    let holds: [CollectionHold]
    let strikes: [Strike]
    let steps: [CollectionStep]
    let fault: (any Refusal)?
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var today: Day { visit.tenant.timeZone.day(at: visit.now) }

    var body: Markup {
        heading
        h2 { CollectionWords.collection.text(for: reader) }
        if let fault { p(.class("notice notice-warn"), .role("alert")) { fault.message.text(for: reader) } }
        for decision in decisions { card(decision) }
        promiseCard
        holdCard
        if visit.may(.collectionPolicy) {
            p {
                a(.href("/panel/customers/\(customer.id)/collection/policy")) {
                    CollectionWords.policy.text(for: reader)
                }
            }
        }
        if !strikes.isEmpty { strikeCard }
        h2 { CollectionWords.history.text(for: reader) }
        if steps.isEmpty {
            p(.class("hint")) { CollectionWords.noHistory.text(for: reader) }
        } else {
            StepTable(
                steps: steps, title: CollectionWords.history.text(for: reader), showsCustomer: false, visit: visit)
        }
    }

    private func card(_ decision: Decision) -> Markup {
        section(.class("card")) {
            p {
                span(.class("state"), .data("tone", decision.cause.tone.rawValue)) { decision.cause.text(for: reader) }
            }
            WhyFacts(decision: decision, reader: reader)
            p {
                a(.class("button"), .href("/panel/services/\(decision.facts.service)/why")) {
                    CollectionWords.why.text(for: reader)
                }
            }
        }
    }

    private var promiseCard: Markup {
        section(.class("card")) {
            h2 { CollectionWords.promises.text(for: reader) }
            if !promises.isEmpty {
                ul(.class("plain lines")) {
                    for promise in promises { li { PromiseLine(promise: promise, visit: visit) } }
                }
            }
            if visit.mayAct(with: .collectionPromise), !promises.contains(where: { $0.state == .open }) {
                p {
                    a(.class("button"), .href("/panel/customers/\(customer.id)/promises/new")) {
                        CollectionWords.newPromise.text(for: reader)
                    }
                }
            }
        }
    }

    private var holdCard: Markup {
        section(.class("card")) {
            h2 { CollectionWords.holds.text(for: reader) }
            if !holds.isEmpty { ul(.class("plain lines")) { for hold in holds { li { line(hold) } } } }
            if visit.mayAct(with: .collectionHold) {
                details {
                    summary { CollectionWords.newHold.text(for: reader) }
                    HTML.form(.class("form"), .method(.post), .action("/panel/customers/\(customer.id)/holds")) {
                        p(.class("hint")) { CollectionWords.giveGrace.text(for: reader) }
                        input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
                        NounFields(NounForm(new: NewHold(until: today + 7)), isNew: false, for: reader)
                        button(.type("submit"), .class("primary")) { CollectionWords.newHold.text(for: reader) }
                    }
                }
            }
        }
    }

    @MarkupBuilder private func line(_ hold: CollectionHold) -> Markup {
        span {
            "\(hold.from.text(.short, for: reader)) – \(hold.to?.text(.short, for: reader) ?? "…") · \(hold.reason) · \(hold.author)"
        }
        if hold.endedAt == nil, hold.to.map({ $0 >= today }) ?? true, visit.mayAct(with: .collectionHold) {
            HTML.form(.method(.post), .action("/panel/holds/\(hold.id)/end")) {
                button(.type("submit")) { CollectionWords.endHold.text(for: reader) }
            }
        }
    }

    private var strikeCard: Markup {
        section(.class("card")) {
            h2 { CollectionWords.strikes.text(for: reader) }
            ul(.class("plain lines")) { for strike in strikes { li { line(strike) } } }
        }
    }

    @MarkupBuilder private func line(_ strike: Strike) -> Markup {
        span {
            a(.href("/panel/payments/\(strike.payment)")) { strike.day.text(.short, for: reader) }
            " · \(strike.reason) · \(strike.author)"
            if let by = strike.annulledBy {
                " · \(CollectionWords.annul.text(for: reader)): \(by), \(strike.annulledFor)"
            }
        }
        if strike.annulledAt == nil, visit.mayAct(with: .collectionStrikes) {
            HTML.form(.method(.post), .action("/panel/strikes/\(strike.id)/annul")) {
                label {
                    span(.class("unseen")) { CollectionWords.reason.text(for: reader) }
                    input(.name("reason"), .required(), .maxlength(300), .autocomplete("off"))
                }
                button(.type("submit")) { CollectionWords.annul.text(for: reader) }
            }
        }
    }
}

struct PromiseLine: View {
    let promise: PaymentPromise
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        span {
            StateMark(promise.state, for: reader)
            " \(promise.amount.exactText(for: reader)) · \(promise.until.text(.short, for: reader)) · \(promise.author)"
            if promise.isBySubscriber { " (\(CollectionWords.bySubscriber.text(for: reader)))" }
            if !promise.note.isEmpty { " · \(promise.note)" }
        }
        if promise.state == .open, visit.mayAct(with: .collectionPromise) {
            HTML.form(.method(.post), .action("/panel/promises/\(promise.id)/cancel")) {
                button(.type("submit")) { CollectionWords.cancelPromise.text(for: reader) }
            }
        }
    }
}

struct NewPromisePage: View {
    let customer: Customer
    let form: NounForm<NewPromise>
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        let path = "/panel/customers/\(customer.id)"
        Crumb(customer.name, path: "\(path)/collection")
        h1 { CollectionWords.promiseOf.text(for: reader, .name(customer.name)) }
        HTML.form(.class("card form"), .method(.post), .action("\(path)/promises")) {
            ErrorSummary(
                CollectionWords.mistakes.text(for: reader), errors: form.faults.map { ($0.name, $0.text(for: reader)) })
            input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
            NounFields(form, isNew: true, for: reader)
            div(.class("form-acts")) {
                a(.class("button"), .href("\(path)/collection")) { CollectionWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { CollectionWords.newPromise.text(for: reader) }
            }
        }
    }
}

struct PromisesPage: View {
    let promises: [PaymentPromise]
    let state: PaymentPromise.State?
    let isFirst: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }
    private static let path = "/panel/promises"

    var body: Markup {
        PageHeading(CollectionWords.promises.text(for: reader))
        FilterBar(Self.path, button: CollectionWords.filter.text(for: reader)) {
            FormField(CollectionWords.state.text(for: reader), name: "state") { wiring in
                select(wiring) {
                    option(.value("")) { CollectionWords.every.text(for: reader) }
                    for known in PaymentPromise.State.allCases {
                        option(.value(known.rawValue), .selected(known == state)) { known.text(for: reader) }
                    }
                }
            }
        }
        LivingList {
            if promises.isEmpty {
                EmptyState(.calendar, CollectionWords.noPromises.text(for: reader))
            } else {
                table
                let filter = Fields(["state": state?.rawValue]).query(of: Self.path)
                let next =
                    promises.count > 50
                    ? Fields(["state": state?.rawValue, "before": "\(promises[49].number)"]).query(of: Self.path) : nil
                Pager(first: isFirst ? nil : filter, next: next, reader: reader)
            }
        }
    }

    private var table: Markup {
        let title = CollectionWords.promises.text(for: reader)
        return div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            HTML.table {
                caption { title }
                thead {
                    tr {
                        for words in [CollectionWords.customer, .state, .amount, .until, .author] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody {
                    for promise in promises.prefix(50) {
                        tr {
                            td(.class("name")) {
                                a(.href("/panel/customers/\(promise.customer)/collection")) { promise.customerName }
                            }
                            td { StateMark(promise.state, for: reader) }
                            td(.class("figures"), .data("label", CollectionWords.amount.text(for: reader))) {
                                promise.amount.exactText(for: reader)
                            }
                            td(.data("label", CollectionWords.until.text(for: reader))) {
                                promise.until.text(.short, for: reader)
                            }
                            td(.data("label", CollectionWords.author.text(for: reader))) { promise.author }
                        }
                    }
                }
            }
        }
    }
}

/// The figures of a decision.
struct WhyFacts: View {
    let decision: Decision
    let reader: Reader

    var body: Markup {
        dl(.class("facts")) {
            for (words, value) in facts {
                div {
                    dt { words.text(for: reader) }
                    dd { value }
                }
            }
        }
        if let next = decision.next {
            p {
                CollectionWords.waits.text(
                    for: reader, .text("stage", next.stage.text(for: reader)),
                    .text("day", next.day.text(.long, for: reader)))
            }
        }
    }

    private var facts: [(CollectionWords, String)] {
        var facts: [(CollectionWords, String)] = [
            (.owed, decision.owed.exactText(for: reader)), (.overdue, decision.overdue.exactText(for: reader)),
        ]
        if let since = decision.oldestDue { facts.append((.since, since.text(.short, for: reader))) }
        if decision.facts.state == .cut {
            facts.append((.fee, decision.toReconnect.fee.exactText(for: reader)))
            facts.append((.total, decision.toReconnect.total.exactText(for: reader)))
        }
        return facts
    }
}

struct WhyPage: View {
    let service: Service
    let customer: Customer
    let decision: Decision
    let steps: [CollectionStep]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(customer.name, path: "/panel/customers/\(customer.id)/collection")
        PageHeading(CollectionWords.whyTitle.text(for: reader, .name("\(service.planName) (\(service.number))")))
        form(.class("filter"), .method(.get), .action("/panel/services/\(service.id)/why")) {
            FormField(CollectionWords.whyDay.text(for: reader), name: "day") { wiring in
                input(wiring, .type("date"), .value(decision.day.iso))
            }
            button(.type("submit")) { CollectionWords.look.text(for: reader) }
        }
        section(.class("card")) {
            h2 { CollectionWords.decision.text(for: reader) }
            p {
                span(.class("state"), .data("tone", decision.cause.tone.rawValue)) { decision.cause.text(for: reader) }
            }
            if !decision.steps.isEmpty {
                p {
                    decision.steps.map { $0.text(in: decision.facts.currency, for: reader) }.joined(separator: ", ")
                }
            }
            WhyFacts(decision: decision, reader: reader)
        }
        inputs
        if !steps.isEmpty {
            h2 { CollectionWords.history.text(for: reader) }
            StepTable(
                steps: steps, title: CollectionWords.history.text(for: reader), showsCustomer: false, visit: visit)
        }
    }

    private var inputs: Markup {
        section(.class("card")) {
            h2 { CollectionWords.inputs.text(for: reader) }
            dl(.class("facts")) {
                for (words, value) in given {
                    div {
                        dt { words.text(for: reader) }
                        dd { value }
                    }
                }
            }
            if !decision.facts.charges.isEmpty {
                h3 { CollectionWords.charges.text(for: reader) }
                ul(.class("plain lines")) {
                    for charge in decision.facts.charges.prefix(50) {
                        li {
                            span { charge.day.text(.short, for: reader) }
                            span {
                                CollectionWords.due.text(
                                    for: reader, .text("day", charge.due.text(.short, for: reader)))
                            }
                            span(.class("figures")) {
                                Money(minor: charge.open, decision.facts.currency).exactText(for: reader)
                            }
                        }
                    }
                }
                p { a(.href("/panel/customers/\(customer.id)/account")) { CollectionWords.owed.text(for: reader) } }
            }
        }
    }

    private var given: [(CollectionWords, String)] {
        let (facts, rules) = (decision.facts, decision.policy.rules)
        func yes(_ isSo: Bool) -> String { (isSo ? CollectionWords.yes : .no).text(for: reader) }
        var given: [(CollectionWords, String)] = [
            (.service, facts.state.text(for: reader)), (.planCollected, yes(facts.isCollected)),
            (.rule, CollectionWords.version.text(for: reader, .number("number", decision.policy.version))),
            (.hour, "\(rules.hour):00"),
            (
                .promise,
                facts.promise.map {
                    "\(Money(minor: $0.amount, facts.currency).exactText(for: reader)), \($0.until.text(.short, for: reader))"
                } ?? CollectionWords.no.text(for: reader)
            ),
            (
                .holds,
                decision.holds.isEmpty
                    ? CollectionWords.no.text(for: reader) : decision.holds.map(\.reason).joined(separator: ", ")
            ),
            (
                .strikes,
                CollectionWords.strikeCount.text(
                    for: reader, .number("number", decision.strikes.count), .number("most", rules.strikes))
            ),
        ]
        for stage in Stage.allCases {
            guard let day = decision.day(of: stage) else { continue }
            given.append((stage.words, day.text(.short, for: reader)))
        }
        return given
    }
}

extension Stage {
    fileprivate var words: CollectionWords {
        switch self {
        case .notice: .stageNotice
        case .reminder: .stageReminder
        case .warning: .stageWarning
        case .cut: .stageCut
        }
    }
}
