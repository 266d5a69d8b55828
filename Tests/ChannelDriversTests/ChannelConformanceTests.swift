import ChannelProtocol
import MessagingLab
import Testing

/// What every driver must do, before its lab.
@Suite struct ChannelConformanceTests {
    @Test(arguments: ChannelProvider.allCases)
    func `keys are examined, and what is wrong with them is told apart`(provider: ChannelProvider) async throws {
        try await ChannelBench.with(provider, hasWritten: false) { bench in
            let before = try await bench.driver.examine(bench.keys, toldAt: ChannelBench.hook)
            #expect(before.name == "Empresa de prueba" && before.flaws == [.otherHook(nil)])
            try await bench.connect()
            #expect(try await bench.driver.examine(bench.keys, toldAt: ChannelBench.hook).flaws == [])
            let elsewhere = try await bench.driver.examine(bench.keys, toldAt: "http://norte.localhost/otra")
            #expect(elsewhere.flaws == [.otherHook(ChannelBench.hook)])

            func reason(_ keys: ChannelKeys) async -> ChannelFailure.Reason? {
                do throws(ChannelFailure) {
                    _ = try await bench.driver.examine(keys, toldAt: ChannelBench.hook)
                    return nil
                } catch {
                    return error.reason
                }
            }
            let (token, keys) = (bench.keys.token, bench.keys)
            for wrong in ["\(token)x", "../\(token)", "a b", ""] {
                #expect(
                    await reason(ChannelKeys(token: wrong, number: keys.number, secret: keys.secret)) == .tokenRefused)
            }
            guard provider == .whatsapp else { return }
            #expect(await reason(ChannelKeys(token: token, number: "1", secret: keys.secret)) == .numberUnknown)
            #expect(await reason(ChannelKeys(token: token, number: "me", secret: keys.secret)) == .numberUnknown)
            #expect(await reason(ChannelKeys(token: token, number: keys.number, secret: "otro")) == .secretWrong)
        }
    }

    @Test(arguments: ChannelProvider.allCases)
    func `what is sent stands on the telephone, and what is written there is read`(
        provider: ChannelProvider
    ) async throws {
        try await ChannelBench.with(provider) { bench in
            let sent = try await bench.send(.text("Hola, ¿cómo está? 👋"), mark: "m-1")
            let buttons = [
                OutboundMessage.Button(id: "pay", title: "Ya pagué"), .init(id: "debt", title: "¿Cuánto debo?"),
            ]
            _ = try await bench.send(.buttons("¿Qué necesita?", buttons), mark: "m-2")
            let lines = bench.lab.received(by: bench.person)
            #expect(lines.map(\.text) == ["Hola, ¿cómo está? 👋", "¿Qué necesita?"] && lines[0].id == sent.id)
            #expect(lines[1].buttons.map(\.title) == ["Ya pagué", "¿Cuánto debo?"])
            _ = bench.lab.takeNotices()

            try await bench.write("Buenos días, señor Ñandú 👍")
            let message = try #require(try bench.events().first?.message)
            #expect(message.kind == .text && message.text == "Buenos días, señor Ñandú 👍")
            #expect(message.correspondent == bench.person && message.name == "Ana")
            try await bench.tell(
                "/lab/write", ["person": bench.person, "choice": "debt", "message": lines[1].id])
            let press = try #require(try bench.events().first?.message)
            #expect(press.kind == .buttons && press.choice == "debt" && press.text == "¿Cuánto debo?")
            #expect(press.replyTo == lines[1].id)
            try await bench.driver.acknowledge(try #require(press.receipt), with: bench.keys)

            try await bench.write("casa", kind: "location")
            #expect(try bench.events().first?.message?.place != nil)
            try await bench.write("", kind: "contact")
            #expect(try bench.events().first?.message?.text.contains("5215512345678") == true)
            try await bench.write("", kind: "unsupported")
            #expect(try bench.events().first?.message?.kind == .unsupported)
            try await bench.write("uno", count: 3)
            #expect(try bench.events().compactMap(\.message?.text) == ["uno", "uno (2)", "uno (3)"])
        }
    }

    @Test(arguments: ChannelProvider.allCases)
    func `a file goes both ways, and a larger one than is wanted is refused`(provider: ChannelProvider) async throws {
        try await ChannelBench.with(provider) { bench in
            let picture = OutboundFile(
                mediaType: "image/png", name: "recibo \"1\".png",
                bytes: (0..<5000).map { UInt8(truncatingIfNeeded: $0) })
            _ = try await bench.send(.file(picture, caption: "Su recibo"))
            let line = try #require(bench.lab.received(by: bench.person).last)
            let id = try #require(line.file)
            #expect(line.text == "Su recibo")
            let file = IncomingFile(id: id, mediaType: "image/png")
            let fetched = try await bench.driver.fetch(file, upTo: 5000, with: bench.keys)
            #expect(fetched.bytes == picture.bytes && fetched.mediaType == "image/png")
            for (wanted, most, reason): (String, Int, ChannelFailure.Reason) in [
                (id, 4999, .fileTooLarge), ("404", 5000, provider == .telegram ? .fileRefused : .numberUnknown),
            ] {
                await #expect {
                    try await bench.driver.fetch(
                        IncomingFile(id: wanted, mediaType: ""), upTo: most, with: bench.keys)
                } throws: {
                    ($0 as? ChannelFailure)?.reason == reason
                }
            }
        }
    }

    @Test(arguments: ChannelProvider.allCases)
    func `a notice of another's is refused`(provider: ChannelProvider) async throws {
        try await ChannelBench.with(provider) { bench in
            try await bench.write("hola")
            let notice = try #require(bench.lab.takeNotices().first).asNotice
            #expect(throws: NoticeFault.unsigned) {
                try bench.driver.read(ChannelNotice(headers: [:], body: notice.body), with: bench.keys)
            }
            let other = ChannelKeys(token: "", secret: "other")
            #expect(throws: NoticeFault.forged) { try bench.driver.read(notice, with: other) }
            // An account without a secret believes nobody.
            #expect(throws: NoticeFault.unsigned) {
                try bench.driver.read(notice, with: ChannelKeys(token: "", secret: ""))
            }
            #expect(try bench.driver.read(notice, with: bench.keys).count == 1)
        }
    }

    @Test(arguments: ChannelProvider.allCases)
    func `what the provider took without answering is not known, and nothing else is done twice`(
        provider: ChannelProvider
    ) async throws {
        try await ChannelBench.with(provider) { bench in
            try await bench.tell("/lab/faults", ["swallow": "1"])
            #expect(await bench.failure(of: .text("uno"))?.reason == .unknown)
            #expect(bench.lab.received(by: bench.person).count == 1)
            #expect(await bench.failure(of: .text("dos")) == nil)
        }
    }

    @Test(
        arguments: [
            (.whatsapp, 190, .tokenRefused, .stopAccount), (.whatsapp, 131047, .windowClosed, .offerTemplate),
            (.whatsapp, 130429, .busy, .tryAgain), (.whatsapp, 368, .accountBlocked, .stopAccount),
            (.whatsapp, 131031, .accountBlocked, .stopAccount), (.whatsapp, 131048, .spamLimit, .stopAccount),
            (.whatsapp, 131026, .undeliverable, .giveUp), (.whatsapp, 10, .notAllowed, .stopAccount),
            (.whatsapp, 131042, .accountUnpaid, .stopAccount), (.whatsapp, 500, .unknown, .giveUp),
            (.telegram, 429, .busy, .tryAgain), (.telegram, 403, .recipientBlocked, .markUnreachable),
            (.telegram, 401, .tokenRefused, .stopAccount), (.telegram, 500, .troubled, .tryAgain),
        ] as [(ChannelProvider, Int, ChannelFailure.Reason, ChannelFailure.Remedy)])
    func `each code says what to do about it`(
        provider: ChannelProvider, code: Int, reason: ChannelFailure.Reason, remedy: ChannelFailure.Remedy
    ) async throws {
        try await ChannelBench.with(provider) { bench in
            try await bench.tell("/lab/faults", ["code": "\(code)"])
            let failure = try #require(await bench.failure(of: .text("hola")))
            #expect(failure.reason == reason && failure.remedy == remedy)
            if provider == .telegram, code == 429 { #expect(failure.after == .seconds(3)) }
            #expect(bench.lab.received(by: bench.person).isEmpty)
            #expect(await bench.failure(of: .text("hola")) == nil)
        }
    }
}
