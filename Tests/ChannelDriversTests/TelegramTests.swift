import ChannelProtocol
import Testing

@testable import ChannelDrivers

/// What only Telegram has.
@Suite struct TelegramTests {
    @Test func `a number is vouched for only on somebody's own card`() throws {
        func phone(_ contact: String) throws -> String? {
            try TelegramReading.events(
                in: Array(
                    #"{"update_id":1,"message":{"message_id":2,"date":3,"chat":{"id":4,"type":"private"},"from":{"id":4,"first_name":"Ana"},"contact":\#(contact)}}"#
                        .utf8)
            ).first?.message?.phone
        }
        #expect(try phone(#"{"phone_number":"+57 300 123 4567","user_id":4}"#) == "+573001234567")
        #expect(try phone(#"{"phone_number":"+57 300 123 4567","user_id":5}"#) == nil)
        #expect(try phone(#"{"phone_number":"+57 300 123 4567"}"#) == nil)
    }

    @Test(arguments: [
        #"{"update_id":1,"message":{"message_id":2,"date":3,"chat":{"id":-4,"type":"group"},"from":{"id":4},"text":"a"}}"#,
        #"{"update_id":1,"edited_message":{"message_id":2,"date":3,"chat":{"id":4,"type":"private"},"from":{"id":4}}}"#,
        #"{"update_id":1,"message":{"message_id":2,"date":-3,"chat":{"id":4,"type":"private"},"from":{"id":4},"text":"a"}}"#,
        #"{"update_id":1}"#,
    ])
    func `groups and what nobody wrote are passed over`(update: String) throws {
        #expect(try TelegramReading.events(in: Array(update.utf8)).isEmpty)
    }

    @Test(arguments: ["", "[]", "{}", #"{"update_id":"x"}"#, "\u{0}"])
    func `what is no update is unreadable`(text: String) {
        #expect(throws: NoticeFault.unreadable) { try TelegramReading.events(in: Array(text.utf8)) }
    }
}
