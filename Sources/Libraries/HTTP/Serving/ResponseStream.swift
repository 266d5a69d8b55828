import Loop

/// A streamed response's body on its way to the connection.
final class ResponseStream: BodySink, @unchecked Sendable {
    // Unchecked: mutable state is touched on the connection's loop only.
    private let connection: Connection
    private let loop: EventLoop
    private let isChunked: Bool
    private let compressor: Compressor?
    private var isOpen = true
    private var waiter: UnsafeContinuation<Bool, Never>?

    init(_ connection: Connection, isChunked: Bool, coding: ContentCoding?) {
        self.connection = connection
        self.isChunked = isChunked
        compressor = coding.map(Compressor.init)
        loop = connection.loop
    }

    func write(_ bytes: [UInt8]) async throws(RequestError) {
        let isTaken = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                loop.perform { self.push(bytes, continuation) }
            }
        } onCancel: {
            loop.submit { self.wake(false) }
        }
        if !isTaken { throw .interrupted }
    }

    private func push(_ bytes: [UInt8], _ continuation: UnsafeContinuation<Bool, Never>) {
        guard isOpen else { return continuation.resume(returning: false) }
        precondition(waiter == nil, "Two writers of one response")
        send(compressor?.compress(bytes, isLast: false) ?? bytes)
        if !isOpen || connection.outbox.heldCount <= connection.limits.buffer {
            continuation.resume(returning: isOpen)
        } else {
            waiter = continuation
        }
    }

    private func send(_ bytes: [UInt8]) {
        connection.send(isChunked ? Self.chunk(bytes) : bytes)
        connection.work?.bytesSent += bytes.count
    }

    private static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        var chunk: [UInt8] = []
        chunk.reserveCapacity(bytes.count + 12)
        chunk.append(hexadecimal: bytes.count)
        chunk.append("\r\n" as StaticString)
        chunk.append(contentsOf: bytes)
        chunk.append("\r\n" as StaticString)
        return chunk
    }

    func end() {
        if let compressor { send(compressor.compress([], isLast: true)) }
        isOpen = false
        if isChunked { connection.send(Array("0\r\n\r\n".utf8)) }
    }

    func resume() { wake(true) }

    /// The client is gone.
    func fail() {
        isOpen = false
        wake(false)
    }

    private func wake(_ isTaken: Bool) {
        waiter?.resume(returning: isTaken)
        waiter = nil
    }
}
