import API
import Access
import Declarations
import Events
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// Rates as carriers send them and spreadsheets copy them: a line each, with prefix, destination, price a minute and,
/// where they differ, billed minimum, increment, fee and the day from which they hold.
package struct RateSheet: Sendable, Equatable {
    package struct Line: Sendable, Equatable {
        package let prefix: String
        package let destination: String
        package let price: Int64
        package let minimum: Int
        package let increment: Int
        package let fee: Int64
        package let effectiveAt: Instant
    }

    package private(set) var lines: [Line] = []
    /// The numbers of lines that cannot be read.
    package private(set) var unreadable: [Int] = []
    /// Prefixes that stand there twice: the last counts.
    package private(set) var doubled = 0

    package static let mostBytes = 1_000_000
    private static let mostLines = 20_000
    /// Of one line such as 521-529.
    private static let mostOfRange = 1000

    /// Rates of days gone by hold from now on: what was called is rated already.
    package init(_ text: String, at now: Instant, in zone: TimeZone) {
        var places: [String: Int] = [:]
        for (index, line) in text.split(whereSeparator: \.isNewline).enumerated() {
            guard index < Self.mostLines else {
                unreadable.append(index + 1)
                break
            }
            guard let read = Self.lines(of: line, at: now, in: zone) else {
                // Headings.
                if index > 0 { unreadable.append(index + 1) }
                continue
            }
            for one in read {
                if let place = places[one.prefix] {
                    lines[place] = one
                    doubled += 1
                } else if lines.count < Self.mostLines {
                    places[one.prefix] = lines.count
                    lines.append(one)
                }
            }
        }
    }

    /// Every price, to so many per cent of it.
    mutating func scale(by percent: Int64) {
        lines = lines.map {
            Line(
                prefix: $0.prefix, destination: $0.destination, price: $0.price * percent / 100, minimum: $0.minimum,
                increment: $0.increment, fee: $0.fee, effectiveAt: $0.effectiveAt)
        }
    }

    private static func lines(of text: Substring, at now: Instant, in zone: TimeZone) -> [Line]? {
        let separator: Character = text.contains("\t") ? "\t" : text.contains(";") ? ";" : ","
        let cells = text.split(separator: separator, omittingEmptySubsequences: false).map { cell in
            cell.drop { $0 == " " || $0 == "\"" }.trimmingEnd
        }
        guard cells.count >= 3, cells[1].unicodeScalars.count <= 100, let price = Micros.read(cells[2]) else {
            return nil
        }
        func cell(_ place: Int) -> String? { cells.count > place && !cells[place].isEmpty ? cells[place] : nil }
        func seconds(_ place: Int, or usual: Int) -> Int? {
            guard let text = cell(place) else { return usual }
            return Int(text).flatMap { 1...3600 ~= $0 ? $0 : nil }
        }
        guard let minimum = seconds(3, or: 60), let increment = seconds(4, or: minimum == 60 ? 60 : 1),
            let fee = cell(5).map(Micros.read) ?? 0
        else { return nil }
        var effectiveAt = now
        if let text = cell(6) {
            guard let day = Day(iso: text) else { return nil }
            effectiveAt = max(now, day.start(in: zone))
        }
        return prefixes(cells[0])?.map {
            Line(
                prefix: $0, destination: FormText.line(cells[1]), price: price, minimum: minimum, increment: increment,
                fee: fee, effectiveAt: effectiveAt)
        }
    }

    /// `521`, or `521-529`.
    private static func prefixes(_ text: String) -> [String]? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(ends.count),
            ends.allSatisfy({ (1...15).contains($0.utf8.count) && Digits.areAll($0) })
        else { return nil }
        guard ends.count == 2 else { return ends }
        guard ends[0].utf8.count == ends[1].utf8.count, let first = Int(ends[0]), let last = Int(ends[1]),
            first <= last, last - first < mostOfRange
        else { return nil }
        return (first...last).map { number in
            let digits = String(number)
            return String(repeating: "0", count: ends[0].utf8.count - digits.utf8.count) + digits
        }
    }
}

extension Substring {
    fileprivate var trimmingEnd: String {
        var text = self
        while let last = text.last, last == " " || last == "\"" || last == "\r" { text.removeLast() }
        return String(text)
    }
}

