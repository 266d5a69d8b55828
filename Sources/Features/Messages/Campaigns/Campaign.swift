import Events
import Identifiers
import JSON
import Locale
import Nouns
import Plans
import Postgres
import Time
import Zones

/// One message to many customers, chosen by filters: una campaña.
package struct Campaign: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Campaign>

    package let id: ID
    package internal(set) var number = 0
    package var title = ""
    package var purpose = Purpose.announcement
    package var subject = ""
    /// With blanks in brackets, such as `[nombre]`.
    package var text = ""
    package var zone: Zone.ID?
    package var plan: Plan.ID?
    package var standing = Standing.any
    package var debt = Debt.any
    package var reach = Reach.any
    /// How many customers are written to in an hour.
    package var perHour = 600
    package internal(set) var state = State.draft
    /// When the next ones are written to; only while it runs.
    package internal(set) var nextAt: Instant?
    package internal(set) var startedAt: Instant?
    /// When somebody let it go on after its last pause.
    package internal(set) var resumedAt: Instant?
    package internal(set) var endedAt: Instant?
    package internal(set) var author = ""
    package internal(set) var madeAt: Instant
    /// Customers chosen when it began.
    package internal(set) var recipients = 0
    /// Of those, whom it still has to write to.
    package internal(set) var waiting = 0

    package init(id: ID, at now: Instant) { (self.id, madeAt) = (id, now) }

    package enum Purpose: String, FieldChoice {
        case announcement, linking

        package var message: Message {
            switch self {
            case .announcement: Message(es: "Anuncio", en: "Announcement", pt: "Anúncio")
            case .linking:
                Message(
                    es: "Invitar a vincular el chat", en: "Invite to link the chat", pt: "Convidar a vincular o chat")
            }
        }
    }

    package enum Standing: String, FieldChoice {
        case any, active
        case inDebt = "in_debt"
        case suspended, frozen, courtesy, cancelled, prospect

        package var message: Message {
            switch self {
            case .any:
                Message(
                    es: "Todos menos bajas y prospectos", en: "All but cancelled ones and prospects",
                    pt: "Todos menos cancelados e potenciais")
            case .active: Message(es: "Activos", en: "Active", pt: "Ativos")
            case .inDebt: Message(es: "Con deuda", en: "In debt", pt: "Com dívida")
            case .suspended: Message(es: "Suspendidos", en: "Suspended", pt: "Suspensos")
            case .frozen: Message(es: "Congelados", en: "Frozen", pt: "Congelados")
            case .courtesy: Message(es: "Cortesías", en: "Courtesies", pt: "Cortesias")
            case .cancelled: Message(es: "Bajas", en: "Cancelled", pt: "Cancelados")
            case .prospect: Message(es: "Prospectos", en: "Prospects", pt: "Potenciais")
            }
        }
    }

    package enum Debt: String, FieldChoice {
        case any, none, owing, overdue

        package var message: Message {
            switch self {
            case .any: Message(es: "Con o sin deuda", en: "With or without debt", pt: "Com ou sem dívida")
            case .none: Message(es: "Sin deuda", en: "Without debt", pt: "Sem dívida")
            case .owing: Message(es: "Con saldo pendiente", en: "Owing", pt: "Com saldo pendente")
            case .overdue: Message(es: "Con facturas vencidas", en: "Overdue", pt: "Com faturas vencidas")
            }
        }
    }

    package enum Reach: String, FieldChoice {
        case any, linked, unlinked, whatsapp, telegram, email

        package var message: Message {
            switch self {
            case .any: Message(es: "Por cualquier canal", en: "By any channel", pt: "Por qualquer canal")
            case .linked: Message(es: "Con chat vinculado", en: "With a linked chat", pt: "Com chat vinculado")
            case .unlinked: Message(es: "Sin chat vinculado", en: "Without a linked chat", pt: "Sem chat vinculado")
            case .whatsapp: Message(es: "Con WhatsApp", en: "With WhatsApp", pt: "Com WhatsApp")
            case .telegram: Message(es: "Con Telegram", en: "With Telegram", pt: "Com Telegram")
            case .email: Message(es: "Con correo", en: "With e-mail", pt: "Com e-mail")
            }
        }
    }

    package enum State: String, FieldChoice {
        case draft, running, paused, finished, stopped

        package var message: Message {
            switch self {
            case .draft: Message(es: "Borrador", en: "Draft", pt: "Rascunho")
            case .running: Message(es: "En curso", en: "Under way", pt: "Em andamento")
            case .paused: Message(es: "En pausa", en: "Paused", pt: "Em pausa")
            case .finished: Message(es: "Terminada", en: "Finished", pt: "Terminada")
            case .stopped: Message(es: "Detenida", en: "Stopped", pt: "Interrompida")
            }
        }

        package var tone: Tone {
            switch self {
            case .draft: .quiet
            case .running, .paused: .warning
            case .finished: .good
            case .stopped: .bad
            }
        }
    }

    static let path = "/panel/campaigns"
    package var panelPath: String { "\(Self.path)/\(id)" }
    var recipientsPath: String { "\(panelPath)/recipients" }
    var eventSubject: Act.Subject { Act.Subject("campaign", id.uuid, named: "\(title) (\(number))") }

    /// So many messages that fail one after another pause it.
    static let mostFailures = 25

    /// How many are written to at once, and how long until the next ones.
    var pace: (batch: Int, pause: Duration) {
        let hourly = max(1, perHour)
        return (max(1, hourly / 60), .seconds(max(60, 3600 / hourly)))
    }
}

