import Access
import Jobs
import Letters
import Loop
import Mail
import Postgres
import Synchronization
import Tenancy
import TestSupport

/// Letters of a test are written and handed over by a worker of its own, to a mail server that is a list.
package final class TestPost: Sendable {
    package struct NeverCame: Error {
        package init() {}
    }

    private let sent = Mutex<[MailMessage]>([])
    private let refusals = Mutex<[MailError]>([])

    private init() {}

    package static func with(
        _ site: TestSite, _ addWriters: (inout LetterSender) -> Void, _ use: (TestPost) async throws -> Void
    ) async throws {
        let post = TestPost()
        let database = site.test.database
        var office = LetterSender(
            sender: "avisos@{slug}.example",
            tenant: { id in try await database.platform.tenants().first { $0.id.scope == id } },
            send: { message throws(MailError) in try post.take(message) })
        addWriters(&office)
        let complete = office
        var (kinds, configuration) = (JobKinds(), WorkerConfiguration())
        kinds.add(SendLetter.self) { try await $0.run(in: $1, by: complete) }
        configuration.poll = .milliseconds(100)
        let worker = Worker(
            database: database, loops: .tests, kinds: kinds, time: site.clock.source, randomness: site.randomness,
            configuration: configuration)
        let work = Loops.tests.all[0].spawn { await worker.run() }
        do {
            try await use(post)
            await worker.drain(within: .seconds(10))
            await work.value
        } catch {
            await worker.drain(within: .seconds(10))
            await work.value
            throw error
        }
    }

    /// What the mail server says to the next messages.
    package func answer(with errors: MailError...) { refusals.withLock { $0 += errors } }

    package var count: Int { sent.withLock(\.count) }

    /// The message of this number, counted from 1, when it has come.
    package func mail(_ number: Int) async throws -> MailMessage {
        guard await eventually(within: .seconds(20), on: Loops.tests.all[1], { self.count >= number }) else {
            throw NeverCame()
        }
        return sent.withLock { $0[number - 1] }
    }

    private func take(_ message: MailMessage) throws(MailError) {
        if let refusal = refusals.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { throw refusal }
        sent.withLock { $0.append(message) }
    }
}
