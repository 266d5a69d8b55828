import ChannelProtocol
import Conversations
import Identifiers
import Images
import JSON
import Jobs
import Postgres
import Sandbox
import Time

/// Fetches what was sent along with a message, while the provider still has it. Pictures are drawn anew; recordings and
/// documents are kept as they are, and never opened here.
package struct FetchFiles: Job {
    package static let kind = "channels.fetch-files"

    package static var rules: JobRules {
        var rules = JobRules()
        rules.attempts = 8
        rules.timeLimit = .seconds(180)
        rules.tenantLimit = 4
        return rules
    }

    let message: ChatMessage.ID
    let account: ChannelAccount.ID

    package var key: String? { message.description }

    init(of message: ChatMessage.ID, from account: ChannelAccount.ID) {
        (self.message, self.account) = (message, account)
    }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let message = fields.required("message", as: String.self).flatMap { ChatMessage.ID($0) }
        let account = fields.required("account", as: String.self).flatMap { ChannelAccount.ID($0) }
        if message == nil { fields.refuse("message", .expected("an identifier")) }
        if account == nil { fields.refuse("account", .expected("an identifier")) }
        (self.message, self.account) = try fields.finish(message, account)
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("message", message.description)
            json.member("account", account.description)
        }
    }

    func run(in context: JobContext, by acts: ChannelActs, with sandbox: Sandbox) async throws {
        try await acts.fetch(
            message, from: account, with: sandbox, isLast: context.attempt >= context.attempts, at: context.now,
            in: context.database)
    }
}

extension ChannelActs {
    func fetch(
        _ message: ChatMessage.ID, from account: ChannelAccount.ID, with sandbox: Sandbox, isLast: Bool,
        at now: Instant, in database: TenantDatabase
    ) async throws {
        guard let account = try await database.channelAccount(account) else { return }
        let keys = try await keys(of: account, in: database)
        let driver = try driver(of: account.provider)
        for file in try await database.waitingFiles(of: message) {
            do {
                let day = now - .seconds(86_400)
                guard
                    try await database.keptBytes(with: message, since: day) < MessageFile.mostBytesADay,
                    try await database.keptBytesOfStrangers(beside: message, since: day)
                        < MessageFile.mostBytesOfStrangersADay
                else { throw FileRefusal(reason: .tooMany) }
                let kept = try await Self.content(of: file, driver, keys, sandbox, for: database.tenant.uuid)
                try await database.keep(file.id, kept.bytes, mediaType: kept.mediaType, in: vault, at: now)
            } catch let refusal as FileRefusal {
                try await database.refuse(file.id, because: refusal.reason)
            } catch let failure as ChannelFailure where isLast || !failure.isOfTheMoment {
                try await database.refuse(file.id, because: failure.reason == .fileTooLarge ? .tooLarge : .gone)
            } catch  where isLast && !(error is DatabaseError) {
                try await database.refuse(file.id, because: .unreadable)
            }
        }
    }

    private struct FileRefusal: Error { let reason: MessageFileRefusal }

    /// The file as the message shows it: pictures drawn anew, others unchanged.
    private static func content(
        of file: MessageFile, _ driver: any MessagingChannel, _ keys: ChannelKeys, _ sandbox: Sandbox, for tenant: UUID
    ) async throws -> (bytes: [UInt8], mediaType: String) {
        guard let id = file.providerFile else { throw FileRefusal(reason: .gone) }
        let type = String(file.mediaType.prefix { $0 != ";" && $0 != " " })
        let isPicture = type.hasPrefix("image/")
        guard isPicture || keptTypes.contains(type) else { throw FileRefusal(reason: .kind) }
        let fetched = try await driver.fetch(
            IncomingFile(id: id, mediaType: type, name: file.name, bytes: file.bytes), upTo: MessageFile.mostBytes,
            with: keys)
        guard isPicture else { return (fetched.bytes, type) }
        do {
            return (try await MessageFile.draw(fetched.bytes, in: sandbox, for: tenant), "image/png")
        } catch let fault as PictureFault {
            throw FileRefusal(reason: fault == .tooLarge ? .tooLarge : .unreadable)
        } catch SandboxFailure.overran, SandboxFailure.crashed {
            // A decompression bomb.
            throw FileRefusal(reason: .unreadable)
        }
    }

    private static let keptTypes: Set<String> = [
        "audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/amr", "video/mp4", "application/pdf",
    ]
}

extension ChannelFailure {
    /// Asking again may bring it.
    fileprivate var isOfTheMoment: Bool { remedy == .tryAgain || reason == .unknown }
}

/// Ends the wait on a telephone whose button was pressed.
package struct AnswerPress: Job {
    package static let kind = "channels.answer-press"

    /// The provider forgets the press soon.
    package static var rules: JobRules {
        var rules = JobRules()
        rules.attempts = 2
        rules.timeLimit = .seconds(40)
        return rules
    }

    let receipt: String
    let account: ChannelAccount.ID

    package var key: String? { receipt }

    init(_ receipt: String, at account: ChannelAccount.ID) { (self.receipt, self.account) = (receipt, account) }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let receipt = fields.required("receipt", as: String.self)
        let account = fields.required("account", as: String.self).flatMap { ChannelAccount.ID($0) }
        if account == nil { fields.refuse("account", .expected("an identifier")) }
        (self.receipt, self.account) = try fields.finish(receipt, account)
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("receipt", receipt)
            json.member("account", account.description)
        }
    }

    func run(in context: JobContext, by acts: ChannelActs) async throws {
        guard let account = try await context.database.channelAccount(account) else { return }
        let (keys, driver) = (
            try await acts.keys(of: account, in: context.database), try acts.driver(of: account.provider)
        )
        do throws(ChannelFailure) {
            try await driver.acknowledge(receipt, with: keys)
        } catch {
            // The wheel stops by itself after a while.
            guard error.remedy == .tryAgain else { return }
            throw error
        }
    }
}
