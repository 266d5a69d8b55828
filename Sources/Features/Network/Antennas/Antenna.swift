import AntennaProtocol
import Identifiers
import Locale
import Nouns
import Postgres
import Search
import Time

/// What was read of an antenna by its own shell.
package struct Antenna: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Antenna>

    package let id: ID
    package let mac: String
    package let name: String
    package let address: String
    package let model: String
    package let firmware: String
    package let ssid: String
    package let signal: Int?
    package let ccq: Int?
    package let uptime: Int?
    package let finding: Finding
    package let server: String
    package let trouble: AntennaTrouble
    package let readAt: Instant?

    package static let path = "/panel/antennas"

    /// How its agent stands to the company's UISP.
    package enum Finding: String, FieldChoice {
        case unknown, right, shadowed, elsewhere, flag, off, silent

        package var message: Message {
            switch self {
            case .unknown: Message(es: "Sin leer", en: "Not read", pt: "Sem ler")
            case .right: Message(es: "Bien", en: "Right", pt: "Certo")
            case .shadowed:
                Message(
                    es: "running.cfg oculta la configuración guardada", en: "running.cfg hides the saved configuration",
                    pt: "running.cfg esconde a configuração salva")
            case .elsewhere:
                Message(es: "Apunta a otro servidor", en: "Points at another server", pt: "Aponta para outro servidor")
            case .flag:
                Message(
                    es: "Bandera de certificado vieja", en: "Old certificate flag",
                    pt: "Indicador de certificado antigo")
            case .off: Message(es: "Agente apagado", en: "Agent turned off", pt: "Agente desligado")
            case .silent: Message(es: "Agente sin proceso", en: "Agent not running", pt: "Agente sem processo")
            }
        }

        package var tone: Tone {
            switch self {
            case .unknown: .quiet
            case .right: .good
            case .shadowed, .flag, .off: .warning
            case .elsewhere, .silent: .bad
            }
        }

        /// Which of all is to be told first of an antenna that was read.
        init(of reading: AntennaReading, wanting server: String) {
            let saved = reading.saved
            if !saved.isEnabled {
                self = .off
            } else if saved.host.isEmpty || !server.isEmpty && saved.host != server {
                self = .elsewhere
            } else if saved.flag == "allowSelfSignedCertificate" {
                self = .flag
            } else if reading.child == nil {
                self = .silent
            } else {
                self = reading.isShadowed ? .shadowed : .right
            }
        }
    }
}

