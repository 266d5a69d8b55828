import ChannelProtocol
import JSON
import Time

/// A notice of WhatsApp's, whose signature was checked. One may hold many messages and fates, of several numbers.
enum WhatsAppReading {
    static func events(in body: [UInt8]) throws(NoticeFault) -> [ChannelEvent] {
        guard let notice: JSONValue = try? .parse(body, limits: JSONLimits(bytes: ChannelNotice.mostBytes)),
            notice["object"]?.text == "whatsapp_business_account"
        else { throw .unreadable }
        return (notice["entry"]?.list ?? []).flatMap { $0["changes"]?.list ?? [] }.flatMap { change in
            change["field"]?.text == "messages" ? change["value"].map(events) ?? [] : []
        }
    }

    private static func events(of value: JSONValue) -> [ChannelEvent] {
        let account = value["metadata"]?["phone_number_id"]?.id
        let contacts = value["contacts"]?.list ?? []
        let messages = (value["messages"]?.list ?? []).compactMap { message($0, of: account, from: contacts) }
        let fates = (value["statuses"]?.list ?? []).compactMap { fate($0, of: account) }
        return messages.map { .message($0) } + fates.map { .fate($0) }
    }

    /// Nil for what nobody said: reactions, changes of number.
    private static func message(
        _ message: JSONValue, of account: String?, from contacts: [JSONValue]
    ) -> IncomingMessage? {
        // `from` is missing for customers with a user name, who show no telephone number.
        guard let id = message["id"]?.id, let correspondent = message["from"]?.id ?? message["from_user_id"]?.id,
            let sentAt = message["timestamp"]?.moment, let type = message["type"]?.text
        else { return nil }
        let contact =
            contacts.first { $0["wa_id"]?.id == correspondent || $0["user_id"]?.id == correspondent } ?? contacts.first
        var read = IncomingMessage(
            account: account, from: correspondent, phone: message["from"]?.id.flatMap(phone),
            name: String((contact?["profile"]?["name"]?.text ?? "").prefix(100)), id: id, .unsupported,
            replyTo: message["context"]?["id"]?.id, sentAt: sentAt)
        let content = message[type]
        switch type {
        case "text": (read.kind, read.text) = (.text, content?["body"]?.text ?? "")
        case "image", "video", "audio", "document", "sticker":
            guard let content, let file = file(content) else { break }
            read.kind = IncomingMessage.Kind(rawValue: type) ?? .document
            read.text = content["caption"]?.text ?? ""
            read.files = [file]
        case "location":
            guard let latitude = content?["latitude"]?.number, let longitude = content?["longitude"]?.number else {
                break
            }
            read.kind = .location
            read.place = .init(
                latitude: latitude, longitude: longitude,
                name: content?["name"]?.text ?? content?["address"]?.text ?? "")
        case "contacts":
            read.kind = .contact
            read.text = (content?.list ?? []).prefix(10).map(card).joined(separator: "\n")
        case "button":
            (read.kind, read.text) = (.buttons, content?["text"]?.text ?? "")
            (read.choice, read.receipt) = (content?["payload"]?.text, id)
        case "interactive":
            guard let reply = content?["button_reply"] ?? content?["list_reply"] else { break }
            (read.kind, read.text) = (.buttons, reply["title"]?.text ?? "")
            (read.choice, read.receipt) = (reply["id"]?.text, id)
        case "reaction", "system": return nil
        default: break
        }
        return read
    }

    private static func file(_ content: JSONValue) -> IncomingFile? {
        guard let id = content["id"]?.id else { return nil }
        return IncomingFile(
            id: id, mediaType: content["mime_type"]?.text ?? "", name: content["filename"]?.text ?? "",
            bytes: content["file_size"]?.whole.flatMap { Int(exactly: $0) })
    }

    private static func card(_ contact: JSONValue) -> String {
        let phones = (contact["phones"]?.list ?? []).compactMap { $0["phone"]?.text ?? $0["wa_id"]?.text }
        return ([contact["name"]?["formatted_name"]?.text ?? ""] + phones).joined(separator: " ")
    }

    /// WhatsApp's own form of a number: Mexico's mobiles keep the 1 that the country dropped.
    static func phone(_ id: String) -> String? {
        guard id.isDigits, (8...15).contains(id.utf8.count) else { return nil }
        if id.hasPrefix("521"), id.utf8.count == 13 { return "+52\(id.dropFirst(3))" }
        return "+\(id)"
    }

    private static func fate(_ status: JSONValue, of account: String?) -> MessageFate? {
        guard let id = status["id"]?.id, let at = status["timestamp"]?.moment else { return nil }
        let state: MessageFate.State
        switch status["status"]?.text {
        case "sent": state = .sent
        case "delivered": state = .delivered
        case "read", "played": state = .read
        case "failed": state = .failed
        default: return nil
        }
        let failure = status["errors"]?.list.first.map { WhatsAppErrors.failure($0) }
        return MessageFate(
            account: account, of: id, mark: status["biz_opaque_callback_data"]?.text, state,
            state == .failed ? failure ?? ChannelFailure(.undeliverable) : nil, at: at)
    }
}

extension JSONValue {
    /// Seconds since 1970, of a time in which there are telephones.
    var moment: Instant? {
        guard let seconds = whole, (0...4_102_444_800).contains(seconds) else { return nil }
        return Instant(seconds: seconds)
    }
}
