import Identifiers
import Locale
import Nouns
import Search
import Services

/// How it is known whose antenna a device is.
package enum LinkEvidence: String, FieldChoice {
    case mac, address, login, name, person

    package var message: Message {
        switch self {
        case .mac: Message(es: "Misma MAC en la sesión", en: "Same MAC in the session", pt: "Mesma MAC na sessão")
        case .address: Message(es: "Misma IP en la sesión", en: "Same IP in the session", pt: "Mesmo IP na sessão")
        case .login:
            Message(es: "Usuario PPPoE en el nombre", en: "PPPoE user in the name", pt: "Usuário PPPoE no nome")
        case .name: Message(es: "Nombre del cliente", en: "Customer's name", pt: "Nome do cliente")
        case .person: Message(es: "Lo dijo una persona", en: "Somebody said so", pt: "Foi dito por uma pessoa")
        }
    }
}

package struct FleetLink: Sendable, Equatable {
    package let service: Service.ID
    package let device: FleetDevice.ID
    package let evidence: LinkEvidence
    package let proof: String
}

/// What the books, the routers and UISP do not agree on.
package struct FleetGap: Sendable, Equatable {
    package enum Kind: String, FieldChoice {
        case missing
        case serviceAlone = "service_alone"
        case deviceAlone = "device_alone"
        case secretAlone = "secret_alone"
        case sessionUnknown = "session_unknown"
        case sharedLogin = "shared_login"
        case tie

        package var message: Message {
            switch self {
            case .missing:
                Message(
                    es: "Ubiquiti en línea y ausente de UISP", en: "Ubiquiti online and absent from UISP",
                    pt: "Ubiquiti on-line e ausente do UISP")
            case .serviceAlone:
                Message(
                    es: "Servicio sin equipo en UISP", en: "Service without a device in UISP",
                    pt: "Serviço sem equipamento no UISP")
            case .deviceAlone:
                Message(
                    es: "Equipo de UISP sin servicio", en: "UISP device without a service",
                    pt: "Equipamento do UISP sem serviço")
            case .secretAlone:
                Message(es: "Secreto sin servicio", en: "Secret without a service", pt: "Secret sem serviço")
            case .sessionUnknown:
                Message(
                    es: "Sesión de un desconocido", en: "Session of somebody unknown", pt: "Sessão de um desconhecido")
            case .sharedLogin:
                Message(
                    es: "Secreto compartido por varias sesiones", en: "Secret that several sessions share",
                    pt: "Secret compartilhado por várias sessões")
            case .tie:
                Message(
                    es: "Nombre con varias respuestas", en: "Name with several answers",
                    pt: "Nome com várias respostas")
            }
        }

        package var tone: Tone {
            switch self {
            case .missing, .sessionUnknown: .bad
            case .sharedLogin, .tie: .warning
            case .serviceAlone, .deviceAlone, .secretAlone: .quiet
            }
        }
    }

    /// Why an antenna that is on line is not in UISP.
    package enum Cause: String, FieldChoice {
        case none
        case staleKey = "stale_key"
        case notAuthorized = "not_authorized"
        case notConnected = "not_connected"
        case neverSeen = "never_seen"

        package var message: Message {
            switch self {
            case .none: Message(es: "–", en: "–", pt: "–")
            case .staleKey:
                Message(
                    es: "Su clave ya no es la de UISP: elimine el fantasma o renueve la clave",
                    tu: "Su clave ya no es la de UISP: elimina el fantasma o renueva la clave",
                    vos: "Su clave ya no es la de UISP: eliminá el fantasma o renová la clave",
                    en: "Its key is not UISP's any more: remove the phantom or renew the key",
                    pt: "Sua chave já não é a do UISP: remova o fantasma ou renove a chave")
            case .notAuthorized:
                Message(
                    es: "UISP la ve, pero nadie la autorizó", en: "UISP sees it, but nobody authorized it",
                    pt: "O UISP a vê, mas ninguém a autorizou")
            case .notConnected:
                Message(
                    es: "UISP la conoce y no la ve: su agente no se conecta",
                    en: "UISP knows it and does not see it: its agent does not connect",
                    pt: "O UISP a conhece e não a vê: seu agente não se conecta")
            case .neverSeen:
                Message(
                    es: "Nunca llegó a UISP: revise su cadena de conexión",
                    tu: "Nunca llegó a UISP: revisa su cadena de conexión",
                    vos: "Nunca llegó a UISP: revisá su cadena de conexión",
                    en: "It never reached UISP: check its connection string",
                    pt: "Nunca chegou ao UISP: verifique sua string de conexão")
            }
        }
    }

    package let kind: Kind
    /// Unique within the kind.
    package let thing: String
    package var name = ""
    package var mac = ""
    package var vendor = ""
    package var address = ""
    package var cause = Cause.none
    package var service: Service.ID?
    package var device: FleetDevice.ID?

    package init(_ kind: Kind, _ thing: String) { (self.kind, self.thing) = (kind, thing) }
}

