import Identifiers
import Locale
import Time

/// A demo customer's payment behaviour. The customer number determines the kind of payer, and together with the due day
/// of the oldest debt, what becomes of that debt.
struct InventedPayer {
    enum Habit {
        /// By the due day.
        case punctual
        /// Some days late, now and then after a cut.
        case late
        /// Weeks late every second time.
        case careless
        /// Three months at a time.
        case ahead
        /// Pays late, then not at all.
        case gone
    }

    let habit: Habit
    /// The time of day at which they pay.
    let hour: Duration
    private let number: Int
    private let lastDay: Day
    private let lastPaid: Day

    init(number: Int, lastDay: Day) {
        let randomness = Randomness(seed: UInt64(number) &* 0x9E37_79B9)
        (self.number, self.lastDay) = (number, lastDay)
        habit =
            switch randomness.number(below: 100) {
            case 0..<66: .punctual
            case 66..<84: .late
            case 84..<94: .careless
            case 94..<97: .ahead
            default: .gone
            }
        lastPaid = lastDay - 20 - randomness.number(below: 130)
        hour = .seconds(Int64(10 * 3600 + randomness.number(below: 9 * 3600)))
    }

    /// What the customer does about a debt on a day.
    enum Deed: Equatable {
        case pay(Money)
        /// Sends a false receipt for a transfer.
        case payFalsely(Money)
        case promise(until: Day)
        case sayPaid
        /// Cancels their services.
        case giveUp
        case leave
    }

    func deed(about debt: InventedDebt, on day: Day) -> Deed {
        let randomness = Randomness(seed: UInt64(number) &* 7_368_787 &+ UInt64(UInt32(bitPattern: debt.due.number)))
        guard let payDay = payDay(of: debt, by: randomness), day >= payDay else {
            let roll = randomness.number(below: 100)
            if habit == .gone, number % 2 == 0, day == debt.due + 60 { return .giveUp }
            if roll < 35, habit != .punctual, !debt.isCut, day == debt.due || day == lastDay {
                return .promise(until: day + 2 + roll % 5)
            }
            if roll >= 80, day == lastDay - 3, day > debt.due { return .sayPaid }
            return .leave
        }
        let all = (try? debt.open + debt.fee) ?? debt.open
        switch randomness.number(below: 100) {
        case 0..<5:
            if day == payDay { return .pay(Money(minor: whole(all.minor / 2, in: all.currency), all.currency)) }
            return day >= payDay + 5 ? .pay(all) : .leave
        case 5..<6:
            if day == payDay { return .payFalsely(all) }
            return day >= payDay + 6 ? .pay(all) : .leave
        case 6..<9:
            // In notes, not coins.
            let note = max(all.currency.minorPerUnit * 50, 1)
            return .pay(Money(minor: (all.minor + note - 1) / note * note, all.currency))
        default: return .pay(habit == .ahead ? Money(minor: all.minor * 3, all.currency) : all)
        }
    }

    /// Nil if they never pay.
    private func payDay(of debt: InventedDebt, by randomness: Randomness) -> Day? {
        let span = max(0, debt.due - debt.day)
        let inTime = debt.day + randomness.number(below: span + 1)
        let late = debt.day + 1 + randomness.number(below: span + 7)
        let veryLate = debt.due + 4 + randomness.number(below: 25)
        let isSlow = randomness.number(below: 2) == 0
        return switch habit {
        case .punctual, .ahead: inTime
        case .late: late
        case .careless: isSlow ? veryLate : late
        case .gone: debt.due < lastPaid ? late : nil
        }
    }

    /// Whether they buy prepaid days on this day, where it is their last paid one.
    func buysDays(on day: Day, after through: Day) -> Bool {
        let randomness = Randomness(seed: UInt64(number) &* 15_485_863 &+ UInt64(UInt32(bitPattern: through.number)))
        let days: Int? =
            switch habit {
            case .punctual, .ahead: 0
            case .late: randomness.number(below: 4)
            case .careless: randomness.number(below: 20)
            case .gone: through < lastPaid ? 0 : nil
            }
        return days.map { day >= through + $0 } ?? false
    }

    /// How many days they buy, in packages, up to four weeks.
    func daysBought(after through: Day, of package: Int) -> Int {
        let randomness = Randomness(seed: UInt64(number) &* 32_452_843 &+ UInt64(UInt32(bitPattern: through.number)))
        let packages = 1 + randomness.number(below: max(1, 28 / max(1, package)))
        return package * (habit == .ahead ? 3 * packages : packages)
    }

    private func whole(_ minor: Int64, in currency: Currency) -> Int64 {
        max(currency.smallestShown, minor - minor % currency.smallestShown)
    }
}

/// A customer's total debt on a day.
struct InventedDebt: Equatable {
    /// The oldest charge's day.
    let day: Day
    let due: Day
    let open: Money
    /// The reconnection fee, on top of the debt.
    let fee: Money
    let isCut: Bool
}
