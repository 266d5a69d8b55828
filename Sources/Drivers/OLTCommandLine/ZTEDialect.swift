import FibreProtocol

/// C300 and C320, and the C600 family, which names everything otherwise and keeps the service port elsewhere.
struct ZTEDialect: Dialect {
    let isC600: Bool

    let preparation = ["terminal length 0"]
    let entry: [String] = []
    let base = "#"
    let leaving = "end"
    let refusalMarks = ["%error", "%code", "% "]
    let identification = "show version-running"

    func identity(from lines: [String], host: String) -> OLTIdentity {
        let values = Dictionary(lines.compactMap(Self.dictionary), uniquingKeysWith: { first, _ in first })
        return OLTIdentity(
            name: host, model: values["product"] ?? (isC600 ? "C600" : "C300"), version: values["version"] ?? "")
    }

    private func olt(_ port: PONPort) -> String { (isC600 ? "gpon_olt-" : "gpon-olt_") + port.text }
    private func onu(_ place: ONUPlace) -> String { (isC600 ? "gpon_onu-" : "gpon-onu_") + place.text }
    private func vport(_ place: ONUPlace) -> String { "vport-\(place.port.text).\(place.number):1" }

    func commands(for step: OLTStep) -> [OLTCommand] {
        switch step {
        case .authorize(let unit, let place):
            let add = OLTCommand(
                "onu \(place.number) type \(unit.profile.unitType) sn \(unit.serial.text)", undo: removal(of: place))
            return [.level("configure terminal"), .level("interface \(olt(place.port))"), add, .level("exit")]
                + service(of: unit, at: place)
        case .serve(let unit, let place): return [.level("configure terminal")] + service(of: unit, at: place)
        case .suspend(let place): return within(onu(place), "shutdown")
        case .restore(let place): return within(onu(place), "no shutdown")
        case .restart(let place):
            return [
                .level("configure terminal"), .level("pon-onu-mng \(onu(place))"),
                OLTCommand("reboot", confirmation: "yes"), .level("end"),
            ]
        case .remove(let place): return removal(of: place)
        }
    }

    private func within(_ interface: String, _ text: String) -> [OLTCommand] {
        [.level("configure terminal"), .level("interface \(interface)"), OLTCommand(text), .level("end")]
    }

    private func removal(of place: ONUPlace) -> [OLTCommand] {
        [
            .level("configure terminal"), .level("interface \(olt(place.port))"),
            OLTCommand("no onu \(place.number)", forgives: [.absent]), .level("end"),
        ]
    }

    private func service(of unit: DesiredONU, at place: ONUPlace) -> [OLTCommand] {
        let profile = unit.profile
        var commands: [OLTCommand] = [
            .level("interface \(onu(place))"), OLTCommand("name \(unit.description)"),
            OLTCommand("tcont 1 profile \(profile.upload)"), OLTCommand("gemport 1 name g1 tcont 1"),
        ]
        if !profile.download.isEmpty {
            commands.append(
                OLTCommand("gemport 1 traffic-limit upstream \(profile.upload) downstream \(profile.download)"))
        }
        if isC600 {
            commands += [
                .level("exit"), .level("interface \(vport(place))"),
                OLTCommand("service-port 1 user-vlan \(profile.vlan) vlan \(profile.vlan)", forgives: [.numberTaken]),
            ]
        } else {
            commands += [
                OLTCommand("switchport mode hybrid vport 1"),
                OLTCommand(
                    "service-port 1 vport 1 user-vlan \(profile.vlan) vlan \(profile.vlan)", forgives: [.numberTaken]),
            ]
        }
        let service = isC600 ? "service 1" : "service HSI"
        return commands + [
            .level("exit"), .level("pon-onu-mng \(onu(place))"),
            OLTCommand("\(service) gemport 1 vlan \(profile.vlan)"), .level("end"),
        ]
    }

    let saving = [OLTCommand("write")]
    let configuration = [OLTCommand("show running-config", changes: false)]

    func found(on ports: [PONPort], by line: OLTLine) async throws(OLTFailure) -> [FoundONU] {
        try await line.read(isC600 ? "show pon onu uncfg" : "show gpon onu uncfg").compactMap { text in
            // `gpon-onu_1/1/2:1 SN state` on C320, `gpon-olt_1/1/3 MODEL SN` on others.
            let words = text.words
            guard words.count >= 3, let port = Self.place(words[0])?.port else { return nil }
            if let serial = ONUSerial(words[1]) { return FoundONU(serial, on: port) }
            return ONUSerial(words[2]).map { FoundONU($0, on: port, model: String(words[1].prefix(40))) }
        }
    }

    func units(
        on port: PONPort, sure: Set<ONUSerial>, by line: OLTLine
    ) async throws(OLTFailure) -> [ObservedONU] {
        var units: [Int: ObservedONU] = [:]
        let list = "show gpon onu baseinfo \(olt(port))"
        for text in try await line.list(list, headed: "onuindex", orNone: "no related information") {
            let words = text.words
            guard words.count >= 4, let row = Self.place(words[0]), row.port == port,
                let sn = words.first(where: { $0.hasPrefix("SN:") }), let serial = ONUSerial(sn.dropFirst(3))
            else { continue }
            let place = try port.place(of: row.number)
            units[place.number] = ObservedONU(serial, at: place)
        }
        if units.isEmpty { return [] }
        for text in try await line.read("show gpon onu state \(olt(port))") {
            let words = text.words
            guard words.count >= 4, let number = Self.place(words[0])?.number, units[number] != nil else { continue }
            let phase = words[3].lowercased()
            units[number]?.isEnabled = words[1] == "enable"
            units[number]?.isOnline = phase == "working"
            units[number]?.cause =
                phase == "working"
                ? nil
                : words[1] != "enable"
                    ? .suspended : phase == "los" ? .noLight : phase == "dyinggasp" ? .power : .other
        }
        for (command, keep) in [
            ("onu-rx", \ObservedONU.received), ("olt-rx", \ObservedONU.returned),
        ] as [(String, WritableKeyPath<ObservedONU, Int?> & Sendable)] {
            for text in try await line.read("show pon power \(command) \(olt(port))") {
                let words = text.words
                guard words.count >= 2, let number = Self.place(words[0])?.number else { continue }
                units[number]?[keyPath: keep] = hundredths(of: words[1])
            }
        }
        for (number, unit) in units where sure.contains(unit.serial) {
            let interface = isC600 ? vport(unit.place) : onu(unit.place)
            let lines = try await line.read("show running-config interface \(interface)")
            units[number]?.isServed = lines.contains { $0.trimmed.hasPrefix("service-port 1 ") }
        }
        return units.values.sorted { $0.place.number < $1.place.number }
    }

    /// `gpon-onu_1/2/5:4`, `gpon_olt-1/2/5` and `1/2/14:12`.
    private static func place(_ text: String) -> (port: PONPort, number: Int?)? {
        let plain = text.drop { !$0.isNumber }
        let halves = plain.split(separator: ":")
        guard let first = halves.first, let port = PONPort(first), port.numbers.count == 3 else { return nil }
        return (port, halves.count > 1 ? Int(halves[1]) : nil)
    }
}
