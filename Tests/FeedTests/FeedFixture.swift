import API
import Access
import Crypto
import Customers
import Declarations
import Events
import HTTP
import Loop
import Panel
import Postgres
import Telemetry
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Feed

/// Somebody who listens, read by one thread at a time.
final class Page: @unchecked Sendable {
    // Unchecked: handed from thread to thread, used by one at a time.
    private let client: RawClient
    private var bytes: [UInt8] = []

    init(_ client: RawClient) { self.client = client }

    /// Takes all that comes until the text has come, or the end.
    func read(until text: String) throws -> String {
        var searched = 0
        while true {
            let rest = bytes[max(0, searched - text.utf8.count)...]
            if String(decoding: rest, as: UTF8.self).contains(text) { return take() }
            searched = bytes.count
            guard try receive() else { return take() }
        }
    }

    /// Takes what has come once it is so many bytes, or the text has come.
    func read(bytes count: Int, orUntil text: String) throws -> String {
        while bytes.count < count, !String(decoding: bytes, as: UTF8.self).contains(text), try receive() {}
        return take()
    }

    /// Whether there was more.
    func receive() throws -> Bool {
        let more = try client.receive()
        bytes += more
        return !more.isEmpty
    }

    private func take() -> String {
        defer { bytes = [] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A server on a socket, where programs and pages of two tenants are told what happens in a database.
struct FeedFixture: Sendable {
    static let stream = "/api/v1/events/stream"

    let norte: TestTenant
    let liveUpdates: LiveUpdates
    let server: RunningServer

    static func with(
        limit: Int = 500, ownerLimit: Int = 20, _ work: (FeedFixture, TestTenant) async throws -> Void
    ) async throws {
        try await withTenants { norte, sur in
            let liveUpdates = LiveUpdates(time: norte.site.clock.source, limit: limit, ownerLimit: ownerLimit)
            var routes = Panel.Routes()
            FeedRoutes(liveUpdates).add(to: &routes)
            let panel = norte.gate(routes, credential: Panel.credential, refuse: Panel.refuse)
            let api = Self.api(norte, liveUpdates)
            let loop = Loops.tests.all[0]
            let log = Log(to: norte.site.log, as: .json)
            let telling = loop.spawn { await liveUpdates.run(in: norte.site.test.database, on: loop, log: log) }
            let follower = CommitFollower(
                [EventSealer(log: log).work, Outbox.announcing], in: norte.site.test.database, on: loop
            ) { _ in }
            let following = loop.spawn { await follower.run() }
            defer {
                telling.cancel()
                following.cancel()
            }
            try await RunningServer.run(handler: { request in
                await (request.rawTarget.hasPrefix("/api/") ? api : panel).answer(request)
            }) { server in
                try await work(FeedFixture(norte: norte, liveUpdates: liveUpdates, server: server), sur)
            }
        }
    }

    static func api(_ tenant: TestTenant, _ liveUpdates: LiveUpdates) -> RequestGate {
        var routes = API.Routes(of: tenant.site.catalogue)
        FeedRoutes(liveUpdates).add(to: &routes)
        return tenant.gate(routes.visits, credential: API.credential, refuse: API.refuse)
    }

    static func record(_ kind: EventKind, _ value: String, at tenant: TestTenant) async throws {
        try await tenant.database.record(
            Act(kind, after: [Act.Detail("value", value)]),
            by: Actor(.staff, name: "Ana", address: "192.0.2.7"), at: tenant.now)
    }

    /// A program's headers.
    func program(_ permissions: [Permission] = [.eventsRead, .customersRead]) async throws -> [String: String] {
        ["Authorization": "Bearer \(try await norte.token(permissions))"]
    }

    /// An open page's headers.
    func person(_ permissions: [Permission] = [.auditRead], as name: String = "Carla") async throws -> [String: String]
    {
        ["Cookie": try await norte.signIn(permissions, as: name), "Accept": "text/event-stream"]
    }

    /// Returns once there is an answer.
    func listen(
        _ path: String, _ headers: [String: String], after position: Int? = nil, receiveBuffer: Int32? = nil,
        at host: String = "norte.test"
    ) async throws -> Page {
        let resuming = position.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        let lines = headers.map { "\($0): \($1)\r\n" }.joined() + resuming
        return try await server.clients.run { [server] in
            let client = try RawClient(to: server.address, receiveBuffer: receiveBuffer)
            try client.send("GET \(path) HTTP/1.1\r\nHost: \(host)\r\n\(lines)\r\n")
            let page = Page(client)
            _ = try page.receive()
            return page
        }
    }

    /// All that comes until the text has come, or the end.
    func read(_ page: Page, until text: String) async throws -> String {
        try await server.clients.run { try page.read(until: text) }
    }

    /// The whole messages among so many bytes, or until the text has come.
    func read(_ page: Page, bytes count: Int, orUntil end: String) async throws -> String {
        let text = try await server.clients.run { try page.read(bytes: count, orUntil: end) }
        return text.ranges(of: "\n\n").last.map { String(text[..<$0.upperBound]) } ?? ""
    }
}

extension String {
    /// Every number that follows the words.
    func numbers(after words: String) -> [Int] {
        let mark = Array(words.utf8)
        let text = Array(utf8)
        var numbers: [Int] = []
        var index = 0
        while index + mark.count < text.count {
            guard text[index..<index + mark.count].elementsEqual(mark) else {
                index += 1
                continue
            }
            index += mark.count
            let digits = text[index...].prefix { $0 >= 0x30 && $0 <= 0x39 }
            if let number = Int(String(decoding: digits, as: UTF8.self)) { numbers.append(number) }
        }
        return numbers
    }
}

extension String {
    /// The ids of all messages; one that stands there twice in a row is where a beginning says where it begins.
    var ids: [Int] {
        numbers(after: "\nid: ").reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
}
