import Locale

enum TicketAPIWords: MessageCatalogue {
    case list, open, read, change, move, assign, entries, write, id, entryID, customer, service, state
    case assignee, incident, conversation, mergedInto, dueAt, resolvedAt, rating, madeAt, changedAt, privately
    case authorKind, author

    var message: Message {
        switch self {
        case .list:
            Message(es: "Los tickets, por número", en: "The tickets, by number", pt: "Os tickets, por número")
        case .open: Message(es: "Abre un ticket", en: "Opens a ticket", pt: "Abre um ticket")
        case .read: Message(es: "Un ticket", en: "One ticket", pt: "Um ticket")
        case .change: Message(es: "Cambia un ticket", en: "Changes a ticket", pt: "Altera um ticket")
        case .move:
            Message(
                es: "Pasa un ticket a otro estado", en: "Takes a ticket to another status",
                pt: "Passa um ticket a outra situação")
        case .assign:
            Message(
                es: "Asigna un ticket, o lo deja sin asignar", en: "Assigns a ticket, or leaves it unassigned",
                pt: "Atribui um ticket, ou o deixa sem responsável")
        case .entries:
            Message(
                es: "Lo escrito en un ticket, lo más antiguo primero",
                en: "What was written on a ticket, the oldest first",
                pt: "O escrito em um ticket, o mais antigo primeiro")
        case .write: Message(es: "Escribe en un ticket", en: "Writes on a ticket", pt: "Escreve em um ticket")
        case .id: Message(es: "Identifica el ticket.", en: "Stands for the ticket.", pt: "Identifica o ticket.")
        case .entryID:
            Message(es: "Identifica lo escrito.", en: "Stands for what was written.", pt: "Identifica o escrito.")
        case .customer:
            Message(
                es: "El cliente; null si es interno.", en: "The customer; null where it is internal.",
                pt: "O cliente; null se é interno.")
        case .service:
            Message(
                es: "El servicio; null si ninguno.", en: "The service; null where none.",
                pt: "O serviço; null se nenhum.")
        case .state:
            Message(
                es: "new, in_progress, waiting, resolved o closed.",
                en: "new, in_progress, waiting, resolved or closed.",
                pt: "new, in_progress, waiting, resolved ou closed.")
        case .assignee:
            Message(
                es: "Quien lo atiende; null si nadie.", en: "Who sees to it; null where nobody.",
                pt: "Quem atende; null se ninguém.")
        case .incident:
            Message(
                es: "La falla a la que se ligó; null si ninguna.",
                en: "The incident it is linked to; null where none.",
                pt: "A falha à qual se ligou; null se nenhuma.")
        case .conversation:
            Message(
                es: "La conversación de la que salió; null si ninguna.",
                en: "The conversation it came from; null where none.",
                pt: "A conversa de onde saiu; null se nenhuma.")
        case .mergedInto:
            Message(
                es: "El ticket al que se unió; null si a ninguno.",
                en: "The ticket it was merged into; null where none.",
                pt: "O ticket ao qual foi unido; null se a nenhum.")
        case .dueAt:
            Message(
                es: "Hasta cuándo debe resolverse; null con el reloj detenido.",
                en: "Until when it is to be resolved; null while its clock stands.",
                pt: "Até quando deve ser resolvido; null com o relógio parado.")
        case .resolvedAt:
            Message(
                es: "Cuándo se resolvió; null si no.", en: "When it was resolved; null where not.",
                pt: "Quando foi resolvido; null se não.")
        case .rating:
            Message(
                es: "De 1 a 5, lo que dijo el cliente; null si nada.",
                en: "From 1 to 5, what the customer said; null where nothing.",
                pt: "De 1 a 5, o que disse o cliente; null se nada.")
        case .madeAt: Message(es: "Cuándo se creó.", en: "When it was made.", pt: "Quando foi criado.")
        case .changedAt: Message(es: "Cuándo cambió.", en: "When it changed.", pt: "Quando mudou.")
        case .privately:
            Message(
                es: "Si es una nota entre el personal.", en: "Whether it is a note among the staff.",
                pt: "Se é uma nota entre a equipe.")
        case .authorKind:
            Message(
                es: "customer, staff, program o system.", en: "customer, staff, program or system.",
                pt: "customer, staff, program ou system.")
        case .author: Message(es: "Quién lo escribió.", en: "Who wrote it.", pt: "Quem escreveu.")
        }
    }
}
