import CSystem
import Glibc

/// A connection's bytes, plain or encrypted.
struct Transport {
    enum Outcome {
        case moved(Int)
        case wouldBlock
        case ended
        case failed
    }

    let descriptor: Int32
    let session: TLSSession?

    var isEncrypted: Bool { session != nil }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Outcome {
        if let session { return session.read(into: buffer) }
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count > 0 { return .moved(count) }
            if count == 0 { return .ended }
            if errno != EINTR { return errno == EAGAIN ? .wouldBlock : .failed }
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        if let session { return session.write(bytes) }
        return Self.outcome { Glibc.write(descriptor, bytes.baseAddress, bytes.count) }
    }

    /// Both in one packet if they fit. With TLS, the body is empty.
    func write(_ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer) -> Outcome {
        if let session { return session.write(head) }
        return withUnsafeTemporaryAllocation(of: iovec.self, capacity: 2) { parts in
            parts[0] = iovec(iov_base: UnsafeMutableRawPointer(mutating: head.baseAddress), iov_len: head.count)
            parts[1] = iovec(iov_base: UnsafeMutableRawPointer(mutating: body.baseAddress), iov_len: body.count)
            return Self.outcome { writev(descriptor, parts.baseAddress, body.isEmpty ? 1 : 2) }
        }
    }

    func send(_ file: FileContent, _ range: Range<Int>) -> Outcome {
        if let session {
            let bytes = file.read(range.lowerBound..<min(range.lowerBound + 64 * 1024, range.upperBound))
            return bytes.isEmpty ? .failed : bytes.withUnsafeBytes { session.write($0) }
        }
        var offset = range.lowerBound
        let outcome = Self.outcome { sendfile(descriptor, file.descriptor, &offset, range.count) }
        // The file has shrunk, so the promised length cannot be kept.
        if case .moved(0) = outcome { return .failed }
        return outcome
    }

    private static func outcome(_ call: () -> Int) -> Outcome {
        while true {
            let count = call()
            if count >= 0 { return .moved(count) }
            if errno != EINTR { return errno == EAGAIN ? .wouldBlock : .failed }
        }
    }

    /// Half-closes the connection; reading goes on.
    func endWriting() {
        session?.endWriting()
        shutdown(descriptor, Int32(SHUT_WR))
    }

    func close() { Glibc.close(descriptor) }
}
