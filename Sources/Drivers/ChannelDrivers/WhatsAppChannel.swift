import ChannelProtocol
import Crypto
import JSON
import Time
import WebClient

/// WhatsApp by Meta's Cloud API.
package struct WhatsAppChannel: MessagingChannel {
    package static let address = "https://graph.facebook.com"
    static let version = "v24.0"

    let line: ChannelLine

    package init(_ line: ChannelLine) { self.line = line }

    package var provider: ChannelProvider { .whatsapp }

    /// The object that it answers with.
    func ask(
        _ method: String, _ path: String, _ keys: ChannelKeys, _ body: ChannelLine.Body = .none
    ) async throws(ChannelFailure) -> JSONValue {
        let answer = try await line.ask(
            method, "/\(Self.version)/\(path)", [("Authorization", "Bearer \(keys.token)")], body)
        if let failure = answer.value?["error"].map({ WhatsAppErrors.failure($0) }) { throw failure }
        guard (200..<300).contains(answer.status), let value = answer.value else {
            // An error of Meta's says in its own words that nothing was done; a gateway's before it says nothing.
            throw ChannelFailure(answer.status == 429 ? .busy : .unknown, "HTTP \(answer.status)")
        }
        return value
    }

    package func examine(_ keys: ChannelKeys, toldAt hook: String) async throws(ChannelFailure) -> ExaminedAccount {
        guard keys.number.isDigits else { throw ChannelFailure(.numberUnknown) }
        guard Self.isToken(keys.token) else { throw ChannelFailure(.tokenRefused) }
        // Meta compares the proof with the app's secret, so a wrong secret shows before the first notice is refused.
        let proof = Hex.encode(HMAC.sha256(Array(keys.token.utf8), key: Array(keys.secret.utf8)))
        let fields = "display_phone_number,verified_name,quality_rating,webhook_configuration"
        let number = try await ask("GET", "\(keys.number)?fields=\(fields)&appsecret_proof=\(proof)", keys)
        guard let handle = number["display_phone_number"]?.text else { throw ChannelFailure(.numberUnknown) }
        var flaws: [ExaminedAccount.Flaw] = []
        let hooks = number["webhook_configuration"]
        let told = ["phone_number", "whatsapp_business_account", "application"].compactMap { hooks?[$0]?.text }.first
        if told != hook { flaws.append(.otherHook(told)) }
        if number["quality_rating"]?.text == "RED" { flaws.append(.poorQuality) }
        if let scopes = await scopes(of: keys) {
            for needed in ["whatsapp_business_messaging", "whatsapp_business_management"]
            where !scopes.contains(needed) { flaws.append(.lacks(needed)) }
        }
        return ExaminedAccount(name: number["verified_name"]?.text ?? handle, handle: handle, flaws: flaws)
    }

    /// Nil where the token may not ask about itself.
    private func scopes(of keys: ChannelKeys) async -> [String]? {
        do throws(ChannelFailure) {
            let token = try await ask("GET", "debug_token?input_token=\(keys.token)", keys)
            return token["data"]?["scopes"]?.list.compactMap(\.text)
        } catch {
            return nil
        }
    }

    /// The address is given on Meta's pages, of the app.
    package func register(_ hook: String, with keys: ChannelKeys) async throws(ChannelFailure) {}

    package func send(
        _ message: OutboundMessage, with keys: ChannelKeys
    ) async throws(ChannelFailure) -> SentMessage {
        guard keys.number.isDigits else { throw ChannelFailure(.numberUnknown) }
        guard Self.isToken(keys.token) else { throw ChannelFailure(.tokenRefused) }
        var media: String?
        if case .file(let file, _) = message.content { media = try await upload(file, keys) }
        let answer = try await ask(
            "POST", "\(keys.number)/messages", keys, .json { WhatsAppWriting.write(message, media: media, to: &$0) })
        // A success without an identifier: sent, but its delivery cannot be followed.
        guard let id = answer["messages"]?.list.first?["id"]?.id else {
            throw ChannelFailure(.unknown, "no identifier")
        }
        return SentMessage(id: id)
    }

    private func upload(_ file: OutboundFile, _ keys: ChannelKeys) async throws(ChannelFailure) -> String {
        var form = Multipart()
        form.add("messaging_product", "whatsapp")
        form.add("type", file.mediaType)
        form.add("file", file)
        do throws(ChannelFailure) {
            guard let id = try await ask("POST", "\(keys.number)/media", keys, .multipart(form))["id"]?.id else {
                throw ChannelFailure(.troubled, "no identifier")
            }
            return id
        } catch {
            // Nobody sees a file that was only uploaded: it may be done again.
            throw error.reason == .unknown ? ChannelFailure(.troubled, error.detail) : error
        }
    }

    package func challenge(of query: [String: String], with keys: ChannelKeys) -> String? {
        guard query["hub.mode"] == "subscribe", let shown = query["hub.verify_token"],
            let challenge = query["hub.challenge"], challenge.utf8.count <= 200, !keys.verification.isEmpty,
            ConstantTime.equal(Array(shown.utf8), to: Array(keys.verification.utf8))
        else { return nil }
        return challenge
    }

    package func check(_ notice: ChannelNotice, with keys: ChannelKeys) throws(NoticeFault) {
        guard let header = notice.headers["x-hub-signature-256"] else { throw .unsigned }
        try Self.check(header, of: notice.body, secret: keys.secret)
    }

    package func events(in body: [UInt8]) throws(NoticeFault) -> [ChannelEvent] {
        try WhatsAppReading.events(in: body)
    }

    /// Meta signs the body with non-ASCII characters escaped as \u; a proxy in between may have unescaped them.
    static func check(_ header: String, of body: [UInt8], secret: String) throws(NoticeFault) {
        guard !secret.isEmpty, let shown = Hex.decode(Array(header.utf8.drop { $0 != UInt8(ascii: "=") }.dropFirst())),
            header.hasPrefix("sha256="), shown.count == SHA256.byteCount
        else { throw .unsigned }
        let key = Array(secret.utf8)
        if ConstantTime.equal(shown, to: HMAC.sha256(body, key: key)) { return }
        guard body.contains(where: { $0 >= 0x80 }) else { throw .forged }
        guard ConstantTime.equal(shown, to: HMAC.sha256(escaped(body), key: key)) else { throw .forged }
    }

    /// `ó` as `\u00f3`, pairs of surrogates beyond.
    static func escaped(_ body: [UInt8]) -> [UInt8] {
        var escaped: [UInt8] = []
        for unit in String(decoding: body, as: UTF8.self).utf16 {
            if unit < 0x80 {
                escaped.append(UInt8(unit))
            } else {
                let hex = String(unit, radix: 16)
                escaped += Array("\\u\(String(repeating: "0", count: 4 - hex.count))\(hex)".utf8)
            }
        }
        return escaped
    }

    package func acknowledge(_ receipt: String, with keys: ChannelKeys) async throws(ChannelFailure) {
        _ = try await ask(
            "POST", "\(keys.number)/messages", keys,
            .json { json in
                json.object { json in
                    json.member("messaging_product", "whatsapp")
                    json.member("status", "read")
                    json.member("message_id", receipt)
                }
            })
    }

    /// In two steps: where it lies just now, and from there.
    package func fetch(
        _ file: IncomingFile, upTo most: Int, with keys: ChannelKeys
    ) async throws(ChannelFailure) -> FetchedFile {
        guard file.id.isDigits else { throw ChannelFailure(.fileRefused, "not an identifier") }
        let place = try await ask("GET", "\(file.id)?phone_number_id=\(keys.number)", keys)
        guard let address = place["url"]?.text, isOurs(address) else {
            // The token goes nowhere else.
            throw ChannelFailure(.fileRefused, "at no server of WhatsApp's")
        }
        if let bytes = place["file_size"]?.whole, bytes > most { throw ChannelFailure(.fileTooLarge, "\(bytes)") }
        let fetched = try await line.fetch(address, [("Authorization", "Bearer \(keys.token)")], upTo: most)
        if let told = place["sha256"]?.text, !Self.is(SHA256.digest(of: fetched.bytes), told) {
            throw ChannelFailure(.fileRefused, "other bytes than were announced")
        }
        return FetchedFile(mediaType: place["mime_type"]?.text ?? fetched.mediaType, bytes: fetched.bytes)
    }

    /// In hexadecimal here, in base 64 there.
    private static func `is`(_ digest: [UInt8], _ told: String) -> Bool {
        Hex.decode(Array(told.utf8)) == digest || Base64.standard.decode(Array(told.utf8)) == digest
    }

    private static let mediaHosts = ["fbsbx.com", "fbcdn.net", "whatsapp.net"]

    private func isOurs(_ address: String) -> Bool {
        if line.base != Self.address { return address.hasPrefix("\(line.base)/") }
        guard address.hasPrefix("https://") else { return false }
        let host = address.dropFirst(8).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return Self.mediaHosts.contains { host == $0 || host.hasSuffix(".\($0)") }
    }

    private static func isToken(_ text: String) -> Bool {
        (1...1000).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || $0 == UInt8(ascii: "_")
                    || $0 == UInt8(ascii: "-")
            }
    }
}
