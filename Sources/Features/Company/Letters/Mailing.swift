import Locale

/// That mail can be sent. A program without a mail server has none.
package struct Mailing: Sendable {
    package init() {}

    /// The address is where the tenant is reached, and comes from what is stored: a letter must lead nowhere else.
    package func letterhead(in language: Language, at address: String) -> Letterhead {
        Letterhead(language: language, origin: address)
    }
}
