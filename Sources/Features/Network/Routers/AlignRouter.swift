import Identifiers
import JSON
import Jobs

/// Aligns one router with the desired state: the services without a current proof, or all. The router's lane lets one
/// worker at a time in, and its fencing token grows with each.
package struct AlignRouter: Job {
    package static let kind = "network.align-router"
    package static var rules: JobRules {
        var rules = JobRules()
        rules.timeLimit = .seconds(240)
        // A company with many dead routers leaves capacity for the others.
        rules.tenantLimit = 8
        return rules
    }

    package let router: Router.ID
    package let isWhole: Bool

    package var key: String? { isWhole ? "\(router):whole" : router.description }
    package var lane: String? { router.description }
    package var priority: JobPriority { isWhole ? .whenQuiet : .urgent }

    package init(_ router: Router.ID, isWhole: Bool = false) { (self.router, self.isWhole) = (router, isWhole) }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("router", as: String.self)
        let isWhole = fields.required("whole", as: Bool.self)
        let values = try fields.finish(text, isWhole)
        guard let id = Router.ID(values.0) else {
            throw .expected("an id", at: pointer.appending("router"))
        }
        self.init(id, isWhole: values.1)
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("router", router.description)
            json.member("whole", isWhole)
        }
    }
}
