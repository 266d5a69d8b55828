import Access
import Declarations
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Routers
import Services
import Tenancy
import Time

/// The company's access servers.
struct AccessServersPage: View {
    let servers: [AccessServer]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        let title = RadiusWords.servers.text(for: reader)
        PageHeading(title) {
            a(.class("button"), .href(AccessServerRoutes.sessionsPath)) { RadiusWords.sessions.text(for: reader) }
            if visit.mayAct(with: .networkManage) {
                a(.class("button primary"), .href("\(AccessServer.path)/new")) {
                    RadiusWords.newServer.text(for: reader)
                }
            }
        }
        p(.class("hint lead")) { RadiusWords.intro.text(for: reader) }
        if servers.isEmpty {
            EmptyState(.domains, RadiusWords.noServers.text(for: reader))
        } else {
            RadiusTable(title, [.name, .address, .seen], for: reader) {
                for server in servers {
                    tr {
                        td(.class("name")) { a(.href(server.panelPath)) { server.name } }
                        td { server.address }
                        td(.class("figures")) {
                            server.seenAt.map(visit.moment) ?? RadiusWords.never.text(for: reader)
                        }
                    }
                }
            }
        }
    }
}

/// One of them: what came of trying it, and who is on line by it.
struct AccessServerPage: View {
    let server: AccessServer
    let trial: RadiusActs.Trial?
    let sessions: [RadiusSession]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(RadiusWords.servers.text(for: reader), path: AccessServer.path)
        PageHeading(server.name) {
            if visit.mayAct(with: .networkManage) {
                a(.class("button"), .href("\(server.panelPath)/edit")) {
                    Icon.edit
                    span { RadiusWords.edit.text(for: reader) }
                }
            }
        }
        div(.class("acts")) {
            if visit.mayAct(with: .networkOperate) {
                form(.class("inline"), .method(.post), .action("\(server.panelPath)/trial")) {
                    button(.type("submit")) { RadiusWords.tryOut.text(for: reader) }
                }
            }
            if visit.mayAct(with: .networkManage) {
                a(.class("button"), .href("\(server.panelPath)/secret"), .data("dialog", "")) {
                    RadiusWords.renew.text(for: reader)
                }
            }
        }
        switch trial {
        case nil: Markup.nothing
        case .answered: p(.class("good"), .role("status")) { RadiusWords.answered.text(for: reader) }
        case .silence: p(.class("error"), .role("alert")) { RadiusWords.silence.text(for: reader) }
        }
        if !server.hasAddress { p(.class("error")) { RadiusWords.addressLost.text(for: reader) } }
        NounFacts(server, for: reader)
        p(.class("hint")) {
            "\(RadiusWords.seen.text(for: reader)): \(server.seenAt.map(visit.moment) ?? RadiusWords.never.text(for: reader))"
        }
        SessionTable(title: .online, sessions: sessions, visit: visit)
    }
}

/// Shown once: what is shared with an access server, and what it is told in its own words.
struct AccessServerSecretPage: View {
    let server: AccessServer
    let secret: String
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(server.name, path: server.panelPath)
        h1 { RadiusWords.secret.text(for: reader) }
        div(.class("card")) {
            p(.class("warning")) { RadiusWords.secretOnce.text(for: reader) }
            FormField(RadiusWords.secret.text(for: reader), name: "secret") { wiring in
                input(wiring, .readonly(), .value(secret), .autocomplete("off"))
            }
            p { RadiusWords.scriptIntro.text(for: reader) }
            pre(.tabindex(0)) { code { script } }
            p { a(.class("button"), .href(server.panelPath)) { RadiusWords.toServer.text(for: reader) } }
        }
    }

    private var script: String {
        """
        /radius add service=ppp,hotspot address=\(RadiusWords.ourAddress.text(for: reader)) secret=\(secret) timeout=3s
        /radius incoming set accept=yes port=\(server.port)
        /ppp aaa set use-radius=yes accounting=yes interim-update=5m
        """
    }
}

/// Open sessions over all access servers, and refusals.
struct SessionsPage: View {
    let sessions: [RadiusSession]
    let rejections: [RadiusRejection]
    let search: String
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(RadiusWords.servers.text(for: reader), path: AccessServer.path)
        PageHeading(RadiusWords.sessions.text(for: reader))
        form(.class("filter"), .method(.get), .action(AccessServerRoutes.sessionsPath)) {
            FormField(RadiusWords.search.text(for: reader), name: "q") { wiring in
                input(wiring, .type("search"), .maxlength(100), .value(search))
            }
            button(.type("submit")) { RadiusWords.find.text(for: reader) }
        }
        SessionTable(title: .online, sessions: sessions, visit: visit)
        RejectionTable(rejections: rejections, visit: visit)
    }
}

