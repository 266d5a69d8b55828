import Access
import Declarations
import HTML
import Locale
import Nouns
import Panel
import Tenancy
import Time

struct WebhookListPage: View {
    let webhooks: [Webhook]
    let visit: Visit

    private var mayAct: Bool { visit.mayAct(with: .webhooksManage) }

    var body: Markup {
        let reader = visit.reader
        PageHeading(WebhookWords.webhooks.text(for: reader)) {
            if mayAct { NewLink(WebhookWords.create.text(for: reader), path: "/panel/webhooks/new") }
        }
        p(.class("hint lead")) { WebhookWords.intro.text(for: reader) }
        if webhooks.isEmpty {
            EmptyState(
                .webhooks, WebhookWords.none.text(for: reader),
                act: mayAct ? (WebhookWords.create.text(for: reader), "/panel/webhooks/new") : nil)
        }
        LivePart(.webhooks, for: visit) {
            ul(.class("cards")) { for webhook in webhooks { WebhookCard(webhook: webhook, visit: visit) } }
        }
    }
}

struct WebhookCard: View {
    let webhook: Webhook
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        li(.class("card")) {
            p {
                strong { a(.href("/panel/webhooks/\(webhook.id)")) { webhook.name } }
                " "
                WebhookStateMark(webhook: webhook, reader: reader)
            }
            p { code { webhook.address } }
            p(.class("hint")) { WebhookWords.names(of: webhook.kinds, in: visit.catalogue, for: reader) }
            WebhookTrouble(webhook: webhook, visit: visit)
        }
    }
}

struct WebhookStateMark: View {
    let webhook: Webhook
    let reader: Reader

    var body: Markup {
        span(.class("state"), .data("state", mark)) { webhook.state.words.text(for: reader) }
    }

    /// The colour of the state.
    private var mark: String {
        switch webhook.state {
        case .active: webhook.failures > 0 ? "in_debt" : "active"
        case .paused: "prospect"
        case .disabled: "suspended"
        }
    }
}

/// What is wrong with a failing webhook.
struct WebhookTrouble: View {
    let webhook: Webhook
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        switch webhook.state {
        case .disabled(.gone): p(.class("error")) { WebhookWords.isGone.text(for: reader) }
        case .disabled(.failing):
            p(.class("error")) { WebhookWords.isFailing.text(for: reader, .text("since", since(reader))) }
        case .active where webhook.failures > 0:
            p(.class("error")) { WebhookWords.hasFailed.text(for: reader, .text("since", since(reader))) }
        default: Markup.group([])
        }
    }

    private func since(_ reader: Reader) -> String {
        webhook.failingSince?.text(.short, in: visit.tenant.timeZone, for: reader) ?? ""
    }
}

struct WebhookFields: View {
    let form: WebhookForm
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        FormHead(form.faults, visit: visit)
        FormField(WebhookWords.name.text(for: reader), name: "name", error: form.fault("name", for: reader)) { wiring in
            input(wiring, .required(), .maxlength(100), .autocomplete("off"), .value(form.name))
        }
        FormField(
            WebhookWords.address.text(for: reader), name: "address", hint: WebhookWords.addressHint.text(for: reader),
            error: form.fault("address", for: reader)
        ) { wiring in
            input(wiring, .type("url"), .required(), .maxlength(500), .autocomplete("off"), .value(form.address))
        }
        kinds(reader)
    }

    private func isOffered(_ kind: EventKind) -> Bool {
        form.kinds.contains(kind.name) || kind.publication.map { visit.may($0.permission) } == true
    }

    private func kinds(_ reader: Reader) -> Markup {
        fieldset(.id("field-kind")) {
            legend { WebhookWords.kinds.text(for: reader) }
            if let fault = form.fault("kind", for: reader) { p(.class("error")) { fault } }
            for kind in visit.catalogue.publishedEvents where isOffered(kind) {
                label(.class("choice")) {
                    input(
                        .type("checkbox"), .name("kind"), .value(kind.name),
                        .checked(form.kinds.contains(kind.name)))
                    span {
                        WebhookWords.name(of: kind.name, in: visit.catalogue, for: reader)
                        " "
                        code(.class("hint")) { kind.name }
                    }
                }
            }
        }
    }
}

