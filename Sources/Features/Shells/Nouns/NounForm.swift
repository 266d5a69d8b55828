import Access
import HTTP
import JSON
import Locale

/// A noun's form, with the input as typed even when invalid.
package struct NounForm<Noun: Fielded>: Sendable {
    /// In the order of the noun's fields.
    private var typed: [String]
    private var values: [FieldValue?]
    package var faults: [FormFault] = []
    /// The entity tag of the noun that filled the form; empty for a new one.
    package private(set) var revision = ""

    /// Filled with the defaults of a new noun.
    package init(new noun: Noun, in notation: Notation? = nil) {
        typed = Noun.fields.map { field in
            let value = field.get(noun)
            guard let notation else { return value.text }
            switch (field.kind, value) {
            case (.money, .money(let money)) where money.isZero: return ""
            case (.money, _), (.phone, _): return field.kind.text(of: value, for: notation.reader)
            default: return value.text
            }
        }
        values = typed.map { _ in nil }
    }

    package init(_ noun: Noun, in notation: Notation? = nil) where Noun: JSONWritable {
        self.init(new: noun, in: notation)
        revision = EntityTag(of: noun).revision
    }

    /// `others` are the page's fields beside the noun's.
    package init(_ sent: Fields, and others: Set<String> = [], in notation: Notation? = nil) throws {
        let fields = Noun.fields.filter { $0.places.contains(.form) }
        try sent.allow(others.union(fields.map { $0.name }).union([FormID.field, "revision"]))
        revision = sent["revision"] ?? ""
        (typed, values) = ([], [])
        for field in Noun.fields {
            let text = sent[field.name]
            typed.append(text ?? "")
            guard field.places.contains(.form) else {
                values.append(nil)
                continue
            }
            values.append(try read(field, text, notation))
        }
    }

    /// Nil without input, or when it is invalid: then a fault is noted.
    private mutating func read(
        _ field: Field<Noun>, _ text: String?, _ notation: Notation?
    ) throws -> FieldValue? {
        do throws(Violation.Fault) {
            switch field.kind {
            case .choice where text == nil: return nil
            default: return try field.kind.readEntry(text ?? "", in: notation)
            }
        } catch {
            switch error {
            // Our own pages offer none of these.
            case .notAmong, .notID: throw BadRequest()
            default: faults.append(FormFault(error, in: field.name, called: field.label))
            }
            return nil
        }
    }

    /// The noun with the valid inputs applied.
    package func applied(to noun: Noun) -> Noun {
        var noun = noun
        for (field, value) in zip(Noun.fields, values) { if let value { field.set?(value, &noun) } }
        return noun
    }

    package func typed(in field: Field<Noun>) -> String {
        zip(Noun.fields, typed).first { $0.0.name == field.name }?.1 ?? ""
    }

    package func fault(_ name: String, for reader: Reader) -> String? {
        faults.first { $0.name == name }?.text(for: reader)
    }

    package mutating func add(_ refusal: any Refusal, beside name: String) {
        let label = Noun.fields.first { $0.name == name }?.label
        faults.append(FormFault(name: name, message: refusal.message, label: label))
    }
}

extension NounForm where Noun: JSONWritable {
    /// The form after a concurrent change, to be shown again; nil without one. It then carries the present revision,
    /// and its author decides.
    package func late(for present: Noun) -> NounForm? {
        let tag = EntityTag(of: present).revision
        guard !revision.isEmpty, revision != tag else { return nil }
        var form = self
        form.revision = tag
        form.faults.append(
            FormFault(name: Noun.fields.first?.name ?? "", message: NounWords.changedMeanwhile.message))
        return form
    }
}
