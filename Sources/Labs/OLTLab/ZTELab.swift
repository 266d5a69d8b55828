/// C320, and C600 with its other names.
extension LabSession {
    private var isC600: Bool { vendor == .c600 }
    private var zteInvalid: LabAnswer {
        .lines(["          ^", "%Error 20200: Invalid input detected at '^' marker."])
    }
    private var zteNothing: [String] { ["%Code 32310-GPONSRV : No related information to show."] }

    func zte(_ line: String) -> LabAnswer {
        let words = line.blankSeparated
        if line == "terminal length 0" {
            isPaged = false
            return .done
        }
        if line == "end" {
            (level, zteInterface) = ("", "")
            return .done
        }
        if line == "exit" {
            guard !level.isEmpty else { return .end }
            (level, zteInterface) = (level == "(config)" ? "" : "(config)", "")
            return .done
        }
        if line == "write" {
            plant.isSaved = true
            return .lines(["Building configuration...", "..[OK]"])
        }
        if words.first == "show" { return .lines(zteShow(Array(words.dropFirst()))) }
        if line == "configure terminal" {
            level = "(config)"
            return .lines(["%Info 20272: Enter configuration commands, one per line. End with CTRL/Z."])
        }
        guard !level.isEmpty else { return zteInvalid }
        if words.first == "interface", words.count == 2 { return zteEnter(words[1], "(config-if)") }
        if words.first == "pon-onu-mng", words.count == 2 { return zteEnter(words[1], "(gpon-onu-mng)") }
        return zteConfigure(line, words)
    }

    private var zteInterface: String {
        get { lab.interfaces[ObjectIdentifier(self)] ?? "" }
        set { lab.interfaces[ObjectIdentifier(self)] = newValue }
    }

    private var zteNames: (olt: String, onu: String) {
        isC600 ? ("gpon_olt-", "gpon_onu-") : ("gpon-olt_", "gpon-onu_")
    }

    private func zteEnter(_ name: String, _ level: String) -> LabAnswer {
        let isPort = name.hasPrefix(zteNames.olt)
        let isUnit = name.hasPrefix(zteNames.onu) && zteIndex(name) != nil
        let isVport = isC600 && name.hasPrefix("vport-") && zteIndex(name) != nil
        guard isPort || isUnit || isVport else { return .lines(["%Code 62310-GPONSRV : The ONU does not exist."]) }
        (self.level, zteInterface) = (level, name)
        return .done
    }

    /// The unit that an interface's name means.
    private func zteIndex(_ name: String) -> Int? {
        if name.hasPrefix("vport-") {
            let halves = name.dropFirst(6).split(separator: ":")[0].split(separator: ".")
            return halves.count == 2 ? plant.index(at: String(halves[0]), Int(halves[1]) ?? -1) : nil
        }
        let halves = name.dropFirst(zteNames.onu.count).split(separator: ":")
        return halves.count == 2 ? plant.index(at: String(halves[0]), Int(halves[1]) ?? -1) : nil
    }

    private func zteConfigure(_ line: String, _ words: [String]) -> LabAnswer {
        if zteInterface.hasPrefix(zteNames.olt) {
            let port = String(zteInterface.dropFirst(zteNames.olt.count))
            if words.count == 6, words[0] == "onu", let number = Int(words[1]), words[2] == "type", words[4] == "sn" {
                guard lab.plan.profiles.contains(words[3]) else {
                    return .lines(["%Code 62315-GPONSRV : The onu type does not exist."])
                }
                if plant.unit(words[5]) != nil { return .lines(["%Code 32316-GPONSRV : The SN already exists."]) }
                if plant.index(at: port, number) != nil {
                    return .lines(["%Code 32317-GPONSRV : The ONU already exists."])
                }
                var unit = LabPlant.Unit(serial: words[5], port: port, number: number)
                unit.type = words[3]
                plant.units.append(unit)
                changed(line)
                return .lines([".[Successful]"])
            }
            if words.count == 3, words[0] == "no", words[1] == "onu" {
                guard let index = plant.index(at: port, Int(words[2]) ?? -1) else {
                    return .lines(["%Code 32310-GPONSRV : The ONU does not exist."])
                }
                plant.units.remove(at: index)
                changed(line)
                return .lines([".[Successful]"])
            }
            return zteInvalid
        }
        guard let index = zteIndex(zteInterface) else { return zteInvalid }
        switch words.first {
        case "name" where words.count == 2: plant.units[index].description = words[1]
        case "tcont" where words.count == 4:
            guard lab.plan.profiles.contains(words[3]) else {
                return .lines(["%Code 62321-GPONSRV : The tcont profile does not exist."])
            }
            plant.units[index].line = words[3]
        case "gemport" where words.count >= 5: break
        case "switchport" where !isC600: break
        case "service-port" where words.contains("vlan"):
            guard let vlan = Int(words[words.count - 1]), lab.plan.vlans.contains(vlan) else {
                return .lines(["%Code 20514-VLAN : The vlan does not exist."])
            }
            plant.units[index].vlan = vlan
        case "service" where level == "(gpon-onu-mng)": plant.units[index].service = line
        case "shutdown": plant.units[index].isEnabled = false
        case "no" where line == "no shutdown": plant.units[index].isEnabled = true
        case "reboot" where level == "(gpon-onu-mng)":
            return .question("Confirm to reboot? [yes/no]:") { [unowned self] answer in
                if answer == "yes" { changed(line) }
                return []
            }
        default: return zteInvalid
        }
        changed(line)
        return .done
    }

