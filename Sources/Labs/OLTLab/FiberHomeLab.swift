/// AN5516.
extension LabSession {
    func fiberHome(_ line: String) -> LabAnswer {
        let words = line.blankSeparated
        switch words.first {
        case "terminal": isPaged = false
        case "cd" where words.count == 2:
            level = words[1] == ".." ? "" : "\\\(words[1])"
        case "save" where level.isEmpty:
            plant.isSaved = true
            return .lines(["Trying save configuration to flash, please wait ......", "Save config successfully."])
        case "show": return .lines(fiberHomeShow(line, words))
        case "set" where words.count >= 3 && words[1] == "whitelist" && level == "\\onu":
            return fiberHomeAdd(line, words)
        case "set" where words.count > 8 && words[1] == "epon" && level == "\\lan":
            guard let index = fiberHomeIndex(words) else { return .lines(["[Error -506]: Onu is not authcated."]) }
            if words.contains("tag") { plant.units[index].vlan = words.last.flatMap { Int($0) } }
            changed(line)
        case "apply" where level == "\\lan": changed(line)
        case "no" where words.count == 8 && words[1] == "whitelist":
            guard let index = fiberHomeIndex(words) else { return .lines(["[Error -506]: Onu is not authcated."]) }
            plant.units.remove(at: index)
            changed(line)
        default: return .lines(["[Error -101]: Unknown command."])
        }
        return .done
    }

    private func fiberHomeNumber(_ key: String, _ words: [String]) -> Int? {
        words.firstIndex(of: key).flatMap { $0 + 1 < words.count ? Int(words[$0 + 1]) : nil }
    }

    private func fiberHomeIndex(_ words: [String]) -> Int? {
        guard let slot = fiberHomeNumber("slot", words), let pon = fiberHomeNumber("pon", words),
            let number = fiberHomeNumber("onu", words)
        else { return nil }
        return plant.index(at: "\(slot)/\(pon)", number)
    }

    private func fiberHomeAdd(_ line: String, _ words: [String]) -> LabAnswer {
        guard words.count == 17, let slot = fiberHomeNumber("slot", words), let pon = fiberHomeNumber("pon", words),
            let number = fiberHomeNumber("onu", words)
        else { return .lines(["[Error -102]: Parameter error."]) }
        let serial = words[4].uppercased()
        guard lab.plan.profiles.contains(words[16]) else {
            return .lines(["[Error -507]: The onu type profile does not exist."])
        }
        if plant.unit(serial) != nil { return .lines(["[Error -508]: The phy-id serial already exists."]) }
        if plant.index(at: "\(slot)/\(pon)", number) != nil { return .lines(["[Error -509]: The onu already exists."]) }
        var unit = LabPlant.Unit(serial: serial, port: "\(slot)/\(pon)", number: number)
        unit.type = words[16]
        plant.units.append(unit)
        changed(line)
        return .done
    }

    private func fiberHomeSpelled(_ serial: String) -> String { serial.prefix(4) + serial.suffix(8).lowercased() }

    private func fiberHomeShow(_ line: String, _ words: [String]) -> [String] {
        if line == "show version" { return ["Product : AN5516-01", "Version : RP0700"] }
        if line == "show discovery slot all pon all" {
            return ["-----  ONU Unauth Table, ITEM = \(plant.asking.count) -----", "Slot Pon  PhyId         Type"]
                + plant.asking.map { one in
                    let numbers = one.plug.port.split(separator: "/")
                    return "\(numbers[0])   \(numbers[1])    \(fiberHomeSpelled(one.serial))  \(one.plug.model)"
                }
        }
        guard level == "\\onu", let slot = fiberHomeNumber("slot", words), let pon = fiberHomeNumber("pon", words)
        else {
            return ["[Error -101]: Unknown command."]
        }
        if words.count > 1, words[1] == "authorization" {
            let units = plant.units(at: "\(slot)/\(pon)")
            return [
                "-----  ONU Auth Table, SLOT = \(slot), PON = \(pon), ITEM = \(units.count) -----",
                "Slot Pon Onu OnuType     ST Lic OST PhyId        PhyPwd LogicId LogicPwd",
            ]
                + units.map { unit in
                    """
                    \(slot)   \(pon)  \(unit.number)  AN5506-04-F A  1   \(plant.isOnline(unit) ? "up" : "dn")  \
                    \(fiberHomeSpelled(unit.serial))
                    """
                }
        }
        guard let index = fiberHomeIndex(words) else { return ["[Error -506]: Onu is not authcated."] }
        return ["-----  OPTIC MODULE -----", "RECV POWER   :\(plant.received(plant.units[index]) ?? "-") (Dbm)"]
    }
}
