import Loop

// Answering: from the handler's response to the socket.
extension Connection {
    func serve(_ request: Request) async {
        let response = await worker.handler(request)
        if case .events(let feed) = response.body { return tell(feed, response, to: request) }
        guard awaitsAnswer(to: request) else { return }
        switch response.body {
        case .bytes, .file:
            var delivery = Delivery(response, to: request)
            if delivery.isCostly {
                delivery = await delivery.compressed(on: worker.uploads.blocking)
                guard awaitsAnswer(to: request) else { return }
            }
            delivery.compress()
            answer(request, delivery)
        case .stream(let write):
            await answer(request, response, streamedBy: write)
        case .events: break
        }
    }

    /// In a task of its own: a task keeps the memory of its deepest call for its lifetime, and an event stream may last
    /// for days.
    private func tell(_ feed: EventFeed, _ response: Response, to request: Request) {
        let telling = loop.spawn { [self] in
            // However the answer ends, the feed must unsubscribe the page.
            defer { feed.end() }
            guard awaitsAnswer(to: request) else { return }
            self.feed = feed
            defer { self.feed = nil }
            await worker.noting(request) {
                await answer(request, response) { [loop] writer in try await feed.run(to: writer, on: loop) }
            }
        }
        if Task.isCancelled { telling.cancel() }
        if work?.request.scope === request.scope { task = telling }
    }

    /// False once the server has answered in the handler's place, or the connection is gone.
    private func awaitsAnswer(to request: Request) -> Bool {
        phase == .busy && work?.request.scope === request.scope && stream == nil
    }

    func answer(_ request: Request, _ delivery: Delivery, outcome: Exchange.Outcome = .answered) {
        dropBody()
        guard let head = head(of: delivery.response, delivery.length, to: request) else {
            return answer(request, Delivery(.withoutHead, to: request), outcome: outcome)
        }
        work?.status = delivery.response.status
        switch delivery.content {
        case _ where request.method == .head, .nothing: send(head)
        case .bytes(let bytes):
            work?.bytesSent = bytes.count
            send(head, bytes)
        case .file(let file, let range):
            work?.bytesSent = range.count
            send(head)
            send(file, range)
        }
        finish(outcome)
    }

    private func answer(
        _ request: Request, _ response: Response,
        streamedBy write: @Sendable (BodyWriter) async throws -> Void
    ) async {
        dropBody()
        if request.head.isHTTP10 { keepsAlive = false }
        var response = response
        let coding = response.negotiateStreamCoding(for: request)
        guard let head = head(of: response, request.head.isHTTP10 ? .untilClose : .chunked, to: request) else {
            return answer(request, Delivery(.withoutHead, to: request))
        }
        let stream = ResponseStream(self, isChunked: !request.head.isHTTP10, coding: coding)
        self.stream = stream
        work?.status = response.status
        send(head)
        var isWhole = true
        if request.method != .head {
            do { try await write(BodyWriter(sink: stream)) } catch { isWhole = false }
        }
        guard phase != .closed, self.stream === stream else { return }
        // A missing last chunk tells the client that the body is incomplete.
        guard isWhole else { return close() }
        if request.method != .head { stream.end() }
        self.stream = nil
        if phase != .closed { finish(.answered) }
    }

    private func head(of response: Response, _ length: BodyLength, to request: Request) -> [UInt8]? {
        let option: StaticString? = keepsAlive ? request.head.isHTTP10 ? "keep-alive" : nil : "close"
        return response.head(length, connection: option, date: worker.date.bytes)
    }

    /// Answers without or in place of a handler, and ends the connection, whose framing is in doubt.
    func refuse(_ error: RequestError, received: UnsafeRawBufferPointer? = nil) {
        guard phase != .closed, phase != .ending, phase != .lingering else { return }
        if stream != nil { return close() }
        let running = task
        worker.counters.refused.increment()
        keepsAlive = false
        let asPage = work?.request.prefersPage ?? received.map(Self.asksForPage) ?? false
        let response = Response.refusal(error.status, detail: error.detail, asPage: asPage)
        body?.fail(error)
        decoder = nil
        if let work {
            answer(work.request, Delivery(response, to: work.request), outcome: .refused(error))
        } else {
            refuseUnread(error, response)
        }
        running?.cancel()
    }

    /// Refuses a head that could not be parsed, so there is no request to report.
    private func refuseUnread(_ error: RequestError, _ response: Response) {
        guard case .bytes(let bytes) = response.body,
            let head = response.head(.known(bytes.count), connection: "close", date: worker.date.bytes)
        else { return close() }
        worker.onExchange(
            Exchange(
                request: nil, client: link.peer, status: error.status, bytesSent: bytes.count, duration: .zero,
                outcome: .refused(error)))
        send(head, bytes)
        finish(.refused(error))
    }

    /// Looks for an Accept field in an unparsable head, to recognise a browser.
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

    /// Completes the exchange and goes on to the next request, or ends the connection.
    private func finish(_ outcome: Exchange.Outcome) {
        if let work {
            // A client that has closed its side may never see the answer.
            let outcome = hasEnded && outcome == .answered ? .interrupted : outcome
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

    func goOn() {
        advance()
        if inputStart >= input.count || phase == .head { closeIfOver() }
        resumeReading()
    }

    /// Head and body in one system call if nothing is queued before them.
    func send(_ head: [UInt8], _ body: [UInt8] = []) {
        guard phase != .closed else { return }
        guard outbox.isEmpty else {
            outbox.append(head)
            outbox.append(body)
            return
        }
        // A TLS record that the socket did not take must be retried unchanged, so its bytes stay in one piece.
        if transport.isEncrypted, !body.isEmpty { return send(head + body) }
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

    private func send(_ file: FileContent, _ range: Range<Int>) {
        guard phase != .closed else { return }
        let wasEmpty = outbox.isEmpty
        outbox.append(file, range)
        if wasEmpty, outbox.flush(to: transport).hasFailed { close() }
    }

    func flush() {
        let (written, hasFailed) = outbox.flush(to: transport)
        rate.sent += written
        if hasFailed { return close() }
        if outbox.heldCount <= limits.buffer / 2 { stream?.resume() }
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
