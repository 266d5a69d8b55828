/// A letter's content without layout: a greeting, paragraphs, at most one call to action.
package struct LetterText: Sendable {
    package let subject: String
    package let paragraphs: [String]
    /// A code to type, shown large.
    package let code: String?
    /// A link and its button's label.
    package let link: (words: String, url: String)?
    /// After the link: what to do if the letter was unexpected.
    package let closing: [String]
    /// The recipient, if only known when writing: they identified themselves by telephone number.
    package let recipient: String?

    package init(
        subject: String, paragraphs: [String], code: String? = nil, link: (words: String, url: String)? = nil,
        closing: [String] = [], recipient: String? = nil
    ) {
        self.subject = subject
        self.paragraphs = paragraphs
        self.code = code
        self.link = link
        self.closing = closing
        self.recipient = recipient
    }
}
