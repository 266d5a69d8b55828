import JSON
import Loop
import Telemetry
import Testing

@Suite struct HealthTests {
    struct Refused: Error, CustomStringConvertible { let description = "connection refused" }

    private func report(_ checks: [HealthCheck]) async -> HealthReport {
        let loop = EventLoop(name: "health")
        loop.start()
        defer { loop.stop() }
        return await Health(checks).report(on: loop)
    }

    @Test func `every dependency is named with its state`() async throws {
        let report = await report([
            HealthCheck("postgres") { .ok },
            HealthCheck("disk") { .degraded("91 % full") },
            HealthCheck("queue") { throw Refused() },
        ])
        #expect(report.findings.map(\.name) == ["postgres", "disk", "queue"])
        #expect(report.findings.map(\.state) == [.ok, .degraded("91 % full"), .failed("connection refused")])
        #expect(!report.isReady)

        var json = JSONWriter()
        json.value(report)
        guard case .object(let object) = try JSONValue.parse(json.bytes), case .array(let checks) = object["checks"],
            case .object(let last) = checks.last
        else {
            Issue.record("not a report")
            return
        }
        #expect(object["status"] == .string("failed"))
        #expect(checks.count == 3)
        #expect(last.members.map(\.name) == ["name", "status", "reason", "latency_ms"])
        #expect(last["reason"] == .string("connection refused"))
    }

    @Test func `degraded is still ready`() async {
        #expect(await report([HealthCheck("disk") { .degraded("full soon") }]).isReady)
        #expect(await report([]).isReady)
    }

    @Test func `one that hangs is cancelled at its deadline and the others answer`() async {
        let loop = EventLoop(name: "health")
        loop.start()
        defer { loop.stop() }
        let health = Health([
            HealthCheck("slow", within: .milliseconds(50)) {
                try await loop.sleep(for: .seconds(60))
                return .ok
            },
            HealthCheck("good") { .ok },
        ])
        let begun = ContinuousClock.now
        let report = await health.report(on: loop)
        #expect(ContinuousClock.now - begun < .seconds(20))
        #expect(report.findings.map(\.state) == [.failed("no answer within 0.05 seconds"), .ok])
        #expect(report.findings[0].latency >= .milliseconds(50))
    }

    /// A dependency whose client does not heed cancellation.
    @Test func `one that never ends is not asked a second time`() async {
        let loop = EventLoop(name: "health")
        loop.start()
        defer { loop.stop() }
        let gate = Gate()
        let health = Health([
            HealthCheck("stuck", within: .milliseconds(20)) {
                await gate.wait()
                return .ok
            }
        ])
        _ = await health.report(on: loop)
        #expect(await health.report(on: loop).findings[0].state == .failed("still no answer to an earlier question"))
        gate.open()
        let end = ContinuousClock.now + .seconds(20)
        var state = await health.report(on: loop).findings[0].state
        while state != .ok, ContinuousClock.now < end { state = await health.report(on: loop).findings[0].state }
        #expect(state == .ok)
    }
}
