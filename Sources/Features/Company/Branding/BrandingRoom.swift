import Access
import Assembly
import Declarations
import Locale
import Panel
import Postgres
import Tenancy

extension RoomDeclarations {
    package static let branding = RoomDeclarations(
        "Branding",
        menu: [
            MenuEntry(
                .settings(.company, 20), Message(es: "Marca", en: "Brand", pt: "Marca"), path: "/panel/brand",
                permission: .settingsManage, icon: .brand,
                synonyms: Message(
                    es: "logo logotipo colores imagen", en: "logo colours look", pt: "logo logotipo cores imagem"))
        ])
}

extension Room {
    package static let branding = Room(
        .branding, account: { routes, _ in BrandAssets.add(to: &routes) },
        panel: { routes, context in BrandRoutes(drawingIn: context.sandbox).add(to: &routes) },
        setup: [
            SetupStep(
                20,
                Message(
                    es: "Suba su logo", tu: "Sube tu logo", vos: "Subí tu logo", en: "Upload your logo",
                    pt: "Envie seu logo"), path: "/panel/brand",
                permission: .settingsManage
            ) { $0.tenant.brand.logo != nil }
        ])
}
