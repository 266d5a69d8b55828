import CXlsxWriter
import Glibc
import Time

/// An Excel file with one sheet, written row by row: only the current row is in memory, the others are in the folder.
/// Texts are written as strings, so none is a formula.
package final class Workbook: @unchecked Sendable {
    // Unchecked: C pointers, used by one thread after another.
    package enum Cell: Sendable {
        case text(String)
        case number(Int)
        /// In minor units, hundredths if `digits` is two.
        case amount(Int64, digits: Int)
        case day(Day)

        /// In CSV form: digits and a point in every language.
        package var text: String {
            switch self {
            case .text(let text): return text
            case .number(let number): return "\(number)"
            case .day(let day): return day.iso
            case .amount(let amount, let digits):
                let minor = String(amount.magnitude)
                let padded = String(repeating: "0", count: max(0, digits + 1 - minor.utf8.count)) + minor
                let point = digits == 0 ? "" : ".\(padded.suffix(digits))"
                return "\(amount < 0 ? "-" : "")\(padded.dropLast(digits))\(point)"
            }
        }
    }

    package struct Fault: Error {
        package let code: UInt32
    }

    /// A sheet's capacity.
    package static let mostRows = 1_048_576

    private let book: UnsafeMutablePointer<lxw_workbook>
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let days: UnsafeMutablePointer<lxw_format>?
    private let heading: UnsafeMutablePointer<lxw_format>?
    private let amounts: UnsafeMutablePointer<lxw_format>?
    private var row: UInt32 = 0
    private var isClosed = false

    package init(path: String, folder: String) throws(Fault) {
        let place = strdup(folder)
        defer { free(place) }
        var options = lxw_workbook_options()
        options.constant_memory = 1
        options.tmpdir = place
        guard let book = workbook_new_opt(path, &options), let sheet = workbook_add_worksheet(book, nil) else {
            throw Fault(code: LXW_ERROR_MEMORY_MALLOC_FAILED.rawValue)
        }
        (self.book, self.sheet) = (book, sheet)
        days = workbook_add_format(book)
        format_set_num_format(days, "yyyy-mm-dd")
        amounts = workbook_add_format(book)
        format_set_num_format(amounts, "#,##0.00")
        heading = workbook_add_format(book)
        format_set_bold(heading)
    }

    deinit { if !isClosed { workbook_close(book) } }

    /// The first row, frozen in view.
    package func append(heading titles: [String]) {
        for (column, title) in titles.enumerated() {
            worksheet_write_string(sheet, row, UInt16(column), title, heading)
        }
        worksheet_freeze_panes(sheet, 1, 0)
        row += 1
    }

    package func append(_ cells: [Cell]) {
        guard row < Self.mostRows else { return }
        for (column, cell) in cells.enumerated() {
            switch cell {
            case .text(let text): if !text.isEmpty { worksheet_write_string(sheet, row, UInt16(column), text, nil) }
            case .number(let number): worksheet_write_number(sheet, row, UInt16(column), Double(number), nil)
            case .amount(let amount, let digits):
                var value = Double(amount)
                for _ in 0..<digits { value /= 10 }
                worksheet_write_number(sheet, row, UInt16(column), value, digits == 0 ? nil : amounts)
            case .day(let day):
                let (month, number) = day.monthAndDay
                var moment = lxw_datetime()
                (moment.year, moment.month, moment.day) = (Int32(month.year), Int32(month.number), Int32(number))
                worksheet_write_datetime(sheet, row, UInt16(column), &moment, days)
            }
        }
        row += 1
    }

    package func close() throws(Fault) {
        isClosed = true
        let fault = workbook_close(book)
        guard fault == LXW_NO_ERROR else { throw Fault(code: fault.rawValue) }
    }
}
