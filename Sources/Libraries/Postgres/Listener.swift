import Loop

/// An item of a channel's stream.
package enum Notification: Sendable, Equatable {
    case payload(String)
    /// Notifications may have been missed: the connection is new, or the reader was too slow.
    case gap
}

/// The process's one LISTEN connection, for all channels. Loop-confined but for `listen` and `close`.
final class Listener: SlotOwner, @unchecked Sendable {
    private let loop: EventLoop
    private var slot: Slot?
    private let plan: ConnectionPlan
    private let blocking: BlockingPool
    private var isClosed = false
    private var readers: [String: [Int: AsyncStream<Notification>.Continuation]] = [:]
    private var listening: Set<String> = []
    private var requests: [(channel: String, call: Call)] = []
    private var count = 0

    init(_ configuration: DatabaseConfiguration, on loop: EventLoop, blocking: BlockingPool) throws(DatabaseError) {
        self.loop = loop
        self.blocking = blocking
        plan = try ConnectionPlan(
            configuration.listening ?? configuration.platform, configuration,
            statementTimeout: configuration.sharedStatementTimeout, mustObeyPolicies: false)
    }

    func listen(_ channel: String) -> AsyncStream<Notification> {
        // An overflowing buffer keeps the newest, which include the notice of dropped ones.
        let (stream, reader) = AsyncStream.makeStream(of: Notification.self, bufferingPolicy: .bufferingNewest(1024))
        loop.perform { self.add(reader, to: channel) }
        return stream
    }

    func close() {
        loop.perform {
            self.isClosed = true
            self.slot?.close()
            self.slot = nil
            for reader in self.readers.values.flatMap(\.values) { reader.finish() }
            self.readers = [:]
        }
    }

    private func add(_ reader: AsyncStream<Notification>.Continuation, to channel: String) {
        if isClosed { return reader.finish() }
        count += 1
        let number = count
        readers[channel, default: [:]][number] = reader
        reader.onTermination = { [weak self] _ in
            guard let self else { return }
            loop.perform { self.remove(number, from: channel) }
        }
        let slot = self.slot ?? Slot(plan, on: loop, blocking: blocking, owner: self)
        self.slot = slot
        guard let connection = slot.connection, !connection.isBroken else { return slot.open() }
        if listening.contains(channel) { reader.yield(.gap) } else { ask("LISTEN", channel, on: connection) }
    }

    private func remove(_ number: Int, from channel: String) {
        readers[channel]?[number] = nil
        guard readers[channel]?.isEmpty == true else { return }
        readers[channel] = nil
        guard listening.remove(channel) != nil, let connection = slot?.connection, !connection.isBroken else { return }
        ask("UNLISTEN", channel, on: connection)
    }

    private func ask(_ verb: String, _ channel: String, on connection: Connection) {
        let name = channel.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        let call = Call(.platform, .once("\(verb) \"\(name)\""))
        if verb == "LISTEN" { requests.append((channel, call)) }
        connection.send(call)
    }

    func opened(_ slot: Slot) {
        guard let connection = slot.connection else { return }
        for channel in readers.keys { ask("LISTEN", channel, on: connection) }
    }

    func lost(_ slot: Slot) { listening = [] }

    func finished(_ call: Call, on slot: Slot) {
        guard let index = requests.firstIndex(where: { $0.call === call }) else { return }
        let channel = requests.remove(at: index).channel
        guard call.error == nil, let readers = readers[channel] else { return }
        listening.insert(channel)
        for reader in readers.values { reader.yield(.gap) }
    }

    func notified(on channel: String, _ payload: String) {
        for reader in readers[channel, default: [:]].values {
            if case .dropped = reader.yield(.payload(payload)) { reader.yield(.gap) }
        }
    }
}
