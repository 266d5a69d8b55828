import Addresses
import HTTP
import Loop
import SNMPLab

extension Command {
    static let snmpLab = Command(
        "snmp", "Antennas, links and switches at addresses that follow each other, as SNMP v2c shows them.",
        options: [
            Option("port", "PORT", "where each answers (1161)"),
            Option("address", "ADDRESS", "of the first (127.3.0.1)"),
            Option("towers", "NAMES", "a switch, a link and three sectors each (Cerro Alto,La Loma,El Mirador)"),
            Option("traps", "ADDRESS", "with a port, where a device that is back says that it started; else nowhere"),
            Option("pages", "PORT", "of this machine, where a page takes towers down and puts them back; else none"),
            Option("community", "COMMUNITY", "for those who read (publica)"),
        ],
        notes: """
            While it runs: snmpset -v2c -c lab ADDRESS:PORT 1.3.6.1.4.1.55555.1.0 s off
            makes it fail; garbage, slow, wrap and reset likewise, and an empty text ends it.
            """,
        heedsSignals: true
    ) { invocation, loops in
        let stop = StopRequest(on: loops.all[0])
        var plan = SNMPLab.Plan()
        guard let address = IPAddress(invocation.value("address") ?? "127.3.0.1") else {
            throw Complaint("--address: it is no address", status: ExitStatus.usage)
        }
        plan.address = address
        plan.port = UInt16(clamping: try readNumber(invocation, "port", 1161))
        plan.community = invocation.value("community") ?? plan.community
        let towers = (invocation.value("towers") ?? "Cerro Alto,La Loma,El Mirador").split(separator: ",").prefix(200)
            .map(String.init)
        plan.kinds = towers.flatMap { _ in LabAgent.Kind.tower }
        if case .ip(let address, let port)? = invocation.value("traps").flatMap(ListenAddress.init(text:)) {
            plan.traps = (address, port)
        }
        let wanted = plan
        let pages = UInt16(clamping: try readNumber(invocation, "pages", 0))
        do {
            let lab = try await loops.all[0].run { try SNMPLab(wanted, on: loops.all[0]) }
            var servers: [Server] = []
            if pages > 0 {
                let towers = TowerPages(lab, of: towers, on: loops.all[0])
                let server = Server(
                    ServerConfiguration(listeners: [.init(.ip(.loopback, port: pages))]), loops: loops,
                    handler: { await towers.answer($0) })
                try server.start()
                servers = [server]
            }
            Terminal.say("\(wanted.kinds.count) devices from \(address):\(wanted.port)")
            await stop.arrived()
            for server in servers { await server.drain(within: .seconds(1)) }
            try await loops.all[0].run { lab.close() }
        } catch {
            throw Complaint("The devices cannot answer there: \(error)")
        }
        return ExitStatus.done
    }
}
