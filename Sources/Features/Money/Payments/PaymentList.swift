import Access
import HTTP
import Identifiers
import Locale
import Nouns
import Postgres
import Time

/// Which payments a list shows: all of it stands in the address.
struct PaymentList: Sendable {
    struct Place: Sendable {
        let microseconds: Int64
        let payment: Payment.ID
    }

    static let path = "/panel/payments"
    static let length = 50

    private(set) var state: Payment.State?
    private(set) var method: String?
    /// Only those that subscribers sent a picture with.
    private(set) var hasEvidence = false
    private(set) var from: Day?
    private(set) var to: Day?
    /// A receipt's number or a reference.
    private(set) var text = ""
    private var folio: NewPayment.Folio?
    private(set) var place: Place?

    init(_ query: Fields) throws(RequestError) {
        state = query["state"].flatMap(Payment.State.init)
        method = query["method"].flatMap { $0.isEmpty ? nil : FormText.line($0, upTo: 30) }
        hasEvidence = query["evidence"] == "yes"
        from = query["from"].flatMap { Day(iso: $0) }
        to = query["to"].flatMap { Day(iso: $0) }
        text = FormText.line(query["q"], upTo: 60)
        folio = NewPayment.Folio(printed: text)
        guard let after = query["after"] else { return }
        let parts = after.split(separator: "_")
        guard parts.count == 2, let moment = Int64(parts[0]), Self.moments.contains(moment),
            let payment = Payment.ID(String(parts[1]))
        else {
            throw .malformed("The place cannot be read.")
        }
        place = Place(microseconds: moment, payment: payment)
    }

    /// Those that a payment can have been made at; what lies outside cannot be reckoned with.
    private static let moments = 0...4_102_444_800_000_000 as ClosedRange<Int64>

    var isFiltered: Bool {
        state != nil || method != nil || hasEvidence || from != nil || to != nil || !text.isEmpty
    }

    var address: String {
        Fields([
            "state": state?.rawValue, "method": method, "evidence": hasEvidence ? "yes" : nil, "from": from?.iso,
            "to": to?.iso,
            "q": text.isEmpty ? nil : text, "after": place.map { "\($0.microseconds)_\($0.payment)" },
        ]).query(of: Self.path)
    }

    var start: PaymentList {
        var list = self
        list.place = nil
        return list
    }

    func following(_ payment: Payment) -> PaymentList {
        var list = self
        list.place = Place(microseconds: payment.madeAt.microseconds, payment: payment.id)
        return list
    }

    var restriction: SQL {
        let state: SQL = state.map { "AND p.state = \($0.rawValue)" } ?? .nothing
        let method: SQL = method.map { "AND p.method = \($0)" } ?? .nothing
        let from: SQL = from.map { "AND p.day >= \($0)" } ?? .nothing
        let to: SQL = to.map { "AND p.day <= \($0)" } ?? .nothing
        // Digits alone may be a reference or a receipt's number.
        let reference = NewPayment.comparable(text)
        let number = Int(text) ?? folio?.number ?? 0
        let ofSeries: SQL = folio.map { "AND p.series = \($0.series)" } ?? .nothing
        let text: SQL =
            text.isEmpty
            ? .nothing
            : "AND (p.reference = \(reference) AND p.reference <> '' OR p.number = \(number) \(ofSeries))"
        let evidence: SQL =
            hasEvidence
            ? """
            AND EXISTS (
                SELECT FROM payment_evidence e WHERE e.tenant_id = p.tenant_id AND e.payment_id = p.payment_id)
            """ : .nothing
        return "\(state) \(method) \(evidence) \(from) \(to) \(text)"
    }

    var position: SQL {
        guard let place else { return .nothing }
        return "AND (p.made_at, p.payment_id) < (\(Instant(microseconds: place.microseconds)), \(place.payment))"
    }
}
