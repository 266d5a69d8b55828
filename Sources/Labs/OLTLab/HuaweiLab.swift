/// SmartAX MA5608T.
extension LabSession {
    func huawei(_ line: String) -> LabAnswer {
        let words = line.blankSeparated
        switch (words.first, words.count) {
        case ("undo", _) where line == "undo smart": isSmart = false
        case ("undo", _) where line == "undo interactive":
            return .lines(["                ^", "  % Unknown command, the error locates at '^'"])
        case ("scroll", _): isPaged = false
        case ("infoswitch", _): break
        case ("config", 1): level = "(config)"
        case ("interface", 3) where words[1] == "gpon": level = "(config-if-gpon-\(words[2]))"
        case ("quit", 1):
            switch level {
            case "": return .end
            case "(config)": level = ""
            default: level = "(config)"
            }
        case ("save", _):
            plant.isSaved = true
            return .lines(["  It will take several minutes to save configuration file, please wait..."])
        case ("display", _): return huaweiDisplay(Array(words.dropFirst()))
        case ("ont", _) where level.hasPrefix("(config-if-gpon-"): return huaweiUnit(line, words)
        case ("service-port", _): return huaweiService(line, words)
        case ("undo", _) where words.count == 6 && words[1] == "service-port" && words[2] == "port":
            return huaweiUndoService(line, port: words[3], number: Int(words[5]) ?? -1)
        default: return .lines(["                ^", "  % Unknown command, the error locates at '^'"])
        }
        return .done
    }

    private func huaweiDisplay(_ words: [String]) -> LabAnswer {
        let line = words.joined(separator: " ")
        let lines: [String]
        if line == "version" {
            lines = ["", "  VERSION : MA5600V800R015C00", "  PATCH   : SPC106", "  PRODUCT : \(vendor.host)"]
        } else if line == "ont autofind all" {
            lines = huaweiAutofind
        } else if line.hasPrefix("ont info summary "), words.count == 4 {
            lines = huaweiSummary(words[3])
        } else if line.hasPrefix("ont info by-sn "), words.count == 4 {
            lines =
                plant.units.first { huaweiSerial($0.serial) == words[3] }.map(huaweiDetail)
                ?? ["  Failure: The required ONT does not exist"]
        } else if line.hasPrefix("ont info "), words.count == 6 {
            let place = plant.index(at: words[2...4].joined(separator: "/"), Int(words[5]) ?? -1)
            lines = place.map { huaweiDetail(plant.units[$0]) } ?? ["  Failure: The ONT does not exist"]
        } else if line.hasPrefix("service-port port "), words.count == 5 {
            lines = huaweiServices(words[2], Int(words[4]) ?? -1)
        } else if line == "current-configuration" {
            lines =
                ["[MA5600V800R015: 5013]", "#", "[gpon]", "<gpon-0/1>", " interface gpon 0/1"]
                + plant.units.map { unit in
                    """
                     ont add \(unit.port.split(separator: "/").last ?? "0") \(unit.number) sn-auth \
                    "\(huaweiSerial(unit.serial))" omci ont-lineprofile-id \(unit.line) ont-srvprofile-id \
                    \(unit.service) desc "\(unit.description)"
                    """
                } + ["#", "return"]
        } else {
            return .lines(["                ^", "  % Parameter error, the error locates at '^'"])
        }
        // In smart mode a command with optional tails waits for another Enter.
        guard isSmart, line.hasPrefix("ont") else { return .lines(lines) }
        return .question("{ <cr>||<K> }:") { _ in ["", "  Command:", "          display \(line)"] + lines }
    }

    private func huaweiSerial(_ serial: String) -> String {
        serial.prefix(4).utf8.map { String($0, radix: 16, uppercase: true) }.joined() + serial.suffix(8)
    }

