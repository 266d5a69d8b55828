import ChannelProtocol
import MessagingLab
import Testing
import Time

@testable import ChannelDrivers

/// What only WhatsApp has.
@Suite struct WhatsAppTests {
    private static let body =
        #"{"object":"whatsapp_business_account","entry":[{"id":"0","changes":[{"field":"messages","value":{"text":"\u00bfcu\u00e1nto debo?"}}]}]}"#
    private static let signature = "sha256=dfd6c6d17bc43a8e7bb7cfeafe082d874ad82b35cf36ffde3b5596ee176a9fa5"

    @Test func `a notice is believed as Meta signs it, also where a proxy wrote its letters out`() throws {
        try WhatsAppChannel.check(Self.signature, of: Array(Self.body.utf8), secret: "app-secret-test")
        let written = Self.body.replacing(#"\u00bf"#, with: "¿").replacing(#"\u00e1"#, with: "á")
        try WhatsAppChannel.check(Self.signature, of: Array(written.utf8), secret: "app-secret-test")
        #expect(WhatsAppChannel.escaped(Array("é👍".utf8)) == Array(#"\u00e9\ud83d\udc4d"#.utf8))
        for header in ["", "sha256=", "sha1=00", Self.signature + "00", String(Self.signature.dropFirst(7))] {
            #expect(throws: NoticeFault.unsigned) {
                try WhatsAppChannel.check(header, of: Array(Self.body.utf8), secret: "app-secret-test")
            }
        }
        #expect(throws: NoticeFault.forged) {
            try WhatsAppChannel.check(Self.signature, of: Array("\(written) ".utf8), secret: "app-secret-test")
        }
    }

    @Test func `an address is made sure of with our own word only`() async throws {
        try await ChannelBench.with(.whatsapp, hasWritten: false) { bench in
            var query = ["hub.mode": "subscribe", "hub.verify_token": "verify-lab", "hub.challenge": "1158201444"]
            #expect(bench.driver.challenge(of: query, with: bench.keys) == "1158201444")
            query["hub.verify_token"] = "verify-lax"
            #expect(bench.driver.challenge(of: query, with: bench.keys) == nil)
            query["hub.verify_token"] = ""
            #expect(bench.driver.challenge(of: query, with: ChannelKeys(token: "", secret: "")) == nil)
        }
    }

    @Test func `fates come with our mark, and a closed window is one of them`() async throws {
        try await ChannelBench.with(.whatsapp) { bench in
            let sent = try await bench.send(.text("hola"), mark: "ours")
            var fates = try bench.events().compactMap(\.fate)
            #expect(fates.map(\.state) == [.sent, .delivered])
            #expect(fates.allSatisfy { $0.id == sent.id && $0.mark == "ours" && $0.account == bench.keys.number })

            let silent = try await bench.tell("/lab/people", ["name": "Luis", "phone": "5215587654321"])
            _ = try await bench.send(.text("hola"), mark: "late", to: silent)
            fates = try bench.events().compactMap(\.fate)
            #expect(fates.map(\.state) == [.failed] && fates[0].failure?.reason == .windowClosed)
            _ = try await bench.send(
                .template(name: "reactivar_chat", language: "es_MX", values: ["Luis"]), to: silent)
            #expect(try bench.events().compactMap(\.fate?.state) == [.sent, .delivered])
            #expect(
                await bench.failure(of: .template(name: "reactivar_chat", language: "es", values: []))?.reason
                    == .templateWrong)
            #expect(
                await bench.failure(of: .template(name: "otra", language: "es", values: []))?.reason
                    == .templateUnknown)
            _ = try await bench.send(.text("hola"), to: "5219999999999")
            #expect(try bench.events().compactMap(\.fate?.failure?.reason) == [.undeliverable])
        }
    }

    @Test func `somebody without a telephone number is answered by their other identifier`() async throws {
        try await ChannelBench.with(.whatsapp) { bench in
            let hidden = try await bench.tell(
                "/lab/people", ["name": "Eva", "phone": "5215500001111", "hide": "yes"])
            try await bench.write("hola", by: hidden)
            let message = try #require(try bench.events().first?.message)
            #expect(message.correspondent.hasPrefix("MX.") && message.phone == nil && message.name == "Eva")
            _ = try await bench.send(.text("Hola, Eva"), to: message.correspondent)
            #expect(bench.lab.received(by: hidden).map(\.text) == ["Hola, Eva"])
            try await bench.write("hola")
            #expect(try bench.events().compactMap(\.message?.phone) == ["+525512345678"])
        }
    }

    @Test func `more than three buttons are a list, and long words are cut to what fits`() async throws {
        try await ChannelBench.with(.whatsapp) { bench in
            let long = "Una opción demasiado larga para un botón 👍"
            for count in [1, 3, 4, 10] {
                let buttons = (0..<count).map { OutboundMessage.Button(id: "b\($0)", title: "\($0) \(long)") }
                _ = try await bench.send(.buttons("Elija", buttons))
                #expect(bench.lab.received(by: bench.person).last?.buttons.map(\.id) == buttons.map(\.id))
            }
        }
    }

    /// Whatever a stranger who has the secret writes, nothing traps and what can be read is.
    @Test func `a notice that is odd in every way is read as far as it goes`() throws {
        func value(_ text: String) throws -> [ChannelEvent] {
            try WhatsAppReading.events(
                in: Array(
                    #"{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":\#(text)}]}]}"#
                        .utf8))
        }
        for text in [
            "{}", "[]", #"{"messages":{}}"#, #"{"messages":[1,null,{}]}"#, #"{"statuses":[{"id":1}]}"#,
            #"{"messages":[{"id":"a","from":"52","timestamp":"99999999999999999999","type":"text"}]}"#,
            #"{"messages":[{"id":"a","from":"52","timestamp":"-5","type":"text"}]}"#,
            #"{"messages":[{"id":"","from":"52","timestamp":"5","type":"text"}]}"#,
            #"{"messages":[{"id":"a","from":"52","timestamp":"5","type":"reaction","reaction":{}}]}"#,
        ] {
            #expect(try value(text).isEmpty)
        }
        let odd = try value(
            #"{"messages":[{"id":"a","from":"52","timestamp":"5","type":"text"},{"id":"b","from":"53","timestamp":6,"type":"image","image":{}},{"id":"c","from_user_id":"MX.1","timestamp":"7","type":"button","button":{"text":"Sí","payload":"yes"}}],"statuses":[{"id":"d","status":"delivered","timestamp":"8"},{"id":"d","status":"soon","timestamp":"8"}]}"#
        )
        #expect(odd.compactMap(\.message?.kind) == [.text, .unsupported, .buttons])
        #expect(odd.compactMap(\.message?.choice) == ["yes"] && odd.compactMap(\.fate?.state) == [.delivered])
        #expect(throws: NoticeFault.unreadable) { try WhatsAppReading.events(in: Array("{".utf8)) }
        #expect(throws: NoticeFault.unreadable) { try WhatsAppReading.events(in: Array(#"{"object":"page"}"#.utf8)) }
    }
}