/// A subscriber's line, as a router has it now.
struct SeenLine: Sendable, Equatable {
    let login: String
    let hasSecret: Bool
    var sessions: [Session]

    struct Session: Sendable, Equatable {
        let mac: String
        let address: String
    }
}

/// A service that should be on the network.
struct BilledService: Sendable {
    let id: Service.ID
    let number: Int
    let customer: String
    /// Its zone or neighbourhood, as names of antennas begin.
    let places: [String]
    /// PPPoE's and RADIUS's.
    let logins: Set<String>
}

/// A device that may be somebody's antenna.
struct FleetAntenna: Sendable {
    let id: FleetDevice.ID
    let mac: String
    let address: String
    let name: String
    let site: String
    let standing: FleetDevice.Standing
    let isAuthorized: Bool
    let failsDecryption: Bool

    var mayBeLinked: Bool { ![.phantom, .intruder, .vanished].contains(standing) }
    var title: String { name.isEmpty ? mac : name }
}

/// Joins what routers, books and UISP know, by evidence of falling strength: MAC, IP, PPPoE user, name.
struct CrossReference: Sendable {
    let lines: [SeenLine]
    let services: [BilledService]
    let antennas: [FleetAntenna]
    /// What is known already.
    let kept: [FleetLink]
    /// The maker's name by the first half of a MAC address.
    let vendors: OUIRegister

    private(set) var links: [Service.ID: FleetLink] = [:]
    private(set) var gaps: [FleetGap] = []
    private var taken: Set<FleetDevice.ID> = []

    init(
        lines: [SeenLine], services: [BilledService], antennas: [FleetAntenna], kept: [FleetLink], vendors: OUIRegister
    ) {
        (self.lines, self.services, self.antennas) = (lines, services, antennas)
        (self.kept, self.vendors) = (kept, vendors)
        join()
        compare()
    }

    var unlinked: [BilledService] { services.filter { links[$0.id] == nil } }

    private mutating func take(_ link: FleetLink) {
        guard links[link.service] == nil, taken.insert(link.device).inserted else { return }
        links[link.service] = link
    }

    private mutating func join() {
        let known = Set(antennas.filter(\.mayBeLinked).map(\.id))
        // One that waits for adoption is linked by the person who adopts it.
        let linkable = antennas.filter { $0.mayBeLinked && $0.isAuthorized }
        let billed = Set(services.map(\.id))
        let standing = kept.filter { known.contains($0.device) && billed.contains($0.service) }
        for link in standing where link.evidence == .person { take(link) }
        let byLogin = Dictionary(lines.map { ($0.login, $0) }, uniquingKeysWith: { first, _ in first })
        let sessions: [(service: BilledService, session: SeenLine.Session)] = services.flatMap { service in
            // A secret that several share says nothing of whose the antenna is.
            service.logins.sorted().compactMap { byLogin[$0] }.filter { $0.sessions.count == 1 }
                .map { (service, $0.sessions[0]) }
        }
        let byMAC = Self.unique(linkable, by: \.mac)
        for (service, session) in sessions {
            guard let antenna = byMAC[session.mac] else { continue }
            take(FleetLink(service: service.id, device: antenna.id, evidence: .mac, proof: session.mac))
        }
        let byAddress = Self.unique(linkable, by: \.address)
        for (service, session) in sessions {
            guard let antenna = byAddress[session.address] else { continue }
            take(FleetLink(service: service.id, device: antenna.id, evidence: .address, proof: session.address))
        }
        for link in standing { take(link) }
        joinByText(linkable)
    }

