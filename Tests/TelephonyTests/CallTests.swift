import Access
import Identifiers
import Ledger
import Locale
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Telephony

/// What becomes of real calls, by the real Kamailio, with sipp for customers and carriers.
@Suite(.serialized) struct CallTests {
    @Test func `a call goes by the cheapest carrier, is rated once and charged to whom it belongs`() async throws {
        try await VoiceBench.serving { norte, sur in
            try await norte.pay(100)
            try await norte.carrier("Caro", at: "127.0.0.11", price: "30")
            try await norte.carrier("Barato", at: "127.0.0.12", price: "10")
            try await norte.carrier("Medio", at: "127.0.0.13", price: "20")
            try await norte.kamailio.carrier(at: "127.0.0.12") {
                // A national number becomes an international one.
                try await norte.call("5511112222", talking: 1500)
                let call = try await norte.last()
                #expect(call.state == .answered && call.carrierName == "Barato" && call.callee == "525511112222")
                #expect((1...2).contains(call.seconds) && call.amount == Int64(call.seconds) * 1_000_000)
                #expect(call.cost < call.amount && call.destination == "México")
                #expect(try await norte.unposted() == call.amount)
                // The end that is told twice is one.
                let rated = try norte.tenant.site.test.superuser().column(
                    "SELECT voice_end('\(call.id)', 200)")
                #expect(rated == ["ignored"])
                #expect(try await norte.unposted() == call.amount)

                // Usage becomes a charge, once, and takes what was paid.
                let now = TimeSource.system.now()
                for _ in 0..<2 {
                    try await PostUsage.post(
                        norte.account, at: now, from: norte.tenant.site.randomness, in: norte.tenant.database)
                }
                let balance = try await norte.tenant.database.balance(
                    of: norte.customer, in: norte.tenant.tenant.currency)
                #expect(balance.balance.minor == Int64(call.seconds) * 100 - 10_000 && balance.owed.isZero)
                #expect(try await norte.unposted() == 0)

                // The neighbour has neither the call nor its carriers, and strangers have nothing.
                try await sur.pay(100)
                try await sur.call("525511112222")
                #expect(try await sur.last().reason == "route")
                #expect(try await sur.tenant.database.voiceCall(call.id) == nil)
                try await norte.kamailio.call("525511112222", from: "127.0.0.9")
                #expect(try await norte.calls().count == 1)
            }
        }
    }

    @Test func `another carrier is tried after a 503, and not after a 486`() async throws {
        try await VoiceBench.serving { norte, _ in
            try await norte.pay(100)
            try await norte.carrier("Primero", at: "127.0.0.14", price: "10")
            try await norte.carrier("Segundo", at: "127.0.0.15", price: "20")
            try await norte.kamailio.carrier(at: "127.0.0.15") {
                try await norte.kamailio.carrier(at: "127.0.0.14", refusing: 503) {
                    try await norte.call("525511112222")
                    let call = try await norte.last()
                    #expect(call.state == .answered && call.carrierName == "Segundo")
                }
                try await norte.kamailio.carrier(at: "127.0.0.14", refusing: 486) {
                    try await norte.call("525511112222")
                    let call = try await norte.last()
                    #expect(call.state == .busy && call.code == 486 && call.carrierName == "Primero")
                    #expect(call.amount == 0)
                }
            }
        }
    }

    @Test func `a balance for three seconds ends the call, and none lets none through`() async throws {
        try await VoiceBench.serving { norte, _ in
            try await norte.carrier("Uno", at: "127.0.0.16", price: "10")
            try await norte.kamailio.carrier(at: "127.0.0.16") {
                try await norte.call("525511112222")
                #expect(try await norte.last().reason == "balance")
                try await norte.pay(3)
                try await norte.call("525511112222", talking: 9000)
                let call = try await norte.last()
                #expect(call.state == .answered && (2...4).contains(call.seconds))
                #expect(call.amount <= 3_000_000)
                // An emergency needs no balance.
                try await norte.call("911")
                let emergency = try await norte.last()
                #expect(emergency.state == .answered && emergency.amount == 0 && emergency.callee == "911")
            }
        }
    }

    @Test func `limits, the blacklist and the rules hold for the next call, and nothing malformed gets into SQL`()
        async throws
    {
        try await VoiceBench.serving { norte, _ in
            try await norte.pay(1000)
            try await norte.carrier("Uno", at: "127.0.0.17", price: "10")
            try await norte.kamailio.carrier(at: "127.0.0.17") {
                // A minute of each call is held.
                try await norte.change { ($0.channels, $0.longest) = (2, 1) }
                try await norte.kamailio.call(
                    "525511112222", from: norte.source, talking: 700, calls: 4, atOnce: true)
                #expect(try await norte.reasons() == ["": 2, "channels": 2])
                // They are free again.
                try await norte.change { ($0.channels, $0.pace) = (50, 1) }
                try await norte.kamailio.call(
                    "525511112222", from: norte.source, talking: 300, calls: 6, atOnce: true)
                let reasons = try await norte.reasons()
                #expect((3...5).contains(reasons["pace"] ?? 0) && reasons["channels"] == 2)

                try await norte.change { $0.pace = 50 }
                var block = VoiceBlock(id: norte.tenant.newID())
                block.prefix = "5299"
                _ = try await block.add(
                    to: norte.tenant.tenant, by: norte.tenant.commandLine, in: norte.tenant.database)
                try await norte.call("529911112222")
                #expect(try await norte.last().reason == "listed")

                for number in ["5'or1", "52%27--", "x", "12", "5255111122223333444455556666"] {
                    try await norte.call(number)
                    #expect(try await norte.last().reason == "number")
                }
                try await norte.kamailio.call("525511112222", from: norte.source, as: "x'or'1'='1")
                let odd = try await norte.last()
                #expect(odd.state == .answered && odd.caller == "")

                var policy = try await norte.tenant.database.voicePolicy(in: norte.tenant.tenant.currency)
                policy.shortCalls = 3
                _ = try await policy.put(by: norte.tenant.commandLine, in: norte.tenant.database)
                try await norte.call("525511112222")
                #expect(try await norte.last().reason == "fraud")
                let account: VoiceAccount? = try await norte.tenant.database.voice(norte.account)
                #expect(account?.blockedBecause == "short_calls")
                policy.shortCalls = 0
                _ = try await policy.put(by: norte.tenant.commandLine, in: norte.tenant.database)
                try await VoiceAccount.unblock(
                    norte.account, by: norte.tenant.commandLine, in: norte.tenant.database)
                try await norte.call("525511112222")
                #expect(try await norte.last().state == .answered)
            }
        }
    }
}

extension VoiceBench {
    /// How many calls have which reason.
    fileprivate func reasons() async throws -> [String: Int] {
        Dictionary(grouping: try await calls(), by: \.reason).mapValues(\.count)
    }
}
