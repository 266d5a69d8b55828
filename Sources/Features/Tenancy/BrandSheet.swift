/// The company's colours as a style sheet. They are numbers, so nothing else can get into it, and they are corrected until
/// text in them can be read.
package struct BrandSheet: Sendable, Equatable {
    package let brand: Colour
    package let onBrand: Colour
    package let accentOnLight: Colour
    package let accentOnDark: Colour

    /// What text stands on, as style.css has it: --paper and --ground.
    static let light = [Colour(rgb: 0xFFFFFF), Colour(rgb: 0xF4F6F8)]
    static let dark = [Colour(rgb: 0x14181D), Colour(rgb: 0x0D1014)]

    package init(_ brand: Brand) {
        self.brand = brand.colour
        onBrand = brand.colour.readableText
        let accent = brand.accent ?? brand.colour
        accentOnLight = accent.readable(on: Self.light)
        accentOnDark = accent.readable(on: Self.dark)
    }

    package var text: String { ":root{\(rules)}\n" }

    /// For a part of a page only: how it would look.
    package var previewText: String { ".preview{\(rules)}\n" }

    private var rules: String {
        "--brand:\(brand.text);--on-brand:\(onBrand.text);"
            + "--accent:light-dark(\(accentOnLight.text),\(accentOnDark.text));--link:var(--accent)"
    }

    package var tag: String { "\"\(brand.rgb)-\(accentOnLight.rgb)-\(accentOnDark.rgb)\"" }
}
