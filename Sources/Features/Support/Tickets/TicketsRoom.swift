import Access
import Assembly
import Customers
import Declarations
import Identifiers
import Letters
import Locale
import Notices
import Nouns
import Panel
import Postgres
import Tenancy

extension Permission {
    package static let ticketsRead = Permission("tickets.read")
    package static let ticketsWork = Permission("tickets.work")
    package static let ticketsManage = Permission("tickets.manage")
}

extension EventKind {
    package static let ticketOpened = EventKind(
        "ticket.opened", Message(es: "Abrió un ticket", en: "Opened a ticket", pt: "Abriu um ticket"),
        told: Message(es: "Ticket abierto", en: "Ticket opened", pt: "Ticket aberto"), to: .ticketsRead)
    package static let ticketAssigned = EventKind(
        "ticket.assigned", Message(es: "Asignó un ticket", en: "Assigned a ticket", pt: "Atribuiu um ticket"),
        told: Message(es: "Ticket asignado", en: "Ticket assigned", pt: "Ticket atribuído"), to: .ticketsRead)
    package static let ticketMoved = EventKind(
        "ticket.moved",
        Message(
            es: "Pasó un ticket a otro estado", en: "Took a ticket to another status",
            pt: "Passou um ticket a outra situação"),
        told: Message(
            es: "Ticket en otro estado", en: "Ticket in another status", pt: "Ticket em outra situação"),
        to: .ticketsRead)
    package static let ticketChanged = EventKind(
        "ticket.changed", Message(es: "Cambió un ticket", en: "Changed a ticket", pt: "Alterou um ticket"),
        told: Message(es: "Ticket cambiado", en: "Ticket changed", pt: "Ticket alterado"), to: .ticketsRead)
    package static let ticketMerged = EventKind(
        "ticket.merged", Message(es: "Unió un ticket a otro", en: "Merged a ticket", pt: "Uniu um ticket a outro"),
        told: Message(es: "Ticket unido a otro", en: "Ticket merged", pt: "Ticket unido a outro"), to: .ticketsRead)
    package static let ticketAnswered = EventKind(
        "ticket.answered",
        Message(es: "Escribió en un ticket", en: "Wrote on a ticket", pt: "Escreveu em um ticket"),
        told: Message(es: "Comentario en un ticket", en: "Comment on a ticket", pt: "Comentário em um ticket"),
        to: .ticketsRead)
    package static let ticketNoted = EventKind(
        "ticket.noted",
        Message(
            es: "Escribió una nota en un ticket", en: "Wrote a note on a ticket", pt: "Escreveu uma nota em um ticket"))
    package static let ticketDueSoon = EventKind(
        "ticket.due_soon",
        Message(es: "Vio un ticket por vencer", en: "Saw a ticket due soon", pt: "Viu um ticket a vencer"),
        told: Message(es: "Ticket por vencer", en: "Ticket due soon", pt: "Ticket a vencer"), to: .ticketsRead)
    package static let ticketOverdue = EventKind(
        "ticket.overdue",
        Message(es: "Vio vencer un ticket", en: "Saw a ticket become overdue", pt: "Viu vencer um ticket"),
        told: Message(es: "Ticket vencido", en: "Ticket overdue", pt: "Ticket vencido"), to: .ticketsRead)
    package static let ticketRated = EventKind(
        "ticket.rated", Message(es: "Calificó un ticket", en: "Rated a ticket", pt: "Avaliou um ticket"),
        told: Message(es: "Ticket calificado", en: "Ticket rated", pt: "Ticket avaliado"), to: .ticketsRead)
    package static let ticketPolicyChanged = EventKind(
        "ticket_policy.changed",
        Message(
            es: "Cambió la política de tickets", en: "Changed the ticket policy",
            pt: "Alterou a política de tickets"))
}

