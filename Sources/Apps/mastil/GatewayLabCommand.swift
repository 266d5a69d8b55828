import GatewayLab
import HTTP
import Loop

// Simulated payment providers.
extension Command {
    static func gatewayLab(_ provider: GatewayLab.Provider) -> Command {
        let lab = GatewayLabExamples(provider)
        return Command(
            provider.rawValue, lab.summary,
            options: [
                Option("port", "PORT", "where it answers (\(lab.port))"),
                Option("address", "ADDRESS", "of this machine (127.0.0.1)"),
                Option("secret", "KEYS", "of its accounts, with commas between (\(lab.secret))"),
                Option("notices", "ADDRESS", "where the first account tells of events, at this machine"),
                Option("notice-secret", "SECRET", "which those are signed with; Conekta's key is its own (whsec_lab)"),
            ],
            notes: """
                Its first page lists what waits to be paid. While it runs: POST /lab/faults with times=3, shuffle=yes, hold=yes,
                lose=yes, forge=yes, lag=yes, slow=2 or failures=1; POST /lab/deliver sends what was held; POST /lab/notices with
                address and key registers an address, and answers what its notices are checked with; POST /lab/pay/CHECKOUT,
                /lab/refund/PAYMENT and /lab/dispute/PAYMENT, each with an amount where another is meant.
                """,
            heedsSignals: true
        ) { invocation, loops in
            let stop = StopRequest(on: loops.all[0])
            var plan = GatewayLab.Plan()
            plan.provider = provider
            plan.secrets = (invocation.value("secret") ?? lab.secret).split(separator: ",").map(String.init)
            guard !plan.secrets.isEmpty else { throw Complaint("--secret: there is none", status: ExitStatus.usage) }
            if let secret = invocation.value("notice-secret") { plan.noticeSecret = secret }
            plan.noticeAddress = invocation.value("notices")
            let post = LabPost(on: loops.all[0])
            let lab = GatewayLab(plan) { await post.send($0) }
            let listener = ListenAddress.ip(
                try readAddress(invocation),
                port: UInt16(clamping: try readNumber(invocation, "port", GatewayLabExamples(provider).port)))
            let server = Server(
                ServerConfiguration(listeners: [.init(listener)]), loops: loops, handler: { await lab.answer($0) })
            do {
                try server.start()
            } catch {
                throw Complaint("Nothing can listen at \(listener): \(error)")
            }
            guard let address = server.addresses.first else { throw Complaint("Nothing listens at \(listener)") }
            lab.open(at: "http://\(address)")
            Terminal.say("\(provider.name) at \(address)")
            await stop.arrived()
            await server.drain(within: .seconds(1))
            await post.close()
            return ExitStatus.done
        }
    }
}

private struct GatewayLabExamples {
    let summary: String
    let port: Int
    let secret: String

    init(_ provider: GatewayLab.Provider) {
        (summary, port, secret) =
            switch provider {
            case .stripe:
                ("Stripe's Checkout: its API, a page to pay at, and signed notices.", 18_801, "sk_test_lab")
            case .mercadopago:
                ("Mercado Pago's Checkout Pro: its API, a page to pay at, and signed notices.", 18_802, "TEST-lab")
            case .conekta:
                ("Conekta's orders: its API, a shop and a bank to pay at, and signed notices.", 18_803, "key_lab")
            }
    }
}
