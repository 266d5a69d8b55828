import Assembly
import Declarations
import Identity
import Locale
import Nouns
import Panel
import Postgres
import Zones

extension Notice {
    package static let revoked = Notice(
        "revoked",
        Message(
            es: "El token quedó revocado: ya no abre nada.", en: "The token is revoked: it opens nothing any more.",
            pt: "O token foi revogado: já não abre nada."))
}

extension RoomDeclarations {
    package static let tokens = RoomDeclarations(
        "Tokens",
        menu: [
            MenuEntry(
                .settings(.integrations, 10), Message(es: "Tokens de API", en: "API tokens", pt: "Tokens de API"),
                path: "/panel/tokens", permission: .tokensManage, icon: .tokens,
                synonyms: Message(es: "claves llaves integración", en: "keys integration", pt: "chaves integração")),
            MenuEntry(
                .act, Message(es: "Crear token de API", en: "Create an API token", pt: "Criar token de API"),
                path: "/panel/tokens/new", permission: .tokensManage, icon: .plus,
                synonyms: Message(es: "claves llaves integración", en: "keys integration", pt: "chaves integração")),
        ],
        notices: [.revoked],
        parts: [
            NounUse<Zone>(30, "tokens") { database, zone in
                """
                FROM api_tokens u
                WHERE u.tenant_id = \(database.tenant) AND u.revoked_at IS NULL AND \(zone) = ANY (u.zones)
                """
            }
        ])
}

extension Room {
    package static let tokens = Room(
        .tokens, panel: { routes, context in TokenRoutes(randomness: context.randomness).add(to: &routes) })
}
