import Access
import Assembly
import Declarations
import Locale
import Panel
import Postgres
import Tenancy

extension RoomDeclarations {
    package static let settings = RoomDeclarations(
        "Settings",
        menu: [
            MenuEntry(
                .settings(.company, 10), Message(es: "Mi empresa", en: "My company", pt: "Minha empresa"),
                path: "/panel/company", permission: .settingsManage, icon: .companies,
                synonyms: Message(
                    es: "datos impuestos iva rfc ruc nit razón social idioma dirección horario",
                    en: "settings taxes vat legal name language address hours",
                    pt: "dados impostos cnpj razão social idioma endereço horário"))
        ])
}

extension Room {
    package static let settings = Room(
        .settings,
        panel: { routes, context in
            CompanyRoutes(figures: context.rooms.figures, reschedule: context.rooms.schedule).add(to: &routes)
        },
        setup: [
            SetupStep(
                10,
                Message(
                    es: "Complete los datos de su empresa", tu: "Completa los datos de tu empresa",
                    vos: "Completá los datos de tu empresa", en: "Complete your company's data",
                    pt: "Complete os dados da sua empresa"),
                path: "/panel/company", permission: .settingsManage
            ) { !$0.tenant.company.contact.isEmpty }
        ])
}
