import ChannelProtocol
import JSON
import Time

/// An update of Telegram's. Groups are passed over: a bot answers people.
enum TelegramReading {
    static func events(in body: [UInt8]) throws(NoticeFault) -> [ChannelEvent] {
        guard let update: JSONValue = try? .parse(body), update["update_id"]?.whole != nil else { throw .unreadable }
        let read = update["message"].flatMap(message) ?? update["callback_query"].flatMap(press)
        return read.map { [.message($0)] } ?? []
    }

    private static func message(_ message: JSONValue) -> IncomingMessage? {
        guard let chat = privateChat(of: message), let id = message["message_id"]?.id, let from = message["from"],
            let sentAt = message["date"]?.moment
        else { return nil }
        var read = IncomingMessage(
            from: chat, name: name(of: from), id: id, .unsupported, text: message["caption"]?.text ?? "",
            replyTo: message["reply_to_message"]?["message_id"]?.id, sentAt: sentAt)
        if let text = message["text"]?.text {
            (read.kind, read.text) = (.text, text)
        } else if let photo = message["photo"]?.list.last {
            // The sizes ascend.
            put(.image, photo, "image/jpeg", into: &read)
        } else if let content = message["document"] {
            let type = content["mime_type"]?.text ?? "application/octet-stream"
            put(type.hasPrefix("image/") ? .image : .document, content, type, into: &read)
        } else if let content = message["voice"] ?? message["audio"] {
            put(.audio, content, content["mime_type"]?.text ?? "audio/ogg", into: &read)
        } else if let content = message["video"] ?? message["video_note"] {
            put(.video, content, content["mime_type"]?.text ?? "video/mp4", into: &read)
        } else if let content = message["sticker"] {
            put(.sticker, content, "image/webp", into: &read)
        } else if let place = message["venue"]?["location"] ?? message["location"],
            let latitude = place["latitude"]?.number, let longitude = place["longitude"]?.number
        {
            read.kind = .location
            read.place = .init(
                latitude: latitude, longitude: longitude, name: message["venue"]?["title"]?.text ?? "")
        } else if let contact = message["contact"], let phone = contact["phone_number"]?.text {
            let names = [contact["first_name"]?.text, contact["last_name"]?.text].compactMap(\.self)
            (read.kind, read.text) = (.contact, (names + [phone]).joined(separator: " "))
            // Telegram vouches for a number only where somebody shares their own card.
            let digits = phone.filter(\.isNumber)
            if contact["user_id"]?.whole != nil, contact["user_id"] == from["id"] {
                read.phone = WhatsAppReading.phone(digits)
            }
        }
        return read
    }

    private static func press(_ query: JSONValue) -> IncomingMessage? {
        guard let id = query["id"]?.id, let from = query["from"], let message = query["message"],
            let chat = privateChat(of: message), let choice = query["data"]?.text
        else { return nil }
        let buttons = (message["reply_markup"]?["inline_keyboard"]?.list ?? []).flatMap(\.list)
        let title = buttons.first { $0["callback_data"]?.text == choice }?["text"]?.text
        // A press has no time of its own.
        return IncomingMessage(
            from: chat, name: name(of: from), id: "press:\(id)", .buttons, text: title ?? choice, choice: choice,
            replyTo: message["message_id"]?.id, sentAt: nil, receipt: id)
    }

    private static func put(
        _ kind: IncomingMessage.Kind, _ content: JSONValue, _ type: String, into read: inout IncomingMessage
    ) {
        guard let id = content["file_id"]?.id else { return }
        read.kind = kind
        read.files = [
            IncomingFile(
                id: id, mediaType: type, name: content["file_name"]?.text ?? "",
                bytes: content["file_size"]?.whole.flatMap { Int(exactly: $0) })
        ]
    }

    private static func privateChat(of message: JSONValue) -> String? {
        guard let chat = message["chat"], chat["type"]?.text == "private" else { return nil }
        return chat["id"]?.whole.map { "\($0)" }
    }

    private static func name(of person: JSONValue) -> String {
        let names = [person["first_name"]?.text, person["last_name"]?.text].compactMap(\.self)
        return String(names.joined(separator: " ").prefix(100))
    }
}
