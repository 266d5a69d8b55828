import Identifiers
import Synchronization
import Testing
import Time

@testable import Simulation

@Suite struct SimulationTests {
    private static let noon = Instant(seconds: 1_795_000_000)

    /// Two clerks who move coins between two boxes, at a table that takes a while, and one of whom may be gone any time.
    private static func play(_ seed: UInt64) async throws -> (record: String, coins: Int) {
        let simulation = Simulation(seed: seed, from: noon)
        let boxes = Shared([10, 10])
        let peer = SimulatedPeer<Int>("box", in: simulation)
        peer.comeAndGo(until: noon + .seconds(60), awayFor: .seconds(2))
        let clerks = ["Ana", "Beto"].map { name in
            simulation.start(name) { clerk in
                for number in 0..<20 {
                    try await clerk.pause(for: simulation.span(upTo: .seconds(5)))
                    let answer = peer.hear(number, called: "coin \(number) of \(name)", faults: 30)
                    guard answer == .takes || answer == .takesUnheard else { continue }
                    boxes.value = [boxes.value[0] - 1, boxes.value[1] + 1]
                }
                clerk.note("goes home")
            }
        }
        simulation.start("night") { night in
            try await night.pause(for: simulation.span(upTo: .seconds(50)))
            clerks[simulation.number(below: 2)].kill()
        }
        try await simulation.run(until: noon + .seconds(3600))
        #expect(boxes.value[1] - 10 == peer.taken.count)
        return (simulation.record, boxes.value[0] + boxes.value[1])
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `a seed is played again byte by byte, and whatever happens no coin is lost`(seed: UInt64) async throws {
        let (first, second) = (try await Self.play(seed), try await Self.play(seed))
        #expect(first.record == second.record && first.coins == 20)
        #expect(try await Self.play(seed + 1000).record != first.record)
    }

    @Test func `time passes while all wait, and no two things happen at one moment`() async throws {
        let simulation = Simulation(seed: 1, from: Self.noon)
        let moments = Shared<[Instant]>([])
        for number in 0..<50 {
            simulation.start("\(number)", after: .seconds(86_400 * 365)) { _ in
                moments.value.append(simulation.now)
            }
        }
        try await simulation.run(until: Self.noon + .seconds(86_400 * 366))
        #expect(Set(moments.value).count == 50)
        #expect(moments.value == moments.value.sorted())
    }

    @Test func `what a process throws ends the simulation, and what is left of the others`() async throws {
        struct Broken: Error {}
        let simulation = Simulation(seed: 1, from: Self.noon)
        let wasEnded = Shared(false)
        simulation.start("patient") { patient in
            do {
                while true { try await patient.pause(for: .seconds(1)) }
            } catch {
                wasEnded.value = true
                throw error
            }
        }
        simulation.start("broken", after: .seconds(10)) { _ in throw Broken() }
        await #expect(throws: Broken.self) { try await simulation.run(until: Self.noon + .seconds(3600)) }
        #expect(wasEnded.value)
        #expect(simulation.now < Self.noon + .seconds(12))
    }

    /// An order that first takes from the stock and then writes a bill; `isCareless` takes again when it is done again.
    private static func order(isCareless: Bool) -> SagaTrials {
        let (stock, bills) = (Shared(10), Shared(0))
        let taken = Shared(false)
        return SagaTrials(
            prepare: {
                stock.value = 10
                bills.value = 0
                taken.value = false
            },
            act: { points in
                try points.pass("before the stock")
                if isCareless || !taken.value { stock.value -= 1 }
                taken.value = true
                try points.pass("before the bill")
                bills.value = 1
            },
            isDone: { stock.value == 9 && bills.value == 1 ? nil : "stock \(stock.value), bills \(bills.value)" },
            undo: {
                if taken.value { stock.value += 1 }
                taken.value = false
                bills.value = 0
            },
            isUndone: { stock.value == 10 && bills.value == 0 ? nil : "stock \(stock.value), bills \(bills.value)" })
    }

    @Test func `the trials pass what may be repeated, and find what may not`() async throws {
        #expect(try await Self.order(isCareless: false).run() == ["before the stock", "before the bill"])
        let broken = await #expect(throws: SagaTrials.Broken.self) { try await Self.order(isCareless: true).run() }
        #expect(broken?.description == "done twice: stock 8, bills 1")
    }
}

/// One process runs at a time, so that a value read and then written is nobody else's in between.
private final class Shared<Value: Sendable>: Sendable {
    private let box: Mutex<Value>

    init(_ value: Value) { box = Mutex(value) }

    var value: Value {
        get { box.withLock(\.self) }
        set { box.withLock { $0 = newValue } }
    }
}
