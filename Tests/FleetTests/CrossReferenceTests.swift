import Identifiers
import Locale
import Loop
import Services
import Testing
import Time

@testable import Fleet

/// What routers, books and UISP say, joined: the figures of an operator whose fleet survived a migration badly.
@Suite struct CrossReferenceTests {
    @Test func `the operator's figures come out, each by its names, and a second comparison changes nothing`() {
        let golden = Golden()
        let first = golden.compared(knowing: [])
        func count(_ kind: FleetGap.Kind) -> Int { first.gaps.count { $0.kind == kind } }
        #expect(first.services.count == 262 && first.links.count == 225 && first.unlinked.count == 37)
        #expect(Set(first.unlinked.map(\.number)) == Set(226...262))
        #expect(first.links.allSatisfy { golden.truth[$0.key] == $0.value.device })
        let evidence = Dictionary(grouping: first.links.values, by: \.evidence).mapValues(\.count)
        #expect(evidence == [.mac: 156, .address: 14, .login: 15, .name: 40])
        #expect(golden.lines.count(where: \.hasSecret) == 255)
        let sessions = golden.lines.flatMap(\.sessions)
        #expect(sessions.count == 198 && sessions.count { OUIRegister.isUbiquiti($0.mac) } == 184)
        #expect(count(.sharedLogin) == 1 && golden.lines.first { $0.sessions.count > 1 }?.sessions.count == 6)
        #expect(count(.sessionUnknown) == 1 && count(.missing) == 30 && count(.deviceAlone) == 4)
        #expect(count(.serviceAlone) + count(.tie) == 37 && count(.tie) == 2)
        let second = golden.compared(knowing: Array(first.links.values))
        #expect(second.links == first.links && second.gaps == first.gaps)
    }

    @Test func `an antenna that is on line and not in UISP has its cause`() {
        let golden = Golden()
        let causes = Dictionary(
            grouping: golden.compared(knowing: []).gaps.filter { $0.kind == .missing }, by: \.cause
        ).mapValues(\.count)
        #expect(causes == [.staleKey: 20, .notAuthorized: 1, .notConnected: 2, .neverSeen: 7])
    }

    @Test(arguments: [
        ("Zona 3, Núñez Ana", "Ana NUÑEZ", "Zona 3"), ("Ana Núñez (Zona 3)", "Ana Núñez", "ZONA 3"),
        ("ana nunez", "Ana Núñez", ""),
    ])
    func `a name is the same in another order, without accents and in capitals`(
        antenna: String, customer: String, place: String
    ) {
        let found = Golden.alone(antenna, customer, place)
        #expect(found.links.values.map(\.evidence) == [.name])
    }

    @Test func `what a person said stays, a new session's antenna replaces what was only supposed`() {
        let (old, new) = (Golden.antenna(1, mac: "24:A4:3C:00:00:01"), Golden.antenna(2, mac: "24:A4:3C:00:00:02"))
        let service = BilledService(id: Golden.id(1), number: 1, customer: "Ana", places: [], logins: ["ana"])
        let line = SeenLine(login: "ana", hasSecret: true, sessions: [.init(mac: new.mac, address: "")])
        func found(_ evidence: LinkEvidence) -> FleetDevice.ID? {
            CrossReference(
                lines: [line], services: [service], antennas: [old, new],
                kept: [FleetLink(service: service.id, device: old.id, evidence: evidence, proof: "x")],
                vendors: OUIRegister()
            ).links[service.id]?.device
        }
        #expect(found(.person) == old.id && found(.mac) == new.id && found(.name) == new.id)
    }

    @Test func `makers are read of Debian's list, and Ubiquiti is known without it`() async throws {
        let pool = BlockingPool(threads: 1, queueLimit: 10, name: "makers")
        let read = try await OUIRegister.read(for: ["24:A4:3C:00:00:01", "00:00:0C:01:02:03"], on: pool)
        #expect(
            read.name(of: "24:A4:3C:00:00:01").contains("Ubiquiti")
                && read.name(of: "00:00:0C:01:02:03").contains("Cisco"))
        let without = try await OUIRegister.read("/nowhere", for: ["24:A4:3C:00:00:01"], on: pool)
        #expect(without.name(of: "24:A4:3C:00:00:01") == "Ubiquiti" && without.name(of: "00:00:0C:01:02:03").isEmpty)
        #expect(OUIRegister.isUbiquiti("DC:9F:DB:00:00:01") && !OUIRegister.isUbiquiti("02:00:00:00:00:01"))
    }
}

/// An operator's network: 262 services, 255 secrets, 198 sessions, 205 devices, phantoms and a stranger.
private struct Golden {
    private(set) var lines: [SeenLine] = []
    private(set) var services: [BilledService] = []
    private(set) var antennas: [FleetAntenna] = []
    /// Whose each antenna really is.
    private(set) var truth: [Service.ID: FleetDevice.ID] = [:]

