import Identifiers
import JSON
import Jobs

/// A service's desired network state, or its access point, has changed: the room of the network then checks and
/// corrects its router. That room runs the job.
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
