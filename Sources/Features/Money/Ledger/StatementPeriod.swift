import Access
import HTTP
import Identifiers
import Locale
import Nouns
import Tenancy
import Time

/// A statement's days, currency and date of knowledge, held in the URL.
struct StatementPeriod: Sendable {
    let from: Day
    let to: Day
    let currency: Currency
    /// Excludes entries made on later days.
    let asOf: Day?

    /// Unreadable values get the default: the year up to today, in the company's currency.
    init(_ query: Fields, for visit: Visit) {
        let today = visit.tenant.timeZone.day(at: visit.now)
        let to = query["to"].flatMap { Day(iso: $0) } ?? today
        let from = query["from"].flatMap { Day(iso: $0) } ?? to.adding(months: -11, anchor: 1)
        (self.from, self.to) = (min(from, to), max(from, to))
        currency = query["currency"].flatMap(Currency.init) ?? visit.tenant.currency
        asOf = query["as_of"].flatMap { Day(iso: $0) }
    }

    /// The end of the `asOf` day.
    func moment(for visit: Visit) -> Instant {
        guard let asOf else { return visit.now }
        return (asOf + 1).start(in: visit.tenant.timeZone) + .milliseconds(-1)
    }

    var fields: Fields {
        Fields(["from": from.iso, "to": to.iso, "currency": currency.rawValue, "as_of": asOf?.iso])
    }
}
