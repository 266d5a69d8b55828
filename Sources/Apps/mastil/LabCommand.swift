import Addresses
import GatewayLab
import Loop
import RouterOSLab

extension Command {
    static let lab = Command(
        "lab",
        "Devices and providers that do not exist, at real ports: for the demo, for tests, for trying things out.",
        subcommands: [.routerOSLab, .snmpLab, .oltLab, .uispLab, .airOSLab]
            + GatewayLab.Provider.allCases.map(Command.gatewayLab)
            + [.whatsAppLab, .telegramLab, .modelLab, .pagerDutyLab, .labConnect])

    private static let routerOSLab = Command(
        "routeros", "A MikroTik router whose customers dial in, as its binary API shows it.",
        options: [
            Option("port", "PORT", "where the API answers (8728)"),
            Option("tls-port", "PORT", "the API with TLS, as a router without a certificate speaks it"),
            Option("control", "PORT", "where the lab is told what to do, by /lab/… commands of the same protocol"),
            Option("address", "ADDRESS", "of this machine (127.0.0.1)"),
            Option("routers", "COUNT", "so many routers, at this port and those that follow (1)"),
            Option("customers", "COUNT", "PPPoE customers of each (100)"),
            Option("version", "VERSION", "of RouterOS: 6.42, 6.49, 7.16, 7.19 (7.19)"),
            Option("latency", "SPAN", "before every answer: 20ms, 1s (none)"),
            Option("faults", "FAULTS", "what goes wrong: cut-done@/ppp/secret/set*1,slow=200ms"),
            Option("password", "PASSWORD", "of the user admin (none)"),
            Option("maker", "PREFIX", "the first half of the customers' MAC addresses (02:00:00)"),
            Option(
                "furnish", "FILES",
                "scripts with commas between, of what each router has besides; nothing between, nothing"),
        ],
        notes: """
            Faults: cut-bytes=3, cut-word, cut-done, half-open, hang, garbage, wrong-tag, no-change, refuse-login, slow=200ms.
            Behind one may stand @/path for the commands it meets, +2 to spare two of them first, *1 to meet one only.
            While it runs, at the control port: /lab/faults/set =faults=…, /lab/latency/set =latency=…, /lab/cut,
            /lab/backup/keep, /lab/backup/restore, /lab/journal/print, /lab/statistics/print, /lab/export.
            """,
        heedsSignals: true
    ) { invocation, loops in
        let stop = StopRequest(on: loops.all[0])
        let (plan, address) = (try readPlan(invocation), try readAddress(invocation))
        let (first, count) = (try readNumber(invocation, "port", 8728), try readNumber(invocation, "routers", 1))
        guard count >= 1, first + count <= 65_536 else {
            throw Complaint("--routers: there are not so many ports behind \(first)", status: ExitStatus.usage)
        }
        let scripts = try readScripts(invocation)
        var labs: [RouterLab] = []
        for number in 0..<count {
            let lab = await RouterLab.start(plan, on: loops.all[number % loops.all.count])
            if number < scripts.count, let script = scripts[number] { await lab.inspect { $0.furnish(script: script) } }
            let port = try await lab.listen(at: address, port: UInt16(first + number))
            if number == 0 { try await open(lab, invocation, at: address) }
            Terminal.say("RouterOS \(plan.version) with \(plan.customers) customers at \(address):\(port)")
            labs.append(lab)
        }
        await stop.arrived()
        for lab in labs { lab.close() }
        return ExitStatus.done
    }

    private static func open(_ lab: RouterLab, _ invocation: Invocation, at address: IPAddress) async throws {
        if invocation.has("tls-port") {
            let port = UInt16(clamping: try readNumber(invocation, "tls-port", 8729))
            Terminal.say("with TLS at port \(try await lab.listen(at: address, port: port, .withoutCertificate))")
        }
        if invocation.has("control") {
            let port = UInt16(clamping: try readNumber(invocation, "control", 0))
            Terminal.say("told what to do at port \(try await lab.listenForControl(at: address, port: port))")
        }
    }

    private static func readPlan(_ invocation: Invocation) throws -> RouterLab.Plan {
        var plan = RouterLab.Plan()
        plan.customers = try readNumber(invocation, "customers", 100)
        plan.password = invocation.value("password") ?? ""
        plan.maker = invocation.value("maker") ?? plan.maker
        if let text = invocation.value("version") {
            guard let version = LabVersion(text) else { throw wrong("version", text) }
            plan.version = version
        }
        if let text = invocation.value("latency") {
            guard let span = LabFault.span(text) else { throw wrong("latency", text) }
            plan.latency = span
        }
        do {
            plan.faults = try LabFault.parse(invocation.value("faults") ?? "")
        } catch {
            throw Complaint("--faults: \(error)", status: ExitStatus.usage)
        }
        return plan
    }

    private static func readScripts(_ invocation: Invocation) throws -> [String?] {
        try (invocation.value("furnish") ?? "").split(separator: ",", omittingEmptySubsequences: false).map { path in
            if path.isEmpty { return nil }
            guard let bytes = File.bytes(String(path)) else { throw wrong("furnish", String(path)) }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    static func readAddress(_ invocation: Invocation) throws -> IPAddress {
        guard let text = invocation.value("address") else { return .loopback }
        guard let address = IPAddress(text) else { throw wrong("address", text) }
        return address
    }

    static func readNumber(_ invocation: Invocation, _ option: String, _ standard: Int) throws -> Int {
        guard let text = invocation.value(option) else { return standard }
        guard let number = Int(text), 0...200_000 ~= number else { throw wrong(option, text) }
        return number
    }

    private static func wrong(_ option: String, _ text: String) -> Complaint {
        Complaint("--\(option): '\(text)' cannot be used", status: ExitStatus.usage)
    }
}
