import Loop

/// Bytes moved since the window began.
struct RateWindow {
    var began: Monotonic?
    var received = 0
    var sent = 0
}

// Runs twice a second: scanning all connections is cheaper than a timer for each.
extension Connection {
    func watch(_ now: Monotonic) {
        switch phase {
        case .idle where outbox.isEmpty && (now > deadline || worker.isGraceOver(now)): return close()
        case .head where now > deadline: return giveUp(.timedOut)
        case .lingering where now > deadline: return close()
        case .busy: watchHandler(now)
        default: break
        }
        watchRate(now)
    }

    private func watchHandler(_ now: Monotonic) {
        guard let work, stream == nil, now > work.request.scope.deadline else { return }
        let running = task
        keepsAlive = false
        let isRead = [.get, .head, .options].contains(work.request.method)
        // A write may have taken effect by now, so the client must not be invited to repeat it.
        var response = Response.refusal(
            isRead ? .serviceUnavailable : .gatewayTimeout,
            detail: isRead ? "The answer took too long." : "The answer took too long. What was asked for may be done.",
            to: work.request)
        if isRead { response.headers["Retry-After"] = "5" }
        answer(work.request, Delivery(response, to: work.request), outcome: .handlerTimedOut)
        running?.cancel()
    }

    private func watchRate(_ now: Monotonic) {
        let owesInput = decoder != nil && body?.isAwaited == true
        let owesOutput = !outbox.isEmpty
        guard phase != .closed, owesInput || owesOutput else { return rate.began = nil }
        guard let began = rate.began else { return rate = RateWindow(began: now) }
        guard now - began >= limits.rateWindow else { return }
        let isSlow =
            owesInput && rate.received < limits.bytesPerWindow || owesOutput && rate.sent < limits.bytesPerWindow
        rate = RateWindow(began: now)
        guard isSlow else { return }
        if owesOutput {
            worker.counters.timedOut.increment()
            close()
        } else {
            giveUp(.timedOut)
        }
    }

    private func giveUp(_ error: RequestError) {
        worker.counters.timedOut.increment()
        refuse(error)
    }
}
