import HTTP
import Loop
import UISPLab

extension Command {
    static let uispLab = Command(
        "uisp", "Ubiquiti's UISP after a migration that went half well: its network interface.",
        options: [
            Option("port", "PORT", "where it answers (18804)"),
            Option("address", "ADDRESS", "of this machine (127.0.0.1)"),
            Option("token", "TOKEN", "of its API (lab)"),
            Option("devices", "COUNT", "so many, all of them well, instead of 205 and strangers"),
            Option("asleep", "COUNT", "so many of the good ones are down, because their agents do not connect (none)"),
            Option("maker", "PREFIX", "the first half of their MAC addresses (24:A4:3C)"),
            Option("faults", "FAULTS", "from the start, as a form: status=500&html=yes"),
        ],
        notes: """
            While it runs: POST /lab/faults with status=401, 403, 429 or 500, html=yes, or rename=overview:summary, and an empty
            value to end it; POST /lab/device/NUMBER with status=disconnected; /lab/agent with mac=…, as
            a device that connects; /lab/vanish/NUMBER; /lab/outages.
            """,
        heedsSignals: true
    ) { invocation, loops in
        let stop = StopRequest(on: loops.all[0])
        var plan = UISPLab.Plan()
        if invocation.has("devices") { plan = UISPLab.Plan(devices: try readNumber(invocation, "devices", 205)) }
        plan.asleep = try readNumber(invocation, "asleep", 0)
        plan.token = invocation.value("token") ?? plan.token
        plan.maker = invocation.value("maker") ?? plan.maker
        let lab = UISPLab(plan)
        guard lab.fail(by: invocation.value("faults") ?? "") else {
            throw Complaint("--faults: there is no such fault", status: ExitStatus.usage)
        }
        let listener = ListenAddress.ip(
            try readAddress(invocation), port: UInt16(clamping: try readNumber(invocation, "port", 18_804)))
        let server = Server(
            ServerConfiguration(listeners: [.init(listener)]), loops: loops, handler: { await lab.answer($0) })
        do {
            try server.start()
        } catch {
            throw Complaint("Nothing can listen at \(listener): \(error)")
        }
        Terminal.say("UISP with \(lab.devices) devices at \(listener)")
        await stop.arrived()
        await server.drain(within: .seconds(1))
        return ExitStatus.done
    }
}