    private func zteShow(_ words: [String]) -> [String] {
        let line = words.joined(separator: " ")
        let last = words.last ?? ""
        let port = last.hasPrefix(zteNames.olt) ? String(last.dropFirst(zteNames.olt.count)) : ""
        if line == "version-running" { return ["Product : \(isC600 ? "C600" : "C320")", "Version : V2.1.0"] }
        if line == (isC600 ? "pon onu uncfg" : "gpon onu uncfg") {
            let asking = plant.asking
            if asking.isEmpty { return zteNothing }
            if isC600 {
                return ["OltIndex            Model                SN", String(repeating: "-", count: 60)]
                    + asking.map { "\("gpon_olt-\($0.plug.port)".padded(20))\($0.plug.model.padded(21))\($0.serial)" }
            }
            return ["OnuIndex                 Sn                  State", String(repeating: "-", count: 60)]
                + asking.map { "\("gpon-onu_\($0.plug.port):1".padded(25))\($0.serial.padded(20))unknown" }
        }
        let units = plant.units(at: port)
        if line.hasPrefix("gpon onu baseinfo ") {
            if units.isEmpty { return zteNothing }
            return ["OnuIndex             Type     Mode  AuthInfo                      State"]
                + units.map {
                    "\("\(zteNames.onu)\(port):\($0.number)".padded(21))\($0.type.padded(9))sn    "
                        + "\("SN:\($0.serial)".padded(30))ready"
                }
        }
        if line.hasPrefix("gpon onu state ") {
            if units.isEmpty { return zteNothing }
            return ["OnuIndex   Admin State  OMCC State  Phase State  Channel"]
                + units.map { unit in
                    "\("\(port):\(unit.number)".padded(11))\((unit.isEnabled ? "enable" : "disable").padded(13))"
                        + "enable      \(phase(unit).padded(13))1(GPON)"
                } + ["ONU Number: \(units.filter(plant.isOnline).count)/\(units.count)"]
        }
        if line.hasPrefix("pon power ") {
            return ["Onu                 Rx power"]
                + units.map { unit in
                    let power = plant.received(unit).map { "\($0)(dbm)" } ?? "N/A"
                    return "\("\(zteNames.onu)\(port):\(unit.number)".padded(20))\(power)"
                }
        }
        if line.hasPrefix("running-config interface "), let index = zteIndex(last) {
            let unit = plant.units[index]
            var lines = ["interface \(last)", "  name \(unit.description)"]
            if let vlan = unit.vlan {
                lines.append("  service-port 1 \(isC600 ? "" : "vport 1 ")user-vlan \(vlan) vlan \(vlan)")
            }
            return lines + ["!"]
        }
        if line == "running-config" {
            return ["!<gpon>"] + plant.units.map { "onu \($0.number) type \($0.type) sn \($0.serial)" } + ["!</gpon>"]
        }
        return ["          ^", "%Error 20200: Invalid input detected at '^' marker."]
    }

    func phase(_ unit: LabPlant.Unit) -> String {
        if plant.isOnline(unit) { return "working" }
        switch plant.plugs[unit.serial]?.darkness {
        case "power": return "DyingGasp"
        case "los": return "LOS"
        default: return "OffLine"
        }
    }
}
