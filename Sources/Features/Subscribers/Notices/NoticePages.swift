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

/// A row for each kind of notice, a column for each place in the order.
struct NoticeOrdersPage: View {
    let carriers: [NoticeCarrier]
    let kinds: [NoticeKind]
    let orders: NoticeOrders
    /// What was sent and refused, by kind.
    var typed: [String: [String]] = [:]
    var fault: String?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(NoticeWords.orders.text(for: reader))
        if let fault { p(.class("notice error"), .role("alert")) { fault } }
        p(.class("hint lead")) { NoticeWords.ordersIntro.text(for: reader) }
        if visit.mayAct(with: .noticesManage) {
            form(.method(.post), .action(NoticeRoutes.orders)) {
                table
                button(.type("submit"), .class("primary")) { NoticeWords.save.text(for: reader) }
            }
        } else {
            table
        }
    }

    private var table: Markup {
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", NoticeWords.orders.text(for: reader))) {
            HTML.table {
                caption { NoticeWords.orders.text(for: reader) }
                thead {
                    tr {
                        th(.scope("col")) { NoticeWords.kind.text(for: reader) }
                        for place in 0..<carriers.count { th(.scope("col")) { heading(place) } }
                    }
                }
                tbody {
                    row(of: "", named: NoticeWords.everyKind.text(for: reader))
                    for kind in kinds { row(of: kind.name, named: kind.words.text(for: reader)) }
                }
            }
        }
    }

    private func heading(_ place: Int) -> String {
        (place == 0 ? NoticeWords.first : .then).text(for: reader)
    }

    private func row(of kind: String, named name: String) -> Markup {
        let isOwn = kind.isEmpty || orders.isOwn(kind)
        let chosen = typed[kind] ?? (isOwn ? orders.channels(of: kind) : [])
        return tr {
            td(.class("name")) { name }
            for place in 0..<carriers.count {
                td(.data("label", heading(place))) {
                    let channel = place < chosen.count ? chosen[place] : ""
                    visit.mayAct(with: .noticesManage)
                        ? choice(place, channel, kind, name)
                        : .text(carriers.first { $0.name == channel }?.words.text(for: reader) ?? none(place, kind))
                }
            }
        }
    }

    private func none(_ place: Int, _ kind: String) -> String {
        place == 0 && !kind.isEmpty ? NoticeWords.asAll.text(for: reader) : "–"
    }

    private func choice(_ place: Int, _ chosen: String, _ kind: String, _ name: String) -> Markup {
        select(.name(NoticeOrders.field(place, of: kind)), .aria("label", "\(heading(place)): \(name)")) {
            option(.value(""), .selected(chosen.isEmpty)) { none(place, kind) }
            for carrier in carriers {
                option(.value(carrier.name), .selected(carrier.name == chosen)) { carrier.words.text(for: reader) }
            }
        }
    }
}
