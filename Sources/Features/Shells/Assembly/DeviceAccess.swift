import AccessProtocol
import Addresses
import Loop

/// How companies' access devices are reached.
package struct DeviceAccess: Sendable {
    package let driver: any AccessDriver
    package let loops: Loops
    /// Devices of this installation's own that do not exist, open to every company.
    package let labs: [(AddressRange, port: UInt16)]
    /// Where no company's device is dialled, whatever it declares.
    package let excluded: [AddressRange]
    /// Where devices see this installation come from.
    package let sources: [AddressRange]

    package init(
        _ driver: any AccessDriver, on loops: Loops, labs: [(AddressRange, port: UInt16)] = [],
        excluding excluded: [AddressRange] = [], from sources: [AddressRange] = []
    ) {
        (self.driver, self.loops, self.labs) = (driver, loops, labs)
        (self.excluded, self.sources) = (excluded, sources)
    }
}
