import Time

// Reading: print, count, and values that change with time.
extension LabRouter {
    private static let printArguments: Set<String> = [
        ".proplist", "detail", "stats", "count-only", "follow", "follow-only", "brief", "terse", "value-list",
        "without-paging", "interval", "from", "where",
    ]

    func print(
        _ menu: Int, _ command: LabCommand, _ policies: Set<String>, into answer: inout LabAnswer, ends: Bool = true
    ) throws(LabTrap) {
        for attribute in command.attributes where !Self.printArguments.contains(attribute.name) {
            throw .unknown(attribute.name)
        }
        let columns = LabColumns(command, of: tables[menu].schema, seesSecrets: policies.contains("sensitive"))
        let query = try LabQuery(command.queries)
        let isCounting = command.has("count-only")
        var count = 0
        for id in candidates(menu, query) {
            guard let row = tables[menu][id] else { continue }
            if !query.isEmpty, !(try matches(row, of: menu, query)) { continue }
            count += 1
            if !isCounting { answer.row { write(row, of: menu, columns, into: &$0) } }
        }
        if isCounting { return answer.done(returning: "\(count)") }
        if count == 0, version.saysEmpty { answer.empty() }
        if ends { answer.done() }
    }

    /// All rows, or fewer where an index narrows them down.
    private func candidates(_ menu: Int, _ query: LabQuery) -> [UInt32] {
        let table = tables[menu]
        for (name, value) in query.equalities {
            if name == ".id" { return LabRow.id(value).map { [$0] } ?? [] }
            if let position = table.position(name), let ids = table.ids(where: position, is: value) { return ids }
        }
        return table.order
    }

    func matches(_ row: LabRow, of menu: Int, _ query: LabQuery) throws(LabTrap) -> Bool {
        let schema = tables[menu].schema
        return try query.matches { name in
            if name == ".id" { return LabRow.text(row.id) }
            // A property set to an empty value counts as unset.
            guard let value = schema.positions[name].flatMap({ self.value($0, of: row, schema) }) else { return nil }
            return value.isEmpty ? nil : value
        }
    }

    func write(_ row: LabRow, of menu: Int, _ columns: LabColumns, into answer: inout LabAnswer) {
        let schema = tables[menu].schema
        if columns.showsID, schema.shape != .single { answer.attribute(".id", LabRow.text(row.id)) }
        for position in columns.positions {
            guard let value = value(position, of: row, schema), !value.isEmpty else { continue }
            answer.attribute(schema.fields[position].name, value)
        }
    }

    func value(_ position: Int, of row: LabRow, _ schema: MenuSchema) -> String? {
        guard case .live(let live) = schema.fields[position].kind else { return row.values[position] }
        return value(live, of: row)
    }

    private func value(_ live: LiveValue, of row: LabRow) -> String? {
        let traffic = row.traffic ?? LabTraffic(since: bootedAt.microseconds)
        let elapsed = UInt64(max(0, now.microseconds - traffic.since))
        func bytes(_ rate: UInt64) -> UInt64 {
            let rate = min(rate, 100_000_000_000) / 8
            return rate * (elapsed / 1_000_000) + rate * (elapsed % 1_000_000) / 1_000_000
        }
        func packets(_ rate: UInt64) -> UInt64 { bytes(rate) / 900 }
        switch live {
        case .uptime: return LabSpan.text(Int64(elapsed / 1_000_000))
        case .time: return LabClock.time(now)
        case .date: return LabClock.date(now, iso: version.writesISODates)
        case .load: return "\(min(100, sessions.count / 40 + 3))"
        case .bytes: return "\(bytes(traffic.up))/\(bytes(traffic.down))"
        case .packets: return "\(packets(traffic.up))/\(packets(traffic.down))"
        case .rate: return "\(traffic.up)/\(traffic.down)"
        case .packetRate: return "\(traffic.up / 7200)/\(traffic.down / 7200)"
        case .rateDown: return "\(traffic.down)"
        case .rx: return "\(bytes(traffic.up))"
        case .tx: return "\(bytes(traffic.down))"
        case .rxPackets: return "\(packets(traffic.up))"
        case .txPackets: return "\(packets(traffic.down))"
        }
    }
}

/// The properties that a print returns.
struct LabColumns {
    let showsID: Bool
    let positions: [Int]

    init(_ command: LabCommand, of schema: MenuSchema, seesSecrets: Bool) {
        let wanted: [Int]
        if let list = command.value(".proplist") {
            let names = list.split(separator: ",")
            showsID = names.contains(".id")
            wanted = names.compactMap { schema.positions[String($0)] }
        } else {
            showsID = true
            wanted = Array(schema.fields.indices)
        }
        positions = seesSecrets ? wanted : wanted.filter { schema.fields[$0].kind != .secret }
    }
}

/// Dates in the version's format.
enum LabClock {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    static func text(_ instant: Instant, iso: Bool) -> String { "\(date(instant, iso: iso)) \(time(instant))" }

    static func date(_ instant: Instant, iso: Bool) -> String {
        let (month, day) = TimeZone.utc.day(at: instant).monthAndDay
        if iso { return "\(month.year)-\(two(month.number))-\(two(day))" }
        return "\(months[month.number - 1])/\(two(day))/\(month.year)"
    }

    static func time(_ instant: Instant) -> String {
        let time = TimeZone.utc.local(at: instant).time
        return "\(two(time.hour)):\(two(time.minute)):\(two(time.second))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
