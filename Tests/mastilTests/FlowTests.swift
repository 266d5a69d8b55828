import API
import Access
import Assembly
import Declarations
import Foundation
import HTTP
import JSON
import ShellSupport
import TenantSupport
import TestSupport
import Testing

@testable import mastil

/// The flows for n8n under deploy/n8n, held against what the program says of its API and its webhooks.
@Suite struct FlowTests {
    private struct Call {
        let node: String
        let method: String
        let path: String
        let query: [String]
        let body: [String]
    }

    private static let files = ["collection-reminder", "payment-received", "bot-hand-over", "ticket-follow-up"]
    private static let anyID = "018f0000-0000-7000-8000-000000000000"

    private static func flow(_ name: String) throws -> JSONValue {
        let data = try Data(contentsOf: URL(filePath: Repository.path("deploy/n8n/\(name).json")))
        return try JSONValue.parse(Array(data))
    }

    private static func names(in list: JSONValue?) -> [String] {
        list?["parameters"]?.items.compactMap { $0["name"]?.words } ?? []
    }

    private static func calls(of flow: JSONValue) -> [Call] {
        (flow["nodes"]?.items ?? []).compactMap { node in
            guard node["type"]?.words == "n8n-nodes-base.httpRequest", let parameters = node["parameters"],
                let url = parameters["url"]?.words, let name = node["name"]?.words
            else { return nil }
            // What an expression fills in is one step of the path.
            let path = url.replacing("={{ $env.MASTIL_ADDRESS }}", with: "").replacing(/\{\{[^}]*\}\}/, with: "{id}")
            return Call(
                node: name, method: (parameters["method"]?.words ?? "GET").lowercased(), path: path,
                query: names(in: parameters["queryParameters"]), body: names(in: parameters["bodyParameters"]))
        }
    }

    private func description(_ norte: TestTenant) async throws -> JSONValue {
        let gate = norte.gate(
            norte.site.context(of: Rooms.list).apiRoutes.visits, credential: API.credential, refuse: API.refuse)
        let request = try DirectRequests(on: .tests).request(
            "GET", "/api/v1/openapi.json", host: norte.host, fields: [], body: [])
        return try JSONValue.parse(Array(Answer(await gate.answer(request)).text.utf8), limits: .init(bytes: 16 << 20))
    }

    /// A schema with its reference followed.
    private func schema(_ value: JSONValue?, in whole: JSONValue) -> JSONValue? {
        guard let reference = value?["$ref"]?.words else { return value }
        return reference.split(separator: "/").dropFirst().reduce(whole as JSONValue?) { $0?[String($1)] }
    }

    @Test(arguments: files)
    func `each call of a flow is one of the API's, with the fields that it takes and needs`(file: String) async throws {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            let whole = try await description(norte)
            let flow = try Self.flow(file)
            let calls = Self.calls(of: flow)
            #expect(calls.count >= 3)
            for call in calls {
                let operation = try #require(
                    whole["paths"]?[call.path]?[call.method], "\(call.node): \(call.method) \(call.path)")
                let queries = (operation["parameters"]?.items ?? []).filter { $0["in"]?.words == "query" }
                    .compactMap { $0["name"]?.words }
                #expect(Set(call.query).isSubset(of: queries), "\(call.node): \(call.query) of \(queries)")
                let input = schema(operation["requestBody"]?["content"]?["application/json"]?["schema"], in: whole)
                let known = input?["properties"]?.names ?? []
                let needed = input?["required"]?.items.compactMap(\.words) ?? []
                #expect(Set(call.body).isSubset(of: known), "\(call.node): \(call.body) of \(known)")
                #expect(Set(needed).isSubset(of: call.body), "\(call.node) lacks some of \(needed)")
                // What later steps read of its answer is in it.
                let answer = schema(
                    operation["responses"]?["200"]?["content"]?["application/json"]?["schema"], in: whole)
                let text = try String(
                    contentsOf: URL(filePath: Repository.path("deploy/n8n/\(file).json")), encoding: .utf8)
                for read in text.matches(of: /\$\('([^']+)'\)\.item\.json\.(\w+)/) where read.1 == call.node {
                    #expect(answer?["properties"]?.names.contains(String(read.2)) == true, "\(read.0)")
                }
            }
        }
    }

    @Test func `flows begin with events that are told, check their signature, and lead somewhere`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            let told = norte.site.catalogue.publishedEvents.map(\.name)
            #expect(told.contains("payment.applied") && told.contains("message.received"))
            for file in Self.files {
                let flow = try Self.flow(file)
                let nodes = flow["nodes"]?.items ?? []
                let names = nodes.compactMap { $0["name"]?.words }
                #expect(Set(names).count == names.count && names.count == nodes.count)
                let hooks = nodes.filter { $0["type"]?.words == "n8n-nodes-base.webhook" }
                for hook in hooks {
                    // Without the bytes as they came no signature can be checked.
                    #expect(hook["parameters"]?["options"]?["rawBody"] == .bool(true))
                    let name = try #require(hook["name"]?.words)
                    let next = flow["connections"]?[name]?["main"]?.items.first?.items.first?["node"]?.words
                    let code = nodes.first { $0["name"]?.words == next }?["parameters"]?["jsCode"]?.words ?? ""
                    #expect(code.contains("timingSafeEqual") && code.contains("webhook-signature"))
                }
                for (from, lines) in flow["connections"]?.pairs ?? [] {
                    #expect(names.contains(from))
                    for line in lines["main"]?.items ?? [] {
                        for end in line.items { #expect(names.contains(end["node"]?.words ?? "")) }
                    }
                }
            }
        }
    }
}

extension JSONValue {
    fileprivate subscript(name: String) -> JSONValue? {
        if case .object(let object) = self { object[name] } else { nil }
    }
    fileprivate var words: String? { if case .string(let text) = self { text } else { nil } }
    fileprivate var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
    fileprivate var pairs: [(String, JSONValue)] {
        if case .object(let object) = self { object.members.map { ($0.name, $0.value) } } else { [] }
    }
    fileprivate var names: [String] { pairs.map(\.0) }
}
