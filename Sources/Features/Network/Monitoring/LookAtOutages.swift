import JSON
import Jobs
import Postgres

/// Sees what the last poll means: queued at its end, run by the room that keeps incidents.
package struct LookAtOutages: Job {
    package static let kind = "network.look-at-outages"

    package var key: String? { "all" }
    package var lane: String? { "outages" }

    package init() {}

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        try JSONFields(json, at: pointer).finish()
        self.init()
    }

    package func write(to json: inout JSONWriter) { json.object { _ in } }
}
