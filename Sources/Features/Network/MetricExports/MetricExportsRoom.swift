import Assembly
import Declarations
import Jobs
import Locale
import Nouns
import Panel
import Routers
import Tenancy

extension EventKind {
    package static let metricTargetChanged = EventKind(
        "metric_target.changed",
        Message(
            es: "Cambió a dónde van también las mediciones", en: "Changed where measurements go as well",
            pt: "Alterou para onde vão também as medições"))
}

extension Crew {
    /// Waits for other people's servers.
    static let metricExports = Crew("metric-exports", places: 4)
}

extension RoomDeclarations {
    package static let metricExports = RoomDeclarations(
        "MetricExports",
        menu: [
            MenuEntry(
                .settings(.integrations, 50), MetricExportWords.title.message, path: MetricExportRoutes.path,
                permission: .networkManage, icon: .reports,
                synonyms: Message(
                    es: "influxdb grafana victoriametrics gráficas", en: "influxdb grafana victoriametrics charts",
                    pt: "influxdb grafana victoriametrics gráficos"))
        ],
        events: [.metricTargetChanged], details: MetricTarget.detailKinds)
}

extension Room {
    package static let metricExports = Room(
        .metricExports, panel: { routes, context in MetricExportRoutes(MetricExportActs(context)).add(to: &routes) },
        jobs: { jobs, context in
            let acts = MetricExportActs(context)
            jobs.add(ExportMetrics.self, to: .metricExports) { try await $0.run(in: $1, by: acts) }
        })
}

extension MetricExportActs {
    package init(_ context: RoomContext) {
        self.init(
            context.web.client, egress: context.web.egress, trust: context.web.trust, vault: context.vault)
    }
}
