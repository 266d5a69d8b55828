extension Metrics {
    package static let mediaType = "application/openmetrics-text; version=1.0.0; charset=utf-8"

    /// The exposition in OpenMetrics 1.0 text.
    package func render() -> [UInt8] {
        var text: [UInt8] = []
        for family in all() { text.append(family) }
        text.append("# EOF\n")
        return text
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ text: String) { append(contentsOf: text.utf8) }

    fileprivate mutating func append(_ family: MetricFamily) {
        append("# TYPE \(family.name) \(family.kind.rawValue)\n")
        for unit in ["seconds", "bytes"] where family.name.hasSuffix("_\(unit)") {
            append("# UNIT \(family.name) \(unit)\n")
        }
        append("# HELP \(family.name) \(escaped(family.help))\n")
        for series in family.series {
            switch series.reading {
            case .counter(let read): append(family.name, "_total", series.labels, "\(read())")
            case .gauge(let read): append(family.name, "", series.labels, written(read()))
            case .histogram(let histogram): append(histogram, of: family.name, series.labels)
            }
        }
    }

    /// Buckets are cumulative.
    private mutating func append(
        _ histogram: Histogram, of name: String, _ labels: [(name: String, value: String)]
    ) {
        let (counts, sum) = histogram.snapshot
        var total = 0
        for (bound, count) in zip(histogram.bounds + [.infinity], counts) {
            total += count
            append(name, "_bucket", labels + [("le", written(bound, asWhole: false))], "\(total)")
        }
        append(name, "_count", labels, "\(total)")
        append(name, "_sum", labels, written(sum))
    }

    private mutating func append(
        _ name: String, _ suffix: String, _ labels: [(name: String, value: String)], _ value: String
    ) {
        append(name + suffix)
        if !labels.isEmpty {
            append("{" + labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",") + "}")
        }
        append(" \(value)\n")
    }
}

/// OpenMetrics writes bounds with a point (`1.0`), so that two programs write the same bound alike.
private func written(_ value: Double, asWhole: Bool = true) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return asWhole ? Int(exactly: value)?.description ?? value.description : value.description
}

private func escaped(_ text: String) -> String {
    var escaped: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\\"): escaped.append("\\\\")
        case UInt8(ascii: "\""): escaped.append("\\\"")
        case UInt8(ascii: "\n"): escaped.append("\\n")
        default: escaped.append(byte)
        }
    }
    return String(decoding: escaped, as: UTF8.self)
}
