import Access
import HTML
import Identifiers
import Locale
import Nouns
import Time

/// The nouns that a reference field may choose from, by their names.
package struct FieldOptions: Sendable {
    let options: [(value: String, text: String)]
    /// The label of the empty choice, if it is allowed.
    let none: String?
    let isRequired: Bool

    package init(_ options: [(value: String, text: String)], none: String?, isRequired: Bool = false) {
        (self.options, self.none, self.isRequired) = (options, none, isRequired)
    }

    package func select(_ wiring: Attribute, chosen: String = "") -> Markup {
        HTML.select(wiring, .required(isRequired)) {
            if let none { option(.value("")) { none } }
            for (value, text) in options { option(.value(value), .selected(value == chosen)) { text } }
        }
    }

    package func text(of value: String) -> String { options.first { $0.value == value }?.text ?? "" }
}

/// A noun's form fields, each with its error.
package struct NounFields<Noun: Fielded>: View {
    private let form: NounForm<Noun>
    private let options: [String: FieldOptions]
    private let names: Set<String>?
    private let isNew: Bool
    private let reader: Reader

    /// `options` are the choices of each reference; a reference without any is hidden. `names` select the fields of a
    /// part of a long form.
    package init(
        _ form: NounForm<Noun>, only names: Set<String>? = nil, options: [String: FieldOptions] = [:], isNew: Bool,
        for reader: Reader
    ) {
        (self.form, self.names, self.options) = (form, names, options)
        (self.isNew, self.reader) = (isNew, reader)
    }

    private var fields: [Field<Noun>] {
        Noun.fields.filter { $0.places.contains(.form) && names?.contains($0.name) != false }
    }

    package var body: Markup {
        div(.class("fields")) {
            for (index, field) in fields.enumerated() {
                part(field, isFirst: index == 0)
            }
        }
    }

    @MarkupBuilder private func part(_ field: Field<Noun>, isFirst: Bool) -> Markup {
        let isReference = if case .reference = field.kind { true } else { false }
        if !isReference || options[field.name] != nil {
            div(.when(field.isWide, .class("wide-field"))) {
                if case .flag = field.kind {
                    label(.class("choice")) {
                        input(
                            .type("checkbox"), .id("field-\(field.name)"), .name(field.name), .value("yes"),
                            .checked(form.typed(in: field) == "yes"))
                        span { field.label.text(for: reader) }
                    }
                } else {
                    FormField(
                        field.label.text(for: reader), name: field.name, hint: field.hint?.text(for: reader),
                        error: form.fault(field.name, for: reader)
                    ) { wiring in
                        FieldInput(
                            field, form.typed(in: field), options[field.name], wiring, isFocused: isNew && isFirst,
                            for: reader)
                    }
                }
            }
        }
    }
}

/// The control of one field.
private struct FieldInput<Noun: Sendable>: View {
    private let field: Field<Noun>
    private let typed: String
    private let options: FieldOptions?
    private let wiring: Attribute
    private let isFocused: Bool
    private let reader: Reader

    init(
        _ field: Field<Noun>, _ typed: String, _ options: FieldOptions?, _ wiring: Attribute, isFocused: Bool,
        for reader: Reader
    ) {
        (self.field, self.typed, self.options) = (field, typed, options)
        (self.wiring, self.isFocused, self.reader) = (wiring, isFocused, reader)
    }

    var body: Markup {
        switch field.kind {
        case .lines: textarea(all, .rows(5), text: typed)
        case .choice(let choices):
            select(wiring) {
                for choice in choices {
                    option(.value(choice.word), .selected(choice.word == typed)) { choice.label.text(for: reader) }
                }
            }
        case .reference: options?.select(wiring, chosen: typed) ?? .nothing
        case .phone: input(all, .type("tel"), .inputmode("tel"), .value(typed))
        case .email: input(all, .type("email"), .value(typed))
        case .day: input(all, .type("date"), .value(typed))
        case .count(let range):
            input(all, .type("number"), .min("\(range.lowerBound)"), .max("\(range.upperBound)"), .value(typed))
        case .money: input(all, .inputmode("decimal"), .value(typed))
        case .line, .flag, .speed, .coordinates: input(all, .value(typed))
        // A typed secret is not sent back.
        case .secret(let most):
            input(wiring, .type("password"), .autocomplete("new-password"), .maxlength(most))
        }
    }

    private var all: Attribute {
        .several([
            wiring, .required(field.isRequired), .when(field.kind.longest != nil, .maxlength(field.kind.longest ?? 0)),
            .autocomplete("off"), .autofocus(isFocused),
        ])
    }
}

extension Field {
    /// A text that takes the form's whole width.
    fileprivate var isWide: Bool {
        switch kind {
        case .lines: true
        case .line(let length): length.upperBound >= 200
        default: false
        }
    }
}

