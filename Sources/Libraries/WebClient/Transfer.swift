import Addresses
import CCurl
import Loop

/// One request to one checked address, and its response. Its state belongs to the loop; the `async` functions may be
/// called from anywhere.
final class Transfer: CurlTransfer, @unchecked Sendable {
    // Unchecked: mutable state is touched on the loop only.
    let request: WebRequest
    let address: WebAddress
    let peer: IPAddress
    private let end: Monotonic
    /// Whether the reader applies back-pressure. libcurl 7.88 buffers up to 32 MB for each paused HTTP/2 stream, so
    /// streamed responses use HTTP/1.1, and collected ones are never paused.
    let isStreamed: Bool
    private let transfers: Transfers
    private var loop: EventLoop { transfers.loop }

    private var easy: EasyHandle?
    private var timer: LoopTimer?
    private var isOver = false
    private var failure: WebError?
    /// Why one of our callbacks aborted libcurl; more precise than libcurl's own error.
    private var reasonToStop: WebError?

    private var head = HeadReader()
    private var headWaiter: Waiter<WebHead>?

    private var received: [UInt8] = []
    private var receivedCount = 0
    private var isReceivingPaused = false
    private var bodyWaiter: Waiter<[UInt8]?>?

    private var upload: Upload
    private var isSendingPaused = false
    private var source: Task<Void, Never>?

    private typealias Waiter<Value: Sendable> = UnsafeContinuation<Result<Value, WebError>, Never>

    /// Unread bytes at which the sender is paused.
    private static let highWater = 256 << 10

    init(
        _ request: WebRequest, to address: WebAddress, at peer: IPAddress, until end: Monotonic, isStreamed: Bool,
        among transfers: Transfers
    ) {
        self.request = request
        self.address = address
        self.peer = peer
        self.end = end
        self.isStreamed = isStreamed
        self.transfers = transfers
        upload = Upload(of: request.body)
    }
}

// For the caller.
extension Transfer {
    /// Sends the request and awaits the response's head.
    func begin() async throws(WebError) -> WebHead {
        try await wait { (waiter: Waiter<WebHead>) in
            self.headWaiter = waiter
            self.start()
        }
    }

    /// The next received bytes of the body; nil at its end.
    func next() async throws(WebError) -> [UInt8]? {
        try await wait { (waiter: Waiter<[UInt8]?>) in
            precondition(self.bodyWaiter == nil, "A body has one reader")
            self.bodyWaiter = waiter
            self.handOver()
            self.resumeReceiving()
        }
    }

    func abandon() { loop.perform { self.finish(.cancelled) } }

    private func wait<Value: Sendable>(
        _ ask: @escaping @Sendable (Waiter<Value>) -> Void
    ) async throws(WebError) -> Value {
        let result = await withTaskCancellationHandler {
            await withUnsafeContinuation { waiter in loop.perform { ask(waiter) } }
        } onCancel: {
            loop.submit { self.finish(.cancelled) }
        }
        return try result.get()
    }
}

// On the loop.
extension Transfer {
    private func start() {
        if transfers.isClosed { finish(.closed) }
        if isOver { return answerWaiters() }
        let easy = EasyHandle(for: self, isBodyEmpty: upload.isEmpty)
        self.easy = easy
        timer = loop.after(end - .read()) { self.finish(.deadlineExceeded(self.request.deadline)) }
        transfers.add(self, easy.pointer)
        if case .stream(let length, let next) = request.body { source = loop.spawn { await self.send(next, length) } }
    }

    /// Called when libcurl has finished.
    func ended(_ result: CURLcode) { finish(reasonToStop ?? easy?.error(result, for: request)) }

    func closed() { finish(.closed) }

    func finish(_ failure: WebError?) {
        guard !isOver else { return }
        isOver = true
        self.failure = failure
        if let timer { loop.cancel(timer) }
        timer = nil
        if let easy { transfers.remove(easy.pointer) }
        easy = nil
        source?.cancel()
        upload.end(isTaken: false)
        answerWaiters()
    }

