import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Tenancy
import Time

struct ConversationPage: View {
    let conversation: Conversation
    /// The oldest first.
    let messages: [ChatMessage]
    /// Nothing was written before these.
    let isWhole: Bool
    let isNewest: Bool
    let files: [MessageFile]
    let labels: [Label]
    let replies: [CannedReply]
    let staff: [ConversationOwner]
    /// What stands in the box.
    let text: String
    let refusal: (any Refusal)?
    let side: CustomerSide?
    let proposals: [Customer]
    /// Of other rooms.
    let parts: [Markup]
    let templates: [Markup]
    /// A bot answers at this company, and may be given it back.
    let hasBot: Bool
    let column: InboxColumn
    let visit: Visit

    static let length = 50

    private var reader: Reader { visit.reader }
    private var path: String { "\(InboxQuery.path)/\(conversation.id)" }
    private var mayAnswer: Bool { visit.mayAct(with: .conversationsAnswer) }
    private var isMine: Bool { conversation.assignee != nil && conversation.assignee?.uuid == visit.admitted?.id }
    private var isWindowClosed: Bool { conversation.isWindowClosed(at: visit.now) }

    var body: Markup {
        InboxSkips(toList: true, toAnswer: mayAnswer, reader: reader)
        div(.class("inbox"), .data("open", "")) {
            column
            section(.class("conversation")) {
                head
                thread
                if mayAnswer {
                    if isWindowClosed { closedWindow }
                    composer
                    if conversation.channel.takesFiles, !isWindowClosed { sending }
                }
            }
            aside(.class("inbox-side"), .aria("label", InboxWords.whose.text(for: reader))) { whose }
        }
    }

    @MarkupBuilder private var head: Markup {
        div(.class("inbox-back")) { Crumb(InboxWords.back.text(for: reader), path: column.query.address) }
        header(.class("conversation-head")) {
            div {
                h1 { conversation.title }
                p(.class("subject")) {
                    span { conversation.channel.name }
                    span { InboxWords.number.text(for: reader, .text("number", "\(conversation.number)")) }
                    StateMark(conversation.state, for: reader)
                    if let until = conversation.waitingUntil {
                        span {
                            InboxWords.until.text(
                                for: reader,
                                .text("moment", visit.tenant.timeZone.day(at: until).text(.short, for: reader)))
                        }
                    }
                    span {
                        "\(InboxWords.owner.text(for: reader)): \(conversation.assigneeName ?? InboxWords.nobody.text(for: reader))"
                    }
                    for label in labels { LabelMark(name: label.name, colour: label.colour.rawValue) }
                }
            }
            if mayAnswer { acts }
        }
    }

    private var acts: Markup {
        div(.class("buttons")) {
            if conversation.state != .closed, !isMine { assignForm(InboxWords.take, "me") }
            if conversation.state == .closed || conversation.state == .waiting {
                stateForm(.open, InboxWords.reopen)
            }
            if conversation.state != .closed {
                stateForm(.closed, InboxWords.close)
                if hasBot, conversation.state != .bot { stateForm(.bot, .toBot) }
                assigning
                waiting
            }
            labelling
        }
    }

    private func assignForm(_ words: InboxWords, _ member: String, isSure: Bool = false) -> Markup {
        form(.method(.post), .action("\(path)/assign")) {
            input(.type("hidden"), .name("member"), .value(member))
            if isSure { input(.type("hidden"), .name("owned"), .value("yes")) }
            button(.type("submit")) { words.text(for: reader) }
        }
    }

    private func stateForm(_ state: Conversation.State, _ words: InboxWords) -> Markup {
        form(.method(.post), .action("\(path)/state")) {
            button(.type("submit"), .name("state"), .value(state.rawValue)) { words.text(for: reader) }
        }
    }

    private var assigning: Markup {
        details(.class("chooser")) {
            summary(.class("button")) { InboxWords.assign.text(for: reader) }
            form(.method(.post), .action("\(path)/assign")) {
                input(.type("hidden"), .name("owned"), .value("yes"))
                FormField(InboxWords.assignTo.text(for: reader), name: "member") { wiring in
                    select(wiring) {
                        option(.value("")) { InboxWords.nobody.text(for: reader) }
                        for member in staff {
                            option(
                                .value(member.id.description), .selected(member.id == conversation.assignee)
                            ) { member.name }
                        }
                    }
                }
                button(.type("submit"), .class("primary")) { InboxWords.assign.text(for: reader) }
            }
        }
    }

