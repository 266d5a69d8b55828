import Locale

enum InboxWords: MessageCatalogue {
    case skips, skipToList, skipToAnswer, sendFile, file, fileHint, caption
    case inbox, views, search, searchHint, label, anyLabel, find, none, noneFound, earlier, newer, choose, unread,
        nobody
    case messages, you, answer, answerHint, closedHint, noteOnly, windowClosed, neverWrote, windowHint
    case call, send, failed, providerSays
    case keepNote, keepDraft, canned, noCanned, take, takeAnyway, answerAnyway, assign, assignTo, close, reopen
    case toBot, wait, waitUntil, until, labels, noLabels, save, owner, telephone, correspondent, whose,
        linkedBy
    case unlinked, unlink, proposals, noProposals, linkTo, findCustomer, notReached, optedOut, retry, back
    case map, note, number, newLabel, newCanned, cannedTitle, cannedIntro
    case labelsIntro, noLabelsYet, noCannedYet, delete, deleteTitle, deleteLabel, deleteCanned, code, text, colour
    case conversation, noConversations, write, writeOnPortal, portalHint, makeCode, codeHint, codeMade, codeText
    case linking, following, linkedShare, linkingIntro, unlinkedCustomers, everyoneLinked, noneHere, name, download
    case preview
    case chat, chatHint, chatSend, chatEmpty, refresh, yourMessage

