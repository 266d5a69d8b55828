import Time

/// Amounts, days, dates and numbers of a message.
enum Wishes {
    static func read(_ words: [WrittenWord], today: Day, into understood: inout Understanding) {
        var used = Set<Int>()
        understood.number = serviceNumber(words, &used)
        understood.day = day(words, today: today, &used)
        understood.days = days(words, &used)
        understood.amount = amount(words, used)
    }

    // MARK: - Numbers

    private static let numbers: [String: Int] = [
        "un": 1, "una": 1, "uno": 1, "one": 1, "um": 1, "uma": 1, "dos": 2, "two": 2, "dois": 2, "tres": 3, "three": 3,
        "cuatro": 4, "four": 4, "quatro": 4, "cinco": 5, "five": 5, "seis": 6, "six": 6, "siete": 7, "seven": 7,
        "sete": 7, "ocho": 8, "eight": 8, "oito": 8, "nueve": 9, "nine": 9, "nove": 9, "diez": 10, "dies": 10,
        "ten": 10,
        "dez": 10, "once": 11, "doce": 12, "quince": 15, "veinte": 20, "treinta": 30,
    ]

    private static func whole(_ word: WrittenWord) -> Int? {
        word.isNumber ? (word.text.utf8.count <= 6 ? Int(word.text) : nil) : numbers[word.text]
    }

    private static let numbered: Set<String> = [
        "servicio", "contrato", "cliente", "abonado", "codigo", "folio", "suministro", "service", "contract",
        "customer",
    ]
    private static let linking: Set<String> = ["numero", "no", "num", "nro", "n", "es", "el", "mi", "de", "number"]

    /// «mi contrato es el 1234»: the number that follows such a word.
    private static func serviceNumber(_ words: [WrittenWord], _ used: inout Set<Int>) -> String? {
        for start in words.indices where numbered.contains(words[start].text) {
            var index = start + 1
            while index < words.count, index - start <= 4, linking.contains(words[index].text) { index += 1 }
            guard index < words.count, words[index].isNumber, !words[index].isMoney else { continue }
            used.insert(index)
            return words[index].text
        }
        return nil
    }

    // MARK: - Days

    private static let dayWords: Set<String> = ["dia", "dias", "diaz", "day", "days", "diitas", "d"]
    private static let weekWords: Set<String> = ["semana", "semanas", "week", "weeks", "semanita"]
    private static let monthWords: Set<String> = ["mes", "meses", "month", "months"]

    /// How many days are wanted, from 1 to 366.
    private static func days(_ words: [WrittenWord], _ used: inout Set<Int>) -> Int? {
        for index in words.indices.dropFirst() where !used.contains(index - 1) {
            let length = length(words[index].text)
            guard let length, let count = whole(words[index - 1]), (1...366).contains(count) else { continue }
            guard count * length <= 366 else { continue }
            used.formUnion([index - 1, index])
            return count * length
        }
        return words.indices.contains { words[$0].text == "quincena" && !used.contains($0) } ? 15 : nil
    }

    private static func length(_ word: String) -> Int? {
        dayWords.contains(word) ? 1 : weekWords.contains(word) ? 7 : monthWords.contains(word) ? 30 : nil
    }

    private static let weekdays: [String: Weekday] = [
        "lunes": .monday, "martes": .tuesday, "miercoles": .wednesday, "jueves": .thursday, "viernes": .friday,
        "sabado": .saturday, "domingo": .sunday, "biernes": .friday, "savado": .saturday, "juebes": .thursday,
        "monday": .monday, "tuesday": .tuesday, "wednesday": .wednesday, "thursday": .thursday, "friday": .friday,
        "saturday": .saturday, "sunday": .sunday, "segunda": .monday, "terca": .tuesday, "quarta": .wednesday,
        "quinta": .thursday, "sexta": .friday,
    ]
    private static let months: [String: Int] = [
        "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8,
        "septiembre": 9, "setiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
    ]

    private static func day(_ words: [WrittenWord], today: Day, _ used: inout Set<Int>) -> Day? {
        for index in words.indices where !used.contains(index) {
            if let found = day(at: index, words, today: today) {
                used.formUnion(found.places)
                return found.day
            }
        }
        return nil
    }

    private static func day(at index: Int, _ words: [WrittenWord], today: Day) -> (day: Day, places: [Int])? {
        let text = words[index].text
        func word(_ offset: Int) -> String {
            words.indices.contains(index + offset) ? words[index + offset].text : ""
        }
        switch text {
        case "hoy", "today", "hoje", "ahorita": return (today, [index])
        case "pasado" where word(1) == "manana": return (today + 2, [index, index + 1])
        case "manana", "tomorrow", "amanha":
            // «en la mañana» is an hour, and so is «mañana» said of yesterday.
            return ["la", "esta"].contains(word(-1)) ? nil : (today + 1, [index])
        case "fin" where ["mes", "month"].contains(word(1)) || word(2) == "mes":
            return (today.month.day(anchor: 31), [index])
        case "quincena": return (quincena(after: today), [index])
        default: break
        }
        if let weekday = weekdays[text] { return (next(weekday, after: today), [index]) }
        return words[index].isNumber && !words[index].isMoney ? numberedDay(at: index, words, today: today) : nil
    }

