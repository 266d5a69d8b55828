import ChannelProtocol
import Crypto
import JSON
import Time
import WebClient

/// A bot of Telegram's.
package struct TelegramChannel: MessagingChannel {
    package static let address = "https://api.telegram.org"

    let line: ChannelLine

    package init(_ line: ChannelLine) { self.line = line }

    package var provider: ChannelProvider { .telegram }

    private func ask(
        _ method: String, _ keys: ChannelKeys, _ body: ChannelLine.Body = .none
    ) async throws(ChannelFailure) -> JSONValue {
        guard Self.isToken(keys.token) else { throw ChannelFailure(.tokenRefused) }
        let answer = try await line.ask("POST", "/bot\(keys.token)/\(method)", [], body)
        if answer.value?["ok"]?.flag == true, let result = answer.value?["result"] { return result }
        guard let value = answer.value, value["ok"]?.flag == false else {
            throw ChannelFailure(answer.status == 429 ? .busy : .unknown, "HTTP \(answer.status)")
        }
        throw Self.failure(value, status: answer.status)
    }

    static func failure(_ value: JSONValue, status: Int) -> ChannelFailure {
        let words = value["description"]?.text ?? ""
        let code = value["error_code"]?.whole ?? Int64(status)
        let after = value["parameters"]?["retry_after"]?.whole.map { Duration.seconds(min(max($0, 1), 86_400)) }
        let reason: ChannelFailure.Reason =
            switch code {
            case 401, 404: .tokenRefused
            case 403: .recipientBlocked
            case 429: .busy
            case 500...: .troubled
            case 400 where words.contains("chat not found") || words.contains("user is deactivated"): .recipientBlocked
            case 400 where words.contains("file is too big"): .fileTooLarge
            case 400 where words.contains("file"): .fileRefused
            default: .refused
            }
        return ChannelFailure(reason, "\(code): \(words)", after: after)
    }

    package func examine(_ keys: ChannelKeys, toldAt hook: String) async throws(ChannelFailure) -> ChannelAccount {
        let bot = try await ask("getMe", keys)
        guard let name = bot["first_name"]?.text, let handle = bot["username"]?.text else {
            throw ChannelFailure(.troubled, "no bot")
        }
        let told = try await ask("getWebhookInfo", keys)
        var flaws: [ChannelAccount.Flaw] = []
        let address = told["url"]?.text.flatMap { $0.isEmpty ? nil : $0 }
        if address != hook {
            flaws.append(.otherHook(address))
        } else if let words = told["last_error_message"]?.text, (told["pending_update_count"]?.whole ?? 0) > 0 {
            flaws.append(.hookTroubled(String(words.prefix(200))))
        }
        return ChannelAccount(name: name, handle: "@\(handle)", flaws: flaws)
    }

    package func register(_ hook: String, with keys: ChannelKeys) async throws(ChannelFailure) {
        _ = try await ask(
            "setWebhook", keys,
            .json { json in
                json.object { json in
                    json.member("url", hook)
                    json.member("secret_token", keys.secret)
                    json.array("allowed_updates") { json in
                        json.string("message")
                        json.string("callback_query")
                    }
                }
            })
    }

    package func send(
        _ message: OutboundMessage, with keys: ChannelKeys
    ) async throws(ChannelFailure) -> SentMessage {
        guard let chat = Int64(message.recipient) else { throw ChannelFailure(.recipientBlocked, "no chat") }
        let result: JSONValue
        switch message.content {
        case .text(let text): result = try await say(text, [], message, to: chat, keys)
        case .buttons(let text, let buttons): result = try await say(text, buttons, message, to: chat, keys)
        case .template: throw ChannelFailure(.templateUnknown, "Telegram has none")
        case .file(let file, let caption): result = try await show(file, caption, message, to: chat, keys)
        }
        guard let id = result["message_id"]?.id else { throw ChannelFailure(.unknown, "no identifier") }
        return SentMessage(id: id)
    }

    private func say(
        _ text: String, _ buttons: [OutboundMessage.Button], _ message: OutboundMessage, to chat: Int64,
        _ keys: ChannelKeys
    ) async throws(ChannelFailure) -> JSONValue {
        try await ask(
            "sendMessage", keys,
            .json { json in
                json.object { json in
                    json.member("chat_id", chat)
                    json.member("text", text)
                    if let id = message.replyTo.flatMap({ Int64($0) }) {
                        json.object("reply_parameters") { json in
                            json.member("message_id", id)
                            json.member("allow_sending_without_reply", true)
                        }
                    }
                    guard !buttons.isEmpty else { return }
                    json.object("reply_markup") { json in
                        json.array("inline_keyboard") { json in
                            for button in buttons {
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
            })
    }

    private func show(
        _ file: OutboundFile, _ caption: String, _ message: OutboundMessage, to chat: Int64, _ keys: ChannelKeys
    ) async throws(ChannelFailure) -> JSONValue {
        let isPhoto =
            ["image/jpeg", "image/png", "image/webp"].contains(file.mediaType) && file.bytes.count <= 10 << 20
        var form = Multipart()
        form.add("chat_id", "\(chat)")
        if !caption.isEmpty { form.add("caption", caption.cut(to: 1024)) }
        form.add(isPhoto ? "photo" : "document", file)
        return try await ask(isPhoto ? "sendPhoto" : "sendDocument", keys, .multipart(form))
    }

    /// Telegram asks nothing beforehand.
    package func challenge(of query: [String: String], with keys: ChannelKeys) -> String? { nil }

    package func read(_ notice: ChannelNotice, with keys: ChannelKeys) throws(NoticeFault) -> [ChannelEvent] {
        guard let shown = notice.headers["x-telegram-bot-api-secret-token"], !keys.secret.isEmpty else {
            throw .unsigned
        }
        guard ConstantTime.equal(Array(shown.utf8), to: Array(keys.secret.utf8)) else { throw .forged }
        return try TelegramReading.events(in: notice.body)
    }

    /// The wheel on a pressed button stops. Of a message nobody is told that it was read.
    package func acknowledge(_ receipt: String, with keys: ChannelKeys) async throws(ChannelFailure) {
        _ = try await ask(
            "answerCallbackQuery", keys,
            .json { json in json.object { json in json.member("callback_query_id", receipt) } })
    }

    package func fetch(
        _ file: IncomingFile, upTo most: Int, with keys: ChannelKeys
    ) async throws(ChannelFailure) -> FetchedFile {
        let found = try await ask("getFile", keys, .json { json in json.object { $0.member("file_id", file.id) } })
        if let bytes = found["file_size"]?.whole, bytes > most { throw ChannelFailure(.fileTooLarge, "\(bytes)") }
        guard let path = found["file_path"]?.text, Self.isPath(path) else {
            throw ChannelFailure(.fileRefused, "no path")
        }
        let fetched = try await line.fetch("\(line.base)/file/bot\(keys.token)/\(path)", [], upTo: most)
        // Their server calls every file a stream of bytes.
        return FetchedFile(mediaType: file.mediaType, bytes: fetched.bytes)
    }

    /// `123456:AA…`: it is written into the address.
    static func isToken(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && String(parts[0]).isDigits && parts[0].utf8.count <= 20
            && (20...100).contains(parts[1].utf8.count) && isPlain(parts[1], besides: "_-")
    }

    private static func isPath(_ text: String) -> Bool {
        (1...200).contains(text.utf8.count) && isPlain(text, besides: "_-./") && !text.contains("..")
    }

    private static func isPlain(_ text: some StringProtocol, besides marks: String) -> Bool {
        text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || marks.contains($0)) }
    }
}
