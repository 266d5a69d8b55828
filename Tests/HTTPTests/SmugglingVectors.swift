/// A request that two programs could read in two ways, or that no honest client sends.
struct Vector: Sendable {
    let name: String
    let bytes: [UInt8]
    let status: Int

    init(_ name: String, _ text: String, status: Int = 400) {
        self.init(name, Array(text.utf8), status: status)
    }

    init(_ name: String, _ bytes: [UInt8], status: Int = 400) {
        self.name = name
        self.bytes = bytes
        self.status = status
    }

    enum Part: CaseIterable, Sendable {
        case lines, names, values, lengths, codings, chunks, trailers, targets, hosts, others

        var vectors: [Vector] {
            switch self {
            case .lines: Vector.lines
            case .names: Vector.names
            case .values: Vector.values
            case .lengths: Vector.lengths
            case .codings: Vector.codings
            case .chunks: Vector.chunks
            case .trailers: Vector.trailers
            case .targets: Vector.targets
            case .hosts: Vector.hosts
            case .others: Vector.others
            }
        }
    }
}

extension Vector {
    static let all = Part.allCases.flatMap(\.vectors)

    private static func head(_ name: String, _ fields: String, status: Int = 400) -> Vector {
        Vector(name, "POST /first HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\n", status: status)
    }

    private static func chunked(_ name: String, _ body: String) -> Vector {
        Vector(name, "POST /first HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(body)")
    }

    private static func line(_ name: String, _ line: String, status: Int = 400) -> Vector {
        Vector(name, "\(line)\r\nHost: a\r\n\r\n", status: status)
    }

