import Addresses
import Loop

/// An HTTP client on one event loop. Connections are kept and shared by requests to the same server; HTTP/2 is used
/// where offered.
package final class HTTPClient: Sendable {
    private let loop: EventLoop
    private let resolver: Resolver
    private let transfers: Transfers

    /// How many of a name's addresses are tried in turn while none accepts a connection.
    private static let attempts = 4

    package init(
        on loop: EventLoop, resolver: Resolver, connectionLimit: Int = 512, connectionLimitPerHost: Int = 64
    ) {
        self.loop = loop
        self.resolver = resolver
        transfers = Transfers(on: loop, limit: connectionLimit, limitPerHost: connectionLimitPerHost)
    }

    /// The whole response, within the request's limit.
    package func send(_ request: WebRequest) async throws(WebError) -> WebResponse {
        let (transfer, head) = try await begin(request, isStreamed: false)
        var body: [UInt8] = []
        while let piece = try await transfer.next() { body.append(contentsOf: piece) }
        return WebResponse(status: head.status, headers: head.headers, body: body)
    }

    /// Streams the response on a connection of its own. When `read` returns or throws, the rest is abandoned.
    package func stream<Outcome>(
        _ request: WebRequest, _ read: (WebStream) async throws -> Outcome
    ) async throws -> Outcome {
        let (transfer, head) = try await begin(request, isStreamed: true)
        defer { transfer.abandon() }
        return try await read(WebStream(head: head, transfer: transfer))
    }

    /// Ends all transfers and connections. A closed client cannot be used again.
    package func close() async {
        await withUnsafeContinuation { continuation in
            loop.perform {
                self.transfers.close()
                continuation.resume()
            }
        }
    }

    /// Requests that are connecting, sending or awaiting a response. On the loop only.
    package var transfersUnderWay: Int { transfers.count }

    /// Resolves the name once; each attempt goes to one of the checked addresses.
    private func begin(_ request: WebRequest, isStreamed: Bool) async throws(WebError) -> (Transfer, WebHead) {
        let end = Monotonic.read() + request.deadline
        try request.check()
        let address = try WebAddress(request.address)
        try request.egress.check(address)
        let peers = try await peers(of: address, for: request, until: end)
        var failure = WebError.notConnected("the name has no address")
        for peer in peers.prefix(Self.attempts) {
            let transfer = Transfer(
                request, to: address, at: peer, until: end, isStreamed: isStreamed, among: transfers)
            do {
                return (transfer, try await transfer.begin())
            } catch {
                guard case .notConnected = error else { throw error }
                failure = error
            }
        }
        throw failure
    }

    /// A single forbidden address refuses the name: a resolver that returns both is not to be trusted with either.
    private func peers(
        of address: WebAddress, for request: WebRequest, until end: Monotonic
    ) async throws(WebError) -> [IPAddress] {
        let peers: [IPAddress]
        switch address.host {
        case .address(let literal): peers = [literal]
        case .name(let name):
            peers = try await resolver.addresses(
                of: name, on: loop, within: end - .read(), late: .deadlineExceeded(request.deadline))
        }
        for peer in peers { try request.egress.check(peer, for: address) }
        return peers
    }
}
