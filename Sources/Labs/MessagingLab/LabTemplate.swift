import HTTP
import JSON

/// A text that WhatsApp keeps for the company.
struct LabTemplate: Sendable {
    let name: String
    let language: String
    let category: String
    let body: String
    var status: String

    static let usual = [
        LabTemplate(
            name: "aviso_de_pago", language: "es_MX", category: "UTILITY",
            body: "Hola {{1}}. Su factura de {{2}} por {{3}} ya está disponible.", status: "APPROVED"),
        LabTemplate(
            name: "reactivar_chat", language: "es_MX", category: "UTILITY",
            body: "Hola {{1}}, ¿podemos seguir conversando?", status: "APPROVED"),
        LabTemplate(
            name: "codigo", language: "es_MX", category: "AUTHENTICATION", body: "Su código es {{1}}.",
            status: "APPROVED"),
    ]

    var places: Int { Set(body.split(separator: "{{").dropFirst().compactMap { $0.first }).count }

    func filled(_ content: JSONValue) -> String {
        var text = body
        let values = (content["components"]?.list ?? []).flatMap { $0["parameters"]?.list ?? [] }
        for (place, value) in values.enumerated() {
            text = text.split(separator: "{{\(place + 1)}}", omittingEmptySubsequences: false)
                .joined(separator: value["text"]?.text ?? "")
        }
        return text
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("name", name)
            json.member("status", status)
            json.member("category", category)
            json.member("language", language)
            json.array("components") { json in
                json.object { json in
                    json.member("type", "BODY")
                    json.member("text", body)
                }
            }
        }
    }
}

extension WhatsAppLab {
    /// Language codes are taken by their language: es finds es_MX.
    func template(_ content: JSONValue) -> LabTemplate? {
        let language = content["language"]?["code"]?.text?.prefix(2) ?? ""
        return templates.first { $0.name == content["name"]?.text && $0.language.hasPrefix(language) }
    }

    /// A page of two, so that clients follow pages. One that waits is decided once it has been seen.
    mutating func listTemplates(_ call: LabCall) -> Response {
        let size = min(call.query["limit"].flatMap { Int($0) } ?? 25, 2)
        let first = call.query["after"].flatMap { Int($0) } ?? 0
        let shown = Array(templates.dropFirst(first).prefix(size))
        let (end, count) = (first + shown.count, templates.count)
        for index in templates.indices where templates[index].status == "PENDING" && (first..<end).contains(index) {
            templates[index].status = templates[index].body.contains("gratis") ? "REJECTED" : "APPROVED"
        }
        return Self.json { json in
            json.array("data") { json in for template in shown { template.write(to: &json) } }
            json.object("paging") { json in
                json.object("cursors") { $0.member("after", "\(end)") }
                if end < count { json.member("next", "https://graph.facebook.com/?after=\(end)") }
            }
        }
    }

    /// Refuses what Meta refuses: names in other letters, a place without an example, or at an end of the text.
    mutating func take(_ call: LabCall) -> Response {
        let body = (call.json?["components"]?.list ?? []).first { $0["type"]?.text == "BODY" }
        guard let name = call.json?["name"]?.text, let language = call.json?["language"]?.text,
            let category = call.json?["category"]?.text, let text = body?["text"]?.text,
            (1...1024).contains(text.utf16.count), ["UTILITY", "MARKETING"].contains(category),
            !name.isEmpty,
            name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F })
        else { return error(100, "Invalid parameter") }
        guard !templates.contains(where: { $0.name == name && $0.language == language }) else {
            return error(100, "Content in this language already exists")
        }
        let made = LabTemplate(name: name, language: language, category: category, body: text, status: "PENDING")
        let examples = body?["example"]?["body_text"]?.list.first?.list ?? []
        guard examples.count == made.places, !text.hasPrefix("{{"), !text.hasSuffix("}}") else {
            return error(100, "Examples are missing, or a parameter stands at an end of the text")
        }
        templates.append(made)
        return Self.json { json in
            json.member("id", "\(900_000 + templates.count)")
            json.member("status", made.status)
            json.member("category", category)
        }
    }
}
