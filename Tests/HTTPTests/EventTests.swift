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
        let ends = Log<String>()
        try await RunningServer.run(
            onExchange: onExchange,
            handler: { _ in
                let feed = EventFeed(limit: limit, heartbeat: heartbeat)
                feed.onEnd { ends.add("ended") }
                feeds.add(feed)
                return .events(feed)
            }
        ) { server in try await test(server, feeds, ends) }
    }

    private func open(_ server: RunningServer, _ feeds: Log<EventFeed>) async throws -> (Page, EventFeed) {
        let before = feeds.all.count
        let client = try RawClient(to: server.address, receiveBuffer: 4096)
        try client.send("GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n")
        #expect(await eventually(on: server.loops.all[0]) { feeds.all.count > before })
        return (Page(client: client), feeds.all[before])
    }

    private struct Page: @unchecked Sendable {
        // Unchecked: handed from thread to thread, used by one at a time.
        let client: RawClient

        func readUntil(_ text: String) throws -> String {
            var bytes: [UInt8] = []
            while true {
                let string = String(decoding: bytes, as: UTF8.self)
                if string.utf8.count >= text.utf8.count, string.contains(text) { return string }
                let more = try client.receive()
                if more.isEmpty { return string }
                bytes += more
            }
        }
    }

    @Test func `an open page is told what happens, from any thread`() async throws {
        try await withFeeds { server, feeds, ends in
            let (page, feed) = try await open(server, feeds)
            #expect(feed.send(ServerEvent("uno\ndos", name: "corte\ndata: x", id: "7")))
            let text = try await server.clients.run { try page.readUntil("dos") }
            #expect(text.contains("Content-Type: text/event-stream\r\n") && !text.contains("Content-Encoding"))
            #expect(text.contains("event: cortedata: x\nid: 7\ndata: uno\ndata: dos\n\n"))
            feed.finish()
            let end = try await server.clients.run { try page.readUntil("0\r\n\r\n") }
            #expect(end.hasSuffix("0\r\n\r\n"))
            #expect(await eventually(on: server.loops.all[0]) { ends.all == ["ended"] })
            #expect(!feed.send(ServerEvent("late")))
        }
    }

    @Test func `a quiet page hears a heartbeat`() async throws {
        try await withFeeds(heartbeat: .milliseconds(20)) { server, feeds, _ in
            let (page, _) = try await open(server, feeds)
            let text = try await server.clients.run { try page.readUntil(":\n\n\r\n3\r\n:\n\n") }
            #expect(text.contains(":\n\n"))
        }
    }

    @Test func `a page that is gone leaves its feed`() async throws {
        try await withFeeds { server, feeds, ends in
            let (page, feed) = try await open(server, feeds)
            page.client.endSending()
            #expect(await eventually(on: server.loops.all[0]) { ends.all == ["ended"] })
            #expect(!feed.send(ServerEvent("late")))
        }
    }

    @Test func `a page that never came leaves its feed`() async throws {
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

    @Test func `a feed with a beginning writes it first, and again after what was sent, instead of giving up`()
        async throws
    {
        let feeds = Log<EventFeed>()
        try await RunningServer.run(handler: { _ in
            let feed = EventFeed(limit: 2) { feed, writer in
                try await writer.write([ServerEvent("beginning"), ServerEvent("is open: \(feed.isOpen)")])
            }
            feeds.add(feed)
            return .events(feed)
        }) { server in
            let (page, feed) = try await open(server, feeds)
            let first = try await server.clients.run { try page.readUntil("true\n\n") }
            #expect(first.contains("data: beginning\n\ndata: is open: true\n\n"))
            let large = ServerEvent(String(repeating: "x", count: 400_000))
            var taken = 0
            while feed.send(large), taken < 1000 { taken += 1 }
            #expect(taken < 1000 && feed.isOpen)
            feed.beginAgain()
            let rest = try await server.clients.run { try page.readUntil("true\n\n") }
            #expect(rest.ranges(of: "data: xx").count == taken && rest.contains("x\n\n\r\n"))
            feed.finish()
            let end = try await server.clients.run { try page.readUntil("0\r\n\r\n") }
            #expect(end.hasSuffix("0\r\n\r\n"))
        }
    }

    @Test func `draining sends open pages elsewhere`() async throws {
        try await withFeeds { server, feeds, ends in
            let (page, _) = try await open(server, feeds)
            async let drained: Void = server.server.drain(within: .seconds(20))
            let end = try await server.clients.run { try page.client.receiveAll() }
            #expect(String(decoding: end, as: UTF8.self).hasSuffix("0\r\n\r\n"))
            await drained
            #expect(await eventually(on: server.loops.all[0]) { ends.all == ["ended"] })
        }
    }
}
