import Assembly
import Declarations
import Locale
import Nouns
import Panel

extension Permission {
    package static let reportsView = Permission("reports.view")
}

extension RoomDeclarations {
    package static let reports = RoomDeclarations(
        "Reports",
        permissions: [
            GrantablePermission(
                .reportsView,
                Message(
                    es: "Ver y descargar reportes", en: "See and download reports", pt: "Ver e baixar relatórios"),
                heldBy: [.accountant], isWithinZones: true, lent: .toReaders)
        ],
        menu: [
            MenuEntry(
                .menu(.reports, 10), ReportWords.collected.message, path: Report.collected.pagePath,
                permission: .reportsView, icon: .reports,
                synonyms: Message(
                    es: "cobros ingresos recaudación cajero zona plan", en: "income takings cashier zone plan",
                    pt: "recebimentos receita caixa zona plano")),
            MenuEntry(
                .menu(.reports, 20), ReportWords.due.message, path: Report.due.pagePath, permission: .reportsView,
                icon: .reports,
                synonyms: Message(
                    es: "cartera vencida adeudos saldos", en: "receivables overdue ageing",
                    pt: "contas a receber vencidas")),
            MenuEntry(
                .menu(.reports, 90), ReportWords.reports.message, path: ReportRoutes.path, permission: .reportsView,
                icon: .reports),
        ])
}

extension Room {
    package static let reports = Room(
        .reports, panel: { routes, context in ReportRoutes(files: context.files).add(to: &routes) },
        api: { routes, _ in ReportAPI().add(to: &routes) }, home: ReportHome.parts)
}
