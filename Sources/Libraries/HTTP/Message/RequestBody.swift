import Loop

/// A request's body, pulled by the handler; without a reader the client is throttled.
package final class RequestBody: @unchecked Sendable {
    // Unchecked: mutable state is touched on the connection's loop only.
    typealias Piece = Result<[UInt8]?, RequestError>

    package let contentType: String?
    /// The Content-Length; nil for a chunked body.
    package let declaredLength: Int?

    let uploads: UploadStore?
    private let loop: EventLoop?
    private var buffered: [UInt8] = []
    private var waiter: UnsafeContinuation<Piece, Never>?
    private var hasEnded: Bool
    private var failure: RequestError?
    private var received = 0
    private(set) var limit = Int.max
    /// Called on the loop when the handler wants more than is buffered.
    var onPull: (() -> Void)?

    static let empty = RequestBody(contentType: nil, declaredLength: 0, loop: nil, uploads: nil)

    init(contentType: String?, declaredLength: Int?, loop: EventLoop?, uploads: UploadStore?) {
        self.uploads = uploads
        self.contentType = contentType
        self.declaredLength = declaredLength
        self.loop = loop
        hasEnded = loop == nil
    }

    package var isEmpty: Bool { loop == nil }

    /// The next piece, as it came from the network; nil at the end.
    package func next() async throws(RequestError) -> [UInt8]? {
        guard let loop else { return nil }
        let piece = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                loop.perform { self.pull(continuation) }
            }
        } onCancel: {
            loop.submit { self.resume(.failure(.interrupted)) }
        }
        return try piece.get()
    }

    /// The whole body. A Content-Length above `most` is refused before reading.
    package func bytes(upTo most: Int) async throws(RequestError) -> [UInt8] {
        if let declaredLength, declaredLength > most { throw .bodyTooLarge(limit: most) }
        var whole: [UInt8] = []
        while let piece = try await next() {
            guard whole.count + piece.count <= most else { throw .bodyTooLarge(limit: most) }
            if whole.isEmpty { whole = piece } else { whole.append(contentsOf: piece) }
        }
        return whole
    }

    /// A form without fields has no body, whatever its Content-Type.
    package func form(upTo most: Int) async throws(RequestError) -> Fields {
        if isEmpty { return Fields() }
        guard MediaType(contentType).isNamed("application/x-www-form-urlencoded") else {
            throw .unsupportedMediaType(expected: "application/x-www-form-urlencoded")
        }
        let whole = try await bytes(upTo: most)
        return try whole.withUnsafeBytes { bytes in
            Result { () throws(RequestError) in try Fields(urlEncoded: bytes) }
        }.get()
    }

    /// The bytes of a JSON text; another Content-Type is refused unread.
    package func json(upTo most: Int) async throws(RequestError) -> [UInt8] {
        if isEmpty { return [] }
        guard MediaType(contentType).isNamed("application/json") else {
            throw .unsupportedMediaType(expected: "application/json")
        }
        return try await bytes(upTo: most)
    }

    private func pull(_ continuation: UnsafeContinuation<Piece, Never>) {
        precondition(waiter == nil, "Two readers of one body")
        if !buffered.isEmpty {
            let piece = buffered
            buffered = []
            continuation.resume(returning: .success(piece))
            onPull?()
        } else if let failure {
            continuation.resume(returning: .failure(failure))
        } else if hasEnded {
            continuation.resume(returning: .success(nil))
        } else {
            waiter = continuation
            onPull?()
        }
    }

    private func resume(_ piece: Piece) {
        waiter?.resume(returning: piece)
        waiter = nil
    }
}

// The connection's side, on its loop.
extension RequestBody {
    var bufferedCount: Int { buffered.count }

    var isAwaited: Bool { waiter != nil }

    var hasFailed: Bool { failure != nil }

    /// Lowers the limit on the body from now on.
    package func restrict(to most: Int) {
        guard !isEmpty else { return }
        limit = most
        if received > most || declaredLength ?? 0 > most { fail(.bodyTooLarge(limit: most)) }
    }

    func deliver(_ bytes: UnsafeRawBufferPointer) {
        guard failure == nil else { return }
        received += bytes.count
        guard received <= limit else { return fail(.bodyTooLarge(limit: limit)) }
        if waiter != nil { resume(.success(Array(bytes))) } else { buffered.append(contentsOf: bytes) }
    }

    func finish() {
        hasEnded = true
        resume(.success(nil))
    }

    func fail(_ error: RequestError) {
        guard failure == nil, !isEmpty, !hasEnded else { return }
        failure = error
        buffered = []
        resume(.failure(error))
    }
}
