import Customers
import Events
import Identifiers
import Identity
import JSON
import Locale
import Nouns
import Postgres
import Services
import Tickets
import Time

/// Something to be done at a customer's place: an installation, a visit, or equipment to be fetched.
package struct FieldJob: Sendable, Equatable {
    package typealias ID = Identifiers.ID<FieldJob>

    package let id: ID
    package internal(set) var number = 0
    package internal(set) var kind = Kind.visit
    package internal(set) var state = State.new
    package internal(set) var customer: Customer.ID
    package internal(set) var customerName = ""
    package internal(set) var service: Service.ID?
    package internal(set) var ticket: Ticket.ID?
    package internal(set) var note = ""
    package internal(set) var assignee: StaffMember.ID?
    package internal(set) var assigneeName = ""
    package internal(set) var day: Day?
    /// "09:30", or empty without a day.
    package internal(set) var begins = ""
    package internal(set) var minutes = 60
    package internal(set) var appointment: UUID
    package internal(set) var checklist: [String] = []
    package internal(set) var checked: [String] = []
    package internal(set) var report = ""
    /// Serial numbers of what was put up.
    package internal(set) var serials = ""
    /// Serial numbers of what was taken away.
    package internal(set) var fetched = ""
    package internal(set) var startedAt: Instant?
    package internal(set) var endedAt: Instant?
    package internal(set) var author = ""
    package internal(set) var madeAt: Instant

    package static let path = "/panel/agenda"
    package var panelPath: String { "\(Self.path)/\(id)" }
    package var isOver: Bool { state == .done || state == .cancelled }

    var subject: Act.Subject {
        Act.Subject("field_job", id.uuid, named: "\(kind.rawValue) \(number): \(customerName)")
    }

    package enum Kind: String, FieldChoice {
        case installation, visit, recovery

        package var message: Message {
            switch self {
            case .installation: Message(es: "Instalación", en: "Installation", pt: "Instalação")
            case .visit: Message(es: "Visita técnica", en: "Visit", pt: "Visita técnica")
            case .recovery: Message(es: "Retiro de equipo", en: "Equipment to fetch", pt: "Retirada de equipamento")
            }
        }
    }

    package enum State: String, FieldChoice {
        case new, scheduled
        case inProgress = "in_progress"
        case done, cancelled

        package var message: Message {
            switch self {
            case .new: Message(es: "Nueva", en: "New", pt: "Nova")
            case .scheduled: Message(es: "Agendada", en: "Scheduled", pt: "Agendada")
            case .inProgress: Message(es: "En progreso", en: "In progress", pt: "Em andamento")
            case .done: Message(es: "Finalizada", en: "Done", pt: "Finalizada")
            case .cancelled: Message(es: "Cancelada", en: "Cancelled", pt: "Cancelada")
            }
        }

        package var tone: Tone {
            switch self {
            case .new: .bad
            case .scheduled, .inProgress: .warning
            case .done: .good
            case .cancelled: .quiet
            }
        }
    }

    /// Whether somebody still has to go.
    package enum Phase: String, FieldChoice {
        case open, over

        package var message: Message {
            switch self {
            case .open: Message(es: "Por hacer", en: "To do", pt: "A fazer")
            case .over:
                Message(es: "Finalizados y cancelados", en: "Done and cancelled", pt: "Finalizados e cancelados")
            }
        }
    }

    package var phase: Phase { isOver ? .over : .open }

    static let fields: [Field<FieldJob>] = [
        .counted("number", \.number, FieldWords.number.message).sorted(by: "j.number"),
        .derived("kind", \.kind, FieldWords.kind.message).filtered(by: "j.kind"),
        Field("customer", .line(0...200), FieldWords.customer.message) { .text($0.customerName) },
        .derived("state", \.state, FieldWords.state.message).filtered(by: "j.state"),
        Field("day", .day, FieldWords.day.message) { $0.day.map { .day($0) } ?? .none }.filtered(by: "j.day"),
        Field("begins", .line(0...5), FieldWords.begins.message) { .text($0.begins) },
        Field("technician", .line(0...200), FieldWords.assignee.message) { .text($0.assigneeName) },
        Field("note", .line(0...1000), FieldWords.note.message) { .text($0.note) }.only(in: .record),
        Field("report", .line(0...2000), FieldWords.report.message) { .text($0.report) }.only(in: .record),
        .derived("phase", \.phase, FieldWords.phase.message)
            .filtered(by: "(CASE WHEN j.state IN ('done', 'cancelled') THEN 'over' ELSE 'open' END)").only(in: []),
        Field("assignee", .reference, FieldWords.assignee.message) { $0.assignee.map { .id($0.uuid) } ?? .none }
            .filtered(by: "j.assignee_id").only(in: []),
    ]

    static let list = List<FieldJob>(
        "agenda", at: path, FieldWords.agenda.message, of: fields, by: "number", id: \.id.uuid)
}

/// Work to be done, as it is entered.
package struct NewFieldJob: Sendable, Equatable {
    /// The customer's number, in the panel.
    package var client = ""
    package var customer: Customer.ID?
    package var kind = FieldJob.Kind.visit
    package var service: Service.ID?
    package var ticket: Ticket.ID?
    package var assignee: StaffMember.ID?
    package var day: Day?
    package var begins = ""
    package var minutes = 60
    package var note = ""

    package init() {}
}

extension NewFieldJob: Fielded {
    package static let noun = "FieldJob"

