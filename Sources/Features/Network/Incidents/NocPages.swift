import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Monitoring
import Nouns
import Panel
import Postgres
import Routers
import Tenancy
import Time
import Topology

/// What is up and what is not, for a wall and for a telephone. Every figure leads to what it counts.
enum NocRoutes {
    static let path = "/panel/noc"

    static func add(to routes: inout Panel.Routes) {
        routes.get("/panel/noc", .networkRead, "El tablero del NOC", show)
        routes.get("/panel/noc/wall", .networkRead, "El tablero del NOC para una pared", showWall)
    }

    private static func show(_ visit: Visit) async throws -> Response {
        let page = NocPage(board: try await NocBoard(of: visit), isWall: false, visit: visit)
        return try await Panel.page(page, titled: NocWords.title.text(for: visit.reader), for: visit)
    }

    private static func showWall(_ visit: Visit) async throws -> Response {
        let page = NocPage(board: try await NocBoard(of: visit), isWall: true, visit: visit)
        return try await Panel.handedOver(page, titled: NocWords.title.text(for: visit.reader), for: visit)
    }
}

struct NocBoard: Sendable {
    let incidents: [Incident]
    let isMonitorOn: Bool
    let figures: Figures
    let maintenances: [Maintenance]

    struct Figures: RowReadable, Sendable {
        let watched: Int
        let up: Int
        let down: Int
        let cut: Int
        let active: Int
        let polledAt: Instant?
        /// Devices of which nothing is known because this server has lost its network.
        let cutOff: Int

        init(row: Row) throws(DatabaseError) {
            watched = try row.read("watched")
            up = try row.read("up")
            down = try row.read("down")
            cut = try row.read("cut")
            active = try row.read("active")
            polledAt = try row.read("polled_at")
            cutOff = try row.read("cut_off")
        }
    }

    init(of visit: Visit) async throws {
        let database = visit.database
        incidents = try await database.openIncidents(limit: 50)
        isMonitorOn = try await database.monitorSwitch().isOn
        maintenances = try await database.comingMaintenances(at: visit.now)
        let found: Figures? = try await database.first(
            """
            SELECT (SELECT count(*) FROM devices d WHERE d.tenant_id = \(database.tenant) AND d.is_watched) AS watched,
                (SELECT count(*) FROM device_states t JOIN devices d ON d.tenant_id = \(database.tenant)
                    AND d.device_id = t.device_id
                    WHERE t.tenant_id = \(database.tenant) AND d.is_watched AND t.state = 'up') AS up,
                (SELECT count(*) FROM device_states t JOIN devices d ON d.tenant_id = \(database.tenant)
                    AND d.device_id = t.device_id
                    WHERE t.tenant_id = \(database.tenant) AND d.is_watched AND t.state = 'down') AS down,
                (SELECT count(*) FROM device_states t JOIN devices d ON d.tenant_id = \(database.tenant)
                    AND d.device_id = t.device_id
                    WHERE t.tenant_id = \(database.tenant) AND d.is_watched AND t.trouble = 'no_uplink') AS cut_off,
                (SELECT count(*) FROM services s WHERE s.tenant_id = \(database.tenant) AND s.state = 'cut') AS cut,
                (SELECT count(*) FROM services s WHERE s.tenant_id = \(database.tenant) AND s.state = 'active') AS active,
                (SELECT max(polled_at) FROM device_states t WHERE t.tenant_id = \(database.tenant)) AS polled_at
            """)
        guard let found else { throw AccessRefusal.notFound }
        figures = found
    }
}

