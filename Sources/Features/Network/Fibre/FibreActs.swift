import Access
import Events
import FibreProtocol
import Identifiers
import Jobs
import Nouns
import Postgres
import Routers
import Services
import Tenancy
import Time
import Vault
import Zones

/// Acts on OLTs, templates and ONUs, for people and programs.
package struct FibreActs: Sendable {
    package let driver: any OLTDriver
    /// Knows where a company's devices may be reached.
    let dialer: RouterDialer
    let vault: Vault
    let randomness: Randomness

    package init(_ driver: any OLTDriver, _ dialer: RouterDialer, vault: Vault, randomness: Randomness) {
        (self.driver, self.dialer, self.vault, self.randomness) = (driver, dialer, vault, randomness)
    }

    package func blank(at now: Instant) -> OLT { OLT(id: .make(milliseconds: now.milliseconds, from: randomness)) }

    package func blankTemplate(at now: Instant) -> ONUTemplate {
        ONUTemplate(id: .make(milliseconds: now.milliseconds, from: randomness))
    }

    private static func field(_ id: OLT.ID, _ name: String) -> SecretField {
        SecretField(name, of: "olts", row: id.uuid)
    }

    private func seal(
        _ password: String?, of id: OLT.ID, as name: String, at now: Instant, in database: TenantDatabase
    ) async throws -> [UInt8]? {
        guard let password else { return nil }
        return try await vault.seal(Array(password.utf8), for: Self.field(id, name), at: now, in: database)
    }

    /// Where the OLT is and how to sign in there. Checked each time: what was declared may have been withdrawn.
    func target(of olt: OLT, in database: TenantDatabase) async throws -> OLTTarget {
        let place = try await dialer.reach(olt.address, port: olt.port, in: database)
        guard let secrets = try await database.oltSecrets(olt.id) else { throw FibreRefusal.unknownOLT }
        func open(_ sealed: [UInt8]?, _ name: String) async throws -> String {
            guard let sealed else { return "" }
            return String(
                decoding: try await vault.open(sealed, for: Self.field(olt.id, name), in: database), as: UTF8.self)
        }
        return OLTTarget(
            address: place.address, port: place.port, vendor: olt.vendor, firmware: olt.firmware, login: olt.login,
            password: try await open(secrets.password, "password"),
            enablePassword: try await open(secrets.enable, "enable_password"))
    }
}

// OLTs.
extension FibreActs {
    package func add(
        _ new: OLT, to tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> OLT {
        try await database.transaction { database in
            var olt = try await checked(new, in: database)
            olt.number = try await database.takeFibreNumber("olt")
            let sealed = try await seal(new.password ?? "", of: new.id, as: "password", at: principal.now, in: database)
            let enable = try await seal(
                new.enablePassword, of: new.id, as: "enable_password", at: principal.now, in: database)
            (olt.password, olt.enablePassword) = (nil, nil)
            let added = olt
            try await keepingNamesFree { () async throws(DatabaseError) in
                try await database.insert(added, password: sealed ?? [], enable: enable, at: principal.now)
            }
            try await database.record(
                Act(.oltCreated, added.subject, after: added.details()), by: principal.actor, at: principal.now)
            try await WatchOLTs.schedule(in: tenant.timeZone, from: principal.now, in: database)
            try await database.queue(AlignOLT(added.id, isWhole: true), at: principal.now)
            return added
        }
    }

    func change(
        _ olt: OLT, to changed: OLT, by principal: Principal, in database: TenantDatabase
    ) async throws -> OLT {
        let isElsewhere = (olt.address, olt.port) != (changed.address, changed.port)
        // Otherwise the stored password could be sent to a stranger's device.
        if isElsewhere, changed.password == nil { throw FibreRefusal.passwordNeeded }
        return try await database.transaction { database in
            if changed.vendor != olt.vendor, try await database.hasONUs(olt.id) { throw FibreRefusal.inUse }
            var kept = try await checked(changed, in: database)
            let act = Act.change(.oltChanged, kept.subject, from: olt.details(), to: kept.details())
            let hasSecret = changed.password != nil || changed.enablePassword != nil
            guard act != nil || hasSecret else { return olt }
            let sealed = try await seal(
                changed.password, of: olt.id, as: "password", at: principal.now, in: database)
            let enable = try await seal(
                changed.enablePassword, of: olt.id, as: "enable_password", at: principal.now, in: database)
            (kept.password, kept.enablePassword) = (nil, nil)
            let written = kept
            try await keepingNamesFree { () async throws(DatabaseError) in
                try await database.update(written, password: sealed, enable: enable, isElsewhere: isElsewhere)
            }
            let credentials = hasSecret ? [Act.Detail("credentials", "changed")] : []
            try await database.record(
                Act(.oltChanged, kept.subject, before: act?.before ?? [], after: (act?.after ?? []) + credentials),
                by: principal.actor, at: principal.now)
            try await database.queue(AlignOLT(olt.id, isWhole: true), at: principal.now)
            return kept
        }
    }

    func delete(_ id: OLT.ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let olt = try await database.olt(id, locked: true) else { throw AccessRefusal.notFound }
            // ONUs of nobody are only what was seen there.
            guard try await !database.hasONUs(id) else { throw FibreRefusal.inUse }
            try await database.delete(id)
            try await database.record(
                Act(.oltDeleted, olt.subject, before: olt.details()), by: principal.actor, at: principal.now)
        }
    }

