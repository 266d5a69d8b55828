import Documents
import Locale
import Tenancy
import Time

/// A shift's close for an 80 mm roll or a sheet.
struct ShiftPaper: Sendable {
    let shift: Shift
    let sums: [ShiftSum]
    /// Whether all entries' seals are right.
    let isWhole: Bool
    let tenant: Tenant
    let isRoll: Bool

    private var reader: Reader { tenant.reader }

    var document: Document {
        let title = CashDeskWords.paper.text(for: reader, .text("number", "\(shift.number)"))
        let company = tenant.company.legalName.isEmpty ? tenant.name : tenant.company.legalName
        return Document(
            title: title, author: company, language: reader.languageTag,
            paper: isRoll ? .roll80 : tenant.region.printsOnLetter ? .letter : .a4, accent: tenant.brand.colour.rgb,
            letterhead: Letterhead(logo: nil, name: company, lines: []), footer: company,
            made: shift.close?.at ?? shift.openedAt, blocks: blocks(title))
    }

    private func blocks(_ title: String) -> [Block] {
        let facts: [(CashDeskWords, String)] = [
            (.keeper, shift.keeper), (.till, shift.tillName),
            (.opened, shift.openedAt.text(.short, in: tenant.timeZone, for: reader)),
            (.closed, shift.close.map { $0.at.text(.short, in: tenant.timeZone, for: reader) } ?? ""),
        ]
        var blocks: [Block] = [
            .heading(title), .facts(facts.filter { !$0.1.isEmpty }.map { Fact($0.0.text(for: reader), $0.1) }), .rule,
            .sums(
                sums.map { Fact("\($0.kind.text(for: reader)) (\($0.count))", $0.sum.exactText(for: reader)) },
                strong: false),
        ]
        if let close = shift.close {
            let totals: [(CashDeskWords, Money)] = [
                (.expected, close.expected), (.counted, close.counted),
                (close.differenceWords, close.difference.magnitude),
            ]
            blocks += [
                .rule, .sums(totals.map { Fact($0.0.text(for: reader), $0.1.exactText(for: reader)) }, strong: true),
            ]
            if !close.reason.isEmpty {
                blocks.append(.facts([Fact(CashDeskWords.reason.text(for: reader), close.reason)]))
            }
        }
        if !isWhole { blocks.append(.paragraph(CashDeskWords.brokenPaper.text(for: reader))) }
        return blocks + [
            .space(24), .paragraph("______________________\n\(CashDeskWords.signature.text(for: reader))"),
        ]
    }
}
