import Access
import Collection
import Customers
import Declarations
import Events
import Identifiers
import JSON
import Jobs
import Letters
import Locale
import Notices
import Postgres
import Services
import Tenancy
import Time

/// What an incident means for those it affects: collection waits, they are told once, and at its end they are told so and
/// credited. It may run twice and end the same.
package struct FollowIncident: Job {
    package static let kind = "network.follow-incident"

    let incident: Incident.ID
    /// Keeps one that waits for a moment apart from one that is due at once.
    let moment: Int

    package init(_ incident: Incident.ID) { (self.incident, moment) = (incident, 0) }

    package init(_ incident: Incident.ID, at moment: Instant) {
        (self.incident, self.moment) = (incident, Int(moment.seconds))
    }

    package var key: String? { "\(incident) \(moment)" }
    package var lane: String? { "incident \(incident)" }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("incident", as: String.self)
        let moment = fields.required("moment", as: Int.self)
        guard let id = Incident.ID(try fields.finish(text)) else {
            throw .expected("an id", at: pointer.appending("incident"))
        }
        (incident, self.moment) = (id, moment ?? 0)
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("incident", incident.description)
            json.member("moment", moment)
        }
    }

    func run(in context: JobContext, by acts: IncidentFollowing) async throws {
        guard let tenant = try await context.database.lockedTenant() else { return }
        try await acts.follow(incident, of: tenant, at: context.now, in: context.database)
    }
}

