import Access
import ChannelProtocol
import Channels
import Conversations
import Declarations
import HTML
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Postgres
import Staff
import Tenancy
import Time

/// One's own chat with the company's bot: linked and unlinked on one's own account, with what one is told of there.
struct StaffChatRoutes: Sendable {
    private let randomness: Randomness

    init(randomness: Randomness) { self.randomness = randomness }

    static let path = "/panel/account/chat"

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/account/chat", .signedIn, "El propio chat con el bot de la empresa") { visit in
            try await page(nil, visit)
        }
        routes.post("/panel/account/chat/code", .signedIn, "Hace un código para vincular el propio chat", makeCode)
        routes.post("/panel/account/chat/:id/unlink", .signedIn, "Desvincula un chat propio", unlink)
        routes.post("/panel/account/chat/tells", .signedIn, "Elige de qué avisar en el propio chat", tell)
    }

    private func member(_ visit: Visit) async throws -> StaffMember {
        try await visit.admit()
        // Somebody of the platform has no chat with a company.
        guard visit.impersonation == nil else { throw AccessRefusal.notPermitted }
        guard let id = visit.admitted?.id, let member = try await visit.database.staffMember(ID(id)) else {
            throw AccessRefusal.signInRequired
        }
        return member
    }

    private func page(_ code: String?, _ visit: Visit) async throws -> Response {
        let member = try await member(visit)
        let notices = visit.catalogue.parts(StaffNotice.self).filter { visit.may($0.permission) }
        let page = StaffChatPage(
            chats: try await visit.database.staffChats(of: member.id), code: code,
            accounts: try await visit.database.channelAccounts().filter { $0.isOn && $0.stopped == nil },
            notices: notices, chosen: try await visit.database.tells(of: member.id), visit: visit)
        return try await Panel.page(page, titled: StaffChatWords.title.text(for: visit.reader), for: visit)
    }

    private func makeCode(_ visit: Visit) async throws -> Response {
        let member = try await member(visit)
        try await visit.request.body.form(upTo: 1024).allow([])
        let code = try await visit.database.makeStaffCode(for: member.id, by: visit.principal, from: randomness)
        return try await page(code, visit)
    }

    private func unlink(_ visit: Visit, id: Conversation.ID) async throws -> Response {
        let member = try await member(visit)
        try await visit.database.unlinkStaffChat(id, of: member.id, by: visit.principal.actor, at: visit.now)
        return Panel.done(.saved, at: Self.path)
    }

    private func tell(_ visit: Visit) async throws -> Response {
        let member = try await member(visit)
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow([], repeated: ["kind"])
        let known = visit.catalogue.parts(StaffNotice.self).filter { visit.may($0.permission) }.map(\.event.name)
        let chosen = Set(sent.values("kind")).intersection(known)
        try await visit.database.transaction { try await $0.put(chosen, toldTo: member.id) }
        return Panel.done(.saved, at: Self.path)
    }

    /// On one's own account, the way here.
    static let accountPart = AccountPart(10) { visit in
        section(.class("card")) {
            h2 { StaffChatWords.title.text(for: visit.reader) }
            p(.class("hint")) { StaffChatWords.intro.text(for: visit.reader) }
            a(.class("button"), .href(path)) { StaffChatWords.open.text(for: visit.reader) }
        }
    }
}

struct StaffChatPage: View {
    let chats: [StaffChat]
    let code: String?
    let accounts: [ChannelAccount]
    let notices: [StaffNotice]
    let chosen: Set<String>
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(StaffChatWords.title.text(for: reader))
        p(.class("hint lead")) { StaffChatWords.intro.text(for: reader) }
        linked
        link
        if !notices.isEmpty { tells }
    }

    @MarkupBuilder private var linked: Markup {
        if chats.isEmpty {
            p { StaffChatWords.noChats.text(for: reader) }
        } else {
            ul(.class("cards")) {
                for chat in chats {
                    li(.class("card")) {
                        p { strong { "\(chat.channel.name) · \(chat.name)" } }
                        p(.class("hint")) {
                            StaffChatWords.linkedSince.text(
                                for: reader,
                                .text("moment", chat.linkedAt.text(.short, in: visit.tenant.timeZone, for: reader)))
                        }
                        form(.method(.post), .action("\(StaffChatRoutes.path)/\(chat.conversation)/unlink")) {
                            button(.type("submit"), .class("danger")) { StaffChatWords.unlink.text(for: reader) }
                        }
                    }
                }
            }
        }
    }

    private var link: Markup {
        section(.class("card")) {
            h2 { StaffChatWords.linkOne.text(for: reader) }
            if accounts.isEmpty {
                p(.class("hint")) { StaffChatWords.noChannel.text(for: reader) }
            } else if let code {
                p { StaffChatWords.writeCode.text(for: reader) }
                ul(.class("plain lines")) {
                    for account in accounts {
                        li {
                            span { "\(account.provider.name) \(account.handle)" }
                            strong { "/vincular \(code)" }
                            if account.provider == .telegram {
                                a(
                                    .class("button"),
                                    .href("https://t.me/\(account.handle.drop { $0 == "@" })?start=\(code)"),
                                    .rel("noopener noreferrer"), .target("_blank")
                                ) { StaffChatWords.openTelegram.text(for: reader) }
                            }
                        }
                    }
                }
                p(.class("hint")) { StaffChatWords.codeHint.text(for: reader) }
            } else {
                p(.class("hint")) { StaffChatWords.codeHint.text(for: reader) }
                form(.method(.post), .action("\(StaffChatRoutes.path)/code")) {
                    button(.type("submit"), .class("primary")) { StaffChatWords.makeCode.text(for: reader) }
                }
            }
        }
    }

    private var tells: Markup {
        form(.class("card"), .method(.post), .action("\(StaffChatRoutes.path)/tells")) {
            fieldset {
                legend { StaffChatWords.tellMe.text(for: reader) }
                for notice in notices {
                    label(.class("choice")) {
                        input(
                            .type("checkbox"), .name("kind"), .value(notice.event.name),
                            .checked(chosen.contains(notice.event.name)))
                        span { notice.title.text(for: reader) }
                    }
                }
            }
            button(.type("submit"), .class("primary")) { StaffChatWords.save.text(for: reader) }
        }
    }
}
