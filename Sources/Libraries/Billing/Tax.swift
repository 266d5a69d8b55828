import Locale

/// A sales tax, such as IVA at 16 %.
package struct Tax: Hashable, Sendable {
    /// The name on invoices.
    package let name: String
    package let rate: Percentage

    package init(_ name: String, _ rate: Percentage) { (self.name, self.rate) = (name, rate) }
}

/// The taxes on a line, and whether its price includes them. No taxes means exempt.
package struct TaxTreatment: Hashable, Sendable {
    package let taxes: [Tax]
    package let isIncluded: Bool

    package init(_ taxes: [Tax], included: Bool) { (self.taxes, isIncluded) = (taxes, included) }

    package static let exempt = TaxTreatment([], included: true)
}

/// An invoice line with its taxes.
package struct TaxedLine: Hashable, Sendable {
    package let net: FineAmount
    /// In the order of the treatment's taxes.
    package let taxes: [LineTax]
    package let gross: FineAmount

    package struct LineTax: Hashable, Sendable {
        package let tax: Tax
        package let amount: FineAmount
    }

    /// `amount` is the agreed price: with the taxes, or without.
    package init(_ amount: Money, _ treatment: TaxTreatment) throws(MoneyError) {
        let agreed = try FineAmount(amount)
        let rates = try Self.sum(treatment.taxes)
        let net = treatment.isIncluded ? try agreed.times(whole, over: whole + rates) : agreed
        var taxes: [LineTax] = []
        var gross = net
        for (index, tax) in treatment.taxes.enumerated() {
            // The last tax takes the remainder of an agreed amount, so that the line is exactly that amount.
            let isLast = treatment.isIncluded && index == treatment.taxes.count - 1
            let amount = isLast ? try agreed - gross : try net.times(tax.rate.millionths, over: whole)
            taxes.append(LineTax(tax: tax, amount: amount))
            gross = try gross + amount
        }
        (self.net, self.taxes, self.gross) = (net, taxes, gross)
    }

    private static func sum(_ taxes: [Tax]) throws(MoneyError) -> Int64 {
        var sum: Int64 = 0
        for tax in taxes {
            guard 0...whole ~= tax.rate.millionths, sum <= whole else { throw .tooLarge }
            sum += tax.rate.millionths
        }
        return sum
    }
}

/// An invoice's totals in payable amounts. `net` and the taxes sum to the exact total; `rounding` is the adjustment to
/// whole pesos where nobody pays centavos.
package struct InvoiceTotals: Sendable, Equatable {
    package let net: Money
    /// One for each tax and rate, the highest rate first, with its taxable base.
    package let taxes: [TaxTotal]
    package let rounding: Money
    package let total: Money

    package struct TaxTotal: Sendable, Equatable {
        package let tax: Tax
        package let base: FineAmount
        package let amount: Money
    }

    /// Summed with six decimals and rounded once. The rounding remainder goes to the parts that lost most, so that the
    /// invoice adds up to the cent.
    package init(_ lines: [TaxedLine], in currency: Currency) throws(MoneyError) {
        var net = FineAmount(millionths: 0, currency)
        var sums: [(tax: Tax, base: FineAmount, amount: FineAmount)] = []
        for line in lines {
            net = try net + line.net
            for part in line.taxes {
                if let known = sums.firstIndex(where: { $0.tax == part.tax }) {
                    sums[known].base = try sums[known].base + line.net
                    sums[known].amount = try sums[known].amount + part.amount
                } else {
                    sums.append((part.tax, line.net, part.amount))
                }
            }
        }
        sums.sort { ($1.tax.rate, $0.tax.name) < ($0.tax.rate, $1.tax.name) }
        let exact = [Int128(net.millionths)] + sums.map { Int128($0.amount.millionths) }
        let parts = try apportioned(exact, over: Int128(1_000_000 / currency.minorPerUnit))
        let amounts = parts.map { Money(minor: $0, currency) }
        let sum = try Money.sum(of: amounts, in: currency)
        total = try sum.rounded(.halfAwayFromZero)
        guard total.isWithinBounds else { throw .tooLarge }
        self.net = amounts[0]
        taxes = zip(sums, amounts.dropFirst()).map { TaxTotal(tax: $0.tax, base: $0.base, amount: $1) }
        rounding = try total - sum
    }
}
