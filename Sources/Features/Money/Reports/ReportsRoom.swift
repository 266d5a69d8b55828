import Assembly
import Declarations
import Expenses
import Ledger
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
                .menu(.reports, 30), ReportWords.result.message, path: Report.result.pagePath,
                permission: .expensesView, icon: .reports,
                synonyms: Message(
                    es: "utilidad ganancia resultado gastos", en: "profit result expenses",
                    pt: "lucro resultado despesas")),
            MenuEntry(
                .menu(.reports, 35), ReportWords.churn.message, path: Report.churn.pagePath, permission: .reportsView,
                icon: .reports,
                synonyms: Message(
                    es: "cancelaciones crecimiento ingreso recurrente", en: "cancellations growth recurring revenue",
                    pt: "cancelamentos crescimento receita recorrente")),
            MenuEntry(
                .menu(.reports, 40), ReportWords.sales.message, path: Report.sales.pagePath, permission: .reportsView,
                icon: .reports,
                synonyms: Message(
                    es: "impuestos IVA IGV facturado contador", en: "taxes invoiced accountant",
                    pt: "impostos faturado contador")),
            MenuEntry(
                .menu(.reports, 50), ReportWords.cashBook.message, path: Report.cash.pagePath, permission: .ledgerView,
                icon: .reports),
            MenuEntry(
                .menu(.reports, 60), ReportWords.journal.message, path: Report.journal.pagePath,
                permission: .ledgerView, icon: .reports,
                synonyms: Message(
                    es: "asientos contabilidad contador debe haber", en: "entries accounting debit credit",
                    pt: "lançamentos contabilidade contador")),
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
