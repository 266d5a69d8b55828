import Conversations
import Intents
import Locale
import Tenancy

/// Answers for everybody, linked or not: greeting, menu, office hours, hand-over, linking.
enum TalkAnswers {
    static let all: [BotAnswer] = [
        BotAnswer(
            10, BotNames.menu, BotTitles.menu.message, commands: ["start", "help", "menu", "ayuda"], intents: [.menu]
        ) { menu($0, saying: greeting($0)) },
        BotAnswer(11, "greeting", BotTitles.greeting.message, intents: [.greeting]) { menu($0, saying: greeting($0)) },
        BotAnswer(12, "thanks", BotTitles.thanks.message, intents: [.thanks, .yes]) { turn in
            BotReply(BotWords.welcome.text(for: turn.reader))
        },
        BotAnswer(13, "farewell", BotTitles.farewell.message, intents: [.farewell]) { turn in
            BotReply(BotWords.farewell.text(for: turn.reader))
        },
        BotAnswer(14, "cancel", BotTitles.cancel.message, commands: ["cancelar"], intents: [.cancel, .no]) { turn in
            menu(turn, saying: BotWords.anythingElse.text(for: turn.reader))
        },
        BotAnswer(90, "office", BotTitles.office.message, intents: [.office], inMenu: true) { turn in
            BotReply(office(turn), [BotNames.personButton])
        },
        BotAnswer(95, BotNames.link, BotTitles.link.message, commands: ["vincular", "link"]) { turn in
            if turn.isLinked { return BotReply(BotWords.linkedAlready.text(for: turn.reader), [BotNames.menuButton]) }
            return .notLinked(turn)
        },
        BotAnswer(
            99, BotNames.person, BotTitles.person.message, commands: ["soporte", "humano", "asesor"], inMenu: true
        ) { _ in .handOver(.asked) },
    ]

    static func menu(_ turn: BotTurn, saying text: String) -> BotReply {
        BotReply(text, turn.answers.filter { $0.isInMenu && (turn.isLinked || !$0.needsCustomer) }.map(\.button))
    }

    private static func greeting(_ turn: BotTurn) -> String {
        guard turn.settings.greeting.isEmpty else { return turn.settings.greeting }
        return BotWords.greeting.text(for: turn.reader)
    }

    private static func office(_ turn: BotTurn) -> String {
        if !turn.settings.office.isEmpty { return turn.settings.office }
        let contact = turn.company.company.contact
        let phone = contact.phone.map { $0.text(in: turn.reader.region) } ?? ""
        let lines = [contact.hours, contact.address, phone].filter { !$0.isEmpty }
        return lines.isEmpty ? BotWords.noOffice.text(for: turn.reader) : lines.joined(separator: "\n")
    }
}

extension BotReply {
    /// How whoever writes shows that the account is theirs. Nothing else is said to them.
    static func notLinked(_ turn: BotTurn) -> BotReply {
        let own = turn.settings.notLinked
        return BotReply(
            own.isEmpty ? BotWords.notLinked.text(for: turn.reader) : own, [BotNames.personButton])
    }
}
