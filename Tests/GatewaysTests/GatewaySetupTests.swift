import Access
import Crypto
import Declarations
import GatewayProtocol
import HTTP
import Locale
import Panel
import Postgres
import ShellSupport
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Gateways

private typealias Trouble = OnlinePayment.Trouble

/// How Stripe signs.
enum StripeSignature {
    static func of(_ body: [UInt8], _ secret: String, at now: Instant) -> String {
        "t=\(now.seconds),v1=\(Hex.encode(HMAC.sha256(Array("\(now.seconds).".utf8) + body, key: Array(secret.utf8))))"
    }
}

/// Keys are tried before they are kept, and what is wrong is said in plain words.
@Suite struct GatewaySetupTests {
    @Test func `an owner sets up a gateway, reads what is missing, and never reads a key again`() async throws {
        try await GatewayFixture.with(isSetUp: false) { fixture in
            let ana = try await Person(fixture.norte, [.gatewaysManage]) { routes, _ in
                GatewayRoutes(fixture.gateways).add(to: &routes)
            }
            let path = "/panel/gateways/stripe"
            #expect(try await ana.see("/panel/gateways").text.contains("Sin configurar"))
            let empty = try await ana.send(path, "secret=&notice_secret=")
            #expect(empty.status == .unprocessableContent && empty.text.contains("Escriba la clave secreta"))
            let wrong = try await ana.send(path, "secret=sk_test_otra&notice_secret=")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("Stripe no reconoce esa clave"))
            #expect(try await fixture.norte.database.gateways().isEmpty)

            let kept = try await ana.send(path, "secret=sk_test_lab&notice_secret=")
            #expect(kept.text.contains("Las claves funcionan: son de Cuenta de prueba"))
            #expect(kept.text.contains("no está registrada con el proveedor"))
            #expect(kept.text.contains("Falta el secreto de los avisos"))
            let gateway = try #require(try await fixture.norte.database.gateway(.stripe))
            #expect(!gateway.isOn && !gateway.isLive && gateway.secretEnd == "_lab")
            try await fixture.setUp()
            let page = try await ana.send("\(path)/test")
            #expect(page.text.contains("La dirección de avisos está registrada"))
            #expect(page.text.contains("Todavía no llegó ninguno"))
            #expect(page.text.contains("/hooks/gateways/\(gateway.hook)"))
            let secret = try #require(
                try await fixture.gateways.noticeSecret(of: .stripe, in: fixture.norte.database))
            #expect(!page.text.contains("sk_test_lab") && !page.text.contains(secret))
            let stored = try fixture.norte.site.test.superuser().column(
                "SELECT encode(secret, 'escape') || encode(notice_secret, 'escape') FROM gateways")
            #expect(!stored.joined().contains("sk_test"))

            #expect(try await ana.send("\(path)/off").status == .seeOther)
            let luz = try await fixture.customer()
            #expect(try await fixture.ask("350", as: luz.cookie).status == .unprocessableContent)
            #expect(try await fixture.sur.database.gateways().isEmpty)
            #expect(try await ana.see("/panel/gateways/paypal").status == .notFound)
        }
    }

    @Test func `every word is there in every language`() {
        #expect(GatewayWords.problems + OnlinePayment.State.problems + Trouble.problems == [])
    }
}
