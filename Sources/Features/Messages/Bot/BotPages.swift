import Access
import Conversations
import Declarations
import HTML
import HTTP
import Intents
import Locale
import Nouns
import Panel
import Tenancy
import Time

struct BotPage: View {
    let form: NounForm<BotSettings>
    let trial: BotTrial?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(BotPageWords.bot.text(for: reader)) {
            a(.class("button"), .href(BotRoutes.questionsPath)) { BotPageWords.questions.text(for: reader) }
            a(.class("button"), .href(BotRoutes.turnsPath)) { BotPageWords.understood.text(for: reader) }
        }
        p(.class("hint lead")) { BotPageWords.intro.text(for: reader) }
        tryOut
        settings
        commands
    }

    private var tryOut: Markup {
        section(.class("card")) {
            h2 { BotPageWords.tryIt.text(for: reader) }
            HTML.form(.method(.get), .action(BotRoutes.path)) {
                FormField(BotPageWords.sentence.text(for: reader), name: "text") { wiring in
                    input(wiring, .type("text"), .maxlength(500), .value(trial?.text ?? ""), .autocomplete("off"))
                }
                button(.type("submit")) { BotPageWords.tryIt.text(for: reader) }
            }
            if let trial { BotTrialView(trial: trial, reader: reader) }
        }
    }

    private var settings: Markup {
        HTML.form(.class("card"), .method(.post), .action(BotRoutes.path)) {
            NounFields(form, isNew: false, for: reader)
            if visit.mayAct(with: .botManage) {
                button(.type("submit"), .class("primary")) { BotPageWords.save.text(for: reader) }
            }
        }
    }

    private var commands: Markup {
        section(.class("card")) {
            h2 { BotPageWords.answers.text(for: reader) }
            dl(.class("facts")) {
                for answer in visit.catalogue.parts(BotAnswer.self) where !answer.commands.isEmpty {
                    div {
                        dt { answer.title.text(for: reader) }
                        dd { answer.commands.map { "/\($0)" }.joined(separator: " ") }
                    }
                }
            }
        }
    }
}

private struct BotTrialView: View {
    let trial: BotTrial
    let reader: Reader

    var body: Markup {
        dl(.class("facts"), .id("trial")) {
            div {
                dt { BotPageWords.intent.text(for: reader) }
                dd { IntentWords.text(trial.understood.intent.rawValue, for: reader) }
            }
            div {
                dt { BotPageWords.confidence.text(for: reader) }
                dd { "\(trial.understood.confidence) %" }
            }
            if let second = trial.understood.runnerUp {
                div {
                    dt { BotPageWords.runnerUp.text(for: reader) }
                    dd {
                        "\(IntentWords.text(second.rawValue, for: reader)) · \(trial.understood.runnerUpConfidence) %"
                    }
                }
            }
            div {
                dt { BotPageWords.answer.text(for: reader) }
                dd { answer }
            }
        }
    }

    private var answer: String {
        switch trial.route {
        case .question(let question): question.answer
        case .answer(let answer):
            answer.needsCustomer
                ? BotPageWords.ofCustomer.text(for: reader, .name(answer.title.text(for: reader)))
                : answer.title.text(for: reader)
        case .person: BotWords.handedOver.text(for: reader)
        case .nothing: BotWords.notUnderstood.text(for: reader)
        }
    }
}

