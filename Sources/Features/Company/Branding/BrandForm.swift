import HTTP
import Locale
import Nouns
import Panel
import Tenancy

/// The form of colours and texts.
struct BrandForm {
    fileprivate(set) var colour: Colour
    fileprivate(set) var accent: Colour
    private(set) var texts: [BrandText: String]
    private(set) var faults: [FormFault] = []

    init(_ brand: Brand, _ texts: [BrandText: String]) {
        colour = brand.colour
        accent = brand.accent ?? brand.colour
        self.texts = texts
    }

    init(_ fields: Fields, changing brand: Brand) throws {
        try fields.allow(Set(["colour", "accent"] + BrandText.allCases.map(\.rawValue)))
        colour = brand.colour
        accent = brand.accent ?? brand.colour
        texts = [:]
        for (name, path) in [("colour", \BrandForm.colour), ("accent", \BrandForm.accent)]
            as [(String, WritableKeyPath<BrandForm, Colour>)]
        {
            guard let text = fields[name] else { continue }
            if let chosen = Colour(text) {
                self[keyPath: path] = chosen
            } else {
                faults.append(FormFault(name: name, message: BrandWords.colourWrong.message))
            }
        }
        for name in BrandText.allCases {
            let text =
                name.isLong ? FormText.lines(fields[name.rawValue]) : FormText.line(fields[name.rawValue], upTo: 300)
            if text.scalarCount > name.length {
                faults.append(FormFault(name: name.rawValue, message: BrandWords.tooLong.message))
            }
            texts[name] = text
        }
        if let address = texts[.replyTo], !address.isEmpty, !Self.isAddress(address) {
            faults.append(FormFault(name: BrandText.replyTo.rawValue, message: BrandWords.addressWrong.message))
        }
    }

    func brand(of known: Brand) -> Brand {
        Brand(colour: colour, accent: accent == colour ? nil : accent, logo: known.logo)
    }

    /// Whether the text is a plain e-mail address that cannot inject a header or a second address.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && parts[1].last != "."
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>()[]\\,;:\"".utf8.contains($0) }
    }
}

extension BrandText {
    var isLong: Bool {
        switch self {
        case .senderName, .replyTo: false
        case .invoiceFooter, .receiptFooter, .mailFooter: true
        }
    }
}
