/// What a letter says, before it has a form: a greeting, paragraphs, at most one thing to do.
package struct LetterText: Sendable {
    package let subject: String
    package let paragraphs: [String]
    /// A code to type, shown large.
    package let code: String?
    /// A link and the words on its button.
    package let link: (words: String, url: String)?
    /// After the link: what to do when the letter was not expected.
    package let closing: [String]
    /// Where it goes, when that is found out only now: somebody asked for it by their telephone.
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
