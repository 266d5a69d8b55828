import Addresses
import CSystem
import Glibc
import Loop

/// A TCP connection on a loop, plain or TLS. Callbacks come on the loop's thread, where it must also be used.
///
/// Everything sent in one round of the loop leaves together, so that pipelined commands share a packet.
package final class SocketConnection: ReadinessHandler {
    private enum Phase {
        case connecting
        case shakingHands
        case open
        case closed
    }

    package let loop: EventLoop
    /// Connected; with TLS, the peer's certificate is trusted.
    package var onOpen: () -> Void = {}
    /// Bytes have arrived. The buffer is only valid during the call.
    package var onInput: (UnsafeRawBufferPointer) -> Void = { _ in }
    /// Called once, after the connection has closed, unless `close` came first.
    package var onEnd: (SocketError) -> Void = { _ in }
    /// The send buffer is empty. For slow readers: produce no more until then.
    package var onDrain: () -> Void = {}

    private let descriptor: Int32
    private let tls: TLSLink?
    private var phase: Phase
    private var outbox: [UInt8] = []
    private var outboxStart = 0
    private var willFlush = false
    private var isPaused = false
    private var willRead = false

    /// All bytes passed to `send`, and those that the system has taken.
    package private(set) var queuedCount: UInt64 = 0
    package private(set) var sentCount: UInt64 = 0
    package var unsentCount: Int { outbox.count - outboxStart }
    package var isClosed: Bool { phase == .closed }
    /// The SHA-256 of the peer's certificate.
    package var fingerprint: [UInt8]? { tls?.fingerprint }

    /// Takes over a connected socket, such as an accepted one.
    package init(_ descriptor: Int32, encryptedBy context: TLSContext? = nil, on loop: EventLoop) {
        self.descriptor = descriptor
        self.loop = loop
        tls = context.map { TLSLink($0, descriptor: descriptor) }
        phase = tls == nil ? .open : .shakingHands
        prepare()
        loop.add(descriptor, handler: self)
    }

    /// Starts connecting. Reports by `onOpen` or `onEnd`, never before the loop's next round.
    package init(
        to address: IPAddress, port: UInt16, encryptedBy context: TLSContext? = nil, on loop: EventLoop
    ) throws(SocketError) {
        let flags = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.isV4 ? AF_INET : AF_INET6, flags, 0)
        guard descriptor >= 0 else { throw .notConnected(SocketError.reason(errno)) }
        var name = SocketAddress(address, port: port)
        guard name.withPointer({ connect(descriptor, $0, $1) }) == 0 || errno == EINPROGRESS else {
            let code = errno
            Glibc.close(descriptor)
            throw .notConnected(SocketError.reason(code))
        }
        self.descriptor = descriptor
        self.loop = loop
        tls = context.map { TLSLink($0, descriptor: descriptor) }
        phase = .connecting
        prepare()
        loop.add(descriptor, handler: self)
    }

    /// Keep-alives detect a vanished peer within half a minute.
    private func prepare() {
        func set(_ level: Int32, _ option: Int32, _ value: Int32) {
            var value = value
            setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
        }
        let tcp = Int32(IPPROTO_TCP)
        set(tcp, TCP_NODELAY, 1)
        set(SOL_SOCKET, SO_KEEPALIVE, 1)
        set(tcp, TCP_KEEPIDLE, 15)
        set(tcp, TCP_KEEPINTVL, 5)
        set(tcp, TCP_KEEPCNT, 3)
        set(tcp, TCP_USER_TIMEOUT, 20_000)
    }

    package func send(_ bytes: some Collection<UInt8>) {
        guard phase != .closed else { return }
        outbox.append(contentsOf: bytes)
        queuedCount += UInt64(bytes.count)
        flushLater()
    }

    /// Sends buffered bytes now, not at the end of the round.
    package func flush() {
        guard phase == .open else { return }
        while outboxStart < outbox.count {
            let outcome = outbox.withUnsafeBytes { write(UnsafeRawBufferPointer(rebasing: $0[outboxStart...])) }
            switch outcome {
            case .moved(let count):
                outboxStart += count
                sentCount += UInt64(count)
            case .wouldBlock:
                if outboxStart > 256 * 1024 { compact() }
                return
            case .ended: return end(.ended)
            case .failed(let reason): return end(.broken(reason))
            }
        }
        let isLarge = outbox.capacity > 256 * 1024
        outbox.removeAll(keepingCapacity: !isLarge)
        outboxStart = 0
        onDrain()
    }

    /// Stops reading until `resume`, which makes the peer wait.
    package func pause() { isPaused = true }

    package func resume() {
        guard isPaused, phase == .open else { return }
        isPaused = false
        readLater()
    }

    package enum Farewell {
        /// Flushes the send buffer first, as far as the system takes it.
        case flushed
        /// Drops the send buffer.
        case unsent
        /// Resets the connection, as a crashing machine would.
        case reset
    }

    /// Closes without calling `onEnd`.
    package func close(_ farewell: Farewell = .flushed) {
        guard phase != .closed else { return }
        switch farewell {
        case .flushed:
            flush()
            if phase == .open { tls?.endWriting() }
        case .unsent: break
        case .reset:
            var now = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        }
        if phase != .closed { release() }
    }

    package func isReady(for readiness: Readiness) {
        switch phase {
        case .connecting: finishConnecting()
        case .shakingHands: shakeHands()
        case .open:
            // TLS may have to read during a write, and the other way round.
            if unsentCount > 0 { flush() }
            read()
        case .closed: break
        }
    }
}

