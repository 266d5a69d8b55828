import Identifiers
import Locale
import Postgres
import Time

/// An Internet provider of this installation: whose clients, money and brand these are.
package struct Tenant: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Tenant>

    package let id: ID
    package let slug: String
    package let name: String
    package let state: State
    package let region: Region
    package let language: Language
    package let currency: Currency
    package let zone: Zone
    package let colour: Colour

    package enum State: String, Sendable, CaseIterable {
        case trial, active, suspended, closed
    }

    /// How a text is written for this tenant's people unless they ask for another language.
    package var reader: Reader { Reader(language, in: region) }
}

/// A brand's colour, kept as a number: nothing else can be smuggled into a style sheet.
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

    package var text: String {
        let digits = String(rgb, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }

    /// Black or white, whichever reads better on this colour (WCAG 2 contrast).
    package var readableText: Colour { luminance > 0.179 ? Colour(rgb: 0) : Colour(rgb: 0xFFFFFF) }

    private var luminance: Double {
        0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb)
    }

    /// sRGB's curve, close enough by a square to choose between two texts.
    private func linear(_ channel: UInt32) -> Double {
        let part = Double(channel & 0xFF) / 255
        return part * part
    }
}
