import Addresses
import FleetProtocol
import JSON
import Time

// UISP's answers, read leniently: all but the id may be missing, and numbers come with or without a fraction.
extension ControlledDevice {
    /// Nil without an id.
    init?(_ value: JSONValue) {
        guard let identification = value["identification"], let id = identification["id"]?.id else { return nil }
        let overview = value["overview"]
        self.init(id: id)
        mac = identification["mac"]?.line.flatMap { MACAddress($0)?.description } ?? ""
        // A MAC address that never finished its key exchange is listed with itself for a name.
        let named = (identification["name"] ?? identification["displayName"])?.line ?? ""
        name = !mac.isEmpty && MACAddress(named)?.description == mac ? "" : named
        model = (identification["modelName"] ?? identification["model"])?.line ?? ""
        role = identification["role"]?.line ?? ""
        firmware = (identification["firmwareVersion"] ?? value["firmware"]?["current"])?.line ?? ""
        status = (overview?["status"] ?? identification["status"])?.line ?? ""
        isAuthorized = identification["authorized"] == .bool(true)
        // With its mask: 10.10.1.5/24.
        let address = value["ipAddress"]?.line?.split(separator: "/").first.map(String.init) ?? ""
        self.address = IPAddress(address) == nil ? "" : address
        ssid = value["attributes"]?["ssid"]?.line ?? ""
        site = identification["site"]?["id"]?.id ?? ""
        siteName = identification["site"]?["name"]?.line ?? ""
        signal = overview?["signal"]?.rounded.flatMap { (-150...0).contains($0) ? $0 : nil }
        lastSeenAt = overview?["lastSeen"]?.moment
        failsDecryption = value["meta"]?["failedMessageDecryption"] == .bool(true)
    }
}

extension ControlledSite {
    /// Nil without an id or of a kind that is neither a tower's nor a customer's.
    init?(_ value: JSONValue) {
        let identification = value["identification"]
        guard let id = (value["id"] ?? identification?["id"])?.id,
            let kind = (identification?["type"] ?? value["type"])?.line.flatMap(Kind.init)
        else { return nil }
        self.init(
            id: id, name: (identification?["name"] ?? value["name"])?.line ?? "", kind: kind,
            parent: identification?["parent"]?["id"]?.id ?? "", client: value["ucrm"]?["client"]?["id"]?.id ?? "",
            isSuspended: identification?["suspended"] == .bool(true))
    }
}

extension ControlledOutage {
    init?(_ value: JSONValue) {
        guard let id = value["id"]?.id, let startedAt = (value["startTimestamp"] ?? value["start"])?.moment else {
            return nil
        }
        let device = value["device"]
        self.init(
            id: id, device: (device?["identification"]?["id"] ?? device?["id"])?.id ?? "",
            name: (device?["identification"]?["name"] ?? device?["name"])?.line ?? "", startedAt: startedAt,
            endedAt: (value["endTimestamp"] ?? value["end"])?.moment)
    }
}

extension JSONValue {
    subscript(_ name: String) -> JSONValue? {
        guard case .object(let object) = self, let value = object[name], value != .null else { return nil }
        return value
    }

    /// One line of at most 200 scalars, without what cannot be stored.
    var line: String? {
        guard case .string(let text) = self else { return nil }
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(200) where scalar.value >= 0x20 && scalar.value != 0x7F {
            line.append(scalar)
        }
        return String(line)
    }

    /// UISP's ids are UUIDs, those of its books whole numbers.
    var id: String? {
        switch self {
        case .string(let text):
            let isPlain = text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "-")
            }
            return isPlain && (1...64).contains(text.utf8.count) ? text : nil
        case .integer(let number): return "\(number)"
        default: return nil
        }
    }

    var rounded: Int? {
        switch self {
        case .integer(let number): return Int(exactly: number)
        case .decimal(let text):
            guard let number = Double(text), abs(number) < 1_000_000_000 else { return nil }
            return Int(number.rounded())
        default: return nil
        }
    }

    /// A text of RFC 3339, or milliseconds since 1970.
    var moment: Instant? {
        switch self {
        case .string(let text): return Instant(rfc3339: text)
        case .integer(let number):
            guard (0...4_102_444_800_000).contains(number) else { return nil }
            return Instant(seconds: number / 1000)
        default: return nil
        }
    }
}
