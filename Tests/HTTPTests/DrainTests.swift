import HTTP
import Loop
import TestSupport
import Testing

@Suite struct DrainTests {
    @Test func `draining under load fails no request`() async throws {
        for isSlow in [false, true] {
            try await RunningServer.run(
                loops: 2,
                handler: { request in
                    if isSlow {
                        do { try await request.loop.sleep(for: .milliseconds(30)) } catch { return .text("cancelled") }
                    }
                    return .text("ok")
                }
            ) { server in
                let clients = (0..<12).map { _ in Client(server.address) }
                let threads = BlockingPool(threads: 12, queueLimit: 100, name: "load")
                async let work = withThrowingTaskGroup(of: Void.self) { group in
                    for client in clients { group.addTask { try await threads.run { client.work() } } }
                    try await group.waitForAll()
                }
                #expect(
                    await eventually(on: server.loops.all[0]) {
                        clients.allSatisfy { $0.answers.all.count > 5 }
                    })
                await server.server.drain(within: .seconds(20))
                try await work
                #expect(clients.flatMap(\.failures.all) == [])
                #expect(clients.allSatisfy { $0.answers.all.count > 0 })
                #expect(server.server.statistics.open == 0)
            }
        }
    }

    /// Asks until it is told that the connection closes. What it has sent must be answered.
    private final class Client: Sendable {
        let failures = Log<String>()
        let answers = Log<Int>()
        private let address: ListenAddress

        init(_ address: ListenAddress) { self.address = address }

        func work() {
            do {
                let client = try RawClient(to: address)
                while true {
                    try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                    let answer = try client.response()
                    answers.add(answer.status)
                    if answer.text != "ok" { failures.add(answer.text) }
                    if answer["connection"] == "close" { return }
                }
            } catch { failures.add("\(error)") }
        }
    }

    @Test func `what does not end in time is cancelled`() async throws {
        let log = Log<String>()
        try await RunningServer.run(handler: { request in
            log.add("begun")
            do { try await request.loop.sleep(for: .seconds(60)) } catch { log.add("cancelled") }
            return .text("late")
        }) { server in
            let client = try RawClient(to: server.address)
            try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await eventually(on: server.loops.all[0]) { log.all == ["begun"] })
            await server.server.drain(within: .milliseconds(50))
            #expect(await eventually(on: server.loops.all[0]) { log.all == ["begun", "cancelled"] })
            #expect(server.server.statistics.open == 0)
            withExtendedLifetime(client) {}
        }
    }

    @Test func `nobody comes in any more`() async throws {
        let folder = try TemporaryFolder()
        let address = ListenAddress.unix(path: "\(folder.path)/socket")
        try await RunningServer.run(ServerConfiguration(listeners: [.init(address)]), handler: { _ in .text("ok") }) {
            server in
            _ = try RawClient(to: address)
            await server.server.drain(within: .seconds(1))
            #expect(throws: RawClient.Errno.self) { _ = try RawClient(to: address) }
        }
    }
}
