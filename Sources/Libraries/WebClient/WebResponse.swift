/// A complete response.
package struct WebResponse: Sendable, Equatable {
    package let status: Int
    package let headers: WebHeaders
    package let body: [UInt8]
}

/// A response's status and header fields.
struct WebHead: Sendable, Equatable {
    let status: Int
    var headers = WebHeaders()
}

/// A response whose body is still arriving. Slow reading throttles the sender: no more than about 256 kB are buffered.
package struct WebStream: Sendable {
    private let head: WebHead
    private let transfer: Transfer

    init(head: WebHead, transfer: Transfer) {
        self.head = head
        self.transfer = transfer
    }

    package var status: Int { head.status }
    package var headers: WebHeaders { head.headers }

    /// The next received bytes; nil after the last.
    package func next() async throws(WebError) -> [UInt8]? { try await transfer.next() }
}