    var message: Message {
        switch self {
        case .skips: Message(es: "Atajos", en: "Shortcuts", pt: "Atalhos")
        case .skipToList: Message(es: "Ir a la lista", en: "Skip to the list", pt: "Ir para a lista")
        case .skipToAnswer: Message(es: "Ir a responder", en: "Skip to the answer", pt: "Ir para a resposta")
        case .sendFile: Message(es: "Enviar un archivo", en: "Send a file", pt: "Enviar um arquivo")
        case .file: Message(es: "Archivo", en: "File", pt: "Arquivo")
        case .fileHint:
            Message(
                es: "Una foto, un PDF o una nota de voz de hasta 8 MB.",
                en: "A picture, a PDF or a voice note of up to 8 MB.",
                pt: "Uma foto, um PDF ou uma mensagem de voz de até 8 MB.")
        case .caption: Message(es: "Texto (opcional)", en: "Text (optional)", pt: "Texto (opcional)")
        case .inbox: Message(es: "Bandeja", en: "Inbox", pt: "Caixa de entrada")
        case .views: Message(es: "Vistas de la bandeja", en: "Views of the inbox", pt: "Visões da caixa de entrada")
        case .search:
            Message(es: "Buscar conversaciones", en: "Search conversations", pt: "Buscar conversas")
        case .searchHint:
            Message(
                es: "Nombre, teléfono o texto de los mensajes recientes.",
                en: "Name, telephone or text of recent messages.",
                pt: "Nome, telefone ou texto das mensagens recentes.")
        case .label: Message(es: "Etiqueta", en: "Label", pt: "Etiqueta")
        case .anyLabel: Message(es: "Todas las etiquetas", en: "All labels", pt: "Todas as etiquetas")
        case .find: Message(es: "Buscar", en: "Search", pt: "Buscar")
        case .none:
            Message(
                es: "No hay conversaciones aquí.", en: "There are no conversations here.", pt: "Não há conversas aqui.")
        case .noneFound:
            Message(es: "Nada coincide.", en: "Nothing matches.", pt: "Nada coincide.")
        case .earlier: Message(es: "Anteriores", en: "Earlier", pt: "Anteriores")
        case .newer: Message(es: "Las más recientes", en: "The newest", pt: "As mais recentes")
        case .choose:
            Message(
                es: "Elija una conversación de la lista.", tu: "Elige una conversación de la lista.",
                vos: "Elegí una conversación de la lista.", en: "Choose a conversation from the list.",
                pt: "Escolha uma conversa da lista.")
        case .unread: Message(es: "sin responder", en: "unanswered", pt: "sem resposta")
        case .nobody: Message(es: "Nadie", en: "Nobody", pt: "Ninguém")
        case .messages: Message(es: "Mensajes", en: "Messages", pt: "Mensagens")
        case .you: Message(es: "Usted", tu: "Tú", vos: "Vos", en: "You", pt: "Você")
        case .answer: Message(es: "Responder", en: "Answer", pt: "Responder")
        case .answerHint:
            Message(
                es: "/código llama una respuesta guardada. Ctrl + Enter envía.",
                en: "/code calls up a canned reply. Ctrl + Enter sends.",
                pt: "/código chama uma resposta pronta. Ctrl + Enter envia.")
        case .closedHint:
            Message(
                es: "Está cerrada: al responder se reabre y queda a su cargo.",
                en: "It is closed: an answer opens it again, as yours.",
                pt: "Está encerrada: ao responder ela reabre e fica com você.")
        case .noteOnly:
            Message(
                es: "Lo que escriba aquí queda como nota interna: el cliente no la recibe.",
                en: "What you write here stays as an internal note: the customer does not get it.",
                pt: "O que escrever aqui fica como nota interna: o cliente não a recebe.")
        case .windowClosed: ConversationRefusal.windowClosed.message
        case .neverWrote:
            Message(
                es: "No ha escrito todavía: WhatsApp solo le entrega una plantilla aprobada.",
                en: "They have not written yet: WhatsApp only delivers an approved template to them.",
                pt: "Ainda não escreveu: o WhatsApp só lhe entrega um modelo aprovado.")
        case .providerSays:
            Message(es: "El canal dijo: {words}", en: "The channel said: {words}", pt: "O canal disse: {words}")
        case .failed: Message(es: "No se envió", en: "Not sent", pt: "Não foi enviada")
        case .windowHint:
            Message(
                es: "WhatsApp acepta respuestas hasta {moment}.", en: "WhatsApp takes answers until {moment}.",
                pt: "O WhatsApp aceita respostas até {moment}.")
        case .call: Message(es: "Llamar", en: "Call", pt: "Ligar")
        case .send: Message(es: "Enviar", en: "Send", pt: "Enviar")
        case .keepNote:
            Message(es: "Guardar como nota interna", en: "Keep as an internal note", pt: "Guardar como nota interna")
        case .keepDraft: Message(es: "Guardar borrador", en: "Keep draft", pt: "Guardar rascunho")
        case .canned: Message(es: "Respuestas guardadas", en: "Canned replies", pt: "Respostas prontas")
        case .noCanned:
            Message(
                es: "Todavía no hay respuestas guardadas.", en: "There are no canned replies yet.",
                pt: "Ainda não há respostas prontas.")
        case .take: Message(es: "Tomar", en: "Take it", pt: "Assumir")
        case .takeAnyway: Message(es: "Tomarla de todos modos", en: "Take it anyway", pt: "Assumir mesmo assim")
        case .answerAnyway:
            Message(
                es: "Responder de todos modos y tomar la conversación", en: "Answer anyway and take the conversation",
                pt: "Responder mesmo assim e assumir a conversa")
        case .assign: Message(es: "Asignar", en: "Assign", pt: "Atribuir")
        case .assignTo: Message(es: "Asignar a", en: "Assign to", pt: "Atribuir a")
        case .close: Message(es: "Cerrar", en: "Close", pt: "Encerrar")
        case .reopen: Message(es: "Reabrir", en: "Open again", pt: "Reabrir")
        case .toBot: Message(es: "Devolver al bot", en: "Give back to the bot", pt: "Devolver ao bot")
        case .wait: Message(es: "Dejar en espera", en: "Put on hold", pt: "Deixar em espera")
        case .waitUntil: Message(es: "Hasta el día", en: "Until the day", pt: "Até o dia")
        case .until: Message(es: "hasta {moment}", en: "until {moment}", pt: "até {moment}")
        case .labels: Message(es: "Etiquetas", en: "Labels", pt: "Etiquetas")
        case .noLabels:
            Message(es: "No hay etiquetas todavía.", en: "There are no labels yet.", pt: "Ainda não há etiquetas.")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .owner: Message(es: "La atiende", en: "Answered by", pt: "Atende")
        case .telephone: Message(es: "Teléfono", en: "Telephone", pt: "Telefone")
        case .correspondent: Message(es: "Identificador", en: "Identifier", pt: "Identificador")
        case .whose: Message(es: "Quién escribe", en: "Who writes", pt: "Quem escreve")
        case .linkedBy: Message(es: "Vinculada", en: "Linked", pt: "Vinculada")
        case .unlinked:
            Message(
                es: "No está vinculada a un cliente.", en: "It is linked to no customer.",
                pt: "Não está vinculada a um cliente.")
        case .unlink: Message(es: "Desvincular", en: "Unlink", pt: "Desvincular")
        case .proposals: Message(es: "Puede ser", en: "It may be", pt: "Pode ser")
        case .noProposals:
            Message(
                es: "Ningún cliente se le parece. Búsquelo.", tu: "Ningún cliente se le parece. Búscalo.",
                vos: "Ningún cliente se le parece. Buscalo.", en: "No customer is like it. Search for them.",
                pt: "Nenhum cliente é parecido. Busque-o.")
        case .linkTo: Message(es: "Vincular a {name}", en: "Link to {name}", pt: "Vincular a {name}")
        case .findCustomer: Message(es: "Buscar cliente", en: "Search customer", pt: "Buscar cliente")
        case .notReached:
            Message(
                es: "Sus permisos no muestran la ficha de este cliente.",
                en: "Your permissions do not show this customer's page.",
                pt: "Suas permissões não mostram a ficha deste cliente.")
        case .optedOut: ConversationRefusal.optedOut.message
        case .retry: Message(es: "Reintentar", en: "Try again", pt: "Tentar de novo")
        case .back: Message(es: "Bandeja", en: "Inbox", pt: "Caixa de entrada")
        case .map: Message(es: "Ver en el mapa", en: "See on the map", pt: "Ver no mapa")
        case .note: Message(es: "Nota interna", en: "Internal note", pt: "Nota interna")
        case .number: Message(es: "Conversación {number}", en: "Conversation {number}", pt: "Conversa {number}")
        case .newLabel: Message(es: "Nueva etiqueta", en: "New label", pt: "Nova etiqueta")
        case .newCanned: Message(es: "Nueva respuesta", en: "New reply", pt: "Nova resposta")
        case .cannedTitle: Message(es: "Respuestas guardadas", en: "Canned replies", pt: "Respostas prontas")
        case .cannedIntro:
            Message(
                es: "Textos que se usan a menudo. En la respuesta se llaman con /código y se revisan antes de enviar.",
                en: "Texts that are used often. In an answer /code calls them up, to be read before they are sent.",
                pt: "Textos usados com frequência. Na resposta são chamados com /código e revistos antes de enviar.")
        case .labelsIntro:
            Message(
                es: "Ordenan las conversaciones: reclamo, venta, pago.",
                en: "They sort conversations: complaint, sale, payment.",
                pt: "Organizam as conversas: reclamação, venda, pagamento.")
        case .noLabelsYet:
            Message(es: "Todavía no hay etiquetas.", en: "There are no labels yet.", pt: "Ainda não há etiquetas.")
        case .noCannedYet:
            Message(
                es: "Todavía no hay respuestas guardadas.", en: "There are no canned replies yet.",
                pt: "Ainda não há respostas prontas.")
        case .delete: Message(es: "Eliminar", en: "Delete", pt: "Excluir")
        case .deleteTitle: Message(es: "Eliminar {name}", en: "Delete {name}", pt: "Excluir {name}")
        case .deleteLabel:
            Message(
                es: "Las conversaciones que la tienen la pierden.", en: "Conversations that have it lose it.",
                pt: "As conversas que a têm a perdem.")
        case .deleteCanned:
            Message(
                es: "Los mensajes ya enviados no cambian.", en: "Messages that were sent do not change.",
                pt: "As mensagens já enviadas não mudam.")
        case .code: Message(es: "Código", en: "Code", pt: "Código")
        case .text: Message(es: "Texto", en: "Text", pt: "Texto")
        case .colour: Message(es: "Color", en: "Colour", pt: "Cor")
        case .conversation: Message(es: "Conversación", en: "Conversation", pt: "Conversa")
        case .noConversations:
            Message(
                es: "Este cliente todavía no ha escrito, o su chat no está vinculado.",
                en: "This customer has not written yet, or their chat is not linked.",
                pt: "Este cliente ainda não escreveu, ou seu chat não está vinculado.")
        case .write: Message(es: "Escribir", en: "Write", pt: "Escrever")
        case .writeOnPortal: Message(es: "Escribir en su portal", en: "Write on their portal", pt: "Escrever no portal")
        case .portalHint:
            Message(
                es: "El cliente lo lee cuando entra a su portal.",
                en: "The customer reads it when they open their portal.",
                pt: "O cliente lê quando entra no portal.")
        case .makeCode:
            Message(
                es: "Código para vincular su chat", en: "Code to link their chat", pt: "Código para vincular o chat")
        case .codeHint:
            Message(
                es: "Sirve una vez y por siete días. El anterior deja de servir.",
                en: "Good once, for seven days. An earlier one stops working.",
                pt: "Serve uma vez, por sete dias. O anterior deixa de servir.")
        case .codeMade:
            Message(
                es: "Pida al cliente que escriba esto desde su chat:",
                en: "Ask the customer to write this from their chat:",
                pt: "Peça ao cliente que escreva isto do chat:")
        case .codeText:
            Message(
                es: "Para vincular su chat con {company}, escriba: vincular {code}",
                tu: "Para vincular tu chat con {company}, escribe: vincular {code}",
                vos: "Para vincular tu chat con {company}, escribí: vincular {code}",
                en: "To link your chat with {company}, write: vincular {code}",
                pt: "Para vincular seu chat com {company}, escreva: vincular {code}")
        case .linking: Message(es: "Vinculación de chats", en: "Linked chats", pt: "Vinculação de chats")
        case .following: Message(es: "Siguientes", en: "Next", pt: "Seguintes")
        case .linkedShare:
            Message(
                es: "{linked} de {total} clientes tienen un chat vinculado ({percent} %).",
                en: "{linked} of {total} customers have a linked chat ({percent}%).",
                pt: "{linked} de {total} clientes têm um chat vinculado ({percent} %).")
        case .linkingIntro:
            Message(
                es: "A quien tiene un chat vinculado se le puede avisar y el bot le responde sobre su cuenta.",
                en: "Who has a linked chat can be told things, and the bot answers about their account.",
                pt: "Quem tem um chat vinculado pode ser avisado, e o bot responde sobre sua conta.")
        case .unlinkedCustomers:
            Message(
                es: "Clientes sin chat vinculado", en: "Customers without a linked chat",
                pt: "Clientes sem chat vinculado")
        case .noneHere:
            Message(
                es: "Los siguientes 5,000 clientes tienen un chat vinculado.",
                en: "The next 5,000 customers have a linked chat.",
                pt: "Os próximos 5.000 clientes têm um chat vinculado.")
        case .everyoneLinked:
            Message(
                es: "Todos los clientes tienen un chat vinculado.", en: "All customers have a linked chat.",
                pt: "Todos os clientes têm um chat vinculado.")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .download: Message(es: "Descargar {name}", en: "Download {name}", pt: "Baixar {name}")
        case .preview: Message(es: "Imagen del cliente", en: "The customer's picture", pt: "Imagem do cliente")
        case .chat: Message(es: "Mensajes", en: "Messages", pt: "Mensagens")
        case .chatHint:
            Message(
                es: "Escríbanos; le respondemos aquí mismo.", tu: "Escríbenos; te respondemos aquí mismo.",
                vos: "Escribinos; te respondemos acá mismo.", en: "Write to us; we answer right here.",
                pt: "Escreva para nós; respondemos aqui mesmo.")
        case .chatSend: Message(es: "Enviar mensaje", en: "Send message", pt: "Enviar mensagem")
        case .chatEmpty:
            Message(es: "Todavía no hay mensajes.", en: "There are no messages yet.", pt: "Ainda não há mensagens.")
        case .refresh:
            Message(es: "Ver si hay respuesta", en: "See whether there is an answer", pt: "Ver se há resposta")
        case .yourMessage:
            Message(es: "Su mensaje", tu: "Tu mensaje", vos: "Tu mensaje", en: "Your message", pt: "Sua mensagem")
        }
    }
}
