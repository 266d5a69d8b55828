import Access
import Customers
import Declarations
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Tenancy
import Time

struct CustomerNoticesPage: View {
    static let length = 30

    let heading: CustomerHeading
    let customer: Customer
    let notices: [CustomerNotice]
    let attempts: [CustomerNotice.ID: [NoticeAttempt]]
    let hasMore: Bool
    let isFirst: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "\(customer.panelPath)/notices" }

    var body: Markup {
        heading
        h2 { NoticeWords.notices.text(for: reader) }
        if notices.isEmpty {
            EmptyState(.messages, NoticeWords.none.text(for: reader))
        } else {
            ul(.class("cards")) { for notice in notices { card(of: notice) } }
        }
        if !isFirst || hasMore {
            nav(.class("pager"), .aria("label", NoticeWords.notices.text(for: reader))) {
                if !isFirst { a(.href(path)) { NoticeWords.newest.text(for: reader) } }
                if hasMore, let last = notices.last {
                    a(.href("\(path)?before=\(last.number)")) { NoticeWords.older.text(for: reader) }
                }
            }
        }
    }

    private func card(of notice: CustomerNotice) -> Markup {
        li(.class("card")) {
            p {
                strong { notice.subject }
                " "
                StateMark(notice.state, for: reader)
            }
            p(.class("hint")) { way(of: notice) }
            for line in notice.text.split(separator: "\n") { p { String(line) } }
            let tried = attempts[notice.id, default: []].filter { $0.failure != nil }
            if !tried.isEmpty {
                ul {
                    for attempt in tried {
                        li { "\(name(of: attempt.channel)): \(words(of: attempt.failure ?? "", by: attempt.channel))" }
                    }
                }
            }
            if notice.state == .failed, tried.isEmpty, let failure = notice.failure {
                p { words(of: failure, by: notice.channel ?? "") }
            }
        }
    }

    private func way(of notice: CustomerNotice) -> String {
        func moment(_ at: Instant) -> String { at.text(.short, in: visit.tenant.timeZone, for: reader) }
        let channel = notice.channel.map { " · \(name(of: $0))" } ?? ""
        let until = notice.waitsUntil.map {
            " · " + NoticeWords.waitsUntil.text(for: reader, .text("moment", moment($0)))
        }
        return "\(moment(notice.madeAt))\(channel)\(until ?? "")"
    }

    private func name(of channel: String) -> String {
        visit.catalogue.noticeCarriers.first { $0.name == channel }?.words.text(for: reader) ?? channel
    }

    private func words(of failure: String, by channel: String) -> String {
        visit.catalogue.failure(failure, by: channel, for: reader)
    }
}

struct NoticeOrdersPage: View {
    let carriers: [NoticeCarrier]
    let kinds: [NoticeKind]
    let orders: NoticeOrders
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(NoticeWords.orders.text(for: reader))
        p(.class("hint lead")) { NoticeWords.ordersIntro.text(for: reader) }
        order(of: "", named: NoticeWords.everyKind.text(for: reader))
        for kind in kinds { order(of: kind.name, named: kind.words.text(for: reader)) }
    }

    private func order(of kind: String, named name: String) -> Markup {
        let isOwn = kind.isEmpty || orders.isOwn(kind)
        let channels = orders.channels(of: kind)
        guard visit.mayAct(with: .noticesManage) else {
            let names = channels.compactMap { name in
                carriers.first { $0.name == name }?.words.text(for: reader)
            }
            return section(.class("card")) {
                h2 { name }
                p { names.joined(separator: " → ") }
            }
        }
        return form(.class("card"), .method(.post), .action(NoticeRoutes.orders)) {
            h2 { name }
            if !isOwn { p(.class("hint")) { NoticeWords.asAll.text(for: reader) } }
            input(.type("hidden"), .name("kind"), .value(kind))
            div(.class("fields")) {
                for place in 0..<carriers.count {
                    choice(place, isOwn && place < channels.count ? channels[place] : "", kind)
                }
            }
            button(.type("submit")) { NoticeWords.save.text(for: reader) }
        }
    }

    private func choice(_ place: Int, _ chosen: String, _ kind: String) -> Markup {
        let words: NoticeWords = place == 0 ? .first : .then
        return label {
            words.text(for: reader)
            " "
            select(.name("channel\(place + 1)")) {
                option(.value(""), .selected(chosen.isEmpty)) { "—" }
                for carrier in carriers {
                    option(.value(carrier.name), .selected(carrier.name == chosen)) { carrier.words.text(for: reader) }
                }
            }
        }
    }
}
