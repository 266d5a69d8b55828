import Synchronization

/// A program's metrics. Instruments are created once at startup, with their labels; counting is one atomic addition.
package final class Metrics: Sendable {
    package typealias Labels = KeyValuePairs<StaticString, String>

    private let families = Mutex<[MetricFamily]>([])

    package init() {}

    /// The name omits `_total`, which the exposition adds.
    package func counter(_ name: StaticString, _ help: StaticString, _ labels: Labels = [:]) -> Counter {
        let counter = Counter()
        add(.counter, name, help, labels, .counter { counter.value })
        return counter
    }

    /// A counter whose value is kept elsewhere.
    package func counter(
        _ name: StaticString, _ help: StaticString, _ labels: Labels = [:], read: @escaping @Sendable () -> Int
    ) {
        add(.counter, name, help, labels, .counter(read))
    }

    package func gauge(_ name: StaticString, _ help: StaticString, _ labels: Labels = [:]) -> Gauge {
        let gauge = Gauge()
        add(.gauge, name, help, labels, .gauge { Double(gauge.value) })
        return gauge
    }

    package func gauge(
        _ name: StaticString, _ help: StaticString, _ labels: Labels = [:], read: @escaping @Sendable () -> Double
    ) {
        add(.gauge, name, help, labels, .gauge(read))
    }

    /// `buckets` are ascending upper bounds; the infinite one is added.
    package func histogram(
        _ name: StaticString, _ help: StaticString, _ labels: Labels = [:], buckets: [Double] = Histogram.seconds
    ) -> Histogram {
        let histogram = Histogram(buckets: buckets)
        add(.histogram, name, help, labels, .histogram(histogram))
        return histogram
    }

    func all() -> [MetricFamily] { families.withLock { $0 } }

    /// OpenMetrics wants families in order of registration, with their series together.
    private func add(
        _ kind: MetricFamily.Kind, _ name: StaticString, _ help: StaticString, _ labels: Labels,
        _ reading: Series.Reading
    ) {
        let series = Series(labels: labels.map { (name: $0.key.description, value: $0.value) }, reading: reading)
        let name = name.description
        precondition(isMetricName(name) && series.labels.allSatisfy { isMetricName($0.name) }, "\(name) is no metric")
        families.withLock { families in
            guard let index = families.firstIndex(where: { $0.name == name }) else {
                return families.append(
                    MetricFamily(name: name, kind: kind, help: help.description, series: [series]))
            }
            precondition(families[index].kind == kind, "\(name) is already another kind of metric")
            let isNew = families[index].series.allSatisfy { !$0.labels.elementsEqual(series.labels, by: ==) }
            precondition(isNew, "\(name) is already counted with these labels")
            families[index].series.append(series)
        }
    }
}

struct MetricFamily: Sendable {
    enum Kind: String, Sendable { case counter, gauge, histogram }

    let name: String
    let kind: Kind
    let help: String
    var series: [Series]
}

struct Series: Sendable {
    enum Reading: Sendable {
        case counter(@Sendable () -> Int)
        case gauge(@Sendable () -> Double)
        case histogram(Histogram)
    }

    let labels: [(name: String, value: String)]
    let reading: Reading
}

private func isMetricName(_ name: String) -> Bool {
    for (position, byte) in name.utf8.enumerated() {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): continue
        case UInt8(ascii: "0")...UInt8(ascii: "9") where position > 0: continue
        default: return false
        }
    }
    return !name.isEmpty
}
