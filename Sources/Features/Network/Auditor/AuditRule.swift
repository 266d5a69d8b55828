import Locale
import Nouns

/// A rule of the audit: a fault that costs providers money and nights.
package enum AuditRule: String, CaseIterable, Sendable {
    case onUpScript = "AUD-01"
    case openInput = "AUD-02"
    case scriptPolicy = "AUD-03"
    case balancingOff = "AUD-04"
    case movedSubnet = "AUD-05"
    case silentGateway = "AUD-06"
    case mangleOff = "AUD-07"
    case queueMissing = "AUD-08"
    case staleRoute = "AUD-09"
    case wrongDivisor = "AUD-10"
    case publicLAN = "AUD-11"
    case deadWAN = "AUD-12"
    case poolFull = "AUD-13"
    case brokenMail = "AUD-14"
    case debtorsOnline = "AUD-15"

    package enum Severity: String, FieldChoice, Comparable {
        case critical, high, medium, low

        package var message: Message {
            switch self {
            case .critical: Message(es: "Crítico", en: "Critical", pt: "Crítico")
            case .high: Message(es: "Alta", en: "High", pt: "Alta")
            case .medium: Message(es: "Media", en: "Medium", pt: "Média")
            case .low: Message(es: "Baja", en: "Low", pt: "Baixa")
            }
        }

        package var tone: Tone {
            switch self {
            case .critical, .high: .bad
            case .medium: .warning
            case .low: .quiet
            }
        }

        private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
        package static func < (left: Severity, right: Severity) -> Bool { left.place < right.place }

        /// The percentage of the score that remains after one such finding.
        var left: Int {
            switch self {
            case .critical: 85
            case .high: 91
            case .medium: 95
            case .low: 97
            }
        }
    }

    package var severity: Severity {
        switch self {
        case .onUpScript, .openInput, .scriptPolicy, .balancingOff: .critical
        case .movedSubnet, .silentGateway: .high
        case .mangleOff, .queueMissing, .staleRoute: .medium
        case .wrongDivisor, .publicLAN, .deadWAN, .poolFull, .brokenMail, .debtorsOnline: .low
        }
    }
}

/// The result of a router's audit.
struct Audit: Sendable, Equatable {
    let findings: [AuditFinding]
    let concerns: [UpgradeConcern]

    init(_ router: RouterUnderAudit) {
        findings = AuditRule.allCases.flatMap { $0.findings(at: router) }
        concerns = UpgradeConcern.all(of: router)
    }

    /// Out of a hundred. Further findings of a rule cost little: they share one cause.
    static func score(_ rules: [AuditRule]) -> Int {
        var score = 10_000
        for (rule, count) in Dictionary(grouping: rules, by: \.self).mapValues(\.count) {
            score = score * rule.severity.left / 100
            score -= min(300, (count - 1) * 50)
        }
        return max(0, score / 100)
    }
}
