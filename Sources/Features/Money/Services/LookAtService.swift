import Identifiers
import JSON
import Jobs

/// What should be true of a service on the network has changed, or how the service gets there: whether it is true there is
/// to be looked at. The room that makes it true does the job.
package struct LookAtService: Job {
    package static let kind = "network.look-at-service"

    package let service: Service.ID

    package var key: String? { service.description }
    package var priority: JobPriority { .urgent }

    package init(_ service: Service.ID) { self.service = service }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("service", as: String.self)
        guard let id = Service.ID(try fields.finish(text)) else {
            throw .expected("an id", at: pointer.appending("service"))
        }
        self.init(id)
    }

    package func write(to json: inout JSONWriter) { json.object { $0.member("service", service.description) } }
}
