import Conversations
import Intents
import Locale
import Nouns
import Testing

@testable import Bot

@Suite struct BotWordsTests {
    @Test func `what the bot says is whole in every language`() {
        #expect(BotWords.problems + BotTitles.problems + BotPageWords.problems + BotAPIWords.problems == [])
        #expect(BotRefusal.allCases.flatMap(\.message.problems) == [])
        #expect(BotSettings.fields.flatMap(\.problems) + BotQuestion.fields.flatMap(\.problems) == [])
        #expect(BotTurnRecord.Outcome.allCases.flatMap(\.message.problems) == [])
        #expect(Intent.allCases.flatMap { IntentWords.message(of: $0).problems } == [])
    }

    @Test func `each title fits on a button`() {
        for title in BotTitles.allCases {
            for language in Language.allCases {
                #expect(title.text(for: Reader(language, in: .mexico)).count <= NewMessage.longestButton)
            }
        }
    }
}
