import Locale

/// Present if a mail server is configured.
package struct Mailing: Sendable {
    package init() {}

    /// `address` is the tenant's stored public origin: a letter must not link anywhere else.
    package func letterhead(in language: Language, at address: String) -> Letterhead {
        Letterhead(language: language, origin: address)
    }
}
