import Access
import Declarations
import Documents
import Expenses
import HTML
import Locale
import Nouns
import Panel
import Radius
import Tenancy
import Time

/// A batch: what became of its cards, and what can be done with them.
struct VoucherBatchPage: View {
    let batch: VoucherBatch
    /// Latest first.
    let sales: [SoldVouchers]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(VoucherBatch.list, visit: visit)
        PageHeading("\(batch.name) (\(batch.number))")
        div(.class("acts")) {
            if visit.mayAct(with: .vouchersSell) {
                a(.class("button primary"), .href("\(batch.panelPath)/sell")) { VoucherWords.sell.text(for: reader) }
            }
            if visit.mayAct(with: .vouchersManage) {
                for columns in Card.columns.reversed() {
                    a(.class("button"), .href("\(batch.panelPath)/pdf?columns=\(columns)"), .download()) {
                        VoucherWords.print.text(for: reader, .number("columns", columns))
                    }
                }
                a(.class("button"), .href("\(Voucher.path)?batch=\(batch.id)")) {
                    VoucherWords.cards.text(for: reader)
                }
                a(.class("button danger"), .href("\(batch.panelPath)/void")) { VoucherWords.void.text(for: reader) }
            }
        }
        if batch.usedUnsold > 0 {
            p(.class("warning")) {
                VoucherWords.usedUnsold.text(for: reader, .number("cards", batch.usedUnsold))
            }
        }
        dl(.class("facts card")) {
            fact(.sold, "\(batch.sold.text(for: reader)) / \(batch.size.text(for: reader))")
            fact(.used, batch.used.text(for: reader))
            fact(.voided, batch.voided.text(for: reader))
            fact(.made, batch.madeAt.text(.short, in: visit.tenant.timeZone, for: reader))
        }
        NounFacts(batch, for: reader)
        if !sales.isEmpty {
            h2 { VoucherWords.sales.text(for: reader) }
            ul(.class("lines")) {
                for sale in sales {
                    li {
                        a(.href(VoucherSalePage.path(of: sale.id))) {
                            VoucherWords.sale.text(for: reader, .text("number", "\(sale.number)"))
                        }
                        span {
                            [
                                sale.madeAt.text(.short, in: visit.tenant.timeZone, for: reader), sale.seller,
                                sale.party,
                            ].filter { !$0.isEmpty }.joined(separator: " · ")
                        }
                        span(.class("figures")) {
                            VoucherWords.cardsCount.text(for: reader, .count(sale.cards))
                                + " · \(sale.amount.exactText(for: reader))"
                        }
                    }
                }
            }
        }
        p(.class("hint")) { VoucherWords.routerHint.text(for: reader) }
        pre(.tabindex(0)) {
            code { "/ip hotspot profile set [find] login-by=http-pap use-radius=yes radius-interim-update=5m" }
        }
    }

    private func fact(_ words: VoucherWords, _ text: String) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { text }
        }
    }
}

/// One card and who came in with it.
struct VoucherPage: View {
    let voucher: Voucher
    let sessions: [RadiusSession]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(voucher.batchName, path: "\(VoucherBatch.list.path)/\(voucher.batch)")
        PageHeading(voucher.code) {
            if let sale = voucher.sale {
                if visit.may(.vouchersSell) {
                    a(.class("button"), .href(VoucherSalePage.path(of: sale))) {
                        VoucherWords.sales.text(for: reader)
                    }
                }
            } else if voucher.state != .void, visit.mayAct(with: .vouchersSell) {
                a(
                    .class("button primary"),
                    .href(
                        "\(VoucherBatch.list.path)/\(voucher.batch)/sell"
                            + "?count=1&first=\(voucher.number)&account=cash&party=")
                ) { VoucherWords.sell.text(for: reader) }
            }
        }
        dl(.class("facts card")) {
            div {
                dt { VoucherWords.state.text(for: reader) }
                dd {
                    span(.class("state"), .data("tone", voucher.state.tone.rawValue)) {
                        voucher.state.text(for: reader)
                    }
                }
            }
            fact(.soldAt, voucher.soldAt.map(moment))
            fact(.usedAt, voucher.usedAt.map(moment))
            fact(.endsAt, voucher.endsAt.map(moment))
            fact(.device, voucher.caller)
        }
        SessionTable(latest: sessions, visit: visit)
    }

    private func moment(_ instant: Instant) -> String { instant.text(.short, in: visit.tenant.timeZone, for: reader) }

    private func fact(_ words: VoucherWords, _ text: String?) -> Markup {
        guard let text, !text.isEmpty else { return .nothing }
        return div {
            dt { words.text(for: reader) }
            dd { text }
        }
    }
}
