import AccessProtocol
import Addresses
import Loop

/// How companies' access devices are reached.
package struct DeviceAccess: Sendable {
    package let driver: any AccessDriver
    package let loops: Loops
    /// Simulated devices of this installation, open to every company.
    package let labs: [(AddressRange, port: UInt16)]
    /// Networks where no company's device is dialled, whatever it declares.
    package let excluded: [AddressRange]
    /// The source addresses that devices see.
    package let sources: [AddressRange]

    package init(
        _ driver: any AccessDriver, on loops: Loops, labs: [(AddressRange, port: UInt16)] = [],
        excluding excluded: [AddressRange] = [], from sources: [AddressRange] = []
    ) {
        (self.driver, self.loops, self.labs) = (driver, loops, labs)
        (self.excluded, self.sources) = (excluded, sources)
    }
}
