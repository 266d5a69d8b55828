import Addresses
import Testing

@testable import WebClient

@Suite struct EgressTests {
    static let special = [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1",
        "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1", "100::1", "2001::1", "2001:10::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "4000::1",
        "5f00::1", "fc00::1",
        "fd00:ec2::254", "fd20:ce::254", "fe80::1", "fec0::1", "ff02::1",
    ]
    static let ordinary = [
        "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "192.0.1.1",
        "2606:4700::1111", "2a00::1",
    ]

    @Test(arguments: special)
    func `a special address is not public`(text: String) throws {
        let peer = try #require(IPAddress(text))
        for egress in [Egress.publicOnly(), .publicOnly(plainHTTP: true)] {
            #expect(throws: WebError.self) { try egress.check(peer, for: WebAddress("https://example.com")) }
        }
    }

    @Test(arguments: ordinary)
    func `an ordinary address is public`(text: String) throws {
        let peer = try #require(IPAddress(text))
        try Egress.publicOnly().check(peer, for: WebAddress("https://example.com"))
        try Egress.publicOnly(plainHTTP: true).check(peer, for: WebAddress("http://example.com"))
    }

    @Test(
        arguments: [22, 25, 80, 2379, 5432, 6379, 8080, 8443, 65535].map { "https://example.com:\($0)" }
            + ["http://example.com", "http://example.com:443", "https://localhost", "https://intranet"])
    func `public means https at its port and a name with a dot`(text: String) throws {
        let address = try WebAddress(text)
        #expect(throws: WebError.self) { try Egress.publicOnly().check(address) }
        #expect(throws: WebError.self) { try Egress.publicOnly().check(IPAddress("8.8.8.8")!, for: address) }
    }

    @Test func `plain http is public only where it is asked for, and at port 80`() throws {
        try Egress.publicOnly(plainHTTP: true).check(WebAddress("http://example.com"))
        #expect(throws: WebError.self) {
            try Egress.publicOnly(plainHTTP: true).check(WebAddress("http://example.com:81"))
        }
        #expect(throws: WebError.self) {
            try Egress.publicOnly(plainHTTP: true).check(WebAddress("http://example.com:443"))
        }
    }

    @Test func `devices are reached in the ranges and at the ports declared`() throws {
        let egress = Egress.devices([
            .init(AddressRange("10.20.0.0/16")!, ports: [80, 443]),
            .init(AddressRange("fd12:3456::/32")!, ports: [8443]),
            .init(AddressRange("100.64.0.0/10")!, ports: [80]), .init(AddressRange("45.5.0.0/16")!, ports: [80]),
        ])
        let allowed = [
            ("http://a", "10.20.1.1"), ("https://a", "10.20.1.1"), ("https://a:8443", "fd12:3456::1"),
            ("http://a", "100.64.1.1"), ("http://a", "45.5.1.1"),
        ]
        for (text, peer) in allowed {
            try egress.check(WebAddress(text))
            try egress.check(IPAddress(peer)!, for: WebAddress(text))
        }
        let forbidden = [
            ("http://a", "10.21.1.1"), ("https://a:8443", "10.20.1.1"), ("https://a", "fd12:3456::1"),
            ("http://a", "8.8.8.8"),
            ("http://a", "::ffff:10.20.1.1"), ("http://a:22", "10.20.1.1"), ("http://a", "127.0.0.1"),
        ]
        for (text, peer) in forbidden {
            #expect(throws: WebError.self) { try egress.check(IPAddress(peer)!, for: WebAddress(text)) }
        }
        #expect(throws: WebError.self) { try egress.check(WebAddress("http://a:22")) }
    }

    @Test(arguments: [
        "127.0.0.1", "0.0.0.0", "169.254.169.254", "168.63.129.16", "100.100.100.200", "192.0.0.192", "224.0.0.1",
        "255.255.255.255", "::", "::1",
        "::ffff:10.0.0.1", "fe80::1", "ff02::1", "fd00:ec2::254", "64:ff9b::a00:1", "2002:a00:1::",
    ])
    func `no range however wide makes this machine a device`(text: String) throws {
        let peer = try #require(IPAddress(text))
        let everything = ["0.0.0.0/0", "::/0", text].map { Egress.Reach(AddressRange($0)!, ports: [80]) }
        let declared = Egress.Reach(AddressRange(text)!, ports: [80], evenSpecial: true)

        #expect(throws: WebError.self) { try Egress.devices(everything).check(peer, for: WebAddress("http://a")) }
        try Egress.devices(everything + [declared]).check(peer, for: WebAddress("http://a"))
    }

    @Test func `our own networks are nobody's devices`() throws {
        let egress = Egress.devices(
            [.init(AddressRange("10.0.0.0/8")!, ports: [80], evenSpecial: true)],
            excluding: [AddressRange("10.9.0.0/16")!])

        try egress.check(IPAddress("10.8.0.1")!, for: WebAddress("http://a"))
        #expect(throws: WebError.self) { try egress.check(IPAddress("10.9.0.1")!, for: WebAddress("http://a")) }
    }

    @Test func `what a developer allows besides does not open the rest`() throws {
        let egress = Egress.publicOnly(besides: [.init(AddressRange("127.0.0.1")!, ports: [9000], evenSpecial: true)])

        try egress.check(IPAddress("127.0.0.1")!, for: WebAddress("http://localhost:9000"))
        try egress.check(IPAddress("8.8.8.8")!, for: WebAddress("https://example.com"))
        for (text, peer) in [
            ("http://a.b:9000", "8.8.8.8"), ("https://a.b:9000", "127.0.0.2"), ("https://a.b", "127.0.0.1"),
        ] {
            #expect(throws: WebError.self) { try egress.check(IPAddress(peer)!, for: WebAddress(text)) }
        }
    }
}
