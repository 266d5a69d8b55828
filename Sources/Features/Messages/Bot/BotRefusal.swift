import Access
import HTTP
import Locale

package enum BotRefusal: Refusal, Equatable, CaseIterable {
    case tooManyQuestions

    package var status: Status { .conflict }
    package var code: String { "too_many_questions" }
    package var message: Message {
        Message(
            es: .always("Hay \(BotQuestion.most) preguntas: elimine alguna antes de agregar otra."),
            tu: .always("Hay \(BotQuestion.most) preguntas: elimina alguna antes de agregar otra."),
            vos: .always("Hay \(BotQuestion.most) preguntas: eliminá alguna antes de agregar otra."),
            en: .always("There are \(BotQuestion.most) questions: delete one before you add another."),
            pt: .always("Há \(BotQuestion.most) perguntas: exclua alguma antes de adicionar outra."))
    }
}