/// A noun for somebody who may not change it.
package struct NounFactsPage<Noun: Fielded>: View {
    private let title: String
    private let noun: Noun
    private let reader: Reader

    package init(_ title: String, _ noun: Noun, for reader: Reader) {
        (self.title, self.noun, self.reader) = (title, noun, reader)
    }

    package var body: Markup {
        PageHeading(title)
        NounFacts(noun, for: reader)
    }
}

/// A noun's fields, read-only.
package struct NounFacts<Noun: Fielded>: View {
    private let noun: Noun
    private let options: [String: FieldOptions]
    private let reader: Reader

    /// References without options are hidden.
    package init(_ noun: Noun, options: [String: FieldOptions] = [:], for reader: Reader) {
        (self.noun, self.options, self.reader) = (noun, options, reader)
    }

    package var body: Markup {
        dl(.class("facts card")) {
            for field in Noun.fields where field.places.contains(.form) && isShown(field) {
                div {
                    dt { field.label.text(for: reader) }
                    dd { value(of: field) }
                }
            }
        }
    }

    private func isShown(_ field: Field<Noun>) -> Bool {
        switch field.kind {
        case .reference: options[field.name] != nil
        case .secret: false
        default: true
        }
    }

    private func value(of field: Field<Noun>) -> Markup {
        let value = field.get(noun)
        let text = field.kind.text(of: value, for: reader)
        switch (field.kind, value) {
        case (_, .none), (_, .text("")): return span(.class("hint")) { NounWords.notSaid.text(for: reader) }
        case (.phone, .text(let stored)): return a(.href("tel:\(stored.filter { $0 != " " })")) { text }
        case (.email, _): return a(.href("mailto:\(text)")) { text }
        case (.choice(let choices), .text(let word)):
            let tone = choices.first { $0.word == word }?.tone ?? .quiet
            return span(.class("state"), .data("tone", tone.rawValue)) { text }
        case (_, .day(let day)): return .text(day.text(.long, for: reader))
        case (_, .id(let id)): return .text(options[field.name]?.text(of: id.description) ?? "")
        default: return .text(text)
        }
    }
}

/// The page of a noun that cannot be changed now.
package struct NounPage<Noun: Fielded>: View {
    private let title: String
    private let noun: Noun
    private let crumb: Crumb
    private let reader: Reader

    package init<Row>(_ title: String, of noun: Noun, in list: List<Row>, visit: Visit) {
        (self.title, self.noun, reader) = (title, noun, visit.reader)
        crumb = Crumb(list, visit: visit)
    }

    package var body: Markup {
        crumb
        h1 { title }
        NounFacts(noun, for: reader)
    }
}

/// The page that creates or changes a noun.
package struct NounFormPage<Noun: Fielded>: View {
    private let title: String
    private let form: NounForm<Noun>
    private let options: [String: FieldOptions]
    private let action: String
    private let cancel: String
    private let submit: Message?
    private let notice: Markup
    private let visit: Visit
    private let more: Markup

    /// `submit` is the verb for creating; without it the form changes an existing noun. `notice` is above the fields,
    /// `more` below the form.
    package init(
        _ title: String, _ form: NounForm<Noun>, options: [String: FieldOptions] = [:], to action: String,
        cancel: String, submit: Message?, notice: Markup = .nothing, visit: Visit,
        @MarkupBuilder more: () -> Markup = { .nothing }
    ) {
        (self.title, self.form, self.options, self.action) = (title, form, options, action)
        (self.cancel, self.submit, self.notice, self.visit, self.more) = (cancel, submit, notice, visit, more())
    }

    package var body: Markup {
        let reader = visit.reader
        h1 { title }
        HTML.form(.class("card form"), .method(.post), .action(action)) {
            FormHead(form.faults, revision: form.revision, visit: visit)
            notice
            NounFields(form, options: options, isNew: submit != nil, for: reader)
            div(.class("form-acts")) {
                a(.class("button"), .href(cancel)) { NounWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { (submit ?? NounWords.save.message).text(for: reader) }
            }
        }
        more
    }
}

/// The head of every form: its errors, its form id, and the revision of what it changes.
package struct FormHead: View {
    private let faults: [FormFault]
    private let revision: String
    private let visit: Visit

    package init(_ faults: [FormFault], revision: String = "", visit: Visit) {
        (self.faults, self.revision, self.visit) = (faults, revision, visit)
    }

    package var body: Markup {
        ErrorSummary(
            NounWords.problems.text(for: visit.reader),
            errors: faults.map { ($0.name, $0.summary(for: visit.reader)) })
        input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
        if !revision.isEmpty { input(.type("hidden"), .name("revision"), .value(revision)) }
    }
}
