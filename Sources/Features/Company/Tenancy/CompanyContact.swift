import Locale

/// The company's contact data. Empty parts are hidden.
package struct CompanyContact: Sendable, Equatable {
    package var phone: Phone?
    package var whatsApp: Phone?
    /// Office hours, in the company's own words: "Lunes a sábado, 9 a 18 h".
    package var hours = ""
    package var address = ""

    package static let longestHours = 200
    package static let longestAddress = 300

    package init() {}

    package var isEmpty: Bool { self == CompanyContact() }
}
