import Access
import Collection
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Payments
import Postgres
import Tenancy
import Time
import Zones

struct RoundRoutes: Sendable {
    let randomness: Randomness

    static let path = "/panel/rounds"

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/rounds", .roundsWalk, "La ruta de cobro de hoy", show)
        routes.get(
            "/panel/customers/:id/failed-visits/new", .roundsWalk, "Formulario de un cliente no localizado", ask)
        routes.post("/panel/customers/:id/failed-visits", .roundsWalk, "Anota que no se localizó a un cliente", create)
    }

    private func show(_ visit: Visit) async throws -> Response {
        let zones = try await visit.database.zones()
        let zone = visit.request.query["zone"].flatMap { word in zones.first { $0.id.description == word } }
        let page = RoundPage(
            stops: try await visit.database.roundStops(
                of: zone?.id.description, on: visit.tenant.timeZone.day(at: visit.now), for: visit.tenant),
            zones: zones, zone: zone, visit: visit)
        return try await Panel.page(page, titled: RoundWords.mine.text(for: visit.reader), for: visit)
    }

    private func ask(_ visit: Visit, id: Customer.ID) async throws -> Response {
        try await page(NounForm(new: blank(visit, id)), id, .ok, visit)
    }

    private func create(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        let form = try NounForm<FailedVisit>(sent)
        guard form.faults.isEmpty else { return try await page(form, id, .unprocessableContent, visit) }
        _ = try await visit.once(sent) { database in
            (
                try await form.applied(to: blank(visit, id)).add(
                    of: visit.tenant, by: visit.principal, in: database), Self.path
            )
        }
        return Panel.done(.saved, at: Self.path)
    }

    private func blank(_ visit: Visit, _ customer: Customer.ID) -> FailedVisit {
        FailedVisit(id: .make(milliseconds: visit.now.milliseconds, from: randomness), customer: customer)
    }

    private func page(
        _ form: NounForm<FailedVisit>, _ id: Customer.ID, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        let title = RoundWords.noteOf.text(for: visit.reader, .name(customer.name))
        let page = NounFormPage(
            title, form, to: "\(customer.panelPath)/failed-visits", cancel: Self.path,
            submit: RoundWords.record.message, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

struct RoundPage: View {
    let stops: [RoundStop]
    let zones: [Zone]
    let zone: Zone?
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var shown: [RoundStop] { Array(stops.prefix(TenantDatabase.mostStops)) }

    var body: Markup {
        PageHeading(RoundWords.mine.text(for: reader))
        p(.class("hint lead")) { RoundWords.intro.text(for: reader) }
        if zones.count > 1 {
            FilterBar(RoundRoutes.path, button: RoundWords.filter.text(for: reader)) {
                FormField(RoundWords.zone.text(for: reader), name: "zone") { wiring in
                    select(wiring) {
                        option(.value("")) { RoundWords.every.text(for: reader) }
                        for known in zones {
                            option(.value(known.id.description), .selected(known == zone)) { known.name }
                        }
                    }
                }
            }
        }
        LivingList {
            if shown.isEmpty {
                EmptyState(
                    .collection, (zone == nil ? RoundWords.nothing : .nothingInZone).text(for: reader))
            } else {
                summary
                ul(.class("cards")) { for stop in shown.filter({ !$0.isDone }) { card(stop) } }
                ul(.class("cards")) { for stop in shown.filter(\.isDone) { card(stop) } }
                if stops.count > shown.count {
                    p(.class("notice")) { RoundWords.more.text(for: reader, .number("number", shown.count)) }
                }
            }
        }
    }

    private var summary: Markup {
        let left = shown.filter { !$0.isDone }
        let sum = left.reduce(Int64(0)) { $0.addingReportingOverflow($1.overdue.minor).partialValue }
        return p {
            strong {
                RoundWords.left.text(
                    for: reader, .number("number", left.count),
                    .text("amount", Money(minor: sum, visit.tenant.currency).exactText(for: reader)))
            }
        }
    }

    private func card(_ stop: RoundStop) -> Markup {
        let path = "/panel/customers/\(stop.customer)"
        let place = [stop.address, stop.neighbourhood, stop.zone].filter { !$0.isEmpty }.joined(separator: " · ")
        return li(.class("card")) {
            p {
                strong { a(.href(path)) { stop.name } }
                " · \(stop.number)"
            }
            if !place.isEmpty { p { place } }
            p {
                "\(RoundWords.overdue.text(for: reader)) "
                strong { stop.overdue.exactText(for: reader) }
                " \(RoundWords.since.text(for: reader, .text("day", stop.since.text(.short, for: reader))))"
            }
            outcome(of: stop)
            div(.class("acts")) {
                if visit.mayAct(with: .paymentsRegister) {
                    a(.class("button primary"), .href("\(path)/payments/new")) { RoundWords.take.text(for: reader) }
                }
                if visit.mayAct(with: .collectionPromise) {
                    a(.class("button"), .href("\(path)/promises/new"), .data("dialog", "")) {
                        RoundWords.promise.text(for: reader)
                    }
                }
                if visit.mayAct(with: .roundsWalk) {
                    a(.class("button"), .href("\(path)/failed-visits/new"), .data("dialog", "")) {
                        RoundWords.notFound.text(for: reader)
                    }
                }
                if !stop.phone.isEmpty {
                    a(.class("button"), .href("tel:\(stop.phone)")) { Phone.text(of: stop.phone, in: reader.region) }
                }
            }
        }
    }

    @MarkupBuilder private func outcome(of stop: RoundStop) -> Markup {
        if let paid = stop.paid {
            p(.class("state"), .data("tone", "good")) {
                RoundWords.paid.text(for: reader, .text("amount", paid.exactText(for: reader)))
            }
        }
        if let unverified = stop.unverified {
            p(.class("state"), .data("tone", "warning")) {
                RoundWords.unverified.text(for: reader, .text("amount", unverified.exactText(for: reader)))
            }
        }
        if let until = stop.promisedUntil {
            p(.class("state"), .data("tone", "warning")) {
                RoundWords.promised.text(for: reader, .text("day", until.text(.short, for: reader)))
            }
        }
        if let missed = stop.missedAt {
            p(.class("state"), .data("tone", "quiet")) {
                RoundWords.missed.text(
                    for: reader, .text("moment", missed.text(.short, in: visit.tenant.timeZone, for: reader)))
                if !stop.missedNote.isEmpty { " · \(stop.missedNote)" }
            }
        }
    }
}
