import Time

/// A workbook's date formats: dates and times are numbers of days, recognisable only by their format.
struct MomentFormat {
    enum Kind: Equatable {
        case day, time, dayAndTime
    }

    let isFrom1904: Bool
    /// Indexed by cell style.
    let kinds: [Kind?]

    /// Nil for a style that shows a plain number.
    func text(of number: DecimalText, style: Int) -> String? {
        guard kinds.indices.contains(style), let kind = kinds[style], let days = Double(number.text), days >= 0,
            // 31 December 9999, a spreadsheet's last date.
            days < 2_958_466
        else { return nil }
        var (day, seconds) = (Int(days), Int(((days - days.rounded(.down)) * 86_400).rounded()))
        if seconds == 86_400 { (day, seconds) = (day + 1, 0) }
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
            .joined(separator: ":")
        if kind == .time, day == 0 { return time }
        let date = self.day(day).iso
        return kind == .day && seconds == 0 ? date : "\(date)T\(time)"
    }

    /// Excel counts a 29 February 1900 (day 60) that never was, so earlier days are off by one.
    private func day(_ number: Int) -> Day {
        if isFrom1904 { return Day(year: 1904, month: 1, day: 1)! + number }
        return Day(year: 1899, month: 12, day: number < 60 ? 31 : 30)! + number
    }

    static func kind(ofBuiltIn id: Int) -> Kind? {
        switch id {
        case 14...17, 27...31, 34...36, 50...54, 57, 58: .day
        case 18...21, 32, 33, 45...47, 55, 56: .time
        case 22: .dayAndTime
        default: nil
        }
    }

    /// Recognised by its letters outside quotes, escapes and brackets, which hold colours and conditions.
    static func kind(ofCode code: String) -> Kind? {
        var letters = Set<Character>()
        var (isQuoted, isEscaped, isBracketed) = (false, false, false)
        for letter in code.lowercased() {
            switch letter {
            case _ where isEscaped: isEscaped = false
            case "\"": isQuoted.toggle()
            case _ where isQuoted: continue
            case "\\", "_", "*": isEscaped = true
            case "[": isBracketed = true
            case "]": isBracketed = false
            // [h] is hours beyond a day.
            case "h" where isBracketed: letters.insert("h")
            case _ where isBracketed: continue
            // The section for negative numbers follows.
            case ";": return kind(ofLetters: letters)
            default: letters.insert(letter)
            }
        }
        return kind(ofLetters: letters)
    }

    private static func kind(ofLetters letters: Set<Character>) -> Kind? {
        let isTime = letters.contains("h") || letters.contains("s")
        let isDay = letters.contains("d") || letters.contains("y") || (letters.contains("m") && !isTime)
        // `General` contains such letters itself.
        if letters.contains("g"), letters.contains("n") { return nil }
        switch (isDay, isTime) {
        case (true, true): return .dayAndTime
        case (true, false): return .day
        case (false, true): return .time
        case (false, false): return nil
        }
    }
}
