import Addresses
import Time

/// A subscriber's equipment: it dials with its configured login whenever it has no session.
struct LabLine {
    let login: String
    let password: String
    let callerID: String
    /// The traffic it generates, in bits a second, within its plan.
    let up: UInt64
    let down: UInt64
}

/// A PPPoE session, with the rows that the router created for it.
struct LabSession {
    let line: String
    let login: String
    let address: String?
    let pool: String?
    var interface: UInt32
    var queue: UInt32?
    var listEntry: UInt32?
    var usedAddress: UInt32?
    var connected: UInt32?
}

/// A pool's free addresses.
struct LabPool {
    private var ranges: [ClosedRange<UInt32>]
    private var next: UInt32?
    private var returned: [UInt32] = []

    init(_ text: String) {
        ranges = text.split(separator: ",").compactMap { part in
            let ends = part.split(separator: "-").map { IPAddress(String($0)) }
            guard case .v4(let first)?? = ends.first, case .v4(let last)?? = ends.last, first <= last else {
                return nil
            }
            return first...last
        }
        ranges.reverse()
    }

    mutating func take() -> UInt32? {
        if let address = returned.popLast() { return address }
        guard let range = ranges.last else { return nil }
        let address = next ?? range.lowerBound
        if address == range.upperBound {
            ranges.removeLast()
            next = nil
        } else {
            next = address + 1
        }
        return address
    }

    mutating func giveBack(_ address: UInt32) { returned.append(address) }
}

extension LabRouter {
    /// Connects a subscriber's equipment, which dials at once.
    package func connect(line: String, login: String, password: String, up: UInt64, down: UInt64) {
        lines[line] = LabLine(login: login, password: password, callerID: line, up: up, down: down)
        dial(line)
    }

    /// Switches a subscriber's equipment off.
    package func disconnect(line: String) {
        lines[line] = nil
        for (id, session) in sessions where session.line == line { delete(table("/ppp/active"), id) }
    }

    package var sessionCount: Int { sessions.count }

    func dialDue() {
        while firstDialling < dialling.count, dialling[firstDialling].due <= now {
            let line = dialling[firstDialling].line
            firstDialling += 1
            dial(line)
        }
        if firstDialling > 4096 || firstDialling == dialling.count {
            dialling.removeFirst(firstDialling)
            firstDialling = 0
        }
    }

    private func dialLater(_ line: String) {
        let due = now + redialDelay
        // Ordered by time, even after the delay was changed.
        var place = dialling.count
        while place > firstDialling, dialling[place - 1].due > due { place -= 1 }
        dialling.insert((due, line), at: place)
    }

    private func dial(_ name: String) {
        guard let line = lines[name] else { return }
        guard let secret = secret(for: line), open(line, secret) else { return dialLater(name) }
    }

    /// The secret that authenticates the line.
    private func secret(for line: LabLine) -> UInt32? {
        let path = "/ppp/secret"
        guard let id = tables[table(path)].named(line.login).first, value("disabled", of: id, in: path) != "true",
            value("password", of: id, in: path) ?? "" == line.password
        else { return nil }
        let caller = value("caller-id", of: id, in: path) ?? ""
        guard caller.isEmpty || caller == line.callerID else { return nil }
        return ["any", "pppoe"].contains(value("service", of: id, in: path)) ? id : nil
    }

    private func open(_ line: LabLine, _ secret: UInt32) -> Bool {
        let profiles = "/ppp/profile"
        guard
            let profile = value("profile", of: secret, in: "/ppp/secret").flatMap({
                tables[table(profiles)].named($0).first
            })
        else { return false }
        if value("only-one", of: profile, in: profiles) == "yes" {
            let active = table("/ppp/active")
            for id in tables[active].named(line.login) { delete(active, id) }
        }
        guard let (address, pool) = address(secret, profile) else { return false }
        let limit = value("rate-limit", of: profile, in: profiles)?.split(separator: " ").first
            .flatMap { LabRate.pair(String($0)) }
        let traffic = LabTraffic(
            since: now.microseconds, up: min(line.up, limit?.up ?? .max), down: min(line.down, limit?.down ?? .max))
        let id = insert(
            "/ppp/active",
            [
                "name": line.login, "service": "pppoe", "caller-id": line.callerID, "address": address,
                "encoding": "", "session-id": "0x" + String(0x8120_0000 + commandCount, radix: 16),
            ], traffic: traffic)
        sessions[id] = furnish(line, address, pool, profile, limit.map { "\($0.up)/\($0.down)" }, traffic)
        log("pppoe,ppp,info", "<pppoe-\(line.login)>: connected")
        return true
    }

