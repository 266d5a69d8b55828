import Locale

enum TicketWords: MessageCatalogue {
    case tickets, intro, none, new, create, ticket, named, number, title, details, client, clientHint
    case customer, service, telephone, address, everyService, kind, priority, state, sla, source, phase
    case holder, assignee, nobody, incident, incidentHint, noIncident, othersOfIncident, currentIncident, isHolding,
        holding
    case dueAt, standsStill, madeAt, madeBy, resolvedAt, conversation, openConversation, mergedInto, seeMerged
    case edit, save, assign, assignTo, workerOpen, take, byLoad, merge, mergeWith, mergeText, mergedNote
    case start, wait, resolve, close, reopen, written, nothingWritten, privately, answer, answerHint, send
    case keepNote, canned, noCanned, file, fileHint, filesTitle, picture, mine, unassigned, dueSoon
    case overdueOnes, over, changeState, newState, stateHint, openFigure, figureNote, myFigure, openOnes
    case ofCustomer, noneOfCustomer, ofConversation, rating, ratingOf, policy, policyIntro, opens, opensHint
    case closes, onSaturday, onSunday, urgentHours, hoursHint, highHours, normalHours, lowHours, soonMinutes
    case closeDays, closeDaysHint, isAssigned, isRated, alerted, alertedHint, holdReason, openedSubject
    case openedText, answerSubject, answerFile, resolvedSubject, resolvedText, resolvedTextRated, soonSubject
    case soonLetter, overdueSubject, overdueLetter, see, botTaken, botSubject, staffSoon, staffOverdue
    case staffAssigned, noticeSoon, noticeOverdue, noticeAssigned, canSupport, portalHint, portalButton
    case portalNone, portalNew, portalSubject, portalText, portalFile, portalSend, portalComment, portalWrite
    case you, portalRate, portalRateNote, portalRateSend, portalRated, star1, star2, star3, star4, star5

