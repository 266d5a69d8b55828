import Addresses
import Glibc
import Loop
import TestSupport
import Testing

@testable import Pings

@Suite struct PingTests {
    @Test func `this machine answers its pings, and what nobody has does not`() async throws {
        let loop = Loops.tests.all[0]
        try await loop.run {
            // Where the system allows neither way, that is said.
            guard let pinger = try? Pinger(on: loop, window: 2) else {
                #expect(throws: PingNotAllowed.self) { try Pinger(on: loop) }
                return
            }
            async let first = pinger.ping(.loopback)
            async let second = pinger.ping(.v4(0x7F00_0002))
            async let third = pinger.ping(.v4(0x7F00_0003), count: 1)
            let (one, two, three) = await (first, second, third)
            #expect(one.latencies.count == 3 && two.latencies.count == 3 && three.latencies.count == 1)
            #expect(one.loss == 0 && (one.mean ?? 0) < 500_000 && one.jitter != nil && three.jitter == nil)
            // The addresses from 240.0.0.0 on are nobody's.
            let nobody = await pinger.ping(.v4(0xF000_0001), within: .milliseconds(100))
            #expect(!nobody.isAnswered && nobody.sent == 2 && nobody.loss == 100)
            pinger.close()
        }
    }

    @Test func `a latency ends when the answer has arrived, however late a busy loop reads it`() async throws {
        let loop = Loops.tests.all[0]
        try await loop.run {
            guard let pinger = try? Pinger(on: loop) else { return }
            async let pinged = pinger.ping(.loopback, count: 1, within: .seconds(5))
            loop.submit { usleep(300_000) }
            let latency = await pinged.mean ?? .max
            #expect(latency < 300_000)
            pinger.close()
        }
    }

    @Test func `an echo has the checksum of RFC 1071`() {
        let bytes = Pinger.echo(0x0102_0304_0506_0708, 0xABCD, 7, v4: true)
        var sum: UInt32 = 0
        for index in stride(from: 0, to: bytes.count, by: 2) {
            sum += UInt32(bytes[index]) << 8 | UInt32(bytes[index + 1])
        }
        while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
        #expect(sum == 0xFFFF && bytes.count == 16)
    }
}
