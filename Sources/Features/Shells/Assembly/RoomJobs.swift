import Jobs

/// The jobs of all rooms, by crew.
package struct RoomJobs: Sendable {
    package private(set) var crews: [Crew: JobKinds] = [:]

    init() {}

    /// `run` captures what the job needs besides its payload.
    package mutating func add<Added: Job>(
        _ type: Added.Type, to crew: Crew = .house, run: @escaping @Sendable (Added, JobContext) async throws -> Void
    ) {
        crews[crew, default: JobKinds()].add(type, run: run)
    }
}

/// A pool of places for one sort of job. Jobs that wait for other people's servers have their own, so that silent
/// servers do not hold up other work.
package struct Crew: Hashable, Sendable {
    package let name: String
    package let places: Int

    package init(_ name: String, places: Int) {
        self.name = name
        self.places = places
    }

    package static let house = Crew("house", places: 16)
}
