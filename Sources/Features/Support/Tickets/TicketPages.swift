import Access
import Conversations
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Incidents
import Locale
import Notices
import Nouns
import Panel
import Services
import Tenancy
import Time

extension Ticket {
    func named(for reader: Reader) -> String {
        TicketWords.named.text(for: reader, .text("number", "\(number)"), .text("title", title))
    }
}

/// A ticket: whose it is, until when, and everything written on it.
struct TicketPage: View {
    let ticket: Ticket
    let customer: Customer?
    let service: Service?
    let incident: Incident?
    /// What keeps the customer offline now, while the ticket is linked to none.
    let current: Incident?
    /// The oldest first.
    let entries: [TicketEntry]
    let notices: [AnswerNotice]
    let files: [TicketFile]
    let workers: [TicketWorker]
    let replies: [CannedReply]
    /// What stands in the box.
    let text: String
    let refusal: TicketRefusal?
    /// Of other rooms.
    let parts: [Markup]
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var mayWork: Bool { visit.mayAct(with: .ticketsWork) }
    private var isMine: Bool { ticket.assignee != nil && ticket.assignee?.uuid == visit.admitted?.id }

    var body: Markup {
        Crumb(Ticket.list, visit: visit)
        PageHeading(ticket.title) {
            if mayWork, ticket.mergedInto == nil {
                a(.class("button"), .href("\(ticket.panelPath)/edit")) { TicketWords.edit.text(for: reader) }
            }
        }
        p(.class("subject")) {
            span(.class("number")) { "\(TicketWords.ticket.text(for: reader)) \(ticket.number)" }
            StateMark(ticket.state, for: reader)
            StateMark(ticket.priority, for: reader)
            if !ticket.isOver || ticket.sla == .overdue { StateMark(ticket.sla, for: reader) }
        }
        if let refusal { p(.class("notice error"), .role("alert")) { refusal.message.text(for: reader) } }
        if let whole = ticket.mergedInto {
            p(.class("notice")) {
                "\(TicketWords.mergedInto.text(for: reader)). "
                a(.href("\(Ticket.path)/\(whole)")) { TicketWords.seeMerged.text(for: reader) }
            }
        }
        if ticket.isHolding { p(.class("notice")) { TicketWords.holding.text(for: reader) } }
        if mayWork, ticket.mergedInto == nil { acts }
        facts
        for part in parts { part }
        thread
        if mayWork { composer }
    }

    // MARK: - Acts

    private var acts: Markup {
        div(.class("acts service-acts")) {
            switch ticket.state {
            case .new: stateForm(.inProgress, .start)
            case .inProgress: stateForm(.waiting, .wait)
            case .waiting: stateForm(.inProgress, .start)
            case .resolved: stateForm(.closed, .close)
            case .closed: Markup.nothing
            }
            if ticket.isOver {
                stateForm(.inProgress, .reopen)
            } else {
                stateForm(.resolved, .resolve, isPrimary: true)
                if !isMine, visit.admitted?.kind == .session { assignForm("me", .take) }
                assigning
                merging
            }
        }
    }

    private func stateForm(_ state: Ticket.State, _ words: TicketWords, isPrimary: Bool = false) -> Markup {
        form(.class("inline"), .method(.post), .action("\(ticket.panelPath)/state")) {
            button(
                .type("submit"), .when(isPrimary, .class("primary")), .name("state"), .value(state.rawValue)
            ) { words.text(for: reader) }
        }
    }

    private func assignForm(_ member: String, _ words: TicketWords) -> Markup {
        form(.class("inline"), .method(.post), .action("\(ticket.panelPath)/assignee")) {
            button(.type("submit"), .name("member"), .value(member)) { words.text(for: reader) }
        }
    }

    private var assigning: Markup {
        details(.class("chooser")) {
            summary(.class("button")) { TicketWords.assign.text(for: reader) }
            div {
                form(.method(.post), .action("\(ticket.panelPath)/assignee")) {
                    FormField(TicketWords.assignTo.text(for: reader), name: "member") { wiring in
                        select(wiring) {
                            option(.value("")) { TicketWords.nobody.text(for: reader) }
                            for worker in workers {
                                option(
                                    .value(worker.id.description), .selected(worker.id == ticket.assignee)
                                ) {
                                    TicketWords.workerOpen.text(
                                        for: reader, .name(worker.name), .number("number", worker.open))
                                }
                            }
                        }
                    }
                    button(.type("submit"), .class("primary")) { TicketWords.assign.text(for: reader) }
                }
                assignForm("load", .byLoad)
            }
        }
    }

