import Access
import HTTP
import Identifiers
import JSON
import Locale
import Nouns

/// The form of every refusal (RFC 9457).
enum Problem {
    static let schema = Schema.object(
        "Problem",
        [
            .required("type", .text, ProblemWords.type),
            .required("title", .text, ProblemWords.title),
            .required("status", .integer(400...599), ProblemWords.status),
            .optional("code", .text, ProblemWords.code),
            .optional("detail", .text, ProblemWords.detail),
            .optional("request_id", .id, ProblemWords.requestID),
            .optional("errors", .list(of: fault), ProblemWords.errors),
            .optional("line", .integer(1...Int.max), ProblemWords.line),
            .optional("column", .integer(1...Int.max), ProblemWords.column),
            .optional("alike", .list(of: .id), ProblemWords.alike),
        ])

    static let fault = Schema.object(
        "Fault",
        [
            .required("pointer", .text, ProblemWords.pointer),
            .required("code", .text, ProblemWords.code),
            .required("detail", .text, ProblemWords.detail),
        ])

    /// Refusals that every route may respond with.
    static let everywhere: [Status] = [
        .badRequest, .misdirectedRequest, .headersTooLarge, .internalServerError, .serviceUnavailable,
    ]

    /// The meaning of each status, described once for all routes.
    static let all: [(status: Status, words: ProblemWords)] = [
        (.badRequest, .badRequest), (.unauthorized, .unauthorized), (.forbidden, .forbidden), (.notFound, .notFound),
        (.methodNotAllowed, .methodNotAllowed), (.requestTimeout, .requestTimeout), (.conflict, .conflict),
        (.preconditionFailed, .preconditionFailed), (.contentTooLarge, .contentTooLarge),
        (.unsupportedMediaType, .unsupportedMediaType), (.misdirectedRequest, .misdirected),
        (.unprocessableContent, .unprocessable), (.preconditionRequired, .preconditionRequired),
        (.tooManyRequests, .tooManyRequests), (.headersTooLarge, .headersTooLarge),
        (.internalServerError, .fault), (.notImplemented, .notImplemented), (.serviceUnavailable, .unavailable),
    ]

    /// The response's name among the description's components.
    static func name(of status: Status) -> String {
        status.reason.description.split(separator: " ").joined()
    }

    static func write(_ refusal: any Refusal, _ request: Request, for reader: Reader) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("type", "about:blank" as StaticString)
            json.member("title", refusal.status.reason)
            json.member("status", refusal.status.code)
            json.member("code", refusal.code)
            json.member("detail", refusal.message.text(for: reader))
            json.member("request_id", request.id.description)
            (refusal as? any ExplainedRefusal)?.writeMembers(to: &json, for: reader)
        }
        return json.bytes
    }
}

enum ProblemWords: MessageCatalogue {
    case type, title, status, code, detail, requestID, errors, line, column, pointer, alike
    case badRequest, unauthorized, forbidden, notFound, methodNotAllowed, requestTimeout, conflict, preconditionFailed
    case contentTooLarge, unsupportedMediaType, misdirected, unprocessable, preconditionRequired, tooManyRequests
    case headersTooLarge, fault, notImplemented, unavailable

