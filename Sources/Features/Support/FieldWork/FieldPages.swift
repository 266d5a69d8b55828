import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Services
import Tenancy
import Tickets
import Time

extension FieldJob {
    func named(for reader: Reader) -> String {
        FieldWords.named.text(for: reader, .text("kind", kind.text(for: reader)), .text("number", "\(number)"))
    }

    func technician(for reader: Reader) -> String {
        assigneeName.isEmpty ? FieldWords.nobody.text(for: reader) : assigneeName
    }

    func moment(for reader: Reader) -> String {
        guard let day else { return FieldWords.unscheduled.text(for: reader) }
        return "\(day.text(.full, for: reader)) · \(begins)"
    }
}

/// Where to go, with what opens a map on a telephone.
private struct FieldPlace: View {
    let customer: Customer
    let spot: FieldSpot?
    let visit: Visit

    private var reader: Reader { visit.reader }

    private static func map(of place: Coordinates) -> String {
        let parts = place.text.split(separator: ", ")
        guard parts.count == 2 else { return "https://www.openstreetmap.org/" }
        let (latitude, longitude) = (parts[0], parts[1])
        return "https://www.openstreetmap.org/?mlat=\(latitude)&mlon=\(longitude)#map=17/\(latitude)/\(longitude)"
    }

    var body: Markup {
        let parts = [spot?.address ?? customer.address, spot?.neighbourhood ?? customer.neighbourhood]
            .filter { !$0.isEmpty }
        if !parts.isEmpty { "\(parts.joined(separator: " · ")) " }
        if let place = spot?.coordinates {
            a(.href(Self.map(of: place)), .rel("noopener"), .target("_blank")) { FieldWords.map.text(for: reader) }
        }
    }
}

private struct FieldPhone: View {
    let stored: String
    let visit: Visit

    var body: Markup {
        span(.class("phone")) {
            a(.href("tel:\(stored.filter { $0 != " " })")) { Phone.text(of: stored, in: visit.tenant.region) }
            if let phone = Phone(e164: stored) {
                " "
                a(.href("https://wa.me/\(phone.e164.dropFirst())"), .rel("noopener"), .target("_blank")) { "WhatsApp" }
            }
        }
    }
}

/// A day's work, in the order in which it is to be done.
struct FieldDayPage: View {
    let day: Day
    let today: Day
    let isMine: Bool
    let jobs: [FieldJob]
    let customers: [Customer.ID: Customer]
    let spots: [Service.ID: FieldSpot]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading((isMine ? FieldWords.mine : .works).text(for: reader)) {
            a(.class("button"), .href(address(day - 1))) { FieldWords.dayBefore.text(for: reader) }
            a(.class("button"), .href(address(day + 1))) { FieldWords.dayAfter.text(for: reader) }
            if visit.may(.fieldWork) {
                a(.class("button"), .href("\(FieldRoutes.today)?day=\(day.iso)\(isMine ? "&all=yes" : "")")) {
                    (isMine ? FieldWords.everybody : .mine).text(for: reader)
                }
            }
        }
        p(.class("hint lead")) { day.text(.full, for: reader) }
        if jobs.isEmpty {
            EmptyState(.calendar, FieldWords.nothingToday.text(for: reader))
        } else {
            ul(.class("cards")) { for job in jobs { card(job) } }
        }
    }

    private func address(_ day: Day) -> String { "\(FieldRoutes.today)?day=\(day.iso)\(isMine ? "" : "&all=yes")" }

    private func card(_ job: FieldJob) -> Markup {
        li(.class("card")) {
            p {
                strong { a(.href(job.panelPath)) { "\(job.begins) · \(job.customerName)" } }
                " "
                StateMark(job.state, for: reader)
            }
            p {
                job.kind.text(for: reader)
                if job.day != day, let earlier = job.day { " · \(earlier.text(.short, for: reader))" }
                if !isMine { " · \(job.technician(for: reader))" }
            }
            if let customer = customers[job.customer] {
                p { FieldPlace(customer: customer, spot: job.service.flatMap { spots[$0] }, visit: visit) }
                if !customer.phone.isEmpty { p { FieldPhone(stored: customer.phone, visit: visit) } }
            }
            if !job.note.isEmpty { p(.class("hint")) { job.note } }
        }
    }
}

