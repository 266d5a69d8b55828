import Access
import Declarations
import Events
import GatewayProtocol
import HTTP
import Identifiers
import JSON
import Jobs
import Locale
import ShellSupport
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Gateways

/// Programs ask customers to pay on line, and read how it stands.
@Suite struct OnlinePaymentAPITests {
    private static let permissions: [Permission] = [.gatewaysManage, .onlinePaymentsView, .onlinePaymentsAsk]

    private func program(_ tenant: TestTenant, of fixture: GatewayFixture) async throws -> ShellSupport.Program {
        try await ShellSupport.Program(tenant, Self.permissions) { routes, randomness in
            OnlinePaymentAPI(acts: fixture.acts, randomness: randomness).add(to: &routes)
        }
    }

    private func member(_ name: String, of answer: Answer) throws -> JSONValue? {
        guard case .object(let object) = try JSONValue.parse(answer.bytes) else { return nil }
        return object[name]
    }

    @Test(arguments: GatewayProvider.allCases)
    func `a program asks, gets an address or a reference, and reads that the money came and went back`(
        provider: GatewayProvider
    ) async throws {
        try await GatewayFixture.with(provider) { fixture in
            let program = try await program(fixture.norte, of: fixture)
            let luz = try await fixture.customer()
            let gateways = try await program.ask("/api/v1/gateways").text
            #expect(gateways.contains(#""gateway":"\#(provider.rawValue)""#) && !gateways.contains(provider.labKey))
            let body = """
                {"customer":"\(luz.id)","gateway":"\(provider.rawValue)","way":"\(provider.ways[0].rawValue)","amount":35000}
                """
            let asked = try await program.create("/api/v1/online-payments", body, key: "uno")
            #expect(asked.status == .accepted && asked.text.contains(#""state":"opening""#), "\(asked.text)")
            let path = try #require(asked.headers["Location"])
            #expect(try await program.create("/api/v1/online-payments", body, key: "uno").headers["Location"] == path)
            try await fixture.work()
            let open = try await program.ask(path)
            #expect(try member("state", of: open) == .string("open"))
            let isHosted = provider.ways[0] == .hosted
            #expect((try member("address", of: open) == .null) == !isHosted)
            #expect((try member("pay_reference", of: open) == .null) == isHosted)
            #expect(
                try await fixture.norte.database.events(limit: 10).map(\.kind).contains("online_payment.opened"))

            let id = try #require(OnlinePayment.ID(String(path.suffix(36))))
            let payment = try #require(try await fixture.norte.database.onlinePayment(id))
            try await fixture.pay(payment)
            try await fixture.receiveAll()
            #expect(try member("state", of: try await program.ask(path)) == .string("paid"))
            #expect(try await fixture.balance(of: luz.id) == 0)
            let received = try #require(try await fixture.norte.database.onlinePayment(id)?.received)
            try await fixture.tell("/lab/refund/\(received)", ["amount": "1000"])
            try await fixture.receiveAll()
            let partly = try await program.ask(path)
            #expect(try member("refunded", of: partly) == .integer(1000))
            #expect(try member("trouble", of: partly) == .string("part_refund"))
            let listed = try await program.ask("/api/v1/online-payments?state=review&customer=\(luz.id)&limit=1")
            #expect(listed.text.contains("\(id)"))
            #expect(try await program.ask("/api/v1/online-payments?state=paid").text.contains(#""items":[]"#))

            let neighbour = try await self.program(fixture.sur, of: fixture)
            #expect(try await neighbour.ask(path).status == .notFound)
            #expect(!(try await neighbour.ask("/api/v1/online-payments").text.contains("\(id)")))
            #expect(try await neighbour.create("/api/v1/online-payments", body).status == .unprocessableContent)
        }
    }

    @Test func `what the provider will not have is over with its reason, and its silence is waited out`()
        async throws
    {
        try await GatewayFixture.with(.conekta) { fixture in
            let program = try await program(fixture.norte, of: fixture)
            let luz = try await fixture.customer()
            func ask(_ amount: Int64, way: String = "cash") async throws -> Answer {
                try await program.create(
                    "/api/v1/online-payments",
                    #"{"customer":"\#(luz.id)","gateway":"conekta","way":"\#(way)","amount":\#(amount)}"#)
            }
            #expect(try await ask(100, way: "hosted").text.contains("no_way_to_pay"))
            // More than the provider takes at once.
            let asked = try await ask(900_000_000)
            try await fixture.work()
            let refused = try await program.ask(try #require(asked.headers["Location"]))
            #expect(refused.text.contains(#""state":"failed""#) && refused.text.contains("Conekta no aceptó el cobro"))
            try await fixture.tell("/lab/faults", ["failures": "2"])
            let silent = try await ask(100)
            await #expect(throws: GatewaySilent.self) { try await fixture.work() }
            let path = try #require(silent.headers["Location"])
            #expect(try await program.ask(path).text.contains(#""state":"opening""#))
            let id = try #require(OnlinePayment.ID(String(path.suffix(36))))
            try await fixture.norte.database.queue(
                OpenOnlinePayment(id, at: "http://norte.test"), at: fixture.norte.now)
            try await fixture.work()
            #expect(try await program.ask(path).text.contains(#""state":"open""#))
        }
    }

    @Test func `every word is there in every language`() { #expect(OnlinePaymentAPIWords.problems == []) }
}