    /// Creates a session's dynamic rows.
    private func furnish(
        _ line: LabLine, _ address: String, _ pool: String?, _ profile: UInt32, _ limit: String?, _ traffic: LabTraffic
    ) -> LabSession {
        let name = "<pppoe-\(line.login)>"
        let interface = insert(
            "/interface",
            [
                "name": name, "type": "pppoe-in", "mtu": "1480", "actual-mtu": "1480", "dynamic": "true",
                "last-link-up-time": LabClock.text(now, iso: version.writesISODates),
            ], traffic: traffic)
        var session = LabSession(
            line: line.callerID, login: line.login, address: address, pool: pool, interface: interface)
        session.connected = insert(
            "/ip/route",
            ["dst-address": "\(address)/32", "gateway": name, "distance": "0", "dynamic": "true", "static": "false"])
        if let limit {
            session.queue = insert(
                "/queue/simple", ["name": name, "target": name, "max-limit": limit, "dynamic": "true"], traffic: traffic
            )
        }
        if let list = value("address-list", of: profile, in: "/ppp/profile"), !list.isEmpty {
            session.listEntry = insert(
                "/ip/firewall/address-list", ["list": list, "address": address, "dynamic": "true"])
        }
        if let pool {
            session.usedAddress = insert(
                "/ip/pool/used", ["pool": pool, "address": address, "owner": "PPP", "info": line.login])
        }
        return session
    }

    /// A secret's own address takes precedence over the profile's pool.
    private func address(_ secret: UInt32, _ profile: UInt32) -> (String, pool: String?)? {
        let own = value("remote-address", of: secret, in: "/ppp/secret") ?? ""
        let wanted = own.isEmpty ? value("remote-address", of: profile, in: "/ppp/profile") ?? "" : own
        if wanted.isEmpty || IPAddress(wanted) != nil { return wanted.isEmpty ? nil : (wanted, nil) }
        guard let pool = tables[table("/ip/pool")].named(wanted).first,
            let ranges = value("ranges", of: pool, in: "/ip/pool")
        else { return nil }
        guard let address = freeAddresses[wanted, default: LabPool(ranges)].take() else { return nil }
        return ("\(IPAddress.v4(address))", wanted)
    }

    /// Called after its row in /ppp/active is gone. The equipment dials again.
    func endSession(_ id: UInt32) {
        guard let session = sessions.removeValue(forKey: id) else { return }
        delete(table("/interface"), session.interface)
        if let queue = session.queue { delete(table("/queue/simple"), queue) }
        if let entry = session.listEntry { delete(table("/ip/firewall/address-list"), entry) }
        if let used = session.usedAddress { delete(table("/ip/pool/used"), used) }
        if let connected = session.connected { delete(table("/ip/route"), connected) }
        if let pool = session.pool, case .v4(let bits)? = session.address.flatMap({ IPAddress($0) }) {
            freeAddresses[pool]?.giveBack(bits)
        }
        noteEnd(of: session)
        log("pppoe,ppp,info", "<pppoe-\(session.login)>: disconnected")
        if lines[session.line] != nil { dialLater(session.line) }
    }

    private func noteEnd(of session: LabSession) {
        let menu = table("/ppp/secret")
        guard let secret = tables[menu].named(session.login).first else { return }
        let ended: KeyValuePairs = [
            "last-logged-out": LabClock.text(now, iso: version.writesISODates), "last-caller-id": session.line,
            "last-disconnect-reason": "nas-request",
        ]
        for (name, value) in ended {
            if let position = tables[menu].position(name) { tables[menu].set(position, of: secret, to: value) }
        }
    }
}
