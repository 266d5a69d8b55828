import Testing

/// Files that end or hold up the libraries that read them, each known from an attack or from a fuzzer.
struct HostileFile: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]

    var testDescription: String { name }

    private init(_ name: String, drawing inside: String) {
        self.name = name
        bytes = Array("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'>\(inside)</svg>".utf8)
    }

    static let all: [HostileFile] = [
        HostileFile("1,200 nested <use>", drawing: nested("<g id='a%0'><use href='#a%1'/></g>", 1200)),
        HostileFile(
            "1,200 nested <pattern>",
            drawing: nested(
                "<pattern id='a%0' width='9' height='9'><rect width='9' height='9' fill='url(#a%1)'/></pattern>", 1200)
                + "<rect width='99' height='99' fill='url(#a0)'/>"),
        HostileFile(
            "1,200 nested <mask>",
            drawing: nested("<mask id='a%0'><rect width='99' height='99' mask='url(#a%1)'/></mask>", 1200)
                + "<rect width='99' height='99' mask='url(#a0)'/>"),
        HostileFile(
            "1,200 nested <clipPath>",
            drawing: nested("<clipPath id='a%0' clip-path='url(#a%1)'><rect width='99' height='99'/></clipPath>", 1200)
                + "<rect width='99' height='99' clip-path='url(#a0)'/>"),
        HostileFile(
            "40,000 elements within each other",
            drawing: String(repeating: "<g>", count: 40_000) + String(repeating: "</g>", count: 40_000)),
        HostileFile(
            "a <text> of 250 KB", drawing: "<text y='9'>\(String(repeating: "palabra ", count: 31_000))</text>"),
        HostileFile(
            "a <text> of 120,000 combining accents",
            drawing: "<text y='9'>e\(String(repeating: "\u{301}", count: 120_000))</text>"),
        HostileFile(
            "a <text> of 60,000 emoji",
            drawing: "<text y='9'>\(String(repeating: "👩‍👩‍👧", count: 13_000))</text>"),
        HostileFile("letters of 1e30 pixels", drawing: "<text font-size='1e30' y='9'>Aa</text>"),
        HostileFile(
            "feTurbulence with 1,000 octaves",
            drawing: "<filter id='f'><feTurbulence baseFrequency='.01' numOctaves='1000'/></filter>"
                + "<rect width='100' height='100' filter='url(#f)'/>"),
        HostileFile(
            "feGaussianBlur, feMorphology and feConvolveMatrix, 300 times",
            drawing: "<filter id='f'>"
                + String(
                    repeating: "<feGaussianBlur stdDeviation='90'/><feMorphology radius='90'/>", count: 300)
                + "</filter><rect width='100' height='100' filter='url(#f)'/>"),
        HostileFile(
            "a picture of itself, ten times ten times …",
            drawing: (0..<9).map { level in
                let uses = String(repeating: "<use href='#l\(level + 1)'/>", count: 10)
                return "<g id='l\(level)'>\(uses)</g>"
            }.joined() + "<g id='l9'><rect width='1' height='1'/></g>"),
        HostileFile(
            "a dashed line of 1e9 dashes", drawing: "<path d='M0 0h1e9' stroke='red' stroke-dasharray='1e-3'/>"),
        HostileFile(
            "30,000 curves",
            drawing:
                "<path stroke='red' stroke-width='9' d='M0 0\(String(repeating: "c9 99-9-9 3 3", count: 18_000))'/>"),
        HostileFile(
            "<marker> on 20,000 corners",
            drawing:
                "<marker id='m'><rect width='9' height='9'/></marker><path marker-mid='url(#m)' d='M0 0\(String(repeating: "l1 1", count: 20_000))'/>"
        ),
        HostileFile(
            "gradients of 9,000 stops",
            drawing:
                "<linearGradient id='g'>\(String(repeating: "<stop offset='.5'/>", count: 9000))</linearGradient><rect width='99' height='99' fill='url(#g)'/>"
        ),
        HostileFile(
            "styles with 5,000 selectors",
            drawing:
                "<style>\(String(repeating: "g g g g > * ~ rect{fill:red}", count: 5000))</style>\(String(repeating: "<rect/>", count: 5000))"
        ),
    ]

    private static func nested(_ element: String, _ depth: Int) -> String {
        (0..<depth).map {
            element.replacing("%0", with: "\($0)").replacing("%1", with: "\($0 + 1)")
        }.joined() + "<g id='a\(depth)'/>"
    }
}