    private var waiting: Markup {
        let tomorrow = visit.tenant.timeZone.day(at: visit.now) + 1
        return details(.class("chooser")) {
            summary(.class("button")) { InboxWords.wait.text(for: reader) }
            form(.method(.post), .action("\(path)/state")) {
                FormField(InboxWords.waitUntil.text(for: reader), name: "day") { wiring in
                    input(wiring, .type("date"), .required(), .min(tomorrow.iso), .value(tomorrow.iso))
                }
                button(.type("submit"), .class("primary"), .name("state"), .value(Conversation.State.waiting.rawValue))
                {
                    InboxWords.wait.text(for: reader)
                }
            }
        }
    }

    private var labelling: Markup {
        details(.class("chooser")) {
            summary(.class("button")) { InboxWords.labels.text(for: reader) }
            if column.labels.isEmpty {
                p(.class("hint")) { InboxWords.noLabels.text(for: reader) }
            } else {
                form(.method(.post), .action("\(path)/labels")) {
                    for label in column.labels {
                        HTML.label(.class("choice")) {
                            input(
                                .type("checkbox"), .name("label"), .value(label.id.description),
                                .checked(labels.contains(label)))
                            span { label.name }
                        }
                    }
                    button(.type("submit"), .class("primary")) { InboxWords.save.text(for: reader) }
                }
            }
        }
    }

    private var thread: Markup {
        div(.class("thread"), .role("region"), .tabindex(0), .aria("label", InboxWords.messages.text(for: reader))) {
            LiveSlice(.conversations, for: visit) {
                if !isWhole, let first = messages.first {
                    p(.class("thread-more")) {
                        a(.href("\(path)?earlier=\(first.id)")) { InboxWords.earlier.text(for: reader) }
                    }
                }
                ol(.class("messages")) {
                    for message in messages {
                        MessageLine(
                            message: message, channel: conversation.channel,
                            files: files.filter { $0.message == message.id },
                            isOurs: message.author.id != nil && message.author.id == visit.admitted?.id,
                            mayRetry: mayAnswer, visit: visit)
                    }
                }
                if !isNewest {
                    p(.class("thread-more")) { a(.href(path)) { InboxWords.newer.text(for: reader) } }
                }
            }
        }
    }

    private var composer: Markup {
        form(
            .id("write"), .class("composer"), .method(.post), .action("\(path)/messages"),
            .data("draft", "\(path)/draft")
        ) {
            input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
            if isNewest, let last = messages.last {
                input(.type("hidden"), .name("seen"), .value(last.id.description))
            }
            if let refusal { refused(refusal) }
            standing
            FormField(
                (isWindowClosed ? InboxWords.note : .answer).text(for: reader), name: "text",
                hint: isWindowClosed ? nil : InboxWords.answerHint.text(for: reader)
            ) { wiring in
                textarea(
                    wiring, .required(), .rows(3), .maxlength(4096), .when(!isWindowClosed, .data("submit", "")),
                    text: text)
            }
            div(.class("buttons")) {
                if !isWindowClosed {
                    button(.type("submit"), .class("primary"), .name("as"), .value("answer")) {
                        InboxWords.send.text(for: reader)
                    }
                }
                button(.type("submit"), .name("as"), .value("note")) { InboxWords.keepNote.text(for: reader) }
                button(.type("submit"), .class("scriptless"), .formaction("\(path)/draft"), .formnovalidate()) {
                    InboxWords.keepDraft.text(for: reader)
                }
                canned
            }
        }
    }

    private var sending: Markup {
        details(.class("chooser upward")) {
            summary(.class("button")) { InboxWords.sendFile.text(for: reader) }
            form(.method(.post), .multipart, .action("\(path)/files")) {
                input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
                FormField(
                    InboxWords.file.text(for: reader), name: "file", hint: InboxWords.fileHint.text(for: reader)
                ) { wiring in
                    input(
                        wiring, .type("file"), .required(),
                        .accept("image/png,image/jpeg,image/webp,application/pdf,audio/*"))
                }
                FormField(InboxWords.caption.text(for: reader), name: "caption") { wiring in
                    input(wiring, .type("text"), .maxlength(NewMessage.longestCaption), .autocomplete("off"))
                }
                button(.type("submit"), .class("primary")) { InboxWords.send.text(for: reader) }
            }
        }
    }