package struct SessionTable: View {
    let title: RadiusWords
    let sessions: [RadiusSession]
    let visit: Visit

    init(title: RadiusWords, sessions: [RadiusSession], visit: Visit) {
        (self.title, self.sessions, self.visit) = (title, sessions, visit)
    }

    package init(latest sessions: [RadiusSession], visit: Visit) {
        self.init(title: .latest, sessions: sessions, visit: visit)
    }

    private var reader: Reader { visit.reader }

    package var body: Markup {
        if sessions.isEmpty {
            p(.class("hint")) { RadiusWords.nobody.text(for: reader) }
        } else {
            h2 { title.text(for: reader) }
            RadiusTable(
                title.text(for: reader), [.login, .customer, .address, .caller, .since, .traffic, .server, .ending],
                for: reader
            ) {
                for session in sessions { row(of: session) }
            }
        }
    }

    private func row(of session: RadiusSession) -> Markup {
        tr {
            td(.class("name")) { session.login }
            td {
                if let service = session.service {
                    a(.href("/panel/services/\(service)")) { session.customerName }
                } else if session.voucher != nil {
                    span(.class("hint")) { RadiusWords.voucher.text(for: reader) }
                } else {
                    span(.class("hint")) { RadiusWords.unknown.text(for: reader) }
                }
            }
            td(.class("figures")) { session.address }
            td { session.caller }
            td(.class("figures")) { visit.moment(session.startedAt) }
            td(.class("figures")) {
                "↑ \(Self.megabytes(session.sent).text(for: reader)) ↓ \(Self.megabytes(session.received).text(for: reader)) MB"
            }
            td { a(.href("\(AccessServer.path)/\(session.server)")) { session.serverName } }
            td { ending(of: session) }
        }
    }

    private static func megabytes(_ bytes: Int) -> Int { bytes / 1_000_000 }

    private func ending(of session: RadiusSession) -> String {
        if let endedAt = session.endedAt {
            return "\(visit.moment(endedAt)) · \(session.cause)"
        }
        guard session.asked > 0 else { return "–" }
        return RadiusWords.asked.text(
            for: reader, .text("times", session.asked.text(for: reader)),
            .text("answer", session.answer.isEmpty ? "–" : session.answer))
    }
}

struct RejectionTable: View {
    let rejections: [RadiusRejection]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        if !rejections.isEmpty {
            h2 { RadiusWords.rejections.text(for: reader) }
            RadiusTable(
                RadiusWords.rejections.text(for: reader), [.login, .reason, .times, .last, .caller, .server],
                for: reader
            ) {
                for one in rejections {
                    tr {
                        td(.class("name")) {
                            if let service = one.service {
                                a(.href("/panel/services/\(service)")) { one.login }
                            } else {
                                one.login
                            }
                        }
                        td { one.reason.text(for: reader) }
                        td(.class("figures")) { one.times.text(for: reader) }
                        td(.class("figures")) { visit.moment(one.lastAt) }
                        td { one.caller }
                        td { a(.href("\(AccessServer.path)/\(one.server)")) { one.serverName } }
                    }
                }
            }
        }
    }
}

/// What a customer is told to go on line with.
struct CredentialsPage: View {
    let service: Service
    let access: RadiusAccess
    let password: String
    let reader: Reader

    var body: Markup {
        Crumb(service.title, path: service.panelPath)
        h1 { RadiusWords.access.text(for: reader) }
        dl(.class("facts card")) {
            div {
                dt { RadiusWords.login.text(for: reader) }
                dd { code { access.login } }
            }
            div {
                dt { RadiusWords.password.text(for: reader) }
                dd { code { password } }
            }
        }
        p { a(.class("button"), .href(service.panelPath)) { RadiusWords.toService.text(for: reader) } }
    }
}

/// On a service's page: its way in by RADIUS, its sessions and what was refused.
enum RadiusPart {
    static func ofService(_ service: Service, _ visit: Visit) async throws -> Markup {
        guard visit.may(.networkRead) else { return .nothing }
        let access = try await visit.database.radiusAccess(service.id)
        // Where nobody uses RADIUS nothing is said of it.
        if access == nil, try await visit.database.accessServers(limit: 1).isEmpty { return .nothing }
        let card = RadiusCard(service: service, access: access, visit: visit)
        let sessions = try await visit.database.radiusSessions(of: service.id, limit: 5)
        let rejections = try await visit.database.rejections(of: service.id, limit: 5)
        guard access != nil || !sessions.isEmpty else { return card.body }
        return .group([
            card.body, SessionTable(title: .latest, sessions: sessions, visit: visit).body,
            RejectionTable(rejections: rejections, visit: visit).body,
        ])
    }
}

private struct RadiusCard: View {
    let service: Service
    let access: RadiusAccess?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        section(.class("card"), .aria("label", RadiusWords.access.text(for: reader))) {
            h2 { RadiusWords.access.text(for: reader) }
            if let access { facts(access) }
            if visit.mayAct(with: .networkOperate) {
                div(.class("acts")) {
                    a(.class("button"), .href("\(service.panelPath)/radius")) {
                        (access == nil ? RadiusWords.give : .changeAccess).text(for: reader)
                    }
                    if access != nil {
                        form(.class("inline"), .method(.post), .action("\(service.panelPath)/radius/password")) {
                            button(.type("submit")) { RadiusWords.showPassword.text(for: reader) }
                        }
                    }
                }
            }
        }
    }

    private func facts(_ access: RadiusAccess) -> Markup {
        dl(.class("facts")) {
            fact(.login, access.login)
            if !access.address.isEmpty { fact(.address, access.address) }
            if let ending = access.endsAt { fact(.endsAt, visit.moment(ending)) }
            fact(.accepted, access.acceptedAt.map(visit.moment) ?? RadiusWords.never.text(for: reader))
        }
    }

    private func fact(_ words: RadiusWords, _ text: String) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { text }
        }
    }
}

/// A table that scrolls by itself where it does not fit.
private struct RadiusTable: View {
    let title: String
    let columns: [RadiusWords]
    let rows: Markup
    let reader: Reader

    init(_ title: String, _ columns: [RadiusWords], for reader: Reader, @MarkupBuilder rows: () -> Markup) {
        (self.title, self.columns, self.reader) = (title, columns, reader)
        self.rows = rows()
    }

    var body: Markup {
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead { tr { for words in columns { th(.scope("col")) { words.text(for: reader) } } } }
                tbody { rows }
            }
        }
    }
}

extension Visit {
    fileprivate func moment(_ instant: Instant) -> String { instant.text(.short, in: tenant.timeZone, for: reader) }
}
