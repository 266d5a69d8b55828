/// Why a channel did not do what was asked of it.
package struct ChannelFailure: Error, Equatable {
    package enum Reason: String, Sendable, CaseIterable {
        // The company's account.
        case tokenRefused = "token_refused"
        case notAllowed = "not_allowed"
        case numberUnknown = "number_unknown"
        case secretWrong = "secret_wrong"
        case accountBlocked = "account_blocked"
        case accountUnpaid = "account_unpaid"
        /// Too many of our messages were taken for spam.
        case spamLimit = "spam_limit"

        // This message, or whom it was for.
        case windowClosed = "window_closed"
        case undeliverable
        case recipientBlocked = "recipient_blocked"
        /// WhatsApp chose not to deliver another advertisement.
        case notWanted = "not_wanted"
        case templateUnknown = "template_unknown"
        case templateWrong = "template_wrong"
        case templatePaused = "template_paused"
        case fileRefused = "file_refused"
        case fileTooLarge = "file_too_large"
        case refused

        // For now.
        case busy
        case recipientBusy = "recipient_busy"
        case troubled
        case notConnected = "not_connected"

        /// Whether the provider took it is not known: it would not know the message for the same one.
        case unknown
    }

    package let reason: Reason
    /// The provider's code and words.
    package let detail: String
    /// When to try again, where the provider says it.
    package let after: Duration?

    package init(_ reason: Reason, _ detail: String = "", after: Duration? = nil) {
        (self.reason, self.after) = (reason, after)
        self.detail = String(String.UnicodeScalarView(detail.unicodeScalars.prefix(500)))
    }
}

extension ChannelFailure {
    /// How to react to a failure.
    package enum Remedy: Sendable, Equatable {
        /// Nothing was sent, and it may be later.
        case tryAgain
        /// Nothing will be sent until somebody looks at the account.
        case stopAccount
        /// This message is lost; others to the same person are not.
        case giveUp
        /// A template would be taken.
        case offerTemplate
        /// Nobody is reached there.
        case markUnreachable
    }

    package var remedy: Remedy { reason.remedy }
}

extension ChannelFailure.Reason {
    package var remedy: ChannelFailure.Remedy {
        switch self {
        case .busy, .recipientBusy, .troubled, .notConnected: .tryAgain
        case .tokenRefused, .notAllowed, .numberUnknown, .secretWrong, .accountBlocked, .accountUnpaid, .spamLimit:
            .stopAccount
        case .windowClosed: .offerTemplate
        case .recipientBlocked: .markUnreachable
        case .undeliverable, .notWanted, .templateUnknown, .templateWrong, .templatePaused, .fileRefused,
            .fileTooLarge, .refused, .unknown:
            .giveUp
        }
    }
}
