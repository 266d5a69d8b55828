import Access
import Assembly
import Conversations
import Declarations
import Jobs
import Locale
import Nouns
import Panel

extension Permission {
    package static let botManage = Permission("bot.manage")
}

extension EventKind {
    package static let botSettingsChanged = EventKind(
        "bot.changed", Message(es: "Cambió el bot", en: "Changed the bot", pt: "Alterou o bot"))
    package static let botQuestionCreated = EventKind(
        "bot_question.created",
        Message(
            es: "Agregó una pregunta del bot", en: "Added a question of the bot", pt: "Adicionou uma pergunta do bot"))
    package static let botQuestionChanged = EventKind(
        "bot_question.changed",
        Message(
            es: "Cambió una pregunta del bot", en: "Changed a question of the bot", pt: "Alterou uma pergunta do bot"))
    package static let botQuestionDeleted = EventKind(
        "bot_question.deleted",
        Message(
            es: "Eliminó una pregunta del bot", en: "Deleted a question of the bot", pt: "Excluiu uma pergunta do bot"))
    package static let botCommandRefused = EventKind(
        "bot.command_refused",
        Message(
            es: "Negó un comando del personal a un chat", en: "Refused a staff command to a chat",
            pt: "Negou um comando da equipe a um chat"))
}

extension RoomDeclarations {
    package static let bot = RoomDeclarations(
        "Bot",
        permissions: [
            GrantablePermission(
                .botManage,
                Message(
                    es: "Cambiar el bot y ver qué entendió", en: "Change the bot and see what it understood",
                    pt: "Alterar o bot e ver o que entendeu"), heldBy: .ownerOnly)
        ],
        menu: [
            MenuEntry(
                .settings(.channels, 30), BotPageWords.bot.message, path: BotRoutes.path, permission: .botManage,
                icon: .messages,
                synonyms: Message(
                    es: "robot asistente respuestas automáticas preguntas frecuentes chatbot",
                    en: "robot assistant automatic answers faq chatbot",
                    pt: "robô assistente respostas automáticas perguntas frequentes chatbot"))
        ],
        events: [
            .botSettingsChanged, .botQuestionCreated, .botQuestionChanged, .botQuestionDeleted, .botCommandRefused,
        ],
        details: BotSettings.detailKinds + BotQuestion.detailKinds + [
            DetailKind("command", Message(es: "Comando", en: "Command", pt: "Comando"))
        ],
        parts: TalkAnswers.all + MoneyAnswers.all + ServiceAnswers.all + [TellOfReceipt.afterPayment])
}

extension Room {
    package static let bot = Room(
        .bot,
        panel: { routes, context in BotRoutes(randomness: context.randomness).add(to: &routes) },
        api: { routes, context in BotAPI(randomness: context.randomness).add(to: &routes) },
        jobs: { jobs, context in
            let responder = BotResponder(catalogue: context.catalogue, randomness: context.randomness)
            jobs.add(RespondToMessage.self) { try await responder.run($0, in: $1) }
            let taker = ChatReceiptTaker(
                catalogue: context.catalogue, randomness: context.randomness, sandbox: context.sandbox,
                vault: context.vault)
            jobs.add(TakeChatReceipt.self) { try await taker.take($0, at: $1.now, in: $1.database) }
            jobs.add(TellOfReceipt.self) { try await taker.tell($0, at: $1.now, in: $1.database) }
            jobs.add(ForgetBotTurns.self) { try await $0.run(in: $1) }
        },
        nightly: [ForgetBotTurns.self])
}