extension Notice {
    package static let ticketOpened = Notice(
        "ticket_opened", Message(es: "Ticket creado.", en: "Ticket created.", pt: "Ticket criado."))
    package static let ticketsMoved = Notice(
        "tickets_moved",
        Message(es: "Los tickets cambiaron de estado.", en: "The tickets changed.", pt: "Os tickets mudaram."),
        undoneAt: "\(TicketStateChange.path)/undo")
    /// Shown to the customer who reported.
    package static let reportSent = Notice(
        "report_sent",
        Message(
            es: "Recibimos su reporte. Aquí puede seguirlo.", tu: "Recibimos tu reporte. Aquí puedes seguirlo.",
            vos: "Recibimos tu reporte. Aquí podés seguirlo.",
            en: "We received your report. You can follow it here.",
            pt: "Recebemos seu relato. Você pode acompanhá-lo aqui."))
}

extension LetterKind {
    package static let ticketAlert = LetterKind(
        "ticket_alert", Message(es: "Alerta de ticket", en: "Alert of a ticket", pt: "Alerta de ticket"))
}

extension NoticeKind {
    package static let ticketOpened = NoticeKind(
        "ticket_opened", Message(es: "Ticket registrado", en: "Ticket registered", pt: "Ticket registrado"),
        blanks: ["numero", "titulo"])
    package static let ticketAnswer = NoticeKind(
        "ticket_answer", Message(es: "Respuesta en un ticket", en: "Answer on a ticket", pt: "Resposta em um ticket"),
        blanks: ["numero", "titulo", "texto"])
    package static let ticketResolved = NoticeKind(
        "ticket_resolved", Message(es: "Ticket resuelto", en: "Ticket resolved", pt: "Ticket resolvido"),
        blanks: ["numero", "titulo"]
    ) { notice, database in
        try await database.ticket(Ticket.ID(notice.about))?.isOver == true
    }
}

extension RoomDeclarations {
    package static let tickets = RoomDeclarations(
        "Tickets",
        permissions: [
            GrantablePermission(
                .ticketsRead, Message(es: "Ver tickets", en: "See tickets", pt: "Ver tickets"),
                heldBy: [.support, .technician, .noc, .cashier, .collector, .accountant], isWithinZones: true,
                lent: .toReaders),
            GrantablePermission(
                .ticketsWork,
                Message(
                    es: "Atender tickets: crear, responder, asignar y resolver",
                    en: "See to tickets: create, answer, assign and resolve",
                    pt: "Atender tickets: criar, responder, atribuir e resolver"),
                heldBy: [.support, .technician, .noc], isWithinZones: true),
            GrantablePermission(
                .ticketsManage,
                Message(
                    es: "Cambiar la política de tickets", en: "Change the ticket policy",
                    pt: "Alterar a política de tickets"), heldBy: .ownerOnly),
        ],
        menu: [
            MenuEntry(
                .menu(.support, 10), TicketWords.tickets.message, path: Ticket.path, permission: .ticketsRead,
                icon: .support,
                synonyms: Message(
                    es: "reportes reclamos quejas soporte pqrs incidencias", en: "reports complaints support issues",
                    pt: "relatos reclamações suporte chamados"),
                count: { tenant in
                    """
                    SELECT count(*) AS count FROM (
                        SELECT FROM tickets
                        WHERE tenant_id = \(tenant) AND state NOT IN ('resolved', 'closed') LIMIT 100) open
                    """
                }),
            MenuEntry(
                .task([.technician, .support], 20), TicketWords.tickets.message, path: Ticket.path,
                permission: .ticketsRead, icon: .support),
            MenuEntry(
                .act, TicketWords.new.message, path: "\(Ticket.path)/new", permission: .ticketsWork, icon: .plus),
            MenuEntry(
                .settings(.customers, 60), TicketWords.policy.message, path: TicketRoutes.policy,
                permission: .ticketsManage, icon: .support,
                synonyms: Message(
                    es: "sla horario prioridad tiempos", en: "sla hours priority", pt: "sla horário prioridade")),
        ],
        notices: [.ticketOpened, .ticketsMoved, .reportSent],
        events: [
            .ticketOpened, .ticketAssigned, .ticketMoved, .ticketChanged, .ticketMerged, .ticketAnswered, .ticketNoted,
            .ticketDueSoon, .ticketOverdue, .ticketRated, .ticketPolicyChanged,
        ],
        details: details, letters: [.ticketAlert],
        customerTabs: [CustomerTab(33, TicketWords.tickets.message, path: "/tickets", permission: .ticketsRead)],
        portalCards: [
            PortalCard(
                8, TicketWords.canSupport.message, hint: TicketWords.portalHint.message,
                button: TicketWords.portalButton.message, path: PortalTicketRoutes.path)
        ],
        parts: parts)