    private func refused(_ refusal: any Refusal) -> Markup {
        div(.class("notice notice-warn"), .role("alert")) {
            p { refusal.message.text(for: reader) }
            if case .owned = refusal as? ConversationRefusal {
                HTML.label(.class("choice")) {
                    input(.type("checkbox"), .name("owned"), .value("yes"))
                    span { InboxWords.answerAnyway.text(for: reader) }
                }
                // Submits the assignment form, not the answer.
                button(.type("submit"), .form("take-anyway"), .formnovalidate()) {
                    InboxWords.takeAnyway.text(for: reader)
                }
            }
        }
    }

    /// What whoever writes should know before they do.
    @MarkupBuilder private var standing: Markup {
        if conversation.optedOutAt != nil { p(.class("notice notice-warn")) { InboxWords.optedOut.text(for: reader) } }
        if let why = conversation.unreachable { p(.class("notice notice-bad")) { why.text(for: reader) } }
        if isWindowClosed {
            p(.class("hint")) { InboxWords.noteOnly.text(for: reader) }
        } else if let end = conversation.windowEnd, conversation.state != .closed {
            p(.class("hint")) {
                InboxWords.windowHint.text(
                    for: reader, .text("moment", end.text(.short, in: visit.tenant.timeZone, for: reader)))
            }
        }
        if conversation.state == .closed, !isWindowClosed {
            p(.class("hint")) { InboxWords.closedHint.text(for: reader) }
        }
    }

    /// Above the note: a template, or a call.
    private var closedWindow: Markup {
        let words: InboxWords = conversation.lastInboundAt == nil ? .neverWrote : .windowClosed
        return div(.class("notice notice-warn")) {
            p { words.text(for: reader) }
            for offer in templates { offer }
            if let phone = conversation.phone {
                p { a(.class("button"), .href("tel:\(phone)")) { InboxWords.call.text(for: reader) } }
            }
        }
    }

    private var canned: Markup {
        details(.class("chooser upward")) {
            summary(.class("button")) { InboxWords.canned.text(for: reader) }
            if replies.isEmpty {
                p(.class("hint")) { InboxWords.noCanned.text(for: reader) }
            } else {
                ul(.class("plain")) {
                    for reply in replies {
                        li {
                            a(.href("\(path)?reply=\(reply.code)#write")) {
                                strong { "/\(reply.code)" }
                                " \(FormText.line(reply.body, upTo: 60))"
                            }
                        }
                    }
                }
            }
        }
    }

    @MarkupBuilder private var whose: Markup {
        if mayAnswer {
            form(.id("take-anyway"), .method(.post), .action("\(path)/assign"), .hidden()) {
                input(.type("hidden"), .name("member"), .value("me"))
                input(.type("hidden"), .name("owned"), .value("yes"))
            }
        }
        if let side {
            side
        } else if let name = conversation.customerName {
            h2 { name }
            p(.class("hint")) { InboxWords.notReached.text(for: reader) }
        } else {
            h2 { InboxWords.whose.text(for: reader) }
        }
        contact
        for part in parts { part }
        if conversation.customer == nil {
            p(.class("hint")) { InboxWords.unlinked.text(for: reader) }
            if mayAnswer { linking }
        } else if mayAnswer, conversation.channel != .portal {
            form(.method(.post), .action("\(path)/unlink")) {
                button(.type("submit"), .class("danger")) { InboxWords.unlink.text(for: reader) }
            }
        }
    }

    private var contact: Markup {
        ul(.class("plain lines")) {
            if !conversation.name.isEmpty {
                li {
                    span { InboxWords.name.text(for: reader) }
                    strong { conversation.name }
                }
            }
            if let phone = conversation.phone {
                li {
                    span { InboxWords.telephone.text(for: reader) }
                    a(.href("tel:\(phone)")) { Phone.text(of: phone, in: visit.tenant.region) }
                }
            } else if conversation.channel != .portal {
                li {
                    span { InboxWords.correspondent.text(for: reader) }
                    strong { conversation.correspondent }
                }
            }
            if let proof = conversation.proof {
                li {
                    span { InboxWords.linkedBy.text(for: reader) }
                    strong { proof.text(for: reader) }
                }
            }
        }
    }

