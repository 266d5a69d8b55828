import Addresses
import ChannelDrivers
import ChannelProtocol
import HTTP
import Loop
import MessagingLab
import TestSupport
import Testing
import WebClient

/// A driver before its lab, with somebody who has a telephone and wrote already.
struct ChannelBench: Sendable {
    static let hook = "http://norte.localhost/hooks/channels/h"

    let driver: any MessagingChannel
    let lab: MessagingLab
    let keys: ChannelKeys
    let person: String
    private let web: HTTPClient
    private let origin: String
    private let port: UInt16

    static func with(
        _ provider: ChannelProvider, hasWritten: Bool = true, _ test: (ChannelBench) async throws -> Void
    ) async throws {
        let lab = MessagingLab(provider == .whatsapp ? WhatsAppLab() as any LabChannel : TelegramLab())
        try await RunningServer.run(handler: { await lab.answer($0) }) { server in
            guard case .ip(_, let port) = server.address else { return }
            let origin = "http://127.0.0.1:\(port)"
            lab.open(at: origin)
            let web = HTTPClient(on: server.loops.all[0], resolver: Resolver { _ in [] })
            let line = ChannelLine(
                web,
                egress: .publicOnly(besides: [.init(AddressRange("127.0.0.1")!, ports: [port], evenSpecial: true)]),
                base: origin)
            let driver: any MessagingChannel = provider == .whatsapp ? WhatsAppChannel(line) : TelegramChannel(line)
            do {
                let person = try await ask(web, port, "/lab/people", ["name": "Ana", "phone": "5215512345678"])
                let bench = ChannelBench(
                    driver: driver, lab: lab, keys: keys(of: provider), person: person, web: web, origin: origin,
                    port: port)
                if hasWritten {
                    try await bench.connect()
                    try await bench.write("hola")
                    _ = lab.takeNotices()
                }
                try await test(bench)
                await web.close()
            } catch {
                await web.close()
                throw error
            }
        }
    }

    static func keys(of provider: ChannelProvider) -> ChannelKeys {
        switch provider {
        case .whatsapp:
            ChannelKeys(
                token: "EAAlab", number: "106540352242922", secret: "app-secret-lab", verification: "verify-lab")
        case .telegram: ChannelKeys(token: TelegramLab.Plan().token, secret: "secret-of-ours")
        }
    }

    func connect() async throws {
        try await driver.register(Self.hook, with: keys)
        if driver.provider == .whatsapp { _ = try await tell("/lab/hook", ["address": Self.hook]) }
    }

    @discardableResult
    func tell(_ path: String, _ form: KeyValuePairs<String, String?>) async throws -> String {
        try await Self.ask(web, port, path, form)
    }

    func write(_ text: String, count: Int = 1, kind: String? = nil, by other: String? = nil) async throws {
        try await tell(
            "/lab/write", ["person": other ?? person, "text": text, "count": "\(count)", "kind": kind])
    }

    /// What the driver reads of what the lab told since.
    func events() throws -> [ChannelEvent] {
        try lab.takeNotices().flatMap { try driver.read($0.asNotice, with: keys) }
    }

    func send(_ content: OutboundMessage.Content, mark: String = "m1", to other: String? = nil) async throws
        -> SentMessage
    { try await driver.send(OutboundMessage(to: other ?? person, content, mark: mark), with: keys) }

    func failure(of content: OutboundMessage.Content, to other: String? = nil) async -> ChannelFailure? {
        do {
            _ = try await send(content, to: other)
            return nil
        } catch {
            return error as? ChannelFailure
        }
    }

    private static func ask(
        _ web: HTTPClient, _ port: UInt16, _ path: String, _ form: KeyValuePairs<String, String?>
    ) async throws -> String {
        let answer = try await web.send(
            WebRequest(
                "POST", "http://127.0.0.1:\(port)\(path)",
                egress: .devices([.init(AddressRange("127.0.0.1")!, ports: [port], evenSpecial: true)]),
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: .bytes(Array(Fields(form).urlEncoded.utf8))))
        #expect(answer.status == 200)
        return String(decoding: answer.body, as: UTF8.self)
    }
}

extension LabNotice {
    var asNotice: ChannelNotice {
        ChannelNotice(
            headers: Dictionary(
                headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first }),
            body: body)
    }
}

extension ChannelEvent {
    var message: IncomingMessage? { if case .message(let message) = self { message } else { nil } }
    var fate: MessageFate? { if case .fate(let fate) = self { fate } else { nil } }
}