    var message: Message {
        switch self {
        case .type: Message(es: "Siempre about:blank.", en: "Always about:blank.", pt: "Sempre about:blank.")
        case .title: Message(es: "El estado en palabras.", en: "The status in words.", pt: "O status em palavras.")
        case .status: Message(es: "El estado HTTP.", en: "The HTTP status.", pt: "O status HTTP.")
        case .code:
            Message(
                es: "Una palabra estable para programas.", en: "A stable word for programs.",
                pt: "Uma palavra estável para programas.")
        case .detail:
            Message(
                es: "Una frase para personas, en el idioma pedido.",
                en: "A sentence for people, in the language asked for.",
                pt: "Uma frase para pessoas, no idioma pedido.")
        case .requestID:
            Message(
                es: "Para encontrar esta solicitud en el registro.", en: "To find this request in the log.",
                pt: "Para encontrar esta solicitação no registro.")
        case .errors:
            Message(
                es: "Cada error, con su lugar.", en: "Each mistake, with its place.", pt: "Cada erro, com o seu lugar.")
        case .line:
            Message(
                es: "Línea en la que el JSON se rompe.", en: "The line where the JSON breaks.",
                pt: "Linha em que o JSON se quebra.")
        case .column:
            Message(
                es: "Columna en la que el JSON se rompe.", en: "The column where the JSON breaks.",
                pt: "Coluna em que o JSON se quebra.")
        case .alike:
            Message(
                es: "Los que ya existen y son parecidos.", en: "Those that exist already and are alike.",
                pt: "Os que já existem e são parecidos.")
        case .pointer:
            Message(
                es: "Lugar en el cuerpo o en la consulta (RFC 6901).", en: "The place in the body or query (RFC 6901).",
                pt: "Lugar no corpo ou na consulta (RFC 6901).")
        case .badRequest:
            Message(
                es: "La solicitud no se entiende: una consulta, una cabecera o un JSON mal formado.",
                en: "The request cannot be understood: a query, a header or JSON that is malformed.",
                pt: "Não se entende a solicitação: uma consulta, um cabeçalho ou um JSON malformado.")
        case .unauthorized:
            Message(
                es: "Falta un token que valga.", en: "A token that holds is missing.", pt: "Falta um token que valha.")
        case .forbidden:
            Message(
                es: "El token no tiene este permiso.", en: "The token lacks this permission.",
                pt: "O token não tem esta permissão.")
        case .notFound: Message(es: "Aquí no hay nada.", en: "There is nothing here.", pt: "Não há nada aqui.")
        case .methodNotAllowed:
            Message(
                es: "Esta dirección responde a otros métodos: la cabecera Allow los nombra.",
                en: "This address answers other methods: the Allow header names them.",
                pt: "Este endereço responde a outros métodos: o cabeçalho Allow os nomeia.")
        case .requestTimeout:
            Message(
                es: "La solicitud no llegó completa a tiempo.", en: "The request did not arrive whole in time.",
                pt: "A solicitação não chegou completa a tempo.")
        case .conflict:
            Message(
                es: "Otra cosa que ya existe lo impide.", en: "Something that exists already is in the way.",
                pt: "Algo que já existe o impede.")
        case .preconditionFailed:
            Message(
                es: "Cambió desde que se leyó: lea de nuevo y repita con la nueva ETag.",
                en: "It changed since it was read: read it again and repeat with the new ETag.",
                pt: "Mudou desde que foi lido: leia de novo e repita com a nova ETag.")
        case .contentTooLarge:
            Message(es: "El cuerpo es demasiado grande.", en: "The body is too large.", pt: "O corpo é grande demais.")
        case .unsupportedMediaType:
            Message(
                es: "El cuerpo debe ser application/json.", en: "The body must be application/json.",
                pt: "O corpo deve ser application/json.")
        case .misdirected:
            Message(
                es: "Este nombre no atiende a ninguna empresa.", en: "No company answers to this name.",
                pt: "Nenhuma empresa atende por este nome.")
        case .unprocessable:
            Message(
                es: "El cuerpo no es lo que se espera, o la clave de idempotencia ya se usó con otro.",
                en: "The body is not what is expected, or the idempotency key was used with another.",
                pt: "O corpo não é o esperado, ou a chave de idempotência já foi usada com outro.")
        case .preconditionRequired:
            Message(
                es: "Falta la cabecera If-Match.", en: "The If-Match header is missing.",
                pt: "Falta o cabeçalho If-Match.")
        case .tooManyRequests:
            Message(
                es: "Demasiadas solicitudes: espere los segundos de Retry-After.",
                en: "Too many requests: wait the seconds of Retry-After.",
                pt: "Solicitações demais: espere os segundos de Retry-After.")
        case .headersTooLarge:
            Message(
                es: "Las cabeceras son demasiadas o demasiado largas.", en: "The headers are too many or too long.",
                pt: "Os cabeçalhos são demais ou longos demais.")
        case .fault:
            Message(
                es: "Algo falló de nuestro lado, y ya quedó registrado.",
                en: "Something failed on our side and is recorded.",
                pt: "Algo falhou do nosso lado e já ficou registrado.")
        case .notImplemented:
            Message(es: "El método no se conoce.", en: "The method is not known.", pt: "O método não é conhecido.")
        case .unavailable:
            Message(
                es: "No es posible atender ahora: espere los segundos de Retry-After.",
                en: "It cannot be served now: wait the seconds of Retry-After.",
                pt: "Não é possível atender agora: espere os segundos de Retry-After.")
        }
    }
}