    /// The 15th and the end of the month, when wages are paid.
    private static func quincena(after today: Day) -> Day {
        today.dayOfMonth < 15 ? today.month.day(anchor: 15) : today.month.day(anchor: 31)
    }

    private static func next(_ weekday: Weekday, after today: Day) -> Day {
        let ahead = (weekday.rawValue - today.weekday.rawValue + 7) % 7
        return today + (ahead == 0 ? 7 : ahead)
    }

    /// «15/12», «el 15 de enero», «el 15», «en 3 días».
    private static func numberedDay(at index: Int, _ words: [WrittenWord], today: Day) -> (day: Day, places: [Int])? {
        let parts = words[index].text.split(whereSeparator: { $0 == "/" || $0 == "-" })
        if parts.count == 2 || parts.count == 3 {
            let numbers = parts.map { $0.utf8.count <= 4 ? Int($0) ?? 0 : 0 }
            let year = parts.count == 3 ? (numbers[2] < 100 ? 2000 + numbers[2] : numbers[2]) : nil
            return date(day: numbers[0], month: numbers[1], year: year, today: today).map { ($0, [index]) }
        }
        guard let count = whole(words[index]), count > 0 else { return nil }
        let after = words.indices.contains(index + 1) ? words[index + 1].text : ""
        let before = index > 0 ? words[index - 1].text : ""
        if ["en", "in", "em", "dentro"].contains(before)
            || (before == "de" && index > 1 && words[index - 2].text == "dentro")
        {
            return length(after).flatMap { count * $0 <= 366 ? (today + count * $0, [index, index + 1]) : nil }
        }
        if after == "de", words.indices.contains(index + 2), let month = months[words[index + 2].text] {
            return date(day: count, month: month, year: nil, today: today).map { ($0, [index, index + 1, index + 2]) }
        }
        guard ["el", "dia", "al"].contains(before), length(after) == nil, (1...31).contains(count) else { return nil }
        let month = count >= today.dayOfMonth ? today.month : today.month + 1
        return (month.day(anchor: count), [index])
    }

    private static func date(day: Int, month: Int, year: Int?, today: Day) -> Day? {
        guard let found = Day(year: year ?? today.year, month: month, day: day) else { return nil }
        return year == nil && found < today ? Day(year: today.year + 1, month: month, day: day) ?? found : found
    }

    // MARK: - Amounts

    private static let moneyWords: Set<String> = [
        "pesos", "peso", "soles", "sol", "mil", "lucas", "varos", "bolas", "mxn", "cop", "pen", "ars", "reais",
        "dolares",
        "lana", "bs", "usd",
    ]

    private static func amount(_ words: [WrittenWord], _ used: Set<Int>) -> WrittenAmount? {
        let places = words.indices.filter { words[$0].isNumber && !used.contains($0) }
        for index in places {
            let after = words.indices.contains(index + 1) ? words[index + 1].text : ""
            guard words[index].isMoney || moneyWords.contains(after), let hundredths = hundredths(words[index].text)
            else {
                continue
            }
            let times: Int64 = after == "mil" || after == "lucas" ? 1000 : 1
            let (value, overflow) = hundredths.multipliedReportingOverflow(by: times)
            if !overflow { return WrittenAmount(hundredths: value, isSure: true) }
        }
        guard places.count == 1, let only = hundredths(words[places[0]].text) else { return nil }
        let unit = words.indices.contains(places[0] + 1) ? words[places[0] + 1].text : ""
        return notMoney.contains(unit) ? nil : WrittenAmount(hundredths: only, isSure: false)
    }

    private static let notMoney: Set<String> = [
        "megas", "mega", "mbps", "mb", "am", "pm", "hrs", "horas", "h", "dias", "dia", "semanas", "meses", "veces",
    ]

    /// «1,200.50», «1.200,50», «1200», «1.200»: three digits after the only sign are thousands.
    static func hundredths(_ text: String) -> Int64? {
        guard text.utf8.count <= 15 else { return nil }
        let bytes = Array(text.utf8)
        if bytes.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") }) {
            return nil
        }
        let isSign = { (byte: UInt8) in byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") }
        let decimals = bytes.lastIndex(where: isSign).map { bytes.count - $0 - 1 } ?? 0
        let digits = String(decoding: bytes.filter { !isSign($0) }, as: UTF8.self)
        guard let number = Int64(digits) else { return nil }
        switch decimals {
        case 1: return number.multipliedReportingOverflow(by: 10).partialValue
        case 2: return number
        case 0, 3: return number.multipliedReportingOverflow(by: 100).partialValue
        default: return nil
        }
    }
}
