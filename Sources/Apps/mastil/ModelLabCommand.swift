import HTTP
import Loop
import ModelLab

// Language models that do not exist.
extension Command {
    static let modelLab = Command(
        "model", "Anthropic's Messages API and OpenAI's chat completions, answered without a model.",
        options: [
            Option("port", "PORT", "where it answers (18813)"),
            Option("address", "ADDRESS", "of this machine (127.0.0.1)"),
        ],
        notes: """
            The key is sk-lab and the model lab-1. While it runs, POST /lab/faults with code=529 and count=3, slow=2000,
            garble=yes, or attack=yes, with which the model does what an attacker wants.
            """,
        heedsSignals: true
    ) { invocation, loops in
        let stop = StopRequest(on: loops.all[0])
        let lab = ModelLab()
        let listener = ListenAddress.ip(
            try readAddress(invocation), port: UInt16(clamping: try readNumber(invocation, "port", 18_813)))
        let server = Server(
            ServerConfiguration(listeners: [.init(listener)]), loops: loops, handler: { await lab.answer($0) })
        do {
            try server.start()
        } catch {
            throw Complaint("Nothing can listen at \(listener): \(error)")
        }
        guard let address = server.addresses.first else { throw Complaint("Nothing listens at \(listener)") }
        Terminal.say("Models at http://\(address)")
        await stop.arrived()
        await server.drain(within: .seconds(1))
        return ExitStatus.done
    }
}