    /// By names, where exactly one service and one antenna have the same words in whatever order.
    private mutating func joinByText(_ linkable: [FleetAntenna]) {
        for evidence in [LinkEvidence.login, .name] {
            var wanting: [String: [BilledService]] = [:]
            for service in services where links[service.id] == nil {
                let keys = evidence == .login ? Set(service.logins.map(Self.key)) : Self.keys(of: service)
                for key in keys where !key.isEmpty { wanting[key, default: []].append(service) }
            }
            var offering: [String: [FleetAntenna]] = [:]
            for antenna in linkable where !taken.contains(antenna.id) {
                for key in Set([antenna.name, antenna.site].map(Self.key)) where !key.isEmpty {
                    offering[key, default: []].append(antenna)
                }
            }
            for key in wanting.keys.sorted() {
                guard let services = wanting[key], let antennas = offering[key] else { continue }
                if services.count == 1, antennas.count == 1 {
                    take(
                        FleetLink(
                            service: services[0].id, device: antennas[0].id, evidence: evidence,
                            proof: antennas[0].title))
                } else if evidence == .name {
                    for service in services where links[service.id] == nil {
                        var gap = FleetGap(.tie, "\(service.id)")
                        gap.name = "\(service.customer): \(antennas.prefix(5).map(\.title).joined(separator: " · "))"
                        gap.service = service.id
                        gaps.append(gap)
                    }
                }
            }
        }
        // Another name settled what looked like a tie.
        gaps.removeAll { gap in gap.service.map { links[$0] != nil } ?? false }
    }

    private mutating func compare() {
        let ties = Set(gaps.compactMap(\.service))
        for service in unlinked where !ties.contains(service.id) {
            var gap = FleetGap(.serviceAlone, "\(service.id)")
            (gap.name, gap.service) = ("\(service.customer) (\(service.number))", service.id)
            gaps.append(gap)
        }
        for antenna in antennas where antenna.mayBeLinked && antenna.isAuthorized && !taken.contains(antenna.id) {
            var gap = FleetGap(.deviceAlone, "\(antenna.id)")
            (gap.name, gap.mac, gap.address, gap.device) = (antenna.title, antenna.mac, antenna.address, antenna.id)
            gap.vendor = vendors.name(of: antenna.mac)
            gaps.append(gap)
        }
        let owners = Dictionary(
            services.flatMap { service in service.logins.map { ($0, service) } },
            uniquingKeysWith: { first, _ in first })
        let byMAC = Dictionary(
            antennas.filter { !$0.mac.isEmpty }.map { ($0.mac, $0) },
            uniquingKeysWith: { $0.standing == .up ? $0 : $1 })
        for line in lines { compare(line, of: owners[line.login], knowing: byMAC) }
        var seen: Set<String> = []
        gaps.removeAll { !seen.insert("\($0.kind.rawValue) \($0.thing)").inserted }
    }

    private mutating func compare(
        _ line: SeenLine, of owner: BilledService?, knowing antennas: [String: FleetAntenna]
    ) {
        if owner == nil, line.hasSecret {
            var gap = FleetGap(.secretAlone, line.login)
            gap.name = line.login
            gaps.append(gap)
        }
        if line.sessions.count > 1 {
            var gap = FleetGap(.sharedLogin, line.login)
            gap.name = "\(line.login) (\(line.sessions.count))"
            (gap.service, gap.mac) = (owner?.id, line.sessions[0].mac)
            gaps.append(gap)
        }
        for session in line.sessions {
            let vendor = vendors.name(of: session.mac)
            if owner == nil, !line.hasSecret {
                var gap = FleetGap(.sessionUnknown, "\(line.login) \(session.mac)")
                (gap.name, gap.mac, gap.vendor, gap.address) = (line.login, session.mac, vendor, session.address)
                gaps.append(gap)
            }
            let antenna = antennas[session.mac]
            guard OUIRegister.isUbiquiti(session.mac), antenna?.standing != .up else { continue }
            var gap = FleetGap(.missing, session.mac)
            gap.name = owner.map { "\($0.customer) (\($0.number))" } ?? line.login
            (gap.mac, gap.vendor, gap.address) = (session.mac, vendor, session.address)
            (gap.service, gap.device, gap.cause) = (owner?.id, antenna?.id, Self.cause(of: antenna))
            gaps.append(gap)
        }
    }

    private static func cause(of antenna: FleetAntenna?) -> FleetGap.Cause {
        guard let antenna else { return .neverSeen }
        if antenna.failsDecryption || antenna.standing == .phantom { return .staleKey }
        return antenna.isAuthorized ? .notConnected : .notAuthorized
    }

    /// Its words in the order of the alphabet, without accents: "Zona, Nombre" is "Nombre Zona".
    static func key(_ text: String) -> String { SearchText.words(text).sorted().joined(separator: " ") }

    private static func keys(of service: BilledService) -> Set<String> {
        Set(([service.customer] + service.places.map { "\(service.customer) \($0)" }).map(key))
    }

    /// Those that no other has the same value of.
    private static func unique(
        _ antennas: [FleetAntenna], by value: KeyPath<FleetAntenna, String>
    ) -> [String: FleetAntenna] {
        let groups = Dictionary(grouping: antennas.filter { !$0[keyPath: value].isEmpty }) { $0[keyPath: value] }
        return groups.compactMapValues { $0.count == 1 ? $0[0] : nil }
    }
}
