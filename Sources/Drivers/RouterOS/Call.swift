import Loop

/// A command in flight, until the router has answered it completely.
final class Call {
    /// The recipient of the answer.
    enum Receiver {
        case command(UnsafeContinuation<Result<RouterReply, RouterError>, Never>)
        case feed(FeedBuffer)
        /// The caller gave up. The call keeps its tag until the router ends it.
        case nobody
    }

    let tag: UInt64
    let command: RouterCommand
    var receiver: Receiver
    var timer: LoopTimer?
    /// The position of its last byte in the connection's output; nil while queued.
    var lastByte: UInt64?
    var rows: [RouterRow] = []
    var traps: [RouterTrap] = []
    var byteCount = 0

    init(tag: UInt64, command: RouterCommand, receiver: Receiver) {
        self.tag = tag
        self.command = command
        self.receiver = receiver
    }

    func finish(_ result: Result<RouterReply, RouterError>) {
        let receiver = receiver
        self.receiver = .nobody
        rows = []
        switch receiver {
        case .command(let continuation): continuation.resume(returning: result)
        case .feed(let buffer): buffer.end(result.map { _ in })
        case .nobody: break
        }
    }
}

/// Rows received earlier can still be read.
final class FeedBuffer {
    private var rows: [RouterRow] = []
    private var first = 0
    private var outcome: Result<Void, RouterError>?
    private var reader: UnsafeContinuation<Result<RouterRow?, RouterError>, Never>?

    var unreadCount: Int { rows.count - first }

    func add(_ row: RouterRow) {
        guard let reader else { return rows.append(row) }
        self.reader = nil
        reader.resume(returning: .success(row))
    }

    /// What came before is still read.
    func end(_ result: Result<Void, RouterError>) {
        guard outcome == nil else { return }
        outcome = result
        reader?.resume(returning: result.map { nil })
        reader = nil
    }

    func next(_ continuation: UnsafeContinuation<Result<RouterRow?, RouterError>, Never>) {
        precondition(reader == nil, "A feed has one reader")
        if first < rows.count {
            let row = rows[first]
            first += 1
            if first == rows.count || first > 1024 {
                rows.removeFirst(first)
                first = 0
            }
            continuation.resume(returning: .success(row))
        } else if let outcome {
            continuation.resume(returning: outcome.map { nil })
        } else {
            reader = continuation
        }
    }

    func cancelReader() {
        reader?.resume(returning: .failure(.cancelled(.maybeDone)))
        reader = nil
    }
}
