import Billing
import Customers
import Ledger
import Locale
import Tenancy

extension Posting {
    /// A fee's postings. The announced amount includes the company's taxes.
    static func fee(
        _ fee: Money, of kind: String, to customer: Customer.ID, taxedBy company: Taxes
    ) throws(MoneyError) -> [Posting] {
        var (postings, net) = ([Posting(.receivable(customer), fee)], fee)
        if company.rate.hundredths > 0 {
            let rate = Percentage(millionths: Int64(company.rate.hundredths) * 100)
            let tax = Tax(company.name.isEmpty ? "IVA" : company.name, rate)
            let line = try TaxedLine(fee, TaxTreatment([tax], included: true))
            for sum in try InvoiceTotals([line], in: fee.currency).taxes where !sum.amount.isZero {
                postings.append(Posting(.tax(sum.tax.name), try -sum.amount))
                net = try net - sum.amount
            }
        }
        return postings + [Posting(.income(kind), try -net)]
    }
}
