import Access
import BankAccounts
import BankStatements
import Declarations
import Events
import HTML
import Locale
import Nouns
import Panel
import Payments
import Search
import Spreadsheets
import Tenancy
import Time

/// Subir un archivo: the account and the file.
struct NewBankFilePage: View {
    let accounts: [BankAccount]
    let chosen: String
    let fault: BankFileRefusal?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(BankFileWords.files.text(for: reader), path: BankFile.list.path)
        h1 { BankFileWords.upload.text(for: reader) }
        if accounts.isEmpty {
            EmptyState(
                .billing, BankFileWords.noAccounts.text(for: reader),
                act: (BankFileWords.accounts.text(for: reader), "/panel/bank-accounts"))
        } else if visit.mayAct(with: .bankFilesImport) {
            form
        }
    }

    private func error(_ field: String) -> String? {
        fault.flatMap { $0.field == field ? $0.message.text(for: reader) : nil }
    }

    private var form: Markup {
        HTML.form(.class("card form"), .method(.post), .multipart, .action(BankFile.list.path)) {
            p(.class("hint")) { BankFileWords.uploadHint.text(for: reader) }
            FormHead(fault.map { [FormFault(name: $0.field, message: $0.message)] } ?? [], visit: visit)
            FormField(BankFileWords.account.text(for: reader), name: "account", error: error("account")) { wiring in
                FieldOptions(
                    accounts.map { ("\($0.id)", $0.called) }, none: nil, isRequired: true
                ).select(wiring, chosen: chosen)
            }
            FormField(BankFileWords.file.text(for: reader), name: "file", error: error("file")) { wiring in
                input(
                    wiring, .type("file"), .required(),
                    .accept(".csv,.txt,.tsv,.xlsx,.ofx,.qfx,.xml,.sta,.mt940,.940"))
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(BankFile.list.path)) { NounWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { BankFileWords.upload.text(for: reader) }
            }
        }
    }
}

extension BankFile {
    func title(for reader: Reader) -> String {
        BankFileWords.fileNumber.text(for: reader, .text("number", "\(number)"))
    }

    /// Warnings before committing.
    func warnings(for reader: Reader) -> [String] {
        var warnings: [String] = []
        if isCut { warnings.append(BankFileWords.isCut.text(for: reader)) }
        if check == .off || check == .breaks { warnings.append(check.text(for: reader)) }
        if faultCount > 0 { warnings.append(BankFileWords.unreadable.text(for: reader, .count(faultCount))) }
        return warnings
    }
}

/// A file: how it was read, its lines by state, and the possible acts.
struct BankFilePage: View {
    let file: BankFile
    let sums: [BankLineSum]
    let fault: BankFileRefusal?
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var mayImport: Bool { visit.mayAct(with: .bankFilesImport) }

    var body: Markup {
        Crumb(BankFile.list, visit: visit)
        PageHeading(file.title(for: reader)) { acts }
        p(.class("subject")) {
            StateMark(file.state, for: reader)
            " \(file.name) · \(file.accountName)"
        }
        if let fault { p(.class("notice notice-bad"), .role("alert")) { fault.message.text(for: reader) } }
        if let fault = file.fault, file.state == .failed {
            p(.class("notice notice-bad"), .role("alert")) { fault.text(for: reader) }
        }
        if file.state.isUnderWay {
            p(.class("hint")) { BankFileWords.underWay.text(for: reader) }
            p { a(.class("button"), .href(file.panelPath)) { BankFileWords.refresh.text(for: reader) } }
        } else {
            for warning in file.warnings(for: reader) { p(.class("notice notice-warn"), .role("alert")) { warning } }
            if file.state != .failed {
                tiles
                facts
            }
            faults
            if let reading = file.reading {
                ReadingCard(file: file, reading: reading, mayChange: mayChange, visit: visit)
            }
        }
    }

    private var mayChange: Bool { mayImport && (file.state == .ready || file.state == .failed) }

    @MarkupBuilder private var acts: Markup {
        if mayChange {
            a(.class("button"), .href("\(file.panelPath)/discard"), .data("dialog", "")) {
                BankFileWords.discard.text(for: reader)
            }
        }
        if file.state == .committed, visit.mayAct(with: .bankFilesUndo) {
            a(.class("button danger"), .href("\(file.panelPath)/undo"), .data("dialog", "")) {
                BankFileWords.undo.text(for: reader)
            }
        }
        if file.state == .ready, mayImport {
            a(.class("button primary"), .href("\(file.panelPath)/commit"), .data("dialog", "")) {
                BankFileWords.commit.text(for: reader)
            }
        }
        if file.state == .committed, file.unidentified > 0 {
            a(.class("button primary"), .href(BankFileRoutes.queue)) { BankFileWords.queue.text(for: reader) }
        }
    }

