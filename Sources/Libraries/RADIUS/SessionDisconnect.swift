import Addresses
import Loop
import Sockets

/// Tells an access server to end a session: Disconnect-Request (RFC 5176).
package struct SessionDisconnect: Sendable {
    /// The access server's own name of the session.
    let session: String
    let login: String
    let address: IPAddress?

    package init(session: String, login: String, address: IPAddress?) {
        (self.session, self.login, self.address) = (session, login, address)
    }

    package enum Answer: Sendable, Equatable {
        case ended
        /// With the Error-Cause that it gave.
        case refused(UInt32?)
        /// Nobody answered who knows what is shared.
        case silence

        /// Error-Cause 503: the NAS has no such session.
        package static let noSession = Answer.refused(503)
    }

    package func send(
        to server: IPAddress, port: UInt16, secret: [UInt8], identifier: UInt8, at seconds: UInt32,
        tries: Int = 3, every span: Duration = .seconds(2), on loop: EventLoop
    ) async throws(SocketError) -> Answer {
        var attributes: [RADIUSPacket.Attribute] = [
            .text(RADIUSPacket.userName, login), .text(RADIUSPacket.sessionID, session),
            .number(RADIUSPacket.eventTimestamp, seconds),
        ]
        if case .v4(let bits) = address { attributes.append(.number(RADIUSPacket.framedAddress, bits)) }
        let request = RADIUSPacket(.disconnectRequest, identifier: identifier, attributes).signed(with: secret)
        let bytes = try await DatagramQuestion.ask(request, of: server, port: port, tries: tries, every: span, on: loop)
        {
            RADIUSPacket($0, answering: request, with: secret) != nil
        }
        guard let bytes, let answer = RADIUSPacket(bytes, answering: request, with: secret) else { return .silence }
        return answer.code == .disconnectACK ? .ended : .refused(answer.first(RADIUSPacket.errorCause)?.number)
    }
}
