import Access
import Assembly
import Bot
import Conversations
import Customers
import Declarations
import Events
import HTML
import HTTP
import Identifiers
import Locale
import Monitoring
import Nouns
import Panel
import Postgres
import StaffChat
import Tenancy
import Time

/// Tickets beside what other rooms show: a customer, a conversation, a device, the bot, the staff's own chats.
enum TicketDoors {
    static let customerActs: any RoomPart = CustomerActs(30, for: .ticketsWork) { _, visit, customer in
        guard visit.mayAct(with: .ticketsWork) else { return [] }
        return [
            CustomerAct(
                TicketWords.ticket.text(for: visit.reader), at: "\(Ticket.path)/new?customer=\(customer.id)",
                icon: .support, key: "t")
        ]
    }

    static let customerCard: any RoomPart = CustomerCards(
        25, for: .ticketsRead,
        reading: { visit, customer in
            [visit.database.ticketsStatement(of: customer.id, isOpen: true, limit: 5)]
        },
        { rows, visit, _ in
            let tickets: [Ticket] = try rows[0].read()
            guard !tickets.isEmpty else { return nil }
            return CustomerCard(TicketWords.openOnes.text(for: visit.reader), in: .side) {
                TicketLines(tickets: tickets, visit: visit)
            }
        })

    static let conversation: any RoomPart = ConversationPart(20, for: .ticketsRead) { conversation, visit in
        let tickets = try await visit.database.tickets(about: conversation.id.uuid)
        let mayWork = visit.mayAct(with: .ticketsWork)
        guard mayWork || !tickets.isEmpty else { return .nothing }
        return section(.class("side-card")) {
            h3 { TicketWords.ofConversation.text(for: visit.reader) }
            if !tickets.isEmpty { TicketLines(tickets: tickets, visit: visit) }
            if mayWork {
                a(.class("button"), .href("\(Ticket.path)/new?conversation=\(conversation.id)")) {
                    TicketWords.create.text(for: visit.reader)
                }
            }
        }
    }

    /// An antenna that fails becomes a ticket with its name.
    static let device: any RoomPart = DevicePart(40) { device, visit in
        guard visit.mayAct(with: .ticketsWork) else { return .nothing }
        let title = PercentCoding.escape(device.name)
        return p {
            a(
                .class("button"),
                .href("\(Ticket.path)/new?kind=\(Ticket.Kind.equipment.rawValue)&title=\(title)")
            ) { TicketWords.create.text(for: visit.reader) }
        }
    }

    /// What a customer describes to the bot is a ticket in their own words.
    static let report: any RoomPart = BotReport(10) { turn, customer in
        var new = NewTicket()
        let line = FormText.line(turn.said, upTo: 100)
        new.title = line.isEmpty ? TicketWords.botSubject.text(for: turn.reader) : line
        (new.customer, new.text) = (customer.id, FormText.lines(turn.said, each: 2000).prefix(scalars: 4000))
        let ticket = try await TicketActs(randomness: turn.randomness).open(
            new, as: .make(milliseconds: turn.now.milliseconds, from: turn.randomness), from: .bot,
            about: turn.conversation.uuid, of: turn.company, by: turn.principal, in: turn.database)
        return TicketWords.botTaken.text(for: turn.reader, .text("number", "\(ticket.number)"))
    }

    static let staffNotices: [any RoomPart] = [
        notice(60, .ticketAssigned, .noticeAssigned, .staffAssigned, isForAnybody: false) { !$0.isOver },
        notice(61, .ticketDueSoon, .noticeSoon, .staffSoon, isForAnybody: true) { $0.sla == .dueSoon && !$0.isOver },
        notice(62, .ticketOverdue, .noticeOverdue, .staffOverdue, isForAnybody: true) {
            $0.sla == .overdue && !$0.isOver
        },
    ]

    /// Told to whoever has the ticket; to everybody who sees to tickets while nobody has it.
    private static func notice(
        _ number: Int, _ event: EventKind, _ title: TicketWords, _ words: TicketWords, isForAnybody: Bool,
        while applies: @escaping @Sendable (Ticket) -> Bool
    ) -> StaffNotice {
        StaffNotice(number, of: event, title.message, to: .ticketsWork) { turn, subject in
            guard let ticket = try await turn.database.ticket(ID(subject)), applies(ticket),
                ticket.assignee.map({ $0.uuid == turn.principal.actor.id }) ?? isForAnybody
            else { return nil }
            return StaffReply(
                words.text(
                    for: turn.reader, .text("number", "\(ticket.number)"), .text("title", ticket.title),
                    .text("customer", ticket.customerName.isEmpty ? turn.company.name : ticket.customerName)))
        }
    }

    static let search: any RoomPart = DirectSearch(
        40, TicketWords.tickets.message, .support, at: Ticket.path, for: .ticketsRead
    ) { visit, text in
        let number = Int(text.filter(\.isNumber)) ?? 0
        return """
            SELECT t.ticket_id AS id, t.number || ' · ' || t.title AS title, coalesce(c.name, '') AS detail,
                NULL::date AS day
            FROM tickets t
            LEFT JOIN customers c ON c.tenant_id = \(visit.database.tenant) AND c.customer_id = t.customer_id
            WHERE t.tenant_id = \(visit.database.tenant) AND t.number = \(number) LIMIT 5
            """
    }

    static func homeParts(for visit: Visit) async throws -> [HomePart] {
        guard visit.may(.ticketsRead), let figures = try await visit.database.ticketFigures(for: visit) else {
            return []
        }
        let reader = visit.reader
        var parts = [
            HomePart(
                .tile, 36,
                Tile(
                    TicketWords.openFigure.text(for: reader), figures.open.text(for: reader), path: Ticket.path,
                    mark: figures.overdue > 0 ? "suspended" : "",
                    note: TicketWords.figureNote.text(
                        for: reader, .number("unassigned", figures.unassigned), .number("overdue", figures.overdue))))
        ]
        if figures.mine > 0, let me = visit.admitted?.id {
            parts.append(
                HomePart(
                    .tile, 37,
                    Tile(
                        TicketWords.myFigure.text(for: reader), figures.mine.text(for: reader),
                        path: "\(Ticket.path)?phase=open&assignee=\(me)")))
        }
        return parts
    }
}
