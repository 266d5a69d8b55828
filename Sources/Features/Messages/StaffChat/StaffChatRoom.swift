import Access
import Assembly
import Conversations
import Declarations
import Jobs
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

extension EventKind {
    static let staffCommandRefused = EventKind(
        "staff_chat.command_refused",
        Message(
            es: "Pidió por su chat lo que no le está permitido",
            en: "Asked in their chat for what they are not permitted",
            pt: "Pediu pelo chat o que não lhe é permitido"))
}

extension RoomDeclarations {
    package static let staffChat = RoomDeclarations(
        "StaffChat",
        events: [.staffChatLinked, .staffChatUnlinked, .staffCodeMade, .staffCommandRefused],
        details: [DetailKind("command", Message(es: "Comando", en: "Command", pt: "Comando"))],
        parts: StaffCommands.all + NetworkCommands.all + MoneyCommands.all + StaffNotice.all
            + [StaffChatRoutes.accountPart] as [any RoomPart])
}

extension Room {
    package static let staffChat = Room(
        .staffChat,
        panel: { routes, context in StaffChatRoutes(randomness: context.randomness).add(to: &routes) },
        jobs: { jobs, context in
            let responder = StaffResponder(
                catalogue: context.catalogue, vault: context.vault, randomness: context.randomness)
            jobs.add(RespondToStaff.self) { try await responder.run($0, in: $1) }
            jobs.add(TellStaff.self) { try await responder.run($0, in: $1) }
            jobs.add(ForgetStaffButtons.self) { try await $0.run(in: $1) }
        },
        nightly: [ForgetStaffButtons.self])
}

/// Every night: buttons that are over for a week are forgotten.
package struct ForgetStaffButtons: NightlyJob {
    package static let kind = "staff-chat.forget-buttons"
    package static let time = "40 2 * * *"

    package init() {}

    package func run(in context: JobContext) async throws {
        try await context.database.forgetStaffButtons(before: context.now - .seconds(7 * 86_400))
    }
}
