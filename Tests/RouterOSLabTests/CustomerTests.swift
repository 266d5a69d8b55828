import Loop
import RouterOS
import RouterOSLab
import Testing

@Suite struct CustomerTests {
    @Test func `customers dial in, and what a session brings is there`() async throws {
        try await withLab(.customers(99, onLine: 80)) { bench in
            let sessions = try await bench.rows("/ppp/active/print")
            #expect(sessions.count == 79)
            let session = try #require(sessions.first { $0["name"] == "cliente00001" })
            #expect(session["service"] == "pppoe" && session["profile"] == nil && session["address"] == "10.20.0.2")
            let queue = try #require(try await bench.first("/queue/simple/print", "name", "<pppoe-cliente00001>"))
            #expect(
                queue.rates("max-limit") == RouterPair(up: 10_000_000, down: 20_000_000)
                    && queue.flag("dynamic") == true)
            #expect(try await bench.first("/interface/print", "name", "<pppoe-cliente00001>")?["type"] == "pppoe-in")
            #expect(try await bench.rows("/ip/pool/used/print").count == sessions.count)
        }
    }

    @Test func `a changed profile touches nobody until the session is dropped and comes back`() async throws {
        try await withLab(.customers(3)) { bench in
            let secret = try #require(try await bench.first("/ppp/secret/print", "name", "cliente00002")?.id)
            try await bench.run("/ppp/secret/set", [".id": secret, "profile": "Morosos"])
            let queue = RouterQuery.equal("name", "<pppoe-cliente00002>")
            #expect(
                try await bench.rows("/queue/simple/print", where: queue).first?["max-limit"] == "25000000/50000000")
            let session = try #require(try await bench.first("/ppp/active/print", "name", "cliente00002")?.id)
            try await bench.run("/ppp/active/remove", [".id": session])
            #expect(try await bench.first("/ppp/active/print", "name", "cliente00002") == nil)
            #expect(try await bench.rows("/queue/simple/print", where: queue).isEmpty)
            #expect(
                try await bench.first("/ppp/secret/print", "name", "cliente00002")?["last-logged-out"]
                    == "2026-11-20 01:30:00")

            await bench.lab.advance(by: .seconds(3))
            let back = try #require(try await bench.first("/ppp/active/print", "name", "cliente00002"))
            #expect(back["uptime"] == "1s" && back.id != session)
            #expect(try await bench.rows("/queue/simple/print", where: queue).first?["max-limit"] == "64000/64000")
            let entries = try await bench.rows("/ip/firewall/address-list/print", where: .equal("list", "morosos"))
            #expect(entries.map { $0["address"] } == [back["address"]])
        }
    }

    @Test func `a disabled secret keeps its session and lets nobody in again`() async throws {
        try await withLab(.customers(2)) { bench in
            try await bench.run("/ppp/secret/disable", [".id": "cliente00001"])
            #expect(try await bench.first("/ppp/active/print", "name", "cliente00001") != nil)
            try await bench.run("/ppp/active/remove", [".id": "cliente00001"])
            await bench.lab.advance(by: .seconds(60))
            #expect(try await bench.first("/ppp/active/print", "name", "cliente00001") == nil)
            try await bench.run("/ppp/secret/enable", [".id": "cliente00001"])
            await bench.lab.advance(by: .seconds(3))
            #expect(try await bench.first("/ppp/active/print", "name", "cliente00001") != nil)
        }
    }

    @Test func `counters move with the clock and begin anew with a session`() async throws {
        try await withLab(.customers(1)) { bench in
            func counters() async throws -> RouterPair<UInt64>? {
                try await bench.first("/queue/simple/print", "name", "<pppoe-cliente00001>")?.counters("bytes")
            }
            #expect(try await counters() == RouterPair(up: 0, down: 0))
            await bench.lab.advance(by: .seconds(80))
            // Two tenths and sixteen tenths of a megabit.
            #expect(try await counters() == RouterPair(up: 2_000_000, down: 16_000_000))
            try await bench.run("/ppp/active/remove", [".id": "cliente00001"])
            await bench.lab.advance(by: .seconds(2))
            #expect(try await counters() == RouterPair(up: 0, down: 0))
        }
    }

    @Test func `suspending and taking it back leaves the export as it was`() async throws {
        for version in [LabVersion(6, 49), LabVersion(7, 19)] {
            try await withLab(.customers(10, version)) { bench in
                let before = await bench.lab.inspect { $0.export() }
                #expect(
                    before.contains(
                        "/ppp secret\nadd comment=\"cliente 1\" name=cliente00001 password=clave00001 profile=Plan20"))
                for profile in ["Morosos", "Plan20"] {
                    try await bench.run("/ppp/secret/set", [".id": "cliente00001", "profile": profile])
                    try await bench.run("/ppp/active/remove", [".id": "cliente00001"])
                    await bench.lab.advance(by: .seconds(5))
                    let now = await bench.lab.inspect { $0.export() }
                    #expect((now.drop { $0 != "\n" } == before.drop { $0 != "\n" }) == (profile == "Plan20"))
                }
            }
        }
    }

    @Test func `an export is read from its file, in pieces where it is long, without secrets in version 7`()
        async throws
    {
        try await withLab(.customers(400, onLine: 0)) { bench in
            try await bench.run("/export", ["file": "copia"])
            let size = try #require(try await bench.first("/file/print", "name", "copia.rsc")?.number("size"))
            var text = ""
            while text.utf8.count < size {
                let piece = try await bench.run(
                    "/file/read", ["file": "copia.rsc", "offset": "\(text.utf8.count)", "chunk-size": "32768"])
                text += try #require(piece.rows.first?["data"])
            }
            #expect(text.contains("name=cliente00400") && !text.contains("clave00400"))
            try await bench.run("/export", ["file": "copia", "show-sensitive": ""])
            #expect(await bench.lab.inspect { $0.export() }.contains("clave00400"))
            #expect(await refusal { try await bench.run("/export") } == "missing =file=")
            #expect(
                await refusal { try await bench.run("/file/read", ["file": "copia.rsc", "offset": "99999999"]) }
                    == "failure: chunk out of file bounds")
        }
    }

    @Test func `who listens hears of sessions that end and come back`() async throws {
        try await withLab(.customers(2)) { bench in
            let active = try #require(try await bench.first("/ppp/active/print", "name", "cliente00001")?.id)
            let told = try await bench.session.follow(RouterCommand("/ppp/active/listen", only: [".id", "name"])) {
                feed in
                try await bench.run("/ppp/active/remove", [".id": active])
                await bench.lab.advance(by: .seconds(3))
                return [try await feed.next(), try await feed.next()]
            }
            #expect(told[0]?.isDead == true && told[0]?.id == active)
            #expect(told[1]?["name"] == "cliente00001" && told[1]?.isDead == false)
            #expect(try await bench.rows("/ppp/active/print").count == 2)
        }
    }

    @Test func `what is measured comes turn by turn until it is cancelled`() async throws {
        try await withLab(.customers(1)) { bench in
            let monitor = RouterCommand("/interface/monitor-traffic", ["interface": "ether1,<pppoe-cliente00001>"])
            let rows = try await bench.session.follow(monitor) { feed in
                var rows: [RouterRow?] = []
                for _ in 0..<2 { rows.append(try await feed.next()) }
                await bench.lab.advance(by: .seconds(1))
                for _ in 0..<2 { rows.append(try await feed.next()) }
                return rows
            }
            #expect(rows.map { $0?.counter("rx-bits-per-second") } == [40_000_000, 200_000, 40_000_000, 200_000])
            #expect(
                try await bench.run("/interface/monitor-traffic", ["interface": "ether1", "once": ""]).rows.count == 1)
            let ping = RouterCommand("/ping", ["address": "10.20.0.2", "count": "3"])
            let answers = try await bench.session.follow(ping) { feed in
                var rows = [try #require(try await feed.next())]
                await bench.lab.advance(by: .seconds(2))
                for try await row in feed { rows.append(row) }
                return rows
            }
            #expect(
                answers.count == 3 && answers.last?["received"] == "3"
                    && answers[0].duration("time") == .microseconds(450))
            #expect(
                try await bench.run("/ping", ["address": "10.99.0.1", "count": "1"]).rows.first?["status"] == "timeout")
        }
    }

    @Test func `answers to tagged commands overlap`() async throws {
        var plan = RouterLab.Plan.customers(1)
        plan.latency = .milliseconds(40)
        try await withLab(plan) { bench in
            let start = Monotonic.read()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<64 { group.addTask { try await bench.run("/system/identity/print") } }
                try await group.waitForAll()
            }
            // Four rounds of sixteen; one after the other it were 2.5 seconds.
            #expect(Monotonic.read() - start < .milliseconds(1500))
        }
    }
}
