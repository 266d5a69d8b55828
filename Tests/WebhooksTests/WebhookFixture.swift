import API
import Access
import Addresses
import Customers
import Declarations
import Events
import HTTP
import Identifiers
import JSON
import Loop
import Panel
import Postgres
import Roles
import TenantSupport
import TestSupport
import Testing
import Time
import WebClient

@testable import Webhooks

/// A tenant with everything its webhooks need, and a sink for them.
struct WebhookFixture: Sendable {
    let tenant: TestTenant
    let sink: WebhookSink
    let acts: WebhookActs
    let sender: WebhookSender

    static func with(_ work: (WebhookFixture, TestTenant) async throws -> Void) async throws {
        try await withTenants { norte, sur in
            try await WebhookSink.with { sink in
                let egress = Egress.publicOnly(besides: [
                    Egress.Reach(AddressRange("127.0.0.1/32")!, ports: [sink.port], evenSpecial: true)
                ])
                let client = HTTPClient(on: Loops.tests.all[0], resolver: Resolver { _ in [] })
                let fixture = WebhookFixture(
                    tenant: norte, sink: sink,
                    acts: WebhookActs(vault: norte.site.vault, egress: egress, randomness: norte.site.randomness),
                    sender: WebhookSender(
                        client: client, egress: egress, trust: .authorities(file: sink.authority),
                        vault: norte.site.vault, deadline: .seconds(2)))
                do {
                    try await work(fixture, sur)
                    await client.close()
                } catch {
                    await client.close()
                    throw error
                }
            }
        }
    }

    var principal: Principal { tenant.commandLine }
    var database: TenantDatabase { tenant.database }

    func webhook(
        at path: String, _ kinds: [EventKind] = [.roleDeleted]
    ) async throws -> (webhook: Webhook, secret: WebhookSecret) {
        try await acts.add(
            NewWebhook(name: path, address: sink.address(path), kinds: kinds.map(\.name)), by: principal,
            in: database)
    }

    /// Has something happen.
    func record(_ kind: EventKind = .roleDeleted, times: Int = 1) async throws {
        for _ in 0..<times {
            try await database.record(
                Act(kind, after: [Act.Detail("name", "Cajero «ñ»")]),
                by: Actor(.staff, name: "Ana", address: "192.0.2.7"),
                at: tenant.now, from: tenant.site.randomness)
        }
        try await database.sealEvents()
    }

    /// A turn of the address, as the job takes it.
    @discardableResult
    func deliver(_ webhook: Webhook) async throws -> Instant? {
        try await DeliveryRound(
            webhook: webhook.id, sender: sender, database: database, time: tenant.site.clock.source,
            randomness: tenant.site.randomness
        ).run()
    }

    func deliveries(_ webhook: Webhook) async throws -> [Delivery] {
        try await database.sealEvents()
        return try await database.deliveries(to: webhook.id, before: .max, limit: 1000)
    }

    func queuedJobs() throws -> [String] {
        try tenant.site.test.superuser().column(
            "SELECT payload->>'webhook' FROM jobs WHERE kind = 'webhooks.deliver' ORDER BY 1")
    }

    func wait(to moment: Instant) { tenant.site.clock.advance(by: moment - tenant.now) }
}

extension TestTenant {
    func panel(_ acts: WebhookActs) -> RequestGate {
        var routes = Panel.Routes()
        WebhookRoutes(acts).add(to: &routes)
        return gate(routes, credential: Panel.credential, refuse: Panel.refuse)
    }

    func api(_ acts: WebhookActs) -> RequestGate {
        var routes = API.Routes(of: site.catalogue)
        WebhookAPI(acts).add(to: &routes)
        return gate(routes.visits, credential: API.credential, refuse: API.refuse)
    }

    func post(_ gate: RequestGate, _ path: String, _ form: String, as cookie: String) async throws -> Answer {
        try await ask(
            gate, path, method: "POST",
            headers: [
                "Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded",
            ], body: Array(form.utf8))
    }
}
