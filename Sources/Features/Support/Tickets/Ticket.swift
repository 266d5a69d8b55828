import Customers
import Events
import Identifiers
import Identity
import Incidents
import JSON
import Locale
import Nouns
import Postgres
import Services
import Time

/// What a customer reports or asks for, or a colleague: un ticket.
package struct Ticket: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Ticket>

    package let id: ID
    package internal(set) var number = 0
    package internal(set) var title = ""
    package internal(set) var body = ""
    package internal(set) var customer: Customer.ID?
    package internal(set) var customerName = ""
    package internal(set) var service: Service.ID?
    package internal(set) var kind = Kind.noInternet
    package internal(set) var priority = Priority.normal
    package internal(set) var state = State.new
    package internal(set) var source = Source.panel
    package internal(set) var assignee: StaffMember.ID?
    package internal(set) var assigneeName = ""
    package internal(set) var incident: Incident.ID?
    package internal(set) var conversation: UUID?
    package internal(set) var mergedInto: ID?
    package internal(set) var isHolding = false
    /// Until when it is to be resolved; nil while its clock stands.
    package internal(set) var dueAt: Instant?
    /// What is left while its clock stands.
    package internal(set) var secondsLeft: Int?
    package internal(set) var sla = SLA.onTime
    package internal(set) var resolvedAt: Instant?
    package internal(set) var rating: Int?
    package internal(set) var ratingNote = ""
    package internal(set) var author = ""
    package internal(set) var madeAt: Instant
    package internal(set) var changedAt: Instant

    init(id: ID, at now: Instant) { (self.id, madeAt, changedAt) = (id, now, now) }

    package static let path = "/panel/tickets"
    package var panelPath: String { "\(Self.path)/\(id)" }
    package var subject: Act.Subject { Act.Subject("ticket", id.uuid, named: "\(title) (\(number))") }
    package var isOver: Bool { state == .resolved || state == .closed }

    package enum Kind: String, FieldChoice {
        case noInternet = "no_internet"
        case slow, equipment, wifi, installation, move
        case billing, planChange = "plan_change"
        case cancellation, complaint, other

        package var message: Message {
            switch self {
            case .noInternet: Message(es: "Sin internet", en: "No internet", pt: "Sem internet")
            case .slow: Message(es: "Internet lento", en: "Slow internet", pt: "Internet lenta")
            case .equipment: Message(es: "Equipo o antena", en: "Equipment or antenna", pt: "Equipamento ou antena")
            case .wifi: Message(es: "Wi-Fi", en: "Wi-Fi", pt: "Wi-Fi")
            case .installation: Message(es: "Instalación", en: "Installation", pt: "Instalação")
            case .move: Message(es: "Cambio de domicilio", en: "Move", pt: "Mudança de endereço")
            case .billing: Message(es: "Pagos y facturas", en: "Payments and invoices", pt: "Pagamentos e faturas")
            case .planChange: Message(es: "Cambio de plan", en: "Change of plan", pt: "Mudança de plano")
            case .cancellation: Message(es: "Baja", en: "Cancellation", pt: "Cancelamento")
            case .complaint: Message(es: "Queja", en: "Complaint", pt: "Reclamação")
            case .other: Message(es: "Otro", en: "Other", pt: "Outro")
            }
        }
    }

    package enum Priority: String, FieldChoice {
        case urgent, high, normal, low

        package var message: Message {
            switch self {
            case .urgent: Message(es: "Urgente", en: "Urgent", pt: "Urgente")
            case .high: Message(es: "Alta", en: "High", pt: "Alta")
            case .normal: Message(es: "Normal", en: "Normal", pt: "Normal")
            case .low: Message(es: "Baja", en: "Low", pt: "Baixa")
            }
        }

        package var tone: Tone {
            switch self {
            case .urgent: .bad
            case .high: .warning
            case .normal, .low: .quiet
            }
        }
    }

    package enum State: String, FieldChoice {
        case new
        case inProgress = "in_progress"
        case waiting, resolved, closed

        package var message: Message {
            switch self {
            case .new: Message(es: "Nuevo", en: "New", pt: "Novo")
            case .inProgress: Message(es: "En progreso", en: "In progress", pt: "Em andamento")
            case .waiting: Message(es: "Esperando cliente", en: "Waiting for the customer", pt: "Aguardando cliente")
            case .resolved: Message(es: "Resuelto", en: "Resolved", pt: "Resolvido")
            case .closed: Message(es: "Cerrado", en: "Closed", pt: "Fechado")
            }
        }

        package var tone: Tone {
            switch self {
            case .new: .bad
            case .inProgress, .waiting: .warning
            case .resolved: .good
            case .closed: .quiet
            }
        }

        /// Whether its time counts.
        package var isRunning: Bool { self == .new || self == .inProgress }
    }

    /// How it stands against the time it was to be resolved in.
    package enum SLA: String, FieldChoice {
        case onTime = "on_time"
        case dueSoon = "due_soon"
        case overdue

        package var message: Message {
            switch self {
            case .onTime: Message(es: "En tiempo", en: "On time", pt: "No prazo")
            case .dueSoon: Message(es: "Por vencer", en: "Due soon", pt: "A vencer")
            case .overdue: Message(es: "Vencido", en: "Overdue", pt: "Vencido")
            }
        }

        package var tone: Tone {
            switch self {
            case .onTime: .good
            case .dueSoon: .warning
            case .overdue: .bad
            }
        }
    }

    /// Where it came from.
    package enum Source: String, FieldChoice {
        case panel, portal, bot, conversation, program

        package var message: Message {
            switch self {
            case .panel: Message(es: "Panel", en: "Panel", pt: "Painel")
            case .portal: Message(es: "Portal del cliente", en: "Customer's portal", pt: "Portal do cliente")
            case .bot: Message(es: "Bot", en: "Bot", pt: "Bot")
            case .conversation: Message(es: "Conversación", en: "Conversation", pt: "Conversa")
            case .program: Message(es: "API", en: "API", pt: "API")
            }
        }
    }

    /// Whether somebody still has something to do.
    package enum Phase: String, FieldChoice {
        case open, over

        package var message: Message {
            switch self {
            case .open: Message(es: "Abiertos", en: "Open", pt: "Abertos")
            case .over: Message(es: "Resueltos y cerrados", en: "Resolved and closed", pt: "Resolvidos e fechados")
            }
        }
    }

    package enum Holder: String, FieldChoice {
        case nobody, somebody

        package var message: Message {
            switch self {
            case .nobody: Message(es: "Sin asignar", en: "Unassigned", pt: "Sem responsável")
            case .somebody: Message(es: "Asignados", en: "Assigned", pt: "Com responsável")
            }
        }
    }

    package var phase: Phase { isOver ? .over : .open }
    package var holder: Holder { assignee == nil ? .nobody : .somebody }
}