extension Campaign: Fielded {
    package static let noun = "Campaign"
    static let mostPerHour = 6000

    package static let fields: [Field<Campaign>] = [
        .line("title", \.title, 1...100, CampaignWords.title.message).hint(CampaignWords.titleHint.message),
        .choice("purpose", \.purpose, CampaignWords.purpose.message).hint(CampaignWords.purposeHint.message)
            .only(in: [.form, .api, .record]),
        .line("subject", \.subject, 1...150, CampaignWords.subject.message).hint(CampaignWords.subjectHint.message)
            .only(in: [.form, .api, .record]),
        .lines("text", \.text, 1...2000, CampaignWords.text.message).hint(CampaignWords.textHint.message)
            .only(in: [.form, .api, .record]),
        .reference("zone", \.zone, CampaignWords.zone.message).only(in: [.form, .api, .record]),
        .reference("plan", \.plan, CampaignWords.plan.message).only(in: [.form, .api, .record]),
        .choice("standing", \.standing, CampaignWords.standing.message).only(in: [.form, .api, .record]),
        .choice("debt", \.debt, CampaignWords.debt.message).only(in: [.form, .api, .record]),
        .choice("reach", \.reach, CampaignWords.reach.message).only(in: [.form, .api, .record]),
        .count("per_hour", \.perHour, 1...mostPerHour, CampaignWords.perHour.message)
            .hint(CampaignWords.perHourHint.message).only(in: [.form, .api, .record]),
    ]

    static let list = List<Campaign>(
        "campaigns", at: path, CampaignWords.campaigns.message,
        of: [.counted("number", \.number, CampaignWords.number.message).sorted(by: "k.number")] + fields + [
            .derived("state", \.state, CampaignWords.state.message).filtered(by: "k.state"),
            .counted("recipients", \.recipients, CampaignWords.recipients.message),
            .counted("waiting", \.waiting, CampaignWords.left.message).minor(),
        ], by: "number", id: \.id.uuid)
}

extension Campaign: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("state", state.rawValue)
            json.member("recipients", recipients)
            json.member("waiting", waiting)
            json.member("started_at", startedAt?.rfc3339)
            json.member("ended_at", endedAt?.rfc3339)
            json.fields(of: self)
        }
    }
}

extension Campaign: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(id: try row.read("campaign_id"), at: try row.read("made_at"))
        number = try row.read("number")
        title = try row.read("title")
        purpose = try row.word("purpose")
        subject = try row.read("subject")
        text = try row.read("body")
        zone = try row.read("zone_id")
        plan = try row.read("plan_id")
        standing = try row.word("standing")
        debt = try row.word("debt")
        reach = try row.word("reach")
        let hourly: Int32 = try row.read("per_hour")
        perHour = Int(hourly)
        state = try row.word("state")
        nextAt = try row.read("next_at")
        startedAt = try row.read("started_at")
        resumedAt = try row.read("resumed_at")
        endedAt = try row.read("ended_at")
        author = try row.read("actor")
        recipients = try row.read("recipients")
        waiting = try row.read("waiting")
    }
}
