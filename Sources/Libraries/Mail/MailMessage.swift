import Crypto
import Identifiers
import Time

/// A message of one text in two forms, plain and HTML, as RFC 5322 and 2045 have it.
package struct MailMessage: Sendable {
    package let id: UUID
    package let sender: MailAddress
    package let recipient: MailAddress
    /// Where an answer goes, when not to the sender.
    package let answers: MailAddress?
    package let subject: String
    package let text: String
    package let html: String
    /// `es-MX`.
    package let language: String
    package let date: Instant

    package init(
        id: UUID, from sender: MailAddress, to recipient: MailAddress, answers: MailAddress? = nil, subject: String,
        text: String, html: String, language: String, date: Instant
    ) {
        self.id = id
        self.sender = sender
        self.recipient = recipient
        self.answers = answers
        self.subject = subject
        self.text = text
        self.html = html
        self.language = language
        self.date = date
    }

    /// As it travels. Both forms are base64: no line is too long and none begins with what SMTP would mistake.
    package var bytes: [UInt8] {
        // Stands in no line of base64.
        let boundary = "=_\(id)"
        let answers = answers.map { ["Reply-To: \($0.text)"] } ?? []
        let head =
            ["From: \(sender.text)", "To: \(recipient.text)"] + answers + [
                "Subject: \(HeaderText.unstructured(subject))",
                "Date: \(date.httpDate.dropLast(3))+0000", "Message-ID: <\(id)@\(sender.domain)>",
                // Nobody's absence assistant is to answer.
                "Auto-Submitted: auto-generated", "Content-Language: \(HeaderText.phrase(language))",
                "MIME-Version: 1.0",
                "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"", "",
            ]
        let parts = [("plain", text), ("html", html)].map { kind, content in
            "--\(boundary)\r\nContent-Type: text/\(kind); charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Self.base64(content)
        }
        return Array((head.joined(separator: "\r\n") + "\r\n" + parts.joined() + "--\(boundary)--\r\n").utf8)
    }

    private static func base64(_ content: String) -> String {
        let bytes = Array(content.utf8)
        return stride(from: 0, to: bytes.count, by: 57).map { start in
            Base64.standard.encode(bytes[start..<min(start + 57, bytes.count)]) + "\r\n"
        }.joined()
    }
}
