import Locale
import Mail
import Tenancy

/// A letter's HTML in the ISP's brand. Mail programs know little but tables and inline styles, which the page builder
/// forbids, so it is written here without it.
struct LetterPaper {
    let text: LetterText
    let tenant: Tenant
    /// The text under every letter of the ISP.
    let footer: String
    let logo: MailMessage.Picture?
    let language: String

    var plain: String {
        var parts = text.paragraphs
        if let code = text.code { parts.append("    \(code)") }
        if let link = text.link { parts.append("\(link.words):\n\(link.url)") }
        return (parts + text.closing + ["-- \n\(footer)"]).joined(separator: "\n\n") + "\n"
    }

    var html: String {
        let name = Self.escaped(tenant.name)
        let foot = footer.split(separator: "\n").map { Self.escaped(String($0)) }.joined(separator: "<br>")
        var parts = text.paragraphs.map { "<p style=\"margin:0 0 16px\">\(Self.escaped($0))</p>" }
        if let code = text.code {
            parts.append(
                "<p style=\"margin:0 0 16px;font-size:32px;font-weight:700;letter-spacing:6px\">\(Self.escaped(code))</p>"
            )
        }
        if let link = text.link { parts.append(button(link.words, link.url)) }
        parts += text.closing.map { "<p style=\"margin:0 0 16px;color:#55616e\">\(Self.escaped($0))</p>" }
        return """
            <!DOCTYPE html>
            <html lang="\(Self.escaped(language))"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width"><title>\(Self.escaped(text.subject))</title></head>
            <body style="margin:0;padding:24px 12px;background:#f4f6f8;color:#1b2530;font:16px/1.5 Arial,sans-serif">
            <table role="presentation" align="center" cellpadding="0" cellspacing="0" width="100%" \
            style="max-width:560px;background:#ffffff;border-radius:12px">
            \(logo.map { Self.head($0.address) } ?? "")<tr><td style="padding:16px 24px;background:\(tenant.brand.colour.text);\
            color:\(tenant.brand.colour.readableText.text);\
            border-radius:\(logo == nil ? "12px 12px 0 0" : "0");font-weight:700">\(name)</td></tr>
            <tr><td style="padding:24px 24px 8px">\(parts.joined(separator: "\n"))</td></tr>
            </table>
            <p style="margin:16px auto 0;max-width:560px;text-align:center;font-size:13px;color:#55616e">\(foot)</p></body></html>

            """
    }

    /// Without alternative text: the name follows, and a screen reader would say it twice.
    private static func head(_ address: String) -> String {
        "<tr><td style=\"padding:16px 24px\"><img src=\"\(address)\" alt=\"\" height=\"40\" style=\"display:block\"></td></tr>\n"
    }

    private func button(_ words: String, _ url: String) -> String {
        """
        <p style="margin:0 0 16px"><a href="\(Self.escaped(url))" style="display:inline-block;padding:12px 20px;\
        border-radius:8px;background:\(tenant.brand.colour.text);color:\(tenant.brand.colour.readableText.text);\
        text-decoration:none;font-weight:700">\(Self.escaped(words))</a></p>
        """
    }

    static func escaped(_ text: String) -> String {
        String(
            decoding: text.utf8.flatMap { byte -> [UInt8] in
                switch byte {
                case UInt8(ascii: "&"): Array("&amp;".utf8)
                case UInt8(ascii: "<"): Array("&lt;".utf8)
                case UInt8(ascii: ">"): Array("&gt;".utf8)
                case UInt8(ascii: "\""): Array("&quot;".utf8)
                default: [byte]
                }
            }, as: UTF8.self)
    }
}
