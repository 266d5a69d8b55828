import FibreProtocol

/// AN5516. Its commands stand in menus; an ONU is on line while the whitelist names it.
struct FiberHomeDialect: Dialect {
    let preparation = ["terminal length 0"]
    let entry = ["cd onu"]
    let base = "\\onu#"
    let leaving = "cd onu"
    let refusalMarks = ["[error", "[ err", "%"]
    let identification = "show version"

    func identity(from lines: [String], host: String) -> OLTIdentity {
        let values = Dictionary(lines.compactMap(Self.dictionary), uniquingKeysWith: { first, _ in first })
        return OLTIdentity(name: host, model: values["product"] ?? "AN5516", version: values["version"] ?? "")
    }

    /// Four letters, then small digits.
    private func spelled(_ serial: ONUSerial) -> String { serial.vendor + serial.tail.lowercased() }

    private func numbers(_ place: ONUPlace) -> (slot: Int, pon: Int) {
        (place.port.numbers.first ?? 0, place.port.port)
    }

    func commands(for step: OLTStep) -> [OLTCommand] {
        switch step {
        case .authorize(let unit, let place):
            let (slot, pon) = numbers(place)
            return [
                OLTCommand(
                    """
                    set whitelist phy_addr address \(spelled(unit.serial)) password null action add slot \(slot) \
                    pon \(pon) onu \(place.number) type \(unit.profile.unitType)
                    """, undo: removal(of: place))
            ] + service(of: unit, at: place)
        case .serve(let unit, let place): return service(of: unit, at: place)
        case .remove(let place): return removal(of: place)
        case .suspend, .restore, .restart: return []
        }
    }

    private func removal(of place: ONUPlace) -> [OLTCommand] {
        let (slot, pon) = numbers(place)
        return [OLTCommand("no whitelist slot \(slot) pon \(pon) onu \(place.number)", forgives: [.absent])]
    }

    private func service(of unit: DesiredONU, at place: ONUPlace) -> [OLTCommand] {
        let (slot, pon) = numbers(place)
        let port = "set epon slot \(slot) pon \(pon) onu \(place.number) port 1"
        return [
            .level("cd .."), .level("cd lan"), OLTCommand("\(port) service number 1"),
            // 33024 is 0x8100, the type of a tagged frame.
            OLTCommand("\(port) service 1 vlan_mode tag 0 33024 \(unit.profile.vlan)"),
            OLTCommand("apply onu \(slot) \(pon) \(place.number) vlan"), .level("cd .."), .level("cd onu"),
        ]
    }

    let saving: [OLTCommand] = [.level("cd .."), OLTCommand("save"), .level("cd onu")]
    let configuration: [OLTCommand] = []

    func found(on ports: [PONPort], by line: OLTLine) async throws(OLTFailure) -> [FoundONU] {
        try await line.read("show discovery slot all pon all").compactMap { text in
            let words = text.words
            guard words.count >= 3, let slot = Int(words[0]), let pon = Int(words[1]),
                let serial = words.lazy.compactMap({ ONUSerial($0) }).first, let port = PONPort("\(slot)/\(pon)")
            else { return nil }
            let model = words.dropFirst(2).first { ONUSerial($0) == nil && Int($0) == nil } ?? ""
            return FoundONU(serial, on: port, model: String(model.prefix(40)))
        }
    }

    func units(
        on port: PONPort, sure: Set<ONUSerial>, by line: OLTLine
    ) async throws(OLTFailure) -> [ObservedONU] {
        let (slot, pon) = (port.numbers.first ?? 0, port.port)
        var units: [ObservedONU] = []
        var (rows, total) = (0, 0)
        for text in try await line.list("show authorization slot \(slot) pon \(pon)", headed: "onu auth table") {
            let words = text.words
            if let item = words.firstIndex(of: "ITEM"), words.count > item + 2 { total = Int(words[item + 2]) ?? 0 }
            guard words.count >= 8, Int(words[0]) == slot, Int(words[1]) == pon else { continue }
            rows += 1
            guard let serial = ONUSerial(words[7]) else { continue }
            units.append(
                ObservedONU(
                    serial, at: try port.place(of: Int(words[2])), isEnabled: true,
                    isOnline: words[6].lowercased() == "up",
                    cause: words[6].lowercased() == "up" ? nil : .other))
        }
        guard rows >= total else { throw .unreadable("Its list is incomplete.") }
        for index in units.indices where sure.contains(units[index].serial) && units[index].isOnline {
            let number = units[index].place.number
            for text in try await line.read("show optic_module slot \(slot) pon \(pon) onu \(number)") {
                guard let (key, value) = Self.dictionary(text), key.hasPrefix("recv power") else { continue }
                units[index].received = hundredths(of: value)
            }
        }
        return units
    }
}
