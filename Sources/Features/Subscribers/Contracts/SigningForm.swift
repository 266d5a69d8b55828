import Access
import HTML
import HTTP
import Locale
import Nouns
import Panel

/// A signer's input, kept even when invalid.
struct SigningForm: Sendable {
    /// The size of a form with the largest possible drawing.
    static let mostBytes = 65_536

    private(set) var name = ""
    private(set) var drawn = ""
    private(set) var accepts = false
    private(set) var drawing: DrawnSignature?
    private(set) var faults: [FormFault] = []

    init() {}

    init(_ fields: Fields) throws {
        try fields.allow(["name", "drawing", "accept"])
        name = FormText.line(fields["name"], upTo: 200)
        accepts = fields["accept"] == "yes"
        let drawn = fields["drawing"] ?? ""
        drawing = DrawnSignature(drawn)
        if drawing != nil { self.drawn = drawn }
        if drawing == nil, !drawn.isEmpty {
            faults.append(FormFault(name: "drawing", message: SigningWords.drawingWrong.message))
        }
        if name.count < 3 { faults.append(FormFault(name: "name", message: SigningWords.nameMissing.message)) }
        if !accepts { faults.append(FormFault(name: "accept", message: SigningWords.notAccepted.message)) }
    }

    func signature(in request: Request, isAssisted: Bool) -> NewSignature {
        NewSignature(
            name: name, drawing: drawing, browser: FormText.line(request.headers["user-agent"], upTo: 300),
            isAssisted: isAssisted)
    }

    func fault(_ name: String, for reader: Reader) -> String? {
        faults.first { $0.name == name }?.message.text(for: reader)
    }
}

/// Signing fields: a drawing with scripts, a typed name without.
struct SigningFields: View {
    let form: SigningForm
    let action: String
    let reader: Reader

    var body: Markup {
        HTML.form(.class("card signing"), .method(.post), .action(action)) {
            h2 { SigningWords.title.text(for: reader) }
            ErrorSummary(
                SigningWords.problems.text(for: reader),
                errors: form.faults.map { ($0.name, $0.message.text(for: reader)) })
            FormField(
                SigningWords.name.text(for: reader), name: "name", hint: SigningWords.nameHint.text(for: reader),
                error: form.fault("name", for: reader)
            ) { wiring in
                input(wiring, .required(), .maxlength(200), .autocomplete("name"), .value(form.name))
            }
            pad
            input(.type("hidden"), .name("drawing"), .value(form.drawn))
            acceptance
            button(.type("submit"), .class("primary")) { SigningWords.sign.text(for: reader) }
        }
        script(src: Asset.signature.href, .defer())
    }

    /// Shown by the drawing script.
    private var pad: Markup {
        div(
            .id("field-drawing"), .class("field pad"), .tabindex(-1), .hidden(),
            .data("width", "\(DrawnSignature.width)"),
            .data("height", "\(DrawnSignature.height)"), .data("strokes", "\(DrawnSignature.mostStrokes)"),
            .data("points", "\(DrawnSignature.mostPoints)")
        ) {
            p(.class("pad-label"), .id("pad-label")) { SigningWords.draw.text(for: reader) }
            p(.class("hint")) { SigningWords.drawHint.text(for: reader) }
            canvas(.role("img"), .aria("labelledby", "pad-label"))
            if let fault = form.fault("drawing", for: reader) { p(.class("error")) { fault } }
            div(.class("buttons")) {
                button(.type("button"), .data("undo", "")) { SigningWords.undo.text(for: reader) }
                button(.type("button"), .data("clear", "")) { SigningWords.clear.text(for: reader) }
            }
        }
    }