    private var huaweiAutofind: [String] {
        let asking = plant.asking
        if asking.isEmpty { return ["  Failure: The automatically found ONTs do not exist"] }
        let rule = "   " + String(repeating: "-", count: 76)
        return asking.enumerated().flatMap { index, one in
            [
                rule, "   Number              : \(index + 1)", "   F/S/P               : \(one.plug.port)",
                "   Ont SN              : \(huaweiSerial(one.serial)) (\(one.serial.prefix(4))-\(one.serial.suffix(8)))",
                "   Password            : 0x00000000000000000000", "   VendorID            : \(one.serial.prefix(4))",
                "   Ont Version         : 1000.A", "   Ont EquipmentID     : \(one.plug.model)",
                "   Ont autofind time   : 2026-01-05 10:15:00-05:00",
            ]
        } + [rule, "   The number of GPON autofind ONT is \(asking.count)"]
    }

    private func huaweiSummary(_ port: String) -> [String] {
        let units = plant.units(at: port)
        if units.isEmpty { return ["  Failure: There is no ONT available"] }
        let rule = "  " + String(repeating: "-", count: 74)
        let online = units.filter(plant.isOnline).count
        return [
            rule, "  In port \(port), the total of ONTs are: \(units.count), online: \(online)", rule,
            "  ONT  Run     Last                Last                Last",
            "  ID   State   UpTime              DownTime            DownCause", rule,
        ]
            + units.map { unit in
                let cause = plant.isOnline(unit) ? "-" : huaweiCause(unit)
                return "  \(String(unit.number).padded(5))\((plant.isOnline(unit) ? "online" : "offline").padded(8))"
                    + "2026-01-05 09:00:00 2026-01-04 18:00:00 \(cause)"
            } + [
                rule, "  ONT        SN        Type          Distance Rx/Tx power  Description",
                "  ID                                    (m)      (dBm)", rule,
            ]
            + units.map { unit in
                let power = plant.received(unit).map { "\($0)/2.03" } ?? "-/-"
                return "  \(String(unit.number).padded(5))\(huaweiSerial(unit.serial)) HG8310M       "
                    + "\((plant.isOnline(unit) ? "1250" : "-").padded(9))\(power.padded(13))\(unit.description)"
            } + [rule]
    }

    private func huaweiCause(_ unit: LabPlant.Unit) -> String {
        if !unit.isEnabled { return "deactive" }
        switch plant.plugs[unit.serial]?.darkness {
        case "los": return "LOSi/LOBi"
        case "power": return "dying-gasp"
        default: return "LOS"
        }
    }

    private func huaweiDetail(_ unit: LabPlant.Unit) -> [String] {
        [
            "  " + String(repeating: "-", count: 77), "  F/S/P                   : \(unit.port)",
            "  ONT-ID                  : \(unit.number)",
            "  Control flag            : \(unit.isEnabled ? "active" : "deactivated")",
            "  Run state               : \(plant.isOnline(unit) ? "online" : "offline")",
            "  Config state            : normal", "  Match state             : match",
            "  SN                      : \(huaweiSerial(unit.serial)) (\(unit.serial.prefix(4))-\(unit.serial.suffix(8)))",
            "  Description             : \(unit.description.prefix(16))",
            "                            \(unit.description.dropFirst(16))",
            "  Line profile ID      : \(unit.line)", "  Service profile ID   : \(unit.service)",
        ]
    }

    private func huaweiServices(_ port: String, _ number: Int) -> [String] {
        guard let index = plant.index(at: port, number), let vlan = plant.units[index].vlan else {
            return ["  Failure: The service virtual port does not exist"]
        }
        let rule = "  " + String(repeating: "-", count: 77)
        return [
            rule, "  INDEX VLAN VLAN     PORT F/ S/ P VPI  VCI   FLOW  FLOW       RX   TX   STATE",
            "        ID   ATTR     TYPE                    TYPE  PARA", rule,
            "  \(index + 10)    \(vlan)  common   gpon \(port)  \(number)    1     vlan  \(vlan)        -    -    up",
            rule,
        ]
    }

