import FleetProtocol
import JSON
import Time
import WebClient

/// Ubiquiti's UISP, by version 2.1 of its network interface.
package struct UISPDriver: FleetController {
    private static let path = "/nms/api/v2.1"
    /// A list of ten thousand devices is about fifty megabytes.
    private static let largest = 256 << 20
    private static let most = 50_000

    private let client: HTTPClient
    /// Of a list, and of everything else, for which a person waits.
    private let listDeadline: Duration
    private let deadline: Duration

    package init(
        _ client: HTTPClient, listDeadline: Duration = .seconds(55), deadline: Duration = .seconds(15)
    ) {
        (self.client, self.listDeadline, self.deadline) = (client, listDeadline, deadline)
    }

    package func examine(_ target: FleetTarget) async throws(FleetFailure) -> FleetExamination {
        let devices = try await devices(of: target)
        let sites = try await sites(of: target)
        var version = ""
        do throws(FleetFailure) {
            version = try await value("GET", "/nms/version", at: target)["version"]?.line ?? ""
        } catch {
            // Not every version tells.
        }
        return FleetExamination(version: version, devices: devices.count, sites: sites.count)
    }

    package func devices(of target: FleetTarget) async throws(FleetFailure) -> [ControlledDevice] {
        let devices = try await list("/devices", "identification.id", at: target) { ControlledDevice($0) }
        // A status of another name would make a whole fleet unknown.
        if !devices.isEmpty, devices.allSatisfy({ $0.status.isEmpty }) { throw .unreadable("overview.status") }
        return devices
    }

    package func sites(of target: FleetTarget) async throws(FleetFailure) -> [ControlledSite] {
        try await list("/sites", "identification.type", at: target) { ControlledSite($0) }
    }

    package func outages(of target: FleetTarget) async throws(FleetFailure) -> [ControlledOutage] {
        let answer = try await value("GET", "/outages?count=200&page=1&type=outage", at: target)
        guard case .array(let items)? = answer["items"] else { throw .unreadable("items") }
        return items.compactMap { ControlledOutage($0) }
    }

    package func authorize(
        _ device: String, into site: String, of target: FleetTarget
    ) async throws(FleetFailure) {
        var json = JSONWriter()
        json.object { $0.member("siteId", site) }
        _ = try await value("POST", "/devices/\(device)/authorize", json.bytes, at: target)
    }

    package func remove(_ device: String, of target: FleetTarget) async throws(FleetFailure) {
        do throws(FleetFailure) {
            _ = try await value("DELETE", "/devices/\(device)", at: target)
        } catch .refused("404") {
            return
        }
    }

    package func renewKey(of device: String, at target: FleetTarget) async throws(FleetFailure) {
        _ = try await value("POST", "/devices/\(device)/refresh", at: target)
    }

    /// Reads a list element by element. `needed` names what makes one readable: a list without it is of a version that
    /// this driver does not know.
    private func list<Element: Sendable>(
        _ path: String, _ needed: String, at target: FleetTarget, _ read: (JSONValue) -> Element?
    ) async throws(FleetFailure) -> [Element] {
        do {
            return try await client.stream(request("GET", path, nil, within: listDeadline, at: target)) { stream in
                try Self.check(stream.status, stream.headers)
                var (splitter, found, unread) = (ArraySplitter(), [Element](), 0)
                while let bytes = try await stream.next() {
                    for text in try splitter.take(bytes) {
                        guard let value: JSONValue = try? .parse(text) else { throw FleetFailure.unreadable(path) }
                        if let element = read(value) { found.append(element) } else { unread += 1 }
                        guard found.count <= Self.most else { throw FleetFailure.unreadable("\(path): too many") }
                    }
                }
                try splitter.finish()
                if found.isEmpty, unread > 0 { throw FleetFailure.unreadable(needed) }
                return found
            }
        } catch let failure as FleetFailure {
            throw failure
        } catch is ArraySplitter.Fault {
            throw .unreadable(path)
        } catch let error as WebError {
            throw Self.failure(of: error)
        } catch {
            throw .unreachable("\(error)")
        }
    }

    private func value(
        _ method: String, _ path: String, _ body: [UInt8]? = nil, at target: FleetTarget
    ) async throws(FleetFailure) -> JSONValue {
        let answer: WebResponse
        do {
            answer = try await client.send(request(method, path, body, within: deadline, at: target))
        } catch {
            throw Self.failure(of: error)
        }
        try Self.check(answer.status, answer.headers)
        guard let value: JSONValue = try? .parse(answer.body) else { throw .unreadable(path) }
        return value
    }

    private func request(
        _ method: String, _ path: String, _ body: [UInt8]?, within deadline: Duration, at target: FleetTarget
    ) -> WebRequest {
        var headers: WebHeaders = ["x-auth-token": target.token, "Accept": "application/json"]
        if body != nil { headers.add("Content-Type", "application/json") }
        return WebRequest(
            method, target.origin + Self.path + path, egress: target.egress, headers: headers,
            body: body.map { .bytes($0) } ?? .none, trust: target.trust, deadline: deadline, bodyLimit: Self.largest)
    }

    private static func check(_ status: Int, _ headers: WebHeaders) throws(FleetFailure) {
        switch status {
        case 200..<300:
            // A proxy's page, or the panel's own instead of its interface.
            if headers["content-type"]?.lowercased().contains("json") == false { throw .notData }
        // A redirection turns a POST into a GET: the address given is not the server's own.
        case 300..<400: throw .notData
        case 401: throw .tokenRefused
        case 403: throw .notAllowed
        case 429: throw .tooMany
        case 500...: throw .troubled(status)
        default: throw .refused("\(status)")
        }
    }

    private static func failure(of error: WebError) -> FleetFailure {
        switch error {
        case .untrusted: .untrusted(error.description)
        case .tooLarge: .unreadable(error.description)
        default: .unreachable(error.description)
        }
    }
}