/// Follows incidents, with what it needs besides the database.
package struct IncidentFollowing: Sendable {
    let catalogue: Catalogue
    /// The company's address, for letters; nil without a mail server.
    let origin: @Sendable (Tenant) -> String?
    let randomness: Randomness

    static let source = "outage"
    /// Customers read at a time.
    private static let chunk = 200

    package init(
        _ catalogue: Catalogue, origin: @escaping @Sendable (Tenant) -> String?, randomness: Randomness
    ) {
        (self.catalogue, self.origin, self.randomness) = (catalogue, origin, randomness)
    }

    package func follow(
        _ id: Incident.ID, of tenant: Tenant, at now: Instant, in database: TenantDatabase
    ) async throws {
        guard var incident = try await database.incident(id) else { return }
        let principal = Principal.commandLine(of: catalogue, at: now)
        if incident.isQuiet, incident.cause != .device, let maintenance = incident.maintenance,
            try await database.maintenance(maintenance)?.isActive(at: now) != true
        {
            incident = try await overrun(incident, by: principal, in: database)
        }
        let policy = try await database.outagePolicy()
        let desk = Desk(tenant: tenant, policy: policy, principal: principal, database: database)
        try await alert(incident, desk)
        if incident.state == .resolved {
            try await settle(incident, desk)
        } else {
            try await hold(incident, desk)
            try await escalate(incident, desk)
        }
    }

    private struct Desk: Sendable {
        let tenant: Tenant
        let policy: OutagePolicy
        let principal: Principal
        let database: TenantDatabase

        var now: Instant { principal.now }
        var reader: Reader { tenant.reader }
    }

    /// The maintenance is over and what it took down is not back.
    func overrun(
        _ incident: Incident, by principal: Principal, in database: TenantDatabase
    ) async throws -> Incident {
        try await database.transaction { database in
            guard var known = try await database.incident(incident.id, locked: true), known.isQuiet,
                known.state != .resolved
            else { return incident }
            known.isQuiet = false
            try await database.update(known)
            try await database.record(
                Act(.incidentOverran, known.subject), by: principal.actor, at: principal.now)
            return known
        }
    }

    // MARK: - While it lasts

    private func hold(_ incident: Incident, _ desk: Desk) async throws {
        let tells = desk.policy.isTold && !incident.isQuiet
        while true {
            let customers = try await desk.database.customersToFollow(
                incident.id, telling: tells, limit: Self.chunk)
            for customer in customers { try await hold(customer, incident, tells, desk) }
            if customers.count < Self.chunk { return }
        }
    }

    private func hold(_ customer: Customer.ID, _ incident: Incident, _ tells: Bool, _ desk: Desk) async throws {
        let (now, reader) = (desk.now, desk.reader)
        try await desk.database.transaction { database in
            let affected = try await database.affectedServices(of: customer, by: incident.id)
            guard !affected.isEmpty else { return }
            _ = try await CollectionHold.make(
                for: customer, nil, source: Self.source, incident.id.uuid,
                because: IncidentWords.holdReason.text(for: reader, .text("place", incident.title)),
                from: desk.tenant.timeZone.day(at: now), to: nil, by: desk.principal, from: randomness, in: database)
            var telling = affected.compactMap(\.telling).first
            if tells, telling == nil {
                let isSpaced = try await database.wasTold(
                    customer, ofAnotherThan: incident.id, since: now - OutagePolicy.spacing)
                telling = isSpaced ? "spaced" : "told"
                if !isSpaced {
                    let words = incident.words(of: desk.tenant)
                    try await database.notify(
                        customer, of: .outage, about: incident.id.uuid,
                        subject: IncidentWords.noticeSubject.message.text(for: reader, words),
                        text: incident.notice(for: desk.tenant), blanks: incident.blanks(of: desk.tenant), at: now)
                }
            }
            try await database.note(held: true, telling: telling, of: customer, in: incident.id, at: now)
        }
    }

    /// Says again that nobody has acknowledged it, once.
    private func escalate(_ incident: Incident, _ desk: Desk) async throws {
        guard incident.state == .open, !incident.isQuiet, desk.policy.escalationMinutes > 0 else { return }
        let due = incident.startedAt + .seconds(desk.policy.escalationMinutes * 60)
        guard incident.escalatedAt == nil else { return }
        guard due <= desk.now else {
            return try await desk.database.queue(FollowIncident(incident.id, at: due), at: due)
        }
        let letterhead = head(of: desk.tenant)
        try await desk.database.transaction { database in
            guard var known = try await database.incident(incident.id, locked: true), known.state == .open,
                known.escalatedAt == nil
            else { return }
            known.escalatedAt = desk.now
            try await database.update(known)
            try await database.record(
                Act(.incidentEscalated, known.subject), by: desk.principal.actor, at: desk.now)
            // The first alert is not out where it took this long to follow.
            guard try await database.isAlerted(known.id) else { return }
            try await database.write(known, to: desk.policy.addresses, on: letterhead, at: desk.now, from: randomness)
        }
    }

    // MARK: - Alerts

    private func head(of tenant: Tenant) -> Letterhead? {
        origin(tenant).map { Letterhead(language: tenant.language, origin: $0) }
    }

    /// Once when it is open, and once more when it is over.
    private func alert(_ incident: Incident, _ desk: Desk) async throws {
        guard !incident.isQuiet, incident.partOf == nil else { return }
        let letterhead = head(of: desk.tenant)
        try await desk.database.transaction { database in
            let isNew =
                incident.state == .resolved
                ? try await database.takeRecovery(of: incident.id, at: desk.now)
                : try await database.takeAlert(of: incident.id, at: desk.now)
            guard isNew else { return }
            if incident.state != .resolved {
                try await IncidentFollower.follow(incident, .alerted, by: desk.principal, in: database)
            }
            try await database.write(
                incident, to: desk.policy.addresses, on: letterhead, at: desk.now, from: randomness)
        }
    }

    // MARK: - When it is over

    private func settle(_ incident: Incident, _ desk: Desk) async throws {
        while true {
            let customers = try await desk.database.customersToSettle(incident.id, limit: Self.chunk)
            for customer in customers {
                if incident.isMistake {
                    try await retract(incident, of: customer, desk)
                } else {
                    try await settle(customer, incident, desk)
                }
            }
            if customers.count < Self.chunk { return }
        }
    }

    private func retract(_ incident: Incident, of customer: Customer.ID, _ desk: Desk) async throws {
        let (now, reader) = (desk.now, desk.reader)
        try await desk.database.transaction { database in
            // It takes the customer's hold before the customer, as collection does.
            try await CollectionHold.end(
                source: Self.source, incident.id.uuid, of: customer, by: desk.principal, in: database)
            guard try await database.customer(customer, locked: true) != nil else { return }
            let affected = try await database.affectedServices(of: customer, by: incident.id)
            for one in affected {
                try await database.settle(one.service, in: incident.id, minutes: 0, credit: nil, at: now)
            }
            guard affected.contains(where: { $0.telling == "told" }),
                try await database.openIncidents(of: customer).isEmpty
            else { return }
            let words = incident.words(of: desk.tenant)
            try await database.notify(
                customer, of: .outageOver, about: incident.id.uuid,
                subject: IncidentWords.mistakeSubject.message.text(for: reader, words),
                text: IncidentWords.mistakeNotice.message.text(for: reader, words),
                blanks: incident.blanks(of: desk.tenant), at: now)
        }
    }

    private func settle(_ customer: Customer.ID, _ incident: Incident, _ desk: Desk) async throws {
        guard let end = incident.resolvedAt else { return }
        let (now, reader) = (desk.now, desk.reader)
        let today = desk.tenant.timeZone.day(at: now)
        // What was announced is not credited.
        var announced: Instant?
        if let id = incident.maintenance, let maintenance = try await desk.database.maintenance(id) {
            announced = maintenance.cancelledAt ?? maintenance.endsAt
        }
        let free = announced
        try await desk.database.transaction { database in
            // It takes the customer's hold before the customer, as collection does.
            try await CollectionHold.end(
                source: Self.source, incident.id.uuid, of: customer, by: desk.principal, in: database)
            // Acts on a customer's services come one after another.
            guard try await database.customer(customer, locked: true) != nil else { return }
            let affected = try await database.affectedServices(of: customer, by: incident.id)
            guard !affected.isEmpty else { return }
            var credited: Money?
            var isBack = false
            for one in affected {
                guard !one.countsElsewhere, incident.partOf == nil else {
                    try await database.carryOver(one, from: incident.id)
                    try await database.settle(one.service, in: incident.id, minutes: 0, credit: nil, at: now)
                    continue
                }
                isBack = true
                let creditedBefore = try await database.creditedSpans(of: one.service, exceptBy: incident.id)
                let minutes = Incident.minutes(from: one.downFrom, to: end, without: creditedBefore)
                var credit: Money?
                if !incident.isQuiet, one.state != .cancelled,
                    let service = try await database.service(one.service, on: today), !service.isPrepaid
                {
                    let start = max(one.downFrom, free ?? one.downFrom)
                    credit = try desk.policy.credit(
                        for: Incident.minutes(from: start, to: end, without: creditedBefore),
                        ofOutage: Incident.minutes(from: start, to: end), of: service.price)
                }
                if let credit {
                    let name = IncidentWords.creditName.text(
                        for: reader, .text("place", incident.title), .number("number", minutes))
                    _ = try await ServiceCredit(name: name.prefix(scalars: 100), amount: credit).happen(
                        to: one.service, of: desk.tenant, by: desk.principal, in: database)
                    credited = try credited.map { try $0 + credit } ?? credit
                }
                try await database.settle(
                    one.service, in: incident.id, minutes: minutes, credit: credit?.minor, at: now)
            }
            guard isBack, affected.contains(where: { $0.telling == "told" }) else { return }
            var text = IncidentWords.recoveryText.message.text(for: reader, incident.words(of: desk.tenant))
            if let credited {
                text +=
                    " "
                    + IncidentWords.recoveryCredit.text(
                        for: reader, .text("amount", credited.exactText(for: reader)))
            }
            try await database.notify(
                customer, of: .outageOver, about: incident.id.uuid,
                subject: IncidentWords.recoverySubject.message.text(for: reader, incident.words(of: desk.tenant)),
                text: text,
                blanks: incident.blanks(of: desk.tenant), at: now)
        }
    }
}

