import Access
import Crypto
import Customers
import Events
import Identifiers
import Identity
import Loop
import Panel
import Postgres
import Roles
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Feed

@Suite struct RevocationTests {
    @Test(arguments: ["sign out", "end elsewhere", "disable", "lose permission", "expire"])
    func `a page whose person may no longer see it is told nothing more, and let go`(how: String) async throws {
        try await FeedFixture.with { fixture, _ in
            let (norte, principal) = (fixture.norte, fixture.norte.commandLine)
            let staff = try await norte.staff([.auditRead], as: "Carla")
            let session = try await Session.start(
                for: staff, at: Session.Place(device: "", address: ""), now: norte.now, from: norte.site.randomness,
                in: norte.database)
            let page = try await fixture.listen(LiveTopic.audit.path, ["Cookie": "sid=\(session.secret.text)"])
            try await FeedFixture.record("customer.created", "", at: norte)
            _ = try await fixture.read(page, until: "changed")
            let start = Monotonic.read()
            switch how {
            case "sign out":
                try await Session.end(Credential(.session, secret: session.secret), at: norte.now, in: norte.database)
            case "end elsewhere": try await Session.endAll(of: staff, at: norte.now, in: norte.database)
            case "disable": try await StaffMember.setDisabled(true, staff, by: principal, in: norte.database)
            case "lose permission":
                let id = try #require(try await norte.database.roles(of: staff.uuid).first)
                try await Role(id: id, name: "Otra cosa", allowed: [.staffRead]).save(by: principal, in: norte.database)
            default:
                norte.site.clock.advance(by: .seconds(400 * 86_400))
                try await norte.database.execute(Outbox.credentialsChanged(of: norte.database.tenant))
            }
            #expect(try await !fixture.read(page, until: "0\r\n\r\n").contains("changed"))
            #expect(Monotonic.read() - start < .seconds(20))
            #expect(fixture.liveUpdates.count == 0)
        }
    }

    @Test(arguments: ["revoke", "lose permission", "lose sight"])
    func `a program is told nothing that its token may no longer see`(how: String) async throws {
        try await FeedFixture.with { fixture, _ in
            let (norte, principal) = (fixture.norte, fixture.norte.commandLine)
            let token = try await APIToken.make(
                named: "n8n", permissions: [.eventsRead, .customersRead, .staffRead], until: norte.now + .seconds(3600),
                by: principal, randomness: norte.site.randomness, in: norte.database)
            let page = try await fixture.listen(FeedFixture.stream, ["Authorization": "Bearer \(token.text)"])
            try await FeedFixture.record("customer.created", "antes", at: norte)
            _ = try await fixture.read(page, until: "antes")
            let start = Monotonic.read()
            switch how {
            case "revoke": try await APIToken.revoke(token, by: principal, in: norte.database)
            case "lose permission":
                try await norte.database.execute(
                    "UPDATE api_tokens SET permissions = '{customers.read}' WHERE tenant_id = \(norte.database.tenant)")
                try await FeedFixture.record("token.changed", "", at: norte)
            default:
                try await norte.database.execute(
                    """
                    UPDATE api_tokens SET permissions = '{events.read,staff.read}'
                    WHERE tenant_id = \(norte.database.tenant)
                    """)
                try await FeedFixture.record("token.changed", "", at: norte)
            }
            try await FeedFixture.record("customer.created", "después", at: norte)
            try await FeedFixture.record("staff.invited", "al final", at: norte)
            let end = how == "lose sight" ? "al final" : "0\r\n\r\n"
            let rest = try await fixture.read(page, until: end)
            #expect(rest.contains(end) && !rest.contains("después"))
            #expect(Monotonic.read() - start < .seconds(20))
        }
    }

    /// What was missed is told page by page; between two of them the token may be revoked.
    @Test func `a program is not told what it missed once its token is revoked`() async throws {
        try await FeedFixture.with { fixture, _ in
            let (norte, principal) = (fixture.norte, fixture.norte.commandLine)
            let token = try await APIToken.make(
                named: "n8n", permissions: [.eventsRead, .customersRead], until: norte.now + .seconds(3600),
                by: principal,
                randomness: norte.site.randomness, in: norte.database)
            let filling = String(repeating: "x", count: 40_000)
            for number in 1...100 {
                try await FeedFixture.record("customer.changed", "\(filling)n\(number).", at: norte)
            }
            // It reads nothing, so that it is far from done.
            let page = try await fixture.listen(
                FeedFixture.stream, ["Authorization": "Bearer \(token.text)"], after: 0, receiveBuffer: 4096)
            try await APIToken.revoke(token, by: principal, in: norte.database)
            #expect(await eventually(on: Loops.tests.all[0]) { fixture.liveUpdates.count == 0 })
            #expect(try await !fixture.read(page, until: "0\r\n\r\n").contains("n100."))
        }
    }
}
