import Access
import HTML
import Identifiers
import Locale
import Panel
import Zones

/// Makes a customer, or changes one.
struct CustomerFormPage: View {
    let form: CustomerForm
    let customer: Customer?
    /// Those that the visitor reaches.
    let zones: [CoverageZone]
    let visit: Visit

    private var reader: Reader { visit.reader }

    private var path: String { customer.map { "/panel/customers/\($0.id)" } ?? CustomerList.path }

    var body: Markup {
        h1 { customer?.name ?? CustomerWords.new.text(for: reader) }
        HTML.form(.class("card form"), .method(.post), .action(path)) {
            ErrorSummary(
                CustomerWords.problems.text(for: reader),
                errors: form.faults.map { ($0.name, $0.message.text(for: reader)) })
            if !form.seen.isEmpty { input(.type("hidden"), .name("seen"), .value(form.seen)) }
            fields
            div(.class("form-acts")) {
                a(.class("button"), .href(path)) { CustomerWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) {
                    (customer == nil ? CustomerWords.new : .save).text(for: reader)
                }
            }
        }
    }

    private var fields: Markup {
        div(.class("fields")) {
            text(.name, "name", form.name, 200, .several([.required(), .autofocus(customer == nil)]), wide: true)
            text(.phone, "phone", form.phone, 40, .several([.type("tel"), .inputmode("tel")]))
            text(.email, "email", form.email, 254, .type("email"))
            FormField(CustomerWords.state.text(for: reader), name: "state") { wiring in
                select(wiring) {
                    for state in Customer.State.allCases {
                        option(.value(state.rawValue), .selected(state == form.state)) {
                            state.words.text(for: reader)
                        }
                    }
                }
            }
            text(.address, "address", form.address, 300, .absent, wide: true)
            text(.neighbourhood, "neighbourhood", form.neighbourhood, 100, .absent)
            if !zones.isEmpty || visit.admitted?.zones != nil { zoneChoice }
            text(.since, "since", form.since, 10, .type("date"))
        }
    }

    @MarkupBuilder private var zoneChoice: Markup {
        FormField(ZoneWords.zone.text(for: reader), name: "zone", error: form.fault("zone", for: reader)) { wiring in
            select(wiring, .required(visit.admitted?.zones != nil)) {
                if visit.admitted?.zones == nil || zones.count != 1 {
                    option(.value("")) { ZoneWords.noZone.text(for: reader) }
                }
                for zone in zones {
                    option(.value(zone.id.description), .selected(zone.id == form.zone)) { zone.name }
                }
            }
        }
    }

    private func text(
        _ words: CustomerWords, _ name: String, _ value: String, _ length: Int, _ attributes: Attribute,
        wide: Bool = false
    ) -> Markup {
        div(.when(wide, .class("wide-field"))) {
            FormField(words.text(for: reader), name: name, error: form.fault(name, for: reader)) { wiring in
                input(wiring, attributes, .value(value), .maxlength(length), .autocomplete("off"))
            }
        }
    }
}
