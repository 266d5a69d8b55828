import ChannelProtocol
import JSON

// Texts that Meta keeps and approves.
extension WhatsAppChannel {
    /// No company has more.
    private static let mostPages = 20

    package func templates(with keys: ChannelKeys) async throws(ChannelFailure) -> [ProviderTemplate] {
        guard !keys.business.isEmpty, keys.business.isDigits else {
            throw ChannelFailure(.numberUnknown, "no business account")
        }
        var (found, after): ([ProviderTemplate], String?) = ([], nil)
        for _ in 0..<Self.mostPages {
            let next = after.map { "&after=\($0)" } ?? ""
            let page = try await ask(
                "GET",
                "\(keys.business)/message_templates?fields=name,status,category,language,components&limit=100\(next)",
                keys)
            found += (page["data"]?.list ?? []).compactMap(Self.template)
            after = page["paging"]?["next"] == nil ? nil : page["paging"]?["cursors"]?["after"]?.text
            guard let after, Self.isCursor(after) else { break }
        }
        return found
    }

    package func submit(
        _ template: ProviderTemplate, examples: [String], with keys: ChannelKeys
    ) async throws(ChannelFailure) {
        guard !keys.business.isEmpty, keys.business.isDigits else {
            throw ChannelFailure(.numberUnknown, "no business account")
        }
        _ = try await ask(
            "POST", "\(keys.business)/message_templates", keys,
            .json { json in
                json.object { json in
                    json.member("name", template.name)
                    json.member("language", template.language)
                    json.member("category", template.category.uppercased())
                    json.array("components") { json in
                        json.object { json in
                            json.member("type", "BODY")
                            json.member("text", template.body)
                            guard !examples.isEmpty else { return }
                            json.object("example") { json in
                                json.array("body_text") { json in
                                    json.array { json in for example in examples { json.string(example) } }
                                }
                            }
                        }
                    }
                }
            })
    }

    private static func template(_ value: JSONValue) -> ProviderTemplate? {
        guard let name = value["name"]?.text, let language = value["language"]?.text else { return nil }
        let parts = value["components"]?.list ?? []
        let body = parts.first { $0["type"]?.text == "BODY" }?["text"]?.text ?? ""
        return ProviderTemplate(
            name: name, language: language, category: value["category"]?.text ?? "",
            status: value["status"]?.text ?? "", body: body, isForeign: parts.contains(where: isForeign))
    }

    /// Whether a part other than the text needs a value: a picture, an address, a code.
    private static func isForeign(_ part: JSONValue) -> Bool {
        switch part["type"]?.text {
        case "HEADER": part["format"]?.text != "TEXT" || part["text"]?.text?.contains("{{") == true
        case "BUTTONS":
            (part["buttons"]?.list ?? []).contains {
                $0["url"]?.text?.contains("{{") == true
                    || !["URL", "PHONE_NUMBER", "QUICK_REPLY"].contains($0["type"]?.text ?? "")
            }
        default: false
        }
    }

    private static func isCursor(_ text: String) -> Bool {
        (1...500).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x41 && $0 <= 0x5A) || ($0 >= 0x61 && $0 <= 0x7A)
                    || [0x2D, 0x5F, 0x3D].contains($0)
            }
    }
}
