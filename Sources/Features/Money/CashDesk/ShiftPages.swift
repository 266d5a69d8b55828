import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Payments
import Tenancy
import Time

/// For a person without an open shift.
struct NewShiftPage: View {
    let form: NounForm<ShiftOpening>
    let tills: [Till]
    let loose: [LooseCash]
    let sales: [LooseSale]
    let earlier: [Shift]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        let options = FieldOptions(
            tills.map { ("\($0.id)", $0.office.isEmpty ? $0.name : "\($0.office) · \($0.name)") },
            none: CashDeskWords.onTheRoad.text(for: reader))
        h1 { CashDeskWords.mine.text(for: reader) }
        p(.class("hint lead")) { CashDeskWords.openHint.text(for: reader) }
        if visit.mayAct(with: .cashKeep) {
            HTML.form(.class("card form"), .method(.post), .action(Shift.path)) {
                FormHead(form.faults, visit: visit)
                NounFields(form, options: tills.isEmpty ? [:] : ["till": options], isNew: true, for: reader)
                div(.class("form-acts")) {
                    button(.type("submit"), .class("primary")) { CashDeskWords.open.text(for: reader) }
                }
            }
        }
        LooseCashCard(cash: loose, sales: sales, shift: nil, visit: visit)
        EarlierShifts(shifts: earlier, visit: visit)
    }
}

/// The person's open shift. The expected cash is hidden until the count.
struct OpenShiftPage: View {
    let shift: Shift
    let entries: [ShiftEntry]
    /// Cash handed over by others, to be confirmed.
    let handed: [Shift]
    let loose: [LooseCash]
    let sales: [LooseSale]
    let earlier: [Shift]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(CashDeskWords.mine.text(for: reader)) {
            if visit.mayAct(with: .cashKeep) {
                a(.class("button"), .href("\(shift.panelPath)/movements/new"), .data("dialog", "")) {
                    CashDeskWords.newMovement.text(for: reader)
                }
                a(.class("button primary"), .href("\(shift.panelPath)/close")) { CashDeskWords.close.text(for: reader) }
            }
        }
        ShiftFacts(shift: shift, visit: visit)
        for giver in handed { confirmation(of: giver) }
        LooseCashCard(cash: loose, sales: sales, shift: shift, visit: visit)
        ShiftEntries(entries: entries, shift: shift, visit: visit)
        EarlierShifts(shifts: earlier.filter { $0.id != shift.id }, visit: visit)
    }

    @MarkupBuilder private func confirmation(of giver: Shift) -> Markup {
        if let close = giver.close {
            form(.class("card notice"), .method(.post), .action("\(shift.panelPath)/receive")) {
                input(.type("hidden"), .name("giver"), .value(giver.id.description))
                p {
                    CashDeskWords.hands.text(
                        for: reader, .name(giver.keeper), .text("amount", close.counted.exactText(for: reader)))
                }
                button(.type("submit"), .class("primary")) { CashDeskWords.confirm.text(for: reader) }
            }
        }
    }
}

/// A shift with its close.
struct ShiftPage: View {
    let shift: Shift
    let entries: [ShiftEntry]
    /// The first entry whose seal is wrong.
    let broken: Int?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var title: String { CashDeskWords.shiftNumber.text(for: reader, .text("number", "\(shift.number)")) }

    var body: Markup {
        if visit.may(.cashView) {
            Crumb(CashDeskWords.shifts.text(for: reader), path: Shift.path)
        } else {
            Crumb(CashDeskWords.mine.text(for: reader), path: ShiftRoutes.home)
        }
        PageHeading(title) {
            if shift.close != nil {
                a(.class("button"), .href("\(shift.panelPath)/paper?paper=80")) {
                    CashDeskWords.ticket.text(for: reader)
                }
                a(.class("button"), .href("\(shift.panelPath)/paper?paper=sheet")) {
                    CashDeskWords.sheet.text(for: reader)
                }
            } else if visit.mayAct(with: .cashManage), visit.may(.cashKeep) {
                a(.class("button"), .href("\(shift.panelPath)/close")) { CashDeskWords.close.text(for: reader) }
            }
        }
        if let broken {
            p(.class("notice error"), .role("alert")) {
                CashDeskWords.broken.text(for: reader, .number("number", broken))
            }
        }
        ShiftFacts(shift: shift, visit: visit)
        if let close = shift.close { ShiftClose(close: close, visit: visit) }
        ShiftEntries(entries: entries, shift: shift, visit: visit)
    }
}