/// One piece of work: where, when, what is to be seen to, and what was done.
struct FieldJobPage: View {
    let job: FieldJob
    let customer: Customer
    let service: Service?
    let ticket: Ticket?
    let photos: [FieldPhoto]
    let equipment: (carried: [FieldEquipment.Piece], atCustomer: [FieldEquipment.Piece])
    let draft: FieldDraft
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(FieldJob.list, visit: visit)
        PageHeading(job.named(for: reader)) {
            if !job.isOver, visit.mayAct(with: .fieldPlan) {
                a(.class("button"), .href("\(job.panelPath)/appointment")) {
                    FieldWords.reschedule.text(for: reader)
                }
            }
        }
        p(.class("subject")) { StateMark(job.state, for: reader) }
        if let refusal = draft.refusal {
            p(.class("notice error"), .role("alert")) { refusal.message.text(for: reader) }
        }
        if !job.isOver { acts }
        facts
        if job.isOver {
            outcome
        } else if visit.mayAct(with: .fieldWork) {
            finishing
        }
    }

    private var acts: Markup {
        div(.class("acts service-acts")) {
            if visit.mayAct(with: .fieldWork), job.state != .inProgress { starting }
            if visit.mayAct(with: .fieldPlan) { cancelling }
        }
    }

    private var facts: Markup {
        dl(.class("facts card")) {
            linked(.customer, "\(customer.name) (\(customer.number))", customer.panelPath)
            if !customer.phone.isEmpty {
                div {
                    dt { FieldWords.telephone.text(for: reader) }
                    dd { FieldPhone(stored: customer.phone, visit: visit) }
                }
            }
            div {
                dt { FieldWords.address.text(for: reader) }
                dd { FieldPlace(customer: customer, spot: service.map { FieldSpot($0) }, visit: visit) }
            }
            fact(.when, job.moment(for: reader))
            fact(.assignee, job.technician(for: reader))
            if let service { linked(.service, service.planName, service.panelPath) }
            if let ticket { linked(.ticket, "\(ticket.number) · \(ticket.title)", ticket.panelPath) }
            if !job.note.isEmpty { fact(.note, job.note) }
            if job.kind == .installation {
                linked(.contract, FieldWords.contract.text(for: reader), "\(customer.panelPath)/contracts")
            }
            fact(.madeBy, job.author)
        }
    }

    private func fact(_ words: FieldWords, _ text: String) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { text }
        }
    }

    private func linked(_ words: FieldWords, _ text: String, _ path: String) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { a(.href(path)) { text } }
        }
    }

    private var starting: Markup {
        form(.class("inline"), .method(.post), .action("\(job.panelPath)/start")) {
            button(.type("submit"), .class("primary")) { FieldWords.start.text(for: reader) }
        }
    }

    private var finishing: Markup {
        form(.id("report"), .class("card"), .method(.post), .multipart, .action("\(job.panelPath)/report")) {
            input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
            fieldset {
                legend { FieldWords.checklist.text(for: reader) }
                for item in job.checklist {
                    label(.class("choice")) {
                        input(
                            .type("checkbox"), .name("checked"), .value(item), .checked(draft.checked.contains(item)))
                        span { item }
                    }
                }
            }
            FormField(FieldWords.report.text(for: reader), name: "report") { wiring in
                textarea(wiring, .rows(3), .maxlength(2000), text: draft.report)
            }
            if job.kind != .recovery {
                pieces(.putUp, named: "put", equipment.carried)
                serials(.serials, named: "serials", draft.serials)
            }
            if job.kind != .installation {
                pieces(.takenAway, named: "taken", equipment.atCustomer)
                serials(.fetched, named: "fetched", draft.fetched)
            }
            FormField(
                FieldWords.photo.text(for: reader), name: "photo", hint: FieldWords.photoHint.text(for: reader)
            ) { wiring in
                input(wiring, .type("file"), .accept(FieldPhoto.accepted))
            }
            pictures
            if job.kind == .installation, service?.state == .pending {
                p(.class("hint")) { FieldWords.activates.text(for: reader) }
            }
            if ticket?.isOver == false { p(.class("hint")) { FieldWords.resolves.text(for: reader) } }
            div(.class("buttons")) {
                button(.type("submit"), .class("primary"), .name("as"), .value("done")) {
                    FieldWords.finish.text(for: reader)
                }
                button(.type("submit"), .name("as"), .value("photo")) { FieldWords.addPhoto.text(for: reader) }
                if visit.mayAct(with: Permission("payments.register")) {
                    a(.class("button"), .href("\(customer.panelPath)/payments/new")) {
                        FieldWords.takePayment.text(for: reader)
                    }
                }
            }
        }
    }

    private func pieces(_ words: FieldWords, named name: String, _ pieces: [FieldEquipment.Piece]) -> Markup {
        guard !pieces.isEmpty else { return .nothing }
        return fieldset {
            legend { words.text(for: reader) }
            for piece in pieces {
                label(.class("choice")) {
                    input(
                        .type("checkbox"), .name(name), .value(piece.serial),
                        .checked(draft.pieces.contains(piece.serial)))
                    span { "\(piece.name) · \(piece.serial)" }
                }
            }
        }
    }

    private func serials(_ words: FieldWords, named name: String, _ text: String) -> Markup {
        FormField(words.text(for: reader), name: name) { wiring in
            textarea(wiring, .rows(1), .maxlength(500), .autocomplete("off"), text: text)
        }.body
    }

    private var pictures: Markup {
        guard !photos.isEmpty else { return .nothing }
        return ul(.class("plain")) {
            for photo in photos {
                li {
                    a(.href("/panel/field-photos/\(photo.id)")) {
                        FieldWords.photoNamed.text(for: reader, .name(photo.name))
                    }
                }
            }
        }
    }

    private var cancelling: Markup {
        details(.class("chooser")) {
            summary(.class("button danger")) { FieldWords.cancel.text(for: reader) }
            form(.method(.post), .action("\(job.panelPath)/cancel")) {
                FormField(
                    FieldWords.reason.text(for: reader), name: "reason", hint: FieldWords.cancelText.text(for: reader)
                ) { wiring in
                    input(wiring, .required(), .maxlength(300), .autocomplete("off"))
                }
                button(.type("submit"), .class("danger-solid")) { FieldWords.cancel.text(for: reader) }
            }
        }
    }

    private var outcome: Markup {
        section(.class("card"), .aria("label", FieldWords.report.text(for: reader))) {
            h2 { FieldWords.report.text(for: reader) }
            p(.class("words")) { job.report }
            if !job.serials.isEmpty { p { "\(FieldWords.serials.text(for: reader)): \(job.serials)" } }
            if !job.fetched.isEmpty { p { "\(FieldWords.fetched.text(for: reader)): \(job.fetched)" } }
            if !job.checked.isEmpty {
                ul { for item in job.checked { li { item } } }
            }
            pictures
            if let endedAt = job.endedAt {
                p(.class("hint")) {
                    FieldWords.endedAt.text(for: reader)
                    ": \(endedAt.text(.short, in: visit.tenant.timeZone, for: reader))"
                }
            }
        }
    }
}

/// What a customer reads of who comes when.
struct FieldAppointments: View {
    let jobs: [FieldJob]
    let reader: Reader

    var body: Markup {
        section(.class("card"), .aria("label", FieldWords.coming.text(for: reader))) {
            h2 { FieldWords.coming.text(for: reader) }
            ul(.class("plain lines")) {
                for job in jobs { li { "\(job.kind.text(for: reader)): \(job.moment(for: reader))" } }
            }
        }
    }
}

/// Jobs on another noun's page.
struct FieldLines: View {
    let jobs: [FieldJob]
    let visit: Visit

    var body: Markup {
        ul(.class("plain lines")) {
            for job in jobs {
                li {
                    a(.href(job.panelPath)) { "\(job.named(for: visit.reader)) · \(job.moment(for: visit.reader))" }
                    StateMark(job.state, for: visit.reader)
                }
            }
        }
    }
}
