import JSON
import Loop
import Postgres

/// An error whose text may be shown to an operator. Of other errors only the type is shown: their text may hold data or
/// secrets.
package protocol ExplainedFailure: Error {
    var reason: String { get }
}

/// Thrown by a job that must not be retried.
package struct PermanentFailure: ExplainedFailure {
    package let reason: String

    package init(_ reason: String) { self.reason = reason }
}

package enum JobsError: Error, Equatable {
    /// The lease expired, and another worker took the job.
    case lost
    /// A schedule that never fires, such as one for 30 February.
    case neverComes(String)
}

extension JobsError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .lost: "The job was taken from its worker"
        case .neverComes(let expression): "The schedule '\(expression)' never comes"
        }
    }
}

enum FailureReason {
    static func text(of error: any Error) -> String {
        switch error {
        case let error as any ExplainedFailure: error.reason
        case let error as DeadlineExceeded: "It took longer than \(error.span)"
        case is CancellationError: "It was cancelled"
        case let error as DatabaseError: text(of: error)
        default: "It failed with \(type(of: error))"
        }
    }

    /// PostgreSQL's messages may quote values.
    private static func text(of error: DatabaseError) -> String {
        guard case .query(let failure) = error else { return error.description }
        return "PostgreSQL refused a statement (\(failure.sqlState)\(failure.constraint.map { ", \($0)" } ?? ""))"
    }

    static func saysLost(_ error: any Error) -> Bool {
        if let error = error as? JobsError { return error == .lost }
        return (error as? DatabaseError)?.sqlState == heldNoMore
    }

    /// The SQLSTATE raised by `hold_job` and `complete_job`.
    static let heldNoMore = "MA409"
}
