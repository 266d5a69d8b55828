import Addresses
import Time

// Writing: the console's commands on a menu, and their errors.
extension LabRouter {
    func add(_ menu: Int, _ command: LabCommand) throws(LabTrap) -> UInt32 {
        let schema = tables[menu].schema
        var values = schema.fields.map(\.standard)
        var destination: UInt32?
        for (name, text) in command.attributes {
            if name == "place-before", schema.isOrdered {
                destination = try rows(menu, [text])[0]
                continue
            }
            let position = try writable(name, schema)
            values[position] = try accept(text, at: position, schema)
        }
        for (position, field) in schema.fields.enumerated()
        where field.isRequired && values[position]?.isEmpty ?? true {
            throw .missing(field.name)
        }
        try checkUnique(menu, values, except: nil)
        try check(values, schema)
        let id = insert(menu, values, traffic: schema.positions["bytes"].map { _ in someTraffic(values, schema) })
        if let destination { tables[menu].move([id], before: destination) }
        return id
    }

    func set(_ menu: Int, _ command: LabCommand) throws(LabTrap) {
        let schema = tables[menu].schema
        let ids = schema.shape == .single ? tables[menu].order : try rows(menu, command.rowNames)
        var changes: [(position: Int, value: String?)] = []
        for (name, text) in command.attributes where !LabCommand.rowNameAttributes.contains(name) {
            let position = try writable(name, schema)
            changes.append((position, try accept(text, at: position, schema)))
        }
        for id in ids {
            try refuseDynamic(menu, id, "change")
            guard var values = tables[menu][id]?.values else { continue }
            for (position, value) in changes { values[position] = value }
            try checkUnique(menu, values, except: id)
            try check(values, schema)
        }
        for id in ids { update(menu, id, changes) }
    }

    func unset(_ menu: Int, _ command: LabCommand) throws(LabTrap) {
        guard let name = command.value("value-name") else { throw .missing("value-name") }
        let schema = tables[menu].schema
        let position = try writable(name, schema)
        if schema.fields[position].isRequired { throw .invalid("value-name") }
        for id in try rows(menu, command.rowNames) { update(menu, id, [(position, schema.fields[position].standard)]) }
    }

    func toggle(_ menu: Int, _ command: LabCommand, to value: String) throws(LabTrap) {
        guard let position = tables[menu].schema.disabled else { throw .noSuchCommand }
        let ids = try rows(menu, command.rowNames)
        for id in ids { try refuseDynamic(menu, id, "change") }
        for id in ids { update(menu, id, [(position, value)]) }
    }

    func remove(_ menu: Int, _ command: LabCommand) throws(LabTrap) {
        let ids = try rows(menu, command.rowNames)
        let schema = tables[menu].schema
        for id in ids {
            if let position = schema.positions["default"], tables[menu][id]?.values[position] == "true" {
                throw LabTrap("failure: can not remove default item")
            }
            // Dynamic address list entries and leases may be removed early.
            if schema.path != "/ip/firewall/address-list", schema.path != "/ip/dhcp-server/lease" {
                try refuseDynamic(menu, id, "remove")
            }
        }
        for id in ids { delete(menu, id) }
    }

    func move(_ menu: Int, _ command: LabCommand) throws(LabTrap) {
        let ids = try rows(menu, command.rowNames)
        let destination = try command.value("destination").map { name throws(LabTrap) in try rows(menu, [name])[0] }
        tables[menu].move(ids, before: destination)
    }

    func resetCounters(_ menu: Int, _ command: LabCommand) throws(LabTrap) {
        for id in try rows(menu, command.rowNames) {
            guard var traffic = tables[menu][id]?.traffic else { continue }
            traffic.since = now.microseconds
            tables[menu].set(traffic: traffic, of: id)
        }
    }

    func makeStatic(_ menu: Int, _ command: LabCommand) throws(LabTrap) {
        guard let dynamic = tables[menu].schema.dynamic else { throw .noSuchCommand }
        for id in try rows(menu, command.rowNames) { update(menu, id, [(dynamic, "false")]) }
    }

    func runScript(_ menu: Int, _ command: LabCommand) throws(LabTrap) {
        let schema = tables[menu].schema
        guard let count = schema.positions["run-count"], let last = schema.positions["last-started"] else { return }
        for id in try rows(menu, command.rowNames) {
            let runs = tables[menu][id]?.values[count].flatMap { Int($0) } ?? 0
            update(menu, id, [(count, "\(runs + 1)"), (last, LabClock.text(now, iso: version.writesISODates))])
            try execute(script: value("source", of: id, in: schema.path) ?? "")
        }
    }

