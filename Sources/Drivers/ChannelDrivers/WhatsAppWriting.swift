import ChannelProtocol
import JSON

/// Messages as the Cloud API takes them.
enum WhatsAppWriting {
    static func write(_ message: OutboundMessage, media: String?, to json: inout JSONWriter) {
        json.object { json in
            json.member("messaging_product", "whatsapp")
            json.member("recipient_type", "individual")
            // A customer who hides their number has a business-scoped user ID instead, such as MX.1a2b.
            if message.recipient.isDigits {
                json.member("to", message.recipient)
            } else {
                json.member("recipient", message.recipient)
            }
            json.member("biz_opaque_callback_data", message.mark)
            if let replyTo = message.replyTo { json.object("context") { $0.member("message_id", replyTo) } }
            switch message.content {
            case .text(let text):
                json.member("type", "text")
                json.object("text") { json in
                    json.member("preview_url", false)
                    json.member("body", text)
                }
            case .buttons(let text, let buttons): write(text, buttons, to: &json)
            case .template(let name, let language, let values):
                json.member("type", "template")
                json.object("template") { write(name, language, values, to: &$0) }
            case .file(let file, let caption): write(file, media, caption, to: &json)
            }
        }
    }

    /// Three fit as buttons; more are a list of ten at the most, and without any it is a text.
    private static func write(_ text: String, _ buttons: [OutboundMessage.Button], to json: inout JSONWriter) {
        guard !buttons.isEmpty else {
            json.member("type", "text")
            return json.object("text") { $0.member("body", text) }
        }
        json.member("type", "interactive")
        json.object("interactive") { json in
            let isList = buttons.count > 3
            json.member("type", isList ? "list" : "button")
            json.object("body") { $0.member("text", text.cut(to: isList ? 4096 : 1024)) }
            json.object("action") { json in
                if isList {
                    json.member("button", "Opciones")
                    json.array("sections") { json in
                        json.object { json in
                            json.array("rows") { json in
                                for button in buttons.prefix(10) {
                                    json.object { json in
                                        json.member("id", button.id)
                                        json.member("title", button.title.cut(to: 24))
                                    }
                                }
                            }
                        }
                    }
                } else {
                    json.array("buttons") { json in
                        for button in buttons {
                            json.object { json in
                                json.member("type", "reply")
                                json.object("reply") { json in
                                    json.member("id", button.id)
                                    json.member("title", button.title.cut(to: 20))
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static func write(_ name: String, _ language: String, _ values: [String], to json: inout JSONWriter) {
        json.member("name", name)
        json.object("language") { $0.member("code", language) }
        guard !values.isEmpty else { return }
        json.array("components") { json in
            json.object { json in
                json.member("type", "body")
                json.array("parameters") { json in
                    for value in values {
                        json.object { json in
                            json.member("type", "text")
                            json.member("text", value)
                        }
                    }
                }
            }
        }
    }

    private static func write(_ file: OutboundFile, _ media: String?, _ caption: String, to json: inout JSONWriter) {
        let kind: StaticString =
            switch file.mediaType {
            case "image/jpeg", "image/png": "image"
            case _ where file.mediaType.hasPrefix("audio/"): "audio"
            case "video/mp4", "video/3gpp": "video"
            default: "document"
            }
        json.member("type", kind)
        json.object(kind) { json in
            json.member("id", media)
            if "\(kind)" != "audio", !caption.isEmpty { json.member("caption", caption.cut(to: 1024)) }
            if "\(kind)" == "document", !file.name.isEmpty { json.member("filename", file.name) }
        }
    }
}
