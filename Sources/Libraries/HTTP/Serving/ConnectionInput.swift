import Loop

// Reading: from the socket to requests and their bodies.
extension Connection {
    private static let pipelineLimit = 64 * 1024
    /// Requests answered on one connection before others get their turn.
    private static let turn = 4

    func read() {
        guard !isReading else { return }
        isReading = true
        defer { isReading = false }
        while isReadable, phase != .closed, wantsInput {
            switch transport.read(into: loop.scratch) {
            case .moved(let count):
                // A short read has emptied the socket; epoll reports the next byte.
                if count < loop.scratch.count, !endIsNear, !transport.isEncrypted { isReadable = false }
                take(UnsafeRawBufferPointer(rebasing: loop.scratch[..<count]))
            case .wouldBlock: isReadable = false
            case .ended:
                isReadable = false
                meetEnd()
            case .failed: close()
            }
        }
    }

    /// Resumes reading after a pause, but in the next round: within a handler the scratch buffer may be in use.
    func resumeReading() {
        guard isReadable, !isReading else { return }
        loop.submit { self.read() }
    }

    private var wantsInput: Bool {
        switch phase {
        case .lingering: true
        case .closed: false
        case .busy where decoder != nil: body.map { $0.bufferedCount < limits.buffer && !$0.hasFailed } ?? false
        // Also while idle: pipelined requests wait here until the last answer is taken.
        case .idle, .head, .busy, .ending: input.count - inputStart < Self.pipelineLimit
        }
    }

    private var canBegin: Bool { (phase == .idle || phase == .head) && outbox.isEmpty }

    private func take(_ bytes: UnsafeRawBufferPointer) {
        guard phase != .lingering, phase != .ending else { return }
        rate.received += bytes.count
        var rest = bytes
        if input.isEmpty {
            if decoder != nil {
                let (used, error) = decode(rest)
                if let error { return refuse(error) }
                rest = UnsafeRawBufferPointer(rebasing: rest[used...])
            }
            if rest.isEmpty { return }
            if canBegin {
                switch HeadParser.parse(rest, limits: limits.head) {
                case .incomplete: waitForHead()
                case .refused(let error): return refuse(error, received: rest)
                case .complete(let head, let count):
                    // Copied out of the scratch buffer: the handler begins at once and may cause other reads.
                    input = Array(rest[count...])
                    begin(head)
                    return advance()
                }
                input = Array(rest)
                return
            }
        }
        input.append(contentsOf: rest)
        advance()
    }

    /// Processes buffered input as far as the handler and the socket allow.
    func advance() {
        guard !isAdvancing else { return }
        isAdvancing = true
        defer { isAdvancing = false }
        var begun = 0
        while inputStart < input.count, phase != .closed, phase != .lingering {
            if decoder != nil {
                let (used, error) = input.withUnsafeBytes {
                    decode(UnsafeRawBufferPointer(rebasing: $0[inputStart...]))
                }
                inputStart += used
                if let error { refuse(error) }
                if decoder != nil { break }
            } else if begun == Self.turn {
                loop.submit { self.goOn() }
                break
            } else if !canBegin || !beginNext() {
                break
            }
            begun += 1
        }
        compactInput()
    }

    /// False when the head is incomplete.
    private func beginNext() -> Bool {
        let outcome = input.withUnsafeBytes {
            HeadParser.parse(UnsafeRawBufferPointer(rebasing: $0[inputStart...]), limits: limits.head)
        }
        switch outcome {
        case .incomplete:
            waitForHead()
            return false
        case .refused(let error):
            let received = input
            received.withUnsafeBytes { refuse(error, received: $0) }
            return false
        case .complete(let head, let count):
            inputStart += count
            begin(head)
            return true
        }
    }

    private func compactInput() {
        if inputStart >= input.count || phase == .closed || phase == .lingering {
            input = []
        } else if inputStart > 0 {
            input.removeFirst(inputStart)
        }
        inputStart = 0
    }

    private func waitForHead() {
        guard phase == .idle else { return }
        // The first head's deadline runs from the connection's start, a later one's from its first byte.
        if hasServed { deadline = loop.now + limits.headDeadline }
        phase = .head
    }

    private func begin(_ head: RequestHead) {
        phase = .busy
        keepsAlive = head.keepsAlive && !worker.isDraining
        worker.counters.requests.increment()
        decoder = BodyDecoder(head.framing)
        owesContinue = decoder != nil && head.expectsContinue
        let scope = RequestScope(
            head: head, body: decoder == nil ? .empty : makeBody(head), id: worker.newIdentifier(), arrived: loop.now,
            origin: Origin(
                of: head, on: link, trusting: worker.trustedProxies, forwardedHost: worker.believesForwardedHost),
            loop: loop, uploads: worker.uploads)
        let request = Request(scope: scope)
        work = Work(request: request)
        let started = loop.spawn {
            await self.worker.noting(request) { await self.serve(request) }
        }
        // The handler, or the connection, may already have ended.
        if work?.request.scope === scope { task = task ?? started } else if phase == .closed { started.cancel() }
    }

    private func makeBody(_ head: RequestHead) -> RequestBody {
        var length: Int?
        if case .length(let count) = head.framing { length = count }
        let made = RequestBody(
            contentType: head.headers["content-type"], declaredLength: length, loop: loop,
            uploads: worker.uploads)
        made.onPull = { [unowned self] in meetPull() }
        body = made
        return made
    }

    /// The handler asks for the body: send `100 Continue` if owed, and read on.
    private func meetPull() {
        if owesContinue {
            owesContinue = false
            if inputStart >= input.count { send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) }
        }
        resumeReading()
    }

    /// Returns the number of bytes that belonged to the body. A waiting reader is resumed, but runs only after this
    /// returns.
    private func decode(_ bytes: UnsafeRawBufferPointer) -> (used: Int, error: RequestError?) {
        guard let body else { return (bytes.count, nil) }
        do {
            let used = try decoder?.decode(bytes) { body.deliver($0) } ?? 0
            if decoder?.isDone == true {
                decoder = nil
                body.finish()
            }
            return (used, nil)
        } catch {
            return (bytes.count, error)
        }
    }

    /// Discards the rest of an unread body as far as it is buffered. If more is to come, the connection must end.
    func dropBody() {
        guard decoder != nil else { return }
        body?.fail(.interrupted)
        let used = input.withUnsafeBytes { bytes in
            (try? decoder?.decode(UnsafeRawBufferPointer(rebasing: bytes[inputStart...])) { _ in }) ?? bytes.count
        }
        inputStart = min(input.count, inputStart + used)
        if owesContinue || decoder?.isDone != true { keepsAlive = false }
        decoder = nil
    }
}
