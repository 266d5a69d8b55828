/// The company's colours as a style sheet. They are numbers, so nothing else can get into it, and they are corrected until
/// text in them can be read.
package struct BrandSheet: Sendable, Equatable {
    package let brand: Colour
    package let onBrand: Colour
    package let accentOnLight: Colour
    package let accentOnDark: Colour
    /// Another for other colours.
    package let mark: String
    /// For a page that knows whose it is: whoever changed the colours sees them on the next one.
    package let address: String

    /// What text stands on, as style.css has it: --paper, --ground, --hover and --raised.
    static let light = [0xFFFFFF, 0xF7F8FA, 0xEEF1F5].map { Colour(rgb: $0) }
    static let dark = [0x15191F, 0x0E1115, 0x1D232B, 0x1B2027].map { Colour(rgb: $0) }

    package init(colour: Colour, accent: Colour) {
        brand = colour
        onBrand = colour.readableText
        accentOnLight = accent.readable(on: Self.light)
        accentOnDark = accent.readable(on: Self.dark)
        mark = [brand, accentOnLight, accentOnDark].map { String($0.text.dropFirst()) }.joined(separator: "-")
        address = "/assets/brand.css?v=\(mark)"
    }

    package var text: String { ":root{\(rules)}\n" }

    /// For a part of a page only: how it would look.
    package var previewText: String { ".preview{\(rules)}\n" }

    private var rules: String {
        "--brand:\(brand.text);--on-brand:\(onBrand.text);"
            + "--accent:light-dark(\(accentOnLight.text),\(accentOnDark.text));--link:var(--accent)"
    }
}
