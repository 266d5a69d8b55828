import Access
import Declarations
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy

/// Customers who are likely duplicates.
struct DuplicatesPage: View {
    static let length = 50

    let found: [LikelyDuplicate]
    let isFirst: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        let title = MergeWords.duplicates.text(for: reader)
        Crumb(CustomerRow.list(for: visit), visit: visit)
        PageHeading(title)
        LivingList {
            if found.isEmpty {
                EmptyState(.check, MergeWords.none.text(for: reader))
            } else {
                table(title)
                let next =
                    found.count > Self.length ? "\(MergeRoutes.path)?after=\(found[Self.length - 1].number)" : nil
                Pager(first: isFirst ? nil : MergeRoutes.path, next: next, reader: reader)
            }
        }
    }

    private func table(_ title: String) -> Markup {
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            HTML.table {
                caption { title }
                thead {
                    tr {
                        th(.scope("col")) { CustomerWords.list.text(for: reader) }
                        for words in [MergeWords.alike, .why] { th(.scope("col")) { words.text(for: reader) } }
                        th(.scope("col")) { span(.class("unseen")) { MergeWords.compare.text(for: reader) } }
                    }
                }
                tbody { for row in found.prefix(Self.length) { self.row(row) } }
            }
        }
    }

    private func row(_ row: LikelyDuplicate) -> Markup {
        tr {
            td(.class("name")) { a(.href("\(Customer.list.path)/\(row.customer)")) { "\(row.name) (\(row.number))" } }
            td(.data("label", MergeWords.alike.text(for: reader))) {
                a(.href("\(Customer.list.path)/\(row.older)")) { "\(row.olderName) (\(row.olderNumber))" }
            }
            td(.data("label", MergeWords.why.text(for: reader))) {
                row.alike.map { $0.text(for: reader) }.joined(separator: ", ")
            }
            td {
                a(.class("button"), .href(MergePage.path(keeping: row.older, merging: row.customer))) {
                    MergeWords.compare.text(for: reader)
                }
            }
        }
    }
}

/// The rooms' summary of a customer, for comparison.
struct SummaryOfCustomer: View {
    let customer: Customer
    private let facts: [CustomerFact]
    private let visit: Visit

    init(_ customer: Customer, for visit: Visit) async throws {
        var reading = CustomerReading(customer, for: visit)
        let facts = reading.take(CustomerFacts.self)
        self.facts = try facts(try await visit.database.batch(reading.statements)).flatMap(\.self)
        (self.customer, self.visit) = (customer, visit)
    }

    var body: Markup {
        p { a(.href(customer.panelPath)) { "\(customer.name) (\(customer.number))" } }
        if !facts.isEmpty {
            dl(.class("facts")) {
                for fact in facts {
                    div {
                        dt { fact.name }
                        dd { fact.value }
                    }
                }
            }
        }
        NounFacts(customer, options: [:], for: visit.reader)
    }
}

/// Two records side by side, and what would move between them.
struct MergePage: View {
    let kept: SummaryOfCustomer
    let merged: SummaryOfCustomer
    let foreseen: CustomerMerge
    let visit: Visit

    private var reader: Reader { visit.reader }

    static func path(keeping customer: Customer.ID, merging duplicate: Customer.ID) -> String {
        "\(Customer.list.path)/\(customer)/merges/new?duplicate=\(duplicate)"
    }

    var body: Markup {
        Crumb(MergeWords.duplicates.text(for: reader), path: MergeRoutes.path)
        PageHeading(MergeWords.merge.text(for: reader)) {
            a(.class("button"), .href(Self.path(keeping: merged.customer.id, merging: kept.customer.id))) {
                MergeWords.swap.text(for: reader)
            }
        }
        div(.class("columns")) {
            card(.kept, kept)
            card(.merged, merged)
        }
        section(.class("card")) {
            h2 { MergeWords.moves.text(for: reader) }
            MovedRows(foreseen: foreseen, visit: visit)
            p(.class("hint")) { MergeWords.hint.text(for: reader) }
            act
        }
    }

