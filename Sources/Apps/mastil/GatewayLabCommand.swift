import GatewayLab
import HTTP
import Loop

// Simulated payment providers.
extension Command {
    static let stripeLab = Command(
        "stripe", "Stripe's Checkout: its API, a page to pay at, and signed notices.",
        options: [
            Option("port", "PORT", "where it answers (18801)"),
            Option("address", "ADDRESS", "of this machine (127.0.0.1)"),
            Option("secret", "KEY", "of the account (sk_test_lab)"),
            Option("notices", "ADDRESS", "where it tells of events, at this machine; more are registered by its API"),
            Option("notice-secret", "SECRET", "which those are signed with (whsec_lab)"),
        ],
        notes: """
            While it runs: POST /lab/faults with times=3, shuffle=yes, hold=yes, lose=yes, forge=yes or failures=1;
            POST /lab/deliver sends what was held; POST /lab/pay/SESSION, /lab/refund/PAYMENT and /lab/dispute/PAYMENT,
            each with an amount where another is meant.
            """,
        heedsSignals: true
    ) { invocation, loops in
        let stop = StopRequest(on: loops.all[0])
        var plan = GatewayLab.Plan()
        if let secret = invocation.value("secret") { plan.secret = secret }
        if let secret = invocation.value("notice-secret") { plan.noticeSecret = secret }
        plan.noticeAddress = invocation.value("notices")
        let post = LabPost(on: loops.all[0])
        let lab = GatewayLab(plan) { await post.send($0) }
        let listener = ListenAddress.ip(
            try readAddress(invocation), port: UInt16(clamping: try readNumber(invocation, "port", 18_801)))
        let server = Server(
            ServerConfiguration(listeners: [.init(listener)]), loops: loops, handler: { await lab.answer($0) })
        do {
            try server.start()
        } catch {
            throw Complaint("Nothing can listen at \(listener): \(error)")
        }
        guard let address = server.addresses.first else { throw Complaint("Nothing listens at \(listener)") }
        lab.open(at: "http://\(address)")
        Terminal.say("Stripe at \(address)")
        await stop.arrived()
        await server.drain(within: .seconds(1))
        await post.close()
        return ExitStatus.done
    }
}
