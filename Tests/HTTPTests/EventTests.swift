import HTTP
import Loop
import TestSupport
import Testing

@Suite struct EventTests {
    /// A server whose pages are told what the test sends.
    private func withFeeds(
        limit: Int = 8, heartbeat: Duration = .seconds(60),
        onExchange: @escaping @Sendable (Exchange) -> Void = { _ in },
        _ test: (RunningServer, Log<EventFeed>, Log<String>) async throws -> Void
    ) async throws {
        let feeds = Log<EventFeed>()
        let log = Log<String>()
        try await RunningServer.run(handler: { request in
            log.add("begun")
            do { try await request.loop.sleep(for: .seconds(60)) } catch {}
            let feed = EventFeed()
            feed.onEnd { log.add("ended") }
            return .events(feed)
        }) { server in
            let clients = [try RawClient(to: server.address), try RawClient(to: server.address)]
            try clients[0].send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
            try clients[1].send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await eventually(on: server.loops.all[0]) { log.all == ["begun", "begun"] })
            for client in clients { client.endSending() }
            #expect(await eventually(on: server.loops.all[0]) { log.all == ["begun", "begun", "ended", "ended"] })
        }
    }

    @Test func `a page that does not keep up is given up`() async throws {
        try await withFeeds(limit: 8) { server, feeds, ends in
            let (page, feed) = try await open(server, feeds)
            let large = ServerEvent(String(repeating: "x", count: 400_000))
            var taken = 0
            while feed.send(large), taken < 1000 { taken += 1 }
            #expect(taken < 1000)
            #expect(await eventually(on: server.loops.all[0]) { !feed.send(large) })
            _ = try await server.clients.run { try page.client.receiveAll() }
            #expect(await eventually(on: server.loops.all[0]) { ends.all == ["ended"] })
        }
    }

    @Test func `draining sends open pages elsewhere`() async throws {
        try await withFeeds { server, feeds, ends in
            let (page, _) = try await open(server, feeds)
            async let drained: Void = server.server.drain(within: .seconds(20))
            let end = try await server.clients.run { try page.client.receiveAll() }
            #expect(String(decoding: end, as: UTF8.self).hasSuffix("0\r\n\r\n"))
            await drained
            #expect(ends.all == ["ended"])
        }
    }
}