    private func card(_ words: MergeWords, _ summary: SummaryOfCustomer) -> Markup {
        section(.class("card")) {
            h2 { words.text(for: reader) }
            summary
        }
    }

    private var act: Markup {
        form(.method(.post), .action("\(kept.customer.panelPath)/merges")) {
            input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
            input(.type("hidden"), .name("duplicate"), .value(merged.customer.id.description))
            div(.class("form-acts")) {
                a(.class("button"), .href(kept.customer.panelPath)) { MergeWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { MergeWords.merge.text(for: reader) }
            }
        }
    }
}

private struct MovedRows: View {
    let foreseen: CustomerMerge
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        let rows = visit.catalogue.parts(CustomerRows.self).compactMap { part in
            foreseen.moved.first { $0.kind == part.kind }.map { (words: part.words, count: $0.count) }
        }
        if rows.isEmpty {
            p { MergeWords.nothingMoves.text(for: reader) }
        } else {
            dl(.class("facts")) {
                for row in rows {
                    div {
                        dt { row.words.text(for: reader) }
                        dd { row.count }
                    }
                }
            }
        }
        if !foreseen.filled.isEmpty {
            let names = Customer.fields.filter { foreseen.filled.contains($0.name) }.map { $0.label.text(for: reader) }
            p { MergeWords.filled.text(for: reader, .text("fields", names.joined(separator: ", "))) }
        }
    }
}

struct ChooseDuplicatePage: View {
    let customer: Customer
    let alike: [Customer]
    let typed: String
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(customer.name, path: customer.panelPath)
        h1 { MergeWords.chooseTitle.text(for: reader, .name(customer.name)) }
        section(.class("card")) {
            h2 { MergeWords.choose.text(for: reader) }
            if !alike.isEmpty {
                ul(.class("plain lines")) {
                    for other in alike {
                        li {
                            a(.href(MergePage.path(keeping: customer.id, merging: other.id))) {
                                "\(other.name) (\(other.number))"
                            }
                            span(.class("hint")) {
                                [other.phone, other.email, other.address].filter { !$0.isEmpty }.joined(
                                    separator: " · ")
                            }
                        }
                    }
                }
            }
            form(.class("form"), .method(.get), .action("\(customer.panelPath)/merges/new")) {
                FormField(
                    MergeWords.number.text(for: reader), name: "number",
                    error: typed.isEmpty ? nil : MergeWords.unknownNumber.text(for: reader)
                ) { wiring in
                    input(wiring, .inputmode("numeric"), .maxlength(20), .autocomplete("off"), .value(typed))
                }
                button(.type("submit"), .class("primary")) { MergeWords.look.text(for: reader) }
            }
        }
    }
}

/// A customer's merged duplicates, and a link to merge another.
struct MergesCard: View {
    let customer: Customer
    let merges: [CustomerMerge]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        let mayMerge = visit.mayAct(with: .customersMerge)
        if mayMerge || !merges.isEmpty {
            section(.class("card")) {
                h2 { MergeWords.mergedRecords.text(for: reader) }
                if !merges.isEmpty {
                    ul(.class("plain lines")) { for merge in merges { li { line(merge, mayMerge) } } }
                }
                if mayMerge {
                    p { a(.href("\(customer.panelPath)/merges/new")) { MergeWords.merge.text(for: reader) } }
                }
            }
        }
    }

    @MarkupBuilder private func line(_ merge: CustomerMerge, _ mayMerge: Bool) -> Markup {
        span {
            "\(merge.duplicateName) (\(merge.duplicateNumber)) · "
            "\(merge.author), \(merge.madeAt.text(.short, in: visit.tenant.timeZone, for: reader))"
        }
        if mayMerge {
            a(.class("button"), .href("/panel/merges/\(merge.id)/separations/new"), .data("dialog", "")) {
                MergeWords.separate.text(for: reader)
            }
        }
    }
}