extension Incident {
    /// What letters and notices say of it.
    func words(of tenant: Tenant) -> [Blank] {
        let reader = tenant.reader
        return [
            .text("company", tenant.name), .text("place", title),
            .text("since", startedAt.text(.short, in: tenant.timeZone, for: reader)),
            .text("eta", expected(for: tenant)), .text("duration", duration(at: resolvedAt ?? startedAt, for: reader)),
            .number("customers", customers),
        ]
    }

    func blanks(of tenant: Tenant) -> [String: String] {
        [
            "lugar": title, "desde": startedAt.text(.short, in: tenant.timeZone, for: tenant.reader),
            "hora": expected(for: tenant), "duracion": duration(at: resolvedAt ?? startedAt, for: tenant.reader),
        ]
    }

    private func expected(for tenant: Tenant) -> String {
        expectedAt?.text(.short, in: tenant.timeZone, for: tenant.reader)
            ?? IncidentWords.etaUnknown.text(for: tenant.reader)
    }

    /// To those it affects, when it begins and whenever they ask.
    package func notice(for tenant: Tenant) -> String {
        (expectedAt == nil ? IncidentWords.noticeText : .noticeTextWithETA).message.text(
            for: tenant.reader, words(of: tenant))
    }

    func duration(at now: Instant, for reader: Reader) -> String {
        let minutes = minutes(at: now)
        if minutes < 60 { return IncidentWords.durationMinutes.text(for: reader, .number("number", minutes)) }
        return IncidentWords.durationHours.text(
            for: reader, .number("hours", minutes / 60), .number("number", minutes % 60))
    }
}

