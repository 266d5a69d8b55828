import Identifiers
import Jobs
import Loop
import Postgres
import RADIUS
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Radius
@testable import Services

/// Who is on line, as access servers report it, and how sessions are ended.
@Suite struct SessionTests {
    @Test func `reports that come twice, late or in another order tell the same`() async throws {
        try await RadiusBench.serving { norte, sur in
            let id = try await norte.serve("ana", "clave-de-ana")
            func only() async throws -> RadiusSession {
                let sessions = try await norte.sessions(of: id)
                #expect(sessions.count == 1)
                return try #require(sessions.first)
            }
            for _ in 1...2 {
                #expect(
                    try await norte.report(
                        "Start", "81a00001", "ana", "Framed-IP-Address = 10.9.0.2",
                        "Calling-Station-Id = \"02:00:00:00:00:01\""
                    ).isAccounted)
            }
            let started = try await only()
            #expect(started.address == "10.9.0.2" && started.caller == "02:00:00:00:00:01" && started.endedAt == nil)
            try await norte.report(
                "Interim-Update", "81a00001", "ana", "Acct-Session-Time = 600", "Acct-Input-Octets = 1000",
                "Acct-Input-Gigawords = 1", "Acct-Output-Octets = 7")
            // An older one after it.
            try await norte.report(
                "Interim-Update", "81a00001", "ana", "Acct-Session-Time = 300", "Acct-Input-Octets = 500")
            let later = try await only()
            #expect(later.seconds == 600 && later.sent == 4_294_968_296 && later.received == 7)
            #expect(later.address == "10.9.0.2")
            try await norte.report(
                "Stop", "81a00001", "ana", "Acct-Session-Time = 900", "Acct-Input-Octets = 2000",
                "Acct-Input-Gigawords = 1", "Acct-Terminate-Cause = User-Request")
            let over = try await only()
            #expect(over.seconds == 900 && over.cause == "User-Request" && over.endedAt != nil)
            for status in ["Start", "Interim-Update", "Stop"] {
                try await norte.report(status, "81a00001", "ana", "Acct-Session-Time = 5000")
                #expect(try await only() == over)
            }
            // An end whose beginning got lost, which comes after it.
            let second = try await norte.serve("eva", "clave-de-eva")
            try await norte.report("Stop", "81a00002", "eva", "Acct-Session-Time = 60")
            try await norte.report("Start", "81a00002", "eva")
            #expect(try await norte.sessions(of: second).map { $0.endedAt != nil } == [true])
            #expect(try await norte.tenant.database.openSessions(limit: 10) == [])
            // Somebody of another company with that name and session is somebody else.
            try await sur.serve("ana", "clave-de-ana")
            try await sur.report("Start", "81a00001", "ana")
            #expect(try await sur.tenant.database.openSessions(limit: 10).count == 1)
            #expect(try await only() == over)
        }
    }

    @Test func `hostile numbers and names are kept within bounds, and a NAS that boots ends its own sessions alone`()
        async throws
    {
        try await RadiusBench.serving { norte, sur in
            let id = try await norte.serve("ana", "clave-de-ana")
            let most = "4294967295"
            #expect(
                try await norte.report(
                    "Interim-Update", String(repeating: "x", count: 253), "ana", "Acct-Session-Time = \(most)",
                    "Acct-Input-Octets = \(most)", "Acct-Input-Gigawords = \(most)", "Acct-Output-Octets = \(most)",
                    "Acct-Output-Gigawords = \(most)", "Acct-Delay-Time = \(most)",
                    "Calling-Station-Id = 0x\(String(repeating: "ff", count: 253))"
                ).isAccounted)
            let session = try #require(try await norte.sessions(of: id).first)
            #expect(session.sent == 4_611_686_018_427_387_903 && session.seconds == 315_360_000)
            #expect(session.caller.isEmpty)
            #expect(try await norte.report("Start", "", "ana").isAccounted)
            #expect(try await norte.sessions(of: id).count == 1)

            try await sur.serve("eva", "clave-de-eva")
            try await sur.report("Start", "1", "eva")
            try await norte.report("Start", "2", "ana")
            try await norte.report("Start", "3", "nadie")
            #expect(try await norte.tenant.database.openSessions(limit: 10).count == 3)
            try await norte.report("Accounting-On", "0", "")
            #expect(try await norte.tenant.database.openSessions(limit: 10) == [])
            #expect(try await norte.sessions(of: id).map(\.cause) == ["NAS-Reboot", "NAS-Reboot"])
            #expect(try await sur.tenant.database.openSessions(limit: 10).count == 1)
            // After a boot the same name is another session.
            try await norte.report("Start", "2", "ana")
            #expect(try await norte.tenant.database.openSessions(limit: 10).count == 1)
            #expect(try await norte.sessions(of: id).count == 3)
        }
    }

    @Test func `a cut ends the session, is tried again, and counts as done once the NAS has reported it`() async throws
    {
        let nas = NASDouble(.forged, .ack)
        defer { nas.close() }
        try await RadiusBench.serving(port: nas.port) { norte, sur in
            nas.share(norte.secret)
            let id = try await norte.serve("ana", "clave-de-ana")
            try await norte.report("Start", "81a00001", "ana", "Framed-IP-Address = 10.9.0.2")
            try await norte.working {
                try await norte.cut(id)
                #expect(try await norte.authenticate("ana", "clave-de-ana").isRejected)
                try await eventually { nas.orders.count >= 2 }
                let order = try #require(nas.orders.first)
                #expect(order.code == .disconnectRequest)
                #expect(order.first(RADIUSPacket.userName)?.value == Array("ana".utf8))
                #expect(order.first(RADIUSPacket.sessionID)?.value == Array("81a00001".utf8))
                #expect(order.first(RADIUSPacket.framedAddress)?.number == 0x0A09_0002)
                try await eventually { try await norte.sessions(of: id).first?.answer == "ACK" }
                // An answer is no proof.
                #expect(try await norte.sessions(of: id).first?.endedAt == nil)
                #expect(try await norte.endings() == [])
                try await norte.report("Stop", "81a00001", "ana", "Acct-Terminate-Cause = Admin-Reset")
                try await eventually { try await norte.endings().count == 1 }
                let session = try #require(try await norte.sessions(of: id).first)
                #expect(session.endedAt != nil && session.cause == "Admin-Reset" && session.asked >= 1)
            }
            #expect(try await sur.endings() == [])
        }
    }

    @Test func `what a NAS does not know is over, and what is open beyond its days is found by itself`() async throws {
        let nas = NASDouble(.nak(503))
        defer { nas.close() }
        try await RadiusBench.serving(port: nas.port) { norte, _ in
            nas.share(norte.secret)
            let id = try await norte.serve("ana", "clave-de-ana", trialHours: 1)
            try await norte.report("Start", "81a00001", "ana")
            try norte.change("UPDATE radius_accesses SET ends_at = now() - interval '1 second'")
            try await norte.working {
                try await norte.tenant.database.queue(WatchSessions(), at: TimeSource.system.now())
                try await eventually { try await norte.endings().count == 1 }
            }
            let session = try #require(try await norte.sessions(of: id).first)
            #expect(session.cause == "Not-Found" && session.answer == "NAK 503" && session.asked == 1)
            // A NAS that says so and goes on reporting has it still.
            try await norte.report("Interim-Update", "81a00001", "ana", "Acct-Session-Time = 600")
            #expect(try await norte.sessions(of: id).map(\.endedAt) == [nil])
        }
    }

    @Test func `a session that nothing is heard of is over after three intervals, and comes back when it is heard`()
        async throws
    {
        try await RadiusBench.serving { norte, sur in
            let id = try await norte.serve("ana", "clave-de-ana")
            try await sur.serve("eva", "clave-de-eva")
            try await norte.report("Start", "1", "ana")
            try await sur.report("Start", "1", "eva")
            let now = TimeSource.system.now()
            func sweep(at moment: Instant) async throws {
                try await norte.tenant.database.sweepSessions(
                    unheardSince: moment - WatchSessions.silence, keepingSince: moment - .seconds(86_400), at: moment)
            }
            try await sweep(at: now + .seconds(600))
            #expect(try await norte.sessions(of: id).first?.endedAt == nil)
            try await sweep(at: now + .seconds(1000))
            #expect(try await norte.sessions(of: id).first?.cause == "Stale")
            #expect(try await sur.tenant.database.openSessions(limit: 10).count == 1)
            try await norte.report("Interim-Update", "1", "ana", "Acct-Session-Time = 1200")
            let back = try #require(try await norte.sessions(of: id).first)
            #expect(back.endedAt == nil && back.cause.isEmpty)
        }
    }
}

extension RadiusBench {
    /// Ends that stand in the record.
    fileprivate func endings() async throws -> [String] {
        try tenant.site.test.superuser().column(
            """
            SELECT content FROM (
                SELECT tenant_id, content FROM events UNION ALL SELECT tenant_id, content FROM unsealed_events) e
            WHERE tenant_id = '\(tenant.tenant.id)' AND content LIKE '%radius_session.ended%'
            """)
    }
}