extension Ticket {
    static let fields: [Field<Ticket>] = [
        .counted("number", \.number, TicketWords.number.message).sorted(by: "t.number"),
        Field("title", .line(0...100), TicketWords.title.message) { .text($0.title) },
        Field("customer", .line(0...200), TicketWords.customer.message) { .text($0.customerName) }
            .linked { $0.customer.map { "/panel/customers/\($0)/tickets" } },
        .derived("state", \.state, TicketWords.state.message).filtered(by: "t.state"),
        .derived("sla", \.sla, TicketWords.sla.message).filtered(by: "t.sla"),
        .derived("priority", \.priority, TicketWords.priority.message).filtered(by: "t.priority"),
        .derived("kind", \.kind, TicketWords.kind.message).filtered(by: "t.kind").minor(),
        Field("assigned_to", .line(0...200), TicketWords.assignee.message) { .text($0.assigneeName) },
        Field("due", .line(0...40), TicketWords.dueAt.message) { .text($0.dueAt?.rfc3339 ?? "") }.only(in: .record),
        Field("made", .line(0...40), TicketWords.madeAt.message) { .text($0.madeAt.rfc3339) }.only(in: .record),
        .derived("source", \.source, TicketWords.source.message).filtered(by: "t.source").only(in: .record),
        Field("rating", .line(0...10), TicketWords.rating.message) { .text($0.rating.map { "\($0)" } ?? "") }
            .only(in: .record),
        .derived("phase", \.phase, TicketWords.phase.message)
            .filtered(by: "(CASE WHEN t.state IN ('resolved', 'closed') THEN 'over' ELSE 'open' END)").only(in: []),
        .derived("holder", \.holder, TicketWords.holder.message)
            .filtered(by: "(CASE WHEN t.assignee_id IS NULL THEN 'nobody' ELSE 'somebody' END)").only(in: []),
        Field("assignee", .reference, TicketWords.assignee.message) { $0.assignee.map { .id($0.uuid) } ?? .none }
            .filtered(by: "t.assignee_id").only(in: []),
        Field("incident", .reference, TicketWords.incident.message) { $0.incident.map { .id($0.uuid) } ?? .none }
            .filtered(by: "t.incident_id").only(in: []),
    ]

    static let list = List<Ticket>(
        "tickets", at: path, TicketWords.tickets.message, of: fields, by: "number", id: \.id.uuid)
}

extension Ticket: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("title", title)
            json.member("text", body)
            json.member("customer", customer?.description)
            json.member("service", service?.description)
            json.member("kind", kind.rawValue)
            json.member("priority", priority.rawValue)
            json.member("state", state.rawValue)
            json.member("source", source.rawValue)
            json.member("assignee", assignee?.description)
            json.member("incident", incident?.description)
            json.member("conversation", conversation?.description)
            json.member("merged_into", mergedInto?.description)
            json.member("holds", isHolding)
            json.member("due_at", dueAt?.rfc3339)
            json.member("sla", sla.rawValue)
            json.member("resolved_at", resolvedAt?.rfc3339)
            json.member("rating", rating)
            json.member("made_at", madeAt.rfc3339)
            json.member("changed_at", changedAt.rfc3339)
        }
    }
}

extension Ticket: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("ticket_id")
        (madeAt, changedAt) = (try row.read("made_at"), try row.read("changed_at"))
        (number, title, body) = (try row.read("number"), try row.read("title"), try row.read("body"))
        (customer, customerName) = (try row.read("customer_id"), try row.read("customer_name"))
        service = try row.read("service_id")
        (kind, priority) = (try row.word("kind"), try row.word("priority"))
        (state, source) = (try row.word("state"), try row.word("source"))
        (assignee, assigneeName) = (try row.read("assignee_id"), try row.read("assignee_name"))
        (incident, conversation) = (try row.read("incident_id"), try row.read("conversation_id"))
        (mergedInto, isHolding) = (try row.read("merged_into"), try row.read("is_holding"))
        dueAt = try row.read("due_at")
        let (left, stars): (Int32?, Int32?) = (try row.read("seconds_left"), try row.read("rating"))
        (secondsLeft, rating) = (left.map { Int($0) }, stars.map { Int($0) })
        sla = try row.word("sla")
        resolvedAt = try row.read("resolved_at")
        (ratingNote, author) = (try row.read("rating_note"), try row.read("actor"))
    }
}