    package static let fields: [Field<NewFieldJob>] = [
        .line("client", \.client, 0...20, FieldWords.client.message).only(in: .form),
        .reference("customer", \.customer, FieldWords.customer.message).only(in: .api),
        .choice("kind", \.kind, FieldWords.kind.message),
        .reference("service", \.service, FieldWords.service.message),
        .reference("ticket", \.ticket, FieldWords.ticket.message),
        .reference("assignee", \.assignee, FieldWords.assignee.message),
        .day("day", \.day, FieldWords.day.message).hint(FieldWords.dayHint.message),
        .line("begins", \.begins, 0...5, FieldWords.begins.message).hint(FieldWords.beginsHint.message),
        .count("minutes", \.minutes, 15...720, FieldWords.minutes.message),
        .lines("note", \.note, 0...1000, FieldWords.note.message).hint(FieldWords.noteHint.message),
    ]
}

/// Who goes when.
package struct FieldAppointment: Sendable, Equatable {
    package var assignee: StaffMember.ID?
    package var day: Day?
    package var begins = ""
    package var minutes = 60

    package init() {}
}

extension FieldAppointment: Fielded {
    package static let noun = "FieldAppointment"

    package static let fields: [Field<FieldAppointment>] = [
        .reference("assignee", \.assignee, FieldWords.assignee.message),
        .day("day", \.day, FieldWords.day.message).hint(FieldWords.dayHint.message),
        .line("begins", \.begins, 0...5, FieldWords.begins.message).hint(FieldWords.beginsHint.message),
        .count("minutes", \.minutes, 15...720, FieldWords.minutes.message),
    ]
}

extension FieldJob {
    package var plan: FieldAppointment {
        var plan = FieldAppointment()
        (plan.assignee, plan.day, plan.begins, plan.minutes) = (assignee, day, begins, minutes)
        return plan
    }
}

/// What a technician has to see to, an item a line; empty for the usual ones.
package struct FieldChecklists: Sendable, Equatable {
    package var installation = ""
    package var visit = ""
    package var recovery = ""

    package init() {}

    static let most = 40

    func items(of kind: FieldJob.Kind, for reader: Reader) -> [String] {
        let (own, usual): (String, [FieldWords]) =
            switch kind {
            case .installation: (installation, [.itemPlace, .itemCabling, .itemSignal, .itemSpeed, .itemExplained])
            case .visit: (visit, [.itemCause, .itemSignal, .itemSpeed])
            case .recovery: (recovery, [.itemFetched, .itemAccessories])
            }
        let lines = own.split(separator: "\n").map { FormText.line(String($0), upTo: 200) }.filter { !$0.isEmpty }
        var seen: Set<String> = []
        let items = lines.isEmpty ? usual.map { $0.text(for: reader) } : lines
        return Array(items.filter { seen.insert($0).inserted }.prefix(Self.most))
    }
}

extension FieldChecklists: Fielded {
    package static let noun = "FieldChecklists"

    package static let fields: [Field<FieldChecklists>] = [
        .lines("installation", \.installation, 0...2000, FieldJob.Kind.installation.message).hint(
            FieldWords.checklistHint.message),
        .lines("visit", \.visit, 0...2000, FieldJob.Kind.visit.message),
        .lines("recovery", \.recovery, 0...2000, FieldJob.Kind.recovery.message),
    ]
}

extension FieldChecklists: JSONWritable {
    package func write(to json: inout JSONWriter) { json.object { $0.fields(of: self) } }
}

extension FieldChecklists: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        (installation, visit) = (try row.read("installation"), try row.read("visit"))
        recovery = try row.read("recovery")
    }
}

extension FieldJob: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("kind", kind.rawValue)
            json.member("state", state.rawValue)
            json.member("customer", customer.description)
            json.member("service", service?.description)
            json.member("ticket", ticket?.description)
            json.member("note", note)
            json.member("assignee", assignee?.description)
            json.member("day", day?.iso)
            json.member("begins", begins)
            json.member("minutes", minutes)
            json.array("checklist") { json in for item in checklist { json.value(item) } }
            json.array("checked") { json in for item in checked { json.value(item) } }
            json.member("report", report)
            json.member("serials", serials)
            json.member("fetched", fetched)
            json.member("started_at", startedAt?.rfc3339)
            json.member("ended_at", endedAt?.rfc3339)
            json.member("made_at", madeAt.rfc3339)
        }
    }
}

extension FieldJob: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        (id, customer) = (try row.read("job_id"), try row.read("customer_id"))
        (appointment, madeAt) = (try row.read("appointment_id"), try row.read("made_at"))
        (number, kind, state) = (try row.read("number"), try row.word("kind"), try row.word("state"))
        (customerName, service) = (try row.read("customer_name"), try row.read("service_id"))
        (ticket, note) = (try row.read("ticket_id"), try row.read("note"))
        (assignee, assigneeName) = (try row.read("assignee_id"), try row.read("assignee_name"))
        (day, begins) = (try row.read("day"), try row.read("begins"))
        let span: Int32 = try row.read("minutes")
        minutes = Int(span)
        (checklist, checked) = (try row.read("checklist"), try row.read("checked"))
        report = try row.read("report")
        (serials, fetched) = (try row.read("serials"), try row.read("fetched"))
        (startedAt, endedAt) = (try row.read("started_at"), try row.read("ended_at"))
        author = try row.read("actor")
    }
}
