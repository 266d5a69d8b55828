import Events
import Identifiers
import Jobs
import Locale
import Postgres
import Time

/// What became of a notice at the channel that took it.
package enum NoticeFate: Sendable, Equatable {
    case sent, delivered, read
    /// It will not arrive this way; the code is one of the channel's failures.
    case failed(String)
    /// It was handed over and the answer never came.
    case unknown
    /// It was no longer true when it was to leave.
    case withdrawn

    static let unknownCode = "outcome_unknown"
    static let noChannelCode = "no_channel"

    fileprivate var state: NoticeAttempt.State {
        switch self {
        case .sent: .sent
        case .delivered: .delivered
        case .read: .read
        case .failed: .failed
        case .unknown: .unknown
        case .withdrawn: .withdrawn
        }
    }

    fileprivate var code: String? {
        switch self {
        case .failed(let code): code
        case .unknown: Self.unknownCode
        default: nil
        }
    }
}

extension TenantDatabase {
    /// Notes what a channel says of the message or letter that carries a notice; what carries none is left alone. After a
    /// failure the next channel gets it. `tellsLater`: the channel itself may still say what became of an unknown one.
    package func note(
        _ fate: NoticeFate, ofCarried id: UUID, detail: String = "", tellsLater: Bool = true, at now: Instant
    ) async throws {
        try await transaction { database in
            let known: CustomerNotice.ID? = try await database.value(
                "SELECT notice_id FROM notice_attempts WHERE tenant_id = \(tenant) AND carried_by = \(id)")
            guard let known, let notice = try await database.notice(known, locked: true) else { return }
            let attempt: NoticeAttempt? = try await database.first(
                """
                SELECT notice_id, position, channel, state, failure, changed_at FROM notice_attempts
                WHERE tenant_id = \(tenant) AND carried_by = \(id)
                """)
            guard let attempt, fate.state.place > attempt.state.place else { return }
            try await database.execute(
                """
                UPDATE notice_attempts SET state = \(fate.state.rawValue), failure = \(fate.code),
                    detail = \(detail.filter { $0 != "\0" }.prefix(scalars: 300)), changed_at = \(now)
                WHERE tenant_id = \(tenant) AND notice_id = \(known) AND position = \(attempt.position)
                """)
            try await database.follow(fate, of: notice, over: attempt, tellsLater: tellsLater, at: now)
        }
    }

    private func follow(
        _ fate: NoticeFate, of notice: CustomerNotice, over attempt: NoticeAttempt, tellsLater: Bool, at now: Instant
    ) async throws {
        switch fate {
        case .sent, .delivered, .read:
            let state = CustomerNotice.State(rawValue: fate.state.rawValue) ?? .sent
            guard state.place > notice.state.place else { return }
            try await set(state, of: notice.id, at: now)
            try await execute(
                """
                UPDATE notices SET channel = \(attempt.channel)
                WHERE tenant_id = \(tenant) AND notice_id = \(notice.id)
                """)
            guard notice.state == .waiting || notice.state == .failed || state == .delivered else { return }
            try await record(
                Act(
                    state == .sent ? .noticeSent : .noticeDelivered, notice.subjectOfActs,
                    after: notice.details + [Act.Detail("notice_channel", attempt.channel)]), by: .commandLine, at: now)
        case .withdrawn: try await set(.withdrawn, of: notice.id, at: now)
        case .unknown:
            // Where nobody will ever say, another message could be a second one: the doubt is shown instead.
            guard tellsLater else { return try await doubt(notice, at: now) }
            try await queue(CarryNotice(notice.id), at: now + CarryNotice.patience)
        case .failed:
            // What had been sent by then was not delivered after all.
            guard notice.state == .waiting || (notice.state == .sent && notice.channel == attempt.channel) else {
                return
            }
            try await execute(
                """
                UPDATE notices SET state = 'waiting', changed_at = \(now)
                WHERE tenant_id = \(tenant) AND notice_id = \(notice.id)
                """)
            try await queue(CarryNotice(notice.id), at: now)
        }
    }

    private func doubt(_ notice: CustomerNotice, at now: Instant) async throws {
        try await execute(
            """
            UPDATE notices SET state = 'failed', failure = \(NoticeFate.unknownCode), changed_at = \(now)
            WHERE tenant_id = \(tenant) AND notice_id = \(notice.id)
            """)
        try await record(Act(.noticeFailed, notice.subjectOfActs, after: notice.details), by: .commandLine, at: now)
    }
}

extension CustomerNotice.State {
    fileprivate var place: Int {
        switch self {
        case .waiting, .failed, .withdrawn: 0
        case .sent: 1
        case .delivered: 2
        case .read: 3
        }
    }
}
