import HTTP
import Time

/// A report's days, and the days before them for comparison, held in the URL.
struct ReportPeriod: Sendable, Equatable {
    let from: Day
    let to: Day
    let before: ClosedRange<Day>
    let preset: Preset?

    enum Preset: String, CaseIterable {
        case thisMonth = "this_month"
        case lastMonth = "last_month"
        case thisYear = "this_year"

        var words: ReportWords {
            switch self {
            case .thisMonth: .thisMonth
            case .lastMonth: .lastMonth
            case .thisYear: .thisYear
            }
        }
    }

    /// Ten years.
    static let longest = 3653

    init(_ preset: Preset, on today: Day) {
        let month = today.month
        let (from, to, months) =
            switch preset {
            case .thisMonth: (month.first, today, 1)
            case .lastMonth: ((month - 1).first, (month - 1).last, 1)
            case .thisYear: ((month - (month.number - 1)).first, today, 12)
            }
        self.init(from, to, comparedWith: months, preset)
    }

    /// Whole months are compared with as many months before, other periods with as many days before.
    init(from: Day, to: Day) {
        let from = max(from, to - (Self.longest - 1))
        let isWhole = from.dayOfMonth == 1 && to == to.month.last
        self.init(from, to, comparedWith: isWhole ? to.month - from.month + 1 : 0, nil)
    }

    private init(_ from: Day, _ to: Day, comparedWith months: Int, _ preset: Preset?) {
        (self.from, self.to, self.preset) = (from, to, preset)
        guard months > 0 else {
            before = (from - (to - from + 1))...(from - 1)
            return
        }
        let month = to.month - months
        before = (from.month - months).first...(to == to.month.last ? month.last : month.day(anchor: to.dayOfMonth))
    }

    /// Unreadable values give the month up to today.
    init(_ query: Fields, on today: Day) {
        if let from = query["from"].flatMap({ Day(iso: $0) }) {
            let to = query["to"].flatMap { Day(iso: $0) } ?? today
            self.init(from: min(from, to), to: max(from, to))
        } else {
            self.init(query["period"].flatMap(Preset.init) ?? .thisMonth, on: today)
        }
    }

    var fields: Fields {
        preset.map { Fields(["period": $0.rawValue]) } ?? Fields(["from": from.iso, "to": to.iso])
    }

    /// Long periods are drawn by month.
    var isDrawnByMonth: Bool { to - from >= 62 }
}
