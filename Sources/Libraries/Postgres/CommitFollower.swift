import Loop
import Synchronization

/// Follow-up work after commits, on a connection of its own: a few milliseconds after this process commits, so that
/// many commits share a run, and every second for the leftovers of processes that ended in between.
package final class CommitFollower: Sendable {
    package struct Work: Sendable {
        let bell: String
        /// Returns whether more work is left.
        let run: @Sendable (PlatformDatabase, Occasion) async throws -> Bool

        package init(
            after bell: String, _ run: @escaping @Sendable (PlatformDatabase, Occasion) async throws -> Bool
        ) {
            self.bell = bell
            self.run = run
        }
    }

    package enum Occasion: Sendable {
        /// This process has committed.
        case commit
        /// Another process may have.
        case look
    }

    private let works: [Work]
    private let database: Database
    private let loop: EventLoop
    private let onTrouble: @Sendable (any Error) -> Void
    /// The works to run, by index, and why.
    private let due = Mutex<[Int: Occasion]>([:])

    private static let gathering = Duration.milliseconds(3)
    private static let lookEvery = Duration.seconds(1)

    package init(
        _ works: [Work], in database: Database, on loop: EventLoop,
        onTrouble: @escaping @Sendable (any Error) -> Void
    ) {
        self.works = works
        self.database = database
        self.loop = loop
        self.onTrouble = onTrouble
    }

    /// Runs until the task is cancelled.
    package func run() async {
        let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        var tasks = works.indices.map { number in
            loop.spawn { [self] in
                for await _ in database.rings(of: works[number].bell) {
                    due.withLock { $0[number] = .commit }
                    wake.yield()
                }
            }
        }
        tasks.append(
            loop.spawn { [self] in
                while !Task.isCancelled {
                    lookAtAll()
                    wake.yield()
                    do { try await loop.sleep(for: Self.lookEvery) } catch { return }
                }
            })
        for await _ in wakes {
            do { try await loop.sleep(for: Self.gathering) } catch { break }
            for (number, occasion) in takeDue() {
                guard await follow(works[number], occasion) else { continue }
                due.withLock { $0[number] = .commit }
                wake.yield()
            }
        }
        for task in tasks { task.cancel() }
    }

    private func lookAtAll() {
        due.withLock { due in
            for number in works.indices where due[number] == nil { due[number] = .look }
        }
    }

    private func takeDue() -> [Int: Occasion] {
        due.withLock { due in
            let taken = due
            due = [:]
            return taken
        }
    }

    private func follow(_ work: Work, _ occasion: Occasion) async -> Bool {
        do {
            return try await work.run(database.aside, occasion)
        } catch {
            // The next look tries again.
            onTrouble(error)
            return false
        }
    }
}
