import Access
import Crypto
import Customers
import Events
import Identifiers
import Jobs
import Loop
import Postgres
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Webhooks

@Suite struct DeliveryTests {
    @Test func `open pages of the tenant are told of every attempt`() async throws {
        try await WebhookFixture.with { fixture, _ in
            let (webhook, secret) = try await fixture.webhook(at: "ok")
            fixture.sink.learn(secret.text)
            let told = Log<Notification>()
            let database = fixture.tenant.site.test.database
            let listening = Loops.tests.all[0].spawn {
                for await notification in database.listen(Outbox.channel) { told.add(notification) }
            }
            let follower = CommitFollower([Outbox.announcing], in: database, on: Loops.tests.all[0]) { _ in }
            let following = Loops.tests.all[0].spawn { await follower.run() }
            defer {
                listening.cancel()
                following.cancel()
            }
            #expect(await eventually(on: Loops.tests.all[0]) { told.all == [.gap] })
            try await fixture.record()
            let change = Notification.payload("\(fixture.database.tenant) webhooks")
            #expect(await eventually(on: Loops.tests.all[0]) { told.all.count { $0 == change } == 1 })
            #expect(try await fixture.deliver(webhook) == nil)
            #expect(await eventually(on: Loops.tests.all[0]) { told.all.count { $0 == change } == 2 })
        }
    }