private struct ShiftFacts: View {
    let shift: Shift
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        let facts: [(CashDeskWords, String)] = [
            (.keeper, shift.keeper), (.till, shift.tillName),
            (.opened, shift.openedAt.text(.short, in: visit.tenant.timeZone, for: reader)),
            (.closed, shift.close.map { $0.at.text(.short, in: visit.tenant.timeZone, for: reader) } ?? ""),
        ]
        dl(.class("facts card")) {
            for (words, value) in facts where !value.isEmpty {
                div {
                    dt { words.text(for: reader) }
                    dd { value }
                }
            }
        }
    }
}

private struct ShiftClose: View {
    let close: Shift.Close
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        let received =
            close.handedTo == nil
            ? ""
            : close.receivedAt.map { $0.text(.short, in: visit.tenant.timeZone, for: reader) }
                ?? CashDeskWords.notReceived.text(for: reader)
        let facts: [(CashDeskWords, String)] = [
            (.counted, close.counted.exactText(for: reader)), (.expected, close.expected.exactText(for: reader)),
            (close.differenceWords, close.difference.magnitude.exactText(for: reader)), (.reason, close.reason),
            (.received, received),
        ]
        h2 { CashDeskWords.close.text(for: reader) }
        if close.difference.isZero {
            p(.class("notice good")) { CashDeskWords.balanced.text(for: reader) }
        }
        dl(.class("facts card")) {
            for (words, value) in facts where !value.isEmpty {
                div {
                    dt { words.text(for: reader) }
                    dd { value }
                }
            }
        }
    }
}

extension Shift.Close {
    /// Names the difference: a shortage or a surplus.
    var differenceWords: CashDeskWords {
        difference.isZero ? .difference : difference.isNegative ? .short : .over
    }
}

/// All shifts, newest first.
struct ShiftsPage: View {
    static let length = 50

    let shifts: [Shift]
    let isFirst: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        let title = CashDeskWords.shifts.text(for: reader)
        PageHeading(title) {
            a(.class("button"), .href("\(ShiftRoutes.home)/day")) { CashDeskWords.takings.text(for: reader) }
        }
        p(.class("hint lead")) { CashDeskWords.intro.text(for: reader) }
        LivingList {
            if shifts.isEmpty {
                EmptyState(.billing, CashDeskWords.noShifts.text(for: reader))
            } else {
                div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
                    table {
                        caption { title }
                        thead {
                            tr {
                                for words in [CashDeskWords.shift, .keeper, .till, .opened, .state] {
                                    th(.scope("col")) { words.text(for: reader) }
                                }
                                for words in [CashDeskWords.counted, .difference] {
                                    th(.scope("col"), .class("figures")) { words.text(for: reader) }
                                }
                            }
                        }
                        tbody { for shift in shifts.prefix(Self.length) { row(shift) } }
                    }
                }
                Pager(
                    first: isFirst ? nil : Shift.path,
                    next: shifts.count > Self.length
                        ? Fields(["before": "\(shifts[Self.length - 1].number)"]).query(of: Shift.path) : nil,
                    reader: reader)
            }
        }
    }

    private func row(_ shift: Shift) -> Markup {
        let difference = shift.close?.difference
        return tr {
            td(.class("name")) {
                a(.href(shift.panelPath)) {
                    CashDeskWords.shiftNumber.text(for: reader, .text("number", "\(shift.number)"))
                }
            }
            td(.data("label", CashDeskWords.keeper.text(for: reader))) { shift.keeper }
            td(.data("label", CashDeskWords.till.text(for: reader))) { shift.tillName }
            td(.data("label", CashDeskWords.opened.text(for: reader))) {
                shift.openedAt.text(.short, in: visit.tenant.timeZone, for: reader)
            }
            td { StateMark(shift.state, for: reader) }
            td(.class("figures"), .data("label", CashDeskWords.counted.text(for: reader))) {
                shift.close?.counted.exactText(for: reader) ?? ""
            }
            td(.class("figures"), .data("label", CashDeskWords.difference.text(for: reader))) {
                if let difference, !difference.isZero {
                    strong { difference.exactText(for: reader) }
                } else {
                    difference?.exactText(for: reader) ?? ""
                }
            }
        }
    }
}

/// Cash movements, newest first.
struct ShiftEntries: View {
    static let length = 200

    let entries: [ShiftEntry]
    let shift: Shift
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var undone: Set<Int> { Set(entries.compactMap(\.undoes)) }
    private var mayUndo: Bool {
        shift.close == nil && visit.mayAct(with: .cashKeep)
            && (shift.keeperID == visit.admitted?.id || visit.may(.cashManage))
    }

