import CSystem
import Glibc

/// The bytes of one connection, in the clear or encrypted.
struct Transport {
    enum Outcome {
        case moved(Int)
        case wouldBlock
        case ended
        case failed
    }

    let descriptor: Int32

    var isEncrypted: Bool { false }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Outcome {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count > 0 { return .moved(count) }
            if count == 0 { return .ended }
            if errno != EINTR { return errno == EAGAIN ? .wouldBlock : .failed }
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        while true {
            let count = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            if count >= 0 { return .moved(count) }
            if errno != EINTR { return errno == EAGAIN ? .wouldBlock : .failed }
        }
    }

    /// Both in one packet where they fit.
    func write(_ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer) -> Outcome {
        withUnsafeTemporaryAllocation(of: iovec.self, capacity: 2) { parts in
            parts[0] = iovec(iov_base: UnsafeMutableRawPointer(mutating: head.baseAddress), iov_len: head.count)
            parts[1] = iovec(iov_base: UnsafeMutableRawPointer(mutating: body.baseAddress), iov_len: body.count)
            while true {
                let count = writev(descriptor, parts.baseAddress, body.isEmpty ? 1 : 2)
                if count >= 0 { return .moved(count) }
                if errno != EINTR { return errno == EAGAIN ? .wouldBlock : .failed }
            }
        }
    }

    /// Tells the other side that nothing more comes; reading goes on.
    func endWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    func close() { Glibc.close(descriptor) }
}
