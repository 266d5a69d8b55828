import Access
import Assembly
import Bot
import Declarations
import Jobs
import LanguageModels
import Locale
import Nouns
import Panel
import Tenancy

extension EventKind {
    package static let assistantChanged = EventKind(
        "assistant.changed",
        Message(
            es: "Cambió el modelo de lenguaje del bot", en: "Changed the bot's language model",
            pt: "Alterou o modelo de linguagem do bot"))
    package static let assistantModelChanged = EventKind(
        "assistant_model.changed",
        Message(
            es: "Cambió un modelo del bot", en: "Changed a model of the bot", pt: "Alterou um modelo do bot"))
    package static let assistantModelDeleted = EventKind(
        "assistant_model.deleted",
        Message(
            es: "Eliminó un modelo del bot", en: "Deleted a model of the bot", pt: "Excluiu um modelo do bot"))
}

extension RoomDeclarations {
    package static let assistant = RoomDeclarations(
        "Assistant",
        menu: [
            MenuEntry(
                .settings(.channels, 31), AssistantWords.title.message, path: AssistantRoutes.path,
                permission: .botManage, icon: .messages,
                synonyms: Message(
                    es: "inteligencia artificial ia gpt claude chatgpt deepseek",
                    en: "artificial intelligence ai gpt claude chatgpt deepseek",
                    pt: "inteligência artificial ia gpt claude chatgpt deepseek"))
        ],
        events: [.assistantChanged, .assistantModelChanged, .assistantModelDeleted],
        details: AssistantSettings.detailKinds + [
            DetailKind("model", AssistantWords.model.message), DetailKind("address", AssistantWords.address.message),
        ],
        parts: [AssistantResponder.fallback])
}

extension Crew {
    /// Models may take half a minute.
    static let assistant = Crew("assistant", places: 8)
}

extension AssistantActs {
    package init(_ context: RoomContext) {
        self.init(
            vault: context.vault, randomness: context.randomness,
            over: ModelLine(context.web.client, egress: context.web.egress))
    }
}

extension Room {
    package static let assistant = Room(
        .assistant,
        panel: { routes, context in AssistantRoutes(AssistantActs(context)).add(to: &routes) },
        jobs: { jobs, context in
            let assistant = AssistantResponder(
                AssistantActs(context), knowing: context.catalogue, from: context.randomness)
            jobs.add(AskAssistant.self, to: .assistant) { job, run in
                guard let tenant = try await run.database.lockedTenant() else { return }
                try await assistant.run(job, of: tenant, at: run.now, in: run.database)
            }
        })
}
