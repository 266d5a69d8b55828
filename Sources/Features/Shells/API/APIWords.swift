import Locale

enum APIWords: MessageCatalogue {
    case index, version, company, currency, zone, descriptionAddress, openAPI, readable
    case found, page, told, made, queued, changed, removed, unchanged, items, next, limit, cursor
    case keyMissing, keyMalformed, keyReused
    case key, ifMatch, lastEventID, etag, location, link, replayed, retryAfter, rateLimit, ratePolicy, allow, challenge,
        token
    case title, intro

    var message: Message {
        switch self {
        case .index: Message(es: "De quién es esta API", en: "Whose API this is", pt: "De quem é esta API")
        case .version: Message(es: "La versión.", en: "The version.", pt: "A versão.")
        case .company: Message(es: "La empresa.", en: "The company.", pt: "A empresa.")
        case .currency:
            Message(
                es: "La moneda de los importes (ISO 4217).", en: "The currency of amounts (ISO 4217).",
                pt: "A moeda dos valores (ISO 4217).")
        case .zone:
            Message(
                es: "La zona horaria de los días.", en: "The time zone that days are in.",
                pt: "O fuso horário dos dias.")
        case .descriptionAddress:
            Message(
                es: "Dónde está la descripción OpenAPI.", en: "Where the OpenAPI description is.",
                pt: "Onde está a descrição OpenAPI.")
        case .openAPI:
            Message(
                es: "Esta API descrita como OpenAPI 3.1", en: "This API described as OpenAPI 3.1",
                pt: "Esta API descrita como OpenAPI 3.1")
        case .readable:
            Message(es: "Esta página, para leer", en: "This page, for reading", pt: "Esta página, para ler")
        case .found: Message(es: "Lo que se pidió.", en: "What was asked for.", pt: "O que foi pedido.")
        case .page: Message(es: "Una página de la lista.", en: "A page of the list.", pt: "Uma página da lista.")
        case .told:
            Message(
                es: """
                    Un mensaje por evento (server-sent events): event es su kind, id su sequence. Termina cuando el token \
                    se revoca o pierde el permiso, y se corta si no se lee; quien vuelve con Last-Event-ID no pierde ni \
                    repite nada.
                    """,
                en: """
                    A message for each event (server-sent events): event is its kind, id its sequence. It ends when the \
                    token is revoked or loses the permission, and breaks off when it is not read; who comes back with \
                    Last-Event-ID misses nothing and hears nothing twice.
                    """,
                pt: """
                    Uma mensagem por evento (server-sent events): event é seu kind, id seu sequence. Termina quando o \
                    token é revogado ou perde a permissão, e se interrompe se não é lida; quem volta com Last-Event-ID \
                    não perde nem repete nada.
                    """)
        case .queued:
            Message(
                es: "Está en cola; su dirección dice cómo va.", en: "It is queued; its address tells how far it is.",
                pt: "Está na fila; seu endereço diz como vai.")
        case .made: Message(es: "Se creó.", en: "It was made.", pt: "Foi criado.")
        case .removed: Message(es: "Ya no está.", en: "It is gone.", pt: "Já não está.")
        case .changed: Message(es: "Como quedó.", en: "As it is now.", pt: "Como ficou.")
        case .unchanged:
            Message(
                es: "Nada cambió desde la ETag de If-None-Match.",
                en: "Nothing changed since the ETag of If-None-Match.",
                pt: "Nada mudou desde a ETag de If-None-Match.")
        case .items: Message(es: "Los de esta página.", en: "Those of this page.", pt: "Os desta página.")
        case .next:
            Message(
                es: "El cursor de la página siguiente; null en la última.",
                en: "The cursor of the next page; null on the last.", pt: "O cursor da próxima página; null na última.")
        case .limit:
            Message(
                es: "Cuántos por página; 50 si no se dice.", en: "How many on a page; 50 when not said.",
                pt: "Quantos por página; 50 se não for dito.")
        case .cursor:
            Message(
                es: "Tal como vino en la página anterior, con el mismo filtro.",
                en: "As it came with the page before, with the same filter.",
                pt: "Tal como veio na página anterior, com o mesmo filtro.")
        case .keyMissing:
            Message(
                es: "Falta la cabecera Idempotency-Key.", en: "The Idempotency-Key header is missing.",
                pt: "Falta o cabeçalho Idempotency-Key.")
        case .keyMalformed:
            Message(
                es:
                    "La Idempotency-Key debe tener de 1 a 255 caracteres ASCII visibles, sin comillas ni barras invertidas.",
                en: "The Idempotency-Key must have 1 to 255 visible ASCII characters, no quotes or backslashes.",
                pt: "A Idempotency-Key deve ter de 1 a 255 caracteres ASCII visíveis, sem aspas nem barras invertidas.")
        case .keyReused:
            Message(
                es: "Esta Idempotency-Key ya se usó con otra solicitud.",
                en: "This Idempotency-Key was used with another request.",
                pt: "Esta Idempotency-Key já foi usada com outra solicitação.")
        case .key:
            Message(
                es:
                    "Un nombre para esta intención, distinto cada vez: repetir la solicitud con el mismo la hace una sola vez.",
                en:
                    "A name for this intention, another each time: repeating the request with the same one does it once.",
                pt:
                    "Um nome para esta intenção, diferente a cada vez: repetir a solicitação com o mesmo a faz uma única vez."
            )
        case .lastEventID:
            Message(
                es: "El id del último mensaje recibido: se sigue desde el siguiente. Sin él, desde ahora.",
                en: "The id of the last message received: it goes on from the next. Without it, from now on.",
                pt: "O id da última mensagem recebida: continua da seguinte. Sem ele, a partir de agora.")
        case .ifMatch:
            Message(
                es: "La ETag de lo que se leyó y se quiere cambiar.",
                en: "The ETag of what was read and is to be changed.",
                pt: "A ETag do que foi lido e se quer alterar.")
        case .etag:
            Message(es: "Identifica este contenido.", en: "Stands for this content.", pt: "Identifica este conteúdo.")
        case .location:
            Message(
                es: "Dirección de lo creado.", en: "The address of what was made.", pt: "Endereço do que foi criado.")
        case .link:
            Message(
                es: "La página siguiente, como rel=\"next\".", en: "The next page, as rel=\"next\".",
                pt: "A próxima página, como rel=\"next\".")
        case .replayed:
            Message(
                es: "Está cuando la respuesta es la de la primera vez.",
                en: "There when the answer is that of the first time.",
                pt: "Presente quando a resposta é a da primeira vez.")
        case .retryAfter: Message(es: "Segundos de espera.", en: "Seconds to wait.", pt: "Segundos de espera.")
        case .rateLimit:
            Message(
                es: "Cuántas solicitudes quedan (r) y en cuántos segundos se restablecen (t).",
                en: "How many requests are left (r) and after how many seconds all are again (t).",
                pt: "Quantas solicitações restam (r) e em quantos segundos se restabelecem (t).")
        case .ratePolicy:
            Message(
                es: "Cuántas solicitudes (q) caben en tantos segundos (w).",
                en: "How many requests (q) there may be in so many seconds (w).",
                pt: "Quantas solicitações (q) cabem em tantos segundos (w).")
        case .allow: Message(es: "Los métodos que hay.", en: "The methods there are.", pt: "Os métodos que há.")
        case .challenge: Message(es: "Siempre Bearer.", en: "Always Bearer.", pt: "Sempre Bearer.")
        case .token:
            Message(
                es: "Un token del panel (Tokens de API).", en: "A token from the panel (API tokens).",
                pt: "Um token do painel (Tokens de API).")
        case .title: Message(es: "API de {name}", en: "API of {name}", pt: "API de {name}")
        case .intro:
            Message(
                es: "Para que los programas de {name} lean y cambien lo que el panel muestra.",
                en: "For the programs of {name} to read and change what the panel shows.",
                pt: "Para que os programas de {name} leiam e alterem o que o painel mostra.")
        }
    }
}
