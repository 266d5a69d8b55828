import Locale

/// How customers reach the company. Empty parts are not shown.
package struct CompanyContact: Sendable, Equatable {
    package var phone: Phone?
    package var whatsApp: Phone?
    /// When somebody answers, in the company's own words: "Lunes a sábado, 9 a 18 h".
    package var hours = ""
    package var address = ""

    package static let longestHours = 200
    package static let longestAddress = 300

    package init() {}

    package var isEmpty: Bool { self == CompanyContact() }
}
