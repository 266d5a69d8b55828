import Declarations
import Locale

enum DescriptionWords: MessageCatalogue {
    case download, conventions, operations, example, takes, answers, see
    case name, place, kind, meaning, status, inPath, inQuery, inHeader, inBody
    case forEverybody, asksFor
    case token, tokenText, onceOnly, onceOnlyText, pages, pagesText, changes, changesText, quotas, quotasText
    case refusals, refusalsText

    var message: Message {
        switch self {
        case .download:
            Message(
                es: "Descargar la descripción OpenAPI 3.1", en: "Download the OpenAPI 3.1 description",
                pt: "Baixar a descrição OpenAPI 3.1")
        case .conventions: Message(es: "Lo que vale para todo", en: "What holds everywhere", pt: "O que vale para tudo")
        case .operations: Message(es: "Operaciones", en: "Operations", pt: "Operações")
        case .example: Message(es: "Ejemplo", en: "Example", pt: "Exemplo")
        case .takes: Message(es: "Recibe (* obligatorio)", en: "Takes (* required)", pt: "Recebe (* obrigatório)")
        case .answers: Message(es: "Responde", en: "Answers", pt: "Responde")
        case .see: Message(es: "Vea Rechazos, al final.", en: "See Refusals, at the end.", pt: "Veja Recusas, no fim.")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .place: Message(es: "Lugar", en: "Place", pt: "Lugar")
        case .kind: Message(es: "Tipo", en: "Type", pt: "Tipo")
        case .meaning: Message(es: "Qué es", en: "What it is", pt: "O que é")
        case .status: Message(es: "Estado", en: "Status", pt: "Status")
        case .inPath: Message(es: "ruta", en: "path", pt: "caminho")
        case .inQuery: Message(es: "consulta", en: "query", pt: "consulta")
        case .inHeader: Message(es: "cabecera", en: "header", pt: "cabeçalho")
        case .inBody: Message(es: "cuerpo", en: "body", pt: "corpo")
        case .forEverybody: Message(es: "No pide token.", en: "Asks for no token.", pt: "Não pede token.")
        case .asksFor: Message(es: "Permiso: {name}", en: "Permission: {name}", pt: "Permissão: {name}")
        case .token: Message(es: "Token", en: "Token", pt: "Token")
        case .tokenText:
            Message(
                es:
                    "Se crea en el panel, en Tokens de API, y va en la cabecera Authorization: Bearer. Puede lo que dicen sus permisos, desde las direcciones que se le permitan, hasta que vence o se revoca.",
                en:
                    "Make one in the panel under API tokens and send it in the Authorization: Bearer header. It may do what its permissions say, from the addresses it is allowed, until it expires or is revoked.",
                pt:
                    "Cria-se no painel, em Tokens de API, e vai no cabeçalho Authorization: Bearer. Pode o que dizem as suas permissões, dos endereços permitidos, até vencer ou ser revogado."
            )
        case .onceOnly: Message(es: "Una sola vez", en: "Once only", pt: "Uma única vez")
        case .onceOnlyText:
            Message(
                es:
                    "Cada POST lleva una Idempotency-Key, por ejemplo un UUID nuevo. Si la respuesta se pierde, repita la misma solicitud con la misma clave: se hace una sola vez y recibe la misma respuesta. Vale al menos 24 horas.",
                en:
                    "Every POST carries an Idempotency-Key, such as a new UUID. When the answer is lost, repeat the same request with the same key: it is done once and you get the same answer. It holds for at least 24 hours.",
                pt:
                    "Cada POST leva uma Idempotency-Key, por exemplo um UUID novo. Se a resposta se perder, repita a mesma solicitação com a mesma chave: é feita uma única vez e recebe a mesma resposta. Vale ao menos 24 horas."
            )
        case .pages: Message(es: "Listas", en: "Lists", pt: "Listas")
        case .pagesText:
            Message(
                es: "Una lista viene por páginas: next, y la cabecera Link con rel=\"next\", llevan a la siguiente.",
                en: "A list comes in pages: next, and the Link header with rel=\"next\", lead to the following one.",
                pt: "Uma lista vem em páginas: next, e o cabeçalho Link com rel=\"next\", levam à seguinte.")
        case .changes: Message(es: "Cambios", en: "Changes", pt: "Alterações")
        case .changesText:
            Message(
                es:
                    "Quien cambia algo envía en If-Match la ETag con que lo leyó; si otra persona lo cambió entre tanto, recibe 412 y nada se pierde. Con If-None-Match, lo que no cambió responde 304.",
                en:
                    "Whoever changes something sends in If-Match the ETag it was read with; when somebody changed it meanwhile the answer is 412 and nothing is lost. With If-None-Match, what did not change answers 304.",
                pt:
                    "Quem altera algo envia em If-Match a ETag com que o leu; se outra pessoa o alterou entretanto, recebe 412 e nada se perde. Com If-None-Match, o que não mudou responde 304."
            )
        case .quotas: Message(es: "Límites", en: "Limits", pt: "Limites")
        case .quotasText:
            Message(
                es:
                    "RateLimit-Policy y RateLimit dicen cuántas solicitudes caben y cuántas quedan. Al pasarse, la respuesta es 429 con Retry-After.",
                en:
                    "RateLimit-Policy and RateLimit say how many requests there may be and how many are left. Beyond that the answer is 429 with Retry-After.",
                pt:
                    "RateLimit-Policy e RateLimit dizem quantas solicitações cabem e quantas restam. Além disso, a resposta é 429 com Retry-After."
            )
        case .refusals: Message(es: "Rechazos", en: "Refusals", pt: "Recusas")
        case .refusalsText:
            Message(
                es:
                    "Toda respuesta de error es application/problem+json, en el idioma de Accept-Language. Los programas leen code; las personas, detail.",
                en:
                    "Every error is application/problem+json, in the language of Accept-Language. Programs read code, people read detail.",
                pt:
                    "Toda resposta de erro é application/problem+json, no idioma de Accept-Language. Programas leem code; pessoas, detail."
            )
        }
    }
}
