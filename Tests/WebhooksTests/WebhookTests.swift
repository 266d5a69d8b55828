import API
import Access
import Customers
import Declarations
import HTTP
import JSON
import Locale
import Panel
import Postgres
import TenantSupport
import TestSupport
import Testing

@testable import Webhooks

@Suite struct WebhookTests {
    @Test func `a webhook is made in the panel, its secret shown once, and taken away`() async throws {
        try await WebhookFixture.with { fixture, sur in
            let (norte, acts) = (fixture.tenant, fixture.acts)
            let gate = norte.panel(acts)
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let form = "name=n8n&address=https%3A%2F%2Fexample.com%2Fin&kind=customer.created&kind=role.deleted"
            let made = try await norte.post(gate, "/panel/webhooks", form, as: owner)
            #expect(made.status == .ok && made.text.contains("value=\"whsec_"))
            let webhook = try #require(try await norte.database.webhooks().first)
            #expect(webhook.kinds == ["customer.created", "role.deleted"] && webhook.state == .active)
            let path = "/panel/webhooks/\(webhook.id)"
            for page in ["/panel/webhooks", path] {
                let answer = try await norte.ask(gate, page, headers: ["Cookie": owner])
                #expect(answer.status == .ok && answer.text.contains("n8n") && !answer.text.contains("whsec_"))
            }
            let stored: [UInt8]? = try await norte.database.value(
                "SELECT secret FROM webhooks WHERE tenant_id = \(norte.database.tenant)")
            #expect(try #require(stored).count > 60)

            #expect(try await norte.post(gate, path + "/pause", "", as: owner).status == .seeOther)
            #expect(try await norte.database.webhook(webhook.id)?.state == .paused)
            #expect(try await norte.post(gate, path + "/resume", "", as: owner).status == .seeOther)
            let tested = try await norte.post(gate, path + "/test", "", as: owner)
            let delivery = try #require(tested.headers["Location"]?.split(separator: "?").first.map(String.init))
            let page = try await norte.ask(gate, delivery, headers: ["Cookie": owner])
            #expect(page.text.contains("Evento de prueba") && page.text.contains("webhook.tested"))
            #expect(try await norte.post(gate, path + "/secret", "", as: owner).text.contains("value=\"whsec_"))
            let changed = try await norte.post(
                gate, path, "name=CRM&address=https%3A%2F%2Fexample.org%2F&kind=role.deleted", as: owner)
            #expect(changed.status == .seeOther)
            #expect(try await norte.database.webhook(webhook.id)?.name == "CRM")

            let stranger = try await sur.signIn(sur.everything, as: "Sergio")
            let theirs = sur.panel(acts)
            #expect(try await sur.post(theirs, path + "/delete", "", as: stranger).status == .notFound)
            #expect(try await norte.post(gate, path + "/delete", "", as: owner).status == .seeOther)
            #expect(try await norte.database.webhooks().isEmpty)
        }
    }

