import JSON
import Monitoring
import TenantSupport
import Testing

@testable import mastil

/// The dashboards of deploy/grafana, for what `MetricExports` writes.
@Suite struct DashboardTests {
    @Test(arguments: ["red", "equipo"]) func `a dashboard is whole, and asks for what is written`(name: String) throws {
        let bytes = try #require(File.bytes(Repository.path("deploy/grafana/\(name).json")))
        guard case .object(let board) = try JSONValue.parse(bytes), case .string(let title)? = board["title"],
            case .array(let panels)? = board["panels"]
        else {
            Issue.record("it is no dashboard")
            return
        }
        #expect(!title.isEmpty && panels.count >= 4)
        let text = String(decoding: bytes, as: UTF8.self)
        for used in text.matches(of: /mastil_([a-z_]+)/) {
            #expect(Metric(rawValue: String(used.1)) != nil, "\(used.0)")
        }
    }
}
