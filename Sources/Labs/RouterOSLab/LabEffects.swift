import Time

// A change's side effects elsewhere in the router.
extension LabRouter {
    func inserted(_ menu: Int, _ id: UInt32) {
        let path = tables[menu].schema.path
        switch path {
        case "/interface/vlan", "/interface/bridge":
            insert(
                "/interface",
                [
                    "name": value("name", of: id, in: path) ?? "",
                    "type": path == "/interface/vlan" ? "vlan" : "bridge",
                    "mtu": "1500", "actual-mtu": "1500",
                ])
        case "/ip/firewall/address-list":
            if let position = tables[menu].position("creation-time") {
                tables[menu].set(position, of: id, to: LabClock.text(now, iso: version.writesISODates))
            }
            expireLater(id)
        case "/system/scheduler": runLater(id)
        default: break
        }
    }

    func updated(_ menu: Int, _ id: UInt32, _ before: LabRow) {
        let table = tables[menu]
        if let key = table.schema.key, let old = before.values[key], let new = table[id]?.values[key], old != new {
            rename(table.schema.path, old, to: new)
        }
        if table.schema.path == "/ip/firewall/address-list" { expireLater(id) }
    }

    func removed(_ menu: Int, _ row: LabRow) {
        let schema = tables[menu].schema
        switch schema.path {
        case "/ppp/active": endSession(row.id)
        case "/ip/hotspot/active": comeBackLater(row)
        case "/file": if let name = schema.key.flatMap({ row.values[$0] }) { files[name] = nil }
        case "/interface/vlan", "/interface/bridge":
            let interfaces = table("/interface")
            if let name = schema.key.flatMap({ row.values[$0] }) {
                for id in tables[interfaces].named(name) { delete(interfaces, id) }
            }
        default: break
        }
        // References to a removed row show its id from then on.
        if let key = schema.key, let name = row.values[key] { rename(schema.path, name, to: LabRow.text(row.id)) }
    }

    /// References follow a row, not its name.
    private func rename(_ path: String, _ old: String, to new: String) {
        for menu in tables.indices {
            for (position, field) in tables[menu].schema.fields.enumerated() {
                guard case .reference(path) = field.kind else { continue }
                for id in tables[menu].order where tables[menu][id]?.values[position] == old {
                    tables[menu].set(position, of: id, to: new)
                }
            }
        }
    }

    private func expireLater(_ id: UInt32) {
        let path = "/ip/firewall/address-list"
        guard let span = value("timeout", of: id, in: path).flatMap(LabSpan.parse) else { return }
        let menu = table(path)
        after(.seconds(span)) { router in
            if router.value("timeout", of: id, in: path) != nil { router.delete(menu, id) }
        }
    }

    /// A hotspot guest signs in again later.
    private func comeBackLater(_ row: LabRow) {
        after(redialDelay) { router in
            router.insert(
                router.table("/ip/hotspot/active"), row.values,
                traffic: LabTraffic(since: router.now.microseconds, up: 64_000, down: 512_000))
        }
    }

    func log(_ topics: String, _ message: String) {
        let menu = table("/log")
        insert(
            "/log",
            ["time": LabClock.text(now, iso: version.writesISODates), "topics": topics, "message": message])
        if tables[menu].count > 1000, let first = tables[menu].order.first { delete(menu, first) }
    }
}
