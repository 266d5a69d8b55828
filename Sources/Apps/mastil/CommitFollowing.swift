import Events
import Jobs
import Loop
import Postgres
import Telemetry

extension Database {
    /// Seals and announces committed events until the task is cancelled. Runs in every serving and working process.
    func followCommits(on loop: EventLoop, log: Log) -> Task<Void, Never> {
        let follower = CommitFollower(
            [EventSealer(log: log).work, Outbox.announcing, JobAnnouncement.announcing], in: self, on: loop
        ) { log.warning("commits_not_followed", .error($0)) }
        return loop.spawn { await follower.run() }
    }
}
