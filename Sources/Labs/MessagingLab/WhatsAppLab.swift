import Crypto
import HTTP
import Identifiers
import JSON
import Time

/// WhatsApp's Cloud API as a company sees it: one number of a business account.
package struct WhatsAppLab: LabChannel {
    package struct Plan: Sendable {
        package var token = "EAAlab"
        package var number = "106540352242922"
        package var appSecret = "app-secret-lab"
        package var verifyToken = "verify-lab"
        package var display = "+52 55 5000 0000"
        package var name = "Empresa de prueba"
        /// Where it tells of messages; nil while nobody registered an address.
        package var hook: String?
        /// What the token may do.
        package var scopes = ["whatsapp_business_messaging", "whatsapp_business_management"]
        /// Numbers without a telephone on the page receive too; nobody answers there.
        package var everybodyReceives = false

        package init() {}
    }

    package static let account = "102290129340398"
    var templates = LabTemplate.usual

    private let plan: Plan
    private let clock: TimeSource
    private let randomness: Randomness
    package var origin = ""
    package var telephones = LabTelephones()
    private var hook: String?
    private var happened: [LabNotice] = []
    /// Where files lie for five minutes.
    private var addresses: [String: (file: String, until: Int64)] = [:]
    private var lastNumber: Int64 = 0

    package init(_ plan: Plan = Plan(), clock: TimeSource = .system, randomness: Randomness = .system) {
        (self.plan, self.clock, self.randomness, hook) = (plan, clock, randomness, plan.hook)
    }

    package var name: String { "WhatsApp" }
    private var now: Int64 { clock.now().seconds }

    private func newID() -> String { "wamid.\(Base64.standard.encode(randomness.bytes(24)))" }

    private mutating func nextNumber() -> String {
        lastNumber += 1
        return "\(900_000_000_000_000 + lastNumber)"
    }

    package func isFile(_ call: LabCall) -> Bool { call.path.first == "files" }

    package mutating func takeHappened() -> [LabNotice] {
        defer { happened = [] }
        return happened
    }

    package mutating func answer(_ call: LabCall, _ faults: inout LabFaults) -> Response {
        guard call.authorization == "Bearer \(plan.token)" else {
            return error(190, "Error validating access token", status: .unauthorized)
        }
        if call.path.first == "files" { return download(call) }
        guard call.path.count >= 2, call.path[0].hasPrefix("v") else { return Self.unknown }
        switch (call.method, call.path[1], call.path.dropFirst(2).first) {
        case (.post, plan.number, "messages"): return send(call, &faults)
        case (.post, plan.number, "media"): return upload(call)
        case (.get, plan.number, nil): return about(call)
        case (.get, "debug_token", nil): return aboutToken
        case (.get, Self.account, "message_templates"): return listTemplates(call)
        case (.post, Self.account, "message_templates"): return take(call)
        case (.get, let id, nil): return place(id)
        default: return Self.unknown
        }
    }
}

// The account and its number.
extension WhatsAppLab {
    private func about(_ call: LabCall) -> Response {
        if let proof = call.query["appsecret_proof"],
            proof != Hex.encode(HMAC.sha256(Array(plan.token.utf8), key: Array(plan.appSecret.utf8)))
        {
            return error(100, "Invalid appsecret_proof provided in the API argument")
        }
        return Self.json { json in
            json.member("id", plan.number)
            json.member("display_phone_number", plan.display)
            json.member("verified_name", plan.name)
            json.member("quality_rating", "GREEN")
            if let hook { json.object("webhook_configuration") { $0.member("application", hook) } }
        }
    }

    private var aboutToken: Response {
        Self.json { json in
            json.object("data") { json in
                json.member("is_valid", true)
                json.member("scopes", plan.scopes)
            }
        }
    }

    package mutating func question(to address: String, _ token: String?) -> (address: String, answer: String)? {
        let challenge = "\(randomness.next() % 1_000_000_000)"
        let query = Fields([
            "hub.mode": "subscribe", "hub.verify_token": token ?? plan.verifyToken, "hub.challenge": challenge,
        ])
        return (query.query(of: address), challenge)
    }

    package mutating func connect(_ address: String) -> Bool {
        guard address.hasPrefix("http") else { return false }
        hook = address
        return true
    }
}

