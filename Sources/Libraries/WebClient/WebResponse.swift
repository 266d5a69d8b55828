/// A whole answer.
package struct WebResponse: Sendable, Equatable {
    package let status: Int
    package let headers: WebHeaders
    package let body: [UInt8]
}

/// The beginning of an answer.
struct WebHead: Sendable, Equatable {
    let status: Int
    var headers = WebHeaders()
}

/// An answer whose body is still coming. Reading slowly slows the sender down: no more than about 256 kB wait here.
package struct WebStream: Sendable {
    private let head: WebHead
    private let transfer: Transfer

    init(head: WebHead, transfer: Transfer) {
        self.head = head
        self.transfer = transfer
    }

    package var status: Int { head.status }
    package var headers: WebHeaders { head.headers }

    /// The bytes that have come since, or the next ones to come; nil after the last.
    package func next() async throws(WebError) -> [UInt8]? { try await transfer.next() }
}
