import Jobs

/// The jobs of all rooms, by who does them.
package struct RoomJobs: Sendable {
    package private(set) var crews: [Crew: JobKinds] = [:]

    init() {}

    /// `run` brings along what the job needs and does not carry in the queue.
    package mutating func add<Added: Job>(
        _ type: Added.Type, to crew: Crew = .house, run: @escaping @Sendable (Added, JobContext) async throws -> Void
    ) {
        crews[crew, default: JobKinds()].add(type, run: run)
    }
}

/// Places for jobs of one sort. Jobs that wait for other people's servers have places of their own: however many of these are
/// silent, the other work goes on.
package struct Crew: Hashable, Sendable {
    package let name: String
    package let places: Int

    package init(_ name: String, places: Int) {
        self.name = name
        self.places = places
    }

    package static let house = Crew("house", places: 16)
}
