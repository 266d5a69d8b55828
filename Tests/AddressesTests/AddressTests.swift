import Testing

@testable import Addresses

@Suite struct AddressTests {
    @Test(arguments: [
        "0.0.0.0", "255.255.255.255", "10.1.2.3", "::", "::1", "2001:db8::1", "fe80::1", "::ffff:127.0.0.1",
    ])
    func `an address of the network comes back as it was written`(text: String) {
        #expect(IPAddress(text)?.description == text)
    }

    @Test(arguments: [
        "", "1", "1.2.3", "01.2.3.4", "1.2.3.4 ", "1.2.3.4\u{0}", "0x1.2.3.4", "::1%1", "[::1]", "1.2.3.256", ":::",
        "1.2.3.4.5", " ::1", "::1%lo",
    ])
    func `what is not an address of the network is refused`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(arguments: [
        ("::ffff:127.0.0.1", "127.0.0.1"), ("127.0.0.1", "127.0.0.1"), ("2001:DB8::1", "2001:db8::1"), ("::1", "::1"),
        ("::fffe:127.0.0.1", "::fffe:7f00:1"), ("1::ffff:127.0.0.1", "1::ffff:7f00:1"),
    ])
    func `an IPv4 address in the form of IPv6 is recognised when asked`(text: String, expected: String) throws {
        #expect(try #require(IPAddress(text)).unmapped.description == expected)
    }

    @Test(
        arguments: [
            ("10.0.0.0/8", "10.255.255.255", "11.0.0.0"), ("10.20.30.40", "10.20.30.40", "10.20.30.41"),
            ("192.168.4.0/22", "192.168.7.255", "192.168.8.0"), ("0.0.0.0/0", "255.255.255.255", "::"),
            ("2001:db8::/32", "2001:db8:ffff::", "2001:db9::"), ("::/0", "ffff::1", "1.2.3.4"),
            ("::ffff:0:0/96", "::ffff:10.0.0.1", "10.0.0.1"), ("127.0.0.0/8", "127.1.1.1", "::ffff:127.1.1.1"),
            ("2001:db8::/65", "2001:db8::7fff:0:0:1", "2001:db8::8000:0:0:1"), ("10.1.2.3/32", "10.1.2.3", "10.1.2.2"),
        ] as [(String, String, String)])
    func `a range contains its own addresses and no other`(range: String, inside: String, outside: String) throws {
        let block = try #require(AddressRange(range))

        #expect(block.contains(IPAddress(inside)!))
        #expect(!block.contains(IPAddress(outside)!))
        #expect(AddressRange(block.description) == block)
    }

    @Test(arguments: [
        "", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/08", "10.0/8", "::1/64", "::/129", "a/8",
        "10.0.0.0/8/8", "/8", "10.0.0.0/ 8",
    ])
    func `what is not a range is refused`(text: String) {
        #expect(AddressRange(text) == nil)
    }
}
