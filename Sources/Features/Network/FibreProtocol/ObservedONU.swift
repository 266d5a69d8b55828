/// An ONU as the OLT shows it.
package struct ObservedONU: Sendable, Equatable {
    package enum Cause: String, Sendable, CaseIterable {
        /// No light arrives: the fibre is cut or unplugged.
        case noLight = "no_light"
        /// The unit said before it went that its power failed.
        case power
        case suspended, other
    }

    package let serial: ONUSerial
    package let place: ONUPlace
    /// Whether it is let on line; nil where the list does not tell.
    package var isEnabled: Bool?
    package var isOnline: Bool
    /// Why it is off line, where the OLT says so.
    package var cause: Cause?
    /// Hundredths of a dBm that the ONU receives, and that the OLT receives from it.
    package var received: Int?
    package var returned: Int?
    /// Metres of fibre.
    package var distance: Int?
    package var description: String
    /// Whether its service was found registered too; nil where the list does not tell.
    package var isServed: Bool?

    package init(
        _ serial: ONUSerial, at place: ONUPlace, isEnabled: Bool? = nil, isOnline: Bool = false, cause: Cause? = nil,
        received: Int? = nil, returned: Int? = nil, distance: Int? = nil, description: String = "",
        isServed: Bool? = nil
    ) {
        (self.serial, self.place, self.isEnabled, self.isOnline) = (serial, place, isEnabled, isOnline)
        (self.cause, self.received, self.returned, self.distance) = (cause, received, returned, distance)
        (self.description, self.isServed) = (description, isServed)
    }
}

/// An ONU that asks to be registered.
package struct FoundONU: Sendable, Hashable {
    package let serial: ONUSerial
    package let port: PONPort
    package let model: String

    package init(_ serial: ONUSerial, on port: PONPort, model: String = "") {
        (self.serial, self.port, self.model) = (serial, port, model)
    }
}

/// What a template of service says, as the OLT knows it.
package struct ONUProfile: Sendable, Equatable {
    package var unitType: String
    package var line: String
    package var service: String
    package var vlan: Int
    package var gem: Int
    package var upload: String
    package var download: String

    package init(
        unitType: String = "", line: String = "", service: String = "", vlan: Int, gem: Int = 1, upload: String = "",
        download: String = ""
    ) {
        (self.unitType, self.line, self.service, self.vlan) = (unitType, line, service, vlan)
        (self.gem, self.upload, self.download) = (gem, upload, download)
    }
}

/// An ONU as it should be.
package struct DesiredONU: Sendable, Equatable {
    package enum State: String, Sendable { case open, closed, absent }

    package let serial: ONUSerial
    package let port: PONPort
    package let state: State
    package let profile: ONUProfile
    package let description: String

    package init(
        _ serial: ONUSerial, on port: PONPort, _ state: State, profile: ONUProfile, description: String
    ) {
        (self.serial, self.port, self.state, self.profile) = (serial, port, state, profile)
        self.description = Self.plain(description)
    }

    /// Every vendor takes letters, digits, points, hyphens and underscores, and no OLT reads these as anything else.
    package static func plain(_ text: String) -> String {
        let plain = String(
            text.decomposed.compactMap { character in
                character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
                    ? character : character == " " ? "_" : nil
            }.prefix(40))
        return plain.isEmpty ? "ONU" : plain
    }
}

extension String {
    /// The usual letters of Spanish and Portuguese without their marks.
    fileprivate var decomposed: String {
        let plain: [Character: Character] = [
            "á": "a", "à": "a", "â": "a", "ã": "a", "ä": "a", "é": "e", "ê": "e", "è": "e", "í": "i", "ó": "o",
            "ô": "o", "õ": "o", "ö": "o", "ú": "u", "ü": "u", "ñ": "n", "ç": "c", "Á": "A", "À": "A", "Â": "A",
            "Ã": "A", "É": "E", "Ê": "E", "Í": "I", "Ó": "O", "Ô": "O", "Õ": "O", "Ú": "U", "Ü": "U", "Ñ": "N",
            "Ç": "C",
        ]
        return String(map { plain[$0] ?? $0 })
    }
}
