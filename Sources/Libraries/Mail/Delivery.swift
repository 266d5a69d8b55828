import CCurl
import Loop
import WebClient

/// One message on its way to the relay.
final class Delivery: CurlTransfer, @unchecked Sendable {
    // Unchecked: what is not constant is touched on the loop only.
    private let message: MailMessage
    private let relay: MailRelay
    private let transfers: Transfers
    private let bytes: [UInt8]
    private var sent = 0
    /// The server's last refusal, for people to read.
    private var reply = ""
    private var easy: SMTPHandle?
    private var isOver = false
    private var waiter: UnsafeContinuation<Result<Void, MailError>, Never>?

    init(of message: MailMessage, to relay: MailRelay, among transfers: Transfers) {
        self.message = message
        self.relay = relay
        self.transfers = transfers
        bytes = message.bytes
    }

    func run() async throws(MailError) {
        let result = await withTaskCancellationHandler {
            await withUnsafeContinuation { waiter in transfers.loop.perform { self.start(waiter) } }
        } onCancel: {
            transfers.loop.submit { self.finish(.failure(.interrupted("it took too long"))) }
        }
        try result.get()
    }

    private func start(_ waiter: UnsafeContinuation<Result<Void, MailError>, Never>) {
        self.waiter = waiter
        if isOver || transfers.isClosed { return finish(.failure(.interrupted("the mailer was closed"))) }
        let easy = SMTPHandle(for: message, to: relay)
        self.easy = easy
        let context = Unmanaged.passUnretained(self).toOpaque()
        ccurl_set_replies(easy.pointer, context, replyArrived)
        ccurl_set_reader(easy.pointer, context, bytesWanted)
        transfers.add(self, easy.pointer)
    }

    func ended(_ result: CURLcode) {
        guard let easy, result != CURLE_OK else { return finish(.success(())) }
        finish(.failure(easy.error(result, reply)))
    }

    func closed() { finish(.failure(.interrupted("the mailer was closed"))) }

    private func finish(_ result: Result<Void, MailError>) {
        isOver = true
        if let easy { transfers.remove(easy.pointer) }
        easy = nil
        waiter?.resume(returning: result)
        waiter = nil
    }

    fileprivate func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - sent)
        buffer.copyBytes(from: bytes[sent..<sent + count])
        sent += count
        return count
    }

    /// Kept as printable ASCII: it comes from an untrusted server and is shown to people.
    fileprivate func note(_ line: UnsafeRawBufferPointer) {
        guard line.first == UInt8(ascii: "4") || line.first == UInt8(ascii: "5") else { return }
        reply = String(decoding: line.prefix(200).filter { 0x20...0x7E ~= $0 }, as: UTF8.self)
    }
}

private func delivery(_ context: UnsafeMutableRawPointer?) -> Delivery? {
    context.map { Unmanaged<Delivery>.fromOpaque($0).takeUnretainedValue() }
}

private let replyArrived: curl_write_callback = { bytes, size, count, context in
    delivery(context)?.note(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

private let bytesWanted: curl_read_callback = { buffer, size, count, context in
    delivery(context)?.take(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
        ?? Int(CURL_READFUNC_ABORT)
}