    var body: Markup {
        let title = CashDeskWords.movements.text(for: reader)
        h2 { title }
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead {
                    tr {
                        for words in [CashDeskWords.time, .movement, .what] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                        th(.scope("col"), .class("figures")) { CashDeskWords.amount.text(for: reader) }
                    }
                }
                tbody {
                    let gone = undone
                    for entry in entries.prefix(Self.length) { row(entry, isUndone: gone.contains(entry.number)) }
                }
            }
        }
        if entries.count > Self.length { p(.class("hint")) { CashDeskWords.more.text(for: reader) } }
    }

    private func row(_ entry: ShiftEntry, isUndone: Bool) -> Markup {
        tr {
            td(.data("label", CashDeskWords.time.text(for: reader))) {
                entry.madeAt.text(.short, in: visit.tenant.timeZone, for: reader)
            }
            td(.class("name")) { entry.kind.text(for: reader) }
            td(.data("label", CashDeskWords.what.text(for: reader))) {
                if let payment = entry.payment {
                    a(.href("/panel/payments/\(payment)")) { "\(entry.folio) \(entry.customer)" }
                } else if let refund = entry.refund {
                    a(.href("/panel/adjustments/\(refund)")) { "\(entry.folio) \(entry.customer)" }
                } else {
                    entry.note
                    if isUndone {
                        span(.class("mark")) { " " + CashDeskWords.wasUndone.text(for: reader) }
                    } else if mayUndo, entry.movement != nil {
                        " "
                        a(.href("\(shift.panelPath)/undo?entry=\(entry.number)"), .data("dialog", "")) {
                            CashDeskWords.undo.text(for: reader)
                        }
                    }
                }
            }
            td(.class("figures"), .data("label", CashDeskWords.amount.text(for: reader))) {
                entry.amount.exactText(for: reader)
            }
        }
    }
}

private struct EarlierShifts: View {
    let shifts: [Shift]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        if !shifts.isEmpty {
            h2 { CashDeskWords.earlier.text(for: reader) }
            ul(.class("lines")) {
                for shift in shifts {
                    li {
                        a(.href(shift.panelPath)) {
                            CashDeskWords.shiftNumber.text(for: reader, .text("number", "\(shift.number)"))
                        }
                        span { shift.openedAt.text(.short, in: visit.tenant.timeZone, for: reader) }
                        StateMark(shift.state, for: reader)
                    }
                }
            }
        }
    }
}

/// Daily report: what each person took, by method.
struct TakingsPage: View {
    let day: Day
    let takings: [Takings]
    /// Of cash, what was taken without a shift.
    let loose: [Takings]
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var currency: Currency { visit.tenant.currency }

    var body: Markup {
        let title = CashDeskWords.takings.text(for: reader)
        PageHeading(title)
        FilterBar("\(ShiftRoutes.home)/day", button: CashDeskWords.see.text(for: reader)) {
            FormField(CashDeskWords.day.text(for: reader), name: "day") { wiring in
                input(wiring, .type("date"), .value(day.iso))
            }
        }
        LivingList {
            if !loose.isEmpty {
                p(.class("warning")) {
                    let people = loose.map { "\($0.person) \($0.sum.exactText(for: reader))" }
                    "\(CashDeskWords.loose.text(for: reader)): \(people.joined(separator: " · "))"
                }
            }
            if takings.isEmpty {
                EmptyState(.billing, CashDeskWords.nothingTaken.text(for: reader))
            } else {
                div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
                    table {
                        caption { "\(title) · \(day.text(.long, for: reader))" }
                        thead {
                            tr {
                                for words in [CashDeskWords.keeper, .method] {
                                    th(.scope("col")) { words.text(for: reader) }
                                }
                                for words in [CashDeskWords.payments, .amount] {
                                    th(.scope("col"), .class("figures")) { words.text(for: reader) }
                                }
                            }
                        }
                        tbody { for taken in takings { row(taken) } }
                        tfoot { total }
                    }
                }
            }
        }
    }

    private func row(_ taken: Takings) -> Markup {
        tr {
            td(.class("name")) { taken.person }
            td(.data("label", CashDeskWords.method.text(for: reader))) { taken.method }
            td(.class("figures"), .data("label", CashDeskWords.payments.text(for: reader))) { "\(taken.count)" }
            td(.class("figures"), .data("label", CashDeskWords.amount.text(for: reader))) {
                taken.sum.exactText(for: reader)
            }
        }
    }

    private var total: Markup {
        let own = takings.filter { $0.sum.currency == currency }
        let sum = own.reduce(Int64(0)) { $0.addingReportingOverflow($1.sum.minor).partialValue }
        return tr {
            th(.scope("row"), .colspan(2)) { CashDeskWords.total.text(for: reader) }
            td(.class("figures")) { "\(own.reduce(0) { $0 + $1.count })" }
            td(.class("figures")) { strong { Money(minor: sum, currency).exactText(for: reader) } }
        }
    }
}
