import Addresses
import Loop
import OLTLab

extension Command {
    static let oltLab = Command(
        "olt", "An OLT with its ONUs, as its telnet command line shows it.",
        options: [
            Option("vendor", "VENDOR", "huawei, zte, c600, vsol or fiberhome (huawei)"),
            Option("port", "PORT", "where telnet answers (2323)"),
            Option("address", "ADDRESS", "of this machine (127.0.0.1)"),
            Option("ports", "COUNT", "PON ports (4)"),
            Option("units", "COUNT", "customers' ONUs that are registered (100)"),
            Option("asking", "COUNT", "ONUs that ask to be registered (3)"),
            Option("password", "PASSWORD", "of the user mastil (clave)"),
            Option("enable", "PASSWORD", "for the privileged level (none)"),
            Option("faults", "FAULTS", "what goes wrong: busy@service-port,slow=300@show"),
        ],
        notes: "Faults: busy, refuse, cut-before, cut-after and slow=MS, each with @TEXT for the commands it meets.",
        heedsSignals: true
    ) { invocation, loops in
        let stop = StopRequest(on: loops.all[0])
        let name = invocation.value("vendor") ?? "huawei"
        guard let vendor = LabVendor(rawValue: name) else {
            throw Complaint("--vendor: there is no '\(name)'", status: ExitStatus.usage)
        }
        var plan = OLTLab.Plan(vendor)
        plan.ports = min(max(1, try readNumber(invocation, "ports", 4)), 16)
        plan.units = min(try readNumber(invocation, "units", 100), plan.ports * 120)
        plan.asking = min(try readNumber(invocation, "asking", 3), 100)
        plan.password = invocation.value("password") ?? plan.password
        plan.enablePassword = invocation.value("enable") ?? ""
        do {
            plan.faults = try LabFault.parse(invocation.value("faults") ?? "")
        } catch {
            throw Complaint("--faults: \(error)", status: ExitStatus.usage)
        }
        let address = try readAddress(invocation)
        let lab = await OLTLab.start(plan, on: loops.all[0])
        do {
            let port = try await lab.listen(
                at: address, port: UInt16(clamping: try readNumber(invocation, "port", 2323)))
            Terminal.say("\(vendor.rawValue) OLT with \(plan.units) ONUs at \(address):\(port)")
        } catch {
            throw Complaint("The OLT cannot answer there: \(error)")
        }
        await stop.arrived()
        lab.close()
        return ExitStatus.done
    }
}
