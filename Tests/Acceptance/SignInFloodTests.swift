import Loop
import Synchronization
import TestSupport
import Testing

/// Whoever floods the sign-in keeps nobody elsewhere from signing in.
@Suite struct SignInFloodTests {
    @Test func `while one network guesses fifty times a second people elsewhere sign in`() async throws {
        try await Installation.with { installation in
            let settings = ["MASTIL_TRUSTED_PROXIES": "127.0.0.0/8"]
            try await RunningMastil.serve(installation, settings: settings) { mastil in
                let person = try await mastil.person(of: "sur")
                let chosen = try await person.post(
                    "/panel/account/password", form: "email=&present=&password=tres+gatos+negros")
                #expect(chosen.status == 303)
                let browser = mastil.visitor(of: "sur").with("Sec-Fetch-Site", "same-origin")
                    .with("X-Forwarded-For", "198.51.100.7")
                let (refusals, began) = (Refusals(), Monotonic.read())
                let answers = try await withThrowingTaskGroup(of: [Int].self) { group in
                    for guesser in 0..<10 {
                        group.addTask { try await Self.guess(at: mastil, guesser, refusals) }
                    }
                    try await eventually("the network is refused") { refusals.count.load(ordering: .relaxed) > 0 }
                    var answers: [(status: Int, took: Duration)] = []
                    for _ in 0..<12 {
                        let asked = Monotonic.read()
                        let answer = try await browser.post(
                            "/panel/sign-in", form: "email=ana%40sur.example&password=tres+gatos+negros&next=%2Fpanel")
                        answers.append((answer.status, Monotonic.read() - asked))
                        try await Loops.tests.all[0].sleep(for: .milliseconds(300))
                    }
                    group.cancelAll()
                    // From the first refusal on, most guesses cost no password hash.
                    let statuses = try await group.reduce([]) { $0 + $1.drop { $0 != 429 } }
                    #expect(statuses.count { $0 == 429 } > statuses.count / 2, "\(statuses.count)")
                    return answers
                }
                #expect(answers.allSatisfy { $0.status == 303 }, "\(answers)")
                // Some meet moments in which the machine runs the other tests; denied people wait again and again.
                let waits = answers.map(\.took).sorted()
                #expect(waits[waits.count / 2] < .seconds(1) && waits[waits.count - 1] < .seconds(5), "\(answers)")
                let written = try await installation.sql("SELECT count(*) FROM sign_in_tries")
                // The network's sixty a minute, and those of the person.
                let minutes = Int((Monotonic.read() - began).components.seconds / 60) + 2
                #expect(try #require(written[0][0].flatMap { Int($0) }) < 60 * minutes + 20)
            }
        }
    }

    private final class Refusals: Sendable {
        let count = Atomic(0)
    }

    /// Five times a second, each time as another account at one of the companies; until it is cancelled.
    private static func guess(
        at mastil: RunningMastil, _ guesser: Int, _ refusals: Refusals
    ) async throws -> [Int] {
        var statuses: [Int] = []
        do {
            while true {
                let (slug, email) = (
                    Installation.tenants[statuses.count % 2], "nadie\(guesser).\(statuses.count)%40example.com"
                )
                let answer = try await mastil.visitor(of: slug).with("Sec-Fetch-Site", "same-origin")
                    .with("X-Forwarded-For", "2001:db8:1:2::\(guesser):\(statuses.count % 10_000)")
                    .post("/panel/sign-in", form: "email=\(email)&password=cuatro+gatos&next=%2Fpanel")
                statuses.append(answer.status)
                if answer.status == 429 { refusals.count.add(1, ordering: .relaxed) }
                try await Loops.tests.all[0].sleep(for: .milliseconds(200))
            }
        } catch is CancellationError {
            return statuses
        }
    }
}
