/// A module's messages: an enum with a case for each. The compiler ensures that every case has its text in every
/// language; `problems`, called by a test of the module, checks the texts themselves.
///
///     enum CutWords: MessageCatalogue {
///         case alreadyCut, waiting
///
///         var message: Message {
///             switch self {
///             case .alreadyCut: Message(es: "Ya está cortado.", en: "Already cut.", pt: "Já está cortado.")
///             case .waiting: …
///             }
///         }
///     }
///
///     CutWords.alreadyCut.text(for: reader)
package protocol MessageCatalogue: CaseIterable, Sendable {
    var message: Message { get }
}

extension MessageCatalogue {
    package func text(for reader: Reader, _ blanks: Blank...) -> String { message.text(for: reader, blanks) }

    /// Faults of the texts, one a line; empty without any.
    package static var problems: [String] {
        allCases.flatMap { name in name.message.problems.map { "\(Self.self).\(name): \($0)" } }
    }
}

extension Message {
    package var problems: [String] {
        let wordings = [("es", es), ("tu", tu), ("vos", vos), ("en", en), ("pt", pt)]
        return wordings.flatMap { language, wording in
            (wording.map { problems(of: $0, in: language) } ?? []).map { "\(language): \($0)" }
        }
    }

    private func problems(of wording: Wording, in language: String) -> [String] {
        var problems: [String] = []
        switch (es, wording) {
        case (.always, .count), (.count, .always): problems.append("has other plural forms than es")
        default: break
        }
        if case .count(let one, let many, _) = wording {
            if language == "en" {
                if many != nil { problems.append("has a form for millions, which English does not") }
            } else if many == nil {
                problems.append("lacks the form for millions (many)")
            }
            if language == "pt", !Template(one).blanks.contains("count") {
                problems.append("'one' must show {count}, it is also said of 0")
            }
        }
        // "una factura": the singular may spell its number out.
        let expected = Set(Template(es.forms.last!).blanks)
        for (index, form) in wording.forms.enumerated() {
            let blanks = Set(Template(form).blanks)
            let isSingular = index == 0 && wording.forms.count > 1
            if blanks != expected, !isSingular || blanks.union(["count"]) != expected {
                problems.append("'\(form)' has the blanks \(blanks.sorted()), not \(expected.sorted()) as es")
            }
            if wording.forms.count == 1, blanks.contains("count") {
                problems.append("'\(form)' counts without plural forms")
            }
            problems += Message.problems(of: form, isSpanish: !["en", "pt"].contains(language))
        }
        return problems
    }

    private static func problems(of text: String, isSpanish: Bool) -> [String] {
        var problems: [String] = []
        if text.allSatisfy(\.isWhitespace) { problems.append("is empty") }
        if text.first?.isWhitespace == true || text.last?.isWhitespace == true {
            problems.append("'\(text)' begins or ends with a space")
        }
        if text.contains("  ") { problems.append("'\(text)' has two spaces together") }
        if Template(text).texts.contains(where: { $0.contains("{") || $0.contains("}") }) {
            problems.append("'\(text)' has a brace that is no blank")
        }
        if isSpanish, !opensWhatItCloses(text) { problems.append("'\(text)' lacks an opening ¿ or ¡") }
        return problems
    }

    /// Checks that each sentence ending in ? or ! has an opening ¿ or ¡, in any pairing ("¡Cómo?" is correct Spanish),
    /// and that each of those is closed. A ? within a word, as in a URL, does not count.
    private static func opensWhatItCloses(_ text: String) -> Bool {
        var open = 0
        let letters = Array(text)
        for (index, letter) in letters.enumerated() {
            switch letter {
            case "¿", "¡": open += 1
            case "?", "!":
                let next = index + 1 < letters.count ? letters[index + 1] : " "
                if next.isLetter || next.isNumber { continue }
                open -= 1
            default: continue
            }
            if open < 0 { return false }
        }
        return open == 0
    }
}
