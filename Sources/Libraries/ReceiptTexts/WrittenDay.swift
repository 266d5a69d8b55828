import Time

/// A day as banks write it: 22/11/2025, 22-NOV-25, 2025-11-22, 22 de noviembre de 2025, 22 nov. 2025.
enum WrittenDay {
    private static let months = [
        "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic",
    ]

    /// The first day in a line; the year of one that has none is the last in which it was not after `today`.
    static func first(in line: String, today: Day) -> (day: Day, hasYear: Bool)? {
        let parts = parts(of: line)
        for place in parts.indices {
            if let found = day(at: place, in: parts, today) { return found }
        }
        return nil
    }

    private enum Part: Equatable {
        case number(Int, digits: Int)
        case month(Int)
        case word
    }

    private static func day(at place: Int, in parts: [Part], _ today: Day) -> (day: Day, hasYear: Bool)? {
        func part(_ offset: Int) -> Part? { place + offset < parts.count ? parts[place + offset] : nil }
        // "2025-11-22"
        if case .number(let year, digits: 4) = part(0), case .number(let month, digits: 1...2) = part(1),
            case .number(let day, digits: 1...2) = part(2), let found = Day(year: year, month: month, day: day)
        {
            return (found, true)
        }
        // "22/11/2025", "22/11/25"
        if case .number(let day, digits: 1...2) = part(0), case .number(let month, digits: 1...2) = part(1),
            case .number(let year, let digits) = part(2), digits == 2 || digits == 4,
            let found = Day(year: digits == 2 ? 2000 + year : year, month: month, day: day), isNear(found, today)
        {
            return (found, true)
        }
        // "22 nov. 2025", "22-NOV-25", "22 de noviembre de 2025", "22 nov"
        if case .number(let day, digits: 1...2) = part(0), case .month(let month) = part(1) {
            return dated(day, month, part(2), today)
        }
        // "noviembre 22, 2025"
        if case .month(let month) = part(0), case .number(let day, digits: 1...2) = part(1) {
            return dated(day, month, part(2), today)
        }
        return nil
    }

    private static func dated(_ day: Int, _ month: Int, _ year: Part?, _ today: Day) -> (day: Day, hasYear: Bool)? {
        if case .number(let year, let digits) = year, digits == 2 || digits == 4,
            let found = Day(year: digits == 2 ? 2000 + year : year, month: month, day: day), isNear(found, today)
        {
            return (found, true)
        }
        let years = [today.year, today.year - 1]
        let found = years.compactMap { Day(year: $0, month: month, day: day) }.first { $0 <= today }
        return found.map { ($0, false) }
    }

    /// A longer way off, and what was read is no day.
    private static func isNear(_ day: Day, _ today: Day) -> Bool { abs(day - today) < 3700 }

    private static func parts(of line: String) -> [Part] {
        var parts: [Part] = []
        var letters = ""
        var isNumber = false
        func end() {
            defer { letters = "" }
            guard !letters.isEmpty, !["de", "del"].contains(letters) else { return }
            if isNumber {
                parts.append(.number(letters.utf8.count <= 9 ? Int(letters) ?? 0 : 0, digits: letters.utf8.count))
            } else if let month = months.firstIndex(where: { letters.hasPrefix($0) })
                ?? (letters.hasPrefix("set") ? 8 : nil), letters.utf8.count <= 10
            {
                parts.append(.month(month + 1))
            } else {
                parts.append(.word)
            }
        }
        for scalar in ReceiptLine.fold(line).unicodeScalars {
            let isDigit = ("0"..."9").contains(scalar)
            guard isDigit || ("a"..."z").contains(scalar) else {
                end()
                continue
            }
            if !letters.isEmpty, isDigit != isNumber { end() }
            isNumber = isDigit
            letters.unicodeScalars.append(scalar)
        }
        end()
        return parts
    }
}
