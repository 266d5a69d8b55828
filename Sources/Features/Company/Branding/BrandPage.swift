import Access
import HTML
import Locale
import Nouns
import Panel
import Tenancy

/// Ajustes › Marca: logo, colours, and the texts on papers and mail.
struct BrandPage: View {
    let form: BrandForm
    let logoFault: Message?
    let visit: Visit

    private var mayAct: Bool { visit.mayAct(with: .settingsManage) }

    var body: Markup {
        let reader = visit.reader
        h1 { BrandWords.brand.text(for: reader) }
        LogoCard(brand: visit.tenant.brand, fault: logoFault, mayAct: mayAct, reader: reader)
        HTML.form(.class("card"), .method(.post), .action("/panel/brand")) {
            ErrorSummary(
                BrandWords.problems.text(for: reader),
                errors: form.faults.map { ($0.name, $0.message.text(for: reader)) })
            h2 { BrandWords.colours.text(for: reader) }
            p(.class("hint")) { BrandWords.coloursHint.text(for: reader) }
            ColourFields(form: form, reader: reader)
            BrandPreview(name: visit.tenant.name, form: form, reader: reader)
            if mayAct {
                button(.type("submit"), .formaction("/panel/brand/preview")) { BrandWords.preview.text(for: reader) }
            }
            h2 { BrandWords.mail.text(for: reader) }
            for name in BrandText.allCases where !name.isLong { field(name, reader) }
            h2 { BrandWords.papers.text(for: reader) }
            for name in BrandText.allCases where name.isLong { field(name, reader) }
            if mayAct { button(.type("submit"), .class("primary")) { BrandWords.save.text(for: reader) } }
        }
    }

    private func field(_ name: BrandText, _ reader: Reader) -> Markup {
        let text = form.texts[name] ?? ""
        return FormField(
            name.words.text(for: reader), name: name.rawValue, hint: name.hint?.text(for: reader),
            error: form.faults.first { $0.name == name.rawValue }?.message.text(for: reader)
        ) { wiring in
            if name.isLong {
                textarea(wiring, .rows(3), .maxlength(name.length), text: text)
            } else {
                input(wiring, .type(name == .replyTo ? "email" : "text"), .maxlength(name.length), .value(text))
            }
        }.body
    }
}

struct LogoCard: View {
    let brand: Brand
    let fault: Message?
    let mayAct: Bool
    let reader: Reader

    var body: Markup {
        section(.class("card")) {
            h2 { BrandWords.logo.text(for: reader) }
            if let path = brand.path(of: "logo") {
                p {
                    img(
                        .class("logo"), .src(path), .alt(BrandWords.logo.text(for: reader)),
                        .height(64))
                }
            }
            if mayAct { acts }
        }
    }

    @MarkupBuilder private var acts: Markup {
        HTML.form(.method(.post), .multipart, .action("/panel/brand/logo")) {
            FormField(
                BrandWords.chooseLogo.text(for: reader), name: "logo", hint: BrandWords.logoHint.text(for: reader),
                error: fault?.text(for: reader)
            ) { wiring in
                input(
                    wiring, .type("file"), .required(),
                    .accept("image/png,image/jpeg,image/webp,image/svg+xml"))
            }
            button(.type("submit"), .class("primary")) { BrandWords.upload.text(for: reader) }
        }
        if brand.logo != nil {
            p(.class("acts")) {
                a(.class("button danger"), .href("/panel/brand/logo/remove"), .data("dialog", "")) {
                    BrandWords.removeLogo.text(for: reader)
                }
            }
        }
    }
}

struct ColourFields: View {
    let form: BrandForm
    let reader: Reader

    var body: Markup {
        div(.class("colours")) {
            field("colour", .mainColour, form.colour)
            field("accent", .accentColour, form.accent)
        }
    }

    private func field(_ name: String, _ words: BrandWords, _ colour: Colour) -> Markup {
        FormField(
            words.text(for: reader), name: name,
            error: form.faults.first { $0.name == name }?.message.text(for: reader)
        ) { wiring in
            input(wiring, .type("color"), .value(colour.text))
        }.body
    }
}

/// A preview in the chosen colours, light and dark, made from real page parts.
struct BrandPreview: View {
    let name: String
    let form: BrandForm
    let reader: Reader

    var body: Markup {
        let query = "colour=\(form.colour.hexadecimal)&accent=\(form.accent.hexadecimal)"
        link(.rel("stylesheet"), .href("/assets/brand-preview.css?\(query)"))
        div(.class("previews")) {
            for scheme in ["light", "dark"] {
                div(.class("preview \(scheme)"), .aria("hidden", "true")) {
                    div(.class("preview-bar")) { name }
                    div(.class("preview-body")) {
                        p { span(.class("preview-link")) { BrandWords.sampleLink.text(for: reader) } }
                        p { span(.class("button primary")) { BrandWords.sampleButton.text(for: reader) } }
                    }
                }
            }
        }
    }
}

extension Colour {
    /// Without the `#`, which would begin a URL fragment.
    var hexadecimal: String { String(text.dropFirst()) }
}

extension BrandText {
    var words: BrandWords {
        switch self {
        case .senderName: .senderName
        case .replyTo: .replyTo
        case .invoiceFooter: .invoiceFooter
        case .receiptFooter: .receiptFooter
        case .mailFooter: .mailFooter
        }
    }

    fileprivate var hint: BrandWords? {
        switch self {
        case .senderName: .senderNameHint
        case .replyTo: .replyToHint
        case .invoiceFooter, .receiptFooter, .mailFooter: nil
        }
    }
}