    @Test func `the example of the specification is signed as there`() throws {
        let bytes = try #require(Base64.standard.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".utf8))
        let secret = WebhookSecret(bytes: bytes)
        #expect(secret.text == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        #expect(
            secret.signature(
                of: Array(#"{"test": 2432232314}"#.utf8), id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
                at: Instant(seconds: 1_614_265_330)) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `what happens is told to those who want it, and only once it has happened`() async throws {
        struct Change: Error {}
        try await WebhookFixture.with { fixture, sur in
            let (wanting, secret) = try await fixture.webhook(at: "ok")
            let (other, _) = try await fixture.webhook(at: "ok/other", [.customerCreated])
            await #expect(throws: Change.self) {
                try await fixture.database.transaction { database in
                    try await database.record(Act("role.deleted"), by: .commandLine, at: fixture.tenant.now)
                    throw Change()
                }
            }
            #expect(try await fixture.deliveries(wanting).isEmpty)
            #expect(try fixture.queuedJobs().isEmpty)
            try await fixture.record(times: 2)
            try await sur.database.record(Act("role.deleted"), by: .commandLine, at: sur.now)
            #expect(try await fixture.deliveries(wanting).map(\.state) == [.pending, .pending])
            #expect(try await fixture.deliveries(other).isEmpty)
            #expect(try fixture.queuedJobs() == [wanting.id.description])

            fixture.sink.learn(secret.text)
            #expect(try await fixture.deliver(wanting) == nil)
            let messages = try fixture.sink.messages()
            #expect(messages.map(\.valid) == [[true], [true]])
            #expect(Set(messages.map(\.id)).count == 2 && messages.allSatisfy { $0.id.hasPrefix("msg_") })
            #expect(messages.allSatisfy { $0.timestamp == "\(fixture.tenant.now.seconds)" })
            let body = try #require(messages.first?.body)
            #expect(body.hasPrefix(#"{"type":"role.deleted","timestamp":"2026-"#))
            #expect(body.contains(#""actor":{"kind":"staff","name":"Ana"}"#) && !body.contains("192.0.2.7"))
            #expect(body.contains("Cajero «ñ»"))
            let delivery = try #require(try await fixture.deliveries(wanting).first)
            #expect(delivery.state == .delivered && delivery.lastStatus == 200)
            #expect(try await fixture.database.attempts(of: delivery).map(\.answer) == ["gracias\u{FFFD}"])
        }
    }

    @Test(
        arguments: [
            ("moved", 301, nil), ("fault", 500, nil), ("hang", nil, "No complete answer within"),
            ("close", nil, "interrupted"), ("drip", nil, "No complete answer within"), ("busy", 429, nil),
        ] as [(String, Int?, String?)])
    func `an address that does not take it is asked again later`(
        path: String, status: Int?, failure: String?
    ) async throws {
        try await WebhookFixture.with { fixture, _ in
            let (webhook, _) = try await fixture.webhook(at: path)
            try await fixture.record(times: 3)
            let next = try await fixture.deliver(webhook)
            let delivery = try #require(try await fixture.deliveries(webhook).last)
            #expect(delivery.state == .pending && delivery.attempts == 1 && delivery.lastStatus == status)
            if let failure { #expect(delivery.lastFailure?.contains(failure) == true, "\(delivery.lastFailure ?? "")") }
            // The others do not wait for an answer that does not come, one after the other.
            #expect(try fixture.sink.messages().map(\.path) == ["/\(path)"])
            let rest = try #require(next) - fixture.tenant.now
            #expect(path == "busy" ? rest == .seconds(900) : rest == .seconds(5))
            #expect(try await fixture.deliver(webhook) == next && fixture.sink.messages().count == 1)
        }
    }

    @Test func `a date says as well when to come back`() async throws {
        try await WebhookFixture.with { fixture, _ in
            fixture.sink.set(now: fixture.tenant.now.seconds)
            let (webhook, _) = try await fixture.webhook(at: "busy-until")
            try await fixture.record()
            let next = try #require(try await fixture.deliver(webhook))
            #expect(next - fixture.tenant.now == .seconds(1200))
        }
    }

    @Test func `of a huge answer no more is read than is wanted`() async throws {
        try await WebhookFixture.with { fixture, _ in
            let (webhook, _) = try await fixture.webhook(at: "huge")
            try await fixture.record()
            #expect(try await fixture.deliver(webhook) == nil)
            let delivery = try #require(try await fixture.deliveries(webhook).first)
            #expect(delivery.state == .delivered)
            #expect(try await fixture.database.attempts(of: delivery).first?.answer.utf8.count == 2000)
            // What lies in the sockets' buffers was sent, but not read.
            #expect(await eventually(on: Loops.tests.all[0]) { fixture.sink.huge != nil })
            #expect(try #require(fixture.sink.huge) < 20_000_000)
        }
    }

    @Test func `what is never taken is retried as the specification says, under one id, and then given up`()
        async throws
    {
        try await WebhookFixture.with { fixture, _ in
            let (webhook, secret) = try await fixture.webhook(at: "fault")
            fixture.sink.learn(secret.text)
            try await fixture.record()
            var rests: [Double] = []
            var last = fixture.tenant.now
            while let next = try await fixture.deliver(webhook) {
                rests.append(Double((next - last).components.seconds))
                fixture.wait(to: next)
                last = next
            }
            let schedule = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400].map(Double.init)
            #expect(rests.count == schedule.count)
            for (rest, expected) in zip(rests, schedule) { #expect(rest >= expected && rest <= expected * 1.1) }
            #expect(rests != schedule)
            let messages = try fixture.sink.messages()
            #expect(messages.count == 10 && Set(messages.map(\.id)).count == 1)
            #expect(Set(messages.map(\.timestamp)).count == 10 && messages.allSatisfy { $0.valid == [true] })
            #expect(Set(messages.map(\.body)).count == 1)
            let delivery = try #require(try await fixture.deliveries(webhook).first)
            #expect(delivery.state == .failed && delivery.attempts == 10)
        }
    }

    @Test func `an address that says it is gone is asked no more`() async throws {
        try await WebhookFixture.with { fixture, _ in
            let (webhook, _) = try await fixture.webhook(at: "gone")
            try await fixture.record(times: 2)
            #expect(try await fixture.deliver(webhook) == nil)
            #expect(try await fixture.database.webhook(webhook.id)?.state == .disabled(.gone))
            try await fixture.record()
            #expect(try await fixture.deliveries(webhook).map(\.state) == [.pending, .failed])
            #expect(try fixture.sink.messages().count == 1)
            let told = try await fixture.database.events(
                EventSelection(kind: "webhook.disabled", subject: webhook.id.uuid), limit: 5)
            #expect(told.count == 1 && told[0].isOfSystem)
        }
    }

    @Test func `an address that has taken nothing for days is disabled, and resumed sends what has waited`()
        async throws
    {
        try await WebhookFixture.with { fixture, _ in
            let (webhook, _) = try await fixture.webhook(at: "fault")
            try await fixture.record()
            try await fixture.deliver(webhook)
            fixture.wait(to: fixture.tenant.now + .seconds(5 * 86_400 - 60))
            try await fixture.deliver(webhook)
            #expect(try await fixture.database.webhook(webhook.id)?.state == .active)
            fixture.wait(to: fixture.tenant.now + .seconds(400))
            try await fixture.deliver(webhook)
            let disabled = try #require(try await fixture.database.webhook(webhook.id))
            #expect(disabled.state == .disabled(.failing))
            let cookie = try await fixture.tenant.signIn([.webhooksManage])
            let page = try await fixture.tenant.ask(
                fixture.tenant.panel(fixture.acts), "/panel/webhooks", headers: ["Cookie": cookie])
            #expect(page.text.contains("Se desactivó porque no recibe nada desde"))

            let mended = try await fixture.acts.change(
                disabled, name: nil, address: fixture.sink.address("ok"), kinds: nil, by: fixture.principal,
                in: fixture.database)
            let resumed = try await fixture.acts.set(
                mended, isActive: true, by: fixture.principal, in: fixture.database)
            #expect(resumed.state == .active && resumed.failures == 0)
            #expect(try await fixture.deliver(webhook) == nil)
            #expect(try await fixture.deliveries(webhook).map(\.state) == [.delivered])
        }
    }

    @Test func `what is paused waits, and what was not wanted meanwhile does not come later`() async throws {
        try await WebhookFixture.with { fixture, _ in
            let (webhook, _) = try await fixture.webhook(at: "ok")
            try await fixture.record()
            let paused = try await fixture.acts.set(
                webhook, isActive: false, by: fixture.principal, in: fixture.database)
            try await fixture.record()
            #expect(try await fixture.deliver(paused) == nil && fixture.sink.messages().isEmpty)
            _ = try await fixture.acts.set(paused, isActive: true, by: fixture.principal, in: fixture.database)
            try await fixture.deliver(paused)
            #expect(try fixture.sink.messages().count == 1)
        }
    }

    @Test func `for a day after a new secret both sign`() async throws {
        try await WebhookFixture.with { fixture, _ in
            let (webhook, old) = try await fixture.webhook(at: "ok")
            let (_, new) = try await fixture.acts.rotate(webhook.id, by: fixture.principal, in: fixture.database)
            fixture.sink.learn(old.text, new.text)
            try await fixture.record()
            try await fixture.deliver(webhook)
            fixture.wait(to: fixture.tenant.now + .seconds(86_400))
            try await fixture.record()
            try await fixture.deliver(webhook)
            #expect(try fixture.sink.messages().map(\.valid) == [[true, true], [false, true]])
            #expect(try fixture.sink.messages().map(\.signatures) == [2, 1])
        }
    }

    @Test func `the same message is sent again by hand, under its id`() async throws {
        try await WebhookFixture.with { fixture, sur in
            let (webhook, _) = try await fixture.webhook(at: "ok")
            let test = try await fixture.acts.test(webhook.id, by: fixture.principal, in: fixture.database)
            await #expect(throws: WebhookRefusal.notDelivered) {
                try await fixture.acts.replay(test.event, to: webhook.id, by: fixture.principal, in: fixture.database)
            }
            try await fixture.deliver(webhook)
            _ = try await fixture.acts.replay(test.event, to: webhook.id, by: fixture.principal, in: fixture.database)
            try await fixture.deliver(webhook)
            let messages = try fixture.sink.messages()
            #expect(messages.count == 2 && Set(messages.map(\.id)).count == 1)
            #expect(messages[0].body.contains(#""type":"webhook.tested""#))
            await #expect(throws: AccessRefusal.notFound) {
                try await fixture.acts.replay(test.event, to: webhook.id, by: fixture.principal, in: sur.database)
            }
        }
    }

