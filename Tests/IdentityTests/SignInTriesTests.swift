import Access
import Crypto
import Customers
import Postgres
import TenantSupport
import Testing

@testable import Identity

@Suite struct SignInTriesTests {
    private func rows(_ tenant: TestTenant) async throws -> Int {
        try await tenant.database.value(
            "SELECT count(*) FROM sign_in_tries WHERE tenant_id = \(tenant.database.tenant)") ?? 0
    }

    @Test func `a network of IPv6 counts as one address, and beyond its quota nothing is written`() async throws {
        try await withTenants { norte, sur in
            var allowed = 0
            for number in 1...100 {
                let tries = SignInTries(
                    of: "nadie\(number)@example.com", from: nil, at: "2001:db8:1:2::\(number)",
                    within: AddressQuota(aMinute: 1000))
                if try await tries.count(at: norte.now, in: norte.database) { allowed += 1 }
            }
            #expect(allowed == SignInTries.perAddress)
            // One for the network, and one for each account that was tried.
            #expect(try await rows(norte) == 1 + SignInTries.perAddress)
            #expect(try await rows(sur) == 0)
            let next = SignInTries(of: "ana@example.com", from: nil, at: "2001:db8:1:3::1", within: AddressQuota())
            #expect(try await next.count(at: norte.now, in: norte.database))
        }
    }

    @Test func `a network's guesses at all companies are one number`() async throws {
        try await withTenants { norte, sur in
            let addresses = AddressQuota(aMinute: 20)
            func isAllowed(_ number: Int, _ address: String, at tenant: TestTenant) async throws -> Bool {
                try await SignInTries(of: "nadie\(number)@example.com", from: nil, at: address, within: addresses)
                    .count(at: tenant.now, in: tenant.database)
            }
            for number in 1...10 {
                let isAllowed = (
                    try await isAllowed(number, "2001:db8:1:2::\(number)", at: norte),
                    try await isAllowed(number, "2001:db8:1:2::\(number)", at: sur)
                )
                #expect(isAllowed == (true, true))
            }
            #expect(try await !isAllowed(11, "2001:db8:1:2::11", at: norte))
            #expect(try await !isAllowed(11, "2001:db8:1:2::11", at: sur))
            #expect(try await isAllowed(11, "192.0.2.7", at: sur))
            norte.site.clock.advance(by: .seconds(3))
            #expect(try await isAllowed(12, "2001:db8:1:2::12", at: sur))
        }
    }

    @Test func `a password that was changed while it was looked at opens nothing`() async throws {
        try await withTenants { norte, _ in
            let ana = try await norte.staff([.customersRead], as: "Ana")
            try await norte.database.setPassword("one", of: ana, at: norte.now)
            #expect(try await norte.database.holdPassword("one", of: ana, rehashed: "one, stronger"))
            #expect(try await norte.database.password(of: ana) == "one, stronger")
            try await norte.database.setPassword("two", of: ana, at: norte.now)
            #expect(try await !norte.database.holdPassword("one, stronger", of: ana, rehashed: "one again"))
            #expect(try await norte.database.password(of: ana) == "two")
        }
    }
}
