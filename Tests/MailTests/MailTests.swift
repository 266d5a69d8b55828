import Identifiers
import Loop
import TestSupport
import Testing
import Time

@testable import Mail

@Suite struct MailTests {
    private static func message(
        to address: String = "ana@example.com", named name: String = "Ana Núñez", subject: String = "Su código: 123456",
        from company: String = "Norte Inalámbrico, S.A.", text: String = "Hola, Ana:\n.\nSu código"
    ) throws -> MailMessage {
        MailMessage(
            id: UUID.v7(milliseconds: 1, from: .system), from: try MailAddress("avisos@norte.example", named: company),
            to: try MailAddress(address, named: name), subject: subject, text: text, html: "<p>Hola — ñandú 🛰</p>",
            language: "es-MX", date: Instant(seconds: 1_795_000_000))
    }

    @Test func `a picture travels inside the message, where its page finds it`() async throws {
        try await MailServer.with { server, loop in
            let mailer = Mailer(to: try Self.relay("smtp+plain://127.0.0.1:\(server.plainPort)"), on: loop)
            let picture = MailMessage.Picture(named: "logo", png: [0x89, 0x50, 0x4E, 0x47, 0, 13, 10])
            try await mailer.send(
                MailMessage(
                    id: UUID.v7(milliseconds: 1, from: .system), from: try MailAddress("avisos@norte.example"),
                    to: try MailAddress("ana@example.com"), subject: "Aviso", text: "Hola",
                    html: "<img src=\"\(picture.address)\">", picture: picture, language: "es-MX",
                    date: Instant(seconds: 1_795_000_000)))
            await mailer.close()
            let taken = try await server.taken(1, on: loop)
            #expect(taken.text == "Hola" && taken.html == "<img src=\"cid:logo@picture\">")
            #expect(taken.picture == "<logo@picture> inline 89504e47000d0a")
            #expect(taken.longest <= 78 && taken.defects == [])
        }
    }

    private static func relay(_ text: String, password: String? = nil, authorities: String? = nil) throws -> MailRelay {
        var relay = try #require(MailRelay(text))
        relay.password = password
        relay.authorities = authorities
        return relay
    }

    private static func failure(_ relay: MailRelay, _ message: MailMessage, on loop: EventLoop) async -> MailError? {
        let mailer = Mailer(to: relay, on: loop)
        do {
            try await mailer.send(message)
            await mailer.close()
            return nil
        } catch {
            await mailer.close()
            return error
        }
    }

    @Test func `another program reads what was written, and nothing that was not`() async throws {
        try await MailServer.with { server, loop in
            let mailer = Mailer(to: try Self.relay("smtp+plain://127.0.0.1:\(server.plainPort)"), on: loop)
            let long = String(repeating: "Línea muy larga con ñ y 🛰 ", count: 400)
            try await mailer.send(Self.message(text: "Hola\n.\n..\n\(long)\nfin"))
            let sneaky = "Hola\r\nBcc: otro@example.com\r\n\r\n<script>"
            try await mailer.send(
                Self.message(named: sneaky, subject: sneaky + " \u{202E}", from: "\"Norte\" <x@y>\r\nX-Bad: 1"))
            try await mailer.send(Self.message(named: "", subject: String(repeating: "ñandú ", count: 60)))
            await mailer.close()

            let first = try await server.taken(1, on: loop)
            #expect(first.from == "\"Norte Inalámbrico, S.A.\" <avisos@norte.example>")
            #expect(first.to == "Ana Núñez <ana@example.com>")
            #expect(first.subject == "Su código: 123456")
            #expect(first.text == "Hola\n.\n..\n\(long)\nfin" && first.html == "<p>Hola — ñandú 🛰</p>")
            #expect(first.sender == "avisos@norte.example" && first.recipients == ["ana@example.com"])
            #expect(first.hello == "norte.example")
            #expect(first.longest <= 78 && first.defects == [])
            let second = try await server.taken(2, on: loop)
            #expect(second.names == first.names)
            #expect(second.recipients == ["ana@example.com"] && second.defects == [])
            #expect(second.subject == "HolaBcc: otro@example.com<script> ")
            let third = try await server.taken(3, on: loop)
            #expect(third.subject == String(repeating: "ñandú ", count: 60))
            #expect(third.to == "ana@example.com" || third.to == "<ana@example.com>")
        }
    }

