import CSystem
import Glibc
import Identifiers
import Loop
import Supervision
import Testing
import Time

@Suite struct CrashTests {
    private static let norte = UUID(high: 1, low: 2)
    private static let sur = UUID(high: 3, low: 4)

    @Test func `a board tells what was in progress and forgets what has ended`() async throws {
        let shared = try #require(SharedBoard())
        let board = try #require(WorkBoard(descriptor: shared.descriptor))
        await board.track { first in
            first?.note(route: Array("GET /panel/customers".utf8))
            first?.note(tenant: Self.norte)
            await board.track { second in
                second?.note(route: Array("letters.send".utf8))
                second?.note(tenant: Self.sur)
                second?.note(job: UUID(high: 5, low: 6), token: 7)
            }
            #expect(
                shared.left().inFlight == [
                    .init(
                        isJob: false, tenant: Self.norte, name: "GET /panel/customers", job: UUID(high: 0, low: 0),
                        token: 0)
                ])
        }
        #expect(shared.left().inFlight.isEmpty && shared.left().crashed == nil)
    }

    @Test func `more work than the board has places for is done all the same`() async throws {
        let shared = try #require(SharedBoard())
        let board = try #require(WorkBoard(descriptor: shared.descriptor))
        func fill(_ count: Int) async -> Int {
            var done = 0
            await board.track { slot in
                done = slot == nil ? 1 : 0
                if count > 1 { done += await fill(count - 1) }
            }
            return done
        }
        #expect(await fill(Int(CCRASH_SLOTS) + 3) == 3)
        #expect(shared.left().inFlight.isEmpty)
    }

    @Test func `a crash is read back from its file as it was written`() throws {
        let directory = "/tmp/mastil-crashes-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        let files = CrashFiles(directory: directory)
        let crash = Crash(
            id: UUID(high: 8, low: 9), at: Instant(seconds: 1_700_000_000), process: "serving", signal: SIGILL,
            build: "1-2-3",
            work: .init(
                isJob: true, tenant: Self.norte, name: "letters.send", job: UUID(high: 5, low: 6), token: .max),
            inFlight: 3, frames: [0, 0x1234, .max])
        #expect(files.add(crash))
        #expect(files.read() == [crash])
        files.remove(crash)
        #expect(files.read().isEmpty)
        rmdir(directory)
    }

    /// A process that crashes while it works on two things, of which the thread says the one.
    @Test(arguments: ["trap", "child", "blocking", "stack"])
    func `a crash is laid to what ran and to nothing beside it`(way: String) async throws {
        let path = "/tmp/mastil-board-\(getpid())-\(way)"
        defer { unlink(path) }
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        try #require(file >= 0 && ftruncate(file, ccrash_board_size()) == 0)
        let shared = try #require(SharedBoard(descriptor: file))
        await #expect(processExitsWith: .failure) { [path = path as String, way = way as String] in
            guard let board = WorkBoard(descriptor: open(path, O_RDWR)) else { return }
            board.watchForCrashes()
            let loops = Loops(count: 1)
            loops.start()
            try await loops.all[0].run {
                await board.track { beside in
                    beside?.note(route: Array("GET /innocent".utf8))
                    let loop = loops.all[0]
                    _ = loop.spawn {
                        await WorkBoard.$current.withValue(0) {
                            await board.track { slot in
                                slot?.note(route: Array("GET /\(way)".utf8))
                                await Crashing.crash(way, on: loops)
                            }
                        }
                    }
                    do { try await loop.sleep(for: .seconds(30)) } catch {}
                }
            }
        }
        let left = shared.left()
        #expect(left.inFlight.count == 2)
        #expect(left.crashed?.name == "GET /\(way)")
        #expect(way == "stack" || Executable.names(of: left.frames).contains { $0.contains("Crashing") })
    }
}

private enum Crashing {
    static func crash(_ way: String, on loops: Loops) async {
        switch way {
        case "trap": trap()
        case "child":
            async let trapped: Void = trap()
            await trapped
        case "blocking": _ = try? await loops.blocking.run { trap() }
        default: overflow(1)
        }
    }

    @inline(never) private static func trap() {
        let numbers = [Int.max]
        _ = numbers[0] + numbers.count
    }

    @inline(never) private static func overflow(_ depth: Int) {
        withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 8) { memory in
            memory[0] = UInt8(truncatingIfNeeded: depth)
            overflow(depth &+ 1)
            memory[1] = 1
        }
    }
}
