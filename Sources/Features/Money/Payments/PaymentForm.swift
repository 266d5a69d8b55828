import Access
import Customers
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Time

/// The payment form, with debt and cash filled in.
struct PaymentForm: Sendable {
    let id: Payment.ID
    let method: String
    /// As typed.
    let amount: String
    let day: String
    let reference: String
    let note: String
    let chosen: [Transaction.ID]
    let isPrinted: Bool
    /// The cash handed over, for computing the change.
    let received: String
    var faults: [(name: String, text: String)] = []
    private var money: Money?
    private var given: Money?
    private var paidOn: Day?

    init(paying owed: Money, by method: String, on today: Day, id: Payment.ID, for reader: Reader) {
        self.id = id
        self.method = method
        amount = owed.isPositive ? owed.exactText(for: reader) : ""
        day = today.iso
        (reference, note, chosen, isPrinted, received) = ("", "", [], false, "")
    }

    init(_ fields: Fields, in currency: Currency, for reader: Reader) throws {
        try fields.allow(
            ["id", "amount", "method", "day", "reference", "note", "charge", "print", "received"], repeated: ["charge"])
        id = try FormText.id(fields["id"] ?? "")
        method = FormText.line(fields["method"])
        amount = FormText.line(fields["amount"], upTo: 30)
        day = FormText.line(fields["day"])
        reference = FormText.line(fields["reference"], upTo: 60)
        note = FormText.line(fields["note"], upTo: 300)
        let charges = fields.values("charge")
        guard charges.count <= 200, Set(charges).count == charges.count else { throw BadRequest() }
        chosen = try charges.map { try FormText.id($0) }
        isPrinted = fields["print"] != nil
        received = FormText.line(fields["received"], upTo: 30)
        do throws(AmountRefusal) {
            money = try Money(typed: amount, in: currency, for: reader)
        } catch {
            faults.append(("amount", error.text(in: currency, for: reader)))
        }
        if !received.isEmpty {
            do throws(AmountRefusal) {
                given = try Money(typed: received, in: currency, for: reader)
            } catch {
                faults.append(("received", error.text(in: currency, for: reader)))
            }
            if let given, let money, given.minor < money.minor {
                faults.append(("received", PaymentWords.receivedLess.text(for: reader)))
            }
        }
        paidOn = Day(iso: day)
        if paidOn == nil { faults.append(("day", PaymentWords.dayWrong.text(for: reader))) }
    }

    /// The payment's page, with the amount received for showing the change.
    func path(of payment: Payment) -> String {
        Fields([
            "print": isPrinted && payment.state == .applied ? "80" : nil,
            "received": given.map { "\($0.minor)" },
        ]).query(of: "\(Payment.list.path)/\(payment.id)")
    }

    func payment(of customer: Customer.ID) -> NewPayment? {
        guard faults.isEmpty, let money, let paidOn else { return nil }
        return NewPayment(
            id: id, customer: customer, method: method, amount: money, day: paidOn, reference: reference, note: note,
            chosen: chosen)
    }

    func fault(_ name: String) -> String? { faults.first { $0.name == name }?.text }
}
