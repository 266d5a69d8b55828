/// A deadline expired.
package struct DeadlineExceeded: Error, Equatable {
    package let span: Duration
}

extension EventLoop {
    /// Suspends the task on this loop; throws early when the task is cancelled.
    package func sleep(for span: Duration) async throws(CancellationError) {
        let wait = Wait()
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                perform { wait.begin(continuation, for: span, on: self) }
            }
        } onCancel: {
            submit { wait.end(on: self) }
        }
        if Task.isCancelled { throw CancellationError() }
    }

    /// A sleeping task. Loop-confined.
    private final class Wait: @unchecked Sendable {
        private var continuation: UnsafeContinuation<Void, Never>?
        private var timer: LoopTimer?
        private var isOver = false

        func begin(_ continuation: UnsafeContinuation<Void, Never>, for span: Duration, on loop: EventLoop) {
            // The cancellation came before this continuation.
            if isOver { return continuation.resume() }
            self.continuation = continuation
            timer = loop.after(span) { self.end(on: loop) }
        }

        func end(on loop: EventLoop) {
            isOver = true
            if let timer { loop.cancel(timer) }
            timer = nil
            continuation?.resume()
            continuation = nil
        }
    }

    /// Cancels the work when it exceeds the span.
    package func deadline<Result: Sendable>(
        _ span: Duration, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask(executorPreference: self) { try await work() }
            group.addTask(executorPreference: self) {
                try await self.sleep(for: span)
                throw DeadlineExceeded(span: span)
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}
