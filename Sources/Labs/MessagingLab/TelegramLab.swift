import HTTP
import Identifiers
import JSON
import Time

/// A bot of Telegram's Bot API.
package struct TelegramLab: LabChannel {
    package struct Plan: Sendable {
        package var token = "7000000001:AAlab-lab-lab-lab-lab-lab-lab-lab00"
        package var name = "Empresa de prueba"
        package var userName = "empresa_prueba_bot"

        package init() {}
    }

    private let plan: Plan
    private let clock: TimeSource
    private let randomness: Randomness
    package var origin = ""
    package var telephones = LabTelephones()
    private var hook: (address: String, secret: String)?
    private var happened: [LabNotice] = []
    /// What nobody asked for yet, while there is no hook.
    private var updates: [(id: Int64, body: [UInt8])] = []
    private var lastUpdate: Int64 = 800_000_000
    private var lastMessage: Int64 = 0
    private var lastPerson: Int64 = 5_000_000_000
    /// Presses that nobody answered yet.
    private(set) var presses: Set<String> = []
    private var commands: [JSONValue] = []

    package init(_ plan: Plan = Plan(), clock: TimeSource = .system, randomness: Randomness = .system) {
        (self.plan, self.clock, self.randomness) = (plan, clock, randomness)
    }

    package var name: String { "Telegram" }
    private var now: Int64 { clock.now().seconds }

    package func isFile(_ call: LabCall) -> Bool { call.path.first == "file" }

    package mutating func takeHappened() -> [LabNotice] {
        defer { happened = [] }
        return happened
    }

    package mutating func answer(_ call: LabCall, _ faults: inout LabFaults) -> Response {
        if call.path.first == "file" { return download(call) }
        guard call.path.count == 2, call.path[0] == "bot\(plan.token)" else {
            return call.path.first?.hasPrefix("bot") == true
                ? Self.refusal(401, "Unauthorized") : Self.refusal(404, "Not Found")
        }
        let asked = Parameters(call)
        switch call.path[1].lowercased() {
        case "getme": return Self.result { writeBot(to: &$0) }
        case "setwebhook": return setHook(asked)
        case "deletewebhook":
            hook = nil
            return Self.result { $0.bool(true) }
        case "getwebhookinfo": return hookInfo
        case "getupdates": return getUpdates(asked)
        case "sendmessage": return send(asked, &faults)
        case "sendphoto": return send(file: "photo", asked, call, &faults)
        case "senddocument": return send(file: "document", asked, call, &faults)
        case "answercallbackquery":
            guard presses.remove(asked["callback_query_id"] ?? "") != nil else {
                return Self.refusal(
                    400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
            }
            return Self.result { $0.bool(true) }
        case "getfile": return getFile(asked)
        case "setmycommands":
            commands = asked.value("commands")?.list ?? []
            return Self.result { $0.bool(true) }
        case "sendchataction": return Self.result { $0.bool(true) }
        default: return Self.refusal(404, "Not Found: method not found")
        }
    }

    /// Parameters come as JSON, as a form of either kind, or in the query.
    struct Parameters {
        private let call: LabCall

        init(_ call: LabCall) { self.call = call }

        subscript(_ name: String) -> String? { call.json?[name]?.text ?? call.form[name] ?? call.query[name] }

        /// Objects stand in forms as JSON in quotes.
        func value(_ name: String) -> JSONValue? {
            if let json = call.json { return json[name] }
            return (call.form[name] ?? call.query[name]).flatMap { try? .parse(Array($0.utf8)) }
        }
    }
}

// What the company does.
extension TelegramLab {
    private mutating func setHook(_ asked: Parameters) -> Response {
        let address = asked["url"] ?? ""
        guard !address.isEmpty else {
            hook = nil
            return Self.result { $0.bool(true) }
        }
        let secret = asked["secret_token"] ?? ""
        guard address.hasPrefix("http"), secret.utf8.count <= 256,
            secret.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") })
        else { return Self.refusal(400, "Bad Request: bad webhook") }
        hook = (address, secret)
        for update in updates { tell(update.body) }
        updates = []
        return Self.result { $0.bool(true) }
    }

    private var hookInfo: Response {
        Self.result { json in
            json.object { json in
                json.member("url", hook?.address ?? "")
                json.member("has_custom_certificate", false)
                json.member("pending_update_count", updates.count)
            }
        }
    }

    private mutating func getUpdates(_ asked: Parameters) -> Response {
        guard hook == nil else {
            return Self.refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        }
        if let offset = asked["offset"].flatMap({ Int64($0) }) { updates.removeAll { $0.id < offset } }
        let most = min(max(asked["limit"].flatMap { Int($0) } ?? 100, 1), 100)
        var bytes = Array(#"{"ok":true,"result":["#.utf8)
        bytes += Array(updates.prefix(most).map(\.body).joined(separator: Array(",".utf8)))
        return .json(bytes + Array("]}".utf8))
    }

    /// Whom it is for, or why not.
    private func recipient(_ asked: Parameters, _ faults: inout LabFaults) -> (person: LabPerson?, refusal: Response) {
        if let code = faults.takeCode() { return (nil, fault(code)) }
        guard let person = telephones[asked["chat_id"] ?? ""] else {
            return (nil, Self.refusal(400, "Bad Request: chat not found"))
        }
        guard !person.blocks else { return (nil, Self.refusal(403, "Forbidden: bot was blocked by the user")) }
        // Bots do not speak first.
        guard person.wroteAt != nil else {
            return (nil, Self.refusal(403, "Forbidden: bot can't initiate conversation with a user"))
        }
        return (person, Self.refusal(400, ""))
    }

    private mutating func send(_ asked: Parameters, _ faults: inout LabFaults) -> Response {
        let (person, refusal) = recipient(asked, &faults)
        guard let person else { return refusal }
        let text = asked["text"] ?? ""
        guard !text.isEmpty else { return Self.refusal(400, "Bad Request: message text is empty") }
        guard text.utf16.count <= 4096 else { return Self.refusal(400, "Bad Request: message is too long") }
        let rows = asked.value("reply_markup")?["inline_keyboard"]?.list ?? []
        let buttons = rows.flatMap(\.list).filter { $0["callback_data"] != nil }.map {
            LabLineOfChat.Button(id: $0["callback_data"]?.text ?? "", title: $0["text"]?.text ?? "")
        }
        guard buttons.allSatisfy({ (1...64).contains($0.id.utf8.count) && !$0.title.isEmpty }) else {
            return Self.refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        }
        return take(text, buttons, nil, for: person)
    }

    private mutating func send(
        file kind: String, _ asked: Parameters, _ call: LabCall, _ faults: inout LabFaults
    ) -> Response {
        let (person, refusal) = recipient(asked, &faults)
        guard let person else { return refusal }
        guard let file = call.files.first, !file.bytes.isEmpty else {
            return Self.refusal(400, "Bad Request: there is no \(kind) in the request")
        }
        guard file.bytes.count <= (kind == "photo" ? 10 : 50) << 20 else {
            return Self.refusal(413, "Request Entity Too Large")
        }
        // Whatever the client calls a photograph, it is shown as one.
        let shown =
            kind == "photo" && !file.mediaType.hasPrefix("image/")
            ? LabFile(mediaType: "image/jpeg", name: file.name, bytes: file.bytes) : file
        return take(asked["caption"] ?? "", [], shown, for: person)
    }

    private mutating func take(
        _ text: String, _ buttons: [LabLineOfChat.Button], _ file: LabFile?, for person: LabPerson
    ) -> Response {
        lastMessage += 1
        var line = LabLineOfChat(id: "\(lastMessage)", isTheirs: false, text: text, at: now)
        line.buttons = buttons
        line.state = "delivered"
        if let file {
            line.file = "lab\(lastMessage)"
            telephones.keep(file, as: "lab\(lastMessage)")
        }
        telephones.take(line, for: person.id)
        return Self.result { write(line, of: person, to: &$0) }
    }

    private func getFile(_ asked: Parameters) -> Response {
        let id = asked["file_id"] ?? ""
        guard let file = telephones.files[id] else { return Self.refusal(400, "Bad Request: invalid file_id") }
        guard file.bytes.count <= 20 << 20 else { return Self.refusal(400, "Bad Request: file is too big") }
        return Self.result { json in
            json.object { json in
                json.member("file_id", id)
                json.member("file_unique_id", "u\(id)")
                json.member("file_size", file.bytes.count)
                json.member("file_path", "files/\(id)")
            }
        }
    }

    private func download(_ call: LabCall) -> Response {
        guard call.path.count == 4, call.path[1] == "bot\(plan.token)", let file = telephones.files[call.path[3]] else {
            return Self.refusal(404, "Not Found")
        }
        return Response(.ok, contentType: .binary, body: .bytes(file.bytes))
    }
}

// What people do.
extension TelegramLab {
    package mutating func add(named name: String, phone: String, hidden: Bool) -> String {
        lastPerson += 1
        telephones.add(
            LabPerson(id: "\(lastPerson)", name: name, phone: phone.filter { $0.isASCII && $0.isNumber }))
        return "\(lastPerson)"
    }

    package mutating func write(_ said: [LabSaid], by id: String) {
        for said in said {
            lastMessage += 1
            let now = now
            var line = LabLineOfChat(id: "\(lastMessage)", isTheirs: true, text: said.text, at: now)
            if let file = said.file {
                line.file = "lab\(lastMessage)"
                telephones.keep(file, as: "lab\(lastMessage)")
            }
            telephones.change(id) { person in
                person.wroteAt = now
                if said.kind != .press { person.lines.append(line) }
            }
            guard let person = telephones[id] else { return }
            if said.kind == .press { press(said, by: person) } else { tell(of: said, line, by: person) }
        }
    }

    private mutating func press(_ said: LabSaid, by person: LabPerson) {
        guard let line = person.lines.first(where: { $0.id == said.message }) else { return }
        let query = "\(randomness.next() >> 12)"
        presses.insert(query)
        update { lab, json in
            json.object("callback_query") { json in
                json.member("id", query)
                json.name("from")
                lab.write(person, to: &json)
                json.name("message")
                lab.write(line, of: person, to: &json)
                json.member("chat_instance", "1")
                json.member("data", said.choice)
            }
        }
    }

    private mutating func tell(of said: LabSaid, _ line: LabLineOfChat, by person: LabPerson) {
        update { lab, json in
            json.name("message")
            lab.write(line, of: person, said, to: &json)
        }
    }

    /// Nobody is told that a message was read.
    package mutating func see(by person: String) {}

    package mutating func question(to address: String, _ token: String?) -> (address: String, answer: String)? { nil }

    /// Bots say themselves where they are told.
    package mutating func connect(_ address: String) -> Bool { false }

    private mutating func update(_ write: (TelegramLab, inout JSONWriter) -> Void) {
        lastUpdate += 1
        var json = JSONWriter()
        json.object { json in
            json.member("update_id", lastUpdate)
            write(self, &json)
        }
        if hook == nil { updates.append((lastUpdate, json.bytes)) } else { tell(json.bytes) }
    }

    private mutating func tell(_ body: [UInt8]) {
        guard let hook else { return }
        let headers = hook.secret.isEmpty ? [] : [("X-Telegram-Bot-Api-Secret-Token", hook.secret)]
        happened.append(LabNotice(address: hook.address, headers: headers, body: body))
    }
}

// JSON of updates and answers.
extension TelegramLab {
    private func write(
        _ line: LabLineOfChat, of person: LabPerson, _ said: LabSaid? = nil, to json: inout JSONWriter
    ) {
        json.object { json in
            json.member("message_id", Int64(line.id) ?? 0)
            json.member("date", line.at)
            json.object("chat") { json in
                json.member("id", Int64(person.id) ?? 0)
                json.member("type", "private")
                json.member("first_name", person.name)
            }
            json.name("from")
            if line.isTheirs { write(person, to: &json) } else { writeBot(to: &json) }
            if let id = line.file, let file = telephones.files[id] {
                if !line.text.isEmpty { json.member("caption", line.text) }
                write(file, id, to: &json)
            } else {
                write(said, line, of: person, to: &json)
            }
            guard !line.buttons.isEmpty else { return }
            json.object("reply_markup") { json in
                json.array("inline_keyboard") { json in
                    for button in line.buttons {
                        json.array { json in
                            json.object { json in
                                json.member("text", button.title)
                                json.member("callback_data", button.id)
                            }
                        }
                    }
                }
            }
        }
    }

    private func write(_ said: LabSaid?, _ line: LabLineOfChat, of person: LabPerson, to json: inout JSONWriter) {
        switch said?.kind {
        case .location:
            json.object("location") { json in
                json.member("latitude", 4.711)
                json.member("longitude", -74.0721)
            }
        case .contact:
            json.object("contact") { json in
                json.member("phone_number", person.phone)
                json.member("first_name", person.name)
                json.member("user_id", Int64(person.id) ?? 0)
            }
        case .unsupported: json.object("dice") { $0.member("value", 6) }
        default: json.member("text", line.text)
        }
    }

    private func write(_ file: LabFile, _ id: String, to json: inout JSONWriter) {
        func write(_ json: inout JSONWriter) {
            json.object { json in
                json.member("file_id", id)
                json.member("file_unique_id", "u\(id)")
                json.member("file_size", file.bytes.count)
                json.member("mime_type", file.mediaType)
                json.member("file_name", file.name)
                json.member("width", 90)
                json.member("height", 90)
            }
        }
        if file.mediaType.hasPrefix("image/") {
            json.array("photo") { json in write(&json) }
        } else {
            json.name(file.mediaType.hasPrefix("audio/") ? "audio" : "document")
            write(&json)
        }
    }

    private func write(_ person: LabPerson, to json: inout JSONWriter) {
        json.object { json in
            json.member("id", Int64(person.id) ?? 0)
            json.member("is_bot", false)
            json.member("first_name", person.name)
            json.member("language_code", "es")
        }
    }

    private func writeBot(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", Int64(plan.token.prefix { $0 != ":" }) ?? 0)
            json.member("is_bot", true)
            json.member("first_name", plan.name)
            json.member("username", plan.userName)
        }
    }

    private static func result(_ write: (inout JSONWriter) -> Void) -> Response {
        var json = JSONWriter()
        json.object { json in
            json.member("ok", true)
            json.name("result")
            write(&json)
        }
        return .json(json.bytes)
    }

    private func fault(_ code: Int) -> Response {
        switch code {
        case 429: Self.refusal(429, "Too Many Requests: retry after 3", after: 3)
        case 403: Self.refusal(403, "Forbidden: bot was blocked by the user")
        case 401: Self.refusal(401, "Unauthorized")
        default: Self.refusal(code, "Fault \(code)")
        }
    }

    private static func refusal(_ code: Int, _ words: String, after seconds: Int? = nil) -> Response {
        var json = JSONWriter()
        json.object { json in
            json.member("ok", false)
            json.member("error_code", code)
            json.member("description", words)
            if let seconds { json.object("parameters") { $0.member("retry_after", seconds) } }
        }
        return .json(json.bytes, status: (400...599).contains(code) ? Status(code) : .badRequest)
    }
}
