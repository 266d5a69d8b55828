import RouterScripts

/// What a rule found at one thing of a router.
struct AuditFinding: Sendable, Equatable {
    let rule: AuditRule
    /// The thing: a WAN, a script, a pool. With the rule it says which finding this is from one night to the next.
    let subject: String
    let found: String
    let wanted: String
    /// What would mend it without anybody deciding anything.
    let changes: [ConfigurationChange]
    /// Commands for a person to finish, where something has to be known that no router says.
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
    /// Backwards.
    var undo: [String] { changes.reversed().compactMap { $0.undo?.text } }
}
