import Locale

enum FieldWords: MessageCatalogue {
    case agenda, intro, none, today, ofDay, mine, everybody, nothingToday, dayBefore, dayAfter, new, create
    case named, number, kind, state, phase, client, customer, service, noService, ticket, noTicket, assignee
    case nobody, day, dayHint, begins, beginsHint, minutes, note, noteHint, telephone, address, map, when
    case unscheduled, reschedule, cancel, cancelText, reason, start, finish, checklist, report, serials, fetched
    case putUp, takenAway, photo, photoHint, addPhoto, photos, photoNamed, activates, resolves, contract
    case takePayment, madeBy, rescheduledOnes, rescheduleSome, sameOne, sameDay, sameTime, startedAt, endedAt
    case works, planVisit, planInstallation, planRecovery, checklists, checklistsIntro
    case checklistHint, itemPlace, itemCabling, itemSignal, itemSpeed, itemExplained, itemCause, itemFetched
    case itemAccessories, appointmentSubject, appointmentText, figure, figureNote, coming

    var message: Message {
        switch self {
        case .agenda: Message(es: "Agenda de técnicos", en: "Field work", pt: "Agenda de técnicos")
        case .intro:
            Message(
                es: "Instalaciones, visitas y equipos por retirar: quién va y cuándo.",
                en: "Installations, visits and equipment to fetch: who goes and when.",
                pt: "Instalações, visitas e equipamentos a retirar: quem vai e quando.")
        case .none: Message(es: "No hay trabajos.", en: "There is no field work.", pt: "Não há trabalhos.")
        case .today: Message(es: "Hoy", en: "Today", pt: "Hoje")
        case .ofDay: Message(es: "Trabajos del {day}", en: "Work of {day}", pt: "Trabalhos de {day}")
        case .mine: Message(es: "Mis trabajos", en: "My work", pt: "Meus trabalhos")
        case .everybody: Message(es: "Los de todos", en: "Everybody's", pt: "Os de todos")
        case .nothingToday:
            Message(
                es: "No hay trabajos ese día.", en: "There is no work on that day.",
                pt: "Não há trabalhos nesse dia.")
        case .dayBefore: Message(es: "Día anterior", en: "Day before", pt: "Dia anterior")
        case .dayAfter: Message(es: "Día siguiente", en: "Day after", pt: "Dia seguinte")
        case .new: Message(es: "Agendar trabajo", en: "Schedule work", pt: "Agendar trabalho")
        case .create: Message(es: "Agendar", en: "Schedule", pt: "Agendar")
        case .named: Message(es: "{kind} n.º {number}", en: "{kind} no. {number}", pt: "{kind} n.º {number}")
        case .number: Message(es: "N.º", en: "No.", pt: "N.º")
        case .kind: Message(es: "Trabajo", en: "Work", pt: "Trabalho")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .phase: Message(es: "Mostrar", en: "Show", pt: "Mostrar")
        case .client: Message(es: "N.º de cliente", en: "Customer number", pt: "N.º do cliente")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .service: Message(es: "Servicio", en: "Service", pt: "Serviço")
        case .noService: Message(es: "Ninguno en particular", en: "None in particular", pt: "Nenhum em particular")
        case .ticket: Message(es: "Ticket", en: "Ticket", pt: "Ticket")
        case .noTicket: Message(es: "Ninguno", en: "None", pt: "Nenhum")
        case .assignee: Message(es: "Técnico", en: "Technician", pt: "Técnico")
        case .nobody: Message(es: "Nadie todavía", en: "Nobody yet", pt: "Ninguém ainda")
        case .day: Message(es: "Día", en: "Day", pt: "Dia")
        case .dayHint:
            Message(
                es: "Vacío: queda por agendar.", en: "Empty: still to be scheduled.", pt: "Vazio: fica por agendar.")
        case .begins: Message(es: "Hora", en: "Time", pt: "Hora")
        case .beginsHint:
            Message(
                es: "Como 09:30, por el reloj de la empresa.", en: "As 09:30, by the company's clock.",
                pt: "Como 09:30, pelo relógio da empresa.")
        case .minutes: Message(es: "Minutos que dura", en: "Minutes it takes", pt: "Minutos que dura")
        case .note: Message(es: "Indicaciones", en: "Directions", pt: "Instruções")
        case .noteHint:
            Message(
                es: "Para el técnico; el cliente no las lee.",
                en: "For the technician; the customer does not read them.",
                pt: "Para o técnico; o cliente não as lê.")
        case .telephone: Message(es: "Teléfono", en: "Telephone", pt: "Telefone")
        case .address: Message(es: "Dirección", en: "Address", pt: "Endereço")
        case .map: Message(es: "Abrir el mapa", en: "Open the map", pt: "Abrir o mapa")
        case .when: Message(es: "Cuándo", en: "When", pt: "Quando")
        case .unscheduled: Message(es: "Por agendar", en: "To be scheduled", pt: "Por agendar")
        case .reschedule: Message(es: "Reagendar", en: "Reschedule", pt: "Reagendar")
        case .cancel: Message(es: "Cancelar trabajo", en: "Call off", pt: "Cancelar trabalho")
        case .cancelText:
            Message(
                es: "El cliente no recibe otro aviso. ¿Por qué se cancela?",
                en: "The customer gets no other notice. Why is it called off?",
                pt: "O cliente não recebe outro aviso. Por que se cancela?")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .rescheduledOnes:
            Message(
                es: "Trabajos de campo reagendados", en: "Rescheduled field work", pt: "Trabalhos de campo reagendados")
        case .rescheduleSome:
            Message(es: "Reagendar varios", en: "Reschedule several", pt: "Reagendar vários")
        case .sameOne: Message(es: "El mismo de cada uno", en: "The same of each", pt: "O mesmo de cada um")
        case .sameDay:
            Message(
                es: "Vacío: el mismo día de cada uno.", en: "Empty: the same day of each.",
                pt: "Vazio: o mesmo dia de cada um.")
        case .sameTime:
            Message(
                es: "Vacío: la misma hora; 09:00 para los que no tienen.",
                en: "Empty: the same time; 09:00 for those that have none.",
                pt: "Vazio: a mesma hora; 09:00 para os que não têm.")
        case .start: Message(es: "Comenzar", en: "Begin", pt: "Começar")
        case .finish: Message(es: "Finalizar", en: "Finish", pt: "Finalizar")
        case .checklist: Message(es: "Lista de revisión", en: "Checklist", pt: "Lista de verificação")
        case .report: Message(es: "Qué se hizo", en: "What was done", pt: "O que foi feito")
        case .serials:
            Message(
                es: "Números de serie instalados", en: "Serial numbers installed", pt: "Números de série instalados")
        case .fetched:
            Message(es: "Números de serie retirados", en: "Serial numbers fetched", pt: "Números de série retirados")
        case .putUp: Message(es: "Equipo que instaló", en: "Equipment put up", pt: "Equipamento instalado")
        case .takenAway: Message(es: "Equipo que retiró", en: "Equipment taken away", pt: "Equipamento retirado")
        case .photo: Message(es: "Foto", en: "Picture", pt: "Foto")
        case .photoHint:
            Message(
                es: "Una imagen de hasta 8 MB por vez.", en: "One picture of up to 8 MB at a time.",
                pt: "Uma imagem de até 8 MB por vez.")
        case .addPhoto: Message(es: "Agregar foto", en: "Add picture", pt: "Adicionar foto")
        case .photos: Message(es: "Fotos", en: "Pictures", pt: "Fotos")
        case .photoNamed: Message(es: "Foto: {name}", en: "Picture: {name}", pt: "Foto: {name}")
        case .activates:
            Message(
                es: "Al finalizar se activa el servicio desde hoy.",
                en: "Finishing activates the service from today on.",
                pt: "Ao finalizar o serviço é ativado a partir de hoje.")
        case .resolves:
            Message(
                es: "Al finalizar se resuelve el ticket.", en: "Finishing resolves the ticket.",
                pt: "Ao finalizar o ticket é resolvido.")
        case .contract:
            Message(es: "Contratos del cliente", en: "The customer's contracts", pt: "Contratos do cliente")
        case .takePayment: Message(es: "Cobrar", en: "Take a payment", pt: "Cobrar")
        case .madeBy: Message(es: "Lo agendó", en: "Scheduled by", pt: "Agendado por")
        case .startedAt: Message(es: "Comenzó", en: "Begun", pt: "Começou")
        case .endedAt: Message(es: "Terminó", en: "Ended", pt: "Terminou")
        case .works: Message(es: "Trabajos de campo", en: "Field work", pt: "Trabalhos de campo")
        case .planVisit: Message(es: "Agendar visita", en: "Schedule a visit", pt: "Agendar visita")
        case .planInstallation:
            Message(es: "Agendar instalación", en: "Schedule the installation", pt: "Agendar instalação")
        case .planRecovery: Message(es: "Agendar retiro", en: "Schedule the fetching", pt: "Agendar retirada")
        case .checklists:
            Message(
                es: "Listas de revisión de técnicos", en: "Technicians' checklists",
                pt: "Listas de verificação dos técnicos")
        case .checklistsIntro:
            Message(
                es: "Un renglón por cada cosa que el técnico revisa antes de finalizar. Vacío: la lista usual.",
                en: "A line for each thing that the technician checks before finishing. Empty: the usual list.",
                pt: "Uma linha para cada coisa que o técnico verifica antes de finalizar. Vazio: a lista usual.")
        case .checklistHint:
            Message(
                es: "Un renglón por cada cosa; vacío: la lista usual.",
                en: "A line for each thing; empty: the usual list.",
                pt: "Uma linha para cada coisa; vazio: a lista usual.")
        case .itemPlace:
            Message(
                es: "Antena u ONU fijada y orientada", en: "Antenna or ONU fixed and aligned",
                pt: "Antena ou ONU fixada e alinhada")
        case .itemCabling:
            Message(
                es: "Cableado ordenado y protegido", en: "Cabling tidy and protected",
                pt: "Cabeamento organizado e protegido")
        case .itemSignal:
            Message(es: "Señal dentro de lo normal", en: "Signal within the usual", pt: "Sinal dentro do normal")
        case .itemSpeed:
            Message(
                es: "Velocidad del plan comprobada", en: "The plan's speed measured",
                pt: "Velocidade do plano comprovada")
        case .itemExplained:
            Message(
                es: "Se explicó al cliente cómo pagar y reportar", en: "The customer was told how to pay and report",
                pt: "Foi explicado ao cliente como pagar e relatar")
        case .itemCause:
            Message(
                es: "Se encontró y anotó la causa", en: "The cause was found and noted",
                pt: "A causa foi encontrada e anotada")
        case .itemFetched: Message(es: "Equipo retirado", en: "Equipment fetched", pt: "Equipamento retirado")
        case .itemAccessories:
            Message(
                es: "Cables y fuente completos", en: "Cables and power supply complete",
                pt: "Cabos e fonte completos")
        case .appointmentSubject:
            Message(es: "{kind}: {day}, {time}", en: "{kind}: {day}, {time}", pt: "{kind}: {day}, {time}")
        case .appointmentText:
            Message(
                es:
                    "{kind} agendada para el {day} a las {time}. Si no puede recibirnos, avísenos y buscamos otro día.",
                tu:
                    "{kind} agendada para el {day} a las {time}. Si no puedes recibirnos, avísanos y buscamos otro día.",
                vos:
                    "{kind} agendada para el {day} a las {time}. Si no podés recibirnos, avisanos y buscamos otro día.",
                en:
                    "{kind} scheduled for {day} at {time}. If you cannot receive us, tell us and we find another day.",
                pt: "{kind} agendada para {day} às {time}. Se não puder nos receber, avise e buscamos outro dia.")
        case .coming: Message(es: "Visitas agendadas", en: "Scheduled visits", pt: "Visitas agendadas")
        case .figure: Message(es: "Trabajos de hoy", en: "Today's work", pt: "Trabalhos de hoje")
        case .figureNote:
            Message(es: "{number} por agendar", en: "{number} to be scheduled", pt: "{number} por agendar")
        }
    }
}