/// What a sheet changes in a deck.
package struct RateSheetEffect: Sendable, Equatable {
    package struct Change: Sendable, Equatable {
        package let line: RateSheet.Line
        package let before: Int64?
    }

    package private(set) var changes: [Change] = []
    package private(set) var added = 0
    package private(set) var dearer = 0
    package private(set) var cheaper = 0
    package private(set) var unchanged = 0
    /// Prefixes that are not in the sheet and would end.
    package var ended = 0

    init(_ sheet: RateSheet, on rates: [VoiceRate]) {
        let known = Dictionary(rates.map { ($0.prefix, $0) }, uniquingKeysWith: { first, _ in first })
        for line in sheet.lines {
            guard let rate = known[line.prefix] else {
                added += 1
                changes.append(Change(line: line, before: nil))
                continue
            }
            if rate.price == line.price, rate.fee == line.fee, rate.minimum == line.minimum,
                rate.increment == line.increment, rate.destination == line.destination
            {
                unchanged += 1
                continue
            }
            if line.price > rate.price { dearer += 1 } else if line.price < rate.price { cheaper += 1 }
            changes.append(Change(line: line, before: rate.price))
        }
    }
}

extension RateSheet {
    /// `isWhole` ends the prefixes that it does not name.
    func effect(on deck: Deck.ID, isWhole: Bool, in database: TenantDatabase) async throws -> RateSheetEffect {
        let prefixes = lines.map(\.prefix)
        var effect = RateSheetEffect(self, on: try await database.latestVoiceRates(of: deck, prefixes))
        if isWhole { effect.ended = try await database.voiceRatesMissing(of: deck, prefixes) }
        return effect
    }

    /// A sheet with a line that cannot be read is not taken at all.
    func put(
        into id: Deck.ID, isWhole: Bool, by principal: Principal, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> RateSheetEffect {
        guard !lines.isEmpty else { throw TelephonyRefusal.sheetEmpty }
        guard unreadable.isEmpty else { throw TelephonyRefusal.sheetUnreadable }
        return try await database.transaction { database in
            guard let deck = try await database.voice(id, locked: true) else { throw AccessRefusal.notFound }
            let effect = try await effect(on: id, isWhole: isWhole, in: database)
            let changed = effect.changes.map(\.line)
            if !changed.isEmpty {
                try await database.insert(
                    changed,
                    ids: changed.map { _ in UUID.v7(milliseconds: principal.now.milliseconds, from: randomness) },
                    into: id)
            }
            if isWhole, effect.ended > 0 {
                try await database.endVoiceRates(of: id, besides: lines.map(\.prefix), at: principal.now)
            }
            guard !changed.isEmpty || effect.ended > 0 else { return effect }
            try await database.record(
                Act(
                    .voiceRatesChanged, deck.subject,
                    after: [
                        Act.Detail("added", "\(effect.added)"), Act.Detail("dearer", "\(effect.dearer)"),
                        Act.Detail("cheaper", "\(effect.cheaper)"), Act.Detail("ended", "\(effect.ended)"),
                    ]), by: principal.actor, at: principal.now)
            return effect
        }
    }
}

/// A sheet as a program sends it.
struct NewRateSheet: Input {
    static let schema = Schema.object(
        "NewVoiceRates",
        [
            .required("csv", .lines(1...RateSheet.mostBytes), TelephonyAPIWords.csv),
            .optional("whole", .flag, TelephonyAPIWords.whole),
        ])

    let text: String
    let isWhole: Bool

    init(_ members: Members) {
        text = members.text("csv") ?? ""
        isWhole = if case .bool(let flag) = members["whole"] { flag } else { false }
    }
}

struct TakenRates: Resource {
    let deck: Deck.ID
    let effect: RateSheetEffect

    static let schema = Schema.object(
        "VoiceRatesTaken",
        [
            .required("deck", .id, TelephonyAPIWords.deckID),
            .required("added", .integer(0...Int.max), TelephonyWords.added),
            .required("dearer", .integer(0...Int.max), TelephonyWords.dearer),
            .required("cheaper", .integer(0...Int.max), TelephonyWords.cheaper),
            .required("unchanged", .integer(0...Int.max), TelephonyWords.unchanged),
            .required("ended", .integer(0...Int.max), TelephonyWords.ending),
        ])

    var path: String { "/api/v1/voice-decks/\(deck)" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("deck", deck.description)
            json.member("added", effect.added)
            json.member("dearer", effect.dearer)
            json.member("cheaper", effect.cheaper)
            json.member("unchanged", effect.unchanged)
            json.member("ended", effect.ended)
        }
    }
}