    @Test func `the password goes over TLS only, to the server that was meant`() async throws {
        try await MailServer.with { server, loop in
            let own = "\(server.folder.path)/certificate.pem"
            let message = try Self.message()
            for (scheme, port) in [("smtp", server.startPort), ("smtps", server.wrappedPort)] {
                let known = try Self.relay(
                    "\(scheme)://mastil@localhost:\(port)", password: "tres gatos", authorities: own)
                #expect(await Self.failure(known, message, on: loop) == nil, "\(scheme)")
                // The certificate is for localhost: this is another name, and this one is nobody's we know.
                for (host, authorities) in [("127.0.0.1", own), ("localhost", nil)] {
                    let stranger = try Self.relay(
                        "\(scheme)://mastil@\(host):\(port)", password: "tres gatos", authorities: authorities)
                    guard case .untrusted = await Self.failure(stranger, message, on: loop) else {
                        Issue.record("\(scheme) trusts \(host)")
                        continue
                    }
                }
                let wrong = try Self.relay("\(scheme)://mastil@localhost:\(port)", password: "x", authorities: own)
                guard case .notAdmitted = await Self.failure(wrong, message, on: loop) else {
                    Issue.record("\(scheme) takes a wrong password")
                    continue
                }
            }
            // A server without STARTTLS, or somebody who hides that it has it.
            let stripped = try Self.relay("smtp://localhost:\(server.plainPort)", authorities: own)
            guard case .untrusted = await Self.failure(stripped, message, on: loop) else {
                Issue.record("mail went without TLS")
                return
            }
            #expect(try await server.taken(1, on: loop).encrypted)
        }
    }

    @Test func `no, not now and not there are told apart`() async throws {
        try await MailServer.with { server, loop in
            let relay = try Self.relay("smtp+plain://127.0.0.1:\(server.plainPort)")
            let refused = await Self.failure(relay, try Self.message(to: "nobody@example.com"), on: loop)
            #expect(refused == .refused("550 5.1.1 no such mailbox"))
            #expect(refused?.isFinal == true)
            let busy = try Self.message(to: "busy@example.com")
            let postponed = await Self.failure(relay, busy, on: loop)
            #expect(postponed == .postponed("451 4.7.1 come back later"))
            #expect(postponed?.isFinal == false)
            #expect(await Self.failure(relay, busy, on: loop) == nil)
            // Port 1 belongs to nobody.
            let down = try Self.relay("smtp+plain://127.0.0.1:1")
            guard case .notConnected = await Self.failure(down, busy, on: loop) else {
                Issue.record("mail went nowhere")
                return
            }
        }
    }

    @Test(arguments: [
        "", "ana", "ana@", "@example.com", "a@b@c", "ana@example.com\r\nBcc: x@y.z", "<ana@example.com>",
        "a na@example.com",
        "ñandú@example.com", "ana@example.com,otra@example.com", "\"ana\"@example.com",
    ])
    func `what is no plain address gets no mail`(text: String) {
        #expect(throws: MailError.badAddress) { try MailAddress(text) }
    }

    @Test(arguments: [
        "", "mail.example:25", "http://mail.example:25", "smtp://mail.example", "smtp://mail.example:0",
        "smtp://:587", "smtp://mail.example/x:25", "smtp+plain://user@mail.example:25", "smtp://@mail.example:25",
    ])
    func `a relay that makes no sense is refused`(text: String) {
        #expect(MailRelay(text) == nil)
    }
}
