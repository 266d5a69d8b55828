import HTTP
import JSON
import Synchronization
import Time

/// A UISP that does not exist: the network part of its interface, with faults to be switched on.
package final class UISPLab: Sendable {
    private let state: Mutex<LabState>
    private let clock: TimeSource

    package init(_ plan: Plan = Plan(), clock: TimeSource = .system) {
        state = Mutex(LabState(plan, at: clock.now()))
        self.clock = clock
    }

    /// So many devices are authorized.
    package var authorized: Int { state.withLock { $0.devices.count { $0.isAuthorized } } }

    package var devices: Int { state.withLock(\.devices.count) }

    /// So many writes were carried out.
    package var writes: Int { state.withLock(\.writes) }

    /// Switches faults on by a form: `status=500&html=yes`. False for an unknown one.
    package func fail(by form: String) -> Bool {
        guard let fields = try? Array(form.utf8).withUnsafeBytes({ try Fields(urlEncoded: $0) }) else { return false }
        return state.withLock { $0.fail(by: fields) }
    }

    package func answer(_ request: Request) async -> Response {
        do {
            let body = try await request.body.bytes(upTo: 1 << 16)
            let path = request.path.all
            if path.first == "lab" {
                let form = try body.withUnsafeBytes { try Fields(urlEncoded: $0) }
                let now = clock.now()
                return state.withLock { $0.control(Array(path.dropFirst()), form, at: now) }
            }
            return state.withLock { state in
                state.answer(
                    request.method, path, request.query, (try? JSONValue.parse(body)) ?? .null,
                    token: request.headers["x-auth-token"])
            }
        } catch {
            return .text("unreadable", status: .badRequest)
        }
    }
}

struct LabState: Sendable {
    private let token: String
    private(set) var devices: [LabDevice] = []
    private var sites: [LabSite] = []
    private var outages: [LabOutage] = []
    private var faults = LabFaults()
    private(set) var writes = 0

    init(_ plan: UISPLab.Plan, at now: Instant) {
        token = plan.token
        let root = plan.towers > 0 ? UISPLab.id(1, 1) : nil
        for number in stride(from: 1, through: plan.towers, by: 1) {
            let id = UISPLab.id(1, number)
            sites.append(
                LabSite(
                    id: id, name: "Torre \(number)", isEndpoint: false, parent: number == 1 ? nil : root, client: nil))
        }
        for number in stride(from: 1, through: plan.endpoints, by: 1) {
            sites.append(
                LabSite(
                    id: UISPLab.id(2, number), name: UISPLab.endpointName(number), isEndpoint: true,
                    parent: plan.towers > 0 ? UISPLab.id(1, number % plan.towers + 1) : nil, client: number))
        }
        addNamed(plan, at: now)
        addStrangers(plan)
    }

    private mutating func addNamed(_ plan: UISPLab.Plan, at now: Instant) {
        let (live, total) = (plan.active, plan.active + plan.disconnected + plan.unknown)
        for number in stride(from: 1, through: total, by: 1) {
            var device = LabDevice(
                id: UISPLab.id(3, number), mac: UISPLab.mac(UISPLab.customer(ofDevice: number), by: plan.maker),
                name: UISPLab.endpointName(number), model: "LiteBeam M5",
                status: number <= live && number > plan.asleep ? "active" : "disconnected",
                isAuthorized: number <= live + plan.disconnected)
            if !device.isAuthorized { device.status = "unknown" }
            device.address = "10.10.\(number / 250 % 250).\(number % 250 + 1)"
            device.ssid = "Sector-\(number % 12 + 1)"
            device.site = number <= plan.endpoints && device.isAuthorized ? UISPLab.id(2, number) : nil
            device.signal = device.status == "active" ? -55 - number % 20 : nil
            if number <= min(live, plan.asleep) {
                device.lastSeenAt = (now - .seconds(172_800)).rfc3339
            } else if number > live {
                device.lastSeenAt = (now - .seconds(Int64(number - live) * 43_200)).rfc3339
            }
            devices.append(device)
            guard device.status == "disconnected" else { continue }
            outages.append(
                LabOutage(
                    id: UISPLab.id(4, number), device: device.id, name: device.name ?? "",
                    startedAt: device.lastSeenAt ?? now.rfc3339))
        }
    }

    private mutating func addStrangers(_ plan: UISPLab.Plan) {
        for number in stride(from: 1, through: plan.phantoms, by: 1) {
            let mac = UISPLab.mac(20 * number, by: plan.maker)
            devices.append(
                LabDevice(
                    id: UISPLab.id(5, number), mac: mac, name: mac, status: "unknown", isAuthorized: false,
                    failsDecryption: true))
        }
        for number in stride(from: 1, through: plan.rogues, by: 1) {
            devices.append(
                LabDevice(
                    id: UISPLab.id(6, number), mac: "74:83:C2:00:00:\(UISPLab.hex(number & 0xFF))",
                    name: "NanoStation ajena \(number)", model: "NanoStation M5", status: "active",
                    isAuthorized: false, address: "203.0.113.\(number % 250 + 1)", ssid: "OtroProveedor", signal: -61))
        }
    }

