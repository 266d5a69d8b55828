import Glibc
import Loop
import TestSupport
import Testing

@Suite struct DrainTests {
    @Test func `a server that is asked to stop under load fails nobody`() async throws {
        try await Installation.with { installation in
            try await RunningMastil.serve(installation) { mastil in
                let crowd = Crowd()
                let customer = try await installation.customer(1, of: "norte")
                let questions = [
                    (try await mastil.program(of: "norte"), path: "/api/v1/customers/\(customer.id)"),
                    (try await mastil.person(of: "sur"), path: "/panel/customers"),
                ]
                try await crowd.ask(questions, 32) {
                    try await eventually("all are served") { crowd.answers.count > 200 }
                    try await mastil.send(SIGTERM)
                    #expect(try await mastil.ended() == 0)
                }
                #expect(crowd.failures.isEmpty)
                // A few may come in the very moment in which listening ends: the system has no way to close it sooner,
                // and on a busy machine the moment is long.
                #expect(crowd.turnedAway <= 4)
                #expect(crowd.answers.allSatisfy { $0.status == 200 })
                #expect(mastil.log.contains(#""event":"stopped""#))
            }
        }
    }

    @Test func `what was asked before the server drained is answered whole`() async throws {
        try await Installation.with { installation in
            try await RunningMastil.serve(installation) { mastil in
                let person = try await mastil.person(of: "sur")
                let pages = try await withThrowingTaskGroup(of: RawResponse.self) { group in
                    // Nobody can read customers while this lock is held.
                    let lock = try await installation.lock("customers")
                    for _ in 0..<8 { group.addTask { try await person.get("/panel/customers") } }
                    try await eventually("all of them wait for the database") {
                        try await mastil.reading("mastil_database_calls") + mastil.reading("mastil_database_waiting")
                            >= 8
                    }
                    try await mastil.send(SIGTERM)
                    try await eventually("the gate is closed") {
                        do {
                            _ = try await person.get("/assets/portal.css")
                            return false
                        } catch is RawClient.Errno {
                            return true
                        }
                    }
                    #expect(!mastil.hasEnded)
                    try await lock.release()
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(pages.count == 8)
                #expect(pages.allSatisfy { $0.status == 200 && $0.text.hasSuffix("</html>") })
                #expect(try await mastil.ended() == 0)
            }
        }
    }

    @Test func `who presses Ctrl-C twice waits for nobody`() async throws {
        try await Installation.with { installation in
            try await RunningMastil.run("serve", for: installation) { mastil in
                try await mastil.waitUntilReady()
                let person = try await mastil.person(of: "sur")
                let lock = try await installation.lock("customers")
                async let page = try? person.get("/panel/customers").status
                try await eventually("it waits for the database") {
                    try await mastil.reading("mastil_database_calls") >= 1
                }
                try await mastil.send(SIGINT)
                try await eventually("it drains") { mastil.log.contains(#""event":"stopping""#) }
                #expect(!mastil.hasEnded)
                try await mastil.send(SIGINT)
                #expect(try await mastil.ended() == 128 + SIGINT)
                let answer = await page
                #expect(answer == nil)
                try await lock.release()
            }
        }
    }
}
