import Access
import HTTP
import Locale
import Nouns
import Panel
import Tenancy
import Time

/// The form of a company's plan. Empty limits are unlimited.
struct PlanForm {
    private(set) var plan = PlatformPlan()
    private(set) var trialEndsOn: Day?
    private(set) var faults: [FormFault] = []
    /// The price's error, with an example.
    private(set) var priceFault: String?
    /// The currency of the price, also of one not yet entered.
    private(set) var currency: Currency
    /// As typed, even when invalid.
    private let texts: [String: String]

    private static var limits: [(name: String, limit: WritableKeyPath<PlatformPlan, Int?>)] {
        [("customers", \.customers), ("staff", \.staff), ("routers", \.routers)]
    }

    /// Prices default to the platform's own currency.
    init(of tenant: Tenant, in usual: Currency, for reader: Reader) {
        plan = tenant.plan
        currency = plan.price?.currency ?? usual
        trialEndsOn = tenant.trialEndsOn
        var texts = [
            "trial_ends": tenant.trialEndsOn?.iso ?? "",
            "price": plan.price.map { String($0.exactText(for: reader).drop { !$0.isNumber }) } ?? "",
        ]
        for (name, limit) in Self.limits { texts[name] = tenant.plan[keyPath: limit].map { "\($0)" } ?? "" }
        self.texts = texts
    }

    /// For a new company.
    init(in usual: Currency, trialEndsOn day: Day?) {
        currency = usual
        trialEndsOn = day
        texts = ["trial_ends": day?.iso ?? ""]
    }

    static let names: Set<String> = [
        "plan", "customers", "staff", "routers", "price", "price_currency", "cycle", "trial_ends",
    ]

    init(_ fields: Fields, for reader: Reader) throws {
        guard let currency = Currency(rawValue: fields["price_currency"] ?? ""),
            let cycle = PlatformPlan.Cycle(rawValue: fields["cycle"] ?? "")
        else { throw BadRequest() }
        self.currency = currency
        plan.cycle = cycle
        var texts: [String: String] = [:]
        plan.name = FormText.line(fields["plan"], upTo: 60)
        for (name, limit) in Self.limits {
            let text = FormText.line(fields[name])
            texts[name] = text
            let number = Int(text).flatMap { (0...1_000_000).contains($0) ? $0 : nil }
            plan[keyPath: limit] = number
            if number == nil, !text.isEmpty {
                faults.append(FormFault(name: name, message: TenantWords.limitWrong.message))
            }
        }
        let price = FormText.line(fields["price"], upTo: 30)
        texts["price"] = price
        do throws(AmountRefusal) {
            if !price.isEmpty { plan.price = try Money(typed: price, in: currency, for: reader) }
            if plan.price?.isNegative == true { throw .notANumber }
        } catch {
            priceFault = error.text(in: currency, for: reader)
        }
        let day = FormText.line(fields["trial_ends"])
        texts["trial_ends"] = day
        trialEndsOn = Day(iso: day)
        if trialEndsOn == nil, !day.isEmpty {
            faults.append(FormFault(name: "trial_ends", message: TenantWords.dayWrong.message))
        }
        self.texts = texts
    }

    func text(_ name: String) -> String { texts[name] ?? "" }

    func fault(_ name: String, for reader: Reader) -> String? {
        name == "price" ? priceFault : faults.first { $0.name == name }?.message.text(for: reader)
    }

    var isSound: Bool { faults.isEmpty && priceFault == nil }

    func errors(for reader: Reader) -> [(String, String)] {
        faults.map { ($0.name, $0.message.text(for: reader)) } + (priceFault.map { [("price", $0)] } ?? [])
    }
}
