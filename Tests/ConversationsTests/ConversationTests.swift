import Testing

@testable import Conversations

@Suite struct ConversationTests {
    @Test func `every word of the room is there in three languages`() {
        #expect(
            LinkWords.problems + ConversationActivity.problems + MessageFailure.problems + Channel.problems
                + ChatMessage.Kind.problems + ChatMessage.State.problems + ChatMessage.Direction.problems
                + Conversation.State.problems + Conversation.LinkProof.problems == [])
    }
}
