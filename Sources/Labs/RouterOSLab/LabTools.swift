import Addresses
import Time

// Measurements and files.
extension LabRouter {
    func monitorTraffic(
        _ command: LabCommand, for client: any LabClient, into answer: inout LabAnswer
    ) throws(LabTrap) -> Bool {
        guard let text = command.value("interface") else { throw .missing("interface") }
        let menu = table("/interface")
        let names = text.split(separator: ",").map(String.init)
        for name in names where tables[menu].named(name).isEmpty { throw .unmatched("interface") }
        let isOnce = command.has("once")
        return begin(command, every: .seconds(1), turns: isOnce ? 1 : nil, for: client, into: &answer) {
            router, _, answer in
            for name in names {
                let id = router.tables[menu].named(name).first
                let traffic = id.flatMap { router.tables[menu][$0]?.traffic } ?? LabTraffic(since: 0)
                answer.row { router.write(traffic, of: name, into: &$0) }
            }
        }
    }

    private func write(_ traffic: LabTraffic, of name: String, into answer: inout LabAnswer) {
        answer.attribute("name", name)
        for prefix in ["", "fp-"] {
            answer.attribute("\(prefix)rx-packets-per-second", "\(traffic.up / 7200)")
            answer.attribute("\(prefix)rx-bits-per-second", "\(traffic.up)")
            answer.attribute("\(prefix)tx-packets-per-second", "\(traffic.down / 7200)")
            answer.attribute("\(prefix)tx-bits-per-second", "\(traffic.down)")
        }
        for counter in ["rx-drops", "tx-drops", "tx-queue-drops"] { answer.attribute("\(counter)-per-second", "0") }
    }

    func ping(_ command: LabCommand, for client: any LabClient, into answer: inout LabAnswer) throws(LabTrap) -> Bool {
        guard let host = command.value("address") else { throw .missing("address") }
        guard IPAddress(host) != nil else { throw .invalid("address") }
        let count = try command.value("count").map { text throws(LabTrap) in
            guard let count = Int(text), 1...1_000_000 ~= count else { throw .invalid("count") }
            return count
        }
        let interval = command.value("interval").flatMap(LabSpan.parse) ?? 1
        let answers = answersPing(host)
        return begin(command, every: .seconds(max(1, interval)), turns: count, for: client, into: &answer) {
            router, turn, answer in
            answer.row { router.write(turn, host, answers, command.value("size") ?? "56", into: &$0) }
        }
    }

    /// True for customers with a session, the router itself, its gateways and two well-known resolvers.
    private func answersPing(_ host: String) -> Bool {
        let active = tables[table("/ppp/active")]
        if let position = active.position("address"), active.ids(where: position, is: host)?.isEmpty == false {
            return true
        }
        let watched = tables[table("/tool/netwatch")]
        // A gateway that blocks ICMP is down to a netwatch that pings it.
        if watched.order.contains(where: { id in
            watched.position("host").flatMap { watched[id]?.values[$0] } == host
                && watched.position("status").flatMap { watched[id]?.values[$0] } == "down"
        }) {
            return false
        }
        if ["127.0.0.1", "8.8.8.8", "1.1.1.1"].contains(host) { return true }
        let routes = tables[table("/ip/route")]
        return routes.order.contains { id in routes.position("gateway").flatMap { routes[id]?.values[$0] } == host }
    }

    private func write(_ turn: Int, _ host: String, _ answers: Bool, _ size: String, into answer: inout LabAnswer) {
        answer.attribute("seq", "\(turn)")
        answer.attribute("host", host)
        if answers {
            answer.attribute("size", size)
            answer.attribute("ttl", "64")
            answer.attribute("time", "\(450 + turn % 50)us")
        } else {
            answer.attribute("status", "timeout")
        }
        answer.attribute("sent", "\(turn + 1)")
        answer.attribute("received", answers ? "\(turn + 1)" : "0")
        answer.attribute("packet-loss", answers ? "0" : "100")
        if answers {
            for name in ["min-rtt", "avg-rtt", "max-rtt"] { answer.attribute(name, "453us") }
        }
    }

    package func addFile(_ name: String, kind: String, contents: String) {
        let menu = table("/file")
        for id in tables[menu].named(name) { delete(menu, id) }
        let size = contents.utf8.count
        insert(
            "/file",
            [
                "name": name, "type": kind, "size": "\(size)",
                "creation-time": LabClock.text(now, iso: version.writesISODates),
                // Larger files are returned without contents.
                "contents": size <= version.fileContentBytes ? contents : "",
            ])
        files[name] = contents
    }

    func readFile(_ command: LabCommand, into answer: inout LabAnswer) throws(LabTrap) {
        guard let name = command.value("file") else { throw .missing("file") }
        guard let contents = files[name] else { throw .noSuchItem }
        let offset = command.value("offset").flatMap { Int($0) } ?? 0
        let size = command.value("chunk-size").flatMap { Int($0) } ?? 32_768
        guard 1...32_768 ~= size else { throw .invalid("chunk-size") }
        let bytes = Array(contents.utf8)
        guard 0...bytes.count ~= offset else { throw LabTrap("failure: chunk out of file bounds") }
        let piece = bytes[offset..<min(bytes.count, offset + size)]
        answer.row { $0.attribute("data", LabText.decode(piece)) }
    }
}