    private var acceptance: Markup {
        let fault = form.fault("accept", for: reader)
        return div(.class("acceptance")) {
            label(.class("choice")) {
                input(
                    .id("field-accept"), .type("checkbox"), .name("accept"), .value("yes"), .required(),
                    .checked(form.accepts), .when(fault != nil, .aria("invalid", "true")),
                    .when(fault != nil, .aria("describedby", "field-accept-error")))
                span { SigningWords.accept.text(for: reader) }
            }
            if let fault { p(.class("error"), .id("field-accept-error")) { fault } }
        }
    }
}

/// A signature on a page.
struct SignatureView: View {
    let signature: Signature
    let reader: Reader

    var body: Markup {
        if let drawing = signature.drawing {
            svg(
                .class("signature"), .viewBox("0 0 \(DrawnSignature.width) \(DrawnSignature.height)"), .role("img"),
                .aria("label", SigningWords.signatureOf.text(for: reader, .name(signature.name)))
            ) {
                for stroke in drawing.strokes {
                    polyline(.points(stroke.map { "\($0.x),\($0.y)" }.joined(separator: " ")))
                }
            }
        } else {
            p(.class("signature")) { em { signature.name } }
        }
    }
}

/// A contract's text on a page.
struct ContractTextView: View {
    let text: String

    var body: Markup {
        article(.class("card contract")) {
            for part in ContractText(text).parts {
                switch part {
                case .heading(let text): h2 { text }
                case .list(let entries): ul { for entry in entries { li { entry } } }
                case .paragraph(let text): p { text }
                }
            }
        }
    }
}

enum SigningWords: MessageCatalogue {
    case title, problems, name, nameHint, nameMissing, draw, drawHint, drawingWrong, undo, clear, accept, notAccepted
    case sign, signatureOf

    var message: Message {
        switch self {
        case .title: Message(es: "Firmar el contrato", en: "Sign the contract", pt: "Assinar o contrato")
        case .problems: Message(es: "Revise estos datos", en: "Please check these", pt: "Revise estes dados")
        case .name:
            Message(
                es: "Nombre completo de quien firma", en: "Full name of the signer", pt: "Nome completo de quem assina")
        case .nameHint:
            Message(
                es: "Escrito aquí vale como firma.", en: "Written here it counts as a signature.",
                pt: "Escrito aqui vale como assinatura.")
        case .nameMissing:
            Message(es: "Escriba el nombre completo.", en: "Write the full name.", pt: "Escreva o nome completo.")
        case .draw: Message(es: "Firma a mano", en: "Signature by hand", pt: "Assinatura à mão")
        case .drawHint:
            Message(
                es: "Firme en el recuadro con el dedo o el ratón. Si lo prefiere, déjelo vacío.",
                en: "Sign in the field with a finger or the mouse. Leave it empty if you prefer.",
                pt: "Assine no quadro com o dedo ou o mouse. Se preferir, deixe-o vazio.")
        case .drawingWrong:
            Message(
                es: "La firma dibujada no se puede usar. Dibújela otra vez, o deje el recuadro vacío.",
                en: "The drawn signature cannot be used. Draw it again, or leave the field empty.",
                pt: "A assinatura desenhada não pode ser usada. Desenhe-a de novo, ou deixe o quadro vazio.")
        case .undo: Message(es: "Deshacer trazo", en: "Undo stroke", pt: "Desfazer traço")
        case .clear: Message(es: "Borrar firma", en: "Clear signature", pt: "Apagar assinatura")
        case .accept:
            Message(
                es: "He leído y acepto este contrato.", en: "I have read and accept this contract.",
                pt: "Li e aceito este contrato.")
        case .notAccepted:
            Message(
                es: "Para firmar hay que marcar que leyó y acepta el contrato.",
                en: "To sign, tick that you have read and accept the contract.",
                pt: "Para assinar é preciso marcar que leu e aceita o contrato.")
        case .sign: Message(es: "Firmar contrato", en: "Sign contract", pt: "Assinar contrato")
        case .signatureOf: Message(es: "Firma de {name}", en: "Signature of {name}", pt: "Assinatura de {name}")
        }
    }
}