    /// Reads the OLT now: whether it answers, which ONUs ask, and all of its ports.
    package func look(at id: OLT.ID, by principal: Principal, in database: TenantDatabase) async throws -> OLT {
        try await database.transaction { database in
            guard let olt = try await database.olt(id, locked: true) else { throw AccessRefusal.notFound }
            try await database.wake(id)
            try await database.queue(AlignOLT(id, isWhole: true), at: principal.now)
            return olt
        }
    }

    /// Asks every OLT which ONUs ask to be registered.
    func find(by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            for olt in try await database.olts() {
                try await database.wake(olt.id)
                try await database.queue(AlignOLT(olt.id), at: principal.now)
            }
        }
    }

    private func checked(_ olt: OLT, in database: TenantDatabase) async throws -> OLT {
        var olt = olt
        guard PONPort.list(olt.ports, for: olt.vendor) != nil else { throw FibreRefusal.portsUnreadable }
        olt.address = "\(try await dialer.reach(olt.address, port: olt.port, in: database).address)"
        if olt.zone != nil, try await database.zone(olt.zone) == nil { throw ZoneRefusal.unknown }
        return olt
    }

    private func keepingNamesFree(_ act: () async throws(DatabaseError) -> Void) async throws {
        do {
            try await act()
        } catch let error where error.isUniqueViolation(of: "olts_by_name") {
            throw FibreRefusal.nameTaken
        } catch let error where error.isUniqueViolation(of: "onu_templates_by_name") {
            throw FibreRefusal.nameTaken
        }
    }
}

// Templates.
extension FibreActs {
    package func add(
        _ new: ONUTemplate, by principal: Principal, in database: TenantDatabase
    ) async throws -> ONUTemplate {
        if let refusal = new.refusal { throw refusal }
        return try await database.transaction { database in
            var template = new
            template.number = try await database.takeFibreNumber("onu_template")
            let added = template
            try await keepingNamesFree { () async throws(DatabaseError) in
                try await database.insert(added, at: principal.now)
            }
            try await database.record(
                Act(.onuTemplateCreated, added.subject, after: added.details()), by: principal.actor,
                at: principal.now)
            return added
        }
    }

    /// ONUs that have it already keep what they were told.
    func change(
        _ template: ONUTemplate, to changed: ONUTemplate, by principal: Principal, in database: TenantDatabase
    ) async throws -> ONUTemplate {
        if let refusal = changed.refusal { throw refusal }
        return try await database.transaction { database in
            if changed.vendor != template.vendor, try await database.isUsed(template.id) { throw FibreRefusal.inUse }
            guard
                let act = Act.change(
                    .onuTemplateChanged, changed.subject, from: template.details(), to: changed.details())
            else { return template }
            try await keepingNamesFree { () async throws(DatabaseError) in try await database.update(changed) }
            try await database.record(act, by: principal.actor, at: principal.now)
            return changed
        }
    }

    func delete(_ id: ONUTemplate.ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let template = try await database.onuTemplate(id, locked: true) else {
                throw AccessRefusal.notFound
            }
            guard try await !database.isUsed(id) else { throw FibreRefusal.inUse }
            try await database.delete(id)
            try await database.record(
                Act(.onuTemplateDeleted, template.subject, before: template.details()), by: principal.actor,
                at: principal.now)
        }
    }

    /// The commands that an OLT of the template's vendor would be sent for an invented ONU. Nothing is sent.
    func rehearse(_ template: ONUTemplate, firmware: String = "") -> [String] {
        let port =
            switch template.vendor {
            case .huawei: "0/1/0"
            case .zte: "1/1/1"
            case .vsol: "0/1"
            case .fiberhome: "11/1"
            }
        guard let port = PONPort(port), let serial = ONUSerial("HWTC11E70E9A"), let place = ONUPlace(port, 1)
        else { return [] }
        let unit = DesiredONU(serial, on: port, .open, profile: template.profile, description: "Ana Ejemplo 1")
        return driver.commands(for: .authorize(unit, at: place), on: template.vendor, firmware: firmware)
    }
}

