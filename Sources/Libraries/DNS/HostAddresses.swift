import Addresses
import CCares
import Loop

/// Resolves host names by c-ares on an event loop. No thread blocks: silent name servers delay only the lookups that
/// asked them.
package final class HostAddresses: @unchecked Sendable {
    // Unchecked: made anywhere, then touched on the loop only.
    private let loop: EventLoop
    private let servers: String?
    private let limit: Int
    private let timeout: Duration
    private var channel: ares_channel?
    private var openedAt = Monotonic.read()
    private var sockets: [ares_socket_t: Socket] = [:]
    private var timer: LoopTimer?
    private var underWay = 0

    private static let tries: Int32 = 3
    private static let library = ares_library_init(ARES_LIB_INIT_ALL)
    /// The interval at which the system's servers are read again, when no query is under way.
    private static let span = Duration.seconds(60)

    /// Comma-separated servers such as `127.0.0.1:53`; nil for the system's.
    package init(
        servers: String? = nil, on loop: EventLoop, limit: Int = 1000, timeout: Duration = .seconds(2)
    ) {
        precondition(Self.library == 0, "c-ares cannot be used")
        self.loop = loop
        self.servers = servers
        self.limit = limit
        self.timeout = timeout
    }

    /// Empty where the name does not exist or has no address. Throws when no server answers.
    package func addresses(of name: String) async throws -> [IPAddress] {
        let result: Result<[IPAddress], DNSError> = await withUnsafeContinuation { continuation in
            loop.perform { self.ask(Search(name, for: self, continuation)) }
        }
        return try result.get()
    }

    package func close() async {
        await withUnsafeContinuation { continuation in
            loop.perform {
                self.closeChannel()
                continuation.resume()
            }
        }
    }

    private func ask(_ search: Search) {
        guard underWay < limit else {
            return search.end(with: .failure(.unanswered(name: search.name, "too many look-ups are waiting")))
        }
        let channel: ares_channel
        do {
            channel = try openChannel()
        } catch {
            return search.end(with: .failure(error))
        }
        underWay += 1
        ccares_get_addresses(
            channel, search.name,
            { context, status, _, found in
                guard let context else { return }
                Unmanaged<Search>.fromOpaque(context).takeRetainedValue().take(status, found)
            }, Unmanaged.passRetained(search).toOpaque())
        wait()
    }

    private func openChannel() throws(DNSError) -> ares_channel {
        if underWay == 0, Monotonic.read() - openedAt > Self.span { closeChannel() }
        if let channel { return channel }
        var opened: ares_channel?
        let status = ccares_init_watched(
            &opened, Int32(timeout.components.seconds) * 1000, Self.tries,
            { context, socket, isReading, isWriting in
                guard let context else { return }
                Unmanaged<HostAddresses>.fromOpaque(context).takeUnretainedValue()
                    .watch(socket, isReading: isReading != 0, isWriting: isWriting != 0)
            }, Unmanaged.passUnretained(self).toOpaque())
        guard status == ARES_SUCCESS, let opened else {
            throw .unanswered(name: "", String(cString: ares_strerror(status)))
        }
        if let servers, ares_set_servers_ports_csv(opened, servers) != ARES_SUCCESS {
            ares_destroy(opened)
            throw .badServers(servers)
        }
        (channel, openedAt) = (opened, Monotonic.read())
        return opened
    }

    private func closeChannel() {
        guard let channel else { return }
        self.channel = nil
        ares_destroy(channel)
        if let timer { loop.cancel(timer) }
        timer = nil
    }

    private func watch(_ socket: ares_socket_t, isReading: Bool, isWriting: Bool) {
        var interest: Readiness = []
        if isReading { interest.insert(.input) }
        if isWriting { interest.insert(.output) }
        switch (sockets[socket], interest.isEmpty) {
        case (nil, true): break
        case (nil, false):
            let handler = Socket(socket, of: self)
            sockets[socket] = handler
            loop.add(socket, handler: handler, for: interest)
        case (.some, false): loop.change(socket, to: interest)
        case (.some, true):
            sockets[socket] = nil
            loop.remove(socket)
        }
    }

    private func act(reading: ares_socket_t, writing: ares_socket_t) {
        guard let channel else { return }
        ares_process_fd(channel, reading, writing)
        wait()
    }

    /// Schedules c-ares's next retry or timeout.
    private func wait() {
        if let timer { loop.cancel(timer) }
        timer = nil
        guard let channel, underWay > 0 else { return }
        timer = loop.after(.milliseconds(Int64(ccares_milliseconds_left(channel)))) { [unowned self] in
            timer = nil
            act(reading: ARES_SOCKET_BAD, writing: ARES_SOCKET_BAD)
        }
    }

    private final class Socket: ReadinessHandler {
        private let socket: ares_socket_t
        private unowned let owner: HostAddresses

        init(_ socket: ares_socket_t, of owner: HostAddresses) {
            self.socket = socket
            self.owner = owner
        }

        func isReady(for readiness: Readiness) {
            // A read reports what failed.
            let canRead = readiness.contains(.input) || !readiness.isDisjoint(with: .ended)
            owner.act(
                reading: canRead ? socket : ARES_SOCKET_BAD,
                writing: readiness.contains(.output) ? socket : ARES_SOCKET_BAD)
        }
    }

    /// One lookup.
    private final class Search {
        let name: String
        private unowned let owner: HostAddresses
        private let continuation: UnsafeContinuation<Result<[IPAddress], DNSError>, Never>

        init(
            _ name: String, for owner: HostAddresses,
            _ continuation: UnsafeContinuation<Result<[IPAddress], DNSError>, Never>
        ) {
            self.name = name
            self.owner = owner
            self.continuation = continuation
        }

        func take(_ status: Int32, _ found: UnsafeMutablePointer<ares_addrinfo>?) {
            owner.underWay -= 1
            defer { if let found { ares_freeaddrinfo(found) } }
            switch status {
            case ARES_SUCCESS: end(with: .success(Self.addresses(in: found)))
            case ARES_ENODATA, ARES_ENOTFOUND: end(with: .success([]))
            default: end(with: .failure(.unanswered(name: name, String(cString: ares_strerror(status)))))
            }
        }

        func end(with result: Result<[IPAddress], DNSError>) { continuation.resume(returning: result) }

        private static func addresses(in found: UnsafeMutablePointer<ares_addrinfo>?) -> [IPAddress] {
            var addresses: [IPAddress] = []
            var next = found?.pointee.nodes
            while let node = next?.pointee {
                if let address = node.ai_addr.flatMap({ IPAddress.read($0)?.address }), !addresses.contains(address) {
                    addresses.append(address)
                }
                next = node.ai_next
            }
            return addresses
        }
    }
}