    var message: Message {
        switch self {
        case .tickets: Message(es: "Tickets", en: "Tickets", pt: "Tickets")
        case .intro:
            Message(
                es: "Lo que sus clientes reportan o piden, quién lo atiende y hasta cuándo según su horario.",
                tu: "Lo que tus clientes reportan o piden, quién lo atiende y hasta cuándo según tu horario.",
                vos: "Lo que tus clientes reportan o piden, quién lo atiende y hasta cuándo según tu horario.",
                en: "What your customers report or ask for, who sees to it, and until when by your hours.",
                pt: "O que seus clientes relatam ou pedem, quem atende e até quando pelo seu horário.")
        case .none: Message(es: "No hay tickets.", en: "There are no tickets.", pt: "Não há tickets.")
        case .new: Message(es: "Nuevo ticket", en: "New ticket", pt: "Novo ticket")
        case .create: Message(es: "Crear ticket", en: "Create ticket", pt: "Criar ticket")
        case .ticket: Message(es: "Ticket", en: "Ticket", pt: "Ticket")
        case .named:
            Message(
                es: "Ticket n.º {number}: {title}", en: "Ticket no. {number}: {title}",
                pt: "Ticket n.º {number}: {title}")
        case .number: Message(es: "N.º", en: "No.", pt: "N.º")
        case .title: Message(es: "Asunto", en: "Subject", pt: "Assunto")
        case .details: Message(es: "Descripción", en: "Description", pt: "Descrição")
        case .client: Message(es: "N.º de cliente", en: "Customer number", pt: "N.º do cliente")
        case .clientHint:
            Message(
                es: "Vacío: un ticket interno, sin cliente.", en: "Empty: an internal ticket, without a customer.",
                pt: "Vazio: um ticket interno, sem cliente.")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .service: Message(es: "Servicio", en: "Service", pt: "Serviço")
        case .telephone: Message(es: "Teléfono", en: "Telephone", pt: "Telefone")
        case .address: Message(es: "Dirección", en: "Address", pt: "Endereço")
        case .everyService:
            Message(es: "Ninguno en particular", en: "None in particular", pt: "Nenhum em particular")
        case .kind: Message(es: "Motivo", en: "Matter", pt: "Motivo")
        case .priority: Message(es: "Prioridad", en: "Priority", pt: "Prioridade")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .sla: Message(es: "SLA", en: "SLA", pt: "SLA")
        case .source: Message(es: "Origen", en: "Source", pt: "Origem")
        case .phase: Message(es: "Mostrar", en: "Show", pt: "Mostrar")
        case .holder: Message(es: "Asignación", en: "Assignment", pt: "Atribuição")
        case .assignee: Message(es: "Lo atiende", en: "Seen to by", pt: "Atende")
        case .nobody: Message(es: "Nadie", en: "Nobody", pt: "Ninguém")
        case .incident: Message(es: "Falla", en: "Incident", pt: "Falha")
        case .incidentHint:
            Message(
                es: "Muchos reportes con una misma causa se ligan a la falla.",
                en: "Many reports with one cause are linked to the incident.",
                pt: "Muitos relatos com uma mesma causa se ligam à falha.")
        case .noIncident: Message(es: "Ninguna", en: "None", pt: "Nenhuma")
        case .currentIncident: Message(es: "Falla en curso", en: "Failure under way", pt: "Falha em curso")
        case .othersOfIncident:
            Message(es: "Tickets de esta falla", en: "Tickets of this incident", pt: "Tickets desta falha")
        case .isHolding:
            Message(
                es: "Pausar la cobranza del cliente hasta que se resuelva",
                en: "Hold the customer's collection until it is resolved",
                pt: "Pausar a cobrança do cliente até ser resolvido")
        case .holding:
            Message(es: "La cobranza está en pausa", en: "Collection is on hold", pt: "A cobrança está em pausa")
        case .dueAt: Message(es: "Vence", en: "Due", pt: "Vence")
        case .standsStill:
            Message(
                es: "Reloj detenido; quedan {hours} h {minutes} min de oficina",
                en: "The clock stands; {hours} h {minutes} min of office time are left",
                pt: "Relógio parado; restam {hours} h {minutes} min de expediente")
        case .madeAt: Message(es: "Creado", en: "Created", pt: "Criado")
        case .madeBy: Message(es: "Lo creó", en: "Created by", pt: "Criado por")
        case .resolvedAt: Message(es: "Resuelto", en: "Resolved", pt: "Resolvido")
        case .conversation: Message(es: "Conversación", en: "Conversation", pt: "Conversa")
        case .openConversation: Message(es: "Ver la conversación", en: "See the conversation", pt: "Ver a conversa")
        case .mergedInto: Message(es: "Se unió al ticket", en: "Merged into ticket", pt: "Unido ao ticket")
        case .seeMerged:
            Message(
                es: "Ver el ticket al que se unió", en: "See the ticket it was merged into",
                pt: "Ver o ticket ao qual foi unido")
        case .edit: Message(es: "Cambiar", en: "Change", pt: "Alterar")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .assign: Message(es: "Asignar", en: "Assign", pt: "Atribuir")
        case .assignTo: Message(es: "Asignar a", en: "Assign to", pt: "Atribuir a")
        case .workerOpen:
            Message(es: "{name} ({number} abiertos)", en: "{name} ({number} open)", pt: "{name} ({number} abertos)")
        case .take: Message(es: "Tomar", en: "Take", pt: "Assumir")
        case .byLoad: Message(es: "A quien menos tiene", en: "To whoever has fewest", pt: "A quem tem menos")
        case .merge: Message(es: "Unir", en: "Merge", pt: "Unir")
        case .mergeWith:
            Message(
                es: "N.º del ticket que continúa", en: "Number of the ticket that goes on",
                pt: "N.º do ticket que continua")
        case .mergeText:
            Message(
                es: "Este ticket se cierra y su contenido pasa como nota al otro.",
                en: "This ticket is closed and its text goes to the other as a note.",
                pt: "Este ticket é fechado e seu texto vai como nota ao outro.")
        case .mergedNote:
            Message(
                es: "Se unió el ticket n.º {number}: {title}. {text}",
                en: "Ticket no. {number} was merged: {title}. {text}",
                pt: "O ticket n.º {number} foi unido: {title}. {text}")
        case .start: Message(es: "Comenzar", en: "Begin", pt: "Começar")
        case .wait: Message(es: "Esperar al cliente", en: "Wait for the customer", pt: "Aguardar o cliente")
        case .resolve: Message(es: "Resolver", en: "Resolve", pt: "Resolver")
        case .close: Message(es: "Cerrar", en: "Close", pt: "Fechar")
        case .reopen: Message(es: "Reabrir", en: "Reopen", pt: "Reabrir")
        case .written: Message(es: "Comentarios", en: "Comments", pt: "Comentários")
        case .nothingWritten:
            Message(es: "Nadie ha escrito todavía.", en: "Nobody has written yet.", pt: "Ninguém escreveu ainda.")
        case .privately: Message(es: "Nota interna", en: "Internal note", pt: "Nota interna")
        case .answer: Message(es: "Comentario", en: "Comment", pt: "Comentário")
        case .answerHint:
            Message(
                es: "El cliente recibe la respuesta; la nota interna solo la ve su personal.",
                tu: "El cliente recibe la respuesta; la nota interna solo la ve tu personal.",
                vos: "El cliente recibe la respuesta; la nota interna solo la ve tu personal.",
                en: "The customer gets the answer; an internal note is seen by your staff only.",
                pt: "O cliente recebe a resposta; a nota interna só é vista pela sua equipe.")
        case .send: Message(es: "Responder al cliente", en: "Answer the customer", pt: "Responder ao cliente")
        case .keepNote: Message(es: "Guardar nota interna", en: "Keep internal note", pt: "Guardar nota interna")
        case .canned: Message(es: "Base de respuestas", en: "Canned answers", pt: "Respostas prontas")
        case .noCanned:
            Message(
                es: "No hay respuestas guardadas.", en: "There are no canned answers.",
                pt: "Não há respostas prontas.")
        case .file: Message(es: "Archivo", en: "File", pt: "Arquivo")
        case .fileHint:
            Message(
                es: "Una foto o un PDF de hasta 8 MB.", en: "A picture or a PDF of up to 8 MB.",
                pt: "Uma foto ou um PDF de até 8 MB.")
        case .filesTitle: Message(es: "Archivos", en: "Files", pt: "Arquivos")
        case .picture: Message(es: "Foto: {name}", en: "Picture: {name}", pt: "Foto: {name}")
        case .mine: Message(es: "Míos", en: "Mine", pt: "Meus")
        case .unassigned: Message(es: "Sin asignar", en: "Unassigned", pt: "Sem responsável")
        case .dueSoon: Message(es: "Por vencer", en: "Due soon", pt: "A vencer")
        case .overdueOnes: Message(es: "Vencidos", en: "Overdue", pt: "Vencidos")
        case .over: Message(es: "Resueltos y cerrados", en: "Resolved and closed", pt: "Resolvidos e fechados")
        case .changeState: Message(es: "Cambiar estado", en: "Change status", pt: "Alterar situação")
        case .newState: Message(es: "Estado nuevo", en: "New status", pt: "Nova situação")
        case .stateHint:
            Message(
                es: "A los clientes de los que quedan resueltos se les avisa.",
                en: "The customers of those that become resolved are told.",
                pt: "Os clientes dos que ficam resolvidos são avisados.")
        case .openFigure: Message(es: "Tickets abiertos", en: "Open tickets", pt: "Tickets abertos")
        case .figureNote:
            Message(
                es: "{unassigned} sin asignar · {overdue} vencidos",
                en: "{unassigned} unassigned · {overdue} overdue",
                pt: "{unassigned} sem responsável · {overdue} vencidos")
        case .myFigure: Message(es: "Mis tickets", en: "My tickets", pt: "Meus tickets")
        case .openOnes: Message(es: "Tickets abiertos", en: "Open tickets", pt: "Tickets abertos")
        case .ofCustomer: Message(es: "Tickets de {name}", en: "Tickets of {name}", pt: "Tickets de {name}")
        case .noneOfCustomer:
            Message(
                es: "El cliente no tiene tickets.", en: "The customer has no tickets.",
                pt: "O cliente não tem tickets.")
        case .ofConversation: Message(es: "Tickets", en: "Tickets", pt: "Tickets")
        case .rating: Message(es: "Calificación", en: "Rating", pt: "Avaliação")
        case .ratingOf: Message(es: "{number} de 5", en: "{number} of 5", pt: "{number} de 5")
        case .policy: Message(es: "Política de tickets", en: "Ticket policy", pt: "Política de tickets")
        case .policyIntro:
            Message(
                es:
                    "El tiempo de un ticket cuenta solo en este horario y se detiene mientras se espera al cliente. Los cambios valen para los tickets nuevos.",
                en:
                    "A ticket's time counts in these hours only and stands still while the customer is waited for. Changes apply to new tickets.",
                pt:
                    "O tempo de um ticket conta só neste horário e para enquanto se aguarda o cliente. As alterações valem para os tickets novos."
            )
        case .opens: Message(es: "Abre", en: "Opens", pt: "Abre")
        case .opensHint:
            Message(
                es: "De lunes a viernes, en el horario de la empresa: 08:00.",
                en: "Monday to Friday, by the company's clock: 08:00.",
                pt: "De segunda a sexta, no horário da empresa: 08:00.")
        case .closes: Message(es: "Cierra", en: "Closes", pt: "Fecha")
        case .onSaturday: Message(es: "También los sábados", en: "On Saturdays too", pt: "Também aos sábados")
        case .onSunday: Message(es: "También los domingos", en: "On Sundays too", pt: "Também aos domingos")
        case .urgentHours:
            Message(es: "Horas para lo urgente", en: "Hours for what is urgent", pt: "Horas para o urgente")
        case .hoursHint:
            Message(
                es: "Horas de oficina hasta que debe quedar resuelto.",
                en: "Office hours until it is to be resolved.",
                pt: "Horas de expediente até que deve estar resolvido.")
        case .highHours:
            Message(
                es: "Horas para prioridad alta", en: "Hours for high priority", pt: "Horas para prioridade alta")
        case .normalHours:
            Message(
                es: "Horas para prioridad normal", en: "Hours for normal priority",
                pt: "Horas para prioridade normal")
        case .lowHours:
            Message(
                es: "Horas para prioridad baja", en: "Hours for low priority", pt: "Horas para prioridade baixa")
        case .soonMinutes:
            Message(
                es: "Minutos antes en que está por vencer", en: "Minutes before from which it is due soon",
                pt: "Minutos antes em que está a vencer")
        case .closeDays:
            Message(
                es: "Días hasta cerrar los resueltos", en: "Days until resolved ones are closed",
                pt: "Dias até fechar os resolvidos")
        case .closeDaysHint:
            Message(
                es: "0: no se cierran solos.", en: "0: they are not closed by themselves.",
                pt: "0: não se fecham sozinhos.")
        case .isAssigned:
            Message(
                es: "Asignar los nuevos a quien menos tickets tiene en la zona",
                en: "Assign new ones to whoever has the fewest in the zone",
                pt: "Atribuir os novos a quem tem menos na zona")
        case .isRated:
            Message(
                es: "Preguntar al cliente si quedó satisfecho", en: "Ask the customer whether they are satisfied",
                pt: "Perguntar ao cliente se ficou satisfeito")
        case .alerted:
            Message(
                es: "Correos a los que se avisa", en: "E-mail addresses that are alerted",
                pt: "E-mails que são avisados")
        case .alertedHint:
            Message(
                es: "Separados por comas; además se avisa a quien atiende el ticket.",
                en: "Separated by commas; whoever sees to the ticket is told as well.",
                pt: "Separados por vírgulas; quem atende o ticket também é avisado.")
        case .holdReason: Message(es: "Ticket n.º {number}", en: "Ticket no. {number}", pt: "Ticket n.º {number}")
        case .openedSubject:
            Message(
                es: "Recibimos su reporte n.º {number}", tu: "Recibimos tu reporte n.º {number}",
                vos: "Recibimos tu reporte n.º {number}", en: "We received your report no. {number}",
                pt: "Recebemos seu relato n.º {number}")
        case .openedText:
            Message(
                es: "Registramos su reporte n.º {number}: {title}. Le avisamos cuando haya novedades.",
                tu: "Registramos tu reporte n.º {number}: {title}. Te avisamos cuando haya novedades.",
                vos: "Registramos tu reporte n.º {number}: {title}. Te avisamos cuando haya novedades.",
                en: "Your report no. {number} is registered: {title}. We will tell you when there is news.",
                pt: "Registramos seu relato n.º {number}: {title}. Avisamos quando houver novidades.")
        case .answerSubject:
            Message(
                es: "Respuesta a su reporte n.º {number}", tu: "Respuesta a tu reporte n.º {number}",
                vos: "Respuesta a tu reporte n.º {number}", en: "Answer to your report no. {number}",
                pt: "Resposta ao seu relato n.º {number}")
        case .answerFile:
            Message(
                es: "Le enviamos un archivo. Lo encuentra en su portal.",
                tu: "Te enviamos un archivo. Lo encuentras en tu portal.",
                vos: "Te enviamos un archivo. Lo encontrás en tu portal.",
                en: "We sent you a file. You find it in your portal.",
                pt: "Enviamos um arquivo. Você o encontra no seu portal.")
        case .resolvedSubject:
            Message(
                es: "Su reporte n.º {number} quedó resuelto", tu: "Tu reporte n.º {number} quedó resuelto",
                vos: "Tu reporte n.º {number} quedó resuelto", en: "Your report no. {number} is resolved",
                pt: "Seu relato n.º {number} foi resolvido")
        case .resolvedText:
            Message(
                es:
                    "Damos por resuelto su reporte n.º {number}: {title}. Si sigue igual, responda en su portal y lo retomamos.",
                tu:
                    "Damos por resuelto tu reporte n.º {number}: {title}. Si sigue igual, responde en tu portal y lo retomamos.",
                vos:
                    "Damos por resuelto tu reporte n.º {number}: {title}. Si sigue igual, respondé en tu portal y lo retomamos.",
                en:
                    "We take your report no. {number} as resolved: {title}. If it goes on, answer in your portal and we go on with it.",
                pt:
                    "Consideramos resolvido seu relato n.º {number}: {title}. Se continuar, responda no seu portal e retomamos."
            )
        case .resolvedTextRated:
            Message(
                es:
                    "Damos por resuelto su reporte n.º {number}: {title}. Si sigue igual, responda en su portal y lo retomamos. Ahí también puede decirnos cómo le atendimos.",
                tu:
                    "Damos por resuelto tu reporte n.º {number}: {title}. Si sigue igual, responde en tu portal y lo retomamos. Ahí también puedes decirnos cómo te atendimos.",
                vos:
                    "Damos por resuelto tu reporte n.º {number}: {title}. Si sigue igual, respondé en tu portal y lo retomamos. Ahí también podés decirnos cómo te atendimos.",
                en:
                    "We take your report no. {number} as resolved: {title}. If it goes on, answer in your portal and we go on with it. You can also tell us there how we did.",
                pt:
                    "Consideramos resolvido seu relato n.º {number}: {title}. Se continuar, responda no seu portal e retomamos. Lá também pode dizer como foi o atendimento."
            )
        case .soonSubject:
            Message(
                es: "Por vencer: ticket n.º {number}", en: "Due soon: ticket no. {number}",
                pt: "A vencer: ticket n.º {number}")
        case .soonLetter:
            Message(
                es: "El ticket n.º {number} de {customer} está por vencer: {title}.",
                en: "Ticket no. {number} of {customer} is due soon: {title}.",
                pt: "O ticket n.º {number} de {customer} está a vencer: {title}.")
        case .overdueSubject:
            Message(
                es: "Vencido: ticket n.º {number}", en: "Overdue: ticket no. {number}",
                pt: "Vencido: ticket n.º {number}")
        case .overdueLetter:
            Message(
                es: "El ticket n.º {number} de {customer} venció sin resolverse: {title}.",
                en: "Ticket no. {number} of {customer} is overdue and not resolved: {title}.",
                pt: "O ticket n.º {number} de {customer} venceu sem ser resolvido: {title}.")
        case .see: Message(es: "Ver el ticket", en: "See the ticket", pt: "Ver o ticket")
        case .botTaken:
            Message(
                es: "Listo: su reporte quedó registrado con el n.º {number}. Una persona lo revisa y le avisamos.",
                tu: "Listo: tu reporte quedó registrado con el n.º {number}. Una persona lo revisa y te avisamos.",
                vos: "Listo: tu reporte quedó registrado con el n.º {number}. Una persona lo revisa y te avisamos.",
                en: "Done: your report is registered as no. {number}. A person looks at it and we will tell you.",
                pt: "Pronto: seu relato foi registrado com o n.º {number}. Uma pessoa vai ver e avisamos.")
        case .botSubject: Message(es: "Reporte por chat", en: "Report by chat", pt: "Relato por chat")
        case .staffSoon:
            Message(
                es: "Ticket n.º {number} por vencer: {title} ({customer})",
                en: "Ticket no. {number} due soon: {title} ({customer})",
                pt: "Ticket n.º {number} a vencer: {title} ({customer})")
        case .staffOverdue:
            Message(
                es: "Ticket n.º {number} vencido: {title} ({customer})",
                en: "Ticket no. {number} overdue: {title} ({customer})",
                pt: "Ticket n.º {number} vencido: {title} ({customer})")
        case .staffAssigned:
            Message(
                es: "Le asignaron el ticket n.º {number}: {title} ({customer})",
                tu: "Te asignaron el ticket n.º {number}: {title} ({customer})",
                vos: "Te asignaron el ticket n.º {number}: {title} ({customer})",
                en: "You were given ticket no. {number}: {title} ({customer})",
                pt: "Você recebeu o ticket n.º {number}: {title} ({customer})")
        case .noticeSoon: Message(es: "Tickets por vencer", en: "Tickets due soon", pt: "Tickets a vencer")
        case .noticeOverdue: Message(es: "Tickets vencidos", en: "Overdue tickets", pt: "Tickets vencidos")
        case .noticeAssigned:
            Message(
                es: "Tickets que le asignan", tu: "Tickets que te asignan", vos: "Tickets que te asignan",
                en: "Tickets you are given", pt: "Tickets que lhe atribuem")
        case .canSupport: Message(es: "Soporte", en: "Support", pt: "Suporte")
        case .portalHint:
            Message(
                es: "Reporte un problema o pida algo, con una foto si ayuda.",
                tu: "Reporta un problema o pide algo, con una foto si ayuda.",
                vos: "Reportá un problema o pedí algo, con una foto si ayuda.",
                en: "Report a problem or ask for something, with a picture if it helps.",
                pt: "Relate um problema ou peça algo, com uma foto se ajudar.")
        case .portalButton: Message(es: "Mis reportes", en: "My reports", pt: "Meus relatos")
        case .portalNone:
            Message(
                es: "No tiene reportes con {company}.", tu: "No tienes reportes con {company}.",
                vos: "No tenés reportes con {company}.", en: "You have no reports with {company}.",
                pt: "Você não tem relatos com {company}.")
        case .portalNew: Message(es: "Reportar", en: "Report", pt: "Relatar")
        case .portalSubject: Message(es: "¿Qué pasa?", en: "What is the matter?", pt: "O que acontece?")
        case .portalText:
            Message(
                es: "Cuéntenos más", tu: "Cuéntanos más", vos: "Contanos más", en: "Tell us more", pt: "Conte mais")
        case .portalFile:
            Message(es: "Foto o PDF (opcional)", en: "Picture or PDF (optional)", pt: "Foto ou PDF (opcional)")
        case .portalSend: Message(es: "Enviar reporte", en: "Send report", pt: "Enviar relato")
        case .portalComment: Message(es: "Escribir", en: "Write", pt: "Escrever")
        case .portalWrite: Message(es: "Agregar comentario", en: "Add comment", pt: "Adicionar comentário")
        case .you: Message(es: "Usted", tu: "Tú", vos: "Vos", en: "You", pt: "Você")
        case .portalRate:
            Message(
                es: "¿Cómo le atendimos?", tu: "¿Cómo te atendimos?", vos: "¿Cómo te atendimos?",
                en: "How did we do?", pt: "Como foi o atendimento?")
        case .portalRateNote:
            Message(
                es: "¿Algo que debamos saber? (opcional)", en: "Anything we should know? (optional)",
                pt: "Algo que devamos saber? (opcional)")
        case .portalRateSend: Message(es: "Calificar", en: "Rate", pt: "Avaliar")
        case .portalRated:
            Message(
                es: "Gracias: nos calificó con {number} de 5.", tu: "Gracias: nos calificaste con {number} de 5.",
                vos: "Gracias: nos calificaste con {number} de 5.", en: "Thank you: you rated us {number} of 5.",
                pt: "Obrigado: você nos avaliou com {number} de 5.")
        case .star1: Message(es: "1: muy mal", en: "1: very bad", pt: "1: muito ruim")
        case .star2: Message(es: "2: mal", en: "2: bad", pt: "2: ruim")
        case .star3: Message(es: "3: regular", en: "3: fair", pt: "3: regular")
        case .star4: Message(es: "4: bien", en: "4: good", pt: "4: bom")
        case .star5: Message(es: "5: muy bien", en: "5: very good", pt: "5: muito bom")
        }
    }
}
