import Time

/// A continuing command: a menu's changes, or repeated measurements.
final class LabStream {
    enum Work {
        case changes(menu: Int, LabColumns, LabQuery)
        /// Called with the turn's number; the stream ends after the last turn.
        case turns(every: Duration, turns: Int?, (LabRouter, Int, inout LabAnswer) -> Void)
        case once((LabRouter) -> Void)
    }

    weak var client: (any LabClient)?
    let tag: String?
    let work: Work
    var due: Instant
    var turn = 0
    var isOver = false

    init(for client: (any LabClient)?, tag: String?, _ work: Work, due: Instant) {
        self.client = client
        self.tag = tag
        self.work = work
        self.due = due
    }
}

extension LabRouter {
    func listen(
        _ menu: Int, _ command: LabCommand, _ policies: Set<String>, for client: any LabClient
    ) throws(LabTrap) {
        let columns = LabColumns(command, of: tables[menu].schema, seesSecrets: policies.contains("sensitive"))
        watches.append(
            LabStream(
                for: client, tag: command.tag, .changes(menu: menu, columns, try LabQuery(command.queries)),
                due: .never))
    }

    func tell(_ menu: Int, _ id: UInt32) {
        guard !watches.isEmpty, let row = tables[menu][id] else { return }
        for stream in watches {
            guard case .changes(menu, let columns, let query) = stream.work, let client = stream.client else {
                continue
            }
            guard query.isEmpty || (try? matches(row, of: menu, query)) == true else { continue }
            var answer = LabAnswer(tag: stream.tag)
            answer.row { write(row, of: menu, columns, into: &$0) }
            client.push(answer.bytes)
        }
    }

    func tellDead(_ menu: Int, _ id: UInt32) {
        // The removal of interfaces, which are mostly dynamic, is not announced.
        guard !watches.isEmpty, tables[menu].schema.path != "/interface" else { return }
        for stream in watches {
            guard case .changes(menu, _, _) = stream.work, let client = stream.client else { continue }
            var answer = LabAnswer(tag: stream.tag)
            answer.row {
                $0.attribute(".id", LabRow.text(id))
                $0.attribute(".dead", "true")
            }
            client.push(answer.bytes)
        }
    }

    /// Ends a client's streams, or only the one with the tag.
    func cancel(_ tag: String?, of client: any LabClient) {
        for stream in watches + timed where stream.client === client && (tag == nil || stream.tag == tag) {
            stream.isOver = true
            var answer = LabAnswer(tag: stream.tag)
            answer.trap(.interrupted)
            answer.done()
            client.push(answer.bytes)
        }
        watches.removeAll(where: \.isOver)
        timed.removeAll(where: \.isOver)
    }

    func forget(_ client: any LabClient) {
        watches.removeAll { $0.client === client }
        timed.removeAll { $0.client === client }
    }

    func after(_ span: Duration, _ work: @escaping (LabRouter) -> Void) {
        timed.append(LabStream(for: nil, tag: nil, .once(work), due: now + span))
    }

    /// Starts a repeated measurement. The first turn is part of the answer.
    func begin(
        _ command: LabCommand, every interval: Duration, turns: Int?, for client: any LabClient,
        into answer: inout LabAnswer, _ turn: @escaping (LabRouter, Int, inout LabAnswer) -> Void
    ) -> Bool {
        turn(self, 0, &answer)
        if turns == 1 {
            answer.done()
            return true
        }
        let stream = LabStream(
            for: client, tag: command.tag, .turns(every: interval, turns: turns, turn), due: now + interval)
        stream.turn = 1
        timed.append(stream)
        return false
    }

    /// The time of the next scheduled event.
    package var nextDue: Instant? {
        var due = firstDialling < dialling.count ? dialling[firstDialling].due : Instant.never
        for stream in timed where stream.due < due { due = stream.due }
        return due == .never ? nil : due
    }

    /// Advances the clock and runs everything due by then, in order.
    package func advance(to moment: Instant) {
        while let due = nextDue, due <= moment {
            now = max(now, due)
            dialDue()
            for stream in timed where stream.due <= now { run(stream) }
            timed.removeAll(where: \.isOver)
        }
        now = max(now, moment)
    }

    package func advance(by span: Duration) { advance(to: now + span) }

    private func run(_ stream: LabStream) {
        switch stream.work {
        case .changes: break
        case .once(let work):
            stream.isOver = true
            work(self)
        case .turns(let interval, let turns, let turn):
            stream.due = stream.due + interval
            guard let client = stream.client else {
                stream.isOver = true
                return
            }
            var answer = LabAnswer(tag: stream.tag)
            turn(self, stream.turn, &answer)
            stream.turn += 1
            if stream.turn == turns {
                stream.isOver = true
                answer.done()
            }
            client.push(answer.bytes)
        }
    }
}

extension Instant {
    static let never = Instant(microseconds: .max)
}
