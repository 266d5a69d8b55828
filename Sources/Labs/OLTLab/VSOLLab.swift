/// V1600G, with its cursor movements between columns.
extension LabSession {
    func vsol(_ line: String) -> LabAnswer {
        let words = line.blankSeparated
        let port = level.hasPrefix("(config-pon-") ? String(level.dropFirst("(config-pon-".count).dropLast()) : nil
        switch line {
        case "terminal length 0":
            isPaged = false
            return .done
        case "configure terminal":
            level = "(config)"
            return .done
        case "exit":
            guard !level.isEmpty else { return .end }
            level = level == "(config)" ? "" : "(config)"
            return .done
        case "write":
            plant.isSaved = true
            return .lines(["Configuration saved to flash successfully."])
        case "show version": return .lines(["Olt Device Model: V1600G1", "Software Version: V1.4.8"])
        case "show running-config": return .lines(plant.units.map { "onu add \($0.number) sn \($0.serial)" })
        default: break
        }
        if words.count == 3, words[0] == "interface", words[1] == "gpon", !level.isEmpty {
            level = "(config-pon-\(words[2]))"
            return .done
        }
        guard let port else { return .lines(["% Unknown command."]) }
        if words.first == "show" { return .lines(vsolShow(line, port)) }
        return vsolConfigure(line, words, port)
    }

    private func vsolShow(_ line: String, _ port: String) -> [String] {
        let units = plant.units(at: port)
        func gap(_ text: String, _ width: Int) -> String { "\(text)\u{1B}[\(max(1, width - text.count))C" }
        switch line {
        case "show onu auto-find":
            let asking = plant.asking.filter { $0.plug.port == port }
            if asking.isEmpty { return ["No related information to show"] }
            return ["OnuIndex\u{1B}[10CSn\u{1B}[10CState"]
                + asking.enumerated().map { "\(gap("GPON\(port):\($0 + 1)", 18))\(gap($1.serial, 14))unknow" }
        case "show onu info":
            if units.isEmpty { return ["No related information to show"] }
            return ["Onuindex   Model   Profile   Mode   AuthInfo"]
                + units.map { unit in
                    "\(gap("GPON\(port):\(unit.number)", 14))\(gap("V411", 10))"
                        + "\(gap(unit.service.isEmpty ? "default" : unit.service, 16))sn    \(unit.serial)"
                }
        case "show onu state":
            return ["OnuIndex   Admin State  OMCC State  Phase State  Channel"]
                + units.map { unit in
                    "\(gap("1/1/\(port.split(separator: "/").last ?? "1"):\(unit.number)", 11))"
                        + "\(gap(unit.isEnabled ? "enable" : "disable", 13))enable      \(gap(phase(unit), 13))1(GPON)"
                }
        default:
            let words = line.blankSeparated
            guard words.count == 4, words[2] == "optical-info", let index = plant.index(at: port, Int(words[3]) ?? -1)
            else { return ["% Unknown command."] }
            return [
                "Tx optical level: 2.10(dBm)", "Rx optical level: \(plant.received(plant.units[index]) ?? "N/A")(dBm)",
            ]
        }
    }

    private func vsolConfigure(_ line: String, _ words: [String], _ port: String) -> LabAnswer {
        if words.count == 7, words[0] == "onu", words[1] == "add", let number = Int(words[2]), words[5] == "sn" {
            if plant.unit(words[6]) != nil { return .lines(["% The ONU SN already exist."]) }
            if plant.index(at: port, number) != nil { return .lines(["% The ONU already exist."]) }
            plant.units.append(LabPlant.Unit(serial: words[6], port: port, number: number))
            changed(line)
            return .done
        }
        let isRemoval = words.first == "no"
        guard words.count >= 3, words[isRemoval ? 1 : 0] == "onu" else { return .lines(["% Unknown command."]) }
        guard let index = plant.index(at: port, Int(words[isRemoval ? 2 : 1]) ?? -1) else {
            return .lines(["% The ONU does not exist."])
        }
        switch words[2] {
        case _ where isRemoval: plant.units.remove(at: index)
        case "desc" where words.count == 4: plant.units[index].description = words[3]
        case "activate": plant.units[index].isEnabled = true
        case "deactivate": plant.units[index].isEnabled = false
        case "profile" where words.count == 6 && words[4] == "name":
            guard lab.plan.profiles.contains(words[5]) else { return .lines(["% The profile does not exist."]) }
            if words[3] == "line" {
                plant.units[index].line = words[5]
            } else {
                (plant.units[index].service, plant.units[index].vlan) = (words[5], lab.plan.vlans.first)
            }
        default: return .lines(["% There is no matched command."])
        }
        changed(line)
        return .done
    }
}
