import Addresses
import Assembly
import HTTP
import Loop
import RouterOSAccess

// Routers are reachable in the networks that each company declared, and at labs on this machine where configured.
extension Configuration {
    func deviceAccess(on loops: Loops) -> DeviceAccess {
        DeviceAccess(
            RouterOSDriver(), on: loops,
            labs: (labRouters + labDevices + labUISPs).compactMap { listener in
                guard case .ip(let address, let port) = listener,
                    let range = AddressRange("\(address)/\(address.isV4 ? 32 : 128)")
                else { return nil }
                return (range, port)
            }
                + labOLTs.compactMap { lab in
                    AddressRange("\(lab.address)/\(lab.address.isV4 ? 32 : 128)").map { ($0, lab.port) }
                } + LabAntennas.reach(labAntennas), excluding: ownNetworks, from: deviceSources)
    }
}
