import Glibc

/// A brand's colour as a number, so that nothing can be injected into a style sheet.
package struct Colour: Sendable, Equatable {
    package let rgb: UInt32

    package init(rgb: UInt32) { self.rgb = rgb & 0xFFFFFF }

    /// `#1f6feb`.
    package init?(_ text: String) {
        let digits = text.utf8.dropFirst()
        guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6,
            let rgb = UInt32(String(decoding: digits, as: UTF8.self), radix: 16), digits.first != UInt8(ascii: "+")
        else { return nil }
        self.rgb = rgb
    }

    package static let black = Colour(rgb: 0)
    package static let white = Colour(rgb: 0xFFFFFF)

    package var text: String {
        let digits = String(rgb, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }

    /// Black or white, whichever has more contrast on this colour: one of them always has 4.5 to 1.
    package var readableText: Colour {
        contrast(with: .black) >= contrast(with: .white) ? .black : .white
    }

    /// WCAG 2 contrast: 1 for equal colours, 21 for black on white.
    package func contrast(with other: Colour) -> Double {
        let (lighter, darker) = (max(luminance, other.luminance), min(luminance, other.luminance))
        return (lighter + 0.05) / (darker + 0.05)
    }

    /// The same hue, darkened or lightened just enough for that contrast on all these backgrounds.
    package func readable(on grounds: [Colour], ratio: Double = 4.5) -> Colour {
        let areLight = grounds.allSatisfy { $0.luminance > 0.18 }
        let end: Colour = areLight ? .black : .white
        for step in 0...100 {
            let mixed = mixed(with: end, hundredths: UInt32(step))
            if grounds.allSatisfy({ mixed.contrast(with: $0) >= ratio }) { return mixed }
        }
        return end
    }

    func mixed(with other: Colour, hundredths: UInt32) -> Colour {
        func channel(_ shift: UInt32) -> UInt32 {
            let (own, its) = (rgb >> shift & 0xFF, other.rgb >> shift & 0xFF)
            return ((own * (100 - hundredths) + its * hundredths) / 100) << shift
        }
        return Colour(rgb: channel(16) | channel(8) | channel(0))
    }

    private var luminance: Double {
        0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb)
    }

    /// The sRGB transfer function.
    private func linear(_ channel: UInt32) -> Double {
        let part = Double(channel & 0xFF) / 255
        return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
}