    private func huaweiUnit(_ line: String, _ words: [String]) -> LabAnswer {
        let board = level.dropFirst("(config-if-gpon-".count).dropLast()
        guard words.count >= 4, let number = Int(words[3]) else {
            return .lines(["                ^", "  % Incomplete command, the error locates at '^'"])
        }
        let port = "\(board)/\(words[2])"
        switch words[1] {
        case "add": return huaweiAdd(line, words, port, number)
        case "delete":
            guard let index = plant.index(at: port, number) else {
                return .lines(["  Failure: The ONT does not exist"])
            }
            guard plant.units[index].vlan == nil else {
                return .lines(["  Failure: This configured object has some service virtual ports"])
            }
            plant.units.remove(at: index)
            changed(line)
            return .lines(["  Number of ONTs that can be deleted: 1, success: 1"])
        case "deactivate", "activate":
            guard let index = plant.index(at: port, number) else {
                return .lines(["  Failure: The ONT does not exist"])
            }
            plant.units[index].isEnabled = words[1] == "activate"
            changed(line)
            return .done
        case "reset":
            guard let index = plant.index(at: port, number), plant.isOnline(plant.units[index]) else {
                return .lines(["  Failure: ONT is not online"])
            }
            return .question("  Are you sure to reset the ONT(s)? (y/n)[n]:") { [unowned self] answer in
                if answer == "y" { changed(line) }
                return []
            }
        default: return .lines(["                ^", "  % Unknown command, the error locates at '^'"])
        }
    }

    private func huaweiAdd(_ line: String, _ words: [String], _ port: String, _ number: Int) -> LabAnswer {
        func value(_ key: String) -> String? {
            words.firstIndex(of: key).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
        }
        guard let digits = value("sn-auth"), let profile = value("ont-lineprofile-id"),
            let service = value("ont-srvprofile-id"), let quote = line.firstIndex(of: "\"")
        else { return .lines(["                ^", "  % Incomplete command, the error locates at '^'"]) }
        guard lab.plan.profiles.contains(profile) else {
            return .lines(["  Failure: The ont-lineprofile does not exist"])
        }
        guard lab.plan.profiles.contains(service) else {
            return .lines(["  Failure: The ont-srvprofile does not exist"])
        }
        var serial = ""
        var rest = Substring(digits)
        for _ in 0..<4 {
            serial.unicodeScalars.append(UnicodeScalar(UInt8(rest.prefix(2), radix: 16) ?? 0x58))
            rest = rest.dropFirst(2)
        }
        serial += rest
        if plant.unit(serial) != nil { return .lines(["  Failure: SN already exists"]) }
        if plant.index(at: port, number) != nil { return .lines(["  Failure: The ONT ID has already existed"]) }
        var unit = LabPlant.Unit(serial: serial, port: port, number: number)
        (unit.line, unit.service) = (profile, service)
        unit.description = String(line[quote...].dropFirst().prefix { $0 != "\"" })
        plant.units.append(unit)
        changed(line)
        return .lines([
            "  Number of ONTs that can be added: 1, success: 1",
            "  PortID :\(port.split(separator: "/").last ?? "0"), ONTID :\(number)",
        ])
    }

    private func huaweiService(_ line: String, _ words: [String]) -> LabAnswer {
        guard words.count >= 11, words[1] == "vlan", let vlan = Int(words[2]), words[3] == "gpon", words[5] == "ont",
            let number = Int(words[6])
        else { return .lines(["                ^", "  % Parameter error, the error locates at '^'"]) }
        guard lab.plan.vlans.contains(vlan) else { return .lines(["  Failure: The VLAN does not exist"]) }
        guard let index = plant.index(at: words[4], number) else {
            return .lines(["  Failure: The ONT does not exist"])
        }
        guard words[8] == "1" else { return .lines(["  Failure: The GEM port does not exist"]) }
        guard plant.units[index].vlan == nil else {
            return .lines(["  Failure: The service virtual port has existed already"])
        }
        plant.units[index].vlan = vlan
        changed(line)
        return .done
    }

    private func huaweiUndoService(_ line: String, port: String, number: Int) -> LabAnswer {
        guard let index = plant.index(at: port, number), plant.units[index].vlan != nil else {
            return .lines(["  Failure: The service virtual port does not exist"])
        }
        return .question("  It will take several minutes, and console may be timeout. Are you sure? (y/n)[n]:") {
            [unowned self] answer in
            guard answer == "y", let index = plant.index(at: port, number) else { return [] }
            plant.units[index].vlan = nil
            changed(line)
            return ["  The number of total service virtual port which need be operated: 1"]
        }
    }
}
