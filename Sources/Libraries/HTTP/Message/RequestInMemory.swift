import Addresses
import Identifiers
import Loop
import Synchronization

// Requests and responses without a socket.
extension Request {
    /// Uses the network's parser, and throws where it would refuse.
    package init(
        head: [UInt8], body: [UInt8] = [], from client: IPAddress = .loopback, scheme: Scheme = .http,
        isInternal: Bool = false, id: UUID, arrived: Monotonic = .read(), on loop: EventLoop, blocking: BlockingPool
    ) throws(RequestError) {
        let parsed = head.withUnsafeBytes { HeadParser.parse($0, limits: HeadLimits()) }
        guard case .complete(let head, _) = parsed else {
            if case .refused(let error) = parsed { throw error }
            throw .malformed("The head is not whole.")
        }
        let link = Link(peer: client, isLocal: false, isInternal: isInternal, isEncrypted: scheme == .https)
        let uploads = UploadStore(directory: "/tmp", blocking: blocking)
        let held =
            body.isEmpty
            ? .empty : RequestBody(holding: body, type: head.headers["content-type"], loop: loop, uploads: uploads)
        scope = RequestScope(
            head: head, body: held, id: id, arrived: arrived, origin: Origin(of: head, on: link, trusting: []),
            loop: loop, uploads: uploads)
    }
}

extension RequestBody {
    convenience init(holding bytes: [UInt8], type: String?, loop: EventLoop, uploads: UploadStore) {
        self.init(contentType: type, declaredLength: bytes.count, loop: loop, uploads: uploads)
        bytes.withUnsafeBytes { deliver($0) }
        finish()
    }
}

extension Response {
    /// The whole body; a streamed one is run to its end.
    package func wholeBody() async throws -> [UInt8] {
        switch body {
        case .bytes(let bytes): return bytes
        case .file(let file): return file.read(0..<file.size)
        case .stream(let write):
            let sink = MemorySink()
            try await write(BodyWriter(sink: sink))
            return sink.bytes.withLock { $0 }
        case .events(let feed):
            let sink = MemorySink()
            guard let loop = EventLoop.current else { preconditionFailure("Events are read on a loop") }
            try await feed.run(to: BodyWriter(sink: sink), on: loop)
            return sink.bytes.withLock { $0 }
        }
    }
}

private final class MemorySink: BodySink {
    let bytes = Mutex<[UInt8]>([])

    func write(_ more: [UInt8]) async throws(RequestError) { bytes.withLock { $0.append(contentsOf: more) } }
}
