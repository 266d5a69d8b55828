import Crypto
import Identifiers
import Time

/// A message with a plain and an HTML body (RFC 5322, RFC 2045).
package struct MailMessage: Sendable {
    package let id: UUID
    package let sender: MailAddress
    package let recipient: MailAddress
    /// Reply-To, if not the sender.
    package let answers: MailAddress?
    package let subject: String
    package let text: String
    package let html: String
    /// Embedded, since mail programs load no remote images without asking.
    package let picture: Picture?
    /// `es-MX`.
    package let language: String
    package let date: Instant

    package struct Picture: Sendable {
        let name: String
        package let png: [UInt8]

        /// The name becomes part of a content id: letters only.
        package init(named name: StaticString, png: [UInt8]) {
            self.name = "\(name)"
            self.png = png
        }

        /// The URL for the HTML of the same message.
        package var address: String { "cid:\(name)@picture" }
    }

    package init(
        id: UUID, from sender: MailAddress, to recipient: MailAddress, answers: MailAddress? = nil, subject: String,
        text: String, html: String, picture: Picture? = nil, language: String, date: Instant
    ) {
        self.id = id
        self.sender = sender
        self.recipient = recipient
        self.answers = answers
        self.subject = subject
        self.text = text
        self.html = html
        self.picture = picture
        self.language = language
        self.date = date
    }

    /// The wire format. Every part is base64, so that no line is too long and none begins with a dot.
    package var bytes: [UInt8] {
        let answers = answers.map { ["Reply-To: \($0.text)"] } ?? []
        let head =
            ["From: \(sender.text)", "To: \(recipient.text)"] + answers + [
                "Subject: \(HeaderText.unstructured(subject))",
                "Date: \(date.httpDate.dropLast(3))+0000", "Message-ID: <\(id)@\(sender.domain)>",
                // Keeps out-of-office assistants from answering.
                "Auto-Submitted: auto-generated", "Content-Language: \(HeaderText.phrase(language))",
                "MIME-Version: 1.0", "",
            ]
        let plain = Self.part("text/plain; charset=utf-8", Array(text.utf8))
        let styled = Self.part("text/html; charset=utf-8", Array(html.utf8))
        let body = multipart("alternative", [plain, picture.map { related(styled, $0) } ?? styled])
        return Array((head.joined(separator: "\r\n") + body).utf8)
    }

    private func related(_ html: String, _ picture: Picture) -> String {
        let fields = ["Content-ID: <\(picture.name)@picture>", "Content-Disposition: inline"]
        return multipart("related", [html, Self.part("image/png", picture.png, fields)])
    }

    private func multipart(_ kind: String, _ parts: [String]) -> String {
        // Cannot occur in a line of base64.
        let boundary = "=_\(kind)_\(id)"
        return "Content-Type: multipart/\(kind);\r\n boundary=\"\(boundary)\"\r\n\r\n"
            + parts.map { "--\(boundary)\r\n\($0)" }.joined() + "--\(boundary)--\r\n"
    }

    private static func part(_ type: String, _ content: [UInt8], _ fields: [String] = []) -> String {
        let head = ["Content-Type: \(type)", "Content-Transfer-Encoding: base64"] + fields
        return head.joined(separator: "\r\n") + "\r\n\r\n" + base64(content)
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        stride(from: 0, to: bytes.count, by: 57).map { start in
            Base64.standard.encode(bytes[start..<min(start + 57, bytes.count)]) + "\r\n"
        }.joined()
    }
}
