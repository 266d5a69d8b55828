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

struct InboxPage: View {
    let column: InboxColumn
    let visit: Visit

    var body: Markup {
        InboxSkips(toList: !column.found.isEmpty, toAnswer: false, reader: visit.reader)
        PageHeading(InboxWords.inbox.text(for: visit.reader))
        div(.class("inbox")) {
            column
            div(.class("empty inbox-none")) {
                Icon.messages
                p { InboxWords.choose.text(for: visit.reader) }
            }
        }
    }
}

/// The list of conversations, with its views above it.
struct InboxColumn: View {
    let query: InboxQuery
    let found: [ListedConversation]
    let counts: InboxCounts
    let labels: [Label]
    let current: Conversation.ID?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        section(.class("inbox-column"), .aria("label", InboxWords.inbox.text(for: reader))) {
            nav(.class("page-tabs"), .aria("label", InboxWords.views.text(for: reader))) {
                for view in InboxQuery.View.allCases {
                    a(.href(query.address(in: view)), .when(view == query.view, .aria("current", "page"))) {
                        view.text(for: reader)
                        if let count = counts.text(view) { span(.class("waiting")) { count } }
                    }
                }
            }
            filter
            LivePart(.conversations, for: visit) {
                if found.isEmpty {
                    p(.class("hint inbox-nothing")) {
                        (query.text.isEmpty && query.label == nil ? InboxWords.none : .noneFound).text(for: reader)
                    }
                } else {
                    ol(.id("list"), .class("inbox-list")) { for one in found.prefix(InboxQuery.length) { line(one) } }
                }
            }
            if query.before != nil || found.count > InboxQuery.length {
                nav(.class("pager"), .aria("label", InboxWords.inbox.text(for: reader))) {
                    if query.before != nil { a(.href(query.address)) { InboxWords.newer.text(for: reader) } }
                    if found.count > InboxQuery.length, let last = found.prefix(InboxQuery.length).last {
                        a(.href(query.address(after: last.conversation))) { InboxWords.earlier.text(for: reader) }
                    }
                }
            }
        }
    }

    private var filter: Markup {
        form(.class("filter"), .role("search"), .method(.get), .action(InboxQuery.path)) {
            input(.type("hidden"), .name("view"), .value(query.view.rawValue))
            div(.class("field")) {
                HTML.label(.for("inbox-text")) { InboxWords.search.text(for: reader) }
                input(
                    .type("search"), .id("inbox-text"), .name("q"), .value(query.text), .maxlength(100),
                    .autocomplete("off"), .title(InboxWords.searchHint.text(for: reader)))
            }
            if !labels.isEmpty {
                div(.class("field")) {
                    HTML.label(.for("inbox-label")) { InboxWords.label.text(for: reader) }
                    select(.id("inbox-label"), .name("label")) {
                        option(.value("")) { InboxWords.anyLabel.text(for: reader) }
                        for label in labels {
                            option(.value(label.id.description), .selected(label.id == query.label)) { label.name }
                        }
                    }
                }
            }
            button(.type("submit")) { InboxWords.find.text(for: reader) }
        }
    }

    private func line(_ listed: ListedConversation) -> Markup {
        let conversation = listed.conversation
        let today = visit.tenant.timeZone.day(at: visit.now)
        let day = visit.tenant.timeZone.day(at: conversation.lastMessageAt)
        return li {
            a(
                .href(query.address(of: conversation.id)),
                .when(conversation.id == current, .aria("current", "true"))
            ) {
                span(.class("inbox-name")) { conversation.title }
                time(.datetime(conversation.lastMessageAt.rfc3339)) {
                    day == today
                        ? conversation.lastMessageAt.timeText(in: visit.tenant.timeZone, for: reader)
                        : day.text(.short, for: reader)
                }
                span(.class("inbox-last")) { conversation.lastMessage }
                span(.class("inbox-marks")) {
                    span { conversation.channel.name }
                    if query.view == .all || query.view == .closed { StateMark(conversation.state, for: reader) }
                    if let owner = conversation.assigneeName, query.view != .mine { span { owner } }
                    if listed.isFailed {
                        span(.class("state"), .data("tone", Tone.bad.rawValue)) { InboxWords.failed.text(for: reader) }
                    }
                    for label in listed.labels { LabelMark(name: label.name, colour: label.colour) }
                    if conversation.unread > 0 {
                        span(.class("inbox-unread")) {
                            "\(conversation.unread) \(InboxWords.unread.text(for: reader))"
                        }
                    }
                }
            }
        }
    }
}

struct LabelMark: View {
    let name: String
    let colour: String

    var body: Markup { span(.class("label"), .data("colour", colour)) { name } }
}

extension Instant {
    /// The time of day, beside what stands on a day that everybody sees.
    func timeText(in zone: TimeZone, for reader: Reader) -> String {
        let (day, whole) = (zone.day(at: self).text(.short, for: reader), text(.short, in: zone, for: reader))
        let rest = whole.hasPrefix(day) ? whole.dropFirst(day.count) : whole[...]
        return String(rest.drop { $0 == "," || $0.isWhitespace })
    }
}

/// Ways past the views and the filter, for those who go by keys; «r» answers.
struct InboxSkips: View {
    let toList: Bool
    let toAnswer: Bool
    let reader: Reader

    var body: Markup {
        nav(.aria("label", InboxWords.skips.text(for: reader))) {
            if toList { a(.class("skip"), .href("#list")) { InboxWords.skipToList.text(for: reader) } }
            if toAnswer {
                a(.class("skip"), .href("#field-text"), .data("press", "r"), .aria("keyshortcuts", "r")) {
                    InboxWords.skipToAnswer.text(for: reader)
                }
            }
        }
    }
}
