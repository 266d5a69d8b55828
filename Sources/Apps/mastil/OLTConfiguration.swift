import Addresses
import Fibre
import FibreProtocol
import HTTP
import OLTLab

/// An OLT that does not exist, for an invented company: `andes/huawei=127.0.0.1:18830`.
struct LabOLTAddress: Sendable {
    let tenant: String
    let vendor: LabVendor
    let address: IPAddress
    let port: UInt16

    /// As `deploy/up` starts them.
    static let (units, ports) = (170, 4)

    init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        let names = parts[0].split(separator: "/").map(String.init)
        guard parts.count == 2, names.count == 2, let vendor = LabVendor(rawValue: names[1]),
            case .ip(let address, let port)? = ListenAddress(text: parts[1])
        else { return nil }
        (tenant, self.vendor, self.address, self.port) = (names[0], vendor, address, port)
    }

    var invented: InventedFibre.Lab {
        let ports = (0..<Self.ports).map(vendor.port)
        return InventedFibre.Lab(
            vendor == .c600 ? .zte : OLTVendor(rawValue: vendor.rawValue) ?? .huawei, at: address, port: port,
            password: "clave", ports: ports.joined(separator: ", "),
            units: (0..<Self.units).map { number in
                (OLTLab.serial(number + 1, of: vendor), ports[number % ports.count])
            })
    }
}