// What the company sends.
extension WhatsAppLab {
    private mutating func send(_ call: LabCall, _ faults: inout LabFaults) -> Response {
        guard let message = call.json, message["messaging_product"]?.text == "whatsapp" else {
            return error(100, "The parameter messaging_product is required.")
        }
        if message["status"]?.text == "read" { return Self.json { $0.member("success", true) } }
        if let code = faults.takeCode() { return fault(code) }
        guard let recipient = message["to"]?.text ?? message["recipient"]?.text, !recipient.isEmpty,
            let type = message["type"]?.text, let content = message[type]
        else { return error(100, "The parameters to and type are required.") }
        if let wrong = wrong(type, content) { return error(wrong.code, wrong.words) }
        let id = newID()
        var line = LabLineOfChat(id: id, isTheirs: false, text: shown(type, content), at: now)
        line.buttons = buttons(content)
        line.file = content["id"]?.text
        line.mark = message["biz_opaque_callback_data"]?.text
        let person = telephones.people.first { $0.id == recipient || $0.businessID == recipient }
        telephones.take(line, for: person?.id ?? "")
        tell(of: line, to: person, recipient, isTemplate: type == "template")
        return Self.json { json in
            json.member("messaging_product", "whatsapp")
            json.array("contacts") { json in
                json.object { json in
                    json.member("input", recipient)
                    if person?.hidesPhone != true { json.member("wa_id", person?.id ?? recipient) }
                }
            }
            json.array("messages") { json in
                json.object { json in
                    json.member("id", id)
                    json.member("message_status", "accepted")
                }
            }
        }
    }

    private mutating func tell(of line: LabLineOfChat, to person: LabPerson?, _ recipient: String, isTemplate: Bool) {
        let isOpen = person?.wroteAt.map { now - $0 < 86_400 } ?? false
        let receives = person.map { !$0.blocks } ?? plan.everybodyReceives
        if receives, isOpen || isTemplate {
            if let person { telephones.change(person.id) { $0.lines[$0.lines.count - 1].state = "delivered" } }
            tell([status("sent", of: line, recipient)])
            tell([status("delivered", of: line, recipient)])
        } else {
            let code = receives ? 131047 : 131026
            if let person { telephones.change(person.id) { $0.lines.removeLast() } }
            tell([status("failed", of: line, recipient, code: code)])
        }
    }

    /// What the limits of the API refuse.
    private func wrong(_ type: String, _ content: JSONValue) -> (code: Int, words: String)? {
        func isIn(_ value: JSONValue?, _ most: Int) -> Bool {
            value?.text.map { (1...most).contains($0.utf16.count) } ?? false
        }
        switch type {
        case "text": return isIn(content["body"], 4096) ? nil : (100, "text.body must have 1 to 4096 characters")
        case "image", "video", "audio", "document", "sticker":
            guard let id = content["id"]?.text, let file = telephones.files[id] else {
                return (131053, "Media upload error")
            }
            let most = ["image": 5 << 20, "sticker": 500 << 10, "document": 100 << 20][type] ?? 16 << 20
            if file.bytes.count > most { return (131053, "Media upload error: too large") }
            if type == "image", !["image/jpeg", "image/png"].contains(file.mediaType) {
                return (131053, "Media upload error: \(file.mediaType)")
            }
            return content["caption"].map { isIn($0, 1024) } ?? true ? nil : (100, "caption is too long")
        case "template":
            guard let template = template(content), template.status == "APPROVED"
            else { return (132001, "Template name does not exist in the translation") }
            let values = content["components"]?.list.flatMap { $0["parameters"]?.list ?? [] } ?? []
            return values.count == template.places ? nil : (132000, "Number of parameters does not match")
        case "interactive": return wrongButtons(content, isIn)
        default: return (131051, "Unsupported message type")
        }
    }

    private func wrongButtons(
        _ content: JSONValue, _ isIn: (JSONValue?, Int) -> Bool
    ) -> (code: Int, words: String)? {
        let isList = content["type"]?.text == "list"
        guard isIn(content["body"]?["text"], isList ? 4096 : 1024) else { return (100, "body is too long") }
        guard isList else {
            let buttons = (content["action"]?["buttons"]?.list ?? []).compactMap { $0["reply"] }
            let isRight =
                (1...3).contains(buttons.count) && buttons.allSatisfy { isIn($0["id"], 256) && isIn($0["title"], 20) }
                && Set(buttons.compactMap { $0["title"]?.text }).count == buttons.count
            return isRight ? nil : (100, "1 to 3 buttons with different titles of 20 characters")
        }
        let rows = (content["action"]?["sections"]?.list ?? []).flatMap { $0["rows"]?.list ?? [] }
        let isRight =
            isIn(content["action"]?["button"], 20) && (1...10).contains(rows.count)
            && rows.allSatisfy { isIn($0["id"], 200) && isIn($0["title"], 24) }
        return isRight ? nil : (100, "1 to 10 rows with titles of 24 characters")
    }

    private func shown(_ type: String, _ content: JSONValue) -> String {
        switch type {
        case "text": content["body"]?.text ?? ""
        case "interactive": content["body"]?["text"]?.text ?? ""
        case "template": template(content)?.filled(content) ?? ""
        default: content["caption"]?.text ?? content["filename"]?.text ?? ""
        }
    }

