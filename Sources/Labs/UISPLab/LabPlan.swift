import HTTP

extension UISPLab {
    /// What the lab keeps when it starts: an operator's fleet after a migration that went half well.
    package struct Plan: Sendable {
        package var token = "lab"
        /// Devices with a name, by the status that they have.
        package var active = 187
        package var disconnected = 15
        /// So many of the active ones are down until their agents connect again.
        package var asleep = 0
        package var unknown = 3
        /// Every second of the antennas that are missing tried to connect with a key that is not good any more.
        package var phantoms = 20
        /// Somebody else's device that was given our connection string.
        package var rogues = 1
        package var towers = 27
        package var endpoints = 225
        /// The first half of the devices' MAC addresses: Ubiquiti's.
        package var maker = "24:A4:3C"

        package init() {}

        /// So many devices, all of them well.
        package init(devices: Int) {
            (active, disconnected, unknown, phantoms, rogues) = (devices, 0, 0, 0, 0)
            (towers, endpoints) = (max(1, devices / 200), devices)
        }
    }

    /// The address of the nth customer's antenna, the same that the router's lab shows as its caller.
    package static func mac(_ number: Int, by maker: String = Plan().maker) -> String {
        "\(maker):\(hex(number >> 16 & 0xFF)):\(hex(number >> 8 & 0xFF)):\(hex(number & 0xFF))"
    }

    /// The customer whose antenna the nth device is. Every tenth customer's never got the new server's address.
    package static func customer(ofDevice number: Int) -> Int { number + (number - 1) / 9 }

    package static func endpointName(_ number: Int) -> String {
        "Zona \(number % 25 + 1), \(givenNames[number % givenNames.count]) \(surnames[number / givenNames.count % surnames.count]) \(number)"
    }

    static func hex(_ byte: Int) -> String {
        let text = String(byte, radix: 16, uppercase: true)
        return text.utf8.count == 1 ? "0\(text)" : text
    }

    static func id(_ kind: Int, _ number: Int) -> String {
        func digits(_ value: Int, _ count: Int) -> String {
            let text = String(value, radix: 16)
            return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
        }
        return "\(digits(kind, 8))-0000-4000-8000-\(digits(number, 12))"
    }

    private static let givenNames = ["Ana", "Luis", "María", "José", "Elena", "Raúl", "Inés", "Tomás", "Lucía"]
    private static let surnames = ["Robles", "Núñez", "Salas", "Peña", "Cano", "Ríos", "Vega"]
}

/// What goes wrong with answers.
struct LabFaults: Sendable {
    /// The status of every answer of the interface.
    var status: Int?
    /// Answers with the panel's page.
    var answersHTML = false
    /// The members that have another name, as in a version to come.
    var names: [String: String] = [:]

    /// `status=500`, `html=yes`, `rename=overview:summary`; an empty value ends a fault. False for an unknown name.
    mutating func read(_ form: Fields) -> Bool {
        for field in form.all {
            switch field.name {
            case "status": status = Int(field.value).flatMap { (400...599).contains($0) ? $0 : nil }
            case "html": answersHTML = field.value == "yes"
            case "rename":
                let parts = field.value.split(separator: ":").map(String.init)
                if parts.count == 2 { names[parts[0]] = parts[1] } else { names = [:] }
            default: return false
            }
        }
        return true
    }
}
