/// An icon of our own sprite, in the colour of the text beside it. Purely decorative.
package enum Icon: String, CaseIterable, Sendable {
    case home, customers, staff, roles, audit, tokens, settings, account, zones, search, menu, plus
    case contracts, letters, security, webhooks, visits, companies, billing, domains, brand, health, isolation, versions
    case collection, finance, network, support, messages, stock, vouchers, reports, star
    case close, edit, check, alert, sun, moon, screen, leave, up, down, next, back, phone, calendar, keyboard
}
