import Synchronization

/// A monotonic counter.
package final class Counter: Sendable {
    private let count = Atomic(0)

    package var value: Int { count.load(ordering: .relaxed) }

    package func add(_ amount: Int = 1) { count.wrappingAdd(amount, ordering: .relaxed) }
}

/// A value that goes up and down.
package final class Gauge: Sendable {
    private let level = Atomic(0)

    package var value: Int { level.load(ordering: .relaxed) }

    package func set(_ value: Int) { level.store(value, ordering: .relaxed) }
    package func add(_ amount: Int) { level.wrappingAdd(amount, ordering: .relaxed) }
}

/// Counts of observations by bucket, and their sum.
package final class Histogram: @unchecked Sendable {
    /// From half a millisecond to ten seconds, for request durations.
    package static let seconds: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    let bounds: [Double]
    // Atomics cannot be array elements, so this is a raw allocation: one for each bound and one for the rest, freed on
    // deinit.
    private let counts: UnsafeMutablePointer<Atomic<Int>>
    private let sumBits = Atomic(Double(0).bitPattern)

    init(buckets bounds: [Double]) {
        precondition(zip(bounds, bounds.dropFirst()).allSatisfy(<), "bounds must ascend")
        self.bounds = bounds
        counts = .allocate(capacity: bounds.count + 1)
        for index in 0...bounds.count { (counts + index).initialize(to: Atomic(0)) }
    }

    deinit {
        counts.deinitialize(count: bounds.count + 1)
        counts.deallocate()
    }

    package func observe(_ value: Double) {
        var index = 0
        while index < bounds.count && value > bounds[index] { index += 1 }
        counts[index].wrappingAdd(1, ordering: .relaxed)
        var before = sumBits.load(ordering: .relaxed)
        while true {
            let after = (Double(bitPattern: before) + value).bitPattern
            let (exchanged, current) = sumBits.weakCompareExchange(
                expected: before, desired: after, ordering: .relaxed)
            if exchanged { return }
            before = current
        }
    }

    /// In seconds.
    package func observe(_ span: Duration) {
        let (seconds, attoseconds) = span.components
        observe(Double(seconds) + Double(attoseconds) * 1e-18)
    }

    /// The count of each bucket, not yet cumulative.
    var snapshot: (counts: [Int], sum: Double) {
        let loaded = (0...bounds.count).map { (index: Int) -> Int in counts[index].load(ordering: .relaxed) }
        return (loaded, Double(bitPattern: sumBits.load(ordering: .relaxed)))
    }
}
