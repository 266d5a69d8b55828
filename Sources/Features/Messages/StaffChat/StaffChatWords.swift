import Locale

/// What commands are called: in the menu, and on buttons in up to 24 letters.
enum StaffChatTitles: MessageCatalogue {
    case menu, help, customers, find, customer, diagnose, reconnect, network, pppoe, receipts, approve, approveAnyway,
        reject
    case debtors, collect, collectNow, confirmRun, callOffRun
    case receiptsToApprove, fuse, channelStopped, routerDown, handedOver

    var message: Message {
        switch self {
        case .menu: Message(es: "Menú", en: "Menu", pt: "Menu")
        case .help: Message(es: "Ayuda", en: "Help", pt: "Ajuda")
        case .customers: Message(es: "Clientes", en: "Customers", pt: "Clientes")
        case .find: Message(es: "Buscar cliente", en: "Find a customer", pt: "Buscar cliente")
        case .customer: Message(es: "Ficha", en: "Customer", pt: "Ficha")
        case .diagnose: Message(es: "Diagnóstico", en: "Diagnosis", pt: "Diagnóstico")
        case .reconnect: Message(es: "Reactivar", en: "Reconnect", pt: "Reativar")
        case .network: Message(es: "Red", en: "Network", pt: "Rede")
        case .pppoe: Message(es: "Sesiones PPPoE", en: "PPPoE sessions", pt: "Sessões PPPoE")
        case .receipts: Message(es: "Pagos pendientes", en: "Pending payments", pt: "Pagamentos pendentes")
        case .approve: Message(es: "Aprobar", en: "Approve", pt: "Aprovar")
        case .approveAnyway:
            Message(es: "Aprobar igualmente", en: "Approve all the same", pt: "Aprovar mesmo assim")
        case .reject: Message(es: "Rechazar", en: "Reject", pt: "Rejeitar")
        case .debtors: Message(es: "Morosos", en: "Debtors", pt: "Inadimplentes")
        case .collect: Message(es: "Cobranza", en: "Collection", pt: "Cobrança")
        case .collectNow: Message(es: "Hacerlo ahora", en: "Do it now", pt: "Fazer agora")
        case .confirmRun: Message(es: "Confirmar la corrida", en: "Confirm the run", pt: "Confirmar a rodada")
        case .callOffRun: Message(es: "Cancelar la corrida", en: "Call the run off", pt: "Cancelar a rodada")
        case .receiptsToApprove:
            Message(es: "Pagos por aprobar", en: "Payments to approve", pt: "Pagamentos a aprovar")
        case .fuse:
            Message(
                es: "Cobranza detenida por el fusible", en: "Collection stopped by the fuse",
                pt: "Cobrança parada pelo fusível")
        case .channelStopped:
            Message(
                es: "Un canal de mensajes dejó de enviar", en: "A channel of messages stopped sending",
                pt: "Um canal de mensagens parou de enviar")
        case .routerDown:
            Message(es: "Un router no responde", en: "A router does not answer", pt: "Um roteador não responde")
        case .handedOver:
            Message(
                es: "Una conversación espera a una persona", en: "A conversation waits for a person",
                pt: "Uma conversa espera uma pessoa")
        }
    }
}

enum StaffChatWords: MessageCatalogue {
    // In chats.
    case byChannel, menu, help, unknown, expired, notPermitted, customers, howToFind, whom, nobody, which, tooMany
    case owes, owesNothing, noneCut, reconnectWhich, reconnectOne, reconnected
    case noRouters, routersUp, routerSessions, radiusSessions
    case noReceipts, receipts, approveDoubtful, approved, rejectWhy, rejected, customerTold, customerNotTold
    case yourPaymentRejected
    case noDebtors, debtors, debtorsMore, whichStage, nothingToDo, wouldDo, runBegun, runConfirmed, runCalledOff
    case fuse, channelStopped, routerDown, handedOver
    // On one's account.
    case title, intro, open, noChats, linkedSince, unlink, linkOne, noChannel, writeCode, openTelegram, codeHint
    case makeCode, tellMe, save

