import Access
import Declarations
import Expenses
import HTML
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// How many cards, and then what they cost: nothing is sold before the total was seen.
struct VoucherSaleFormPage: View {
    let batch: VoucherBatch
    let form: NounForm<VoucherSale>
    let sale: VoucherSale
    /// Those that would be sold.
    let cards: [CardForSale]
    let warning: Markup
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "\(batch.panelPath)/sell" }

    var title: String { "\(VoucherWords.sell.text(for: reader)): \(batch.name)" }

    private var total: String {
        let amount = Money(minor: batch.price.minor * Int64(cards.count), batch.price.currency)
        let count = VoucherWords.cardsCount.text(for: reader, .count(cards.count))
        return "\(count) · \(amount.exactText(for: reader))"
    }

    var body: Markup {
        Crumb(batch.name, path: batch.panelPath)
        PageHeading(title)
        HTML.form(.class("card form"), .method(.get), .action(path)) {
            ErrorSummary(
                NounWords.problems.text(for: reader),
                errors: form.faults.map { ($0.name, $0.summary(for: reader)) })
            NounFields(form, isNew: form.faults.isEmpty, for: reader)
            div(.class("form-acts")) {
                a(.class("button"), .href(batch.panelPath)) { NounWords.cancel.text(for: reader) }
                button(.type("submit")) { VoucherWords.seeTotal.text(for: reader) }
            }
        }
        if form.faults.isEmpty {
            if cards.count == sale.count {
                confirmation
            } else {
                p(.class("warning"), .role("status")) {
                    (cards.isEmpty ? VoucherRefusal.noneToSell : .tooFewToSell).message.text(for: reader)
                }
            }
        }
    }

    private var confirmation: Markup {
        HTML.form(.class("card form"), .method(.post), .action(path)) {
            FormHead([], visit: visit)
            for field in VoucherSale.fields {
                input(.type("hidden"), .name(field.name), .value(form.typed(in: field)))
            }
            p { strong { total } }
            p(.class("hint")) {
                VoucherWords.numbers.text(for: reader, .text("numbers", Voucher.ranges(of: cards.map(\.number))))
            }
            warning
            div(.class("form-acts")) {
                button(.type("submit"), .class("primary")) {
                    VoucherWords.sellThese.text(for: reader, .text("cards", total))
                }
            }
        }
    }
}

/// Cards that were sold together, with their codes for whoever sold them.
struct VoucherSalePage: View {
    let entry: HouseEntry
    /// None where the sale was undone.
    let cards: [Voucher]
    let form: NounForm<VoucherUndoing>
    let visit: Visit

    private var reader: Reader { visit.reader }

    static func path(of sale: HouseEntry.ID) -> String { "/panel/voucher-sales/\(sale)" }

    var title: String { VoucherWords.sale.text(for: reader, .text("number", "\(entry.number)")) }

    private var mayUndo: Bool {
        !cards.isEmpty && cards.allSatisfy { $0.usedAt == nil } && visit.mayAct(with: .vouchersSell)
            && (visit.may(.vouchersManage) || entry.day == visit.tenant.timeZone.day(at: visit.now))
    }

    var body: Markup {
        if let first = cards.first {
            Crumb(first.batchName, path: "\(VoucherBatch.list.path)/\(first.batch)")
        } else {
            Crumb(VoucherBatch.list, visit: visit)
        }
        PageHeading(title)
        if cards.isEmpty {
            p(.class("notice")) { VoucherWords.undone.text(for: reader) + ": \(entry.reason)" }
        } else {
            p(.class("lead")) {
                strong {
                    VoucherWords.cardsCount.text(for: reader, .count(cards.count))
                        + " · \(entry.amount.exactText(for: reader))"
                }
            }
            ul(.class("lines"), .aria("label", VoucherWords.cards.text(for: reader))) {
                for card in cards {
                    li {
                        code { card.code }
                        span(.class("hint")) { "\(VoucherWords.card.text(for: reader)) \(card.number)" }
                        StateMark(card.state, for: reader)
                    }
                }
            }
        }
        dl(.class("facts card")) {
            fact(.amount, entry.amount.exactText(for: reader))
            fact(.account, entry.account.text(for: reader))
            fact(.party, entry.party)
        }
        if mayUndo {
            HTML.form(.class("card form"), .method(.post), .action("\(Self.path(of: entry.id))/undo")) {
                h2 { VoucherWords.undoSale.text(for: reader) }
                FormHead(form.faults, visit: visit)
                NounFields(form, isNew: false, for: reader)
                div(.class("form-acts")) {
                    button(.type("submit"), .class("danger")) { VoucherWords.undoSale.text(for: reader) }
                }
            }
        }
    }

    @MarkupBuilder private func fact(_ words: VoucherWords, _ text: String) -> Markup {
        if !text.isEmpty {
            div {
                dt { words.text(for: reader) }
                dd { text }
            }
        }
    }
}

/// A sale in the list of its batch.
struct SoldVouchers: RowReadable {
    let id: HouseEntry.ID
    let number: Int
    let cards: Int
    let amount: Money
    let seller: String
    let party: String
    let madeAt: Instant

    init(row: Row) throws(DatabaseError) {
        let minor: Int64 = try row.read("amount")
        id = try row.read("entry_id")
        number = try row.read("number")
        cards = try row.read("cards")
        amount = Money(minor: minor, try row.currency())
        seller = try row.read("actor")
        party = try row.read("party")
        madeAt = try row.read("made_at")
    }
}

extension TenantDatabase {
    /// The latest sales of a batch, by one person or by all.
    func sales(of batch: VoucherBatch.ID, by seller: UUID?) async throws(DatabaseError) -> [SoldVouchers] {
        let own: SQL = seller.map { "AND h.actor_id = \($0)" } ?? .nothing
        return try await rows(
            """
            SELECT h.entry_id, h.number, s.cards, h.amount, h.currency, h.actor, h.party, h.made_at
            FROM (
                SELECT v.sale_id, count(*) AS cards FROM vouchers v
                WHERE v.tenant_id = \(tenant) AND v.batch_id = \(batch) AND v.sale_id IS NOT NULL
                GROUP BY v.sale_id) s
            JOIN house_entries h ON h.tenant_id = \(tenant) AND h.entry_id = s.sale_id
            WHERE h.tenant_id = \(tenant) \(own)
            ORDER BY h.number DESC LIMIT 20
            """)
    }
}

extension Voucher {
    /// Numbers in their order, told as ranges: 1–4, 7.
    static func ranges(of numbers: [Int]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = ranges.last, last.upperBound + 1 == number {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
            .joined(separator: ", ")
    }
}
