import Access
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import PlatformBilling
import Time

/// The form for registering a payment.
struct PaymentForm {
    let form: UUID
    let currency: Currency
    let method: PaymentMethod
    let reference: String
    /// As typed.
    let amount: String
    let day: String
    private(set) var amountFault: String?
    private(set) var dayFault: String?
    private(set) var payment: PlatformPayment?

    init(paying owed: Money?, in currency: Currency, on today: Day, form: UUID, for reader: Reader) {
        self.form = form
        self.currency = currency
        (method, reference) = (.transfer, "")
        amount = owed?.exactText(for: reader) ?? ""
        day = today.iso
    }

    init(_ fields: Fields, on today: Day, for reader: Reader) throws {
        try fields.allow(["form", "amount", "currency", "day", "method", "reference"])
        guard let form = UUID(fields["form"] ?? ""), let currency = Currency(rawValue: fields["currency"] ?? ""),
            let method = PaymentMethod(rawValue: fields["method"] ?? "")
        else { throw BadRequest() }
        (self.form, self.currency, self.method) = (form, currency, method)
        reference = FormText.line(fields["reference"])
        amount = FormText.line(fields["amount"], upTo: 30)
        day = FormText.line(fields["day"])
        var money: Money?
        do throws(AmountRefusal) {
            let typed = try Money(typed: amount, in: currency, for: reader)
            guard typed.isPositive else { throw .notANumber }
            money = typed
        } catch {
            amountFault = error.text(in: currency, for: reader)
        }
        let paidOn = Day(iso: day)
        if paidOn == nil {
            dayFault = TenantWords.dayWrong.text(for: reader)
        } else if let paidOn, paidOn > today || paidOn < today - Self.oldest {
            dayFault = BillingConsoleWords.dayFarOff.text(for: reader)
        }
        if let money, let paidOn, dayFault == nil {
            payment = PlatformPayment(amount: money, day: paidOn, method: method, reference: reference, form: form)
        }
    }

    /// How far back, in days, a payment may be dated; anything older is a typing error.
    private static let oldest = 731

    var errors: [(String, String)] {
        [("amount", amountFault), ("day", dayFault)].compactMap { name, fault in fault.map { (name, $0) } }
    }
}