extension TenantDatabase {
    fileprivate func isAlerted(_ id: Incident.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM incidents WHERE tenant_id = \(tenant) AND incident_id = \(id) AND alerted_at IS NOT NULL)
            """) ?? false
    }

    /// Whether its end is still to be said to those who were alerted of it.
    fileprivate func takeRecovery(of id: Incident.ID, at now: Instant) async throws(DatabaseError) -> Bool {
        try await execute(
            """
            UPDATE incidents SET recovery_at = \(now)
            WHERE tenant_id = \(tenant) AND incident_id = \(id) AND alerted_at IS NOT NULL AND recovery_at IS NULL
            """) > 0
    }

    fileprivate func write(
        _ incident: Incident, to addresses: [String], on head: Letterhead?, at now: Instant, from randomness: Randomness
    ) async throws {
        guard let head else { return }
        for address in addresses {
            try await write(.incident, to: address, about: incident.id.uuid, on: head, at: now, from: randomness)
        }
    }

    /// The incident that counts for both counts from when the service went down, and who was told need not be told
    /// again.
    fileprivate func carryOver(_ one: AffectedService, from id: Incident.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE incident_services y
            SET down_from = least(y.down_from, x.down_from),
                telling = CASE WHEN x.telling = 'told' THEN x.telling ELSE coalesce(y.telling, x.telling) END,
                told_at = coalesce(y.told_at, x.told_at)
            FROM incident_services x, incidents i, incidents o
            WHERE y.tenant_id = \(tenant) AND y.service_id = \(one.service) AND x.tenant_id = \(tenant)
                AND x.incident_id = \(id) AND x.service_id = y.service_id AND i.tenant_id = \(tenant)
                AND i.incident_id = \(id) AND o.tenant_id = \(tenant) AND o.incident_id = y.incident_id
                AND \(countsForBoth)
            """)
    }
}

package enum IncidentLetters {
    package static func add(to office: inout LetterSender) {
        office.add(.incident) { letter, desk in
            guard let about = letter.about, let incident = try await desk.database.incident(Incident.ID(about)) else {
                return nil
            }
            let words = incident.words(of: desk.tenant)
            let isOver = incident.state == .resolved
            return LetterText(
                subject: (isOver ? IncidentWords.letterOverSubject : .letterSubject).message.text(
                    for: desk.reader, words),
                paragraphs: [(isOver ? IncidentWords.letterOver : .letter).message.text(for: desk.reader, words)],
                link: (IncidentWords.see.text(for: desk.reader), "\(letter.origin)\(incident.panelPath)"), closing: [])
        }
    }
}
