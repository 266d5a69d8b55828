import Locale

/// A campaign's text, filled for each customer.
struct CampaignText: Sendable {
    /// The blanks' names, in the language of most companies.
    enum Blank: String, Sendable, CaseIterable {
        case customer = "nombre"
        case company = "empresa"
        case balance = "saldo"
        case code = "codigo"
    }

    private let text: String

    init(_ text: String) { self.text = text }

    /// The names in brackets, in order.
    var blanks: [String] {
        var names: [String] = []
        _ = filled { name in
            names.append(name)
            return ""
        }
        return names
    }

    func filled(_ values: [Blank: String]) -> String {
        filled { name in Blank(rawValue: name).flatMap { values[$0] } ?? "[\(name)]" }
    }

    private func filled(_ value: (String) -> String) -> String {
        var (filled, rest) = ("", text[...])
        while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
            filled += rest[..<open]
            filled += value(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    /// What a text must not have, or lacks.
    func check(for purpose: Campaign.Purpose) throws(CampaignRefusal) {
        let names = blanks
        guard names.allSatisfy({ Blank(rawValue: $0) != nil }) else { throw .blankUnknown }
        let hasCode = names.contains(Blank.code.rawValue)
        switch purpose {
        case .linking: if !hasCode { throw .codeMissing }
        case .announcement: if hasCode { throw .codeNotHere }
        }
    }
}