/// Why an antenna could not be read or changed.
package enum AntennaTrouble: String, FieldChoice {
    case none = ""
    case unreachable
    case addressRefused = "address_refused"
    case loginRefused = "login_refused"
    case loginHeld = "login_held"
    case hopRefused = "hop_refused"
    case keyChanged = "key_changed"
    case otherAntenna = "other_antenna"
    case oldCryptography = "old_cryptography"
    case dropped
    case timedOut = "timed_out"
    case unreadable
    case refused
    case noAgent = "no_agent"
    case needsRewriting = "needs_rewriting"
    case needsRestart = "needs_restart"
    case noConnection = "no_connection"
    case notBack = "not_back"

    package var message: Message {
        switch self {
        case .none: Message(es: "–", en: "–", pt: "–")
        case .unreachable: Message(es: "No responde", en: "Does not answer", pt: "Não responde")
        case .addressRefused:
            Message(
                es: "Su IP no está en las redes de equipos", en: "Its IP is not in the device networks",
                pt: "Seu IP não está nas redes de equipamentos")
        case .loginRefused:
            Message(
                es: "No acepta ninguna de las contraseñas", en: "It takes none of the passwords",
                pt: "Não aceita nenhuma das senhas")
        case .loginHeld:
            Message(
                es: "Rechazó las contraseñas hace poco: se espera para no bloquearla",
                en: "It refused the passwords a short while ago: waiting, so that it does not lock",
                pt: "Recusou as senhas há pouco: aguardando para não bloqueá-la")
        case .hopRefused:
            Message(
                es: "Un salto no acepta su contraseña, o su clave SSH cambió",
                en: "A jump host does not take its password, or its SSH key changed",
                pt: "Um salto não aceita sua senha, ou sua chave SSH mudou")
        case .keyChanged:
            Message(
                es: "Su clave SSH cambió: es otra antena o volvió de fábrica",
                en: "Its SSH key changed: another antenna, or reset to factory settings",
                pt: "Sua chave SSH mudou: é outra antena ou voltou de fábrica")
        case .otherAntenna:
            Message(
                es: "En esa IP hay otra antena", en: "Another antenna is at that IP", pt: "Nesse IP há outra antena")
        case .oldCryptography:
            Message(
                es: "Solo ofrece cifrado viejo, que no está permitido",
                en: "It only offers old cryptography, which is not allowed",
                pt: "Só oferece criptografia antiga, que não é permitida")
        case .dropped:
            Message(
                es: "Se perdió la conexión a la mitad", en: "The connection was lost half way",
                pt: "A conexão caiu no meio")
        case .timedOut: Message(es: "No respondió a tiempo", en: "No answer in time", pt: "Não respondeu a tempo")
        case .unreadable:
            Message(es: "No se entiende su respuesta", en: "Its answer is not understood", pt: "Resposta não entendida")
        case .refused: Message(es: "Un comando falló", en: "A command failed", pt: "Um comando falhou")
        case .noAgent:
            Message(
                es: "El agente no volvió a arrancar", en: "The agent did not start again", pt: "O agente não voltou")
        case .needsRewriting:
            Message(
                es: "Le falta la cadena de conexión: hace falta reescribirla",
                en: "Its connection string is wrong: it has to be rewritten",
                pt: "Falta a string de conexão: é preciso reescrevê-la")
        case .needsRestart:
            Message(
                es: "Su clave está bien: basta reiniciar el agente",
                en: "Its key is good: restarting the agent is enough",
                pt: "Sua chave está certa: basta reiniciar o agente")
        case .noConnection:
            Message(
                es: "Falta la cadena de conexión de UISP en los ajustes",
                en: "UISP's connection string is missing in the settings",
                pt: "Falta a string de conexão do UISP nos ajustes")
        case .notBack:
            Message(
                es: "No volvió del reinicio", en: "It did not come back from the reboot", pt: "Não voltou do reinício")
        }
    }

    package var tone: Tone { self == .none ? .quiet : .bad }

    /// Somebody has to go there: no other job and no setting helps.
    var needsVisit: Bool {
        ![.none, .needsRewriting, .needsRestart, .noConnection, .addressRefused, .hopRefused].contains(self)
    }

    init(_ failure: AntennaFailure) { self = AntennaTrouble(rawValue: failure.word) ?? .refused }
}

extension Antenna {
    static let fields: [Field<Antenna>] = [
        Field("name", .line(0...300), AntennaWords.name.message, get: { .text($0.name) })
            .sorted(by: "a.name COLLATE \"und-x-icu\""),
        .derived("finding", \.finding, AntennaWords.agent.message).filtered(by: "a.finding"),
        Field("firmware", .line(0...100), AntennaWords.firmware.message, get: { .text($0.firmware) })
            .sorted(by: "a.firmware"),
        Field("signal", .line(0...50), AntennaWords.signal.message) { antenna in
            .text(antenna.signal.map { "\($0) dBm" } ?? "")
        },
        Field("ccq", .line(0...50), AntennaWords.ccq.message) { antenna in
            .text(antenna.ccq.map { "\($0) %" } ?? "")
        }.minor(),
        Field("mac", .line(0...17), AntennaWords.mac.message, get: { .text($0.mac) }).sorted(by: "a.mac"),
        Field("address", .line(0...50), AntennaWords.address.message, get: { .text($0.address) }).minor(),
        .derived("trouble", \.trouble, AntennaWords.trouble.message).filtered(by: "a.trouble"),
        Field("model", .line(0...100), AntennaWords.model.message, get: { .text($0.model) }).only(in: [.record]),
        Field("server", .line(0...253), AntennaWords.server.message, get: { .text($0.server) }).only(in: [.record]),
        Field("uptime", .line(0...50), AntennaWords.uptime.message) { antenna in
            .text(antenna.uptime.map { "\($0 / 86_400) d \($0 / 3600 % 24) h" } ?? "")
        }.only(in: [.record]),
        Field("read", .line(0...50), AntennaWords.readAt.message, get: { .text($0.readAt?.rfc3339 ?? "") })
            .only(in: [.record]),
    ]

    static let list = List<Antenna>(
        "antennas", at: path, AntennaWords.title.message, of: fields, by: "name", key: "a.antenna_id", id: \.id.uuid,
        isSearchable: true)
}

extension Antenna: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("antenna_id")
        mac = try row.read("mac")
        name = try row.read("name")
        address = try row.read("address")
        model = try row.read("model")
        firmware = try row.read("firmware")
        ssid = try row.read("ssid")
        signal = try row.read("signal")
        ccq = try row.read("ccq")
        uptime = try row.read("uptime")
        finding = try row.word("finding")
        server = try row.read("server")
        trouble = try row.word("trouble")
        readAt = try row.read("read_at")
    }
}

