import Access
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel

extension Zone {
    /// Options of a zone field. A principal limited to zones must choose one.
    package static func options(_ zones: [Zone], for visit: Visit) -> FieldOptions {
        let isLimited = visit.admitted?.zones != nil
        return FieldOptions(
            zones.map { ($0.id.description, $0.name) },
            none: isLimited && zones.count == 1 ? nil : ZoneWords.noZone.text(for: visit.reader),
            isRequired: isLimited)
    }
}

/// The form fields that limit a person or program to the customers of some zones.
package struct ZoneReach: View {
    private let chosen: Set<UUID>?
    private let zones: [Zone]
    private let hint: String
    private let fault: String?
    private let isFixed: Bool
    private let reader: Reader

    package init(
        _ chosen: Set<UUID>?, among zones: [Zone], hint: String, fault: String? = nil, isFixed: Bool = false,
        for reader: Reader
    ) {
        (self.chosen, self.zones, self.hint, self.fault) = (chosen, zones, hint, fault)
        (self.isFixed, self.reader) = (isFixed, reader)
    }

    /// The fields' names, for forms that reject others.
    package static let fields = (one: "reach", several: "zone")

    /// Nil for all zones, which must be chosen explicitly: without a choice the result is empty and reaches nobody.
    package static func zones(in fields: Fields) throws -> Set<UUID>? {
        let chosen = Set(try fields.values(Self.fields.several).map { (try FormText.id($0) as Zone.ID).uuid })
        return fields[Self.fields.one] == "all" ? nil : chosen
    }

    package var body: Markup {
        fieldset(.id("field-zone"), .disabled(isFixed)) {
            legend { ZoneWords.zones.text(for: reader) }
            p(.class("hint")) { hint }
            if let fault { p(.class("error")) { fault } }
            choice("all", .everywhere, isChosen: chosen == nil)
            choice("zones", .onlyZones, isChosen: chosen != nil)
            div(.class("within")) {
                for zone in zones {
                    label(.class("choice")) {
                        input(
                            .type("checkbox"), .name(Self.fields.several), .value(zone.id.description),
                            .checked(chosen?.contains(zone.id.uuid) == true))
                        span { zone.name }
                    }
                }
            }
        }
    }

    private func choice(_ value: String, _ words: ZoneWords, isChosen: Bool) -> Markup {
        label(.class("choice")) {
            input(.type("radio"), .name(Self.fields.one), .value(value), .checked(isChosen))
            span { words.text(for: reader) }
        }
    }
}
