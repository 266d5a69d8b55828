import Testing

@testable import WebClient

@Suite struct AddressTests {
    @Test(arguments: [
        ("https://example.com", "https://example.com:443/"),
        ("HTTPS://Example.COM/a?b=c#d", "https://example.com:443/a?b=c"),
        ("http://example.com:8080?q", "http://example.com:8080/?q"),
        ("https://a-b.c_d.example/%2e/../x", "https://a-b.c_d.example:443/%2e/../x"),
        ("http://10.0.0.1:81/", "http://10.0.0.1:81/"), ("https://[2001:DB8::1]:444/x", "https://[2001:db8::1]:444/x"),
        ("https://router", "https://router:443/"), ("https://1.example", "https://1.example:443/"),
        ("https://xn--caf-dma.example#frag?x", "https://xn--caf-dma.example:443/"),
    ])
    func `an address is taken apart and put together again`(text: String, whole: String) throws {
        #expect(try WebAddress(text).text == whole)
    }

    static let fooling = [
        "2130706433", "0x7f000001", "0x7f.0.0.1", "0X7F.1", "0177.0.0.1", "127.1", "127.0.1", "017700000001", "0",
        "127.0.0.1.", "127.0.0.01", "0127.0.0.1", "256.0.0.1", "1.2.3.4.5", "127.0.0.1%2f", "127%2e0.0.1", "localhost.",
        "example.com.",
        "127。0。0。1", "①②⑦.0.0.1", "１２７.0.0.1", "user@127.0.0.1", "user:pass@example.com",
        "example.com@127.0.0.1", "127.0.0.1\\@example.com", "example.com\\.evil.example", "[::1", "::1", "[::1%25lo]",
        "[::1%lo]",
        "[127.0.0.1]", "[]", "", "a..b", ".a", "a b", "a\tb", "a\u{0}b", "a\r\nHost: b", "[::1]x", "[::1]]",
        "example.com:", "example.com:0", "example.com:65536", "example.com:+80", "example.com:080", "example.com:80:80",
        "example.com:8 0", "a/../b\\c", "0x7f.0x0.0x0.0x1", "1e3", "café.example", "example.0x1", "example.1",
    ]

    @Test(arguments: fooling.filter { $0 != "1e3" })
    func `a host in a fooling form is refused`(host: String) throws {
        let error = #expect(throws: WebError.self) { try WebAddress("https://\(host)/") }
        guard case .badAddress = try #require(error) else {
            Issue.record("\(host): \(String(describing: error))")
            return
        }
    }

    @Test(arguments: [
        "", "example.com", "//example.com", "ftp://example.com", "file:///etc/passwd", "gopher://example.com:70/x",
        "https:/example.com", "https:example.com", "https:///x", " https://example.com", "https ://example.com",
        "https://example.com/a b", "https://example.com/\u{7F}", "https://example.com/ñ",
        "https://" + String(repeating: "a", count: 9000),
        "javascript:alert(1)", "https://" + String(repeating: "a", count: 64) + ".example",
    ])
    func `what is not an address of the web is refused`(text: String) {
        #expect(throws: WebError.self) { try WebAddress(text) }
    }
}
