import Access
import Events
import JSON
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// How far a company's bot asks a language model about what it did not understand. It needs none.
package struct AssistantSettings: Sendable, Equatable {
    package var isOn = false
    /// What the company has its customers told, beside the product's own prompt.
    package var instructions = ""
    package var perDay = 15
    /// A month's, in cents of a dollar: providers charge in dollars.
    package var budget = Money(minor: 1000, .usd)
    /// Counts the company's instructions; each question keeps the number it was asked with.
    package internal(set) var version = 0

    package init() {}
}

extension AssistantSettings: Fielded {
    package static let noun = "AssistantSettings"

    package static let fields: [Field<AssistantSettings>] = [
        .flag("is_on", \.isOn, AssistantWords.isOn.message),
        .lines("instructions", \.instructions, 0...3000, AssistantWords.instructions.message)
            .hint(AssistantWords.instructionsHint.message),
        .count("per_day", \.perDay, 1...200, AssistantWords.perDay.message),
        .money("budget", \.budget, isRequired: true, AssistantWords.budget.message)
            .hint(AssistantWords.budgetHint.message),
    ]
}

extension AssistantSettings: JSONWritable {
    package func write(to json: inout JSONWriter) { json.object { $0.fields(of: self) } }
}

extension AssistantSettings {
    package func put(by principal: Principal, in database: TenantDatabase) async throws {
        var settings = self
        try await database.transaction { database in
            let before = try await database.assistantSettings(locked: true)
            guard let act = Act.change(.assistantChanged, nil, from: before.details(), to: settings.details()) else {
                return
            }
            settings.version = before.version
            if settings.instructions != before.instructions || before.version == 0 {
                settings.version = before.version + 1
                try await database.execute(
                    """
                    INSERT INTO assistant_prompts (tenant_id, version, instructions, actor, made_at)
                    VALUES (
                        \(database.tenant), \(Int32(clamping: settings.version)), \(settings.instructions),
                        \(principal.actor.name), \(principal.now))
                    """)
            }
            try await database.execute(
                """
                INSERT INTO assistant_settings (tenant_id, is_on, per_day, budget, prompt_version)
                VALUES (
                    \(database.tenant), \(settings.isOn), \(Int32(clamping: settings.perDay)), \(settings.budget.minor),
                    \(Int32(clamping: settings.version)))
                ON CONFLICT (tenant_id) DO UPDATE SET is_on = excluded.is_on, per_day = excluded.per_day,
                    budget = excluded.budget, prompt_version = excluded.prompt_version
                """)
            try await database.record(act, by: principal.actor, at: principal.now)
        }
    }
}

extension TenantDatabase {
    package func assistantSettings(locked: Bool = false) async throws(DatabaseError) -> AssistantSettings {
        try await first(
            """
            SELECT s.is_on, s.per_day, s.budget, s.prompt_version, p.instructions
            FROM assistant_settings s
            JOIN assistant_prompts p ON p.tenant_id = s.tenant_id AND p.version = s.prompt_version
            WHERE s.tenant_id = \(tenant) \(locked ? .forUpdate(of: "s") : .nothing)
            """) ?? AssistantSettings()
    }
}

extension AssistantSettings: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        isOn = try row.read("is_on")
        let (perDay, version): (Int32, Int32) = (try row.read("per_day"), try row.read("prompt_version"))
        (self.perDay, self.version) = (Int(perDay), Int(version))
        budget = Money(minor: try row.read("budget"), .usd)
        instructions = try row.read("instructions")
    }
}
