import Glibc
import Testing
import Time

@testable import Locale

/// Thousands of random values against the formatter of the browsers themselves, where node is at hand.
@Suite struct IntlTests {
    @Test(.enabled(if: hasOracle, "needs node with CLDR 48"), arguments: Reader.all)
    func `what we write is what Intl writes`(reader: Reader) throws {
        var randomness = SeededRandomness(seed: 20)
        let questions = (0..<2000).map { Question(number: $0, for: reader, from: &randomness) }
        let answers = try ask(questions.map(\.script), for: reader)
        try #require(answers.count == questions.count)
        let wrong = zip(questions, answers).filter { $0.text != $1 }.map { "\($0.text) is \($1): \($0.script)" }
        #expect(wrong.prefix(5) == [])
    }

    private func ask(_ expressions: [String], for reader: Reader) throws -> [String] {
        let path = "/tmp/intl-\(getpid())-\(reader.languageTag).js"
        let script = prelude.replacing("TAG", with: reader.languageTag) + expressions.joined(separator: "\n")
        let file = try #require(fopen(path, "w"))
        fputs(script, file)
        fclose(file)
        defer { unlink(path) }
        return lines(of: "node \(path)")
    }

    private let prelude = """
        const f = (style, options) => new Intl.NumberFormat('TAG', { style, signDisplay: 'negative', ...options })
        const d = options => new Intl.DateTimeFormat('TAG', { timeZone: 'UTC', ...options })
        const short = { day: '2-digit', month: '2-digit', year: 'numeric' }
        const hour = 'TAG' == 'pt-BR' ? '2-digit' : 'numeric'
        const long = d({ dateStyle: 'long' })
        const ago = new Intl.RelativeTimeFormat('TAG', { numeric: 'auto' })
        const say = console.log

        """
}

/// A value, how we write it, and the JavaScript that writes it.
private struct Question {
    let text: String
    let script: String

    init(number: Int, for reader: Reader, from randomness: inout SeededRandomness) {
        let amount = Int64.random(in: .min ... .max, using: &randomness) >> Int64.random(in: 0..<64, using: &randomness)
        let seconds = Int64.random(in: -2_000_000_000..<6_000_000_000, using: &randomness)
        let instant = Instant(seconds: seconds)
        let day = TimeZone.utc.day(at: instant)
        let end = day + Int.random(in: 0..<60, using: &randomness)
        switch number % 10 {
        case 0...3:
            let currency = Currency.allCases.randomElement(using: &randomness)!
            text = Money(minor: amount, currency).text(for: reader)
            let value = plain(amount, places: currency.minorDigits)
            script = "say(f('currency', { currency: '\(currency.code)' }).format('\(value)'))"
        case 4:
            let places = Int.random(in: 0...6, using: &randomness)
            text = DecimalNumber(amount, places: places).text(for: reader)
            script = "say(f('decimal', { maximumFractionDigits: 6 }).format('\(plain(amount, places: places))'))"
        case 5:
            text = Percentage(millionths: amount).text(for: reader)
            script = "say(f('percent', { maximumFractionDigits: 4 }).format('\(plain(amount, places: 6))'))"
        case 6:
            text = day.text(.short, for: reader) + day.text(.long, for: reader) + day.text(.full, for: reader)
            let formats = "[d(short), long, d({ dateStyle: 'full' })]"
            script = "say(\(formats).map(x => x.format(\(seconds)e3)).join(''))"
        case 7:
            text =
                instant.text(.short, in: .utc, for: reader) + instant.text(.long, in: .utc, for: reader)
                + instant.text(.full, in: .utc, for: reader)
            let formats = """
                [d({ ...short, hour, minute: '2-digit' }), d({ dateStyle: 'long', timeStyle: 'short' }), \
                d({ dateStyle: 'full', timeStyle: 'short' })]
                """
            script = "say(\(formats).map(x => x.format(\(seconds)e3)).join(''))"
        case 8:
            text = (day...end).text(for: reader) + day.month.text(for: reader)
            let month = "d({ month: 'long', year: 'numeric' }).format(\(seconds)e3)"
            script = "say(long.formatRange(\(day.number) * 864e5, \(end.number) * 864e5) + \(month))"
        default:
            text = day.text(relativeTo: end, for: reader) + end.text(relativeTo: day, for: reader)
            script = "say(ago.format(\(day - end), 'day') + ago.format(\(end - day), 'day'))"
        }
    }
}

private let hasOracle = lines(of: "node -p process.versions.cldr 2>/dev/null").first?.hasPrefix("48") == true

private func lines(of command: String) -> [String] {
    guard let pipe = popen(command, "r") else { return [] }
    defer { pclose(pipe) }
    var lines: [String] = []
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, pipe) > 0, let line { lines.append(String(String(cString: line).dropLast())) }
    return lines
}

/// "-1234.50", for a program.
private func plain(_ digits: Int64, places: Int) -> String {
    guard places > 0 else { return String(digits) }
    let text = String(digits.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - text.count)) + text
    return (digits < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
}

/// The same "random" values in each run.
struct SeededRandomness: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let mixed = (state ^ state >> 32) &* 0x9E37_79B9_7F4A_7C15
        return mixed ^ mixed >> 29
    }
}