    @Test func `an address that does not answer keeps the others from nothing`() async throws {
        try await WebhookFixture.with { fixture, _ in
            let (silent, _) = try await fixture.webhook(at: "hang")
            let (quick, _) = try await fixture.webhook(at: "ok")
            try await fixture.record(times: 30)
            var kinds = JobKinds()
            let sender = fixture.sender
            kinds.add(DeliverWebhook.self) { try await $0.run(in: $1, with: sender) }
            let site = fixture.tenant.site
            let worker = Worker(
                database: site.test.database, loops: .tests, kinds: kinds, time: site.clock.source,
                randomness: site.randomness)
            let work = Loops.tests.all[0].spawn { await worker.run() }
            let start = Monotonic.read()
            while try await fixture.deliveries(quick).contains(where: { $0.state == .pending }) {
                try #require(Monotonic.read() - start < .seconds(60))
                try await Loops.tests.all[0].sleep(for: .milliseconds(20))
            }
            // The silent one has had two seconds for each of its attempts, and rests after the first.
            #expect(try await fixture.deliveries(silent).filter { $0.state == .delivered }.isEmpty)
            #expect(try fixture.sink.messages().filter { $0.path == "/hang" }.count <= 1)
            await worker.drain(within: .seconds(10))
            await work.value
        }
    }
}
