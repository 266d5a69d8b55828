import RouterOS
import Testing

@testable import RouterOSLab

@Suite struct MenuTests {
    @Test(arguments: [LabVersion(6, 49), LabVersion(7, 16), LabVersion(7, 19)])
    func `every menu of the version prints, counts and can be listened to`(version: LabVersion) async throws {
        var plan = RouterLab.Plan.customers(20, version)
        plan.packages = ["user-manager"]
        try await withLab(plan) { bench in
            let paths = await bench.lab.inspect { $0.menus.keys.sorted() }
            for path in paths {
                let rows = try await bench.rows("\(path)/print")
                let count = try await bench.run("\(path)/print", ["count-only": ""]).returned
                #expect(count == "\(rows.count)", "\(path)")
                #expect(try await bench.rows("\(path)/getall").map(\.id) == rows.map(\.id), "\(path)")
                try await bench.session.follow(RouterCommand("\(path)/listen")) { _ in }
            }
        }
    }

    @Test func `versions differ in what they have`() async throws {
        for (version, absent) in [
            (LabVersion(6, 49), ["/routing/table/print", "/user-manager/user/print", "/file/read"]),
            (LabVersion(7, 16), ["/user-manager/user/print"]),
        ] {
            try await withLab(.customers(0, version)) { bench in
                for path in absent {
                    #expect(
                        await refusal { try await bench.run(path) }?.hasPrefix("no such command") == true, "\(path)")
                }
            }
        }
        try await withLab(.version(6, 49)) { bench in
            try await bench.run("/ip/route/add", ["gateway": "192.0.2.9", "routing-mark": "wan2"])
            #expect(
                await refusal { try await bench.run("/ip/route/add", ["gateway": "1.2.3.4", "routing-table": "x"]) }
                    == "unknown parameter routing-table")
            #expect(try await bench.rows("/system/health/print").first?["voltage"] == "24.1")
            #expect(try await bench.rows("/system/clock/print").first?["date"] == "nov/20/2026")
        }
        try await withLab { bench in
            let sensors = try await bench.rows("/system/health/print")
            #expect(sensors.map { $0["name"] } == ["voltage", "cpu-temperature"])
            #expect(try await bench.rows("/system/clock/print").first?["date"] == "2026-11-20")
        }
    }

    @Test func `a row is added, found, changed, switched off and removed`() async throws {
        try await withLab { bench in
            let id = try #require(
                try await bench.run("/ppp/secret/add", ["name": "ana", "password": "x=y", "comment": "isp:svc:1"])
                    .returned)
            let row = try #require(try await bench.first("/ppp/secret/print", "name", "ana"))
            #expect(row.id == id && row["password"] == "x=y" && row["profile"] == "default")
            #expect(row.flag("disabled") == false && row["caller-id"] == nil)
            try await bench.run("/ppp/secret/disable", [".id": id])
            #expect(try await bench.first("/ppp/secret/print", ".id", id)?["disabled"] == "true")
            try await bench.run("/ppp/secret/set", [".id": "ana", "disabled": "no", "comment": ""])
            let after = try #require(try await bench.first("/ppp/secret/print", "name", "ana"))
            #expect(after["disabled"] == "false" && after["comment"] == nil)
            let second = try #require(try await bench.run("/ppp/secret/add", ["name": "luis"]).returned)
            try await bench.run("/ppp/secret/remove", [".id": "\(id),\(second)"])
            #expect(try await bench.rows("/ppp/secret/print").isEmpty)
            #expect(await refusal { try await bench.run("/ppp/secret/remove", [".id": id]) } == "no such item")
        }
    }

    @Test func `the router refuses in its own words`() async throws {
        try await withLab(.customers(3)) { bench in
            try await bench.run("/ip/firewall/address-list/add", ["list": "morosos", "address": "10.20.0.99"])
            let refused: [(String, KeyValuePairs<String, String>, String)] = [
                ("/ppp/secret/add", ["name": "cliente00001"], "failure: secret with the same name already exists"),
                ("/ppp/secret/add", ["name": "x", "profile": "Nada"], "input does not match any value of profile"),
                ("/ppp/secret/add", ["name": "x", "service": "isdn"], "input does not match any value of service"),
                ("/ppp/secret/add", ["profile": "default"], "missing =name="),
                ("/ppp/secret/add", ["name": "x", "color": "red"], "unknown parameter color"),
                ("/ppp/secret/set", [".id": "*FFFF", "comment": "x"], "no such item"),
                ("/ppp/secret/set", ["comment": "x"], "missing =.id="),
                ("/ppp/secret/freeze", [:], "no such command"),
                ("/nada/print", [:], "no such command prefix"),
                (
                    "/ip/firewall/address-list/add", ["list": "morosos", "address": "10.20.0.99"],
                    "failure: already have such entry"
                ),
                ("/queue/simple/add", ["name": "q", "max-limit": "1M/x"], "invalid value for argument max-limit"),
                (
                    "/queue/simple/add", ["name": "q", "max-limit": "1M/2M", "limit-at": "2M/1M"],
                    "failure: upload-max-limit less than upload-limit"
                ),
                ("/queue/simple/add", ["name": "<pppoe-cliente00001>"], "failure: already have such name"),
                (
                    "/ip/address/add", ["address": "10.20.0.1/14", "interface": "ether2"],
                    "failure: already have such address"
                ),
                (
                    "/ip/address/add", ["address": "10.20.0.1", "interface": "ether9"],
                    "input does not match any value of interface"
                ),
                ("/ppp/profile/remove", [".id": "default"], "failure: can not remove default item"),
                ("/interface/add", ["name": "x"], "no such command"),
                ("/file/read", ["file": "nada.rsc"], "no such item"),
            ]
            for (path, attributes, words) in refused {
                #expect(await refusal { try await bench.run(path, attributes) } == words, "\(path) \(attributes)")
            }
            let queue = try #require(try await bench.first("/queue/simple/print", "name", "<pppoe-cliente00001>")?.id)
            #expect(
                await refusal { try await bench.run("/queue/simple/set", [".id": queue, "max-limit": "1M/1M"]) }
                    == "failure: can not change dynamic item")
            try await bench.run("/ip/hotspot/user/add", ["name": "h"])
            #expect(
                await refusal { try await bench.run("/ip/hotspot/user/add", ["name": "h"]) }
                    == "failure: already have user with this name for this server")
        }
    }

    @Test func `values come back as the router keeps them`() async throws {
        try await withLab { bench in
            try await bench.run(
                "/queue/simple/add", ["name": "q", "target": "10.0.0.9", "max-limit": "10M/50M", "disabled": "yes"])
            let queue = try #require(try await bench.first("/queue/simple/print", "name", "q"))
            #expect(
                queue["max-limit"] == "10000000/50000000" && queue["target"] == "10.0.0.9/32"
                    && queue["disabled"] == "true")
            try await bench.run("/ppp/profile/add", ["name": "p", "rate-limit": "10M/50M", "session-timeout": "90000"])
            let profile = try #require(try await bench.first("/ppp/profile/print", "name", "p"))
            #expect(profile["rate-limit"] == "10M/50M" && profile["session-timeout"] == "1d1h")
            try await bench.run("/ppp/secret/add", ["name": "ana", "profile": "p"])
            try await bench.run("/ppp/profile/set", [".id": "p", "name": "otro"])
            #expect(try await bench.first("/ppp/secret/print", "name", "ana")?["profile"] == "otro")
        }
    }

    @Test func `conditions are worked out on the router's stack`() async throws {
        try await withLab { bench in
            for (name, comment) in ["a": "uno", "b": "dos", "c": ""] as KeyValuePairs {
                try await bench.run(
                    "/ppp/secret/add", ["name": name, "comment": comment, "limit-bytes-in": name == "b" ? "9" : "10"])
            }
            let cases: [(RouterQuery, String)] = [
                (.equal("name", "a"), "a"), (.has("comment"), "ab"), (.lacks("comment"), "c"),
                (.not(.equal("name", "a")), "bc"), (.any([.equal("name", "a"), .equal("name", "c")]), "ac"),
                (.all([.has("comment"), .not(.equal("name", "a"))]), "b"), (.less("limit-bytes-in", "10"), "b"),
                (.greater("limit-bytes-in", "9"), "ac"), (.equal("disabled", "false"), "abc"),
                (.equal("disabled", "no"), ""),
                (.any([.equal("name", "a"), .equal("name", "b"), .equal("name", "c")]), "abc"),
                (.all([.not(.any([.equal("name", "a"), .equal("name", "b")])), .lacks("comment")]), "c"),
            ]
            for (query, names) in cases {
                let rows = try await bench.rows("/ppp/secret/print", where: query, only: ["name"])
                #expect(rows.compactMap { $0["name"] }.joined() == names, "\(query)")
                #expect(rows.allSatisfy { $0.id == nil })
            }
        }
    }

    @Test(
        arguments: [
            (["?a", "?b", "?#0"], false), (["?b", "?a", "?#0"], true), (["?b", "?a", "?#1"], false),
            (["?a", "?#!"], false), (["?a", "?b", "?#|"], true),
            (["?a", "?b", "?#&"], false), (["?a", "?#.&"], true), (["?b", "?a", "?#1|"], false), (["?-b"], true),
            ([], true),
        ] as [([String], Bool)])
    func `operators are worked out as the manual says`(words: [String], result: Bool) throws {
        #expect(try LabQuery(words).matches { $0 == "a" ? "1" : nil } == result)
    }

    @Test func `rules stand in an order that can be changed`() async throws {
        try await withLab { bench in
            var ids: [String] = []
            for name in ["a", "b", "c"] {
                ids.append(
                    try #require(
                        try await bench.run("/ip/firewall/filter/add", ["chain": "forward", "comment": name]).returned))
            }
            try await bench.run(
                "/ip/firewall/filter/add", ["chain": "forward", "comment": "z", "place-before": ids[0]])
            try await bench.run("/ip/firewall/filter/move", ["numbers": ids[2], "destination": ids[0]])
            let order = try await bench.rows("/ip/firewall/filter/print").map { $0["comment"] }
            #expect(order == ["z", "c", "a", "b"])
            try await bench.run("/ip/firewall/filter/remove", [".id": ids[0]])
            #expect(try await bench.rows("/ip/firewall/filter/print").map { $0["comment"] } == ["z", "c", "b"])
        }
    }

    @Test func `what older tools wrote comes back byte for byte`() async throws {
        try await withLab { bench in
            let id = try #require(try await bench.run("/ppp/secret/add", ["name": "x"]).returned)
            // The lab carries what is not UTF-8 in this form; no client of ours sends it.
            await bench.lab.inspect { router in
                let menu = router.table("/ppp/secret")
                let position = router.tables[menu].position("comment")!
                router.update(menu, LabRow.id(id)!, [(position, LabText.decode([0x50, 0x65, 0xF1, 0x61][...]))])
            }
            let row = try #require(try await bench.first("/ppp/secret/print", "name", "x"))
            #expect(row.bytes(of: "comment") == [0x50, 0x65, 0xF1, 0x61] && row["comment"] == "Peña")
        }
    }

    @Test func `no rows are said by a word of its own since 7_18`() async throws {
        for version in [LabVersion(7, 16), LabVersion(7, 19)] {
            var answer = LabAnswer(tag: nil)
            let router = LabRouter(version, at: testMoment)
            let client = Silent()
            _ = router.execute(LabCommand(["/ppp/secret/print"])!, as: ["read"], for: client, into: &answer)
            let text = String(decoding: answer.bytes, as: UTF8.self)
            #expect(text.contains("!empty") == version.saysEmpty)
            #expect(text.contains("!done"))
        }
    }

    private final class Silent: LabClient {
        func push(_ answer: [UInt8]) {}
    }
}
