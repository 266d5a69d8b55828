import Addresses
import TestSupport
import Testing

@testable import HTTP

/// What clients say in headers, cookies, queries and forms, and how much of it is believed.
@Suite struct ReadingTests {
    private func fields(_ text: String) throws -> Fields {
        try Array(text.utf8).withUnsafeBytes { bytes in
            Result { () throws(RequestError) in try Fields(urlEncoded: bytes) }
        }.get()
    }

    @Test func `fields are read by name and type`() throws {
        let fields = try fields("name=A%C3%B1o+uno&empty=&flag&n=42&twice=1&twice=2&&=x")
        #expect(fields["name"] == "Año uno")
        #expect(fields["empty"] == "" && fields["flag"] == "")
        #expect(fields["missing"] == nil && fields["twice"] == nil)
        #expect(fields.values("twice") == ["1", "2"] && fields.duplicate == "twice")
        #expect(try fields.value("n", as: Int.self) == 42)
        #expect(try fields.value("missing", as: Int.self) == nil)
        #expect(throws: RequestError.malformed("The field “name” cannot be read.")) {
            try fields.value("name", as: Int.self)
        }
        #expect(throws: RequestError.malformed("The field “twice” is given twice.")) {
            try fields.value("twice", as: Int.self)
        }
    }

    @Test func `fields nobody asked for are refused`() throws {
        #expect(throws: Never.self) { try fields("a=1&b=2&c=3&c=4").allow(["a", "b"], repeated: ["c"]) }
        #expect(throws: RequestError.self) { try fields("a=1&d=2").allow(["a"]) }
        #expect(throws: RequestError.self) { try fields("a=1&a=2").allow(["a"]) }
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "%ff=a", "a=%00", "a=%c3", "a=%ed%a0%80"])
    func `fields with broken escapes are refused`(text: String) {
        #expect(throws: RequestError.self) { try fields(text) }
    }

    @Test func `more than a thousand fields are refused`() throws {
        #expect(try fields(String(repeating: "a&", count: 1000)).all.count == 1000)
        #expect(throws: RequestError.self) { try fields(String(repeating: "a&", count: 1001)) }
    }

    @Test(
        arguments: [
            ("a=b", ["a": "b"]), ("a=b; c=d", ["a": "b", "c": "d"]), ("a=\"b\"", ["a": "b"]),
            ("a=b;c=d", ["a": "b", "c": "d"]),
            ("a=", ["a": ""]), ("a", [:]), ("=b", [:]), ("a b=c", [:]), ("a=b c", [:]), ("a=b,c", [:]), ("a=b\\c", [:]),
            ("a=\"b", [:]), ("a=ñ", [:]), ("a=b; ;; c=d=e", ["a": "b", "c": "d=e"]), ("a=1; a=2; b=3", ["b": "3"]),
            ("a=1; a=1", [:]), ("__Host-s=x.y-z_~", ["__Host-s": "x.y-z_~"]),
        ] as [(String, [String: String])])
    func `cookies outside the grammar are as good as not sent`(header: String, expected: [String: String]) throws {
        let head = Array("GET / HTTP/1.1\r\nHost: x\r\nCookie: \(header)\r\n\r\n".utf8)
        let cookies = head.withUnsafeBytes { bytes -> Cookies? in
            guard case .complete(let head, _) = HeadParser.parse(bytes, limits: HeadLimits()) else { return nil }
            return Cookies(head.headers)
        }
        for name in ["a", "b", "c", "__Host-s"] { #expect(try #require(cookies)[name] == expected[name]) }
    }

    @Test(
        arguments: [
            ([:], "127.0.0.1 http norte.test"),
            (["X-Forwarded-For": "9.9.9.9"], "9.9.9.9 http norte.test"),
            (["X-Forwarded-For": "1.1.1.1, 9.9.9.9"], "9.9.9.9 http norte.test"),
            (["X-Forwarded-For": "1.1.1.1, 9.9.9.9, 10.0.0.7"], "9.9.9.9 http norte.test"),
            (["X-Forwarded-For": "10.0.0.8, 10.0.0.7"], "10.0.0.8 http norte.test"),
            (["X-Forwarded-For": "9.9.9.9, nonsense"], "127.0.0.1 http norte.test"),
            (["X-Forwarded-For": "nonsense, 9.9.9.9"], "9.9.9.9 http norte.test"),
            (["X-Forwarded-For": "2001:db8::7"], "2001:db8::7 http norte.test"),
            (["X-Forwarded-Proto": "https"], "127.0.0.1 https norte.test"),
            (["X-Forwarded-Proto": "gopher"], "127.0.0.1 http norte.test"),
            (["X-Forwarded-Host": "Sur.Test:443"], "127.0.0.1 http sur.test"),
            (["X-Forwarded-Host": "sur test"], "127.0.0.1 http norte.test"),
        ] as [([String: String], String)])
    func `a trusted proxy is believed as far as it can know`(sent: [String: String], expected: String) async throws {
        for isTrusted in [true, false] {
            var configuration = ServerConfiguration(listeners: [.init(.ip(.loopback, port: 0))])
            if isTrusted {
                configuration.believesForwardedHost = true
                configuration.trustedProxies = ["127.0.0.0/8", "10.0.0.0/8"].compactMap { AddressRange($0) }
            }
            try await RunningServer.run(configuration, handler: { .text("\($0.client) \($0.scheme) \($0.host)") }) {
                server in
                let lines = sent.map { "\($0): \($1)\r\n" }.joined()
                let text = try await server.client { client in
                    try client.send("GET / HTTP/1.1\r\nHost: norte.test\r\n\(lines)\r\n")
                    return try client.response().text
                }
                #expect(text == (isTrusted ? expected : "127.0.0.1 http norte.test"))
            }
        }
    }

    @Test func `a trusted proxy's word about the host counts only where that was asked for`() async throws {
        var configuration = ServerConfiguration(listeners: [.init(.ip(.loopback, port: 0))])
        configuration.trustedProxies = ["127.0.0.0/8"].compactMap { AddressRange($0) }
        try await RunningServer.run(configuration, handler: { .text("\($0.client) \($0.host)") }) { server in
            let text = try await server.client { client in
                try client.send(
                    "GET / HTTP/1.1\r\nHost: norte.test\r\nX-Forwarded-For: 9.9.9.9\r\nX-Forwarded-Host: sur.test\r\n\r\n"
                )
                return try client.response().text
            }
            #expect(text == "9.9.9.9 norte.test")
        }
    }

    @Test(
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Mon, 06 Nov 1994 08:49:37 GMT", nil), ("Sun, 6 Nov 1994 08:49:37 GMT", nil),
            ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("Sunday, 06-Nov-94 08:49:37 GMT", nil), ("", nil),
            ("Sun, 06 Nov 1994 08:49:60 GMT", nil),
        ] as [(String, Int?)])
    func `a date is read as it is written`(text: String, seconds: Int?) {
        #expect(HTTPDate.seconds(text) == seconds)
        if let seconds { #expect(HTTPDate.text(seconds) == text) }
    }

    @Test(arguments: [
        ("text/html,application/xhtml+xml,*/*;q=0.8", true), ("*/*", false), ("application/json", false),
        ("application/json, text/html;q=0.5", false), ("text/html;q=0", false), ("", false),
    ])
    func `a browser is told from a program`(accept: String, isBrowser: Bool) {
        #expect(Array(accept.utf8).withUnsafeBytes { Accept.prefersPage($0) } == isBrowser)
    }
}