    private var linking: Markup {
        section(.class("side-card")) {
            h3 { InboxWords.proposals.text(for: reader) }
            if proposals.isEmpty {
                p(.class("hint")) { InboxWords.noProposals.text(for: reader) }
            } else {
                ul(.class("plain proposals")) {
                    for customer in proposals {
                        li {
                            p {
                                a(.href(customer.panelPath)) { "\(customer.name) (\(customer.number))" }
                                " "
                                span(.class("hint")) {
                                    [Phone.text(of: customer.phone, in: visit.tenant.region), customer.address]
                                        .filter { !$0.isEmpty }.joined(separator: " · ")
                                }
                            }
                            form(.method(.post), .action("\(path)/link")) {
                                button(
                                    .type("submit"), .name("customer"), .value(customer.id.description)
                                ) { InboxWords.linkTo.text(for: reader, .name(customer.name)) }
                            }
                        }
                    }
                }
            }
            form(.method(.get), .action(path), .role("search")) {
                FormField(InboxWords.findCustomer.text(for: reader), name: "find") { wiring in
                    input(
                        wiring, .type("search"), .maxlength(100), .autocomplete("off"),
                        .value(FormText.line(visit.request.query["find"], upTo: 100)))
                }
                button(.type("submit")) { InboxWords.find.text(for: reader) }
            }
        }
    }
}

/// One message, whoever wrote it; its words and names are text and nothing else.
struct MessageLine: View {
    let message: ChatMessage
    let channel: Channel
    let files: [MessageFile]
    let isOurs: Bool
    let mayRetry: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        li(.class("message"), .data("direction", message.direction.rawValue)) {
            if case .activity(let activity, let name) = message.content {
                p(.class("hint")) {
                    "\(activity.text(for: reader, .name(name))) · "
                    moment
                }
            } else {
                p(.class("hint author")) {
                    if message.direction == .note { strong { "\(InboxWords.note.text(for: reader)) · " } }
                    "\(isOurs ? InboxWords.you.text(for: reader) : message.author.name) · "
                    moment
                }
                content
                if message.direction == .out { delivery }
            }
        }
    }

    private var moment: Markup {
        time(.datetime(message.madeAt.rfc3339)) {
            message.madeAt.text(.short, in: visit.tenant.timeZone, for: reader)
        }
    }

    @MarkupBuilder private var content: Markup {
        if message.kind != .text, message.kind != .buttons {
            p(.class("hint")) { message.kind.text(for: reader) }
        }
        if !message.body.isEmpty { p(.class("words")) { message.body } }
        switch message.content {
        case .buttons(let buttons):
            ul(.class("plain choices")) { for button in buttons { li { button.title } } }
        case .location(let latitude, let longitude, let name):
            p {
                if !name.isEmpty { "\(name) " }
                a(
                    .href(
                        "https://www.openstreetmap.org/?mlat=\(latitude)&mlon=\(longitude)#map=17/\(latitude)/\(longitude)"
                    ),
                    .rel("noopener noreferrer"), .target("_blank")
                ) { InboxWords.map.text(for: reader) }
            }
        case .contact(let name, let phone): p { [name, phone].filter { !$0.isEmpty }.joined(separator: " · ") }
        case .template, .choice, .activity, nil: Markup.nothing
        }
        for file in files { view(of: file) }
    }

    @MarkupBuilder private func view(of file: MessageFile) -> Markup {
        let path = "/panel/message-files/\(file.id)"
        let name = file.name.isEmpty ? file.mediaType : file.name
        switch file.state {
        case .kept where file.isPicture:
            a(.href(path)) {
                img(.class("evidence"), .src(path), .alt(InboxWords.preview.text(for: reader)), .loading("lazy"))
            }
        case .kept:
            p {
                a(.class("button"), .href(path), .download()) {
                    InboxWords.download.text(for: reader, .name(name))
                }
            }
        case .waiting, .refused:
            p(.class("hint")) {
                "\(name): \(file.state.text(for: reader)). \(file.refusal?.text(for: reader) ?? "")"
            }
        }
    }

    @MarkupBuilder private var delivery: Markup {
        p(.class("delivery")) { StateMark(message.state, for: reader) }
        if message.state == .failed, let failure = message.failure {
            p(.class("error")) { failure.message(on: channel).text(for: reader) }
            if !failure.saysAll, !message.failureDetail.isEmpty {
                p(.class("hint")) {
                    InboxWords.providerSays.text(for: reader, .text("words", message.failureDetail))
                }
            }
            if mayRetry {
                form(.method(.post), .action("/panel/messages/\(message.id)/retry")) {
                    button(.type("submit")) { InboxWords.retry.text(for: reader) }
                }
            }
        }
    }
}
