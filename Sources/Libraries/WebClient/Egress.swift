import Addresses

/// Where a request may go. There is no request without one: an address that came from a tenant must not reach what
/// only this machine can see.
package struct Egress: Sendable {
    /// A block of addresses and the ports that may be spoken to there.
    package struct Reach: Sendable {
        let range: AddressRange
        let ports: Set<UInt16>
        let isEvenSpecial: Bool

        /// `evenSpecial` opens what is otherwise never a device: loopback, link-local, metadata. For an operator's
        /// own settings and for tests; never from what a tenant declares.
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

    /// Servers of the public internet: https at port 443 and, where asked for, http at 80.
    /// `besides` is for a developer's own machine, where the other side runs too.
    package static func publicOnly(plainHTTP: Bool = false, besides: [Reach] = []) -> Egress {
        Egress(isPublic: true, allowsPlainHTTP: plainHTTP, reaches: besides, excluded: [])
    }

    /// Devices of a tenant's network, in the ranges and at the ports it declared. `excluding` are our own networks,
    /// which no declaration opens.
    package static func devices(_ reaches: [Reach], excluding: [AddressRange] = []) -> Egress {
        Egress(isPublic: false, allowsPlainHTTP: true, reaches: reaches, excluded: excluding)
    }
}

extension Egress {
    /// Refuses an address to which nothing would ever be sent, as far as that can be told without looking up its name.
    package func check(_ text: String) throws(WebError) {
        let address = try WebAddress(text)
        try check(address)
        if case .address(let literal) = address.host { try check(literal, for: address) }
    }

    /// What can be told before the name is looked up.
    func check(_ address: WebAddress) throws(WebError) {
        if reaches.contains(where: { $0.ports.contains(address.port) }) { return }
        guard isPublic else { throw .refused("port \(address.port) is not one of those declared") }
        try checkPublic(address)
    }

    /// A device that speaks something else than HTTP, at an address that needs no looking up.
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
