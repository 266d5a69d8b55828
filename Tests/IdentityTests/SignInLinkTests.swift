import Access
import Crypto
import Customers
import Locale
import Postgres
import TenantSupport
import TestSupport
import Testing

@testable import Identity

@Suite struct SignInLinkTests {
    private static func link(at tenant: TestTenant) async throws -> SignInLink {
        let ana = try await tenant.staff([.customersRead], as: "Ana")
        return try await SignInLink.make(
            .signIn, for: ana, at: tenant.now, from: tenant.site.randomness, in: tenant.database)
    }

    private static func use(_ link: SignInLink, at tenant: TestTenant) async throws -> Session {
        let outcome = try await tenant.site.signIn.start(
            with: link.secret.text, from: nil, at: Session.Place(device: "", address: "192.0.2.1"), now: tenant.now,
            in: tenant.database)
        guard case .entered(let session, _) = outcome else { throw SignInRefusal.wrong }
        return session
    }

    @Test func `of twenty who use a link at once one gets in`() async throws {
        try await withTenants { norte, _ in
            let link = try await Self.link(at: norte)
            let entered = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        do {
                            _ = try await Self.use(link, at: norte)
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(entered == 1)
            let sessions: Int? = try await norte.database.value("SELECT count(*) FROM sessions")
            #expect(sessions == 1)
        }
    }

    @Test func `a link is over after a day`() async throws {
        try await withTenants { norte, _ in
            let link = try await Self.link(at: norte)
            norte.site.clock.advance(by: .seconds(86_400))
            await #expect(throws: SignInRefusal.linkIsOver) { try await Self.use(link, at: norte) }
        }
    }

    @Test func `a link opens its own tenant only`() async throws {
        try await withTenants { norte, sur in
            let link = try await Self.link(at: norte)
            await #expect(throws: SignInRefusal.linkIsOver) { try await Self.use(link, at: sur) }
            _ = try await Self.use(link, at: norte)
        }
    }

    @Test(arguments: ["", "msl_", "mss_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "msl_'; DROP TABLE sessions; --"])
    func `what is no link is refused without asking the database`(text: String) async throws {
        try await withTenants { norte, _ in
            await #expect(throws: SignInRefusal.linkIsOver) {
                try await SignInLink.use(text, for: .signIn, at: norte.now, in: norte.database)
            }
        }
    }

    @Test func `neither link nor session nor token can be read from the database`() async throws {
        try await withTenants { norte, _ in
            let link = try await Self.link(at: norte)
            let session = try await Self.use(link, at: norte)
            let token = try await norte.token([.customersRead])
            let rows = try norte.site.test.superuser().column(
                "SELECT l::text FROM sign_in_links l WHERE purpose = 'sign_in' UNION ALL SELECT s::text FROM sessions s UNION ALL SELECT t::text FROM api_tokens t"
            )
            #expect(rows.count == 3)
            for secret in [link.secret.text, session.secret.text, token] {
                #expect(!rows.contains { $0.contains(secret) })
            }
        }
    }

    @Test func `every text of the room is whole in every language`() {
        #expect(SignInWords.problems + SecondFactorWords.problems + ExternalWords.problems == [])
        #expect(PasswordWords.problems + StaffRefusalWords.problems == [])
    }
}
