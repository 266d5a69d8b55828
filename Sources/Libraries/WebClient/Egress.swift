import Addresses

/// The allowed destinations of a request, required for each: an address given by a tenant must not reach anything
/// internal (SSRF).
package struct Egress: Sendable {
    /// An address range with its allowed ports.
    package struct Reach: Sendable {
        let range: AddressRange
        let ports: Set<UInt16>
        let isEvenSpecial: Bool

        /// `evenSpecial` opens addresses that are otherwise never a device: loopback, link-local, metadata. For an
        /// operator's own settings and for tests; never for a tenant's declaration.
        package init(_ range: AddressRange, ports: Set<UInt16>, evenSpecial: Bool = false) {
            self.range = range
            self.ports = ports
            isEvenSpecial = evenSpecial
        }
    }

    let isPublic: Bool
    private let allowsPlainHTTP: Bool
    private let reaches: [Reach]
    private let excluded: [AddressRange]

    /// Servers of the public internet: https on port 443 and, if asked for, http on 80. `besides` is for a developer's
    /// machine that runs the other side too.
    package static func publicOnly(plainHTTP: Bool = false, besides: [Reach] = []) -> Egress {
        Egress(isPublic: true, allowsPlainHTTP: plainHTTP, reaches: besides, excluded: [])
    }

    /// Devices in the ranges and at the ports that a tenant declared. `excluding` are our own networks, which no
    /// declaration opens.
    package static func devices(_ reaches: [Reach], excluding: [AddressRange] = []) -> Egress {
        Egress(isPublic: false, allowsPlainHTTP: true, reaches: reaches, excluded: excluding)
    }
}

extension Egress {
    /// Refuses a forbidden address, as far as that is known before resolving its name.
    package func check(_ text: String) throws(WebError) {
        let address = try WebAddress(text)
        try check(address)
        if case .address(let literal) = address.host { try check(literal, for: address) }
    }

    /// The checks that need no name resolution.
    func check(_ address: WebAddress) throws(WebError) {
        if reaches.contains(where: { $0.ports.contains(address.port) }) { return }
        guard isPublic else { throw .refused("port \(address.port) is not one of those declared") }
        try checkPublic(address)
    }

    /// For a device that does not speak HTTP, at a literal IP address.
    package func checkDevice(_ peer: IPAddress, port: UInt16) throws(WebError) {
        if excluded.contains(where: { $0.contains(peer) }) { throw .refused("\(peer) belongs to our own network") }
        let reaches = reaches.filter { $0.range.contains(peer) && $0.ports.contains(port) }
        if reaches.contains(where: \.isEvenSpecial) { return }
        if SpecialAddress.isThisMachineOrLink(peer) {
            throw .refused("\(peer) is \(SpecialAddress.purpose(of: peer) ?? "special"), never a device")
        }
        if reaches.isEmpty { throw .refused("\(peer):\(port) is outside the ranges declared") }
    }

    func check(_ peer: IPAddress, for address: WebAddress) throws(WebError) {
        guard isPublic else { return try checkDevice(peer, port: address.port) }
        if excluded.contains(where: { $0.contains(peer) }) { throw .refused("\(peer) belongs to our own network") }
        if reaches.contains(where: { $0.isEvenSpecial && $0.range.contains(peer) && $0.ports.contains(address.port) }) {
            return
        }
        if let purpose = SpecialAddress.purpose(of: peer) {
            throw .refused("\(peer) is not a public address (\(purpose))")
        }
        try checkPublic(address)
    }

    private func checkPublic(_ address: WebAddress) throws(WebError) {
        switch address.scheme {
        case .https:
            if address.port != 443 { throw .refused("only port 443 is open, not \(address.port)") }
        case .http:
            if !allowsPlainHTTP { throw .refused("only https is open") }
            if address.port != 80 { throw .refused("only port 80 is open, not \(address.port)") }
        }
        if case .name(let name) = address.host, !name.utf8.contains(UInt8(ascii: ".")) {
            throw .refused("\(name) is not a public name")
        }
    }
}
