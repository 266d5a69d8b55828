import Events
import Identifiers
import Locale
import Nouns
import Postgres
import Services
import Time

/// Something done to many antennas at once, with a line for each: first looked at, then done.
package struct AntennaJob: Sendable, Equatable {
    package typealias ID = Identifiers.ID<AntennaJob>

    package let id: ID
    package let number: Int
    package let kind: Kind
    package let scope: Scope
    package let state: State
    package let author: String
    package let madeAt: Instant
    package let finishedAt: Instant?

    package static let path = "/panel/antennas/jobs"
    package var panelPath: String { "\(Self.path)/\(id)" }
    package var subject: Act.Subject { Act.Subject("antenna_job", id.uuid, named: "\(number)") }

    package enum Kind: String, FieldChoice {
        case restart, rewrite, reboot, read

        package var message: Message {
            switch self {
            case .restart:
                Message(
                    es: "Reiniciar el agente (quita running.cfg)", en: "Restart the agent (removes running.cfg)",
                    pt: "Reiniciar o agente (remove running.cfg)")
            case .rewrite:
                Message(
                    es: "Reescribir la cadena de conexión", en: "Rewrite the connection string",
                    pt: "Reescrever a string de conexão")
            case .reboot:
                Message(es: "Reiniciar la antena", en: "Reboot the antenna", pt: "Reiniciar a antena")
            case .read:
                Message(
                    es: "Solo leer firmware y estado", en: "Only read firmware and state",
                    pt: "Só ler firmware e estado")
            }
        }
    }

    package enum Scope: String, FieldChoice {
        case missing, keyless, down, everything

        package var message: Message {
            switch self {
            case .missing:
                Message(
                    es: "En línea y ausentes de UISP", en: "Online and absent from UISP",
                    pt: "On-line e ausentes do UISP")
            case .keyless:
                Message(
                    es: "Ausentes sin clave buena o que nunca llegaron",
                    en: "Absent without a good key, or that never arrived",
                    pt: "Ausentes sem chave boa ou que nunca chegaram")
            case .down: Message(es: "Caídas en UISP", en: "Down in UISP", pt: "Fora do ar no UISP")
            case .everything:
                Message(es: "Todas las que se conocen", en: "All that are known", pt: "Todas as conhecidas")
            }
        }
    }

    package enum State: String, FieldChoice {
        case examining, examined, working, stopped, done

        package var message: Message {
            switch self {
            case .examining: Message(es: "Revisando", en: "Looking", pt: "Revisando")
            case .examined: Message(es: "Revisado", en: "Looked at", pt: "Revisado")
            case .working: Message(es: "En curso", en: "Under way", pt: "Em andamento")
            case .stopped: Message(es: "Detenido", en: "Stopped", pt: "Parado")
            case .done: Message(es: "Terminado", en: "Done", pt: "Concluído")
            }
        }

        package var tone: Tone {
            switch self {
            case .examining, .working: .warning
            case .examined, .stopped: .quiet
            case .done: .good
            }
        }

        var isUnderWay: Bool { self == .examining || self == .working }
    }
}

/// What a person asks for.
package struct NewAntennaJob: Sendable, Equatable, Fielded {
    package var kind = AntennaJob.Kind.restart
    package var scope = AntennaJob.Scope.missing

    package static let noun = "NewAntennaJob"

    package static let fields: [Field<NewAntennaJob>] = [
        .choice("kind", \.kind, AntennaWords.kind.message).hint(AntennaWords.kindHint.message),
        .choice("scope", \.scope, AntennaWords.scope.message),
    ]
}

/// One antenna of a job.
package struct AntennaLine: Sendable, Equatable {
    package enum State: String, FieldChoice {
        case waiting, planned, acting, booting, done, already, failed

        package var message: Message {
            switch self {
            case .waiting: Message(es: "En cola", en: "Waiting", pt: "Na fila")
            case .planned: Message(es: "Se hará", en: "To be done", pt: "Será feito")
            case .acting: Message(es: "En curso", en: "Under way", pt: "Em andamento")
            case .booting: Message(es: "Reiniciándose", en: "Rebooting", pt: "Reiniciando")
            case .done: Message(es: "Hecho", en: "Done", pt: "Feito")
            case .already: Message(es: "Ya estaba bien", en: "Already right", pt: "Já estava certo")
            case .failed: Message(es: "Falló", en: "Failed", pt: "Falhou")
            }
        }

        package var tone: Tone {
            switch self {
            case .waiting, .planned: .quiet
            case .acting, .booting: .warning
            case .done, .already: .good
            case .failed: .bad
            }
        }
    }

    package let job: AntennaJob.ID
    package let place: Int
    package let mac: String
    package let address: String
    package let name: String
    package let service: Service.ID?
    package let cause: String
    package let isUp: Bool
    package let sector: String
    package var state: State
    package var finding = Antenna.Finding.unknown
    package var trouble = AntennaTrouble.none
    package var detail = ""
    package var parent: Int?
    package var childBefore: Int?
    package var childAfter: Int?
    package var commands: [String] = []
    package var triedAt: Instant?
    package var tries = 0
    package var ticket: UUID?
}