    /// The named rows, by id or by name.
    func rows(_ menu: Int, _ names: [String]?) throws(LabTrap) -> [UInt32] {
        guard let names, !names.isEmpty else { throw .missing(".id") }
        var ids: [UInt32] = []
        for name in names {
            if let id = LabRow.id(name), tables[menu][id] != nil {
                ids.append(id)
            } else if let id = tables[menu].named(name).first {
                ids.append(id)
            } else {
                throw .noSuchItem
            }
        }
        return ids
    }
}

// Validation.
extension LabRouter {
    private func writable(_ name: String, _ schema: MenuSchema) throws(LabTrap) -> Int {
        guard let position = schema.positions[name], schema.fields[position].isWritable else { throw .unknown(name) }
        return position
    }

    /// An empty value unsets a property.
    private func accept(_ text: String, at position: Int, _ schema: MenuSchema) throws(LabTrap) -> String? {
        let field = schema.fields[position]
        if text.isEmpty { return field.kind == .text || field.kind == .secret ? "" : field.standard }
        if text == field.standard { return text }
        let value = try field.kind.accept(text, for: field.name)
        switch field.kind {
        case .reference(let path):
            guard let menu = menus[path], !tables[menu].named(value).isEmpty else { throw .unmatched(field.name) }
        case .addressOrPool:
            let isPool = !tables[table("/ip/pool")].named(value).isEmpty
            guard isPool || IPAddress(value) != nil else { throw .unmatched(field.name) }
        default: break
        }
        return value
    }

    private func checkUnique(_ menu: Int, _ values: [String?], except own: UInt32?) throws(LabTrap) {
        let schema = tables[menu].schema
        guard let first = schema.unique.first, let value = values[first] else { return }
        for id in tables[menu].ids(where: first, is: value) ?? [] where id != own {
            guard let other = tables[menu][id] else { continue }
            if schema.unique.allSatisfy({ other.values[$0] == values[$0] }) { throw LabTrap(schema.takenMessage) }
        }
    }

    /// Checks properties that depend on each other.
    private func check(_ values: [String?], _ schema: MenuSchema) throws(LabTrap) {
        guard schema.path == "/queue/simple" else { return }
        func rates(_ name: String) -> (up: UInt64, down: UInt64) {
            schema.positions[name].flatMap { values[$0] }.flatMap(LabRate.pair) ?? (0, 0)
        }
        let (most, least) = (rates("max-limit"), rates("limit-at"))
        if most.up > 0, least.up > most.up { throw LabTrap("failure: upload-max-limit less than upload-limit") }
        if most.down > 0, least.down > most.down {
            throw LabTrap("failure: download-max-limit less than download-limit")
        }
    }

    private func refuseDynamic(_ menu: Int, _ id: UInt32, _ verb: String) throws(LabTrap) {
        let table = tables[menu]
        guard let position = table.schema.dynamic, table[id]?.values[position] == "true" else { return }
        throw LabTrap("failure: can not \(verb) dynamic item")
    }

    private func someTraffic(_ values: [String?], _ schema: MenuSchema) -> LabTraffic {
        let limit = schema.positions["max-limit"].flatMap { values[$0] }.flatMap(LabRate.pair)
        guard let limit else { return LabTraffic(since: now.microseconds, up: 8000, down: 64_000) }
        return LabTraffic(since: now.microseconds, up: limit.up / 10, down: limit.down / 5)
    }
}

// All row changes go through these functions, which notify the listeners.
extension LabRouter {
    @discardableResult
    func insert(_ menu: Int, _ values: [String?], traffic: LabTraffic? = nil) -> UInt32 {
        let id = tables[menu].insert(values, traffic: traffic)
        inserted(menu, id)
        tell(menu, id)
        return id
    }

    @discardableResult
    func insert(_ path: String, _ given: KeyValuePairs<String, String>, traffic: LabTraffic? = nil) -> UInt32 {
        let menu = table(path)
        let schema = tables[menu].schema
        var values = schema.fields.map(\.standard)
        for (name, value) in given {
            // The menu table knows which version has which property.
            if let position = schema.positions[name] { values[position] = value }
        }
        return insert(menu, values, traffic: traffic)
    }

    func update(_ menu: Int, _ id: UInt32, _ changes: [(position: Int, value: String?)]) {
        guard let before = tables[menu][id] else { return }
        for (position, value) in changes { tables[menu].set(position, of: id, to: value) }
        updated(menu, id, before)
        tell(menu, id)
    }

    func delete(_ menu: Int, _ id: UInt32) {
        guard let row = tables[menu].remove(id) else { return }
        removed(menu, row)
        tellDead(menu, id)
    }

    /// A value of a row by its property's name.
    func value(_ name: String, of id: UInt32, in path: String) -> String? {
        let table = tables[table(path)]
        return table.position(name).flatMap { table[id]?.values[$0] }
    }
}
