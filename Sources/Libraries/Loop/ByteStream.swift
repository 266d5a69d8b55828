import CSystem
import Glibc

/// Asynchronous reads and writes on a descriptor (a pipe, a socket), for tasks of one loop. Loop-confined.
///
/// One task may read while another writes. The stream owns the descriptor and closes it.
package final class ByteStream: ReadinessHandler, @unchecked Sendable {
    // Unchecked: touched only on the thread of its loop, which `confined` checks.
    package enum Failure: Error, Equatable {
        case closed
        case system(Int32)
    }

    package let loop: EventLoop
    private var descriptor: Int32
    private var reader: UnsafeContinuation<Void, Never>?
    private var writer: UnsafeContinuation<Void, Never>?

    /// Create on the loop's thread.
    package init(_ descriptor: Int32, on loop: EventLoop) {
        self.descriptor = descriptor
        self.loop = loop
        _ = csystem_set_nonblocking(descriptor)
        loop.add(descriptor, handler: self)
    }

    deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

    /// The next bytes as they arrive; nil at the end of the stream.
    package func read() async throws -> [UInt8]? {
        precondition(loop.isCurrent, "A stream is read on its own loop")
        while true {
            try Task.checkCancellation()
            guard descriptor >= 0 else { throw Failure.closed }
            let count = Glibc.read(descriptor, loop.scratch.baseAddress, loop.scratch.count)
            if count > 0 { return Array(loop.scratch[..<count]) }
            if count == 0 { return nil }
            try await waitUnlessInterrupted { self.reader = $0 }
        }
    }

    package func write(_ bytes: [UInt8]) async throws {
        precondition(loop.isCurrent, "A stream is written on its own loop")
        var written = 0
        while written < bytes.count {
            try Task.checkCancellation()
            guard descriptor >= 0 else { throw Failure.closed }
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written) }
            if count >= 0 {
                written += count
            } else {
                try await waitUnlessInterrupted { self.writer = $0 }
            }
        }
    }

    package func close() {
        guard descriptor >= 0 else { return }
        loop.remove(descriptor)
        Glibc.close(descriptor)
        descriptor = -1
        wakeReader()
        wakeWriter()
    }

    package func isReady(for readiness: Readiness) {
        if !readiness.isDisjoint(with: [.input, .ended]) { wakeReader() }
        if !readiness.isDisjoint(with: [.output, .ended]) { wakeWriter() }
    }

    private func waitUnlessInterrupted(_ keep: (UnsafeContinuation<Void, Never>) -> Void) async throws {
        if errno == EINTR { return }
        guard errno == EAGAIN else { throw Failure.system(errno) }
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in keep(continuation) }
        } onCancel: {
            loop.submit {
                self.wakeReader()
                self.wakeWriter()
            }
        }
    }

    private func wakeReader() {
        reader?.resume()
        reader = nil
    }

    private func wakeWriter() {
        writer?.resume()
        writer = nil
    }
}
