import JSON

/// The results of all health checks.
package struct HealthReport: Sendable, Equatable {
    package struct Finding: Sendable, Equatable {
        package let name: String
        package let state: HealthCheck.State
        package let latency: Duration
    }

    package let findings: [Finding]

    /// Whether requests should be sent here: degraded is still good enough.
    package var isReady: Bool {
        findings.allSatisfy { if case .failed = $0.state { false } else { true } }
    }
}

extension HealthReport: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("status", status)
            json.array("checks") { json in
                for finding in findings { json.value(finding) }
            }
        }
    }

    private var status: StaticString {
        if !isReady { return "failed" }
        return findings.allSatisfy { $0.state == .ok } ? "ok" : "degraded"
    }
}

extension HealthReport.Finding: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("name", name)
            switch state {
            case .ok: json.member("status", "ok")
            case .degraded(let reason):
                json.member("status", "degraded")
                json.member("reason", reason)
            case .failed(let reason):
                json.member("status", "failed")
                json.member("reason", reason)
            }
            json.member("latency_ms", latency.milliseconds)
        }
    }
}
