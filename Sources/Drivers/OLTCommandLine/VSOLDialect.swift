import FibreProtocol

/// V1600G. The commands that show ONUs stand inside the configuration of their port.
struct VSOLDialect: Dialect {
    let preparation = ["terminal length 0"]
    let entry = ["configure terminal"]
    let base = "(config)#"
    let leaving = "exit"
    let refusalMarks = ["% ", "error:"]
    let identification = "show version"

    func identity(from lines: [String], host: String) -> OLTIdentity {
        let values = Dictionary(lines.compactMap(Self.dictionary), uniquingKeysWith: { first, _ in first })
        return OLTIdentity(
            name: host, model: values["olt device model"] ?? "", version: values["software version"] ?? "")
    }

    private func within(_ place: ONUPlace, _ commands: [OLTCommand]) -> [OLTCommand] {
        [.level("interface gpon \(place.port.text)")] + commands + [.level(leaving)]
    }

    func commands(for step: OLTStep) -> [OLTCommand] {
        switch step {
        case .authorize(let unit, let place):
            let add = OLTCommand(
                "onu add \(place.number) profile default sn \(unit.serial.text)",
                undo: within(place, [OLTCommand("no onu \(place.number)", forgives: [.absent])]))
            return within(place, [add] + service(of: unit, at: place))
        case .serve(let unit, let place): return within(place, service(of: unit, at: place))
        case .suspend(let place): return within(place, [OLTCommand("onu \(place.number) deactivate")])
        case .restore(let place): return within(place, [OLTCommand("onu \(place.number) activate")])
        case .remove(let place): return within(place, [OLTCommand("no onu \(place.number)", forgives: [.absent])])
        case .restart: return []
        }
    }

    private func service(of unit: DesiredONU, at place: ONUPlace) -> [OLTCommand] {
        [
            OLTCommand("onu \(place.number) desc \(unit.description)"),
            OLTCommand("onu \(place.number) profile line name \(unit.profile.line)"),
            OLTCommand("onu \(place.number) profile srv name \(unit.profile.service)"),
        ]
    }

    let saving: [OLTCommand] = [.level("exit"), OLTCommand("write"), .level("configure terminal")]
    let configuration = [OLTCommand("show running-config", changes: false)]

    func found(on ports: [PONPort], by line: OLTLine) async throws(OLTFailure) -> [FoundONU] {
        var found: [FoundONU] = []
        for port in ports {
            try await line.enter("interface gpon \(port.text)")
            for text in try await line.read("show onu auto-find") {
                let words = text.words
                guard words.count >= 2, words[0].hasPrefix("GPON"), let serial = ONUSerial(words[1]) else { continue }
                found.append(FoundONU(serial, on: port))
            }
            try await line.enter(leaving)
        }
        return found
    }

    func units(
        on port: PONPort, sure: Set<ONUSerial>, by line: OLTLine
    ) async throws(OLTFailure) -> [ObservedONU] {
        try await line.enter("interface gpon \(port.text)")
        var units: [Int: ObservedONU] = [:]
        for text in try await line.list("show onu info", headed: "onuindex", orNone: "no related information") {
            let words = text.words
            guard words.count >= 3, words[0].contains(":"), let serial = ONUSerial(words[words.count - 1]) else {
                continue
            }
            let place = try port.place(of: Self.number(words[0]))
            units[place.number] = ObservedONU(serial, at: place)
        }
        for text in units.isEmpty ? [] : try await line.read("show onu state") {
            let words = text.words
            guard words.count >= 4, let number = Self.number(words[0]) else { continue }
            let phase = words[3].lowercased()
            units[number]?.isEnabled = words[1] == "enable"
            units[number]?.isOnline = phase == "working"
            units[number]?.cause =
                phase == "working"
                ? nil
                : words[1] != "enable"
                    ? .suspended : phase == "los" ? .noLight : phase == "dyinggasp" ? .power : .other
        }
        for (number, unit) in units where sure.contains(unit.serial) && unit.isOnline {
            for text in try await line.read("show onu optical-info \(number)") {
                guard let (key, value) = Self.dictionary(text), key.hasPrefix("rx") else { continue }
                units[number]?.received = hundredths(of: value)
            }
        }
        try await line.enter(leaving)
        return units.values.sorted { $0.place.number < $1.place.number }
    }

    private static func number(_ text: String) -> Int? {
        let halves = text.split(separator: ":")
        return halves.count == 2 ? Int(halves[1]) : nil
    }
}
