import Addresses

package enum Scheme: String, Sendable {
    case http, https
}

/// Who sent a request and how it was addressed, proxies of ours looked through.
struct Origin: Sendable {
    /// The other end of the connection; the loopback address for a Unix socket.
    let peer: IPAddress
    let client: IPAddress
    let scheme: Scheme
    let host: String
    let isInternal: Bool
}

extension Origin {
    /// What forwarding headers say counts only where the connection comes from a trusted proxy.
    /// The host they name is believed only where that is asked for: a proxy that passes the client's header on unchanged
    /// would let everybody choose the tenant.
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

    /// From the right, each proxy vouches for the address before it; the first we do not trust is the client.
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
    /// Over a Unix socket: only a program on this machine can be at the other end, so it is trusted as a proxy.
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
