import Addresses
import AirOS
import AirOSLab
import AntennaProtocol
import Assembly
import Glibc
import HTTP
import Loop
import WebClient

/// Antennas that do not exist, behind the addresses that the routers' labs give to their customers: what a router says is
/// at 10.20.0.5 answers at 127.20.0.5.
enum LabAntennas {
    static let password = "demo"
    private static let clients = AddressRange("10.20.0.0/16")!

    static func reach(_ lab: ListenAddress?) -> [(AddressRange, port: UInt16)] {
        guard case .ip(_, let port)? = lab else { return [] }
        return [(clients, port)]
    }

    static func shell(_ devices: DeviceAccess) -> any RemoteShell {
        let shell = OpenSSH(on: devices.loops)
        guard let lab = devices.labs.first(where: { $0.0 == clients }) else { return shell }
        return Route(shell: shell, port: lab.port)
    }

    private struct Route: RemoteShell {
        let shell: OpenSSH
        let port: UInt16

        func run(
            _ command: String, input: [UInt8], on target: AntennaTarget
        ) async throws(AntennaFailure) -> ShellAnswer {
            guard target.hops.isEmpty, target.port == port, clients.contains(target.address),
                let address = IPAddress("127\(target.address.description.dropFirst(2))")
            else { return try await shell.run(command, input: input, on: target) }
            var local = AntennaTarget(address: address, port: port, login: target.login)
            (local.hostKey, local.allowsOldCryptography) = (target.hostKey, target.allowsOldCryptography)
            return try await shell.run(command, input: input, on: local)
        }
    }
}

extension Command {
    static let airOSLab = Command(
        "airos", "Ubiquiti's antennas after a migration that went half well, each an SSH server of its own.",
        options: [
            Option("port", "PORT", "where they answer, from 127.20.0.2 on (18850)"),
            Option("customers", "COUNT", "those of `mastil lab routeros` that are on line (150)"),
            Option(
                "asleep", "COUNT", "so many of the good ones do not connect, because running.cfg hides their URI (0)"),
            Option("maker", "PREFIX", "the first half of their MAC addresses (24:A4:3C)"),
            Option("uisp", "ADDRESS", "of `mastil lab uisp`, which they connect to (none)"),
        ],
        notes: """
            Their user is ubnt, with the password demo; two have another one. Every tenth customer's antenna was never given the
            new server's address or has lost its key. Needs openssh-server and libnss-wrapper.
            """,
        heedsSignals: true
    ) { invocation, loops in
        let stop = StopRequest(on: loops.all[0])
        let uisp = invocation.value("uisp")
        let web = HTTPClient(on: loops.all[0], resolver: .system(on: loops.blocking))
        let loop = loops.all[0]
        let lab = AirOSLab(
            antennas(
                customers: try readNumber(invocation, "customers", 150),
                asleep: try readNumber(invocation, "asleep", 0), maker: invocation.value("maker") ?? "24:A4:3C"),
            onConnection: { mac in
                guard let uisp else { return }
                loop.spawn { await tell(mac, to: uisp, over: web) }
            })
        var template = Array("/tmp/mastil-airos-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Complaint("There is no place in /tmp") }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let server = AirOSServer(lab, in: folder, on: loop)
        do {
            let port = try await server.start(port: UInt16(clamping: try readNumber(invocation, "port", 18_850)))
            Terminal.say("airOS: \(lab.addresses.count) antennas from 127.20.0.2 on, port \(port)")
            await stop.arrived()
        } catch {
            await server.end()
            await web.close()
            throw error
        }
        await server.end()
        await web.close()
        return ExitStatus.done
    }

    /// As the router's lab numbers them: of each hundred customers eighty are on line, with addresses in a row.
    private static func antennas(customers: Int, asleep: Int, maker: String) -> [String: LabAntenna] {
        var (antennas, place, device): ([String: LabAntenna], Int, Int) = ([:], 1, 0)
        for number in stride(from: 1, through: customers, by: 1) {
            if number % 10 != 0 { device += 1 }
            guard number % 100 < 80 else { continue }
            place += 1
            let plight: LabAntenna.Plight =
                switch number {
                case _ where number % 20 == 0: .keyLost
                case _ where number % 10 == 0: .forgotten
                default: device <= asleep ? .shadowed : .right
                }
            let hex = String(number & 0xFFFF, radix: 16, uppercase: true)
            let tail = Array(String(repeating: "0", count: max(0, 4 - hex.utf8.count)) + hex)
            antennas["127.20.\(place / 256).\(place % 256)"] = LabAntenna(
                number: number, mac: "\(maker):00:\(tail[0])\(tail[1]):\(tail[2])\(tail[3])",
                name: "Cliente \(number)", plight: plight, server: LabServer(),
                password: [7, 33].contains(number) ? "de-otro-instalador" : LabAntennas.password)
        }
        return antennas
    }

    private static func tell(_ mac: String, to uisp: String, over web: HTTPClient) async {
        guard let range = AddressRange("127.0.0.1/32"),
            let port = uisp.split(separator: ":").last.flatMap({ UInt16($0) })
        else { return }
        // A UISP that is not there is found again at the next restart.
        _ = try? await web.send(
            WebRequest(
                "POST", "\(uisp)/lab/agent", egress: .devices([.init(range, ports: [port], evenSpecial: true)]),
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: .bytes(Array(Fields(["mac": mac]).urlEncoded.utf8))))
    }
}