struct NewWebhookPage: View {
    let form: WebhookForm
    let visit: Visit

    var body: Markup {
        h1 { WebhookWords.newWebhook.text(for: visit.reader) }
        HTML.form(.class("card"), .method(.post), .action("/panel/webhooks")) {
            WebhookFields(form: form, visit: visit)
            button(.type("submit"), .class("primary")) { WebhookWords.create.text(for: visit.reader) }
        }
    }
}

/// Shown once: nobody can read the secret again.
struct WebhookSecretPage: View {
    let webhook: Webhook
    let secret: WebhookSecret
    let reader: Reader

    var body: Markup {
        h1 { WebhookWords.secretOf.text(for: reader, .name(webhook.name)) }
        div(.class("card")) {
            p { WebhookWords.shownOnce.text(for: reader) }
            FormField(WebhookWords.secret.text(for: reader), name: "secret") { wiring in
                input(wiring, .readonly(), .value(secret.text), .autocomplete("off"))
            }
            if webhook.oldSecretUntil != nil { p { WebhookWords.oldToo.text(for: reader) } }
            p { a(.href("/panel/webhooks/\(webhook.id)")) { WebhookWords.toWebhook.text(for: reader) } }
        }
    }
}

struct WebhookPage: View {
    static let length = 25

    let webhook: Webhook
    let form: WebhookForm
    /// One more than is shown, if there are earlier ones.
    let deliveries: [Delivery]
    let isFirst: Bool
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        Crumb(WebhookWords.webhooks.text(for: reader), path: "/panel/webhooks")
        if isFirst { LivePart(.webhooks, for: visit) { state(reader) } } else { state(reader) }
        if mayAct { change(reader) }
    }

    private var mayAct: Bool { visit.mayAct(with: .webhooksManage) }

    @MarkupBuilder private func change(_ reader: Reader) -> Markup {
        h2 { WebhookWords.change.text(for: reader) }
        HTML.form(.class("card"), .method(.post), .action("/panel/webhooks/\(webhook.id)")) {
            WebhookFields(form: form, visit: visit)
            button(.type("submit"), .class("primary")) { WebhookWords.save.text(for: reader) }
        }
        div(.class("acts")) {
            act("secret", WebhookWords.rotate, reader)
            a(.class("button danger"), .href("/panel/webhooks/\(webhook.id)/delete"), .data("dialog", "")) {
                WebhookWords.delete.text(for: reader)
            }
        }
    }

    /// The webhook's state and its deliveries.
    @MarkupBuilder private func state(_ reader: Reader) -> Markup {
        PageHeading(webhook.name) {
            if mayAct {
                act("test", WebhookWords.sendTest, reader)
                if webhook.state == .active {
                    act("pause", WebhookWords.pause, reader)
                } else {
                    act("resume", WebhookWords.resume, reader)
                }
            }
        }
        p(.class("subject")) {
            WebhookStateMark(webhook: webhook, reader: reader)
            code { webhook.address }
        }
        WebhookTrouble(webhook: webhook, visit: visit)
        if let end = webhook.oldSecretUntil, end > visit.now {
            p(.class("notice")) {
                WebhookWords.oldUntil.text(
                    for: reader, .text("until", end.text(.short, in: visit.tenant.timeZone, for: reader)))
            }
        }
        h2 { WebhookWords.deliveries.text(for: reader) }
        DeliveryTable(webhook: webhook, deliveries: deliveries, isFirst: isFirst, visit: visit)
    }

    private func act(_ name: String, _ words: WebhookWords, _ reader: Reader) -> Markup {
        HTML.form(.method(.post), .action("/panel/webhooks/\(webhook.id)/\(name)")) {
            button(.type("submit")) { words.text(for: reader) }
        }
    }
}
