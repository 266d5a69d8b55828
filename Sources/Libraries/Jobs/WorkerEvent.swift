import Postgres
import Time

/// A worker's events, for logs and metrics. They hold no secrets.
package enum WorkerEvent: Sendable {
    case started(JobReport)
    case finished(JobReport, took: Duration)
    case failed(JobReport, reason: String, retryAt: Instant)
    case died(JobReport, reason: String)
    /// Another worker has the job: this one was silent for too long.
    case lost(JobReport)
    /// Given back when the worker stopped.
    case released(JobReport)
    /// Taken from workers that were silent for too long.
    case rescued(count: Int)
    case scheduled(count: Int)
    case badSchedule(TenantID, name: String, reason: String)
    /// The database failed; the worker retries.
    case trouble(DatabaseError)
}

package struct JobReport: Sendable, Equatable {
    package let id: QueuedJob.ID
    package let tenant: TenantID
    package let kind: String
    package let attempt: Int
    package let token: Int64
    /// The delay between due time and start.
    package let dwell: Duration
}
