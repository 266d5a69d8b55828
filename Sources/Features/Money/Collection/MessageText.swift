import Locale

/// A policy's text with blanks in brackets, such as `[nombre]`, filled for each customer.
struct MessageText: Sendable {
    /// The blanks' names, in the language of most companies.
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

    /// Nil if a blank has no value, so that no message has a gap.
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
