import Nouns

/// An outgoing message to a correspondent.
package enum NewMessage: Sendable, Equatable {
    case text(String)
    /// Drivers draw them as their channel has them, or number them in the text.
    case buttons(String, [MessageButton])
    /// `text` is what the conversation shows of it.
    case template(name: String, language: String, values: [String], text: String)

    case file(SealedFile, caption: String)

    package static let mostButtons = 10
    /// In letters, of a button drawn as one. A list's entry takes four more.
    package static let longestButton = 20
    /// As much as every channel takes beside a file.
    package static let longestCaption = 1000

    package var text: String {
        switch self {
        case .text(let text), .buttons(let text, _), .template(_, _, _, let text), .file(_, let text): text
        }
    }

    var isTemplate: Bool { if case .template = self { true } else { false } }

    var kind: ChatMessage.Kind {
        switch self {
        case .text: .text
        case .buttons: .buttons
        case .template: .template
        case .file(let file, _): file.kind
        }
    }

    var file: SealedFile? { if case .file(let file, _) = self { file } else { nil } }

    var content: MessageContent? {
        switch self {
        case .text, .file: nil
        case .buttons(_, let buttons): .buttons(buttons)
        case .template(let name, let language, let values, _):
            .template(name: name, language: language, values: values)
        }
    }

    func check(for channel: Channel) throws(ConversationRefusal) {
        if file != nil {
            guard text.utf16.count <= Self.longestCaption else { throw .tooLong(Self.longestCaption) }
            guard channel.takesFiles else { throw .noFiles }
            return
        }
        guard !text.isEmpty else { throw .empty }
        guard text.utf16.count <= channel.textLimit else { throw .tooLong(channel.textLimit) }
        if case .buttons(_, let buttons) = self {
            guard (1...Self.mostButtons).contains(buttons.count),
                buttons.allSatisfy({ !$0.title.isEmpty && $0.title.count <= 24 && $0.id.utf8.count <= 200 })
            else { throw .buttonsWrong }
        }
    }
}