    private var tiles: Markup {
        ul(.class("tiles")) {
            for state in BankLine.State.allCases {
                if let sum = sums.first(where: { $0.state == state }) {
                    Tile(
                        state.text(for: reader), sum.count.text(for: reader), path: file.linesPath(state),
                        note: sum.amount.exactText(for: reader))
                }
            }
        }
    }

    private var facts: Markup {
        let period = [file.firstDay, file.lastDay].compactMap { $0?.text(.short, for: reader) }.joined(separator: " – ")
        let facts: [(BankFileWords, String)] = [
            (.period, period), (.lines, file.lines.text(for: reader)),
            (.opening, file.opening?.exactText(for: reader) ?? ""),
            (.closing, file.closing?.exactText(for: reader) ?? ""),
            (.check, file.check.text(for: reader)),
            (.difference, file.difference.isZero ? "" : file.difference.exactText(for: reader)),
            (.author, file.author.name),
        ]
        return dl(.class("facts card")) {
            for (words, value) in facts where !value.isEmpty {
                div {
                    dt { words.text(for: reader) }
                    dd { value }
                }
            }
        }
    }

    @MarkupBuilder private var faults: Markup {
        if !file.faults.isEmpty {
            details(.class("card")) {
                summary { BankFileWords.unreadable.text(for: reader, .count(file.faultCount)) }
                ul { for fault in file.faults.prefix(100) { li { fault.text(for: reader) } } }
            }
        }
    }
}

/// How the columns were understood, with a way to correct it.
private struct ReadingCard: View {
    let file: BankFile
    let reading: TableReading
    let mayChange: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        section(.class("card")) {
            h2 { BankFileWords.columns.text(for: reader) }
            p(.class("hint")) { reading.source.message.text(for: reader) }
            for doubt in reading.doubts { p(.class("notice notice-warn")) { doubt.message.text(for: reader) } }
            if mayChange {
                form(.method(.post), .action("\(file.panelPath)/columns")) {
                    FormHead([], visit: visit)
                    table
                    orders
                    button(.type("submit")) { BankFileWords.readAgain.text(for: reader) }
                }
            } else {
                table
            }
        }
    }

    private var count: Int {
        min(max(reading.titles.count, reading.samples.map(\.count).max() ?? 0), ReadSpreadsheet.mostColumns)
    }

    private var table: Markup {
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", BankFileWords.columns.text(for: reader))) {
            HTML.table {
                caption { BankFileWords.columns.text(for: reader) }
                thead {
                    tr {
                        for words in [BankFileWords.column, .means, .examples] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody { for index in 0..<count { row(index) } }
            }
        }
    }

    private func row(_ index: Int) -> Markup {
        let role = reading.mapping.columns.first { $0.index == index }?.role
        let title = index < reading.titles.count ? reading.titles[index] : ""
        let samples = reading.samples.prefix(3).map { index < $0.count ? $0[index] : "" }.filter { !$0.isEmpty }
        return tr {
            td(.class("name")) { title.isEmpty ? "\(index + 1)" : title }
            td(.data("label", BankFileWords.means.text(for: reader))) {
                if mayChange {
                    select(.name("column-\(index)"), .aria("label", title.isEmpty ? "\(index + 1)" : title)) {
                        option(.value("")) { BankFileWords.ignored.text(for: reader) }
                        for known in StatementMapping.Role.allCases {
                            option(.value(known.rawValue), .selected(known == role)) { known.message.text(for: reader) }
                        }
                    }
                } else {
                    role?.message.text(for: reader) ?? BankFileWords.ignored.text(for: reader)
                }
            }
            td(.data("label", BankFileWords.examples.text(for: reader))) { samples.joined(separator: " · ") }
        }
    }

    private var orders: Markup {
        div(.class("fields")) {
            div {
                FormField(BankFileWords.dayOrder.text(for: reader), name: "day_order") { wiring in
                    FieldOptions(
                        DayOrder.allCases.map { ($0.rawValue, $0.message.text(for: reader)) },
                        none: BankFileWords.asWritten.text(for: reader)
                    ).select(wiring, chosen: reading.mapping.dayOrder?.rawValue ?? "")
                }
            }
            div {
                FormField(BankFileWords.decimalMark.text(for: reader), name: "decimal_mark") { wiring in
                    FieldOptions(
                        DecimalMark.allCases.map { ($0.rawValue, $0.message.text(for: reader)) },
                        none: BankFileWords.asWritten.text(for: reader)
                    ).select(wiring, chosen: reading.mapping.decimalMark?.rawValue ?? "")
                }
            }
        }
    }
}
