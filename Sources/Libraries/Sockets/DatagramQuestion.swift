import Addresses
import CSystem
import Glibc
import Loop

/// A question over UDP, sent again until it is answered or the tries are over.
package enum DatagramQuestion {
    /// Nil where nobody answered. What `accepts` does not take is not the answer, whoever sent it.
    package static func ask(
        _ question: [UInt8], of address: IPAddress, port: UInt16, tries: Int = 3, every span: Duration = .seconds(2),
        on loop: EventLoop, accepts: @escaping @Sendable ([UInt8]) -> Bool
    ) async throws(SocketError) -> [UInt8]? {
        let asking = Asking(question, tries: tries, every: span, on: loop, accepts: accepts)
        let result: Result<[UInt8]?, SocketError> = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                loop.perform { asking.begin(to: address, port: port, continuation) }
                // A cancellation that came first found nothing to end.
                if Task.isCancelled { loop.submit { asking.end(.success(nil)) } }
            }
        } onCancel: {
            loop.submit { asking.end(.success(nil)) }
        }
        return try result.get()
    }

    /// Loop-confined.
    private final class Asking: ReadinessHandler, @unchecked Sendable {
        private static let room = 4096

        private let question: [UInt8]
        private let span: Duration
        private let loop: EventLoop
        private let accepts: ([UInt8]) -> Bool
        private var triesLeft: Int
        private var descriptor: Int32 = -1
        private var timer: LoopTimer?
        private var continuation: UnsafeContinuation<Result<[UInt8]?, SocketError>, Never>?

        init(
            _ question: [UInt8], tries: Int, every span: Duration, on loop: EventLoop,
            accepts: @escaping @Sendable ([UInt8]) -> Bool
        ) {
            (self.question, self.span, self.loop, self.accepts) = (question, span, loop, accepts)
            triesLeft = tries
        }

        func begin(
            to address: IPAddress, port: UInt16,
            _ continuation: UnsafeContinuation<Result<[UInt8]?, SocketError>, Never>
        ) {
            self.continuation = continuation
            let flags = Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
            descriptor = socket(address.isV4 ? AF_INET : AF_INET6, flags, 0)
            guard descriptor >= 0 else { return end(.failure(.notConnected(SocketError.reason(errno)))) }
            // Connected, so that the system takes datagrams of this address and port only.
            var name = SocketAddress(address, port: port)
            guard name.withPointer({ connect(descriptor, $0, $1) }) == 0 else {
                let code = errno
                close(descriptor)
                descriptor = -1
                return end(.failure(.notConnected(SocketError.reason(code))))
            }
            loop.add(descriptor, handler: self)
            send()
        }

        private func send() {
            guard triesLeft > 0 else { return end(.success(nil)) }
            triesLeft -= 1
            // What the system does not take, or nobody listens for, may be heard at the next try.
            _ = question.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            timer = loop.after(span) { self.send() }
        }

        func isReady(for readiness: Readiness) {
            // No more at a time, so that a flood leaves the loop to others.
            for _ in 0..<16 where continuation != nil {
                var bytes = [UInt8](repeating: 0, count: Self.room)
                let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
                if count < 0 {
                    // That nobody listens there is told once, and changes nothing.
                    if errno == ECONNREFUSED { continue }
                    return
                }
                let answer = Array(bytes.prefix(count))
                if accepts(answer) { return end(.success(answer)) }
            }
        }

        func end(_ result: Result<[UInt8]?, SocketError>) {
            guard let continuation else { return }
            self.continuation = nil
            if let timer { loop.cancel(timer) }
            timer = nil
            if descriptor >= 0 {
                loop.remove(descriptor)
                close(descriptor)
            }
            continuation.resume(returning: result)
        }
    }
}
