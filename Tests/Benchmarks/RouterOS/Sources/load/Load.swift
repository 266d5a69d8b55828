import Glibc
import Loop
import RouterOS
import RouterOSLab
import Synchronization

/// The lab on one loop, the driver on another: each says what its own thread cost.
func runLoad() -> Never {
    let seconds = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 5 : 5
    let customers = CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? 2000 : 2000
    let loops = Loops(count: 2)
    exit(
        loops.run {
            do {
                try await measure(for: .seconds(seconds), customers: customers, loops)
                return 0
            } catch {
                print(error)
                return 1
            }
        })
}

private func measure(for span: Duration, customers: Int, _ loops: Loops) async throws {
    let (here, there) = (loops.all[0], loops.all[1])
    var plan = RouterLab.Plan()
    plan.customers = customers
    let lab = await RouterLab.start(plan, on: there)
    let address = RouterAddress(.loopback, port: try await lab.listen())
    if CommandLine.arguments.contains("serve") {
        print("port \(address.port)")
        fflush(nil)
        try await here.sleep(for: span)
        return
    }
    for (name, command) in commands(customers) {
        let session = try await RouterSession.open(
            to: address, as: RouterCredentials(name: "admin", password: ""), on: here, limits: .wide)
        let (driverBefore, labBefore) = (cpu(), try await there.run { cpu() })
        let start = Monotonic.read()
        let count = try await ask(session, command, until: start + span)
        let wall = Double((Monotonic.read() - start) / .nanoseconds(1)) / 1e9
        let (driver, lab) = (cpu() - driverBefore, try await there.run { cpu() } - labBefore)
        print(
            "\(name): \(Int(Double(count) / wall)) commands/s; of a core: lab \(Int(Double(count) / lab))/s, "
                + "driver \(Int(Double(count) / driver))/s")
        session.close()
    }
}

private func ask(
    _ session: RouterSession, _ command: @escaping @Sendable (Int) -> RouterCommand, until end: Monotonic
) async throws -> Int {
    try await withThrowingTaskGroup(of: Int.self) { group in
        for lane in 0..<64 {
            group.addTask {
                var count = 0
                while Monotonic.read() < end {
                    _ = try await session.run(command(lane * 1009 + count))
                    count += 1
                }
                return count
            }
        }
        return try await group.reduce(0, +)
    }
}

private func commands(_ customers: Int) -> [(String, @Sendable (Int) -> RouterCommand)] {
    @Sendable func name(_ number: Int) -> String {
        let digits = String(number % customers + 1)
        return "cliente" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
    let plans = ["Plan10", "Plan20", "Plan50", "Morosos"]
    return [
        (
            "look up a secret",
            { RouterCommand("/ppp/secret/print", where: .equal("name", name($0)), only: [".id", "profile"]) }
        ),
        ("look up a secret, whole", { RouterCommand("/ppp/secret/print", where: .equal("name", name($0))) }),
        ("change a profile", { RouterCommand("/ppp/secret/set", [".id": name($0), "profile": plans[$0 % 4]]) }),
        ("look up a session", { RouterCommand("/ppp/active/print", where: .equal("name", name($0)), only: [".id"]) }),
        (
            "the four of a cut",
            { number in
                switch number % 4 {
                case 0:
                    RouterCommand("/ppp/secret/print", where: .equal("name", name(number)), only: [".id", "profile"])
                case 1: RouterCommand("/ppp/secret/set", [".id": name(number), "profile": plans[number / 4 % 4]])
                case 2: RouterCommand("/ppp/active/print", where: .equal("name", name(number)), only: [".id"])
                default: RouterCommand("/ppp/secret/print", where: .equal("name", name(number)))
                }
            }
        ),
    ]
}

extension RouterLimits {
    fileprivate static var wide: RouterLimits {
        var limits = RouterLimits()
        limits.commandsAtOnce = 64
        return limits
    }
}

/// Seconds of this thread.
private func cpu() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