    private var merging: Markup {
        details(.class("chooser")) {
            summary(.class("button")) { TicketWords.merge.text(for: reader) }
            form(.method(.post), .action("\(ticket.panelPath)/merge")) {
                FormField(
                    TicketWords.mergeWith.text(for: reader), name: "into",
                    hint: TicketWords.mergeText.text(for: reader)
                ) { wiring in
                    input(wiring, .required(), .inputmode("numeric"), .maxlength(18), .autocomplete("off"))
                }
                button(.type("submit"), .class("primary")) { TicketWords.merge.text(for: reader) }
            }
        }
    }

    // MARK: - Facts

    private var facts: Markup {
        dl(.class("facts card")) {
            if let customer {
                linked(.customer, "\(customer.name) (\(customer.number))", customer.panelPath)
                if !customer.phone.isEmpty {
                    div {
                        dt { TicketWords.telephone.text(for: reader) }
                        dd { TelephoneLinks(stored: customer.phone, visit: visit) }
                    }
                }
                let place = [customer.address, customer.neighbourhood].filter { !$0.isEmpty }
                if !place.isEmpty { fact(.address, place.joined(separator: " · ")) }
            }
            if let service { linked(.service, "\(service.planName) · \(service.address)", service.panelPath) }
            fact(.kind, ticket.kind.text(for: reader))
            if let dueAt = ticket.dueAt {
                fact(.dueAt, moment(dueAt))
            } else if !ticket.isOver, let left = ticket.secondsLeft {
                fact(
                    .dueAt,
                    TicketWords.standsStill.text(
                        for: reader, .number("hours", left / 3600), .number("minutes", left / 60 % 60)))
            }
            fact(.assignee, ticket.assigneeName.isEmpty ? TicketWords.nobody.text(for: reader) : ticket.assigneeName)
            if let incident {
                linked(.incident, incident.title, incident.panelPath)
                linked(
                    .othersOfIncident, TicketWords.tickets.text(for: reader),
                    "\(Ticket.path)?incident=\(incident.id)")
            }
            if let current { linked(.currentIncident, current.title, current.panelPath) }
            if let conversation = ticket.conversation, visit.may(.conversationsRead) {
                linked(
                    .conversation, TicketWords.openConversation.text(for: reader), "/panel/inbox/\(conversation)")
            }
            fact(.madeAt, "\(moment(ticket.madeAt)) · \(ticket.source.text(for: reader)) · \(ticket.author)")
            if let resolvedAt = ticket.resolvedAt { fact(.resolvedAt, moment(resolvedAt)) }
            if let rating = ticket.rating {
                let stars = TicketWords.ratingOf.text(for: reader, .number("number", rating))
                fact(.rating, [stars, ticket.ratingNote].filter { !$0.isEmpty }.joined(separator: " · "))
            }
        }
    }

