import API
import Access
import Customers
import HTTP
import Identifiers
import JSON
import Postgres
import Subscribers
import Tenancy
import TenantSupport
import TestSupport
import Testing

@testable import Contracts

@Suite struct ContractAPITests {
    private struct Program {
        let tenant: TestTenant
        let token: String

        func ask(_ path: String, _ body: String? = nil, key: String = "k") async throws -> Answer {
            var routes = API.Routes(of: tenant.site.catalogue)
            ContractAPI(tenant.acts).add(to: &routes)
            let gate = tenant.gate(routes.visits, credential: API.credential, refuse: API.refuse)
            var fields: [(key: String, value: String)] = [("Authorization", "Bearer \(token)")]
            if body != nil { fields += [("Content-Type", "application/json"), ("Idempotency-Key", key)] }
            let request = try DirectRequests(on: .tests).request(
                body == nil ? "GET" : "POST", path, host: tenant.host, fields: fields, body: Array((body ?? "").utf8))
            return Answer(await gate.answer(request))
        }
    }

    @Test func `a program makes contracts once for each key, lists, annuls and downloads them`() async throws {
        try await withTenants { norte, sur in
            let program = Program(
                tenant: norte, token: try await norte.token([.contractsView, .contractsManage]))
            let (ana, beto) = (try await norte.customer("Ana Paz"), try await norte.customer("Beto Ríos"))
            let wish = #"{"customer":"\#(ana)","conditions":"Plan\nPrecio","identification":"7"}"#
            let early = try await program.ask("/api/v1/contracts", wish, key: "early")
            #expect(early.status == .conflict && early.text.contains("no_contract_template"))
            try await norte.publish("{identificacion} {condiciones}")
            let made = try await program.ask("/api/v1/contracts", wish)
            #expect(made.status == .created && made.text.contains(#""conditions":"Plan\nPrecio""#))
            #expect(try await program.ask("/api/v1/contracts", wish).bytes == made.bytes)
            let path = try #require(made.headers["Location"])
            for (body, code) in [
                (#"{"customer":"\#(ana)","conditions":"Plan"}"#, "identification_missing"),
                (#"{"customer":"\#(ana)","conditions":" \n ","identification":"7"}"#, "conditions_missing"),
                (#"{"customer":"\#(ana)","conditions":"a\u0000b"}"#, "characters"),
                (#"{"customer":"\#(UUID(high: 9, low: 9))","conditions":"Plan"}"#, "unknown_customer"),
                (#"{"customer":"\#(ana)"}"#, "missing"),
            ] {
                let refused = try await program.ask("/api/v1/contracts", body, key: code)
                #expect(refused.status == .unprocessableContent && refused.text.contains(code), "\(refused.text)")
            }
            let other = #"{"customer":"\#(beto)","conditions":"Plan","identification":"8"}"#
            #expect(try await program.ask("/api/v1/contracts", other, key: "other").status == .created)
            #expect(try await program.ask("/api/v1/contracts?customer=\(ana)").text.contains(path.suffix(36)))
            #expect(!(try await program.ask("/api/v1/contracts?customer=\(beto)").text.contains(path.suffix(36))))
            #expect(try await program.ask("/api/v1/contracts?state=signed").text == #"{"items":[],"next":null}"#)
            let first = try await program.ask("/api/v1/contracts?limit=1")
            let next = try #require(first.headers["Link"]?.split(separator: "<").last?.split(separator: ">").first)
            #expect(try await program.ask(String(next)).text.contains(#""number":2"#))

            let pdf = try await program.ask("\(path)/pdf")
            #expect(pdf.status == .ok && pdf.bytes.starts(with: Array("%PDF".utf8)))
            #expect(try await program.ask("\(path)/annulments", "{}", key: "a").status == .unprocessableContent)
            let annulled = try await program.ask("\(path)/annulments", #"{"reason":"Error"}"#, key: "b")
            #expect(annulled.status == .created && annulled.text.contains(#""state":"annulled""#))
            #expect(try await program.ask("\(path)/annulments", #"{"reason":"Error"}"#, key: "c").status == .conflict)
            #expect(try await words(of: program.ask("\(path)/pdf").bytes).contains("Anulado"))

            let neighbour = Program(tenant: sur, token: try await sur.token(sur.everything))
            for path in [path, "\(path)/pdf"] {
                #expect(try await neighbour.ask(path).status == .notFound)
            }
            #expect(try await neighbour.ask("\(path)/annulments", #"{"reason":"x"}"#).status == .notFound)
            #expect(try await neighbour.ask("/api/v1/contracts", wish).status == .unprocessableContent)
            #expect(try await neighbour.ask("/api/v1/contracts").text == #"{"items":[],"next":null}"#)
            let reader = Program(tenant: norte, token: try await norte.token([.customersRead]))
            #expect(try await reader.ask(path).status == .forbidden)
            #expect(
                try await norte.kinds().filter { $0.hasPrefix("contract.") }.sorted()
                    == ["contract.annulled", "contract.created", "contract.created"])
        }
    }
}
