import Addresses

package enum Scheme: String, Sendable {
    case http, https
}

/// Who sent a request and how it was addressed, seen through our proxies.
struct Origin: Sendable {
    /// The connection's remote address; loopback for a Unix socket.
    let peer: IPAddress
    let client: IPAddress
    let scheme: Scheme
    let host: String
    let isInternal: Bool
}

extension Origin {
    /// Forwarding headers count only from a trusted proxy, and X-Forwarded-Host only where enabled: a proxy that passes
    /// the client's header on unchanged would let every client choose the tenant.
    init(of head: RequestHead, on link: Link, trusting proxies: [AddressRange], forwardedHost: Bool = false) {
        peer = link.peer
        isInternal = link.isInternal
        guard link.isLocal || proxies.contains(where: { $0.contains(link.peer) }) else {
            client = link.peer
            scheme = link.isEncrypted ? .https : .http
            host = head.host
            return
        }
        client = Self.client(of: head, behind: link.peer, trusting: proxies)
        scheme =
            head.headers.lastMember("x-forwarded-proto").flatMap(Scheme.init(rawValue:))
            ?? (link.isEncrypted ? .https : .http)
        host = forwardedHost ? head.headers.lastMember("x-forwarded-host").flatMap(Self.host) ?? head.host : head.host
    }

    /// Read from the right: each trusted proxy vouches for the address before it; the first untrusted one is the
    /// client.
    private static func client(
        of head: RequestHead, behind peer: IPAddress, trusting proxies: [AddressRange]
    ) -> IPAddress {
        var hops: [String] = []
        head.headers.forEachValue("x-forwarded-for") { value in
            value.forEachListMember { hops.append(String(decoding: $0, as: UTF8.self)) }
        }
        var client = peer
        for hop in hops.reversed() {
            guard let address = IPAddress(hop)?.unmapped else { return client }
            client = address
            if !proxies.contains(where: { $0.contains(address) }) { return client }
        }
        return client
    }

    private static func host(_ text: String) -> String? {
        Array(text.utf8).withUnsafeBytes { Authority($0)?.host }
    }
}

/// What is known of a connection before its first byte.
struct Link: Sendable {
    let peer: IPAddress
    /// Over a Unix socket, whose peer runs on this machine and is trusted as a proxy.
    let isLocal: Bool
    let isInternal: Bool
    let isEncrypted: Bool
}

extension RequestHeaders {
    fileprivate func lastMember(_ name: StaticString) -> String? {
        var last: String?
        forEachValue(name) { value in
            value.forEachListMember { last = String(decoding: $0, as: UTF8.self) }
        }
        return last
    }
}
