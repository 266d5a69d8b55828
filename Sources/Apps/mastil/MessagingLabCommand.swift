import HTTP
import Loop
import MessagingLab

// Channels that do not exist.
extension Command {
    static let whatsAppLab = Command(
        "whatsapp", "WhatsApp's Cloud API, its signed notices, and customers' telephones as pages.",
        options: [
            Option("port", "PORT", "where it answers (18811)"),
            Option("address", "ADDRESS", "of this machine (127.0.0.1)"),
            Option("token", "TOKEN", "of the company (EAAlab)"),
            Option("number", "ID", "of its number at WhatsApp (106540352242922)"),
            Option("secret", "SECRET", "of its app (app-secret-lab)"),
            Option("verify-token", "TOKEN", "which makes sure of an address (verify-lab)"),
            Option("people", "PEOPLE", "who has a telephone: Ana=5215512345678,Luis=…"),
            Option("others", "receive|fail", "what messages to numbers without a telephone here do (fail)"),
        ],
        notes: controls,
        heedsSignals: true
    ) { invocation, loops in
        var plan = WhatsAppLab.Plan()
        plan.everybodyReceives = invocation.value("others") == "receive"
        plan.token = invocation.value("token") ?? plan.token
        plan.number = invocation.value("number") ?? plan.number
        plan.appSecret = invocation.value("secret") ?? plan.appSecret
        plan.verifyToken = invocation.value("verify-token") ?? plan.verifyToken
        return try await run(WhatsAppLab(plan), at: 18_811, invocation, on: loops)
    }

    static let telegramLab = Command(
        "telegram", "Telegram's Bot API, its updates, and customers' telephones as pages.",
        options: [
            Option("port", "PORT", "where it answers (18812)"),
            Option("address", "ADDRESS", "of this machine (127.0.0.1)"),
            Option("token", "TOKEN", "of the company's bot"),
            Option("people", "PEOPLE", "who has a telephone: Ana=5215512345678,Luis=…"),
        ],
        notes: controls,
        heedsSignals: true
    ) { invocation, loops in
        var plan = TelegramLab.Plan()
        plan.token = invocation.value("token") ?? plan.token
        return try await run(TelegramLab(plan), at: 18_812, invocation, on: loops)
    }

    private static let controls = """
        The telephones are at its own address. While it runs: POST /lab/hook with address=… is told where notices go;
        /lab/people with name= and phone= adds a telephone; /lab/write with person=, text= and count= writes from it;
        /lab/faults with code=131047 and count=3, swallow=1, slow=2000, times=3, shuffle=yes, hold=yes, lose=yes or forge=yes.
        """

    private static func run(
        _ channel: sending any LabChannel, at standard: Int, _ invocation: Invocation, on loops: Loops
    ) async throws -> Int32 {
        let stop = StopRequest(on: loops.all[0])
        let (name, loop) = (channel.name, loops.all[0])
        let listener = ListenAddress.ip(
            try readAddress(invocation), port: UInt16(clamping: try readNumber(invocation, "port", standard)))
        var channel = channel
        for person in (invocation.value("people") ?? "").split(separator: ",") {
            let parts = person.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw Complaint("--people: '\(person)' cannot be used", status: ExitStatus.usage)
            }
            _ = channel.add(named: parts[0], phone: parts[1], hidden: false)
        }
        let line = LabLine(on: loop)
        let lab = MessagingLab(channel, through: line)
        let server = Server(
            ServerConfiguration(listeners: [.init(listener)]), loops: loops, handler: { await lab.answer($0) })
        do {
            try server.start()
        } catch {
            throw Complaint("Nothing can listen at \(listener): \(error)")
        }
        guard let address = server.addresses.first else { throw Complaint("Nothing listens at \(listener)") }
        lab.open(at: "http://\(address)")
        Terminal.say("\(name) at \(address), the telephones at http://\(address)/")
        await withTaskGroup { tasks in
            tasks.addTask { await lab.keepDelivering(on: loop) }
            await stop.arrived()
            tasks.cancelAll()
        }
        await server.drain(within: .seconds(1))
        await line.close()
        return ExitStatus.done
    }
}
