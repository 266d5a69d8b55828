import FibreProtocol

/// SmartAX MA5600T and MA5800.
struct HuaweiDialect: Dialect {
    // Without smart mode no command waits for another Enter.
    let preparation = ["undo smart", "undo interactive", "scroll", "infoswitch cli OFF"]
    let entry = ["config"]
    let base = "(config)#"
    let leaving = "quit"
    let refusalMarks = ["failure:", "error:", "%"]
    let identification = "display version"

    func identity(from lines: [String], host: String) -> OLTIdentity {
        let values = Dictionary(lines.compactMap(Self.dictionary), uniquingKeysWith: { first, _ in first })
        return OLTIdentity(name: host, model: values["product"] ?? "", version: values["version"] ?? "")
    }

    private func interface(_ port: PONPort) -> OLTCommand { .level("interface gpon \(port.board)") }

    func commands(for step: OLTStep) -> [OLTCommand] {
        switch step {
        case .authorize(let unit, let place):
            let add = OLTCommand(
                """
                ont add \(place.port.port) \(place.number) sn-auth \(unit.serial.hexadecimal) omci \
                ont-lineprofile-id \(unit.profile.line) ont-srvprofile-id \(unit.profile.service) \
                desc "\(unit.description)"
                """,
                undo: [
                    interface(place.port),
                    OLTCommand("ont delete \(place.port.port) \(place.number)", forgives: [.absent]), .level(leaving),
                ])
            return [interface(place.port), add, .level(leaving)] + service(of: unit, at: place)
        case .serve(let unit, let place): return service(of: unit, at: place)
        case .suspend(let place): return within(place, "ont deactivate \(place.port.port) \(place.number)")
        case .restore(let place): return within(place, "ont activate \(place.port.port) \(place.number)")
        case .restart(let place):
            return within(place, "ont reset \(place.port.port) \(place.number)", confirmation: "y")
        case .remove(let place):
            // The unit cannot go while service ports use it.
            return [
                OLTCommand(
                    "undo service-port port \(place.port.text) ont \(place.number)", confirmation: "y",
                    forgives: [.absent])
            ] + within(place, "ont delete \(place.port.port) \(place.number)", forgives: [.absent])
        }
    }

    private func within(
        _ place: ONUPlace, _ text: String, confirmation: String? = nil, forgives: Set<OLTFailure.Refusal> = []
    ) -> [OLTCommand] {
        [
            interface(place.port), OLTCommand(text, confirmation: confirmation, forgives: forgives), .level(leaving),
        ]
    }

    private func service(of unit: DesiredONU, at place: ONUPlace) -> [OLTCommand] {
        let profile = unit.profile
        let limits =
            profile.upload.isEmpty || profile.download.isEmpty
            ? ""
            : " inbound traffic-table index \(profile.upload) outbound traffic-table index \(profile.download)"
        return [
            OLTCommand(
                """
                service-port vlan \(profile.vlan) gpon \(place.port.text) ont \(place.number) gemport \(profile.gem) \
                multi-service user-vlan \(profile.vlan) tag-transform translate\(limits)
                """,
                undo: [
                    OLTCommand(
                        "undo service-port port \(place.port.text) ont \(place.number)", confirmation: "y",
                        forgives: [.absent])
                ], forgives: [.numberTaken])
        ]
    }

    // The OLT returns early and writes for minutes.
    let saving = [OLTCommand("save")]
    let configuration = [OLTCommand("display current-configuration", changes: false)]

    func found(on ports: [PONPort], by line: OLTLine) async throws(OLTFailure) -> [FoundONU] {
        var found: [FoundONU] = []
        var port: PONPort?
        var serial: ONUSerial?
        for text in try await line.read("display ont autofind all") {
            guard let (key, value) = Self.dictionary(text) else { continue }
            switch key {
            case "number": (port, serial) = (nil, nil)
            case "f/s/p": port = PONPort(value)
            case "ont sn": serial = ONUSerial(value.prefix { $0 != " " })
            case "ont equipmentid":
                if let port, let serial { found.append(FoundONU(serial, on: port, model: String(value.prefix(40)))) }
            default: break
            }
        }
        return found
    }

    func units(
        on port: PONPort, sure: Set<ONUSerial>, by line: OLTLine
    ) async throws(OLTFailure) -> [ObservedONU] {
        var states: [Int: (isOnline: Bool, cause: ObservedONU.Cause?)] = [:]
        var units: [ObservedONU] = []
        var (rows, total) = (0, 0)
        let command = "display ont info summary \(port.text)"
        for text in try await line.list(command, headed: "the total of onts are:", orNone: "there is no ont available")
        {
            let words = text.words
            if let place = words.firstIndex(of: "are:"), place + 1 < words.count, words.first == "In" {
                total = Int(words[place + 1].prefix(while: \.isNumber)) ?? 0
            }
            guard words.count >= 2, let number = Int(words[0]) else { continue }
            if words[1] == "online" || words[1] == "offline" {
                states[number] = (words[1] == "online", Self.cause(words.count > 2 ? words[words.count - 1] : ""))
            } else if words.count >= 5 {
                rows += 1
                guard let serial = ONUSerial(words[1]) else { continue }
                let powers = words[4].split(separator: "/")
                units.append(
                    ObservedONU(
                        serial, at: try port.place(of: number),
                        received: powers.first.flatMap { hundredths(of: $0) }, distance: metres(of: words[3]),
                        description: words.dropFirst(5).joined(separator: " ")))
            }
        }
        guard rows >= total, states.count >= total else { throw .unreadable("Its list is incomplete.") }
        for index in units.indices {
            guard let state = states[units[index].place.number] else { continue }
            units[index].isOnline = state.isOnline
            // Only an active unit is on line.
            units[index].isEnabled = state.isOnline ? true : state.cause == .suspended ? false : nil
            units[index].cause = state.isOnline ? nil : state.cause
            guard sure.contains(units[index].serial) else { continue }
            try await read(&units[index], by: line)
        }
        return units
    }

    private func read(_ unit: inout ObservedONU, by line: OLTLine) async throws(OLTFailure) {
        let place = unit.place
        let address = place.port.numbers.map(String.init).joined(separator: " ")
        for text in try await line.read("display ont info \(address) \(place.number)") {
            guard let (key, value) = Self.dictionary(text), key == "control flag" else { continue }
            unit.isEnabled = value == "active"
        }
        if unit.isEnabled == false { unit.cause = .suspended }
        let ports = try await line.read("display service-port port \(place.port.text) ont \(place.number)")
        unit.isServed = ports.contains { text in
            let words = text.words
            return words.count > 3 && Int(words[0]) != nil && Int(words[1]) != nil
        }
    }

    /// The table cuts the cause off at its column's width.
    private static func cause(_ text: String) -> ObservedONU.Cause {
        let lower = text.lowercased()
        if lower.hasPrefix("dying") { return .power }
        if lower.hasPrefix("los") || lower.hasPrefix("lob") { return .noLight }
        return lower.hasPrefix("deact") ? .suspended : .other
    }
}
