import Addresses
import Loop
import Sockets
import Synchronization
import Testing

@testable import RouterOS

@Suite struct SessionTests {
    @Test func `answers find their commands in whatever order they come`() async throws {
        let first = Mutex<[String]?>(nil)
        try await withScript({ words in
            // The first of two is answered after the second.
            let held = first.withLock { held -> [String]? in
                defer { held = words }
                return held
            }
            guard let held else { return .nothing }
            return ScriptedRouter.sentences(
                ["!re", "=path=\(words[0])", tag(of: words)], ["!re", "=path=\(held[0])", tag(of: held)],
                ["!done", tag(of: words)], ["!done", "=ret=*9", tag(of: held)])
        }) { session, _ in
            async let one = session.run(RouterCommand("/one"))
            async let two = session.run(RouterCommand("/two"))
            let (left, right) = try await (one, two)
            #expect(left.rows.map { $0["path"] } == ["/one"] && left.returned == "*9")
            #expect(right.rows.map { $0["path"] } == ["/two"])
        }
    }

    @Test func `a refusal is thrown when its end has come, with all of it`() async throws {
        try await withScript({ words in
            ScriptedRouter.sentences(
                ["!re", "=a=b", tag(of: words)], ["!trap", "=category=2", "=message=interrupted", tag(of: words)],
                ["!trap", "=message=no such item", tag(of: words)], ["!done", tag(of: words)])
        }) { session, _ in
            let error = await failure { try await session.run(RouterCommand("/x")) }
            #expect(
                error
                    == .refused([
                        RouterTrap(message: "interrupted", category: 2), RouterTrap(message: "no such item"),
                    ]))
            #expect(error?.mayHaveBeenDone == true)
        }
    }

    @Test func `words that later versions say do no harm`() async throws {
        try await withScript({ words in
            ScriptedRouter.sentences(
                ["!empty", tag(of: words)], ["!novel", tag(of: words)], ["!done", tag(of: words), ".extra=1"])
        }) { session, _ in
            let rows = try await session.rows(of: RouterCommand("/x"))
            #expect(rows.isEmpty)
        }
    }

    @Test(
        arguments: [
            [0xFF, 1, 2, 3], encoded(["!done", ".tag=999"]), encoded(["!done"]), encoded(["!done", ".tag=x"]),
            encoded(["HTTP/1.1 400"]), [0xF0, 0xFF, 0xFF, 0xFF, 0xFF],
        ] as [[UInt8]])
    func `nonsense ends the session, and every command that was under way`(bytes: [UInt8]) async throws {
        try await withScript({ words in words[0] == "/last" ? .bytes(bytes) : .nothing }) { session, _ in
            async let other = failure { try await session.run(RouterCommand("/other")) }
            let last = await failure { try await session.run(RouterCommand("/last")) }
            for error in [last, await other] {
                guard case .interrupted(_, .maybeDone) = error else {
                    Issue.record("It was \(String(describing: error))")
                    continue
                }
            }
            let later = await failure { try await session.run(RouterCommand("/later")) }
            #expect(later?.mayHaveBeenDone == false)
        }
    }

    @Test func `the router's last word is told, and what it may have done`() async throws {
        try await withScript({ _ in .last(encoded(["!fatal", "session terminated on request"])) }) { session, _ in
            let error = await failure { try await session.run(RouterCommand("/quit")) }
            #expect(error == .fatal("session terminated on request", .maybeDone))
        }
    }

    @Test func `a deadline fails its command alone while the router still answers`() async throws {
        try await withScript({ words in
            switch words[0] {
            case "/slow": .nothing
            case "/cancel":
                // First the command that was cancelled, then the cancellation.
                ScriptedRouter.sentences(
                    ["!trap", "=category=2", "=message=interrupted", ".\(words[1].dropFirst())"],
                    ["!done", ".\(words[1].dropFirst())"], ["!done", tag(of: words)])
            default: ScriptedRouter.sentences(["!done", tag(of: words)])
            }
        }) { session, loop in
            let error = await failure {
                try await session.run(RouterCommand("/slow", deadline: .milliseconds(20)))
            }
            #expect(error == .deadlineExceeded(.milliseconds(20), .maybeDone))
            // Longer than the router has for the cancellation.
            try await loop.sleep(for: .milliseconds(500))
            #expect(try await session.run(RouterCommand("/quick")).rows.isEmpty)
        }
    }

    @Test func `a router that answers nothing at all is given up`() async throws {
        var limits = RouterLimits()
        limits.commandsAtOnce = 2
        try await withScript(limits: limits, { _ in .nothing }) { session, _ in
            let errors = await withTaskGroup(of: RouterError?.self) { group in
                for number in 0..<5 {
                    group.addTask { await failure { try await session.run(RouterCommand("/n\(number)")) } }
                }
                var errors: [RouterError?] = []
                for await error in group { errors.append(error) }
                return errors
            }
            #expect(errors.count { $0?.mayHaveBeenDone == true } == 2)
            #expect(errors.count { $0?.mayHaveBeenDone == false } == 3)
        }
    }

    @Test func `who gives up waiting frees nobody else's answer`() async throws {
        try await withScript({ words in
            switch words[0] {
            case "/never": .nothing
            case "/cancel":
                ScriptedRouter.sentences(["!done", ".\(words[1].dropFirst())"], ["!done", tag(of: words)])
            default: ScriptedRouter.sentences(["!re", "=path=\(words[0])", tag(of: words)], ["!done", tag(of: words)])
            }
        }) { session, loop in
            let asked = loop.spawn {
                let error = await failure { try await session.run(RouterCommand("/never")) }
                #expect(error == .cancelled(.maybeDone))
            }
            asked.cancel()
            await asked.value
            let row = try await session.rows(of: RouterCommand("/after")).first
            #expect(row?["path"] == "/after")
        }
    }

    @Test func `an answer without an end has one here`() async throws {
        var limits = RouterLimits()
        limits.replyRows = 100
        try await withScript(
            limits: limits,
            { words in
                words[0] == "/cancel"
                    ? ScriptedRouter.sentences(["!done", ".\(words[1].dropFirst())"], ["!done", tag(of: words)])
                    : .bytes((0..<200).flatMap { encoded(["!re", "=n=\($0)", tag(of: words)]) })
            }
        ) { session, _ in
            let error = await failure { try await session.run(RouterCommand("/endless")) }
            if case .tooLarge = error {} else { Issue.record("It was \(String(describing: error))") }
        }
    }

    @Test func `rows that nobody reads end their feed, not the session`() async throws {
        var limits = RouterLimits()
        limits.unreadRows = 50
        try await withScript(
            limits: limits,
            { words in
                switch words[0] {
                case "/x/listen": .bytes((0..<200).flatMap { encoded(["!re", "=n=\($0)", tag(of: words)]) })
                case "/cancel":
                    ScriptedRouter.sentences(["!done", ".\(words[1].dropFirst())"], ["!done", tag(of: words)])
                default: ScriptedRouter.sentences(["!done", tag(of: words)])
                }
            }
        ) { session, loop in
            let error = await failure {
                try await session.follow(RouterCommand("/x/listen")) { feed in
                    _ = try await session.run(RouterCommand("/meanwhile"))
                    for try await _ in feed {}
                }
            }
            #expect(error == .readTooSlowly)
            _ = try await session.run(RouterCommand("/after"))
        }
    }

    @Test func `opening is cancelled at any moment`() async throws {
        try await withScript({ _ in .nothing }) { _, loop in
            let silent = try SocketListener(at: .loopback, port: 0, on: loop) { _, _ in }
            let address = RouterAddress(.loopback, port: silent.port)
            let attempts = (0..<20).map { _ in
                // Not on the loop, so that the cancellation may arrive at any point of the opening.
                Task.detached {
                    await failure {
                        try await RouterSession.open(
                            to: address, as: RouterCredentials(name: "a", password: ""), on: loop, deadlines: .short)
                    }
                }
            }
            for attempt in attempts { attempt.cancel() }
            for attempt in attempts { #expect(await attempt.value != nil) }
            silent.close()
        }
    }

    @Test func `nobody at the port`() async throws {
        let loop = EventLoop(name: "test")
        loop.start()
        defer { loop.stop() }
        let nobody = await failure {
            try await RouterSession.open(
                to: RouterAddress(.loopback, port: 9), as: RouterCredentials(name: "a", password: ""), on: loop)
        }
        #expect(nobody == .notConnected("Connection refused"))
    }
}
