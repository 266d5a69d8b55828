import HTML
import Locale
import Tenancy

/// The company's contact card: one tap calls, writes on WhatsApp or shows the office on a map.
package struct ContactCard: View {
    private let tenant: Tenant
    private let reader: Reader

    package init(of tenant: Tenant, reader: Reader) {
        self.tenant = tenant
        self.reader = reader
    }

    package var body: Markup {
        let contact = tenant.company.contact
        if !contact.isEmpty {
            section(.class("card contact")) {
                h2 { PortalWords.contactUs.text(for: reader, .text("company", tenant.name)) }
                div(.class("contact-acts")) {
                    if let phone = contact.phone {
                        a(.class("button"), .href("tel:\(phone.e164)")) {
                            "\(PortalWords.call.text(for: reader)) \(phone.text(in: tenant.region))"
                        }
                    }
                    if let whatsApp = contact.whatsApp {
                        a(.class("button"), .href("https://wa.me/\(whatsApp.e164.dropFirst())"), .rel("noopener")) {
                            "\(PortalWords.whatsApp.text(for: reader)) \(whatsApp.text(in: tenant.region))"
                        }
                    }
                }
                if !contact.hours.isEmpty { fact(.hours, contact.hours) }
                if !contact.address.isEmpty { fact(.officeAddress, contact.address) }
            }
        }
    }

    private func fact(_ words: PortalWords, _ value: String) -> Markup {
        p {
            strong { words.text(for: reader) }
            " \(value)"
        }
    }
}
