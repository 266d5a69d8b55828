import Access
import HTTP
import Locale
import Time

/// Why something is not done in a conversation.
package enum ConversationRefusal: Refusal, Equatable {
    case empty
    /// The channel takes none, or it is of a kind that is not sent, too large or unreadable.
    case noFiles, fileKind, fileTooLarge, fileUnreadable
    case tooLong(Int)
    case buttonsWrong
    case windowClosed, optedOut
    case unreachable(MessageFailure)
    /// A person has the conversation, and the bot is silent.
    case takenOver
    /// Somebody else owns it, by name.
    case owned(String)
    /// Somebody else answered while this was written, by name.
    case answeredMeanwhile(String)
    case closed, notClosed
    case dayWrong
    case unknownStaff, unknownLabel, unknownCustomer
    case linked, notLinked
    case notFailed
    case codeTaken, codeWrong, nameTaken
    case unknownBlank(String)
    /// An answer still has a blank of a canned reply.
    case blankLeft(String)
    /// The customer wrote so much that somebody has to answer first.
    case tooManyUnanswered

    package var status: Status {
        switch self {
        case .owned, .answeredMeanwhile, .takenOver, .closed, .notClosed, .linked, .notLinked, .notFailed, .codeTaken,
            .nameTaken, .tooManyUnanswered, .windowClosed, .optedOut, .unreachable:
            .conflict
        case .empty, .noFiles, .fileKind, .fileTooLarge, .fileUnreadable, .tooLong, .buttonsWrong, .dayWrong,
            .unknownStaff, .unknownLabel, .unknownCustomer, .codeWrong,
            .unknownBlank, .blankLeft:
            .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .empty: "empty"
        case .noFiles: "no_files"
        case .fileKind: "file_kind"
        case .fileTooLarge: "file_too_large"
        case .fileUnreadable: "file_unreadable"
        case .tooLong: "too_long"
        case .buttonsWrong: "buttons_wrong"
        case .windowClosed: "window_closed"
        case .optedOut: "opted_out"
        case .unreachable: "unreachable"
        case .takenOver: "taken_over"
        case .owned: "owned"
        case .answeredMeanwhile: "answered_meanwhile"
        case .closed: "closed"
        case .notClosed: "not_closed"
        case .dayWrong: "day_wrong"
        case .unknownStaff: "unknown_staff"
        case .unknownLabel: "unknown_label"
        case .unknownCustomer: "unknown_customer"
        case .linked: "linked"
        case .notLinked: "not_linked"
        case .notFailed: "not_failed"
        case .codeTaken: "code_taken"
        case .codeWrong: "code_wrong"
        case .nameTaken: "name_taken"
        case .unknownBlank: "unknown_blank"
        case .blankLeft: "blank_left"
        case .tooManyUnanswered: "too_many_unanswered"
        }
    }

    package var message: Message {
        switch self {
        case .noFiles:
            Message(
                es: "Por este canal no se envían archivos.", en: "Files are not sent by this channel.",
                pt: "Por este canal não se enviam arquivos.")
        case .fileKind:
            Message(
                es: "Se envían fotos, PDF y notas de voz.", en: "Pictures, PDFs and voice notes are sent.",
                pt: "Enviam-se fotos, PDF e mensagens de voz.")
        case .fileTooLarge:
            Message(
                es: "El archivo es demasiado grande.", en: "The file is too large.", pt: "O arquivo é grande demais.")
        case .fileUnreadable:
            Message(
                es: "El archivo no se puede leer.", en: "The file cannot be read.", pt: "O arquivo não pode ser lido.")
        case .empty: Message(es: "Escriba un mensaje.", en: "Write a message.", pt: "Escreva uma mensagem.")
        case .tooLong(let limit):
            Message(
                es: .always("El mensaje es más largo de lo que admite este canal: \(limit) letras."),
                en: .always("The message is longer than this channel takes: \(limit) characters."),
                pt: .always("A mensagem é mais longa do que este canal admite: \(limit) letras."))
        case .buttonsWrong:
            Message(
                es: "De uno a diez botones, cada uno con un texto de hasta 24 letras.",
                en: "One to ten buttons, each with a text of up to 24 characters.",
                pt: "De um a dez botões, cada um com um texto de até 24 letras.")
        case .windowClosed:
            Message(
                es:
                    "Pasaron más de 24 horas desde su último mensaje: WhatsApp solo entrega una plantilla aprobada. Envíe una, o llame al cliente.",
                en:
                    "More than 24 hours passed since their last message: WhatsApp only delivers an approved template. Send one, or call the customer.",
                pt:
                    "Passaram mais de 24 horas desde a última mensagem: o WhatsApp só entrega um modelo aprovado. Envie um, ou ligue para o cliente."
            )
        case .optedOut:
            Message(
                es: "El cliente pidió no recibir mensajes. Se le puede responder cuando escriba de nuevo.",
                en: "The customer asked for no messages. They can be answered when they write again.",
                pt: "O cliente pediu para não receber mensagens. Pode-se responder quando escrever de novo.")
        case .unreachable(let failure): failure.message
        case .takenOver:
            Message(
                es: "Una persona atiende esta conversación: el bot calla.",
                en: "A person is in this conversation: the bot is silent.",
                pt: "Uma pessoa atende esta conversa: o bot se cala.")
        case .owned(let name):
            Message(
                es: .always("La atiende \(name)."), en: .always("\(name) is answering it."),
                pt: .always("\(name) está atendendo."))
        case .answeredMeanwhile(let name):
            Message(
                es: .always("\(name) respondió mientras usted escribía. Lea su respuesta antes de enviar la suya."),
                tu: .always("\(name) respondió mientras escribías. Lee su respuesta antes de enviar la tuya."),
                vos: .always("\(name) respondió mientras escribías. Leé su respuesta antes de enviar la tuya."),
                en: .always("\(name) answered while you were writing. Read that before you send yours."),
                pt: .always("\(name) respondeu enquanto você escrevia. Leia a resposta antes de enviar a sua."))
        case .closed:
            Message(
                es: "La conversación está cerrada.", en: "The conversation is closed.", pt: "A conversa está encerrada."
            )
        case .notClosed:
            Message(
                es: "La conversación no está cerrada.", en: "The conversation is not closed.",
                pt: "A conversa não está encerrada.")
        case .dayWrong:
            Message(
                es: "Elija un día de aquí a un año, después de hoy.", en: "Choose a day within a year, after today.",
                pt: "Escolha um dia dentro de um ano, depois de hoje.")
        case .unknownStaff:
            Message(es: "No hay una persona así.", en: "There is no such person.", pt: "Não há tal pessoa.")
        case .unknownLabel:
            Message(es: "No hay una etiqueta así.", en: "There is no such label.", pt: "Não há tal etiqueta.")
        case .unknownCustomer:
            Message(es: "No hay un cliente así.", en: "There is no such customer.", pt: "Não há tal cliente.")
        case .linked:
            Message(
                es: "La conversación ya está vinculada a un cliente. Desvincúlela primero.",
                en: "The conversation is linked to a customer already. Unlink it first.",
                pt: "A conversa já está vinculada a um cliente. Desvincule-a primeiro.")
        case .notLinked:
            Message(
                es: "La conversación no está vinculada a un cliente.", en: "The conversation is linked to no customer.",
                pt: "A conversa não está vinculada a um cliente.")
        case .notFailed:
            Message(
                es: "Ese mensaje no está entre los que no se enviaron.", en: "That message is not one that failed.",
                pt: "Essa mensagem não está entre as que não foram enviadas.")
        case .codeTaken:
            Message(
                es: "Otra respuesta guardada ya tiene ese código.", en: "Another canned reply has that code already.",
                pt: "Outra resposta pronta já tem esse código.")
        case .codeWrong:
            Message(
                es: "El código lleva solo minúsculas sin acento, cifras y guiones.",
                en: "A code has only plain small letters, digits and hyphens.",
                pt: "O código leva só minúsculas sem acento, algarismos e hifens.")
        case .nameTaken:
            Message(
                es: "Otra etiqueta ya se llama así.", en: "Another label is called that already.",
                pt: "Outra etiqueta já se chama assim.")
        case .unknownBlank(let name):
            Message(
                es: .always("No hay un dato que se llame [\(name)]."),
                en: .always("There is nothing called [\(name)]."),
                pt: .always("Não há um dado chamado [\(name)]."))
        case .blankLeft(let name):
            Message(
                es: .always("Falta completar [\(name)] antes de enviar."),
                en: .always("[\(name)] is still to be filled in before it is sent."),
                pt: .always("Falta completar [\(name)] antes de enviar."))
        case .tooManyUnanswered:
            Message(
                es: "Ya tenemos sus mensajes. Espere nuestra respuesta.",
                tu: "Ya tenemos tus mensajes. Espera nuestra respuesta.",
                vos: "Ya tenemos tus mensajes. Esperá nuestra respuesta.",
                en: "We have your messages. Wait for our answer.",
                pt: "Já temos suas mensagens. Aguarde nossa resposta.")
        }
    }
}
