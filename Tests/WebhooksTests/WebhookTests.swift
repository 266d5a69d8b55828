import API
import Access
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
        try await Ground.with { ground, sur in
            let (norte, acts) = (ground.tenant, ground.acts)
            let door = norte.panel(acts)
            let owner = try await norte.signIn(Permission.grantable, as: "Olga")
            let form = "name=n8n&address=https%3A%2F%2Fexample.com%2Fin&kind=customer.created&kind=role.deleted"
            let made = try await norte.post(door, "/panel/webhooks", form, as: owner)
            #expect(made.status == .ok && made.text.contains("value=\"whsec_"))
            let webhook = try #require(try await norte.database.webhooks().first)
            #expect(webhook.kinds == ["customer.created", "role.deleted"] && webhook.state == .active)
            let path = "/panel/webhooks/\(webhook.id)"
            for page in ["/panel/webhooks", path] {
                let answer = try await norte.ask(door, page, headers: ["Cookie": owner])
                #expect(answer.status == .ok && answer.text.contains("n8n") && !answer.text.contains("whsec_"))
            }
            let stored: [UInt8]? = try await norte.database.value(
                "SELECT secret FROM webhooks WHERE tenant_id = \(norte.database.tenant)")
            #expect(try #require(stored).count > 60)

            #expect(try await norte.post(door, path + "/pause", "", as: owner).status == .seeOther)
            #expect(try await norte.database.webhook(webhook.id)?.state == .paused)
            #expect(try await norte.post(door, path + "/resume", "", as: owner).status == .seeOther)
            let tested = try await norte.post(door, path + "/test", "", as: owner)
            let delivery = try #require(tested.headers["Location"]?.split(separator: "?").first.map(String.init))
            let page = try await norte.ask(door, delivery, headers: ["Cookie": owner])
            #expect(page.text.contains("Evento de prueba") && page.text.contains("webhook.tested"))
            #expect(try await norte.post(door, path + "/secret", "", as: owner).text.contains("value=\"whsec_"))
            let changed = try await norte.post(
                door, path, "name=CRM&address=https%3A%2F%2Fexample.org%2F&kind=role.deleted", as: owner)
            #expect(changed.status == .seeOther)
            #expect(try await norte.database.webhook(webhook.id)?.name == "CRM")

            let stranger = try await sur.signIn(Permission.grantable, as: "Sergio")
            let theirs = sur.panel(acts)
            #expect(try await sur.post(theirs, path + "/delete", "", as: stranger).status == .notFound)
            #expect(try await norte.post(door, path + "/delete", "", as: owner).status == .seeOther)
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
        try await Ground.with { ground, _ in
            let norte = ground.tenant
            let owner = try await norte.signIn(Permission.grantable, as: "Olga")
            let escaped = address.replacing(":", with: "%3A").replacing("/", with: "%2F").replacing("@", with: "%40")
            let answer = try await norte.post(
                norte.panel(ground.acts), "/panel/webhooks", "name=x&address=\(escaped)&kind=role.deleted", as: owner)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("Escriba una dirección pública"))
            await #expect(throws: WebhookRefusal.addressRefused) {
                try await ground.acts.add(
                    NewWebhook(name: "x", address: address, kinds: []), by: ground.author, in: norte.database)
            }
            #expect(try await norte.database.webhooks().isEmpty)
        }
    }

    @Test func `nobody has a program told of what they may not see`() async throws {
        try await Ground.with { ground, _ in
            let norte = ground.tenant
            let clerk = try await norte.signIn([.webhooksManage], as: "Carla")
            let page = try await norte.ask(
                norte.panel(ground.acts), "/panel/webhooks/new", headers: ["Cookie": clerk])
            #expect(!page.text.contains("customer.created"))
            let answer = try await norte.post(
                norte.panel(ground.acts), "/panel/webhooks",
                "name=x&address=https%3A%2F%2Fexample.com%2F&kind=customer.created", as: clerk)
            #expect(answer.status == .forbidden)
            #expect(try await norte.database.webhooks().isEmpty)
        }
    }

    @Test func `a program is shown the secret once, also when it asks twice`() async throws {
        try await Ground.with { ground, _ in
            let norte = ground.tenant
            let token = try await norte.token([.webhooksManage, .customersRead])
            func post(_ path: String, _ body: String) async throws -> Answer {
                try await norte.ask(
                    norte.api(ground.acts), path, method: "POST",
                    headers: [
                        "Authorization": "Bearer \(token)", "Idempotency-Key": "a", "Content-Type": "application/json",
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
            let forbidden = try await post("/api/v1/webhooks", body.replacing("customer.created", with: "role.deleted"))
            #expect(forbidden.status == .unprocessableContent || forbidden.status == .forbidden)
            let path = try #require(first.headers["Location"])
            let read = try await norte.ask(
                norte.api(ground.acts), path, headers: ["Authorization": "Bearer \(token)"])
            #expect(read.headers["ETag"] == first.headers["ETag"])
        }
    }

    @Test func `a tenant has so many webhooks and no more`() async throws {
        try await Ground.with { ground, _ in
            for _ in 0..<Webhook.most { _ = try await ground.webhook(at: "ok") }
            await #expect(throws: WebhookRefusal.tooMany) { try await ground.webhook(at: "ok") }
        }
    }

    @Test func `every text of the room is whole in every language`() {
        #expect(WebhookWords.problems + WebhookAPIWords.problems + PublishedEventWords.problems == [])
    }
}