    @Test(arguments: [
        "http://example.com/", "https://127.0.0.1/", "https://10.0.0.1/", "https://localhost/", "https://localhost./",
        "https://user@example.com/", "https://example.com:22/", "https://169.254.169.254/", "https://2130706433/",
        "https://0x7f.1/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "ftp://example.com/", "example.com",
        "https://127.0.0.1:5432/", "https://100.64.0.1/", "https://intranet/",
    ])
    func `an address where only this machine or its network can be is refused`(address: String) async throws {
        try await WebhookFixture.with { fixture, _ in
            let norte = fixture.tenant
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let escaped = address.replacing(":", with: "%3A").replacing("/", with: "%2F").replacing("@", with: "%40")
            let answer = try await norte.post(
                norte.panel(fixture.acts), "/panel/webhooks", "name=x&address=\(escaped)&kind=role.deleted", as: owner)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("Escriba una dirección pública"))
            await #expect(throws: WebhookRefusal.addressRefused) {
                try await fixture.acts.add(
                    NewWebhook(name: "x", address: address, kinds: []), by: fixture.principal, in: norte.database)
            }
            #expect(try await norte.database.webhooks().isEmpty)
        }
    }

    @Test func `all that is wrong with a form is told at once`() async throws {
        try await WebhookFixture.with { fixture, _ in
            let norte = fixture.tenant
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let answer = try await norte.post(
                norte.panel(fixture.acts), "/panel/webhooks", "name=&address=ftp", as: owner)
            for text in ["Escriba una dirección pública", "Elija al menos un evento", "href=\"#field-name\""] {
                #expect(answer.text.contains(text), "\(text)")
            }
        }
    }

    @Test func `nobody has a program told of what they may not see`() async throws {
        try await WebhookFixture.with { fixture, _ in
            let norte = fixture.tenant
            let clerk = try await norte.signIn([.webhooksManage], as: "Carla")
            let page = try await norte.ask(
                norte.panel(fixture.acts), "/panel/webhooks/new", headers: ["Cookie": clerk])
            #expect(!page.text.contains("customer.created"))
            let answer = try await norte.post(
                norte.panel(fixture.acts), "/panel/webhooks",
                "name=x&address=https%3A%2F%2Fexample.com%2F&kind=customer.created", as: clerk)
            #expect(answer.status == .forbidden)
            #expect(try await norte.database.webhooks().isEmpty)
        }
    }

    @Test func `who manages webhooks reads nothing by them that they may not see`() async throws {
        try await WebhookFixture.with { fixture, sur in
            let (norte, acts) = (fixture.tenant, fixture.acts)
            let (panel, api) = (norte.panel(acts), norte.api(acts))
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let clerk = try await norte.signIn([.webhooksManage], as: "Carla")
            let token = try await norte.token([.webhooksManage])
            let form = "name=n8n&address=https%3A%2F%2Fexample.com%2F&kind=customer.created"
            #expect(try await norte.post(panel, "/panel/webhooks", form, as: owner).status == .ok)
            let webhook = try #require(try await norte.database.webhooks().first)
            let path = "/panel/webhooks/\(webhook.id)"

            // Elsewhere, or with another secret, it would be Carla's to read.
            let elsewhere = form.replacing("example.com", with: "example.org")
            #expect(try await norte.post(panel, path, elsewhere, as: clerk).status == .forbidden)
            #expect(try await norte.post(panel, path + "/secret", "", as: clerk).status == .forbidden)
            let rotated = try await norte.ask(
                api, "/api/v1/webhooks/\(webhook.id)/secrets", method: "POST",
                headers: [
                    "Authorization": "Bearer \(token)", "Idempotency-Key": "r", "Content-Type": "application/json",
                ], body: Array("{}".utf8))
            #expect(rotated.status == .forbidden)
            let renamed = form.replacing("n8n", with: "CRM")
            #expect(try await norte.post(panel, path, renamed, as: clerk).status == .seeOther)
            #expect(try await norte.database.webhook(webhook.id)?.address == "https://example.com/")

            try await fixture.record("customer.created")
            try await fixture.deliver(webhook)
            let event = try #require(try await fixture.deliveries(webhook).first).event
            func statuses(_ cookie: String, _ permissions: [Permission]) async throws -> [Status] {
                let token = try await norte.token(permissions)
                return [
                    try await norte.ask(panel, path + "/deliveries/\(event)", headers: ["Cookie": cookie]).status,
                    try await norte.ask(
                        api, "/api/v1/webhooks/\(webhook.id)/deliveries/\(event)",
                        headers: ["Authorization": "Bearer \(token)"]
                    ).status,
                ]
            }
            #expect(try await statuses(clerk, [.webhooksManage]) == [.forbidden, .forbidden])
            #expect(try await statuses(owner, [.webhooksManage, .customersRead]) == [.ok, .ok])
            let stranger = try await sur.signIn(sur.everything, as: "Sergio")
            #expect(
                try await sur.ask(sur.panel(acts), path + "/deliveries/\(event)", headers: ["Cookie": stranger]).status
                    == .notFound)
        }
    }

    @Test func `a program is shown the secret once, also when it asks twice`() async throws {
        try await WebhookFixture.with { fixture, _ in
            let norte = fixture.tenant
            let token = try await norte.token([.webhooksManage, .customersRead])
            func post(_ path: String, _ body: String, key: String = "a") async throws -> Answer {
                try await norte.ask(
                    norte.api(fixture.acts), path, method: "POST",
                    headers: [
                        "Authorization": "Bearer \(token)", "Idempotency-Key": key, "Content-Type": "application/json",
                    ], body: Array(body.utf8))
            }
            let body = #"{"name":"n8n","address":"https://example.com/","kinds":["customer.created"]}"#
            let first = try await post("/api/v1/webhooks", body)
            let second = try await post("/api/v1/webhooks", body)
            #expect(first.status == .created && first.text.contains(#""secret":"whsec_"#))
            #expect(second.status == .created && second.text.contains(#""secret":null"#))
            #expect(second.headers["Idempotency-Replayed"] == "true" && first.headers["ETag"] == second.headers["ETag"])
            #expect(try await norte.database.webhooks().count == 1)
            let kept: [UInt8]? = try await norte.database.value(
                "SELECT body FROM idempotency_keys WHERE tenant_id = \(norte.database.tenant)")
            #expect(!String(decoding: try #require(kept), as: UTF8.self).contains("whsec_"))
            let beyond = body.replacing("customer.created", with: "role.deleted")
            #expect(try await post("/api/v1/webhooks", beyond, key: "b").status == .forbidden)
            #expect(try await norte.database.webhooks().count == 1)
            let path = try #require(first.headers["Location"])
            let read = try await norte.ask(
                norte.api(fixture.acts), path, headers: ["Authorization": "Bearer \(token)"])
            #expect(read.headers["ETag"] == first.headers["ETag"])
        }
    }

    @Test func `a tenant has so many webhooks and no more`() async throws {
        try await WebhookFixture.with { fixture, _ in
            for _ in 0..<Webhook.most { _ = try await fixture.webhook(at: "ok") }
            await #expect(throws: WebhookRefusal.tooMany) { try await fixture.webhook(at: "ok") }
        }
    }

    @Test func `every text of the room is whole in every language`() {
        #expect(WebhookWords.problems + WebhookAPIWords.problems == [])
    }
}