    var message: Message {
        switch self {
        case .byChannel:
            Message(es: "{name} (por {channel})", en: "{name} (by {channel})", pt: "{name} (por {channel})")
        case .menu:
            Message(
                es: "{name}. Puede pedir:", tu: "{name}. Puedes pedir:", vos: "{name}. Podés pedir:",
                en: "{name}. You can ask for:", pt: "{name}. Você pode pedir:")
        case .help:
            Message(
                es:
                    "Escriba el comando y, donde haga falta, de quién: /buscar ana, /diagnostico 15. Los botones que hacen algo sirven una vez y por un día.",
                tu:
                    "Escribe el comando y, donde haga falta, de quién: /buscar ana, /diagnostico 15. Los botones que hacen algo sirven una vez y por un día.",
                vos:
                    "Escribí el comando y, donde haga falta, de quién: /buscar ana, /diagnostico 15. Los botones que hacen algo sirven una vez y por un día.",
                en:
                    "Write the command and, where needed, whom: /buscar ana, /diagnostico 15. Buttons that do something work once and for a day.",
                pt:
                    "Escreva o comando e, se precisar, de quem: /buscar ana, /diagnostico 15. Os botões que fazem algo valem uma vez e por um dia."
            )
        case .unknown:
            Message(es: "No conozco ese comando.", en: "I do not know that command.", pt: "Não conheço esse comando.")
        case .expired:
            Message(
                es: "Ese botón ya se usó o venció.", en: "That button was used or has expired.",
                pt: "Esse botão já foi usado ou venceu.")
        case .notPermitted:
            Message(
                es: "Su usuario no tiene permiso para eso.", tu: "Tu usuario no tiene permiso para eso.",
                vos: "Tu usuario no tiene permiso para eso.", en: "Your user is not permitted that.",
                pt: "Seu usuário não tem permissão para isso.")
        case .customers:
            Message(
                es: .count(one: "{count} cliente", many: "{count} de clientes", other: "{count} clientes"),
                en: .count(one: "{count} customer", other: "{count} customers"),
                pt: .count(one: "{count} cliente", many: "{count} de clientes", other: "{count} clientes"))
        case .howToFind:
            Message(
                es: "Para ver uno: /buscar y su nombre, teléfono o número.",
                en: "To see one: /buscar and their name, telephone or number.",
                pt: "Para ver um: /buscar e o nome, telefone ou número.")
        case .whom:
            Message(
                es: "¿De quién? Nombre, teléfono o número de cliente.",
                en: "Whom? A name, telephone or customer number.",
                pt: "De quem? Nome, telefone ou número de cliente.")
        case .nobody:
            Message(es: "No encontré a nadie así.", en: "I found nobody like that.", pt: "Não encontrei ninguém assim.")
        case .which: Message(es: "¿Cuál?", en: "Which?", pt: "Qual?")
        case .tooMany:
            Message(
                es: "Hay más de ocho. Los primeros:", en: "There are more than eight. The first:",
                pt: "Há mais de oito. Os primeiros:")
        case .owes: Message(es: "Debe {amount}", en: "Owes {amount}", pt: "Deve {amount}")
        case .owesNothing: Message(es: "Sin deuda", en: "Owes nothing", pt: "Sem dívida")
        case .noneCut:
            Message(
                es: "{name} no tiene servicios cortados.", en: "{name} has no cut services.",
                pt: "{name} não tem serviços cortados.")
        case .reconnectWhich:
            Message(
                es: "¿Reactivar a {name}?", en: "Reconnect {name}?", pt: "Reativar {name}?")
        case .reconnectOne:
            Message(es: "Reactivar {number}", en: "Reconnect {number}", pt: "Reativar {number}")
        case .reconnected:
            Message(
                es: "Reconexión ordenada del servicio {number}.",
                en: "The reconnection of service {number} is ordered.",
                pt: "Reconexão ordenada do serviço {number}.")
        case .noRouters: Message(es: "No hay routers.", en: "There are no routers.", pt: "Não há roteadores.")
        case .routersUp:
            Message(
                es: "{up} de {total} routers responden.", en: "{up} of {total} routers answer.",
                pt: "{up} de {total} roteadores respondem.")
        case .routerSessions:
            Message(
                es: "{name}: {online} de {services} en línea · {state}",
                en: "{name}: {online} of {services} on line · {state}",
                pt: "{name}: {online} de {services} on-line · {state}")
        case .radiusSessions:
            Message(
                es: .count(
                    one: "RADIUS: {count} sesión abierta", many: "RADIUS: {count} de sesiones abiertas",
                    other: "RADIUS: {count} sesiones abiertas"),
                en: .count(one: "RADIUS: {count} open session", other: "RADIUS: {count} open sessions"),
                pt: .count(
                    one: "RADIUS: {count} sessão aberta", many: "RADIUS: {count} de sessões abertas",
                    other: "RADIUS: {count} sessões abertas"))
        case .noReceipts:
            Message(
                es: "No hay pagos por verificar.", en: "No payments to check.", pt: "Não há pagamentos a verificar.")
        case .receipts:
            Message(
                es: .count(
                    one: "{count} pago por verificar", many: "{count} de pagos por verificar",
                    other: "{count} pagos por verificar"),
                en: .count(one: "{count} payment to check", other: "{count} payments to check"),
                pt: .count(
                    one: "{count} pagamento a verificar", many: "{count} de pagamentos a verificar",
                    other: "{count} pagamentos a verificar"))
        case .approveDoubtful:
            Message(
                es: "¿Aprobar el pago {number} de {name} por {amount}?",
                en: "Approve payment {number} of {name} for {amount}?",
                pt: "Aprovar o pagamento {number} de {name} de {amount}?")
        case .approved:
            Message(
                es: "Aprobado: {number}, {name}, {amount}.", en: "Approved: {number}, {name}, {amount}.",
                pt: "Aprovado: {number}, {name}, {amount}.")
        case .rejectWhy:
            Message(
                es: "¿Por qué se rechaza el pago {number} de {name} por {amount}? Se le dirá al cliente.",
                en: "Why is payment {number} of {name} for {amount} rejected? The customer will be told.",
                pt: "Por que se rejeita o pagamento {number} de {name} de {amount}? O cliente será avisado.")
        case .rejected:
            Message(
                es: "Rechazado: {number}, {name}, {amount}.", en: "Rejected: {number}, {name}, {amount}.",
                pt: "Rejeitado: {number}, {name}, {amount}.")
        case .customerTold:
            Message(es: "Se le avisó al cliente.", en: "The customer was told.", pt: "O cliente foi avisado.")
        case .customerNotTold:
            Message(
                es: "No hay un chat donde avisarle al cliente: lo verá en su portal.",
                en: "There is no chat to tell the customer in: they will see it on their portal.",
                pt: "Não há um chat onde avisar o cliente: ele verá no portal.")
        case .yourPaymentRejected:
            Message(
                es: "No pudimos aceptar su pago de {amount}: {reason}",
                tu: "No pudimos aceptar tu pago de {amount}: {reason}",
                vos: "No pudimos aceptar tu pago de {amount}: {reason}",
                en: "We could not accept your payment of {amount}: {reason}",
                pt: "Não pudemos aceitar seu pagamento de {amount}: {reason}")
        case .noDebtors: Message(es: "No hay morosos.", en: "There are no debtors.", pt: "Não há inadimplentes.")
        case .debtors:
            Message(
                es: .count(
                    one: "{count} moroso debe {amount}", many: "{count} de morosos deben {amount}",
                    other: "{count} morosos deben {amount}"),
                en: .count(one: "{count} debtor owes {amount}", other: "{count} debtors owe {amount}"),
                pt: .count(
                    one: "{count} inadimplente deve {amount}", many: "{count} de inadimplentes devem {amount}",
                    other: "{count} inadimplentes devem {amount}"))
        case .debtorsMore:
            Message(
                es: .count(
                    one: "Más de {count} moroso; debe {amount}",
                    many: "Más de {count} de morosos; los primeros deben {amount}",
                    other: "Más de {count} morosos; los primeros deben {amount}"),
                en: .count(
                    one: "More than {count} debtor; owes {amount}",
                    other: "More than {count} debtors; the first owe {amount}"),
                pt: .count(
                    one: "Mais de {count} inadimplente; deve {amount}",
                    many: "Mais de {count} de inadimplentes; os primeiros devem {amount}",
                    other: "Mais de {count} inadimplentes; os primeiros devem {amount}"))
        case .whichStage:
            Message(
                es: "¿Qué etapa? /cobranza aviso, recordatorio, advertencia o suspender.",
                en: "Which stage? /cobranza aviso, recordatorio, advertencia or suspender.",
                pt: "Qual etapa? /cobranza aviso, recordatorio, advertencia ou suspender.")
        case .nothingToDo:
            Message(
                es: "{stage}: hoy no hay a quién.", en: "{stage}: nobody today.", pt: "{stage}: hoje não há a quem.")
        case .wouldDo:
            Message(
                es: .count(
                    one: "{stage}: {count}{more} servicio. Es un ensayo; nada se ha hecho.",
                    many: "{stage}: {count}{more} de servicios. Es un ensayo; nada se ha hecho.",
                    other: "{stage}: {count}{more} servicios. Es un ensayo; nada se ha hecho."),
                en: .count(
                    one: "{stage}: {count}{more} service. This is a rehearsal; nothing was done.",
                    other: "{stage}: {count}{more} services. This is a rehearsal; nothing was done."),
                pt: .count(
                    one: "{stage}: {count}{more} serviço. É um ensaio; nada foi feito.",
                    many: "{stage}: {count}{more} de serviços. É um ensaio; nada foi feito.",
                    other: "{stage}: {count}{more} serviços. É um ensaio; nada foi feito."))
        case .runBegun:
            Message(
                es: "Corrida {number} en curso. Si cortaría a demasiados, el fusible la detiene.",
                en: "Run {number} is running. If it would cut too many, the fuse stops it.",
                pt: "Rodada {number} em curso. Se cortaria demais, o fusível a para.")
        case .runConfirmed:
            Message(
                es: "Corrida {number} confirmada.", en: "Run {number} confirmed.", pt: "Rodada {number} confirmada.")
        case .runCalledOff:
            Message(es: "Corrida {number} cancelada.", en: "Run {number} called off.", pt: "Rodada {number} cancelada.")
        case .fuse:
            Message(
                es: "El fusible detuvo la corrida {number}: cortaría {cuts}, y lo usual es hasta {most}.",
                en: "The fuse stopped run {number}: it would cut {cuts}, and usual is up to {most}.",
                pt: "O fusível parou a rodada {number}: cortaria {cuts}, e o usual é até {most}.")
        case .channelStopped:
            Message(
                es: "{name} dejó de enviar mensajes. Revise sus claves en Ajustes › Canales.",
                tu: "{name} dejó de enviar mensajes. Revisa sus claves en Ajustes › Canales.",
                vos: "{name} dejó de enviar mensajes. Revisá sus claves en Ajustes › Canales.",
                en: "{name} stopped sending messages. Check its keys in Settings › Channels.",
                pt: "{name} parou de enviar mensagens. Confira as chaves em Ajustes › Canais.")
        case .routerDown:
            Message(
                es: "El router {name} no responde.", en: "Router {name} does not answer.",
                pt: "O roteador {name} não responde.")
        case .handedOver:
            Message(
                es: "{name} espera a una persona por {channel}: «{words}»",
                en: "{name} waits for a person by {channel}: “{words}”",
                pt: "{name} espera uma pessoa por {channel}: “{words}”")
        case .title: Message(es: "Mi chat de trabajo", en: "My work chat", pt: "Meu chat de trabalho")
        case .intro:
            Message(
                es:
                    "Desde su Telegram o WhatsApp puede buscar clientes, aprobar pagos y recibir avisos, con sus mismos permisos.",
                tu:
                    "Desde tu Telegram o WhatsApp puedes buscar clientes, aprobar pagos y recibir avisos, con tus mismos permisos.",
                vos:
                    "Desde tu Telegram o WhatsApp podés buscar clientes, aprobar pagos y recibir avisos, con tus mismos permisos.",
                en:
                    "From your Telegram or WhatsApp you can find customers, approve payments and be told of things, with your same permissions.",
                pt:
                    "Pelo seu Telegram ou WhatsApp você pode buscar clientes, aprovar pagamentos e receber avisos, com suas mesmas permissões."
            )
        case .open:
            Message(es: "Vincular o elegir avisos", en: "Link, or choose notices", pt: "Vincular ou escolher avisos")
        case .noChats:
            Message(es: "No hay ningún chat vinculado.", en: "No chat is linked.", pt: "Nenhum chat vinculado.")
        case .linkedSince: Message(es: "Vinculado: {moment}", en: "Linked: {moment}", pt: "Vinculado: {moment}")
        case .unlink: Message(es: "Desvincular", en: "Unlink", pt: "Desvincular")
        case .linkOne: Message(es: "Vincular un chat", en: "Link a chat", pt: "Vincular um chat")
        case .noChannel:
            Message(
                es: "La empresa no tiene conectado Telegram ni WhatsApp.",
                en: "The company has connected neither Telegram nor WhatsApp.",
                pt: "A empresa não conectou Telegram nem WhatsApp.")
        case .writeCode:
            Message(
                es: "Escríbale esto al bot de la empresa, desde su chat:",
                tu: "Escríbele esto al bot de la empresa, desde tu chat:",
                vos: "Escribile esto al bot de la empresa, desde tu chat:",
                en: "Write this to the company's bot, from your chat:",
                pt: "Escreva isto ao bot da empresa, pelo seu chat:")
        case .openTelegram: Message(es: "Abrir Telegram", en: "Open Telegram", pt: "Abrir o Telegram")
        case .codeHint:
            Message(
                es: "El código sirve una vez y por 15 minutos. Tres equivocados bloquean el chat por un día.",
                en: "The code is good once and for 15 minutes. Three wrong ones lock the chat for a day.",
                pt: "O código vale uma vez e por 15 minutos. Três errados bloqueiam o chat por um dia.")
        case .makeCode: Message(es: "Hacer un código", en: "Make a code", pt: "Fazer um código")
        case .tellMe: Message(es: "Avisarme en mi chat de", en: "Tell me in my chat of", pt: "Avisar-me no meu chat de")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        }
    }
}
