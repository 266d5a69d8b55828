import Loop
import WebClient

/// Hands messages to the relay, from one event loop. Connections are kept for the next message.
package final class Mailer: Sendable {
    private let relay: MailRelay
    private let transfers: Transfers

    /// At once; more wait. Relays dislike many connections.
    private static let connections = 4

    package init(to relay: MailRelay, on loop: EventLoop) {
        self.relay = relay
        transfers = Transfers(on: loop, limit: Self.connections, limitPerHost: Self.connections)
    }

    /// Returns when the relay has taken the message on itself. After an interruption it may have, too.
    package func send(_ message: MailMessage) async throws(MailError) {
        try await Delivery(of: message, to: relay, among: transfers).run()
    }

    /// Ends what is under way. The last thing to be done with a mailer.
    package func close() async {
        await withUnsafeContinuation { continuation in
            transfers.loop.perform {
                self.transfers.close()
                continuation.resume()
            }
        }
    }
}
