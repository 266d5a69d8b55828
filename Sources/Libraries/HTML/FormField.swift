/// A label, its control, a hint and an error, linked so that a screen reader announces them together. The caller makes
/// the control with the attributes it is given.
///
///     FormField("Nota", name: "note", error: errors["note"]) { wiring in textarea(wiring, .rows(3), text: note) }
package struct FormField: View {
    private let text: String
    private let id: String
    private let hint: String?
    private let error: String?
    private let control: Markup

    package init(
        _ text: String, name: String, hint: String? = nil, error: String? = nil,
        @MarkupBuilder control: (Attribute) -> Markup
    ) {
        let id = Self.id(of: name)
        let describedBy = [hint == nil ? nil : id + "-hint", error == nil ? nil : id + "-error"].compactMap(\.self)
        self.text = text
        self.id = id
        self.hint = hint
        self.error = error
        self.control = control(
            .several([
                .id(id), .name(name),
                .when(!describedBy.isEmpty, .aria("describedby", describedBy.joined(separator: " "))),
                .when(error != nil, .aria("invalid", "true")),
            ]))
    }

    package var body: Markup {
        div(.class(error == nil ? "field" : "field field-wrong")) {
            label(.for(id)) { text }
            if let hint { p(.class("hint"), .id(id + "-hint")) { hint } }
            control
            if let error { p(.class("error"), .id(id + "-error")) { error } }
        }
    }

    /// The control's id, from its name without the separators of an id list.
    static func id(of name: String) -> String {
        let kept = name.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): byte
            case UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: UInt8(ascii: "-")
            }
        }
        return "field-" + String(decoding: kept, as: UTF8.self)
    }
}

/// The errors of a form, listed above it with links to their fields; empty without errors.
package struct ErrorSummary: View {
    private let heading: String
    private let errors: [(name: String, message: String)]

    package init(_ heading: String, errors: [(name: String, message: String)]) {
        self.heading = heading
        self.errors = errors
    }

    package var body: Markup {
        if !errors.isEmpty {
            div(.class("error-summary"), .role("alert"), .tabindex(-1), .autofocus()) {
                h2 { heading }
                ul {
                    for error in errors { li { a(.href("#" + FormField.id(of: error.name))) { error.message } } }
                }
            }
        }
    }
}