/// What is to be done with an antenna that was looked at. Decides and does nothing else.
enum LineDecision: Equatable {
    case act
    case already
    /// Nothing of this job's: another one helps.
    case fail(AntennaTrouble)

    init(_ kind: AntennaJob.Kind, of line: AntennaLine, _ finding: Antenna.Finding) {
        switch (kind, finding) {
        case (.read, _): self = .already
        case (.reboot, _): self = .act
        case (.restart, .right): self = .already
        case (.restart, .shadowed): self = .act
        case (.restart, .silent), (.rewrite, .silent): self = .fail(.noAgent)
        case (.restart, _): self = .fail(.needsRewriting)
        // Another key would throw a healthy antenna out of UISP.
        case (.rewrite, _) where line.isUp: self = .already
        case (.rewrite, .elsewhere), (.rewrite, .flag), (.rewrite, .off): self = .act
        case (.rewrite, _) where ["stale_key", "never_seen"].contains(line.cause) && finding == .right: self = .act
        case (.rewrite, _): self = .fail(.needsRestart)
        }
    }
}

extension AntennaJob: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("job_id")
        number = try row.read("number")
        kind = try row.word("kind")
        scope = try row.word("scope")
        state = try row.word("state")
        author = try row.read("author")
        madeAt = try row.read("made_at")
        finishedAt = try row.read("finished_at")
    }
}

extension AntennaLine: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        job = try row.read("job_id")
        place = try row.read("place")
        mac = try row.read("mac")
        address = try row.read("address")
        name = try row.read("name")
        service = try row.read("service_id")
        cause = try row.read("cause")
        isUp = try row.read("is_up")
        sector = try row.read("sector")
        state = try row.word("state")
        finding = try row.word("finding")
        trouble = try row.word("word")
        detail = try row.read("detail")
        parent = try row.read("parent_pid")
        childBefore = try row.read("child_before")
        childAfter = try row.read("child_after")
        commands = try row.read("commands")
        triedAt = try row.read("tried_at")
        tries = try row.read("tries")
        ticket = try row.read("ticket_id")
    }
}

/// A job with how its lines stand, as the list shows it.
struct AntennaJobInList: Sendable, RowReadable {
    let job: AntennaJob
    let lines: Int
    let done: Int
    let already: Int
    let failed: Int

    init(row: Row) throws(DatabaseError) {
        job = try AntennaJob(row: row)
        lines = try row.read("lines")
        done = try row.read("done")
        already = try row.read("already")
        failed = try row.read("failed")
    }

    static let list = List<AntennaJobInList>(
        "antenna_jobs", at: AntennaJob.path, AntennaWords.jobs.message,
        of: [
            Field("number", .line(0...20), AntennaWords.number.message, get: { .text("\($0.job.number)") })
                .sorted(by: "-j.number"),
            .derived("kind", \.job.kind, AntennaWords.kind.message).filtered(by: "j.kind"),
            .derived("state", \.job.state, AntennaWords.state.message).filtered(by: "j.state"),
            .derived("scope", \.job.scope, AntennaWords.scope.message).only(in: [.record]),
            .counted("lines", \.lines, AntennaWords.antennas.message),
            .counted("done", \.done, AntennaLine.State.done.message),
            .counted("already", \.already, AntennaLine.State.already.message),
            .counted("failed", \.failed, AntennaLine.State.failed.message),
            Field("author", .line(0...200), AntennaWords.author.message, get: { .text($0.job.author) }).minor(),
        ], by: "number", key: "j.job_id", id: \.job.id.uuid)
}

struct LineTotal: Sendable, RowReadable {
    let state: AntennaLine.State
    let count: Int

    init(row: Row) throws(DatabaseError) {
        state = try row.word("state")
        count = try row.read("count")
    }
}
