import Access
import Declarations
import HTML
import Locale
import Nouns
import Panel
import Tenancy
import Time

/// A table that scrolls by itself where it does not fit.
struct VoiceTable: View {
    let title: String
    let columns: [TelephonyWords]
    let rows: Markup
    let reader: Reader

    init(_ title: String, _ columns: [TelephonyWords], for reader: Reader, @MarkupBuilder rows: () -> Markup) {
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

/// The calls that go on.
struct LiveCallsPage: View {
    let calls: [VoiceCall]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(TelephonyWords.liveCalls.text(for: reader)) {
            a(.class("button"), .href(VoiceCall.path)) { TelephonyWords.calls.text(for: reader) }
        }
        if calls.isEmpty {
            p(.class("hint")) { TelephonyWords.noneLive.text(for: reader) }
        } else {
            VoiceTable(
                TelephonyWords.liveCalls.text(for: reader),
                [.started, .account, .caller, .callee, .destination, .carrier, .answered], for: reader
            ) {
                for call in calls { row(of: call) }
            }
        }
    }

    private func row(of call: VoiceCall) -> Markup {
        tr {
            td(.class("figures")) { a(.href(call.panelPath)) { call.started } }
            td { a(.href("\(VoiceAccount.list.path)/\(call.account)")) { call.accountName } }
            td { call.caller }
            td(.class("name")) { call.callee }
            td { call.destination }
            td { call.carrierName }
            td(.class("figures")) {
                call.answeredAt.map { $0.text(.short, in: visit.tenant.timeZone, for: reader) }
                    ?? TelephonyWords.ringing.text(for: reader)
            }
        }
    }
}

/// One call with everything that is known of it.
struct CallPage: View {
    let call: VoiceCall
    let visit: Visit

    private var reader: Reader { visit.reader }
    var title: String { call.callee.isEmpty ? call.dialled : call.callee }

    var body: Markup {
        Crumb(VoiceCall.list(in: visit.tenant.timeZone), visit: visit)
        PageHeading(title)
        dl(.class("facts card")) {
            div {
                dt { TelephonyWords.state.text(for: reader) }
                dd {
                    span(.class("state"), .data("tone", call.state.tone.rawValue)) { call.state.text(for: reader) }
                }
            }
            fact(.reason, call.reasonText(for: reader))
            div {
                dt { TelephonyWords.account.text(for: reader) }
                dd { a(.href("\(VoiceAccount.list.path)/\(call.account)")) { call.accountName } }
            }
            fact(.caller, call.caller)
            fact(.dialled, call.dialled)
            fact(.destination, call.destination)
            fact(.carrier, call.carrierName)
            fact(.started, call.started)
            fact(.answered, moment(call.answeredAt))
            fact(.ended, moment(call.endedAt))
            fact(.seconds, call.seconds.text(for: reader))
            fact(.amount, Micros.text(call.amount))
            fact(.cost, Micros.text(call.cost))
            fact(.sipID, call.sipID)
        }
    }

    private func moment(_ instant: Instant?) -> String {
        instant?.text(.short, in: visit.tenant.timeZone, for: reader) ?? ""
    }

    private func fact(_ words: TelephonyWords, _ text: String) -> Markup {
        guard !text.isEmpty else { return .nothing }
        return div {
            dt { words.text(for: reader) }
            dd { text }
        }
    }
}

/// On an account's page: its block, what it used and its calls.
struct AccountFacts: View {
    let account: VoiceAccount
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        if let until = account.blockedUntil, until > visit.now {
            p(.class("warning")) {
                TelephonyWords.blockedBy.text(
                    for: reader, .text("rule", FraudRule(rawValue: account.blockedBecause)?.text(for: reader) ?? ""),
                    .text("until", until.text(.short, in: visit.tenant.timeZone, for: reader)))
            }
            if visit.mayAct(with: .voiceManage) {
                form(.class("inline"), .method(.post), .action("\(account.panelPath)/unblock")) {
                    button(.type("submit")) { TelephonyWords.unblock.text(for: reader) }
                }
            }
        }
        div(.class("acts")) {
            a(.class("button"), .href("\(VoiceCall.path)?account=\(account.id)")) {
                TelephonyWords.calls.text(for: reader)
            }
            if let customer = account.customer {
                a(.class("button"), .href("/panel/customers/\(customer)")) { account.customerName }
            }
        }
        p(.class("hint")) {
            "\(TelephonyWords.unposted.text(for: reader)): \(Micros.text(account.unposted)) "
            account.creditLimit.currency.code
        }
    }
}

struct DeckLinks: View {
    let deck: Deck
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        div(.class("acts")) {
            a(.class("button"), .href("\(deck.panelPath)/rates")) {
                "\(TelephonyWords.rates.text(for: reader)) (\(deck.rates.text(for: reader)))"
            }
            if visit.mayAct(with: .voiceManage) {
                a(.class("button primary"), .href("\(deck.panelPath)/rates/new")) {
                    TelephonyWords.importRates.text(for: reader)
                }
            }
        }
    }
}
