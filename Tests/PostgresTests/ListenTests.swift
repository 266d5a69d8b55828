import Identifiers
import Loop
import Postgres
import TestSupport
import Testing

@Suite struct ListenTests {
    @Test func `a listener hears what is sent, and after a lost connection that it may have missed some`() async throws
    {
        try await DatabaseFixture.with { test in
            let platform = test.database.platform
            var heard = test.database.listen("news of \"all\"").makeAsyncIterator()
            var deaf = test.database.listen("other").makeAsyncIterator()
            #expect(await heard.next() == .gap)
            #expect(await deaf.next() == .gap)
            try await platform.execute("SELECT pg_notify('news of \"all\"', \("one"))")
            #expect(await heard.next() == .payload("one"))

            try test.superuser().execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
            )
            #expect(await heard.next() == .gap)
            #expect(await deaf.next() == .gap)
            try await platform.execute("SELECT pg_notify('news of \"all\"', 'two')")
            #expect(await heard.next() == .payload("two"))
        }
    }

    @Test func `a notification is sent when its transaction commits`() async throws {
        struct Enough: Error {}
        try await DatabaseFixture.with { test in
            var heard = test.database.listen("jobs").makeAsyncIterator()
            #expect(await heard.next() == .gap)
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            await #expect(throws: Enough.self) {
                try await norte.transaction { norte in
                    try await norte.execute("SELECT pg_notify('jobs', 'never')")
                    throw Enough()
                }
            }
            try await norte.transaction { _ = try await $0.execute("SELECT pg_notify('jobs', 'once')") }
            #expect(await heard.next() == .payload("once"))
        }
    }

    @Test func `a slow reader is told that it missed some, and a finished one is forgotten`() async throws {
        try await DatabaseFixture.with { test in
            let platform = test.database.platform
            var slow = test.database.listen("flood").makeAsyncIterator()
            #expect(await slow.next() == .gap)
            var counter = test.database.listen("end").makeAsyncIterator()
            #expect(await counter.next() == .gap)
            try await platform.execute("SELECT pg_notify('flood', n::text) FROM generate_series(1, 3000) n")
            try await platform.execute("SELECT pg_notify('end', '')")
            #expect(await counter.next() == .payload(""))
            var sawGap = false
            while let notification = await slow.next() {
                if notification == .gap { sawGap = true }
                if notification == .payload("3000") { break }
            }
            #expect(sawGap)

            do {
                var brief = test.database.listen("brief").makeAsyncIterator()
                #expect(await brief.next() == .gap)
            }
            try await test.waitUntil(
                "SELECT count(*) FROM pg_stat_activity WHERE query = 'UNLISTEN \"brief\"' AND datname = current_database()",
                is: "1")
        }
    }
}
