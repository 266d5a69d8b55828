import ChannelProtocol
import Conversations
import Events
import Identifiers
import Jobs
import Loop
import Postgres
import Tenancy
import Time

/// Sends messages at their channels: at the provider's pace, in the order of the conversation, each once. Neither provider
/// would know a repeated message for the same one, so one whose answer never came is told to have failed, and not repeated.
struct SendAtChannel: Sendable {
    let acts: ChannelActs

    /// How often a message is handed over before it is given up.
    private static let mostAttempts = 12
    /// The one before wakes those behind it when it is sent; they look for themselves where nobody did.
    private static let patience = Duration.seconds(300)

    /// A message whose job ends for good is told to have failed: nothing waits for it.
    func run(_ job: SendMessage, in context: JobContext) async throws {
        do {
            try await attempt(job, in: context)
        } catch  where context.attempt >= context.attempts {
            try await context.database.noteFailed(
                job.message, .unknown, detail: "\(error)", at: context.now)
        }
    }

    private func attempt(_ job: SendMessage, in context: JobContext) async throws {
        let database = context.database
        guard let message = try await database.message(job.message),
            message.state == .queued || message.state == .sending,
            let conversation = try await database.conversation(job.conversation, ofStaffToo: true)
        else { return }
        func fail(_ failure: MessageFailure, _ detail: String = "") async throws {
            try await database.noteFailed(job.message, failure, detail: detail, at: context.now)
        }
        // The worker that sent it died before it stored the answer.
        if message.state == .sending { return try await fail(.outcomeUnknown) }
        guard let account = try await account(of: conversation, in: database), account.isOn else {
            return try await fail(.notConnected)
        }
        if let stopped = account.stopped { return try await fail(.accountRefused, stopped.detail) }
        if let window = conversation.channel.window, message.kind != .template,
            conversation.lastInboundAt.map({ $0 + window < context.now }) ?? true
        {
            return try await fail(.windowClosed)
        }
        if let moment = try await quietEnd(for: message, at: context.now, in: database) {
            return try await database.queue(job, at: moment)
        }
        guard try await database.isSent(before: job.message, in: job.conversation) else {
            return try await database.queue(job, at: context.now + Self.patience)
        }
        let turn = try await database.takeTurn(of: account, at: context.now)
        let wait = turn - context.now
        if wait > ChannelAccount.longestWait { return try await database.queue(job, at: turn) }
        if wait > .zero { try await context.loop.sleep(for: wait) }
        let keys = try await acts.keys(of: account, in: database)
        guard let begun = try await database.beginSending(job.message) else { return }
        try await hand(begun.message, in: begun.conversation, over: account, keys, job, context)
    }

    private func hand(
        _ message: ChatMessage, in conversation: Conversation, over account: ChannelAccount, _ keys: ChannelKeys,
        _ job: SendMessage, _ context: JobContext
    ) async throws {
        let driver = try acts.driver(of: account.provider)
        var content = message.outbound
        if let (file, bytes) = try await context.database.sentFile(of: message.id, from: acts.vault) {
            content = .file(
                OutboundFile(mediaType: file.mediaType, name: file.name, bytes: bytes), caption: message.body)
        }
        let sent: SentMessage
        do throws(ChannelFailure) {
            sent = try await driver.send(
                OutboundMessage(
                    to: conversation.correspondent, content, mark: message.id.description,
                    replyTo: message.replyTo), with: keys)
        } catch {
            return try await take(error, of: message, from: account, job, context)
        }
        try await context.database.noteSent(message.id, as: sent.id, at: context.now)
    }

    private func take(
        _ failure: ChannelFailure, of message: ChatMessage, from account: ChannelAccount, _ job: SendMessage,
        _ context: JobContext
    ) async throws {
        let (database, now) = (context.database, context.now)
        let attempts = message.attempts + 1
        guard failure.remedy == .tryAgain, attempts < Self.mostAttempts else {
            try await database.noteFailed(message.id, failure.reason.ofMessage, detail: failure.detail, at: now)
            if failure.remedy == .stopAccount { try await acts.stop(account, because: failure, at: now, in: database) }
            return
        }
        let moment = now + (failure.after ?? Backoff(first: .seconds(2)).limit(after: attempts))
        try await database.transaction { database in
            // Others of the account would only be refused as well.
            if failure.reason != .recipientBusy { try await database.hold(account.id, until: moment) }
            try await database.noteWaiting(message.id)
            try await database.queue(job, at: moment)
        }
    }

    private func account(
        of conversation: Conversation, in database: TenantDatabase
    ) async throws -> ChannelAccount? {
        guard let id = conversation.account else { return nil }
        return try await database.channelAccount(ID(id))
    }

    /// When the company's quiet hours end, where they hold this message back: nobody waits for what nobody asked for.
    private func quietEnd(
        for message: ChatMessage, at now: Instant, in database: TenantDatabase
    ) async throws -> Instant? {
        guard message.author.kind == .system, let hours = try await database.quietHours(),
            let tenant = try await database.lockedTenant()
        else { return nil }
        return hours.end(after: now, in: tenant.timeZone)
    }
}

extension ChannelActs {
    /// Nothing is sent by the account until somebody has looked; its owner is told once.
    func stop(
        _ account: ChannelAccount, because failure: ChannelFailure, at now: Instant, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard try await database.stop(account.id, because: failure, at: now) else { return }
            try await database.record(
                Act(
                    .channelStopped, account.subject,
                    after: account.details + [Act.Detail("channel_failure", failure.reason.rawValue)]),
                by: .commandLine,
                at: now)
        }
    }
}

extension ChatMessage {
    var outbound: OutboundMessage.Content {
        switch content {
        case .buttons(let buttons): .buttons(body, buttons.map { .init(id: $0.id, title: $0.title) })
        case .template(let name, let language, let values):
            .template(name: name, language: language, values: values)
        default: .text(body)
        }
    }
}
