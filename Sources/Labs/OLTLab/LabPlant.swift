/// The fibre behind a lab's OLT: which ONUs are plugged in where, and which of them the OLT has registered.
package final class LabPlant {
    package struct Unit: Sendable, Equatable {
        package let serial: String
        package let port: String
        package let number: Int
        package var description = ""
        package var type = ""
        package var line = ""
        package var service = ""
        /// Of its service port; nil while it has none.
        package var vlan: Int?
        package var isEnabled = true
    }

    package struct Plug: Sendable {
        package var port: String
        package var model: String
        /// Hundredths of a dBm.
        package var received: Int
        /// Why it is dark: `los`, `power`; nil while it has light and power.
        package var darkness: String?
    }

    package internal(set) var units: [Unit] = []
    package internal(set) var plugs: [String: Plug] = [:]
    /// The commands that changed something, in their order.
    package internal(set) var journal: [String] = []
    package internal(set) var isSaved = true

    package func plug(_ serial: String, at port: String, model: String = "HG8310M", received: Int = -1950) {
        plugs[serial] = Plug(port: port, model: model, received: received)
    }

    /// Registers an ONU as somebody would have done by hand.
    package func register(_ serial: String, at port: String, number: Int, description: String, vlan: Int? = 100) {
        var unit = Unit(serial: serial, port: port, number: number)
        (unit.description, unit.vlan) = (description, vlan)
        (unit.type, unit.line, unit.service) = ("HG8310M", "10", "10")
        units.append(unit)
        if plugs[serial] == nil { plug(serial, at: port) }
    }

    /// Cuts the fibre of a port, or mends it.
    package func darken(port: String, because reason: String?) {
        for serial in plugs.filter({ $0.value.port == port }).keys { plugs[serial]?.darkness = reason }
    }

    package func unit(_ serial: String) -> Unit? { units.first { $0.serial == serial } }

    func isOnline(_ unit: Unit) -> Bool {
        guard unit.isEnabled, let plug = plugs[unit.serial] else { return false }
        return plug.port == unit.port && plug.darkness == nil
    }

    func received(_ unit: Unit) -> String? {
        guard isOnline(unit), let plug = plugs[unit.serial] else { return nil }
        return Self.decibels(plug.received)
    }

    static func decibels(_ hundredths: Int) -> String {
        let size = abs(hundredths)
        return "\(hundredths < 0 ? "-" : "")\(size / 100).\(size % 100 < 10 ? "0" : "")\(size % 100)"
    }

    /// What asks to be registered, by port and serial number.
    var asking: [(serial: String, plug: Plug)] {
        plugs.filter { serial, plug in plug.darkness == nil && unit(serial) == nil }
            .map { (serial: $0.key, plug: $0.value) }.sorted { ($0.plug.port, $0.serial) < ($1.plug.port, $1.serial) }
    }

    func units(at port: String) -> [Unit] { units.filter { $0.port == port }.sorted { $0.number < $1.number } }

    func index(at port: String, _ number: Int) -> Int? {
        units.firstIndex { $0.port == port && $0.number == number }
    }
}
