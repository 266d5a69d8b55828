import Declarations
import Events
import Locale

// Labels for the record's words. An undeclared word is shown as it is.
extension Catalogue {
    package func text(of event: Event, for reader: Reader) -> String {
        func value(_ name: String) -> String? { event.after.first { $0.name == name }?.value }
        if let variant = self.event(event.kind)?.variant, value(variant.detail) == variant.value {
            return variant.words.text(for: reader, .text(variant.blank, value(variant.blank) ?? ""))
        }
        return text(ofEvent: event.kind, for: reader)
    }

    package func text(ofEvent kind: String, for reader: Reader) -> String {
        event(kind)?.words.text(for: reader) ?? kind
    }

    func text(ofDetail name: String, in event: Event, for reader: Reader) -> String {
        detail(name, ofEvent: event.kind)?.words.text(for: reader) ?? name
    }

    package func value(ofDetail name: String, _ value: String, in event: Event, for reader: Reader) -> String {
        detail(name, ofEvent: event.kind)?.text(value, self, reader) ?? value
    }
}
