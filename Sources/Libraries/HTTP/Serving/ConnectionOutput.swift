import Loop

// Answering: from the handler's response to the socket.
extension Connection {
    func serve(_ request: Request) async {
        let response = await worker.handler(request)
        guard awaitsAnswer(to: request) else { return }
        switch response.body {
        case .bytes(let bytes): answer(request, response, bytes)
        case .stream(let write): await answer(request, response, streamedBy: write)
        }
    }

    /// False once the server itself has answered in the handler's place, or the connection is gone.
    private func awaitsAnswer(to request: Request) -> Bool {
        phase == .busy && work?.request.scope === request.scope && stream == nil
    }

    func answer(_ request: Request, _ response: Response, _ bytes: [UInt8], outcome: Exchange.Outcome = .answered) {
        dropBody()
        if let refused = refusingUnsafe(response) { return answer(request, refused.0, refused.1, outcome: outcome) }
        let hasContent = !response.status.hasNoContent
        let head = ResponseHead(
            status: response.status, contentType: hasContent ? response.contentType : nil, headers: response.headers,
            length: hasContent ? .known(bytes.count) : .none, connection: connectionOption(request)
        ).bytes(date: worker.date.bytes)
        let isSent = hasContent && request.method != .head
        work?.status = response.status
        work?.bytesSent = isSent ? bytes.count : 0
        send(head, isSent ? bytes : [])
        finish(outcome)
    }

    private func answer(
        _ request: Request, _ response: Response,
        streamedBy write: @Sendable (BodyWriter) async throws -> Void
    ) async {
        dropBody()
        if let refused = refusingUnsafe(response) { return answer(request, refused.0, refused.1) }
        if request.head.isHTTP10 { keepsAlive = false }
        let stream = ResponseStream(self, isChunked: !request.head.isHTTP10)
        self.stream = stream
        work?.status = response.status
        let head = ResponseHead(
            status: response.status, contentType: response.contentType, headers: response.headers,
            length: request.head.isHTTP10 ? .untilClose : .chunked, connection: connectionOption(request))
        send(head.bytes(date: worker.date.bytes))
        var isWhole = true
        if request.method != .head {
            do { try await write(BodyWriter(sink: stream)) } catch { isWhole = false }
        }
        guard phase != .closed, self.stream === stream else { return }
        guard isWhole else { return close() }
        if request.method != .head { stream.end() }
        self.stream = nil
        if phase != .closed { finish(.answered) }
    }

    /// A header value with a line break could begin a response of its own.
    private func refusingUnsafe(_ response: Response) -> (Response, [UInt8])? {
        guard let name = response.headers.firstUnsafeName else { return nil }
        let refused = Response.problem(.internalServerError, detail: "The header \(name) held a control character.")
        guard case .bytes(let bytes) = refused.body else { return nil }
        return (refused, bytes)
    }

    private func connectionOption(_ request: Request) -> StaticString? {
        if !keepsAlive { return "close" }
        return request.head.isHTTP10 ? "keep-alive" : nil
    }

    /// Answers in place of a handler, or before there is one, and ends the connection: its framing is in doubt.
    func refuse(_ error: RequestError, received: UnsafeRawBufferPointer) {
        guard phase != .closed, phase != .ending, phase != .lingering else { return }
        if stream != nil { return close() }
        let running = task
        worker.counters.refused.increment()
        keepsAlive = false
        let asPage = work?.request.prefersPage ?? Self.asksForPage(received)
        let response = Response.refusal(error.status, detail: error.detail, asPage: asPage)
        guard case .bytes(let bytes) = response.body else { return }
        body?.fail(error)
        decoder = nil
        if let work {
            answer(work.request, response, bytes, outcome: .refused(error))
        } else {
            let head = ResponseHead(
                status: response.status, contentType: response.contentType, headers: response.headers,
                length: .known(bytes.count), connection: "close")
            worker.onExchange(
                Exchange(
                    request: nil, client: link.peer, status: error.status, bytesSent: bytes.count,
                    duration: .zero, outcome: .refused(error)))
            send(head.bytes(date: worker.date.bytes), bytes)
            finish(.refused(error))
        }
        running?.cancel()
    }

    /// The head could not be read, but a browser still shows itself by what it accepts.
    private static func asksForPage(_ head: UnsafeRawBufferPointer) -> Bool {
        var start = 0
        while let end = head.firstIndex(of: .lineFeed, from: start) {
            let line = UnsafeRawBufferPointer(rebasing: head[start..<end])
            if line.count > 7, UnsafeRawBufferPointer(rebasing: line[..<7]).isText("accept:") {
                return Accept.prefersPage(UnsafeRawBufferPointer(rebasing: line[7...]))
            }
            start = end + 1
        }
        return false
    }

    /// The request is answered; on to the next one, or to the end.
    private func finish(_ outcome: Exchange.Outcome) {
        if let work {
            if outbox.isEmpty { report(work, outcome) } else { unreported = (work, outcome) }
        }
        work = nil
        task = nil
        body = nil
        guard phase != .closed else { return }
        guard keepsAlive else {
            phase = .ending
            if outbox.isEmpty { linger() }
            return
        }
        phase = .idle
        hasServed = true
        deadline = loop.now + limits.idle
        goOn()
    }

    private func goOn() {
        advance()
        if inputStart >= input.count || phase == .head { closeIfOver() }
        resumeReading()
    }

    /// Head and body in one call of the system where nothing waits before them.
    func send(_ head: [UInt8], _ body: [UInt8] = []) {
        guard phase != .closed else { return }
        guard outbox.isEmpty else {
            outbox.append(head)
            outbox.append(body)
            return
        }
        let outcome = head.withUnsafeBytes { head in body.withUnsafeBytes { transport.write(head, $0) } }
        var written = 0
        switch outcome {
        case .moved(let count): written = count
        case .wouldBlock: break
        case .ended, .failed: return close()
        }
        if written < head.count {
            outbox.append(head, after: written)
            outbox.append(body)
        } else if written < head.count + body.count {
            outbox.append(body, after: written - head.count)
        }
    }

    func flush() {
        let (written, hasFailed) = outbox.flush(to: transport)
        rate.sent += written
        if hasFailed { return close() }
        if outbox.count <= limits.buffer / 2 { stream?.resume() }
        guard outbox.isEmpty else { return }
        if let (work, outcome) = unreported {
            unreported = nil
            report(work, outcome)
        }
        if phase == .ending { return linger() }
        if phase == .idle || phase == .head { goOn() }
    }

    private func linger() {
        phase = .lingering
        input = []
        inputStart = 0
        deadline = loop.now + limits.linger
        transport.endWriting()
        if hasEnded { close() } else { resumeReading() }
    }
}
