import Locale

/// A text of a policy with blanks in brackets, `[nombre]`, that are filled for each customer.
struct MessageText: Sendable {
    /// What a blank may be called. Companies write these, in the language of most of them.
    enum Name: String, Sendable, CaseIterable {
        case customer = "nombre"
        case amount = "monto"
        case month = "mes"
        case due = "fecha"
        case total
        case fee = "reconexion"
        case company = "empresa"
        case bank = "banco"
    }

    private enum Part {
        case text(String)
        case blank(String)
    }

    private let parts: [Part]

    init(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(.blank(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    var isEmpty: Bool { parts.isEmpty }

    var blanks: [String] { parts.compactMap { if case .blank(let name) = $0 { name } else { nil } } }

    /// Nil where a blank has no value, so that nobody is sent a text with a hole.
    func filled(_ values: [Name: String]) -> String? {
        var text = ""
        for part in parts {
            switch part {
            case .text(let piece): text += piece
            case .blank(let name):
                guard let value = Name(rawValue: name).flatMap({ values[$0] }) else { return nil }
                text += value
            }
        }
        return text
    }
}