    static let lines: [Vector] = [
        line("lower-case method", "get /first HTTP/1.1"),
        line("method with a separator", "G(T /first HTTP/1.1"),
        line("method in quotes", "\"GET\" /first HTTP/1.1"),
        line("method too long", "ABCDEFGHIJKLMNOPQRSTUVWXYZ /first HTTP/1.1", status: 501),
        line("CONNECT", "CONNECT a:443 HTTP/1.1", status: 501),
        line("no version (HTTP/0.9)", "GET /first"),
        line("version 1.10", "GET /first HTTP/1.10"),
        line("version 01.1", "GET /first HTTP/01.1"),
        line("version with a sign", "GET /first HTTP/+1.1"),
        line("version in lower case", "GET /first http/1.1"),
        line("version 1.2", "GET /first HTTP/1.2", status: 505),
        line("version 2.0", "GET /first HTTP/2.0", status: 505),
        line("version 0.9 in words", "GET /first HTTP/0.9", status: 505),
        line("version of another protocol", "GET /first ICAP/1.1"),
        line("two spaces before the target", "GET  /first HTTP/1.1"),
        line("two spaces before the version", "GET /first  HTTP/1.1"),
        line("tab as separator", "GET\t/first HTTP/1.1"),
        line("vertical tab as separator", "GET\u{0B}/first HTTP/1.1"),
        line("space behind the version", "GET /first HTTP/1.1 "),
        line("space before the method", " GET /first HTTP/1.1"),
        line("tab before the method", "\tGET /first HTTP/1.1"),
        line("two empty lines before", "\r\n\r\nGET /first HTTP/1.1"),
        line("bare LF before", "\nGET /first HTTP/1.1"),
        Vector("request line ends in bare LF", "GET /first HTTP/1.1\nHost: a\r\n\r\n"),
        Vector("request line ends in bare CR", "GET /first HTTP/1.1\rHost: a\r\n\r\n"),
        Vector("request line over two lines", "GET /first\nHTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector("NUL before the request", [0] + Array("GET /first HTTP/1.1\r\nHost: a\r\n\r\n".utf8)),
        Vector("header lines end in bare LF", "GET /first HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"),
        Vector("head ends in bare LFs", "GET /first HTTP/1.1\r\nHost: a\n\n"),
        Vector("head ends in CR LF LF", "GET /first HTTP/1.1\r\nHost: a\r\n\n"),
        Vector("head ends in CR CR LF", "GET /first HTTP/1.1\r\nHost: a\r\n\r\r\n"),
        Vector("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", status: 505),
    ]

    static let names: [Vector] = [
        head("space before the colon", "Content-Length : 5"),
        head("tab before the colon", "Content-Length\t: 5"),
        head("obsolete line folding with space", "X: a\r\n Content-Length: 5"),
        head("obsolete line folding with tab", "X: a\r\n\tb"),
        Vector("blank before the first header", "POST /first HTTP/1.1\r\n Host: a\r\nContent-Length: 0\r\n\r\n"),
        head("empty name", ": x"),
        head("name of a blank", " : x"),
        head("line without a colon", "Content-Length 5"),
        head("name with a separator", "Content(Length): 5"),
        head("name with NUL", "Content-Length\u{0}: 5"),
        head("name with a control character", "Content\u{1}-Length: 5"),
        Vector(
            "name with a byte above ASCII",
            Array("POST /first HTTP/1.1\r\nHost: a\r\n".utf8) + [0xFF] + Array("Foo: b\r\n\r\n".utf8)),
        head("name with CR", "Content-\rLength: 5"),
    ]

    static let values: [Vector] = [
        head("value with NUL", "X: a\u{0}b"),
        head("value with bare CR", "X: a\rContent-Length: 5"),
        head("value with bare LF", "X: a\nContent-Length: 5"),
        head("value with DEL", "X: a\u{7F}b"),
        head("value with vertical tab", "X: a\u{0B}b"),
        head("value with ESC", "X: \u{1B}[2J"),
    ]

    static let lengths: [Vector] = [
        head("Content-Length twice, the same", "Content-Length: 5\r\nContent-Length: 5"),
        head("Content-Length twice, different", "Content-Length: 5\r\nContent-Length: 6"),
        head("Content-Length as a list", "Content-Length: 5, 5"),
        head("Content-Length as a list of two", "Content-Length: 0,5"),
        head("Content-Length with plus", "Content-Length: +5"),
        head("Content-Length negative", "Content-Length: -5"),
        head("Content-Length minus zero", "Content-Length: -0"),
        head("Content-Length hexadecimal", "Content-Length: 0x5"),
        head("Content-Length with underscore", "Content-Length: 1_0"),
        head("Content-Length octal", "Content-Length: 010"),
        head("Content-Length with a blank inside", "Content-Length: 1 0"),
        head("Content-Length with vertical tab before", "Content-Length: \u{0B}5"),
        head("Content-Length with a letter behind", "Content-Length: 5a"),
        head("Content-Length with a fraction", "Content-Length: 5.0"),
        head("Content-Length with an exponent", "Content-Length: 5e0"),
        head("Content-Length empty", "Content-Length:"),
        head("Content-Length in quotes", "Content-Length: \"5\""),
        head("Content-Length over 64 bits", "Content-Length: 18446744073709551621"),
        head("Content-Length of many digits", "Content-Length: 00000000000000000000005"),
        head("Content-Length in other digits", "Content-Length: \u{0665}"),
        Vector("GET with a body", "GET /first HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"),
        Vector("HEAD with a body", "HEAD /first HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"),
        Vector("GET with chunks", "GET /first HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ]

    static let codings: [Vector] = [
        head("length and chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked"),
        head("chunks and length", "Transfer-Encoding: chunked\r\nContent-Length: 5"),
        head("zero length and chunks", "Content-Length: 0\r\nTransfer-Encoding: chunked"),
        head("chunked twice in a list", "Transfer-Encoding: chunked, chunked"),
        head("chunked twice in two headers", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
        head("identity behind chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"),
        head("xchunked", "Transfer-Encoding: xchunked"),
        head("chunked with a letter behind", "Transfer-Encoding: chunkedx"),
        head("chunked with a parameter", "Transfer-Encoding: chunked;a=b"),
        head("chunked with a bare semicolon", "Transfer-Encoding: chunked;"),
        head("chunked in quotes", "Transfer-Encoding: \"chunked\""),
        head("chunked behind vertical tab", "Transfer-Encoding: \u{0B}chunked"),
        head("chunked behind a comma", "Transfer-Encoding: ,chunked"),
        head("chunked before a comma", "Transfer-Encoding: chunked,"),
        head("chunked not last", "Transfer-Encoding: chunked, gzip"),
        head("gzip alone", "Transfer-Encoding: gzip"),
        head("gzip before chunked", "Transfer-Encoding: gzip, chunked", status: 501),
        head("identity", "Transfer-Encoding: identity"),
        head("Transfer-Encoding empty", "Transfer-Encoding:"),
        head("Transfer-Encoding with NUL", "Transfer-Encoding: chunked\u{0}"),
        Vector(
            "Transfer-Encoding in HTTP/1.0",
            "POST /first HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ]

    static let chunks: [Vector] = [
        chunked("chunk size with 0x", "0x5\r\nhello\r\n0\r\n\r\n"),
        chunked("chunk size with underscore", "0_5\r\nhello\r\n0\r\n\r\n"),
        chunked("chunk size with plus", "+5\r\nhello\r\n0\r\n\r\n"),
        chunked("chunk size negative", "-5\r\nhello\r\n0\r\n\r\n"),
        chunked("chunk size over 64 bits", "10000000000000005\r\nhello\r\n0\r\n\r\n"),
        chunked("chunk size of many digits", "00000000000000000005\r\nhello\r\n0\r\n\r\n"),
        chunked("chunk size with a space behind", "5 \r\nhello\r\n0\r\n\r\n"),
        chunked("chunk size with a space before", " 5\r\nhello\r\n0\r\n\r\n"),
        chunked("chunk size with a tab behind", "5\t\r\nhello\r\n0\r\n\r\n"),
        chunked("chunk size missing", "\r\nhello\r\n0\r\n\r\n"),
        chunked("chunk size only an extension", ";a=b\r\nhello\r\n0\r\n\r\n"),
        chunked("chunk size no number", "Z\r\nhello\r\n0\r\n\r\n"),
        chunked("chunk size line ends in bare LF", "5\nhello\r\n0\r\n\r\n"),
        chunked("chunk size line ends in bare CR", "5\rhello\r\n0\r\n\r\n"),
        chunked("chunk size line ends in CR CR LF", "5\r\r\nhello\r\n0\r\n\r\n"),
        chunked("chunk extension with bare LF", "5;a\nb\r\nhello\r\n0\r\n\r\n"),
        chunked("chunk extension with bare CR", "5;a\rb\r\nhello\r\n0\r\n\r\n"),
        chunked("chunk extension with NUL", "5;a\u{0}\r\nhello\r\n0\r\n\r\n"),
        chunked("CR before a chunk extension", "5\r;a\r\nhello\r\n0\r\n\r\n"),
        chunked("chunk extension too long", "5;\(String(repeating: "a", count: 5000))\r\nhello\r\n0\r\n\r\n"),
        chunked("chunk extensions too many", String(repeating: "1;abcdefgh\r\na\r\n", count: 600) + "0\r\n\r\n"),
        chunked("data longer than its chunk", "5\r\nhelloo\r\n0\r\n\r\n"),
        chunked("data ends in bare LF", "5\r\nhello\n0\r\n\r\n"),
        chunked("data ends in bare CR", "5\r\nhello\r0\r\n\r\n"),
        chunked("data does not end", "5\r\nhello0\r\n\r\n"),
        chunked("last chunk ends in bare LF", "5\r\nhello\r\n0\n\r\n"),
        chunked("body ends in bare LF", "5\r\nhello\r\n0\r\n\n"),
        chunked("body ends in CR and a letter", "5\r\nhello\r\n0\r\n\rX"),
    ]

    static let trailers: [Vector] = [
        chunked("Content-Length in a trailer", "0\r\nContent-Length: 50\r\n\r\n"),
        chunked("Transfer-Encoding in a trailer", "0\r\nTransfer-Encoding: chunked\r\n\r\n"),
        chunked("Host in a trailer", "0\r\nHost: other\r\n\r\n"),
        chunked("Cookie in a trailer", "0\r\nCookie: a=b\r\n\r\n"),
        chunked("trailer without a colon", "0\r\nGET /smuggled HTTP/1.1\r\n\r\n"),
        chunked("trailer with a blank before its colon", "0\r\nX : y\r\n\r\n"),
        chunked("trailer folded", "0\r\nX: y\r\n z\r\n\r\n"),
        chunked("trailer with bare LF", "0\r\nX: y\nZ: z\r\n\r\n"),
        chunked("trailer with NUL", "0\r\nX: \u{0}\r\n\r\n"),
        chunked("trailers too long", "0\r\n" + String(repeating: "X-A: bbbbbbbbbb\r\n", count: 500) + "\r\n"),
    ]

    static let targets: [Vector] = [
        line("authority form", "GET a:80 HTTP/1.1"),
        line("asterisk form", "GET * HTTP/1.1"),
        line("relative path", "GET first HTTP/1.1"),
        line("question mark alone", "GET ?first HTTP/1.1"),
        line("fragment", "GET /first#x HTTP/1.1"),
        line("absolute form of another host", "GET http://b/first HTTP/1.1"),
        line("absolute form of another port", "GET http://a:81/first HTTP/1.1"),
        line("absolute form with a user", "GET http://u@a/first HTTP/1.1"),
        line("absolute form without a host", "GET http:///first HTTP/1.1"),
        line("absolute form of another scheme", "GET ftp://a/first HTTP/1.1"),
        line("absolute form with one slash", "GET http:/a/first HTTP/1.1"),
        line("dot segments", "GET /x/../first HTTP/1.1"),
        line("escaped dot segments", "GET /x/%2e%2E/first HTTP/1.1"),
        line("single dot", "GET /./first HTTP/1.1"),
        line("escaped NUL", "GET /first%00 HTTP/1.1"),
        line("escaped slash", "GET /x%2ffirst HTTP/1.1"),
        line("escaped line break", "GET /first%0d%0a HTTP/1.1"),
        line("broken escape", "GET /first%4 HTTP/1.1"),
        line("escape that is none", "GET /first%zz HTTP/1.1"),
        line("broken escape in the query", "GET /first?a=%1 HTTP/1.1"),
        line("escaped bytes that are not UTF-8", "GET /first%ff HTTP/1.1"),
        line("backslash in the path", "GET /x\\first HTTP/1.1"),
        Vector(
            "byte above ASCII in the target",
            Array("GET /first".utf8) + [0xC3, 0xB1] + Array(" HTTP/1.1\r\nHost: a\r\n\r\n".utf8)),
        Vector("DEL in the target", "GET /first\u{7F} HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector("NUL in the target", "GET /first\u{0} HTTP/1.1\r\nHost: a\r\n\r\n"),
    ]

    private static func host(_ name: String, _ fields: String) -> Vector {
        Vector(name, "GET /first HTTP/1.1\r\n\(fields)\r\n\r\n")
    }

    static let hosts: [Vector] = [
        host("no Host", "X: y"),
        host("Host twice, the same", "Host: a\r\nHost: a"),
        host("Host twice, different", "Host: a\r\nHost: b"),
        host("Host empty", "Host:"),
        host("Host with a user", "Host: u@a"),
        host("Host with a blank", "Host: a b"),
        host("Host as a list", "Host: a, b"),
        host("Host with a path", "Host: a/b"),
        host("Host with a query", "Host: a?b"),
        host("Host with a scheme", "Host: http://a"),
        host("Host with an escape", "Host: a%2fb"),
        host("Host with a port that is none", "Host: a:b"),
        host("Host with port 0", "Host: a:0"),
        host("Host with a port too high", "Host: a:65536"),
        host("Host with an empty port", "Host: a:"),
        host("Host with two ports", "Host: a:80:80"),
        host("Host with an open bracket", "Host: [::1"),
        host("Host with brackets round a name", "Host: [a]"),
        host("Host beginning with a dot", "Host: .a"),
        host("Host with two dots", "Host: a..b"),
    ]

    static let others: [Vector] = [
        head("another expectation", "Expect: 200-ok", status: 417),
        head("expectation as a list", "Expect: 100-continue, x", status: 417),
        head("expectation empty", "Expect:", status: 417),
        head("too many headers", (0..<101).map { "X\($0): y" }.joined(separator: "\r\n"), status: 431),
        head("head too long", "X: " + String(repeating: "y", count: 17000), status: 431),
        line("target too long", "GET /" + String(repeating: "y", count: 9000) + " HTTP/1.1", status: 414),
    ]
}
