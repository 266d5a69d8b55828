/// A row's traffic counters, which grow with time.
struct LabTraffic: Equatable {
    var since: Int64
    /// Bits a second.
    var up: UInt64 = 0
    var down: UInt64 = 0
}

enum LiveValue: String, Sendable {
    case uptime, time, date, load, bytes, packets, rate
    case rx, tx
    case rxPackets = "rx-packets"
    case txPackets = "tx-packets"
    case packetRate = "packet-rate"
    case rateDown = "rate-down"
}

/// A row of a menu. Its values are in the order of the menu's properties.
struct LabRow {
    let id: UInt32
    var place: Int
    var values: [String?]
    var traffic: LabTraffic?

    static func text(_ id: UInt32) -> String { "*" + String(id, radix: 16, uppercase: true) }

    static func id(_ text: some StringProtocol) -> UInt32? {
        text.first == "*" && text.utf8.count <= 9 ? UInt32(text.dropFirst(), radix: 16) : nil
    }
}

/// A menu's rows: by id, in order, and indexed by frequently queried values.
struct LabTable {
    let schema: MenuSchema
    private(set) var rows: [UInt32: LabRow] = [:]
    /// In display order.
    private(set) var order: [UInt32] = []
    private var indexes: [[String: [UInt32]]]
    private var nextID: UInt32 = 1
    private var nextPlace = 0

    init(_ schema: MenuSchema) {
        self.schema = schema
        indexes = Array(repeating: [:], count: schema.fields.count)
    }

    var count: Int { order.count }

    subscript(id: UInt32) -> LabRow? { rows[id] }

    func position(_ name: String) -> Int? { schema.positions[name] }

    /// Ids of the rows with this value; nil where the property has no index.
    func ids(where position: Int, is value: String) -> [UInt32]? {
        schema.indexed.contains(position) ? indexes[position][value] ?? [] : nil
    }

    func named(_ name: String) -> [UInt32] { schema.key.map { indexes[$0][name] ?? [] } ?? [] }

    @discardableResult
    mutating func insert(_ values: [String?], traffic: LabTraffic? = nil) -> UInt32 {
        let id = nextID
        nextID &+= 1
        nextPlace += 1
        rows[id] = LabRow(id: id, place: nextPlace, values: values, traffic: traffic)
        order.append(id)
        for position in schema.indexed { note(id, values[position], at: position) }
        return id
    }

    mutating func set(_ position: Int, of id: UInt32, to value: String?) {
        guard let row = rows[id] else { return }
        let isIndexed = schema.indexed.contains(position)
        if isIndexed, let old = row.values[position] { forget(id, old, at: position) }
        rows[id]?.values[position] = value
        if isIndexed { note(id, value, at: position) }
    }

    mutating func set(traffic: LabTraffic, of id: UInt32) { rows[id]?.traffic = traffic }

    @discardableResult
    mutating func remove(_ id: UInt32) -> LabRow? {
        guard let row = rows[id] else { return nil }
        order.remove(at: index(of: row.place))
        rows[id] = nil
        for position in schema.indexed { if let value = row.values[position] { forget(id, value, at: position) } }
        return row
    }

    /// Moves rows before another, or to the end.
    mutating func move(_ ids: [UInt32], before destination: UInt32?) {
        let moved = Set(ids)
        var rest = order.filter { !moved.contains($0) }
        let end = destination.flatMap { rest.firstIndex(of: $0) } ?? rest.count
        rest.insert(contentsOf: ids, at: end)
        order = rest
        for (place, id) in order.enumerated() { rows[id]?.place = place }
        nextPlace = order.count
    }

    private func index(of place: Int) -> Int {
        var (low, high) = (0, order.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[order[middle]]!.place < place { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func note(_ id: UInt32, _ value: String?, at position: Int) {
        if let value { indexes[position][value, default: []].append(id) }
    }

    private mutating func forget(_ id: UInt32, _ value: String, at position: Int) {
        indexes[position][value]?.removeAll { $0 == id }
        if indexes[position][value]?.isEmpty == true { indexes[position][value] = nil }
    }
}