    static func id<Noun>(_ number: Int) -> ID<Noun> { ID(UUID("00000000-0000-7000-8000-\(padded(number))")!) }

    private static func padded(_ number: Int) -> String {
        String(repeating: "0", count: 12 - String(number).utf8.count) + String(number)
    }

    static func antenna(
        _ number: Int, mac: String = "", address: String = "", name: String = "", site: String = "",
        _ standing: FleetDevice.Standing = .up, isAuthorized: Bool = true, failsDecryption: Bool = false
    ) -> FleetAntenna {
        FleetAntenna(
            id: id(number), mac: mac, address: address, name: name, site: site, standing: standing,
            isAuthorized: isAuthorized, failsDecryption: failsDecryption)
    }

    static func mac(_ number: Int, _ maker: String = "24:A4:3C") -> String {
        func hex(_ byte: Int) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) }
        return "\(maker):00:\(hex(number / 256)):\(hex(number % 256))"
    }

    static func alone(_ antenna: String, _ customer: String, _ place: String) -> CrossReference {
        CrossReference(
            lines: [],
            services: [
                BilledService(
                    id: id(1), number: 1, customer: customer, places: place.isEmpty ? [] : [place], logins: [])
            ], antennas: [Self.antenna(1, name: antenna)], kept: [], vendors: OUIRegister())
    }

    func compared(knowing kept: [FleetLink]) -> CrossReference {
        CrossReference(lines: lines, services: services, antennas: antennas, kept: kept, vendors: OUIRegister())
    }

    init() {
        // Two customers of one name in one zone, whom no name tells apart.
        for number in 1...262 {
            let name = number > 260 ? "Rosa Mora" : "Cliente Número \(number)"
            let login = number <= 254 ? "abonado\(number)" : number == 255 ? "compartido" : ""
            services.append(
                BilledService(
                    id: Self.id(number), number: number, customer: name, places: ["Zona \(number % 25)"],
                    logins: login.isEmpty ? [] : [login]))
            if !login.isEmpty { lines.append(SeenLine(login: login, hasSecret: true, sessions: [])) }
        }
        for number in 1...156 {
            // The agents of two do not connect.
            link(number, mac: Self.mac(number), name: "Antena \(number)", number <= 2 ? .down : .up)
        }
        // Their sessions show the router behind the antenna.
        for number in 157...170 {
            link(number, mac: Self.mac(number), name: "Equipo \(number)", sessionMAC: Self.mac(number, "50:C7:BF"))
        }
        for number in 171...185 { link(number, mac: Self.mac(number), name: "abonado\(number)", isOnLine: false) }
        for number in 186...225 {
            link(
                number, mac: Self.mac(number), name: "Zona \(number % 25), Numero \(number) cliente", isOnLine: false)
        }
        addStrangers()
    }

    private mutating func link(
        _ number: Int, mac: String, name: String, _ standing: FleetDevice.Standing = .up, sessionMAC: String? = nil,
        isOnLine: Bool = true
    ) {
        let address = "10.10.\(number / 200).\(number % 200 + 1)"
        antennas.append(Self.antenna(number, mac: mac, address: address, name: name, standing))
        truth[Self.id(number)] = Self.id(number)
        if isOnLine { dial(number, sessionMAC ?? mac, address) }
    }

    private mutating func dial(_ number: Int, _ mac: String, _ address: String) {
        lines[number - 1].sessions.append(.init(mac: mac, address: address))
    }

    private mutating func addStrangers() {
        // On line by PPPoE and not in UISP: 170 sessions stand already, these are the other 28.
        for number in 226...245 {
            dial(number, Self.mac(number), "10.11.0.\(number)")
            antennas.append(
                Self.antenna(
                    number + 1000, mac: Self.mac(number), .phantom, isAuthorized: false, failsDecryption: true))
        }
        for place in 1...6 { dial(255, Self.mac(300 + place), "10.12.0.\(place)") }
        lines.append(
            SeenLine(login: "prueba", hasSecret: false, sessions: [.init(mac: Self.mac(400), address: "10.13.0.1")]))
        dial(246, Self.mac(246), "10.11.0.246")
        antennas.append(Self.antenna(246 + 1000, mac: Self.mac(246), name: "Nueva", .unauthorized, isAuthorized: false))
        // Known to UISP and nobody's.
        for number in 1...2 {
            antennas.append(Self.antenna(2000 + number, mac: Self.mac(500 + number), name: "Bodega \(number)"))
        }
        antennas.append(Self.antenna(3000, mac: "74:83:C2:00:00:01", name: "Ajena", .intruder, isAuthorized: false))
        for number in 1...2 { antennas.append(Self.antenna(4000 + number, name: "Rosa Mora")) }
    }
}
