import Access
import Conversations
import Declarations
import Identifiers
import Locale
import Postgres
import Tenancy
import Time
import Vault

/// Something that staff do from their chat, declared by the room that it speaks of: with the person's own permissions and
/// zones, by the same acts as everywhere.
package struct StaffCommand: RoomPart {
    package typealias Work = @Sendable (StaffTurn) async throws -> StaffReply

    package let number: Int
    /// In buttons and in the record: it must stay.
    package let name: String
    /// What is typed, without the slash; none for what only buttons lead to.
    package let words: [String]
    package let title: Message
    /// Who may do it; `.signedIn` is everybody of the staff.
    package let permission: Permission
    /// Does something: by a button that works once, never by what merely shows, and not while the company is read-only.
    package let isAct: Bool
    let work: Work

    /// What is typed shows something, or asks.
    package init(
        _ number: Int, _ name: String, _ title: Message, typed words: [String] = [], for permission: Permission,
        work: @escaping Work
    ) {
        (self.number, self.name, self.title, self.words) = (number, name, title, words)
        (self.permission, self.isAct, self.work) = (permission, false, work)
    }

    package init(
        act number: Int, _ name: String, _ title: Message, for permission: Permission, work: @escaping Work
    ) {
        (self.number, self.name, self.title, self.words) = (number, name, title, [])
        (self.permission, self.isAct, self.work) = (permission, true, work)
    }

    package func isOpen(to permissions: Set<Permission>) -> Bool {
        permission == .signedIn || permissions.contains(permission)
    }
}

/// One message of staff's, with what its answer may use.
package struct StaffTurn: Sendable {
    /// Within the person's zones.
    package let database: TenantDatabase
    package let company: Tenant
    package let principal: Principal
    package let randomness: Randomness
    package let vault: Vault
    /// What was typed behind the command, or what the pressed button is about.
    package let about: String
    /// The answer to what the command asked before.
    package let said: String?
    let commands: [StaffCommand]

    package var reader: Reader { company.reader }
    package var now: Instant { principal.now }
    package var today: Day { company.timeZone.day(at: now) }

    package func may(_ permission: Permission) -> Bool { principal.permissions.contains(permission) }
}

package struct StaffReply: Sendable {
    package var parts: [StaffMessage]
    /// The command that the next message answers, and about what.
    package var awaits: (command: String, about: String)?

    package init(_ parts: [StaffMessage], awaits: (command: String, about: String)? = nil) {
        (self.parts, self.awaits) = (parts, awaits)
    }

    package init(
        _ text: String, _ buttons: [StaffButton] = [], awaits: (command: String, about: String)? = nil
    ) {
        self.init([StaffMessage(text, buttons)], awaits: awaits)
    }
}

package struct StaffMessage: Sendable {
    package let text: String
    package let buttons: [StaffButton]
    /// A picture in PNG, sent before the text.
    package let picture: [UInt8]?

    package init(_ text: String, _ buttons: [StaffButton] = [], picture: [UInt8]? = nil) {
        (self.text, self.buttons, self.picture) = (text, buttons, picture)
    }
}

package struct StaffButton: Sendable {
    package let command: String
    package let about: String
    package let title: String
    /// Does something: once, and only for a day.
    package let isAct: Bool

    /// Shows something; as often as one likes.
    package static func open(_ command: String, _ about: String = "", _ title: String) -> StaffButton {
        StaffButton(command: command, about: about, title: title, isAct: false)
    }

    package static func act(_ command: String, _ about: String, _ title: String) -> StaffButton {
        StaffButton(command: command, about: about, title: title, isAct: true)
    }
}

/// The ids of buttons in staff's chats: `st.open.customer.…`, `st.act.…`. Telegram takes 64 bytes.
enum StaffPress: Equatable {
    case open(String, about: String)
    case act(UUID)

    init?(_ id: String) {
        let parts = id.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3, parts[0] == "st" else { return nil }
        switch parts[1] {
        case "open": self = .open(parts[2], about: parts.count > 3 ? parts[3] : "")
        case "act":
            guard let id = UUID(parts[2]) else { return nil }
            self = .act(id)
        default: return nil
        }
    }

    var id: String {
        switch self {
        case .open(let command, let about): "st.open.\(command).\(about)"
        case .act(let id): "st.act.\(id)"
        }
    }
}
