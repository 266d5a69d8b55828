import Locale

enum TokenWords: MessageCatalogue {
    case tokens, intro, description, none, name, permissions, ends, used, never, create, newToken, addresses
    case addressesHint, anywhere, zonesHint
    case days, ready, shownOnce, secret, back, revoke, nameMissing, addressWrong, daysWrong, noPermissions

    case revokeTitle, revokeText

    var message: Message {
        switch self {
        case .revokeTitle:
            Message(es: "¿Revocar el token {name}?", en: "Revoke the token {name}?", pt: "Revogar o token {name}?")
        case .revokeText:
            Message(
                es: "Los programas que lo usan dejan de entrar ahora mismo. No se puede deshacer.",
                en: "Programs that use it are shut out at once. This cannot be undone.",
                pt: "Os programas que o usam deixam de entrar agora mesmo. Não pode ser desfeito.")
        case .tokens: Message(es: "Tokens de API", en: "API tokens", pt: "Tokens de API")
        case .intro:
            Message(
                es:
                    "Con un token, un programa suyo (n8n, una app) lee y cambia sus datos. Trátelo como una contraseña.",
                en:
                    "With a token, a program of yours (n8n, an app) reads and changes your data. Treat it as a password.",
                pt: "Com um token, um programa seu (n8n, um app) lê e altera seus dados. Trate-o como uma senha.")
        case .description:
            Message(
                es: "Qué puede pedir un programa, con ejemplos", en: "What a program can ask for, with examples",
                pt: "O que um programa pode pedir, com exemplos")
        case .none: Message(es: "Todavía no hay tokens.", en: "There are no tokens yet.", pt: "Ainda não há tokens.")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .permissions: Message(es: "Permisos", en: "Permissions", pt: "Permissões")
        case .ends: Message(es: "Vence", en: "Expires", pt: "Vence")
        case .used: Message(es: "Último uso", en: "Last use", pt: "Último uso")
        case .never: Message(es: "Nunca", en: "Never", pt: "Nunca")
        case .create: Message(es: "Crear token", en: "Create token", pt: "Criar token")
        case .newToken: Message(es: "Token nuevo", en: "New token", pt: "Token novo")
        case .addresses:
            Message(es: "Direcciones IP permitidas", en: "Allowed IP addresses", pt: "Endereços IP permitidos")
        case .addressesHint:
            Message(
                es: "Opcional. Por ejemplo 192.0.2.10 o 192.0.2.0/24, separadas por comas.",
                en: "Optional. For example 192.0.2.10 or 192.0.2.0/24, separated by commas.",
                pt: "Opcional. Por exemplo 192.0.2.10 ou 192.0.2.0/24, separados por vírgulas.")
        case .zonesHint:
            Message(
                es: "Un token limitado a zonas solo ve y cambia a los clientes de esas zonas.",
                en: "A token limited to zones sees and changes their customers only.",
                pt: "Um token limitado a zonas só vê e altera os clientes delas.")
        case .anywhere: Message(es: "Cualquier dirección", en: "Any address", pt: "Qualquer endereço")
        case .days: Message(es: "Días que vale", en: "Days it is valid", pt: "Dias de validade")
        case .ready: Message(es: "Token «{name}»", en: "Token “{name}”", pt: "Token “{name}”")
        case .shownOnce:
            Message(
                es: "Cópielo ahora: no se vuelve a mostrar.", en: "Copy it now: it is not shown again.",
                pt: "Copie-o agora: não será mostrado de novo.")
        case .secret: Message(es: "Token", en: "Token", pt: "Token")
        case .back: Message(es: "Volver a tokens", en: "Back to tokens", pt: "Voltar aos tokens")
        case .revoke: Message(es: "Revocar", en: "Revoke", pt: "Revogar")
        case .nameMissing: Message(es: "Escriba un nombre.", en: "Write a name.", pt: "Escreva um nome.")
        case .addressWrong:
            Message(
                es: "Escriba direcciones como 192.0.2.10 o 192.0.2.0/24.",
                en: "Write addresses such as 192.0.2.10 or 192.0.2.0/24.",
                pt: "Escreva endereços como 192.0.2.10 ou 192.0.2.0/24.")
        case .daysWrong:
            Message(es: "Escriba de 1 a 365 días.", en: "Write 1 to 365 days.", pt: "Escreva de 1 a 365 dias.")
        case .noPermissions:
            Message(
                es: "Elija al menos un permiso.", en: "Choose at least one permission.",
                pt: "Escolha pelo menos uma permissão.")
        }
    }
}
