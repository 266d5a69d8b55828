import Access
import ChannelProtocol
import HTML
import Locale
import Nouns
import Panel
import Tenancy
import Time

struct ChannelsPage: View {
    let providers: [ChannelProvider]
    let accounts: [ChannelAccount]
    let quiet: QuietHours?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(ChannelWords.channels.text(for: reader)) {
            if visit.mayAct(with: .channelsManage) {
                for provider in providers {
                    a(.class("button"), .href("\(ChannelRoutes.path)/\(provider.rawValue)")) {
                        ChannelWords.connect.text(for: reader, .name(provider.name))
                    }
                }
            }
        }
        p(.class("hint lead")) { ChannelWords.intro.text(for: reader) }
        if accounts.isEmpty {
            p(.class("empty")) { ChannelWords.none.text(for: reader) }
        } else {
            ul(.class("cards")) { for account in accounts { card(of: account) } }
        }
        if visit.mayAct(with: .channelsManage) { quietHours }
    }

    private func card(of account: ChannelAccount) -> Markup {
        li(.class("card")) {
            p {
                strong {
                    a(.href("\(ChannelRoutes.path)/accounts/\(account.id)")) {
                        "\(account.provider.name) \(account.handle)"
                    }
                }
                " "
                ChannelStateMark(account: account, reader: reader)
            }
            p(.class("hint")) { account.name }
        }
    }

    private var quietHours: Markup {
        form(.class("card"), .method(.post), .action("\(ChannelRoutes.path)/quiet")) {
            h2 { ChannelWords.quietHours.text(for: reader) }
            p(.class("hint")) { ChannelWords.quietHint.text(for: reader) }
            hour(.quietFrom, "from", quiet?.from ?? 21)
            hour(.quietUntil, "until", quiet?.until ?? 8)
            button(.type("submit")) { ChannelWords.saveHours.text(for: reader) }
        }
    }

    private func hour(_ name: ChannelWords, _ field: String, _ chosen: Int) -> Markup {
        FormField(name.text(for: reader), name: field) { wiring in
            select(wiring) {
                for hour in 0...23 { option(.value("\(hour)"), .selected(hour == chosen)) { "\(hour):00" } }
            }
        }.body
    }
}

private struct ChannelStateMark: View {
    let account: ChannelAccount
    let reader: Reader

    var body: Markup {
        let (words, tone): (ChannelWords, Tone) =
            !account.isOn ? (.isOff, .quiet) : account.stopped != nil ? (.isStopped, .bad) : (.isOn, .good)
        span(.class("state"), .data("tone", tone.rawValue)) { words.text(for: reader) }
    }
}

struct ChannelPage: View {
    let provider: ChannelProvider
    var account: ChannelAccount?
    /// What the provider just said, where it was asked.
    var found: ExaminedAccount?
    var fault: ChannelRefusal?
    /// The phone number ID as typed.
    var number = ""
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var mayAct: Bool { visit.mayAct(with: .channelsManage) }
    private var path: String {
        account.map { "\(ChannelRoutes.path)/accounts/\($0.id)" } ?? "\(ChannelRoutes.path)/\(provider.rawValue)"
    }
    private var hook: String? { account.map { visit.address + $0.hookPath } }

    var body: Markup {
        Crumb(ChannelWords.channels.text(for: reader), path: ChannelRoutes.path)
        PageHeading(account.map { "\(provider.name) \($0.handle)" } ?? provider.name) {
            if let account, mayAct {
                form(.method(.post), .action("\(path)/test")) {
                    button(.type("submit")) { ChannelWords.test.text(for: reader) }
                }
                form(.method(.post), .action("\(path)/\(account.isOn ? "off" : "on")")) {
                    button(.type("submit")) { (account.isOn ? ChannelWords.turnOff : .turnOn).text(for: reader) }
                }
            }
        }
        if let account { p(.class("subject")) { ChannelStateMark(account: account, reader: reader) } }
        if let fault { p(.class("notice error"), .role("alert")) { fault.message.text(for: reader) } }
        if let found { said(found) }
        if fault == nil, found == nil, let stopped = account?.stopped {
            p(.class("notice error"), .role("alert")) { stopped.reason.message(of: provider).text(for: reader) }
        }
        if let account { facts(account) }
        if provider == .whatsapp, account != nil { steps }
        if mayAct { keys }
    }