    private func answerWaiters() {
        if let waiter = headWaiter {
            headWaiter = nil
            waiter.resume(returning: .failure(failure ?? .interrupted("there was no answer")))
        }
        handOver()
    }

    /// Delivers the buffered bytes to the waiting reader.
    private func handOver() {
        guard let waiter = bodyWaiter else { return }
        if !received.isEmpty {
            bodyWaiter = nil
            waiter.resume(returning: .success(received))
            received = []
        } else if isOver {
            bodyWaiter = nil
            waiter.resume(returning: failure.map { .failure($0) } ?? .success(nil))
        }
    }

    private func resumeReceiving() {
        guard isReceivingPaused, received.isEmpty else { return }
        isReceivingPaused = false
        applyPauses()
    }

    private func applyPauses() {
        guard let easy else { return }
        let pauses = (isReceivingPaused ? CURLPAUSE_RECV : 0) | (isSendingPaused ? CURLPAUSE_SEND : 0)
        let result = curl_easy_pause(easy.pointer, pauses)
        if result != CURLE_OK { ended(result) }
    }
}

// The body that is sent.
extension Transfer {
    private func send(_ next: @Sendable () async throws -> [UInt8]?, _ length: Int?) async {
        do {
            var sent = 0
            while let piece = try await next() {
                sent += piece.count
                if let length, sent > length {
                    throw WebError.bodyFailed("it is longer than the \(length) bytes announced")
                }
                guard await provide(piece) else { return }
            }
            if let length, sent < length { throw WebError.bodyFailed("it ended after \(sent) of \(length) bytes") }
            upload.isComplete = true
            resumeSending()
        } catch let error as WebError {
            finish(error)
        } catch {
            finish(.bodyFailed("\(error)"))
        }
    }

    /// False when no more of the body is wanted.
    private func provide(_ piece: [UInt8]) async -> Bool {
        if isOver { return false }
        if piece.isEmpty { return true }
        return await withUnsafeContinuation { waiter in
            upload.provide(piece, waiter)
            resumeSending()
        }
    }

    private func resumeSending() {
        guard isSendingPaused else { return }
        isSendingPaused = false
        applyPauses()
    }
}

// For libcurl's callbacks.
extension Transfer {
    func receiveHead(_ line: UnsafeRawBufferPointer) -> Bool {
        if head.isComplete { return true }
        guard head.read(line) else {
            reasonToStop = .interrupted("the head of the answer is too large or cannot be read")
            return false
        }
        guard head.isComplete else { return true }
        if request.method != "HEAD", let length = head.announcedLength, length > request.bodyLimit {
            reasonToStop = .tooLarge(limit: request.bodyLimit)
            return false
        }
        headWaiter?.resume(returning: .success(head.head))
        headWaiter = nil
        return true
    }

    /// Returns the number of bytes taken, or libcurl's pause code when the buffer is full.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        if isStreamed && received.count >= Self.highWater {
            isReceivingPaused = true
            return Int(CURL_WRITEFUNC_PAUSE)
        }
        receivedCount += bytes.count
        guard receivedCount <= request.bodyLimit else {
            reasonToStop = .tooLarge(limit: request.bodyLimit)
            return 0
        }
        received.append(contentsOf: bytes)
        handOver()
        return bytes.count
    }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = upload.take(into: buffer)
        if count > 0 || upload.isComplete { return count }
        isSendingPaused = true
        return Int(CURL_READFUNC_PAUSE)
    }

    /// Only a body in memory can be resent, and only in an idempotent request.
    func rewind() -> Bool {
        if request.isIdempotent && upload.rewind() { return true }
        reasonToStop = .interrupted("the connection ended after the request was sent; it may have been carried out")
        return false
    }

    /// The final check of a connection's address, whatever libcurl made of the URL.
    func admits(_ address: IPAddress, port: UInt16) -> Bool {
        if address == peer && port == self.address.port { return true }
        reasonToStop = .refused("\(address):\(port) is not the address that was checked")
        return false
    }
}
