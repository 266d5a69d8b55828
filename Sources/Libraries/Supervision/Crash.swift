import Identifiers
import JSON
import Loop
import Time

/// A process's crash: when, where in the program, and during what work. It holds no values of the program, hence no
/// secrets.
package struct Crash: Sendable, Equatable {
    package let id: UUID
    package let at: Instant
    /// The process's task: `serving`, `working`.
    package let process: String
    package let signal: Int32
    /// The executable's build, so that addresses of another build are not mistaken for this one's.
    package let build: String
    /// Nil when the crashed thread's work is unknown.
    package let work: WorkLeft.Work?
    /// How many other pieces of work were lost with it.
    package let inFlight: Int
    /// Addresses in the executable, innermost first; zero is system code.
    package let frames: [UInt64]

    package init(
        id: UUID, at: Instant, process: String, signal: Int32, build: String, work: WorkLeft.Work?, inFlight: Int,
        frames: [UInt64]
    ) {
        self.id = id
        self.at = at
        self.process = process
        self.signal = signal
        self.build = build
        self.work = work
        self.inFlight = inFlight
        self.frames = frames
    }
}

extension Crash: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("at", at.microseconds)
            json.member("process", process)
            json.member("signal", Int64(signal))
            json.member("build", build)
            json.member("in_flight", inFlight)
            json.array("frames") { json in
                for frame in frames { json.integer(Int64(truncatingIfNeeded: frame)) }
            }
            guard let work else { return }
            json.member("is_job", work.isJob)
            json.member("tenant", work.tenant?.description)
            json.member("name", work.name)
            json.member("job", work.job.description)
            json.member("token", work.token)
        }
    }
}

extension Crash: JSONReadable {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let id = fields.required("id", as: String.self).flatMap { UUID($0) }
        let at = fields.required("at", as: Int64.self)
        let process = fields.required("process", as: String.self)
        let signal = fields.required("signal", as: Int32.self)
        let build = fields.required("build", as: String.self)
        let inFlight = fields.required("in_flight", as: Int.self)
        let frames = fields.required("frames", as: [Int64].self)
        let isJob = fields.optional("is_job", as: Bool.self)
        let tenant = fields.optional("tenant", as: String.self).flatMap { UUID($0) }
        let name = fields.optional("name", as: String.self)
        let job = fields.optional("job", as: String.self).flatMap { UUID($0) }
        let token = fields.optional("token", as: Int64.self)
        var work: WorkLeft.Work?
        if let isJob, let name, let job, let token {
            work = WorkLeft.Work(isJob: isJob, tenant: tenant, name: name, job: job, token: token)
        }
        let read = try fields.finish(id, at, process, signal, build, inFlight, frames)
        self.init(
            id: read.0, at: Instant(microseconds: read.1), process: read.2, signal: read.3, build: read.4, work: work,
            inFlight: read.5, frames: read.6.map { UInt64(truncatingIfNeeded: $0) })
    }
}