/// What a call of an antenna needs to know of it.
struct KnownAntenna: Sendable, RowReadable {
    let hostKey: String
    let login: Int
    let refusedAt: Instant?

    init(row: Row) throws(DatabaseError) {
        hostKey = try row.read("host_key")
        login = try row.read("login")
        refusedAt = try row.read("refused_at")
    }
}

struct FindingTotal: Sendable, RowReadable {
    let finding: Antenna.Finding
    let count: Int

    init(row: Row) throws(DatabaseError) {
        finding = try row.word("finding")
        count = try row.read("count")
    }
}

extension TenantDatabase {
    private func antennaConditions(_ query: ListQuery<Antenna>) -> SQL {
        let found = SearchText.condition(
            query.text, in: "a.name || ' ' || a.mac || ' ' || a.address || ' ' || a.firmware")
        return "a.tenant_id = \(tenant) \(query.restriction) \(found)"
    }

    func antennaRows(_ query: ListQuery<Antenna>) -> SQL {
        """
        SELECT a.antenna_id, a.mac, a.name, a.address, a.model, a.firmware, a.ssid, a.signal, a.ccq, a.uptime, a.finding,
            a.server, a.trouble, a.read_at
        FROM antennas a WHERE \(antennaConditions(query)) \(query.position) \(query.sorting)
        """
    }

    func countedAntennas(_ query: ListQuery<Antenna>) -> SQL { "FROM antennas a WHERE \(antennaConditions(query))" }

    func findingTotals() async throws(DatabaseError) -> [FindingTotal] {
        try await rows(
            "SELECT finding, count(*) AS count FROM antennas WHERE tenant_id = \(tenant) GROUP BY finding")
    }

    func knownAntenna(_ mac: String) async throws(DatabaseError) -> KnownAntenna? {
        try await first(
            "SELECT host_key, login, refused_at FROM antennas WHERE tenant_id = \(tenant) AND mac = \(mac)")
    }

    /// What was read of the antenna of a line.
    func put(
        _ reading: AntennaReading, _ finding: Antenna.Finding, of line: AntennaLine, login: Int, as id: Antenna.ID,
        at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO antennas (
                tenant_id, antenna_id, mac, name, address, model, firmware, ssid, sector, signal, ccq, uptime, finding,
                server, host_key, login, read_at)
            VALUES (
                \(tenant), \(id), \(line.mac), \(line.name), \(line.address), \(reading.model), \(reading.firmware),
                \(reading.ssid), \(reading.sector), \(reading.signal), \(reading.ccq), \(reading.uptime),
                \(finding.rawValue), \(String(reading.effective.host.prefix(253))),
                \(String(reading.hostKey.prefix(4000))), \(login), \(now))
            ON CONFLICT (tenant_id, mac) DO UPDATE SET name = excluded.name, address = excluded.address,
                model = excluded.model, firmware = excluded.firmware, ssid = excluded.ssid, sector = excluded.sector,
                signal = excluded.signal, ccq = excluded.ccq, uptime = excluded.uptime, finding = excluded.finding,
                server = excluded.server, host_key = excluded.host_key, login = excluded.login, refused_at = NULL,
                trouble = '', read_at = excluded.read_at
            """)
    }

    /// What became of the agent of an antenna that was changed.
    func note(_ finding: Antenna.Finding, of mac: String) async throws(DatabaseError) {
        try await execute(
            "UPDATE antennas SET finding = \(finding.rawValue) WHERE tenant_id = \(tenant) AND mac = \(mac)")
    }

    func put(
        _ trouble: AntennaTrouble, of line: AntennaLine, as id: Antenna.ID, at now: Instant
    ) async throws(DatabaseError) {
        let refusedAt: Instant? = trouble == .loginRefused ? now : nil
        try await execute(
            """
            INSERT INTO antennas AS a (tenant_id, antenna_id, mac, name, address, trouble, refused_at)
            VALUES (
                \(tenant), \(id), \(line.mac), \(line.name), \(line.address), \(trouble.rawValue), \(refusedAt))
            ON CONFLICT (tenant_id, mac) DO UPDATE SET name = excluded.name, address = excluded.address,
                trouble = excluded.trouble, refused_at = coalesce(excluded.refused_at, a.refused_at)
            """)
    }

    /// People say that a new key is right: the next contact keeps it.
    func forgetHostKey(of mac: String) async throws(DatabaseError) {
        try await execute("UPDATE antennas SET host_key = '' WHERE tenant_id = \(tenant) AND mac = \(mac)")
    }
}
