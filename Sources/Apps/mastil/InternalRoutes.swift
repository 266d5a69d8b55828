import Access
import Declarations
import HTML
import HTTP
import JSON
import Loop
import Telemetry
import Tenancy

/// Requests from our own machines at an internal address: health and metrics.
struct InternalVisit: RouteVisit {
    typealias Permission = Declarations.Permission

    let request: Request
    let directory: TenantDirectory
    let health: Health
    let meters: Meters
}

enum InternalRoutes {
    static let routes = declared()

    private static func declared() -> Routes<InternalVisit> {
        var routes = Routes<InternalVisit>()
        routes.get("/metrics", .anyone, "Metrics as OpenMetrics text", metrics)
        routes.get("/health/live", .anyone, "Whether the process answers", live)
        routes.get("/health/ready", .anyone, "Whether everything it needs answers, each by name", ready)
        routes.get("/internal/tls", .anyone, "Whether a name is a tenant's: 200, or 404", tls)
        return routes
    }

    static var declarations: [RouteDeclaration] { routes.declarations }

    static func answer(
        _ request: Request, _ directory: TenantDirectory, _ health: Health, _ meters: Meters
    ) async -> Response {
        switch routes.match(request) {
        case .failure(let mismatch): return mismatch.response(to: request)
        case .success(let match):
            do {
                return try await match.run(
                    InternalVisit(request: request, directory: directory, health: health, meters: meters))
            } catch {
                return .refusal(.internalServerError, detail: "The answer could not be made.", to: request)
            }
        }
    }

    private static func metrics(_ visit: InternalVisit) async -> Response {
        await visit.meters.refresh()
        return Response(.ok, contentType: .openMetrics, body: .bytes(visit.meters.render()))
    }

    /// Caddy's on-demand TLS asks before it obtains a certificate for a requested name. Only served names are approved,
    /// so that foreign names pointed here do not make us request certificates.
    private static func tls(_ visit: InternalVisit) -> Response {
        let name = visit.request.query["domain"] ?? ""
        return visit.directory.tenant(at: name) == nil
            ? .text("not ours", status: .notFound) : .text("ours")
    }

    private static func live(_ visit: InternalVisit) -> Response {
        var json = JSONWriter()
        json.object { $0.member("live", true) }
        return .json(json.bytes)
    }

    private static func ready(_ visit: InternalVisit) async -> Response {
        let report = await visit.health.report(on: visit.request.loop)
        let status: Status = report.isReady ? .ok : .serviceUnavailable
        guard visit.request.prefersPage else {
            var json = JSONWriter()
            json.value(report)
            return .json(json.bytes, status: status)
        }
        var page: [UInt8] = []
        HealthPage(report: report).body.render(into: &page)
        return .html(page, status: status)
    }
}

/// The health report for an operator's browser.
struct HealthPage: View {
    let report: HealthReport

    private var title: String { report.isReady ? "Ready" : "Not ready" }

    var body: Markup {
        html(lang: "en") {
            head {
                meta(.charset("utf-8"))
                meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
                meta(.name("color-scheme"), .content("light dark"))
                HTML.title { "\(title) · Mastil" }
            }
            HTML.body {
                h1 { title }
                table {
                    thead { tr { for name in ["Dependency", "State", "Answered in"] { th(.scope("col")) { name } } } }
                    tbody {
                        rows(of: report.findings) { finding, row in
                            row.cell(finding.name)
                            row.cell(finding.state.words)
                            row.cell(
                                "\(finding.latency.components.attoseconds / 1_000_000_000_000_000 + finding.latency.components.seconds * 1000) ms"
                            )
                        }
                    }
                }
            }
        }
    }
}

extension HealthCheck.State {
    fileprivate var words: String {
        switch self {
        case .ok: "ok"
        case .degraded(let reason): "degraded: \(reason)"
        case .failed(let reason): "failed: \(reason)"
        }
    }
}