// ONUs.
extension FibreActs {
    /// Gives a service its ONU, or changes where it is and what it is told. The OLT is told by its job.
    package func order(
        _ order: ONUOrder, on today: Day, by principal: Principal, in database: TenantDatabase
    ) async throws -> ONU {
        guard let serial = ONUSerial(order.serial) else { throw FibreRefusal.serialUnreadable }
        return try await database.transaction { database in
            guard let id = order.service, let service = try await database.service(id, on: today) else {
                throw FibreRefusal.unknownService
            }
            guard service.state != .cancelled else { throw FibreRefusal.serviceOver }
            guard let templateID = order.template, let template = try await database.onuTemplate(templateID) else {
                throw FibreRefusal.unknownTemplate
            }
            let (olt, port) = try await place(of: order, serial, in: database)
            guard template.vendor == olt.vendor else { throw FibreRefusal.otherVendor }
            let known = try await database.onu(ofService: id)
            if let known, known.serial != serial.text { throw FibreRefusal.serviceHasONU }
            if let holder = try await database.onu(serial: serial.text), let other = holder.service, other != id {
                throw FibreRefusal.serialTaken
            }
            if let known, known.olt == olt.id, known.port == port.text, known.template == template.id,
                ![.refused, .half].contains(known.standing)
            {
                return known
            }
            if let known, known.olt != olt.id {
                try await database.depart(known.serial, from: known.olt, at: principal.now)
            }
            let unit = ONU.ID.make(milliseconds: principal.now.milliseconds, from: randomness)
            try await database.put(
                serial, at: olt.id, port, of: id, template.id, new: unit, at: principal.now)
            guard let ordered = try await database.onu(ofService: id) else { throw FibreRefusal.unknownService }
            try await database.record(
                Act(
                    .onuOrdered, ordered.subject, before: known.map { $0.placeDetails } ?? [],
                    after: ordered.placeDetails), by: principal.actor, at: principal.now)
            try await database.wake(olt.id)
            try await database.queue(AlignOLT(olt.id), at: principal.now)
            if let known, known.olt != olt.id { try await database.queue(AlignOLT(known.olt), at: principal.now) }
            return ordered
        }
    }

    /// Where it was said to be, else where it was found asking.
    private func place(
        of order: ONUOrder, _ serial: ONUSerial, in database: TenantDatabase
    ) async throws -> (OLT, PONPort) {
        var (oltID, text) = (order.olt, order.port)
        if oltID == nil || text.isEmpty {
            guard let asking = try await database.askingONU(serial.text), oltID == nil || oltID == asking.olt else {
                throw FibreRefusal.placeUnknown
            }
            (oltID, text) = (asking.olt, asking.port)
        }
        guard let oltID, let olt = try await database.olt(oltID) else { throw FibreRefusal.unknownOLT }
        guard let port = PONPort(text), olt.ponPorts.contains(port) else { throw FibreRefusal.portUnknown }
        return (olt, port)
    }

    /// Tries again what the OLT refused.
    package func retry(_ id: ONU.ID, by principal: Principal, in database: TenantDatabase) async throws -> ONU {
        try await database.transaction { database in
            guard let unit = try await database.onu(id) else { throw AccessRefusal.notFound }
            guard unit.service != nil else { throw FibreRefusal.notBound }
            try await database.renew(id, at: principal.now)
            try await database.record(Act(.onuRetried, unit.subject), by: principal.actor, at: principal.now)
            try await database.wake(unit.olt)
            try await database.queue(AlignOLT(unit.olt), at: principal.now)
            return unit
        }
    }

    /// Takes the ONU from its service; its OLT forgets it.
    package func release(_ id: ONU.ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let unit = try await database.onu(id) else { throw AccessRefusal.notFound }
            guard unit.service != nil else { throw FibreRefusal.notBound }
            try await database.remove(id)
            try await database.depart(unit.serial, from: unit.olt, at: principal.now)
            try await database.record(
                Act(.onuReleased, unit.subject, before: unit.placeDetails), by: principal.actor, at: principal.now)
            try await database.wake(unit.olt)
            try await database.queue(AlignOLT(unit.olt), at: principal.now)
        }
    }
}

extension ONU {
    var placeDetails: [Act.Detail] {
        [
            Act.Detail("serial", serial), Act.Detail("olt", oltName), Act.Detail("port", port),
            Act.Detail("template", templateName), Act.Detail("customer", customerName),
        ].filter { !$0.value.isEmpty }
    }
}