struct BotQuestionsPage: View {
    let questions: [BotQuestion]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        let title = BotPageWords.questions.text(for: reader)
        PageHeading(title) {
            if visit.mayAct(with: .botManage) {
                NewLink(BotPageWords.newQuestion.text(for: reader), path: "\(BotRoutes.questionsPath)/new")
            }
        }
        p(.class("hint lead")) { BotPageWords.questionsIntro.text(for: reader) }
        if questions.isEmpty {
            EmptyState(.messages, BotPageWords.noQuestions.text(for: reader))
        } else {
            div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
                table {
                    caption { title }
                    thead {
                        tr {
                            for field in BotQuestion.fields where field.name != "ways" {
                                th(.scope("col")) { field.label.text(for: reader) }
                            }
                        }
                    }
                    tbody {
                        for question in questions {
                            tr {
                                td(.class("name")) {
                                    a(.href("\(BotRoutes.questionsPath)/\(question.id)")) { question.question }
                                }
                                td(.class("wide")) { String(question.answer.prefix(160)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

struct BotTurnsPage: View {
    static let length = 50

    /// One more than is shown, when there are more.
    let turns: [BotTurnRow]
    let isAll: Bool
    let isFirst: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }
    private static let headings: [BotPageWords] = [.message, .intent, .confidence, .answer, .outcome, .when]

    var body: Markup {
        let title = BotPageWords.understood.text(for: reader)
        PageHeading(title) {
            a(.class("button"), .href(isAll ? BotRoutes.turnsPath : "\(BotRoutes.turnsPath)?show=all")) {
                (isAll ? BotPageWords.missedOnly : .all).text(for: reader)
            }
        }
        p(.class("hint lead")) { BotPageWords.turnsIntro.text(for: reader) }
        if turns.isEmpty {
            EmptyState(.messages, BotPageWords.noTurns.text(for: reader))
        } else {
            div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
                table {
                    caption { title }
                    thead { tr { for heading in Self.headings { th(.scope("col")) { heading.text(for: reader) } } } }
                    tbody { for row in turns.prefix(Self.length) { line(row) } }
                }
            }
        }
        Pager(
            first: isFirst ? nil : "\(BotRoutes.turnsPath)\(isAll ? "?show=all" : "")",
            next: turns.count > Self.length
                ? turns.prefix(Self.length).last.map {
                    "\(BotRoutes.turnsPath)?before=\($0.id)\(isAll ? "&show=all" : "")"
                } : nil, reader: reader)
    }

    private func line(_ row: BotTurnRow) -> Markup {
        tr {
            td(.class("wide")) {
                String(row.said.prefix(200))
                if row.turn.outcome == .notUnderstood, visit.mayAct(with: .botManage) {
                    " "
                    a(.href(teach(row))) { BotPageWords.teach.text(for: reader) }
                }
            }
            td(label(.intent)) { IntentWords.text(row.turn.intent, for: reader) }
            td(.class("figures"), label(.confidence)) { "\(row.turn.confidence) %" }
            td(label(.answer)) { answer(row.turn.answer) }
            td(label(.outcome)) { StateMark(row.turn.outcome, for: reader) }
            td(label(.when)) { row.madeAt.text(.short, in: visit.tenant.timeZone, for: reader) }
        }
    }

    private func teach(_ row: BotTurnRow) -> String {
        Fields(["text": String(row.said.prefix(200))]).query(of: "\(BotRoutes.questionsPath)/new")
    }

    private func answer(_ name: String) -> String {
        visit.catalogue.parts(BotAnswer.self).first { $0.name == name }?.title.text(for: reader) ?? name
    }

    /// On a telephone a value says what it is.
    private func label(_ words: BotPageWords) -> Attribute { .data("label", words.text(for: reader)) }
}

/// What intents are called.
enum IntentWords {
    static func text(_ name: String, for reader: Reader) -> String {
        Intent(rawValue: name).map { message(of: $0).text(for: reader) } ?? name
    }

    static func message(of intent: Intent) -> Message {
        switch intent {
        case .balance: Message(es: "Cuánto debe", en: "What they owe", pt: "Quanto deve")
        case .howToPay: Message(es: "Cómo pagar", en: "How to pay", pt: "Como pagar")
        case .paid: Message(es: "Ya pagó", en: "Has paid", pt: "Já pagou")
        case .invoice: Message(es: "Pide su factura", en: "Asks for the invoice", pt: "Pede a fatura")
        case .service:
            Message(es: "Pregunta por su servicio", en: "Asks about the service", pt: "Pergunta pelo serviço")
        case .noInternet: Message(es: "Sin internet", en: "No Internet", pt: "Sem internet")
        case .slow: Message(es: "Internet lento", en: "Slow Internet", pt: "Internet lenta")
        case .wifiPassword: Message(es: "Clave del wifi", en: "Wifi password", pt: "Senha do wifi")
        case .changePlan: Message(es: "Cambiar de plan", en: "Change the plan", pt: "Mudar de plano")
        case .recharge: Message(es: "Comprar días", en: "Buy days", pt: "Comprar dias")
        case .promise: Message(es: "Promete pagar", en: "Promises to pay", pt: "Promete pagar")
        case .signUp: Message(es: "Quiere contratar", en: "Wants to sign up", pt: "Quer contratar")
        case .office: Message(es: "Horario o dirección", en: "Hours or address", pt: "Horário ou endereço")
        case .person: Message(es: "Quiere una persona", en: "Wants a person", pt: "Quer uma pessoa")
        case .complaint: Message(es: "Se queja", en: "Complains", pt: "Reclama")
        case .thanks: Message(es: "Agradece", en: "Says thanks", pt: "Agradece")
        case .greeting: Message(es: "Saluda", en: "Says hello", pt: "Cumprimenta")
        case .farewell: Message(es: "Se despide", en: "Says goodbye", pt: "Despede-se")
        case .cancel: Message(es: "Cancela lo que hacía", en: "Stops what was begun", pt: "Cancela o que fazia")
        case .leave: Message(es: "Quiere darse de baja", en: "Wants to leave", pt: "Quer cancelar o serviço")
        case .yes: Message(es: "Dice que sí", en: "Says yes", pt: "Diz que sim")
        case .no: Message(es: "Dice que no", en: "Says no", pt: "Diz que não")
        case .menu: Message(es: "Pide el menú", en: "Asks for the menu", pt: "Pede o menu")
        case .unknown: Message(es: "No se entendió", en: "Not understood", pt: "Não se entendeu")
        }
    }
}

enum BotPageWords: MessageCatalogue {
    case bot, intro, tryIt, sentence, save, answers, intent, confidence, runnerUp, answer, ofCustomer
    case questions, questionsIntro, newQuestion, noQuestions, delete, deleteTitle, deleteText
    case understood, turnsIntro, noTurns, missedOnly, all, message, outcome, when, teach

    var message: Message {
        switch self {
        case .bot: Message(es: "Bot", en: "Bot", pt: "Bot")
        case .intro:
            Message(
                es:
                    "Responde por WhatsApp, Telegram y el portal con los datos del cliente vinculado. Con «humano», enojo o dos mensajes que no entiende, pasa la conversación a una persona y calla.",
                en:
                    "Answers on WhatsApp, Telegram and the portal with the linked customer's data. On “human”, anger or two messages that it does not understand, it hands the conversation over to a person and is silent.",
                pt:
                    "Responde pelo WhatsApp, Telegram e portal com os dados do cliente vinculado. Com “humano”, irritação ou duas mensagens que não entende, passa a conversa a uma pessoa e se cala."
            )
        case .tryIt: Message(es: "Probar", en: "Try it", pt: "Experimentar")
        case .sentence:
            Message(
                es: "Un mensaje, como lo escribe un cliente", en: "A message, as a customer writes it",
                pt: "Uma mensagem, como um cliente escreve")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .answers: Message(es: "Comandos", en: "Commands", pt: "Comandos")
        case .intent: Message(es: "Intención", en: "Intent", pt: "Intenção")
        case .confidence: Message(es: "Confianza", en: "Confidence", pt: "Confiança")
        case .runnerUp: Message(es: "También podría ser", en: "Could also be", pt: "Também poderia ser")
        case .answer: Message(es: "Respuesta", en: "Answer", pt: "Resposta")
        case .ofCustomer:
            Message(
                es: "{name}, con los datos del cliente", en: "{name}, with the customer's data",
                pt: "{name}, com os dados do cliente")
        case .questions: Message(es: "Preguntas frecuentes", en: "Frequent questions", pt: "Perguntas frequentes")
        case .questionsIntro:
            Message(
                es: "Lo que solo su empresa sabe responder. El bot las reconoce aunque vengan con faltas.",
                tu: "Lo que solo tu empresa sabe responder. El bot las reconoce aunque vengan con faltas.",
                en: "What only your company can answer. The bot recognises them even when misspelt.",
                pt: "O que só a sua empresa sabe responder. O bot as reconhece mesmo com erros.")
        case .newQuestion: Message(es: "Agregar pregunta", en: "Add a question", pt: "Adicionar pergunta")
        case .noQuestions: Message(es: "Aún no hay preguntas.", en: "No questions yet.", pt: "Ainda não há perguntas.")
        case .delete: Message(es: "Eliminar", en: "Delete", pt: "Excluir")
        case .deleteTitle: Message(es: "Eliminar «{name}»", en: "Delete “{name}”", pt: "Excluir “{name}”")
        case .deleteText:
            Message(
                es: "El bot deja de responderla.", en: "The bot stops answering it.", pt: "O bot deixa de responder.")
        case .understood: Message(es: "Lo que entendió", en: "What it understood", pt: "O que entendeu")
        case .turnsIntro:
            Message(
                es:
                    "De cada mensaje, qué entendió el bot y qué hizo. De lo que no entendió puede hacer una pregunta frecuente.",
                tu:
                    "De cada mensaje, qué entendió el bot y qué hizo. De lo que no entendió puedes hacer una pregunta frecuente.",
                vos:
                    "De cada mensaje, qué entendió el bot y qué hizo. De lo que no entendió podés hacer una pregunta frecuente.",
                en:
                    "Of each message, what the bot understood and did. What it did not understand can become a frequent question.",
                pt:
                    "De cada mensagem, o que o bot entendeu e fez. O que não entendeu pode virar uma pergunta frequente."
            )
        case .noTurns:
            Message(es: "No hay mensajes así.", en: "There are no such messages.", pt: "Não há mensagens assim.")
        case .missedOnly:
            Message(es: "Solo lo que no entendió", en: "Only what it missed", pt: "Só o que não entendeu")
        case .all: Message(es: "Todo", en: "All", pt: "Tudo")
        case .message: Message(es: "Mensaje", en: "Message", pt: "Mensagem")
        case .outcome: Message(es: "Qué hizo", en: "What it did", pt: "O que fez")
        case .when: Message(es: "Cuándo", en: "When", pt: "Quando")
        case .teach: Message(es: "Enseñarle", en: "Teach it", pt: "Ensinar")
        }
    }
}
