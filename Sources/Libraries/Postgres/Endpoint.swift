import CPostgres
import Glibc

/// One of the server's addresses; libpq tries them one at a time, so that each has its own timeout.
struct Endpoint: Sendable {
    var host: String?
    var address: String?
    var port: String?

    /// Whether libpq would resolve a name, which blocks.
    var hasNameToResolve: Bool {
        guard address == nil, let host, let first = host.utf8.first else { return false }
        return first != UInt8(ascii: "/") && first != UInt8(ascii: "@") && !Self.isAddress(host)
    }

    private static func isAddress(_ text: String) -> Bool {
        var room = in6_addr()
        return inet_pton(AF_INET, text, &room) == 1 || inet_pton(AF_INET6, text, &room) == 1
    }

    /// An endpoint for each address of the name. Blocks.
    func resolved() -> [Endpoint] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        return sequence(first: list, next: { $0?.pointee.ai_next }).compactMap { entry in
            guard let entry = entry?.pointee else { return nil }
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            guard
                getnameinfo(entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
            else { return nil }
            let address = text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
            return Endpoint(host: host, address: address, port: port)
        }
    }
}

/// A parsed connection string.
struct ConnectionString: Sendable {
    var options: [String: String] = [:]
    private(set) var endpoints: [Endpoint] = []

    init(_ text: String) throws(DatabaseError) {
        var message: UnsafeMutablePointer<CChar>?
        guard let parsed = PQconninfoParse(text, &message) else {
            defer { PQfreemem(message) }
            throw .refused("The connection string is wrong: \(message.map { String(cString: $0) } ?? "")")
        }
        defer { PQconninfoFree(parsed) }
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { options[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        endpoints = Self.endpoints(of: options)
        options["host"] = nil
        options["hostaddr"] = nil
        options["port"] = nil
    }

    private static func endpoints(of options: [String: String]) -> [Endpoint] {
        func list(_ name: String) -> [String?] {
            (options[name] ?? "").split(separator: ",", omittingEmptySubsequences: false)
                .map { $0.isEmpty ? nil : String($0) }
        }
        let (hosts, addresses, ports) = (list("host"), list("hostaddr"), list("port"))
        return (0..<max(hosts.count, addresses.count)).map { index in
            Endpoint(
                host: index < hosts.count ? hosts[index] : nil,
                address: index < addresses.count ? addresses[index] : nil,
                port: ports.count == 1 ? ports[0] : index < ports.count ? ports[index] : nil)
        }
    }
}