struct NocPage: View {
    let board: NocBoard
    let isWall: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        div(.class(isWall ? "noc wall" : "noc")) {
            PageHeading(NocWords.title.text(for: reader)) {
                a(.class("button"), .href(isWall ? NocRoutes.path : "\(NocRoutes.path)/wall")) {
                    (isWall ? NocWords.leaveWall : .wall).text(for: reader)
                }
            }
            LivePart(.network, for: visit) {
                if !board.isMonitorOn { p(.class("error"), .role("alert")) { NocWords.monitorOff.text(for: reader) } }
                if board.figures.cutOff > 0 {
                    p(.class("error"), .role("alert")) {
                        NocWords.cutOff.text(for: reader, .count(board.figures.cutOff))
                    }
                }
                tiles
                open
                p(.class(isOld ? "error" : "hint")) {
                    if let polled = board.figures.polledAt {
                        NocWords.polled.text(for: reader, .text("moment", visit.moment(polled)))
                    } else {
                        NocWords.neverPolled.text(for: reader)
                    }
                    " · \(NocWords.shown.text(for: reader, .text("moment", visit.moment(visit.now))))"
                }
            }
        }
    }

    /// No device has answered or failed to answer for ten minutes.
    private var isOld: Bool {
        guard board.figures.watched > 0 else { return false }
        return board.figures.polledAt.map { visit.now - $0 > .seconds(600) } ?? true
    }

    private var tiles: Markup {
        let affected = board.incidents.reduce(0) { $0 + $1.customers }
        let figures = board.figures
        return ul(.class("tiles")) {
            Tile(
                NocWords.open.text(for: reader), board.incidents.count.text(for: reader),
                path: "\(Incident.path)?state=open", mark: board.incidents.isEmpty ? "" : "suspended",
                note: IncidentWords.all.text(for: reader, .count(affected)))
            Tile(
                NocWords.down.text(for: reader), figures.down.text(for: reader), path: "\(Device.path)?state=down",
                mark: figures.down == 0 ? "" : "suspended",
                note: NocWords.ofWatched.text(for: reader, .number("number", figures.watched)))
            Tile(
                NocWords.up.text(for: reader), share, path: "\(Device.path)?state=up",
                note: NocWords.answering.text(for: reader, .number("number", figures.up)))
            Tile(
                NocWords.cut.text(for: reader), figures.cut.text(for: reader), path: "/panel/services?state=cut",
                note: NocWords.active.text(for: reader, .number("number", figures.active)))
            Tile(
                IncidentWords.maintenances.text(for: reader), board.maintenances.count.text(for: reader),
                path: Maintenance.path)
        }
    }

    private var share: String {
        let known = board.figures.up + board.figures.down
        guard known > 0 else { return "—" }
        return "\((board.figures.up * 100 / known).text(for: reader)) %"
    }

    private var open: Markup {
        section(.class("card"), .aria("label", NocWords.open.text(for: reader))) {
            h2 { NocWords.open.text(for: reader) }
            if board.incidents.isEmpty {
                p { NocWords.allFine.text(for: reader) }
            } else {
                ul(.class("plain lines")) {
                    for incident in board.incidents {
                        li {
                            span {
                                StateMark(incident.state, for: reader)
                                " "
                                a(.href(incident.panelPath)) { incident.title }
                            }
                            span {
                                "\(IncidentWords.all.text(for: reader, .count(incident.customers))) · \(incident.duration(at: visit.now, for: reader))"
                            }
                        }
                    }
                }
            }
        }
    }
}

enum NocWords: MessageCatalogue {
    case leaveWall
    case title, wall, open, down, ofWatched, up, answering, cut, active, allFine, polled, neverPolled, shown, monitorOff
    case cutOff

    var message: Message {
        switch self {
        case .title: Message(es: "Tablero", en: "Board", pt: "Painel")
        case .wall: Message(es: "Para la pared", en: "For the wall", pt: "Para a parede")
        case .leaveWall: Message(es: "Salir de la pared", en: "Leave the wall", pt: "Sair da parede")
        case .open: Message(es: "Fallas abiertas", en: "Open incidents", pt: "Falhas abertas")
        case .down: Message(es: "Equipos caídos", en: "Devices down", pt: "Equipamentos fora do ar")
        case .ofWatched: Message(es: "de {number} vigilados", en: "of {number} watched", pt: "de {number} vigiados")
        case .up: Message(es: "En línea", en: "On line", pt: "On-line")
        case .answering: Message(es: "{number} responden", en: "{number} answer", pt: "{number} respondem")
        case .cut: Message(es: "Servicios cortados", en: "Services cut", pt: "Serviços cortados")
        case .active: Message(es: "{number} activos", en: "{number} active", pt: "{number} ativos")
        case .allFine: Message(es: "Ninguna: todo en orden.", en: "None: all is well.", pt: "Nenhuma: tudo em ordem.")
        case .polled:
            Message(es: "Última consulta: {moment}", en: "Last poll: {moment}", pt: "Última consulta: {moment}")
        case .neverPolled:
            Message(
                es: "Aún no se consulta ningún equipo", en: "No device is polled yet",
                pt: "Nenhum equipamento é consultado ainda")
        case .shown: Message(es: "Visto: {moment}", en: "Seen: {moment}", pt: "Visto: {moment}")
        case .cutOff:
            Message(
                es: .count(
                    one:
                        "El servidor del monitor se quedó sin red: no se sabe si {count} equipo responde. No se abren fallas por eso.",
                    many:
                        "El servidor del monitor se quedó sin red: no se sabe si {count} de equipos responden. No se abren fallas por eso.",
                    other:
                        "El servidor del monitor se quedó sin red: no se sabe si {count} equipos responden. No se abren fallas por eso."
                ),
                en: .count(
                    one:
                        "The monitor's server has lost its network: nobody knows whether {count} device answers. No incidents are opened for that.",
                    other:
                        "The monitor's server has lost its network: nobody knows whether {count} devices answer. No incidents are opened for that."
                ),
                pt: .count(
                    one:
                        "O servidor do monitor ficou sem rede: não se sabe se {count} equipamento responde. Não se abrem falhas por isso.",
                    many:
                        "O servidor do monitor ficou sem rede: não se sabe se {count} de equipamentos respondem. Não se abrem falhas por isso.",
                    other:
                        "O servidor do monitor ficou sem rede: não se sabe se {count} equipamentos respondem. Não se abrem falhas por isso."
                ))
        case .monitorOff: Message(es: "Monitor apagado.", en: "The monitor is off.", pt: "Monitor desligado.")
        }
    }
}