    /// What the provider says of the account, in plain words.
    private func said(_ found: ExaminedAccount) -> Markup {
        .group(
            [p(.class("notice"), .role("status")) { ChannelWords.keysWork.text(for: reader, .name(found.name)) }]
                + found.flaws.map { flaw in
                    p(.class("notice error"), .role("alert")) { words(of: flaw) }
                })
    }

    private func words(of flaw: ExaminedAccount.Flaw) -> String {
        switch flaw {
        case .otherHook(nil): ChannelWords.hookMissing.text(for: reader)
        case .otherHook(let other?): ChannelWords.hookOther.text(for: reader, .text("address", other))
        case .hookTroubled(let words): ChannelWords.hookTroubled.text(for: reader, .text("words", words))
        case .lacks(let permission): ChannelWords.lacks.text(for: reader, .name(permission))
        case .poorQuality: ChannelWords.poorQuality.text(for: reader)
        }
    }

    private func facts(_ account: ChannelAccount) -> Markup {
        dl(.class("facts card")) {
            fact(.name, .text(account.name))
            fact(.token, .text("•••• \(account.tokenEnd)"))
            if !account.number.isEmpty { fact(.number, code { account.number }) }
            fact(.notices, .text(notices(account)))
        }
    }

    private func fact(_ name: ChannelWords, _ value: Markup) -> Markup {
        div {
            dt { name.text(for: reader) }
            dd { value }
        }
    }

    private func notices(_ account: ChannelAccount) -> String {
        func moment(_ at: Instant) -> String { at.text(.short, in: visit.tenant.timeZone, for: reader) }
        if let forged = account.forgedAt, account.noticedAt.map({ $0 < forged }) ?? true {
            return ChannelWords.forgedNotice.text(for: reader, .text("moment", moment(forged)))
        }
        return account.noticedAt.map { ChannelWords.lastNotice.text(for: reader, .text("moment", moment($0))) }
            ?? ChannelWords.noNoticeYet.text(for: reader)
    }

    /// The values to copy to Meta's pages, which have no API for them.
    private var steps: Markup {
        section(.class("card")) {
            h2 { ChannelWords.atMeta.text(for: reader) }
            p(.class("hint")) { ChannelWords.atMetaHint.text(for: reader) }
            dl(.class("facts")) {
                fact(.hookAddress, code { hook ?? "" })
                fact(.verification, code { account?.verification ?? "" })
            }
        }
    }

    private var keys: Markup {
        form(.class("card"), .method(.post), .action(path)) {
            h2 { (account == nil ? ChannelWords.newKeys : .otherKeys).text(for: reader) }
            FormField(
                ChannelWords.token.text(for: reader), name: "token",
                hint: ChannelWords.tokenHint(of: provider).text(for: reader)
            ) { wiring in
                input(wiring, .type("password"), .maxlength(1000), .autocomplete("off"), .required(account == nil))
            }
            if provider == .whatsapp {
                FormField(
                    ChannelWords.number.text(for: reader), name: "number",
                    hint: ChannelWords.numberHint.text(for: reader)
                ) { wiring in
                    input(
                        wiring, .value(account?.number ?? number), .maxlength(40), .inputmode("numeric"),
                        .autocomplete("off"), .required())
                }
                FormField(
                    ChannelWords.secret.text(for: reader), name: "secret",
                    hint: ChannelWords.secretHint.text(for: reader)
                ) { wiring in
                    input(wiring, .type("password"), .maxlength(200), .autocomplete("off"), .required(account == nil))
                }
            }
            button(.type("submit"), .class("primary")) { ChannelWords.save.text(for: reader) }
        }
    }
}
