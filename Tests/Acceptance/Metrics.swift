import TestSupport

/// A text in the OpenMetrics format 1.0, read strictly: what a collector would refuse is refused here.
struct Metrics {
    struct Family {
        let kind: Substring
        var samples: [(name: Substring, labels: Substring, value: Double)] = []
    }

    private(set) var families: [Substring: Family] = [:]

    init(_ text: String) throws {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.popLast() == "", lines.popLast() == "# EOF" else { throw Failed("No end: \(text.suffix(50))") }
        var name: Substring = ""
        for line in lines {
            if let found = line.wholeMatch(of: /# TYPE ([a-z_]+) (counter|gauge|histogram)/) {
                name = found.output.1
                guard families[name] == nil else { throw Failed("Twice: \(name)") }
                families[name] = Family(kind: found.output.2)
            } else if let found = line.wholeMatch(of: /# (?:HELP|UNIT) ([a-z_]+) .+/) {
                guard found.output.1 == name, families[name]?.samples.isEmpty == true else { throw Failed("\(line)") }
            } else {
                let sample = try Self.sample(line, of: name, families[name]?.kind ?? "")
                families[name]?.samples.append(sample)
            }
        }
    }

    /// The value of a gauge, or of all of a counter.
    func value(of name: String) -> Double? {
        families[name[...]].map { $0.samples.map(\.value).reduce(0, +) }
    }

    private static func sample(
        _ line: Substring, of name: Substring, _ kind: Substring
    ) throws -> (name: Substring, labels: Substring, value: Double) {
        let form = /([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\]|\\["\\n])*",?)+)\})? ([0-9.e+\-]+|NaN|[+\-]Inf)/
        guard let found = line.wholeMatch(of: form), let value = Double(found.output.3) else {
            throw Failed("No sample: \(line)")
        }
        let suffixes: [Substring: [String]] = [
            "counter": ["_total"], "gauge": [""], "histogram": ["_bucket", "_count", "_sum"],
        ]
        guard suffixes[kind]?.contains(where: { found.output.1 == name + $0 }) == true else {
            throw Failed("Not of \(name): \(line)")
        }
        return (found.output.1, found.output.2 ?? "", value)
    }
}

extension RunningMastil {
    func reading(_ name: String) async throws -> Double {
        guard let value = try Metrics(try await operators.get("/metrics").text).value(of: name) else {
            throw Failed("There is no metric \(name)")
        }
        return value
    }
}