    private func buttons(_ content: JSONValue) -> [LabLineOfChat.Button] {
        let action = content["action"]
        let replies = (action?["buttons"]?.list ?? []).compactMap { $0["reply"] }
        let rows = (action?["sections"]?.list ?? []).flatMap { $0["rows"]?.list ?? [] }
        return (replies + rows).map { .init(id: $0["id"]?.text ?? "", title: $0["title"]?.text ?? "") }
    }
}

// Files.
extension WhatsAppLab {
    private mutating func upload(_ call: LabCall) -> Response {
        guard call.form["messaging_product"] == "whatsapp", let file = call.files.first, !file.bytes.isEmpty else {
            return error(100, "file is required")
        }
        let id = nextNumber()
        telephones.keep(file, as: id)
        return Self.json { $0.member("id", id) }
    }

    private mutating func place(_ id: String) -> Response {
        guard let file = telephones.files[id] else {
            return error(100, "Unsupported get request. Object with ID '\(id)' does not exist")
        }
        let place = Hex.encode(randomness.bytes(16))
        addresses[place] = (id, now + 300)
        return Self.json { json in
            json.member("messaging_product", "whatsapp")
            json.member("url", "\(origin)/files/\(place)")
            json.member("mime_type", file.mediaType)
            json.member("sha256", Hex.encode(SHA256.digest(of: file.bytes)))
            json.member("file_size", file.bytes.count)
            json.member("id", id)
        }
    }

    private func download(_ call: LabCall) -> Response {
        guard call.path.count == 2, let place = addresses[call.path[1]], now < place.until,
            let file = telephones.files[place.file]
        else { return .text("gone", status: .notFound) }
        return Response(
            .ok, contentType: ContentType(file.mediaType, isCompressible: false), body: .bytes(file.bytes))
    }
}

// What people do.
extension WhatsAppLab {
    package mutating func add(named name: String, phone: String, hidden: Bool) -> String {
        let digits = phone.filter { $0.isASCII && $0.isNumber }
        let number = digits.isEmpty ? nextNumber() : digits
        var person = LabPerson(id: number, name: name, phone: number)
        person.businessID = "MX.\(number.reversed().map(String.init).joined())"
        person.hidesPhone = hidden
        telephones.add(person)
        return number
    }

    package mutating func write(_ said: [LabSaid], by id: String) {
        let now = now
        let written = said.map { said -> (LabSaid, LabLineOfChat) in
            var line = LabLineOfChat(id: newID(), isTheirs: true, text: said.text, at: now)
            if let file = said.file {
                let media = nextNumber()
                telephones.keep(file, as: media)
                line.file = media
            }
            telephones.change(id) { person in
                person.lines.append(line)
                person.wroteAt = now
            }
            return (said, line)
        }
        guard let person = telephones[id] else { return }
        let lab = self
        tell(from: person) { json in
            json.array("messages") { json in
                for (said, line) in written { json.object { lab.write(said, line, of: person, to: &$0) } }
            }
        }
    }

    package mutating func see(by id: String) {
        guard let person = telephones[id] else { return }
        let unread = person.lines.filter { !$0.isTheirs && $0.state == "delivered" }
        guard !unread.isEmpty else { return }
        telephones.change(id) { person in
            for index in person.lines.indices where person.lines[index].state == "delivered" {
                person.lines[index].state = "read"
            }
        }
        tell(unread.map { status("read", of: $0, id) })
    }

    private func write(_ said: LabSaid, _ line: LabLineOfChat, of person: LabPerson, to json: inout JSONWriter) {
        if !person.hidesPhone { json.member("from", person.id) }
        json.member("from_user_id", person.businessID)
        json.member("id", line.id)
        json.member("timestamp", "\(line.at)")
        switch said.kind {
        case .text:
            json.member("type", "text")
            json.object("text") { $0.member("body", said.text) }
        case .file:
            let type = said.file?.mediaType ?? ""
            let kind: StaticString =
                type.hasPrefix("image/") ? "image" : type.hasPrefix("audio/") ? "audio" : "document"
            json.member("type", kind)
            json.object(kind) { json in
                json.member("id", line.file)
                json.member("mime_type", type)
                if let file = said.file {
                    json.member("sha256", Base64.standard.encode(SHA256.digest(of: file.bytes)))
                    if "\(kind)" == "document" { json.member("filename", file.name) }
                }
                if !said.text.isEmpty { json.member("caption", said.text) }
            }
        case .press: writePress(said, of: person, to: &json)
        case .location:
            json.member("type", "location")
            json.object("location") { json in
                json.member("latitude", 19.4326)
                json.member("longitude", -99.1332)
                json.member("name", said.text)
            }
        case .contact:
            json.member("type", "contacts")
            json.array("contacts") { json in
                json.object { json in
                    json.object("name") { $0.member("formatted_name", person.name) }
                    json.array("phones") { json in json.object { $0.member("phone", "+\(person.phone)") } }
                }
            }
        case .unsupported:
            json.member("type", "unsupported")
            json.array("errors") { json in
                json.object { json in
                    json.member("code", 131051)
                    json.member("title", "Message type unknown")
                }
            }
        }
    }