extension SocketConnection {
    private func finishConnecting() {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        guard code == 0 else { return end(.notConnected(SocketError.reason(code))) }
        guard tls == nil else {
            phase = .shakingHands
            return shakeHands()
        }
        open()
    }

    private func shakeHands() {
        guard let tls else { return }
        switch tls.shakeHands() {
        case .wouldBlock: return
        case .ended: end(.untrusted("the handshake was broken off"))
        case .failed(let reason): end(.untrusted(reason))
        case .moved:
            if let complaint = tls.complaint { end(.untrusted(complaint)) } else { open() }
        }
    }

    private func open() {
        phase = .open
        onOpen()
        flush()
        read()
    }

    /// Reads in bounded portions, so that a busy peer does not starve the loop.
    private func read() {
        for _ in 0..<8 {
            guard phase == .open, !isPaused else { return }
            switch readOnce() {
            case .moved(let count): onInput(UnsafeRawBufferPointer(rebasing: loop.scratch[..<count]))
            case .wouldBlock: return
            case .ended: return end(.ended)
            case .failed(let reason): return end(.broken(reason))
            }
        }
        readLater()
    }

    private func readOnce() -> TLSLink.Outcome {
        if let tls { return tls.read(into: loop.scratch) }
        while true {
            let count = Glibc.read(descriptor, loop.scratch.baseAddress, loop.scratch.count)
            if count > 0 { return .moved(count) }
            if count == 0 { return .ended }
            if errno != EINTR { return errno == EAGAIN ? .wouldBlock : .failed(SocketError.reason(errno)) }
        }
    }

    private func write(_ bytes: UnsafeRawBufferPointer) -> TLSLink.Outcome {
        if let tls { return tls.write(bytes) }
        while true {
            let count = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            if count >= 0 { return .moved(count) }
            if errno != EINTR { return errno == EAGAIN ? .wouldBlock : .failed(SocketError.reason(errno)) }
        }
    }

    private func flushLater() {
        if willFlush { return }
        willFlush = true
        loop.after(.zero) {
            self.willFlush = false
            self.flush()
        }
    }

    private func readLater() {
        if willRead { return }
        willRead = true
        loop.after(.zero) {
            self.willRead = false
            self.read()
        }
    }

    private func compact() {
        outbox.removeFirst(outboxStart)
        outboxStart = 0
    }

    private func end(_ error: SocketError) {
        guard phase != .closed else { return }
        let onEnd = onEnd
        release()
        onEnd(error)
    }

    /// Drops the callbacks, which may retain the connection's owner.
    private func release() {
        phase = .closed
        loop.remove(descriptor)
        Glibc.close(descriptor)
        onOpen = {}
        onInput = { _ in }
        onEnd = { _ in }
        onDrain = {}
    }
}
