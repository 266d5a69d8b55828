import Loop
import WebClient

/// Sends messages through the relay, on one event loop. Connections are kept for reuse.
package final class Mailer: Sendable {
    private let relay: MailRelay
    private let transfers: Transfers

    /// Concurrent connections, of which relays dislike many; further messages wait.
    private static let connections = 4

    package init(to relay: MailRelay, on loop: EventLoop) {
        self.relay = relay
        transfers = Transfers(on: loop, limit: Self.connections, limitPerHost: Self.connections)
    }

    /// Returns once the relay has accepted the message. After an `interrupted` error it may have, too.
    package func send(_ message: MailMessage) async throws(MailError) {
        try await Delivery(of: message, to: relay, among: transfers).run()
    }

    /// Ends all deliveries. A closed mailer cannot be used again.
    package func close() async {
        await withUnsafeContinuation { continuation in
            transfers.loop.perform {
                self.transfers.close()
                continuation.resume()
            }
        }
    }
}