    private func fact(_ words: TicketWords, _ text: String) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { text }
        }
    }

    private func linked(_ words: TicketWords, _ text: String, _ path: String) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { a(.href(path)) { text } }
        }
    }

    private func moment(_ instant: Instant) -> String { instant.text(.short, in: visit.tenant.timeZone, for: reader) }

    // MARK: - What is written

    private var thread: Markup {
        let first = files.filter { $0.entry == nil }
        return section(.class("card"), .aria("label", TicketWords.written.text(for: reader))) {
            h2 { TicketWords.written.text(for: reader) }
            if ticket.body.isEmpty, first.isEmpty, entries.isEmpty {
                p(.class("hint")) { TicketWords.nothingWritten.text(for: reader) }
            } else {
                ol(.class("messages")) {
                    if !ticket.body.isEmpty || !first.isEmpty {
                        li(.class("message"), .data("direction", "in")) {
                            p(.class("hint author")) { "\(ticket.author) · \(moment(ticket.madeAt))" }
                            p(.class("words")) { ticket.body }
                            TicketFiles(files: first, path: "/panel/ticket-files", reader: reader)
                        }
                    }
                    for entry in entries { line(entry) }
                }
            }
        }
    }

    private func line(_ entry: TicketEntry) -> Markup {
        let direction = entry.isInternal ? "note" : entry.authorKind == .customer ? "in" : "out"
        let marks = [
            entry.author, moment(entry.madeAt), entry.isInternal ? TicketWords.privately.text(for: reader) : "",
        ]
        return li(.class("message"), .data("direction", direction)) {
            p(.class("hint author")) { marks.filter { !$0.isEmpty }.joined(separator: " · ") }
            p(.class("words")) { entry.body }
            if let notice = notices.first(where: { $0.entry == entry.id }) { state(of: notice) }
            TicketFiles(files: files.filter { $0.entry == entry.id }, path: "/panel/ticket-files", reader: reader)
        }
    }

    private func state(of notice: AnswerNotice) -> Markup {
        p(.class("hint")) {
            StateMark(notice.state, for: reader)
            if notice.state == .failed, let failure = notice.failure {
                " \(visit.catalogue.failure(failure, by: notice.channel, for: reader))"
            }
        }
    }

    private var composer: Markup {
        form(.id("write"), .class("card"), .method(.post), .multipart, .action("\(ticket.panelPath)/entries")) {
            input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
            FormField(
                TicketWords.answer.text(for: reader), name: "text", hint: TicketWords.answerHint.text(for: reader)
            ) { wiring in
                textarea(wiring, .rows(4), .maxlength(4000), text: text)
            }
            FormField(
                TicketWords.file.text(for: reader), name: "file", hint: TicketWords.fileHint.text(for: reader)
            ) { wiring in
                input(wiring, .type("file"), .accept(TicketFile.accepted))
            }
            div(.class("buttons")) {
                if ticket.state != .closed, ticket.customer != nil {
                    button(.type("submit"), .class("primary"), .name("as"), .value("answer")) {
                        TicketWords.send.text(for: reader)
                    }
                }
                button(.type("submit"), .name("as"), .value("note")) { TicketWords.keepNote.text(for: reader) }
                if ticket.customer != nil { canned }
            }
        }
    }

    private var canned: Markup {
        details(.class("chooser upward")) {
            summary(.class("button")) { TicketWords.canned.text(for: reader) }
            if replies.isEmpty {
                p(.class("hint")) { TicketWords.noCanned.text(for: reader) }
            } else {
                ul(.class("plain")) {
                    for reply in replies {
                        li {
                            a(.href("\(ticket.panelPath)?reply=\(reply.code)#write")) {
                                strong { "/\(reply.code)" }
                                " \(FormText.line(reply.body, upTo: 60))"
                            }
                        }
                    }
                }
            }
        }
    }
}

/// To call, and to write by WhatsApp.
struct TelephoneLinks: View {
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

/// Pictures as links with their names, papers to be downloaded.
struct TicketFiles: View {
    let files: [TicketFile]
    let path: String
    let reader: Reader

    var body: Markup {
        if !files.isEmpty {
            ul(.class("plain")) {
                for file in files {
                    li {
                        a(.href("\(path)/\(file.id)"), .when(!file.isPicture, .download())) {
                            file.isPicture
                                ? TicketWords.picture.text(for: reader, .name(file.name)) : file.name
                        }
                    }
                }
            }
        }
    }
}

/// A list of tickets on another noun's page.
struct TicketLines: View {
    let tickets: [Ticket]
    let visit: Visit

    var body: Markup {
        ul(.class("plain lines")) {
            for ticket in tickets {
                li {
                    a(.href(ticket.panelPath)) { ticket.named(for: visit.reader) }
                    span {
                        StateMark(ticket.state, for: visit.reader)
                        if !ticket.isOver { StateMark(ticket.sla, for: visit.reader) }
                    }
                }
            }
        }
    }
}

struct CustomerTicketsPage: View {
    let heading: CustomerHeading
    let customer: Customer
    let tickets: [Ticket]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        heading
        section(.class("card"), .aria("label", TicketWords.tickets.text(for: reader))) {
            h2 { TicketWords.tickets.text(for: reader) }
            if tickets.isEmpty {
                p(.class("hint")) { TicketWords.noneOfCustomer.text(for: reader) }
            } else {
                TicketLines(tickets: tickets, visit: visit)
            }
            if visit.mayAct(with: .ticketsWork) {
                div(.class("acts")) {
                    a(.class("button primary"), .href("\(Ticket.path)/new?customer=\(customer.id)")) {
                        TicketWords.new.text(for: reader)
                    }
                }
            }
        }
    }
}
