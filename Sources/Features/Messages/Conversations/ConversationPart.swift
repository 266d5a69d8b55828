import Access
import Declarations
import HTML

/// Another room's part beside a conversation, for holders of its permission: what is done about what was written.
package struct ConversationPart: RoomPart {
    package typealias Show = @Sendable (_ conversation: Conversation, _ visit: Visit) async throws -> Markup

    package let number: Int
    private let permission: Permission
    private let show: Show

    package init(_ number: Int, for permission: Permission, _ show: @escaping Show) {
        (self.number, self.permission, self.show) = (number, permission, show)
    }

    static func all(of conversation: Conversation, for visit: Visit) async throws -> [Markup] {
        var parts: [Markup] = []
        for part in visit.catalogue.parts(ConversationPart.self) where visit.may(part.permission) {
            parts.append(try await part.show(conversation, visit))
        }
        return parts
    }
}

/// Another room's way to write first where the channel takes only templates.
package struct TemplateOffer: RoomPart {
    package typealias Show = @Sendable (_ conversation: Conversation, _ visit: Visit) async throws -> Markup

    package let number: Int
    private let show: Show

    package init(_ number: Int, _ show: @escaping Show) { (self.number, self.show) = (number, show) }

    static func all(in conversation: Conversation, for visit: Visit) async throws -> [Markup] {
        guard visit.mayAct(with: .conversationsAnswer), conversation.isWindowClosed(at: visit.now) else { return [] }
        var offers: [Markup] = []
        for offer in visit.catalogue.parts(TemplateOffer.self) {
            offers.append(try await offer.show(conversation, visit))
        }
        return offers
    }
}
