import RouterScripts

/// One rule's finding on a router.
struct AuditFinding: Sendable, Equatable {
    let rule: AuditRule
    /// What it concerns: a WAN, a script, a pool. With the rule, it identifies the finding from night to night.
    let subject: String
    let found: String
    let wanted: String
    /// The fix, where it needs no decision.
    let changes: [ConfigurationChange]
    /// Commands for a person to complete, where the router does not tell enough.
    let advice: [String]

    init(
        _ rule: AuditRule, _ subject: String = "", found: String = "", wanted: String = "",
        changes: [ConfigurationChange] = [], advice: [String] = []
    ) {
        (self.rule, self.subject, self.found, self.wanted) = (rule, subject, found, wanted)
        (self.changes, self.advice) = (changes, advice)
    }

    var isApplicable: Bool { !changes.isEmpty }
    var commands: [String] { changes.isEmpty ? advice : changes.map(\.command.text) }
    /// In reverse order.
    var undo: [String] { changes.reversed().compactMap { $0.undo?.text } }
}
