import Crypto
import Customers
import Declarations
import HTTP
import Locale
import Loop
import Postgres
import Telemetry
import Tenancy
import TenantSupport
import TestSupport
import Testing

@testable import Access

@Suite struct BucketTests {
    private let start = Monotonic.read()

    @Test func `a bucket empties, and fills up steadily`() {
        var buckets = Buckets(sets: 16, quota: Quota(aMinute: 60))
        for left in (0..<60).reversed() {
            #expect(
                buckets.take(7, at: start)
                    == Level(left: left, secondsToFull: 60 - left, secondsToOne: 60 - left > 59 ? 1 : 0, isEmpty: false)
            )
        }
        #expect(buckets.take(7, at: start)?.isEmpty == true)
        #expect(buckets.take(7, at: start)?.secondsToOne == 1)
        #expect(buckets.take(7, at: start + .milliseconds(999))?.isEmpty == true)
        #expect(buckets.take(7, at: start + .seconds(1))?.isEmpty == false)
        #expect(buckets.take(7, at: start + .seconds(1))?.isEmpty == true)
        #expect(buckets.take(7, at: start + .seconds(31))?.left == 29)
        // Asking while it is empty costs nothing, and rest never fills it beyond its size.
        #expect(buckets.take(7, at: start + .seconds(10_000))?.left == 59)
    }

    @Test func `looking takes nothing, and others have buckets of their own`() {
        var buckets = Buckets(sets: 16, quota: Quota(aMinute: 2))
        #expect(buckets.look(1, at: start)?.left == 2)
        _ = buckets.take(1, at: start)
        _ = buckets.take(1, at: start)
        #expect(buckets.look(1, at: start)?.isEmpty == true && buckets.take(1, at: start)?.isEmpty == true)
        #expect(buckets.take(2, at: start)?.isEmpty == false)
    }

    /// A crowd of made-up tokens takes no more memory, and pushes out the rested before the busy.
    @Test func `of a crowd in one set the busiest are remembered`() {
        var buckets = Buckets(sets: 1, quota: Quota(aMinute: 10))
        for _ in 0..<10 { _ = buckets.take(99, at: start) }
        for stranger in UInt64(100)..<1100 { _ = buckets.take(stranger, at: start) }
        #expect(buckets.take(99, at: start)?.isEmpty == true)
    }

    @Test func `no quota is no limit`() {
        #expect(Quota(aMinute: 0) == nil)
        var buckets = Buckets(sets: 16, quota: nil)
        #expect(buckets.take(1, at: start) == nil && buckets.look(1, at: start) == nil)
    }
}

@Suite struct ThrottleTests {
    private static let moment = Monotonic.read()

    private static func gate(of tenant: TestTenant, token: Int, tenant shared: Int) -> RequestGate {
        var routes = Routes<Visit>()
        routes.get("/closed", .customersRead, "Needs a token") { _ in .text("in") }
        routes.get("/open", .anyone, "Needs none") { _ in .text("open") }
        return RequestGate(
            routes, directory: tenant.site.directory, database: tenant.site.test.database,
            catalogue: tenant.site.catalogue, time: tenant.site.clock.source,
            log: Log(to: tenant.site.log, as: .json, time: tenant.site.clock.source),
            throttle: Throttle(token: Quota(aMinute: token), tenant: Quota(aMinute: shared)),
            credential: { request in
                request.headers["x-token"].flatMap(Token.init).map { Credential(.token, secret: $0) }
            }, refuse: { refusal, _, reader, _ in .text(refusal.message.text(for: reader), status: refusal.status) })
    }

    /// All at one moment, however slow the machine is.
    private static func ask(_ tenant: TestTenant, _ gate: RequestGate, _ token: String, path: String = "/closed")
        async throws
        -> Answer
    { try await tenant.ask(gate, path, headers: ["X-Token": token], arrived: moment) }

    @Test func `beyond its quota a token waits, and the others do not`() async throws {
        try await withTenants { norte, sur in
            let gate = Self.gate(of: norte, token: 3, tenant: 100)
            let (first, second) = (try await norte.token([.customersRead]), try await norte.token([.customersRead]))
            for left in [2, 1, 0] {
                let answer = try await Self.ask(norte, gate, first)
                #expect(answer.status == .ok)
                #expect(answer.headers["RateLimit-Policy"] == #""token";q=3;w=60, "tenant";q=100;w=60"#)
                #expect(
                    answer.headers["RateLimit"]?.hasPrefix("\"token\";r=\(left);t=\(60 - 20 * left), \"tenant\";r=")
                        == true)
                #expect(answer.headers["Retry-After"] == nil)
            }
            let refused = try await Self.ask(norte, gate, first)
            #expect(refused.status == .tooManyRequests)
            #expect(refused.headers["Retry-After"].flatMap { Int($0) }.map { (1...20).contains($0) } == true)
            #expect(refused.headers["RateLimit"]?.hasPrefix(#""token";r=0;"#) == true)
            #expect(try await Self.ask(norte, gate, second).status == .ok)
            #expect(try await Self.ask(norte, gate, first, path: "/open").status == .ok)
            #expect(try await Self.ask(sur, gate, try await sur.token([.customersRead])).status == .ok)
        }
    }

    @Test func `a tenant's programs share its quota, which strangers cannot use up`() async throws {
        try await withTenants { norte, sur in
            let gate = Self.gate(of: norte, token: 100, tenant: 4)
            for _ in 0..<10 {
                let stranger = Token.make(prefix: "mst_live", from: norte.site.randomness).text
                #expect(try await Self.ask(norte, gate, stranger).status == .unauthorized)
            }
            for _ in 0..<4 {
                #expect(try await Self.ask(norte, gate, try await norte.token([.customersRead])).status == .ok)
            }
            let token = try await norte.token([.customersRead])
            #expect(try await Self.ask(norte, gate, token).status == .tooManyRequests)
            #expect(try await Self.ask(sur, gate, try await sur.token([.customersRead])).status == .ok)
        }
    }

    @Test func `lifted, it says nothing`() async throws {
        try await withTenants { norte, _ in
            let answer = try await Self.ask(
                norte, Self.gate(of: norte, token: 0, tenant: 0), try await norte.token([.customersRead]))
            #expect(answer.status == .ok && answer.headers["RateLimit"] == nil)
        }
    }

    @Test func `its text is whole in every language`() { #expect(ThrottleWords.problems == []) }
}
