import Access
import Declarations
import HTML
import Locale
import Panel
import Tenancy
import Time

struct DeliveryTable: View {
    let webhook: Webhook
    let deliveries: [Delivery]
    let isFirst: Bool
    let visit: Visit

    private var shown: ArraySlice<Delivery> { deliveries.prefix(WebhookPage.length) }

    var body: Markup {
        let reader = visit.reader
        if shown.isEmpty {
            EmptyState(.webhooks, WebhookWords.noDeliveries.text(for: reader))
        } else {
            div(
                .class("table"), .role("region"), .tabindex(0),
                .aria("label", WebhookWords.deliveries.text(for: reader))
            ) {
                table {
                    caption { WebhookWords.deliveries.text(for: reader) }
                    thead {
                        tr {
                            for heading in [WebhookWords.when, .event, .stateHeading, .answer] {
                                th(.scope("col")) { heading.text(for: reader) }
                            }
                        }
                    }
                    tbody { for delivery in shown { row(of: delivery, reader) } }
                }
            }
        }
        Pager(
            first: isFirst ? nil : "/panel/webhooks/\(webhook.id)",
            next: deliveries.count > WebhookPage.length
                ? shown.last.map { "/panel/webhooks/\(webhook.id)?before=\($0.sequence)" } : nil, reader: reader)
    }

    private func row(of delivery: Delivery, _ reader: Reader) -> Markup {
        tr {
            td {
                time(.datetime(delivery.madeAt.rfc3339)) {
                    delivery.madeAt.text(.short, in: visit.tenant.timeZone, for: reader)
                }
            }
            td {
                a(.href("/panel/webhooks/\(webhook.id)/deliveries/\(delivery.event)")) {
                    WebhookWords.name(of: delivery.kind, in: visit.catalogue, for: reader)
                }
            }
            td { DeliveryStateMark(delivery: delivery, visit: visit) }
            td { WebhookWords.outcome(delivery.lastStatus, delivery.lastFailure) }
        }
    }
}

struct DeliveryStateMark: View {
    let delivery: Delivery
    let visit: Visit

    var body: Markup {
        span(.class("state"), .data("state", mark)) { delivery.state.words.text(for: visit.reader) }
        if delivery.state == .pending, delivery.attempts > 0 {
            span(.class("hint")) {
                " "
                WebhookWords.again.text(
                    for: visit.reader,
                    .text("when", delivery.nextAt.text(.short, in: visit.tenant.timeZone, for: visit.reader)))
            }
        }
    }

    /// The colour of the state.
    private var mark: String {
        switch delivery.state {
        case .pending: delivery.attempts > 0 ? "in_debt" : "prospect"
        case .delivered: "active"
        case .failed: "suspended"
        }
    }
}

struct DeliveryPage: View {
    let webhook: Webhook
    let delivery: Delivery
    let message: WebhookMessage
    let attempts: [Attempt]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        Crumb(webhook.name, path: "/panel/webhooks/\(webhook.id)")
        LivePart(.webhooks, for: visit) { state(reader) }
    }

    @MarkupBuilder private func state(_ reader: Reader) -> Markup {
        PageHeading(WebhookWords.name(of: delivery.kind, in: visit.catalogue, for: reader)) {
            if delivery.canBeSentAgain, visit.mayAct(with: .webhooksManage) {
                HTML.form(
                    .method(.post), .action("/panel/webhooks/\(webhook.id)/deliveries/\(delivery.event)/replay")
                ) {
                    button(.type("submit")) { WebhookWords.replay.text(for: reader) }
                }
            }
        }
        p(.class("subject")) {
            DeliveryStateMark(delivery: delivery, visit: visit)
            code { message.id }
        }
        h2 { WebhookWords.sent.text(for: reader) }
        pre(.class("card sent"), .tabindex(0)) { String(decoding: message.body, as: UTF8.self) }
        h2 { WebhookWords.attempts.text(for: reader) }
        if attempts.isEmpty { EmptyState(.webhooks, WebhookWords.noAttempts.text(for: reader)) }
        ol(.class("cards")) { for attempt in attempts { row(of: attempt, reader) } }
    }

    private func row(of attempt: Attempt, _ reader: Reader) -> Markup {
        li(.class("card")) {
            p {
                time(.datetime(attempt.at.rfc3339)) { attempt.at.text(.short, in: visit.tenant.timeZone, for: reader) }
                " · "
                strong { WebhookWords.outcome(attempt.status, attempt.failure) }
                " · \(attempt.milliseconds) ms"
            }
            if attempt.status != nil, let failure = attempt.failure { p(.class("hint")) { failure } }
            if !attempt.answer.isEmpty { pre(.class("sent"), .tabindex(0)) { attempt.answer } }
        }
    }
}
