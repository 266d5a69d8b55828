import Access
import Events
import FibreProtocol
import Identifiers
import JSON
import Jobs
import Nouns
import Postgres
import Time

/// Restarts an ONU, in its OLT's lane. What the OLT answers stands among its commands.
package struct RestartONU: Job {
    package static let kind = "network.restart-onu"
    package static var rules: JobRules {
        var rules = JobRules()
        // Somebody who waits asks again; a second restart would cut the customer off twice.
        rules.attempts = 1
        rules.timeLimit = .seconds(120)
        return rules
    }

    package let unit: ONU.ID
    package let olt: OLT.ID

    package var key: String? { unit.description }
    package var lane: String? { olt.description }
    package var priority: JobPriority { .urgent }

    package init(_ unit: ONU.ID, at olt: OLT.ID) { (self.unit, self.olt) = (unit, olt) }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let (unit, olt) = (fields.required("onu", as: String.self), fields.required("olt", as: String.self))
        let values = try fields.finish(unit, olt)
        guard let unit = ONU.ID(values.0), let olt = OLT.ID(values.1) else {
            throw .expected("two ids", at: pointer)
        }
        self.init(unit, at: olt)
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("onu", unit.description)
            json.member("olt", olt.description)
        }
    }

    package func run(in context: JobContext, with acts: FibreActs) async throws {
        let database = context.database
        guard let unit = try await database.onu(unit), unit.olt == olt, let olt = try await database.olt(olt),
            let serial = ONUSerial(unit.serial), let port = PONPort(unit.port)
        else { return }
        let session = try await acts.driver.open(try await acts.target(of: olt, in: database), on: context.loop)
        defer { session.close() }
        let found = try await session.units(on: [port], sure: []).first { $0.serial == serial }
        do throws(OLTFailure) {
            if let found { try await session.perform(.restart(found.place)) }
        } catch {
            if error.endsSession { throw error }
        }
        let (log, now) = (await session.takeLog(), context.now)
        guard !log.isEmpty else { return }
        let rows = log.map { exchange in
            (UUID.v7(milliseconds: now.milliseconds, from: context.randomness), exchange)
        }
        try await database.write(rows, of: unit.id, at: olt.id, now: now)
        try await database.announceFibre()
    }
}

extension FibreActs {
    /// Whether the vendor has a command for it.
    func mayRestart(_ vendor: OLTVendor) -> Bool {
        guard let port = PONPort(vendor.numbersOfPort == 3 ? "0/0/1" : "0/1"), let place = ONUPlace(port, 1) else {
            return false
        }
        return !driver.commands(for: .restart(place), on: vendor, firmware: "").isEmpty
    }

    package func restart(_ id: ONU.ID, by principal: Principal, in database: TenantDatabase) async throws -> ONU {
        try await database.transaction { database in
            guard let unit = try await database.onu(id), let olt = try await database.olt(unit.olt) else {
                throw AccessRefusal.notFound
            }
            guard mayRestart(olt.vendor) else { throw FibreRefusal.noRestart }
            guard unit.isOnline else { throw FibreRefusal.notOnline }
            try await database.record(Act(.onuRestarted, unit.subject), by: principal.actor, at: principal.now)
            try await database.queue(RestartONU(id, at: unit.olt), at: principal.now)
            return unit
        }
    }
}
