import HTTP
import Loop
import PagerDutyLab

extension Command {
    static let pagerDutyLab = Command(
        "pagerduty", "PagerDuty's Events API v2, and a page of the alerts that it took.",
        options: [
            Option("port", "PORT", "where it answers (18821)"),
            Option("address", "ADDRESS", "of this machine (127.0.0.1)"),
            Option("key", "KEYS", "of its integrations, with commas between (pagerduty-lab)"),
        ],
        notes: """
            While it runs: POST /lab/faults with status=429 and times=2 refuses so many events. A company reaches it where
            MASTIL_WEBHOOK_LOCAL names its address.
            """,
        heedsSignals: true
    ) { invocation, loops in
        let stop = StopRequest(on: loops.all[0])
        let keys = (invocation.value("key") ?? "pagerduty-lab").split(separator: ",").map(String.init)
        let lab = PagerDutyLab(keys: keys)
        let listener = ListenAddress.ip(
            try readAddress(invocation), port: UInt16(clamping: try readNumber(invocation, "port", 18_821)))
        let server = Server(
            ServerConfiguration(listeners: [.init(listener)]), loops: loops, handler: { await lab.answer($0) })
        do {
            try server.start()
        } catch {
            throw Complaint("Nothing can listen at \(listener): \(error)")
        }
        guard let address = server.addresses.first else { throw Complaint("Nothing listens at \(listener)") }
        Terminal.say("PagerDuty at \(address)")
        await stop.arrived()
        await server.drain(within: .seconds(1))
        return ExitStatus.done
    }
}