    private func writePress(_ said: LabSaid, of person: LabPerson, to json: inout JSONWriter) {
        let asked = person.lines.first { $0.id == said.message }
        let title = asked?.buttons.first { $0.id == said.choice }?.title ?? said.text
        if let asked { json.object("context") { $0.member("id", asked.id) } }
        json.member("type", "interactive")
        json.object("interactive") { json in
            let kind: StaticString = (asked?.buttons.count ?? 0) > 3 ? "list_reply" : "button_reply"
            json.member("type", kind)
            json.object(kind) { json in
                json.member("id", said.choice)
                json.member("title", title)
            }
        }
    }
}

// JSON of webhooks and answers.
extension WhatsAppLab {
    typealias Write = (inout JSONWriter) -> Void

    private func status(_ status: String, of line: LabLineOfChat, _ recipient: String, code: Int? = nil) -> Write {
        { [now] json in
            json.object { json in
                json.member("id", line.id)
                json.member("status", status)
                json.member("timestamp", "\(now)")
                json.member("recipient_id", recipient)
                if let mark = line.mark { json.member("biz_opaque_callback_data", mark) }
                guard let code else { return }
                json.array("errors") { json in
                    json.object { json in
                        json.member("code", code)
                        json.member("title", code == 131047 ? "Re-engagement message" : "Message undeliverable")
                    }
                }
            }
        }
    }

    private mutating func tell(_ statuses: [Write]) {
        tell(from: nil) { json in json.array("statuses") { json in for status in statuses { status(&json) } } }
    }

    /// Signed, in the form in which everything that is not ASCII is escaped.
    private mutating func tell(from person: LabPerson?, _ write: Write) {
        guard let hook else { return }
        var json = JSONWriter()
        json.object { json in
            json.member("object", "whatsapp_business_account")
            json.array("entry") { json in
                json.object { json in
                    json.member("id", Self.account)
                    json.array("changes") { json in
                        json.object { json in
                            json.member("field", "messages")
                            json.object("value") { json in
                                json.member("messaging_product", "whatsapp")
                                json.object("metadata") { json in
                                    json.member("display_phone_number", plan.display)
                                    json.member("phone_number_id", plan.number)
                                }
                                if let person { writeContact(person, to: &json) }
                                write(&json)
                            }
                        }
                    }
                }
            }
        }
        var body: [UInt8] = []
        for unit in String(decoding: json.bytes, as: UTF8.self).utf16 {
            if unit < 0x80 {
                body.append(UInt8(unit))
            } else {
                let hex = String(unit, radix: 16)
                body += Array("\\u\(String(repeating: "0", count: 4 - hex.count))\(hex)".utf8)
            }
        }
        let signed = Hex.encode(HMAC.sha256(body, key: Array(plan.appSecret.utf8)))
        happened.append(LabNotice(address: hook, headers: [("X-Hub-Signature-256", "sha256=\(signed)")], body: body))
    }

    private func writeContact(_ person: LabPerson, to json: inout JSONWriter) {
        json.array("contacts") { json in
            json.object { json in
                json.object("profile") { $0.member("name", person.name) }
                if !person.hidesPhone { json.member("wa_id", person.id) }
                json.member("user_id", person.businessID)
            }
        }
    }

    static func json(_ write: Write) -> Response {
        var json = JSONWriter()
        json.object { write(&$0) }
        return .json(json.bytes)
    }

    private func fault(_ code: Int) -> Response {
        switch code {
        case 190: error(code, "Session has expired", status: .unauthorized)
        case 4, 80007, 130429: error(code, "Rate limit hit", status: .tooManyRequests)
        case 368, 131031: error(code, "Account has been locked", status: .forbidden)
        case 500...599: .text("upstream", status: .badGateway)
        default: error(code, "Fault \(code)")
        }
    }

    func error(_ code: Int, _ words: String, status: Status = .badRequest) -> Response {
        var json = JSONWriter()
        json.object { json in
            json.object("error") { json in
                json.member("message", "(#\(code)) \(words)")
                json.member("type", "OAuthException")
                json.member("code", code)
                json.object("error_data") { json in
                    json.member("messaging_product", "whatsapp")
                    json.member("details", words)
                }
                json.member("fbtrace_id", "lab")
            }
        }
        return .json(json.bytes, status: status)
    }

    private static var unknown: Response { .text("Not Found", status: .notFound) }
}
