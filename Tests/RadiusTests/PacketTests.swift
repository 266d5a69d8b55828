import RADIUS
import Testing

/// Packets of RADIUS, also hostile ones.
@Suite struct PacketTests {
    private static let secret = Array("lo que se comparte".utf8)

    @Test func `an answer counts only from who knows what is shared, and to this request`() {
        let request = RADIUSPacket(.disconnectRequest, identifier: 7, [.text(RADIUSPacket.userName, "ana")])
            .signed(with: Self.secret)
        #expect(
            RADIUSPacket(request: request, with: Self.secret)?.first(RADIUSPacket.userName)?.value == Array("ana".utf8))
        #expect(RADIUSPacket(request: request, with: Array("otro".utf8)) == nil)
        let reply = RADIUSPacket(.disconnectNAK, identifier: 7, [.number(RADIUSPacket.errorCause, 503)])
            .answering(request, with: Self.secret)
        let read = RADIUSPacket(reply, answering: request, with: Self.secret)
        #expect(read?.code == .disconnectNAK && read?.first(RADIUSPacket.errorCause)?.number == 503)
        let other = RADIUSPacket(.disconnectRequest, identifier: 8, []).signed(with: Self.secret)
        #expect(RADIUSPacket(reply, answering: other, with: Self.secret) == nil)
        // Every byte counts.
        for place in reply.indices {
            var changed = reply
            changed[place] ^= 1
            #expect(RADIUSPacket(changed, answering: request, with: Self.secret) == nil)
        }
    }

    @Test func `what is cut off or lies about its length is no packet, and no number is read of it`() {
        let request = RADIUSPacket(
            .disconnectRequest, identifier: 1,
            [.text(RADIUSPacket.userName, String(repeating: "x", count: 300)), .number(RADIUSPacket.errorCause, .max)]
        ).signed(with: Self.secret)
        #expect(RADIUSPacket(request: request, with: Self.secret)?.first(RADIUSPacket.userName)?.value.count == 253)
        for length in 0..<request.count {
            #expect(RADIUSPacket(request: Array(request[..<length]), with: Self.secret) == nil)
        }
        for place in 2..<request.count {
            for value: UInt8 in [0, 1, 2, 255] {
                var changed = request
                changed[place] = value
                if changed != request { #expect(RADIUSPacket(request: changed, with: Self.secret) == nil) }
            }
        }
        #expect(RADIUSPacket.Attribute(RADIUSPacket.errorCause, [1, 2, 3]).number == nil)
    }
}
