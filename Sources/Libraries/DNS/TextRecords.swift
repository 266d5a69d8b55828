import CCares
import Loop

/// Queries TXT records by c-ares: the C library's resolver cannot be told which server to ask.
package struct TextRecords: Sendable {
    private let servers: String?
    private let pool: BlockingPool

    /// Comma-separated servers such as `127.0.0.1:53`; nil for the system's.
    package init(servers: String? = nil, on pool: BlockingPool) {
        self.servers = servers
        self.pool = pool
    }

    /// Empty where the name, or such a record of it, does not exist. Throws when no server answers.
    package func records(of name: String) async throws -> [String] {
        do {
            return try await pool.run { [servers] in try Question(servers).records(of: name) }
        } catch is BlockingPool.Full {
            throw DNSError.unanswered(name: name, "too many look-ups are waiting")
        }
    }
}

package enum DNSError: Error, Equatable, CustomStringConvertible {
    /// Unlike a negative answer: the server was silent, or failed.
    case unanswered(name: String, String)
    case badServers(String)

    package var description: String {
        switch self {
        case .unanswered(let name, let reason): "no answer about \(name): \(reason)"
        case .badServers(let servers): "'\(servers)' is no list of DNS servers such as 127.0.0.1:53"
        }
    }
}

/// One query with its c-ares state, confined to the thread that asks.
private final class Question {
    private static let timeout: Int32 = 2000
    private static let tries: Int32 = 3
    private static let library = ares_library_init(ARES_LIB_INIT_ALL)

    private let channel: ares_channel

    init(_ servers: String?) throws(DNSError) {
        precondition(Self.library == 0, "c-ares cannot be used")
        var opened: ares_channel?
        let status = ccares_init(&opened, Self.timeout, Self.tries)
        guard status == ARES_SUCCESS, let opened else {
            throw .unanswered(name: "", String(cString: ares_strerror(status)))
        }
        channel = opened
        if let servers, ares_set_servers_ports_csv(opened, servers) != ARES_SUCCESS {
            throw .badServers(servers)
        }
    }

    deinit { ares_destroy(channel) }

    func records(of name: String) throws(DNSError) -> [String] {
        let reply = Reply()
        ccares_query_txt(
            channel, name,
            { context, status, _, bytes, length in
                guard let context else { return }
                Unmanaged<Reply>.fromOpaque(context).takeUnretainedValue().take(status, bytes, length)
            }, Unmanaged.passUnretained(reply).toOpaque())
        ccares_wait(channel)
        return try withExtendedLifetime(reply) { () throws(DNSError) in try reply.records(of: name) }
    }
}

/// The answer, touched only by the asking thread inside c-ares's calls.
private final class Reply {
    private var status = ARES_ETIMEOUT
    private var found: [String] = []

    func take(_ status: Int32, _ bytes: UnsafeMutablePointer<UInt8>?, _ length: Int32) {
        self.status = status
        guard status == ARES_SUCCESS, let bytes else { return }
        var first: UnsafeMutablePointer<ares_txt_ext>?
        self.status = ares_parse_txt_reply_ext(bytes, length, &first)
        defer { if let first { ares_free_data(first) } }
        var next = first
        while let part = next?.pointee {
            let text = String(decoding: UnsafeBufferPointer(start: part.txt, count: part.length), as: UTF8.self)
            // A long record comes in strings of at most 255 bytes.
            if part.record_start != 0 || found.isEmpty { found.append(text) } else { found[found.count - 1] += text }
            next = part.next
        }
    }

    func records(of name: String) throws(DNSError) -> [String] {
        switch status {
        case ARES_SUCCESS: return found
        case ARES_ENODATA, ARES_ENOTFOUND: return []
        default: throw .unanswered(name: name, String(cString: ares_strerror(status)))
        }
    }
}
