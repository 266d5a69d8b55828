import Addresses

/// Special-purpose address ranges (RFC 6890 and successors), never a public server.
enum SpecialAddress {
    /// Nil for an ordinary public address.
    static func purpose(of address: IPAddress) -> String? {
        if let special = table.first(where: { $0.range.contains(address) }) { return special.purpose }
        if !address.isV4, !globalUnicast.contains(address) { return "outside the public IPv6 space" }
        return nil
    }

    /// Never a device either, however wide the declared ranges.
    static func isThisMachineOrLink(_ address: IPAddress) -> Bool {
        if own.contains(where: { $0.contains(address) }) { return true }
        return !address.isV4 && !globalUnicast.contains(address) && !uniqueLocal.contains(address)
    }

    private static let globalUnicast = AddressRange("2000::/3")!
    private static let uniqueLocal = AddressRange("fc00::/7")!

    private static let own = [
        "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32", "100.100.100.200/32", "192.0.0.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "fd00:ec2::254/128", "fd20:ce::254/128", "2001::/32", "2002::/16",
    ].map { AddressRange($0)! }

    private static let table: [(range: AddressRange, purpose: String)] = [
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a carrier's customers"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "cloud metadata"),
        ("169.254.0.0/16", "link-local, cloud metadata"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "6to4 relays"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarks"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "an IPv4 address in disguise"),
        ("64:ff9b::/96", "an IPv4 address in disguise"),
        ("64:ff9b:1::/48", "an IPv4 address in disguise"),
        ("100::/64", "discard-only"),
        ("2001::/23", "protocol assignments"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "an IPv4 address in disguise"),
        ("3fff::/20", "documentation"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private"),
        ("ff00::/8", "multicast"),
    ].map { (AddressRange($0)!, $1) }
}
