import Customers
import Identifiers
import JSON
import Jobs

/// Queued in each transaction that changes a customer's debt or payments: the job finds out what follows for the
/// customer and their services. Idempotent.
package struct LookAtCustomer: Job {
    package static let kind = "customers.look-at"

    package let customer: Customer.ID

    package var key: String? { customer.description }
    package var priority: JobPriority { .urgent }

    package init(_ customer: Customer.ID) { self.customer = customer }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("customer", as: String.self)
        let id = text.flatMap { Customer.ID($0) }
        if text != nil, id == nil { fields.refuse("customer", .expected("an identifier")) }
        customer = try fields.finish(id)
    }

    package func write(to json: inout JSONWriter) { json.object { $0.member("customer", customer.description) } }
}