    private static let parts: [any RoomPart] =
        [
            NoticeKind.ticketOpened, NoticeKind.ticketAnswer, NoticeKind.ticketResolved, TicketDoors.customerActs,
            TicketDoors.customerCard, TicketDoors.conversation, TicketDoors.device, TicketDoors.report,
            TicketDoors.search,
            CustomerNouns(at: Ticket.path, for: .ticketsRead) { database, customer in
                """
                SELECT ticket_id FROM tickets WHERE tenant_id = \(database.tenant) AND customer_id = \(customer)
                ORDER BY number DESC LIMIT 50
                """
            },
            CustomerRows(70, "tickets", TicketWords.tickets.message, in: "tickets", by: "ticket_id"),
        ] + TicketDoors.staffNotices

    private static let details: [DetailKind] = {
        var details: [DetailKind] = [
            DetailKind("customer", TicketWords.customer.message), DetailKind("assignee", TicketWords.assignee.message),
            DetailKind("ticket", TicketWords.ticket.message), DetailKind("note", TicketWords.portalRateNote.message),
            DetailKind(
                "source", TicketWords.source.message,
                values: Dictionary(uniqueKeysWithValues: Ticket.Source.allCases.map { ($0.rawValue, $0.message) })),
            DetailKind(
                "ticket_state", TicketWords.state.message,
                values: Dictionary(uniqueKeysWithValues: Ticket.State.allCases.map { ($0.rawValue, $0.message) })),
            DetailKind("rating", TicketWords.rating.message), DetailKind("text", TicketWords.answer.message),
        ]
        for kind in TicketTerms.detailKinds + TicketPolicy.detailKinds
        where !details.contains(where: { $0.name == kind.name }) {
            details.append(kind)
        }
        return details
    }()
}

extension Room {
    package static let tickets = Room(
        .tickets,
        panel: { routes, context in
            let acts = TicketActs(randomness: context.randomness)
            TicketRoutes(
                acts: acts, files: context.files, vault: context.vault, sandbox: context.sandbox,
                randomness: context.randomness
            ).add(to: &routes)
            TicketStateChange(acts: acts).add(to: &routes)
        },
        portal: { routes, context in
            PortalTicketRoutes(
                acts: TicketActs(randomness: context.randomness), vault: context.vault, sandbox: context.sandbox,
                randomness: context.randomness
            ).add(to: &routes)
        },
        api: { routes, context in
            TicketAPI(acts: TicketActs(randomness: context.randomness), randomness: context.randomness)
                .add(to: &routes)
        },
        home: TicketDoors.homeParts,
        jobs: { jobs, context in
            let watch = TicketWatch(context)
            jobs.add(WatchTicket.self) { try await $0.run(in: $1, by: watch) }
        }, letters: TicketLetters.add)
}

extension TicketWatch {
    package init(_ context: RoomContext) {
        self.init(
            context.catalogue,
            letterhead: { tenant in
                context.mailing?.letterhead(in: tenant.language, at: context.directory.address(of: tenant))
            }, randomness: context.randomness)
    }
}
