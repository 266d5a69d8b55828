import Assembly
import Declarations
import Incidents
import Jobs
import Locale
import Nouns
import Panel
import Routers
import Tenancy

extension EventKind {
    package static let pagingChanged = EventKind(
        "paging.changed",
        Message(
            es: "Cambió la integración con PagerDuty", en: "Changed the integration with PagerDuty",
            pt: "Alterou a integração com o PagerDuty"))
}

extension Notice {
    package static let pagingTaken = Notice(
        "paging_taken",
        Message(
            es: "PagerDuty recibió la prueba.", en: "PagerDuty took the test.", pt: "O PagerDuty recebeu o teste."))
}

extension Crew {
    /// Waits for other people's servers.
    static let paging = Crew("paging", places: 8)
}

extension RoomDeclarations {
    package static let paging = RoomDeclarations(
        "Paging",
        menu: [
            MenuEntry(
                .settings(.integrations, 40), PagingWords.title.message, path: PagingRoutes.path,
                permission: .networkManage, icon: .alert,
                synonyms: Message(
                    es: "alertas guardia fallas", en: "alerts on call outages", pt: "alertas plantão falhas"))
        ],
        notices: [.pagingTaken], events: [.pagingChanged],
        details: PagingAccount.detailKinds + [
            DetailKind(
                "paging_key", PagingWords.key.message,
                values: ["changed": Message(es: "Cambiada", en: "Changed", pt: "Alterada")])
        ],
        parts: [IncidentFollower(10) { try await PagingActs.follow($0, $1, at: $2, in: $3) }])
}

extension Room {
    package static let paging = Room(
        .paging, panel: { routes, context in PagingRoutes(PagingActs(context)).add(to: &routes) },
        jobs: { jobs, context in
            let (acts, directory) = (PagingActs(context), context.directory)
            jobs.add(PageIncident.self, to: .paging) {
                try await $0.run(in: $1, by: acts, reachedAt: { directory.address(of: $0) })
            }
        })
}

extension PagingActs {
    package init(_ context: RoomContext) {
        self.init(
            PagingLine(context.web.client, egress: context.web.egress, trust: context.web.trust), vault: context.vault)
    }
}