    mutating func answer(
        _ method: Method, _ path: [String], _ query: Fields, _ body: JSONValue, token given: String?
    ) -> Response {
        guard path.starts(with: ["nms", "api", "v2.1"]) else {
            return .html(Array("<!doctype html><title>UISP</title>".utf8))
        }
        if let status = faults.status { return Self.error(Status(status), "Fault") }
        if faults.answersHTML { return .html(Array("<!doctype html><title>UISP</title>".utf8)) }
        guard given == token else { return Self.error(.unauthorized, "Unauthorized") }
        let rest = Array(path.dropFirst(3))
        switch (method, rest.first ?? "", rest.count) {
        case (.get, "devices", 1): return listDevices()
        case (.get, "sites", 1): return list(sites) { $0.write(to: &$1) }
        case (.get, "outages", 1): return listOutages()
        case (.get, "nms", 2) where rest[1] == "version":
            return Self.json { json in json.object { $0.member("version", "2.4.0") } }
        case (.post, "devices", 3) where rest[2] == "authorize":
            return change(rest[1], "Authorized") { device in
                device.isAuthorized = true
                device.status = "active"
                if case .object(let object) = body, case .string(let site)? = object["siteId"] { device.site = site }
            }
        case (.post, "devices", 3) where rest[2] == "refresh":
            return change(rest[1], "Device refreshed") { $0.failsDecryption = false }
        case (.delete, "devices", 2):
            guard let place = devices.firstIndex(where: { $0.id == rest[1] }) else {
                return Self.error(.notFound, "Device not found")
            }
            devices.remove(at: place)
            writes += 1
            return Self.done("1 device(s) deleted")
        default: return Self.error(.notFound, "Not Found")
        }
    }

    /// `POST /lab/faults status=500`, `POST /lab/device/NUMBER status=disconnected`, `POST /lab/vanish/NUMBER`,
    /// `POST /lab/outages/end`.
    mutating func control(_ path: [String], _ form: Fields, at now: Instant) -> Response {
        switch path.first {
        case "faults":
            guard faults.read(form) else { return .text("no such fault", status: .badRequest) }
        case "device":
            guard path.count == 2, let place = place(path[1]) else { return .text("unknown", status: .notFound) }
            if let status = form["status"] { devices[place].status = status }
        case "agent":
            guard let mac = form["mac"], !mac.isEmpty else { return .text("unknown", status: .notFound) }
            connect(mac)
        case "vanish":
            guard path.count == 2, let place = place(path[1]) else { return .text("unknown", status: .notFound) }
            devices.remove(at: place)
        case "outages": for place in outages.indices { outages[place].endedAt = now.rfc3339 }
        default: return .text("unknown", status: .notFound)
        }
        return .text("ok")
    }

    /// A device with a good key: one that is known is up again, another one waits to be authorized.
    private mutating func connect(_ mac: String) {
        if let place = devices.firstIndex(where: { $0.mac == mac && $0.isAuthorized }) {
            (devices[place].status, devices[place].failsDecryption) = ("active", false)
            devices[place].signal = -60
            if let outage = outages.firstIndex(where: { $0.device == devices[place].id && $0.endedAt == nil }) {
                outages[outage].endedAt = outages[outage].startedAt
            }
            return
        }
        let old = devices.firstIndex { $0.mac == mac }
        let id = old.map { devices[$0].id } ?? UISPLab.id(7, devices.count + 1)
        var device = LabDevice(
            id: id, mac: mac, name: "airOS \(mac.suffix(8))", model: "LiteBeam M5", status: "unauthorized",
            isAuthorized: false)
        (device.address, device.ssid, device.signal) = ("10.10.9.9", "Sector-1", -60)
        if let old { devices[old] = device } else { devices.append(device) }
    }

    mutating func fail(by form: Fields) -> Bool { faults.read(form) }

    private func place(_ number: String) -> Int? {
        guard let number = Int(number), (0...1_000_000).contains(number) else { return nil }
        return devices.firstIndex { $0.id == UISPLab.id(3, number) }
    }

    private mutating func change(
        _ id: String, _ message: String, _ apply: (inout LabDevice) -> Void
    ) -> Response {
        guard let place = devices.firstIndex(where: { $0.id == id }) else {
            return Self.error(.notFound, "Device not found")
        }
        apply(&devices[place])
        writes += 1
        return Self.done(message)
    }

    private func listDevices() -> Response {
        let byID = Dictionary(sites.map { ($0.id, $0) }) { first, _ in first }
        return list(devices) { $0.write(to: &$1, naming: $0.site.flatMap { byID[$0] }, as: faults.names) }
    }

    private func listOutages() -> Response {
        Self.json { json in
            json.object { json in json.array("items") { json in for outage in outages { outage.write(to: &json) } } }
        }
    }

    private func list<Element>(_ elements: [Element], _ write: (Element, inout JSONWriter) -> Void) -> Response {
        Self.json { json in json.array { json in for element in elements { write(element, &json) } } }
    }

    private static func json(_ status: Status = .ok, _ write: (inout JSONWriter) -> Void) -> Response {
        var json = JSONWriter(reserving: 4096)
        write(&json)
        return .json(json.bytes, status: status)
    }

    private static func done(_ message: String) -> Response {
        json { json in
            json.object { json in
                json.member("result", true)
                json.member("message", message)
            }
        }
    }

    private static func error(_ status: Status, _ message: String) -> Response {
        json(status) { json in
            json.object { json in
                json.member("statusCode", status.code)
                json.member("message", message)
            }
        }
    }
}
