/// The company's colours as a style sheet. Colours are numbers, so nothing else can be injected, and they are corrected
/// until text has enough contrast.
package struct BrandSheet: Sendable, Equatable {
    package let brand: Colour
    package let onBrand: Colour
    package let accentOnLight: Colour
    package let accentOnDark: Colour
    /// A hash of the colours.
    package let mark: String
    /// With the hash, for pages that know the tenant: changed colours show at once.
    package let address: String

    /// The backgrounds of text in style.css: --paper, --ground, --hover and --raised.
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

    /// For a preview within a page.
    package var previewText: String { ".preview{\(rules)}\n" }

    private var rules: String {
        "--brand:\(brand.text);--on-brand:\(onBrand.text);"
            + "--accent:light-dark(\(accentOnLight.text),\(accentOnDark.text));--link:var(--accent)"
    }
}
