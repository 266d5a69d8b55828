import HTML
import Testing

@Suite struct EscapingTests {
    static let payloads = [
        "<script>alert(1)</script>", "</title><script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
        "\" onfocus=\"alert(1)", "<!--", "-->", "]]>", "<![CDATA[", "&lt;script&gt;", "&#60;script&#62;",
        "<svg/onload=alert(1)>",
        "</textarea><script>", "\u{0}<\u{0}script>", "\u{1}\u{8}\u{B}\u{1F}", "<\nscript\n>", "`onload=x`", "{{7*7}}",
        "${7*7}",
        "＜script＞", "<ſcript>", "\u{2028}<b>", "\u{202E}<b>", "a\"b'c<d>e&f", "1234567\"", "12345678<",
        "<<<<<<<<>>>>>>>>&&&&''''\"\"\"\"",
    ]

    @Test(arguments: payloads)
    func `text and attribute values stay what they are`(payload: String) {
        let page = div(.title(payload), .class(payload), .data("x", payload), .aria("label", payload)) { payload }
        let html = page.text
        #expect(html.count { $0 == "<" } == 2)
        #expect(html.count { $0 == ">" } == 2)
        #expect(html.count { $0 == "\"" } == 8)
        #expect(!html.contains("'"))
        #expect(html.unicodeScalars.allSatisfy { $0.value >= 0x20 || "\t\n\r".unicodeScalars.contains($0) })
        #expect(unescaped(inner(html)) == printable(payload))
        #expect(textarea(.name(payload), text: payload).text.count { $0 == "<" } == 2)
        #expect(title { payload }.text.count { $0 == "<" } == 2)
    }

    @Test(arguments: [
        "/", "", "#top", "?page=2", "/clients/1?a=b&c=d:e", "../up", "clients/a:b", "https://norte.example/",
        "HTTP://x", "mailto:a@b.c",
        "tel:+5255", "//cdn.example/x", "/a b", "#a:b", "?u=javascript:alert(1)", "/javascript:alert(1)", "niño",
        "a/b&c",
    ])
    func `links to pages, mail and phones pass`(url: String) {
        #expect(unescaped(a(.href(url)).text) == "<a href=\"\(url)\"></a>")
    }

    @Test(arguments: [
        "javascript:alert(1)", "JavaScript:alert(1)", "JAVASCRIPT:x", " javascript:x", "\tjavascript:x",
        "\njavascript:x", "java\tscript:x",
        "java\nscript:x", "java\r\nscript:x", "\u{1}javascript:x", "\u{0}javascript:x", "java\u{0}script:x",
        "javascript\t:x",
        "javascript :x", "data:text/html,<script>", "DATA:text/html;base64,x", "vbscript:x", "VbScript:x",
        "file:///etc/passwd",
        "blob:x", "about:blank", "view-source:x", "ws://x", "ftp://x", "javascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "&#106;avascript:x", "&Tab;javascript:x", "java&NewLine;script:x", ":x", "http\u{7F}://x", "httpſ:x",
        "\u{FEFF}javascript:x",
        "feed:javascript:x", "https\u{0}:x", "/path\u{0}", "/a\nb", "h\ttp://x", "javascript:/x", "javascript:?x",
        "javascript:#x",
    ])
    func `a link to anything that could run is neutralised`(url: String) {
        let expected = "about:invalid"
        #expect(a(.href(url)).text == "<a href=\"\(expected)\"></a>")
        #expect(form(.action(url)).text == "<form action=\"\(expected)\"></form>")
        #expect(button(.formaction(url)).text == "<button formaction=\"\(expected)\"></button>")
        #expect(img(.src(url)).text == "<img src=\"\(expected)\">")
        #expect(script(src: url).text == "<script src=\"\(expected)\"></script>")
    }

    /// However text, attributes and nesting fall, the page has the tags that were asked for and no others.
    @Test(arguments: 1...6)
    func `random text never adds a tag`(seed: UInt64) {
        var dice = Dice(seed: seed)
        for _ in 0..<500 {
            var tags = 0
            let html = randomMarkup(depth: 4, tags: &tags, dice: &dice).text
            #expect(html.utf8.count { $0 == UInt8(ascii: "<") } == tags)
            #expect(html.utf8.count { $0 == UInt8(ascii: ">") } == tags)
        }
    }

    private func randomMarkup(depth: Int, tags: inout Int, dice: inout Dice) -> Markup {
        var parts: [Markup] = []
        for _ in 0..<Int.random(in: 0...3, using: &dice) {
            let text = dice.text(upTo: 20)
            switch Int.random(in: 0..<(depth > 0 ? 5 : 3), using: &dice) {
            case 0: parts.append(.text(text))
            case 1:
                parts.append(input(.value(text), .name(text), .disabled()))
                tags += 1
            case 2:
                parts.append(a(.href(text), .class(text)) { text })
                tags += 2
            default:
                let inside = randomMarkup(depth: depth - 1, tags: &tags, dice: &dice)
                parts.append(div(.data("note", text)) { inside })
                tags += 2
            }
        }
        return .group(parts)
    }

    private func inner(_ html: String) -> String {
        String(html[html.index(after: html.firstIndex(of: ">")!)..<html.lastIndex(of: "<")!])
    }

    private func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.value < 0x20 && !"\t\n\r".unicodeScalars.contains($0) ? "\u{FFFD}" : $0 }))
    }
}

/// What a browser reads from our five references.
func unescaped(_ html: String) -> String {
    var text = ""
    var rest = html[...]
    let references = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")]
    while let first = rest.first {
        if let (reference, meaning) = references.first(where: { rest.hasPrefix($0.0) }) {
            text += meaning
            rest = rest.dropFirst(reference.count)
        } else {
            text.append(first)
            rest = rest.dropFirst()
        }
    }
    return text
}

extension Markup {
    var text: String {
        var bytes: [UInt8] = []
        render(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Randomness that repeats: a failure's seed is in the test.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func text(upTo length: Int) -> String {
        let alphabet: [Unicode.Scalar] = [
            "a", "<", ">", "\"", "'", "&", "/", "\n", "\u{0}", "ñ", "🛰", ":", ";", "#", " ", "=",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...length, using: &self) { text.append(alphabet.randomElement(using: &self)!) }
        return String(text)
    }
}
