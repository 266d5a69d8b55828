import HTTP
import Locale
import Panel
import Tenancy
import Time

/// What the platform may say of a company's plan. Whatever is left empty has no limit.
struct PlanForm {
    private(set) var plan = PlatformPlan()
    private(set) var trialEndsOn: Day?
    private(set) var faults: [FormFault] = []
    /// As they were typed, also when they are no numbers and no day.
    private let texts: [String: String]

    private static var limits: [(name: String, limit: WritableKeyPath<PlatformPlan, Int?>)] {
        [("customers", \.customers), ("staff", \.staff), ("routers", \.routers)]
    }

    init(of tenant: Tenant) {
        plan = tenant.plan
        trialEndsOn = tenant.trialEndsOn
        var texts = ["trial_ends": tenant.trialEndsOn?.iso ?? ""]
        for (name, limit) in Self.limits { texts[name] = tenant.plan[keyPath: limit].map { "\($0)" } ?? "" }
        self.texts = texts
    }

    init(_ fields: Fields) throws {
        try fields.allow(["name", "customers", "staff", "routers", "trial_ends"])
        var texts: [String: String] = [:]
        plan.name = FormText.line(fields["name"], upTo: 60)
        for (name, limit) in Self.limits {
            let text = FormText.line(fields[name])
            texts[name] = text
            let number = Int(text).flatMap { (0...1_000_000).contains($0) ? $0 : nil }
            plan[keyPath: limit] = number
            if number == nil, !text.isEmpty {
                faults.append(FormFault(name: name, message: TenantWords.limitWrong.message))
            }
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
        faults.first { $0.name == name }?.message.text(for: reader)
    }
}
