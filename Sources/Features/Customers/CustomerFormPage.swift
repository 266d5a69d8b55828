import Access
import HTML
import Locale
import Panel

/// Makes a customer, or changes one.
struct CustomerFormPage: View {
    let form: CustomerForm
    let customer: Customer?
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
            text(.since, "since", form.since, 10, .type("date"))
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
