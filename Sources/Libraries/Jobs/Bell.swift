import Loop

/// Wakes the waiting task; a ring before the wait is remembered. Loop-confined.
final class Bell: @unchecked Sendable {
    // Unchecked: touched on the loop only.
    private let loop: EventLoop
    private var hasRung = false
    private var waiting: UnsafeContinuation<Void, Never>?
    private var timer: LoopTimer?

    init(on loop: EventLoop) { self.loop = loop }

    func ring() {
        loop.perform {
            self.hasRung = true
            self.wake()
        }
    }

    func wait(atMost span: Duration) async {
        if hasRung || span <= .zero {
            hasRung = false
            return
        }
        await withUnsafeContinuation { continuation in
            waiting = continuation
            timer = loop.after(span) { self.wake() }
        }
        hasRung = false
    }

    private func wake() {
        if let timer { loop.cancel(timer) }
        timer = nil
        let waiting = self.waiting
        self.waiting = nil
        waiting?.resume()
    }
}
