import Panel

/// A contract's text in light markup: `# ` begins a heading, `- ` a list item, and an empty line ends a paragraph.
struct ContractText: Sendable, Equatable {
    enum Part: Sendable, Equatable {
        case heading(String)
        case list([String])
        /// Line breaks are kept.
        case paragraph(String)
    }

    let parts: [Part]

    /// Whether it can be printed. Lines are limited too, since many short ones also make many pages.
    static func fits(_ text: String) -> Bool { text.unicodeScalars.count <= 60_000 && text.lineCount <= 1700 }

    init(_ text: String) {
        var parts: [Part] = []
        var isOpen = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                isOpen = false
                continue
            }
            if line.hasPrefix("# ") {
                parts.append(.heading(String(line.dropFirst(2))))
                isOpen = false
                continue
            }
            let isEntry = line.hasPrefix("- ")
            switch (parts.last, isEntry) {
            case (.list(let entries), true) where isOpen:
                parts[parts.count - 1] = .list(entries + [String(line.dropFirst(2))])
            case (.paragraph(let lines), false) where isOpen:
                parts[parts.count - 1] = .paragraph(lines + "\n" + line)
            case (_, true): parts.append(.list([String(line.dropFirst(2))]))
            case (_, false): parts.append(.paragraph(String(line)))
            }
            isOpen = true
        }
        self.parts = parts
    }
}

extension String {
    var lineCount: Int { utf8.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) } }
}

/// A template's placeholders, filled in each contract.
enum Placeholder: String, Sendable, CaseIterable {
    case customer = "cliente"
    case identification = "identificacion"
    case address = "direccion"
    case company = "empresa"
    case companyIdentification = "identificacion_empresa"
    case number = "numero"
    case date = "fecha"
    case conditions = "condiciones"

    var text: String { "{\(rawValue)}" }
}

/// A template split at its placeholders.
struct TemplateText: Sendable {
    private enum Piece: Sendable {
        case words(Substring)
        case blank(Placeholder)
    }

    private let pieces: [Piece]
    /// Unknown placeholders.
    let unknown: [String]

    init(_ text: String) {
        var (pieces, unknown): ([Piece], [String]) = ([], [])
        var rest = text[...]
        while let start = rest.firstIndex(of: "{") {
            pieces.append(.words(rest[..<start]))
            let name = rest[start...].dropFirst().prefix { $0 != "}" && $0 != "{" && !$0.isNewline }
            rest = rest[name.endIndex...]
            if rest.first == "}", let blank = Placeholder(rawValue: String(name)) {
                pieces.append(.blank(blank))
                rest = rest.dropFirst()
            } else {
                let isClosed = rest.first == "}"
                unknown.append("{\(name.prefix(30))\(isClosed ? "}" : "")")
                if isClosed { rest = rest.dropFirst() }
            }
        }
        pieces.append(.words(rest))
        self.pieces = pieces
        self.unknown = unknown
    }

    func uses(_ placeholder: Placeholder) -> Bool {
        pieces.contains { if case .blank(placeholder) = $0 { true } else { false } }
    }

    /// Fills the placeholders; values are not searched for placeholders again. An empty value becomes a line to write
    /// on.
    func filled(_ value: (Placeholder) -> String) -> String {
        pieces.map { piece in
            switch piece {
            case .words(let words): return String(words)
            case .blank(let blank):
                let value = value(blank)
                return value.isEmpty ? "________" : value
            }
        }.joined()
    }
}
