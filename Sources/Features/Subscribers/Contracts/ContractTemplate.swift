import Access
import Events
import Identifiers
import Locale
import Postgres
import Tenancy
import Time

/// The text of an ISP's contracts: un modelo. Changing it publishes a new version; existing contracts keep theirs.
struct ContractTemplate: Sendable, Equatable {
    let version: Int
    let text: String
    let madeAt: Instant
    let madeBy: String

    static let longest = 40_000
    static let mostLines = 1500

    /// What the author must correct, if anything.
    static func fault(in text: String) -> TemplateFault? {
        guard !text.isEmpty else { return .missing }
        guard text.unicodeScalars.count <= longest, text.lineCount <= mostLines else { return .tooLong }
        let template = TemplateText(text)
        if let unknown = template.unknown.first { return .unknown(unknown) }
        return template.uses(.conditions) ? nil : .withoutConditions
    }

    /// `seen` is the version that the author started from, so that a concurrent version is not silently replaced.
    static func publish(
        _ text: String, after revision: Int, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            let version = try await database.takeNumber(of: "contract_template")
            let last = try await database.contractTemplate()
            guard last?.version ?? 0 == revision else { throw ContractRefusal.templateChanged }
            guard last?.text != text else { throw ContractRefusal.templateUnchanged }
            let template = ContractTemplate(
                version: version, text: text, madeAt: principal.now, madeBy: principal.actor.name)
            try await database.insert(template)
            try await database.record(
                Act(
                    .contractTemplatePublished,
                    Act.Subject("contract_template", database.tenant.uuid, named: "\(version)"),
                    after: [Act.Detail("version", "\(version)")]),
                by: principal.actor, at: principal.now)
        }
    }
}

enum TemplateFault: Sendable, Equatable {
    case missing, tooLong
    /// An unknown placeholder in braces.
    case unknown(String)
    case withoutConditions

    func text(for reader: Reader) -> String {
        switch self {
        case .missing: ContractWords.textMissing.text(for: reader)
        case .tooLong:
            ContractWords.textTooLong
                .text(
                    for: reader, .number("most", ContractTemplate.longest), .number("lines", ContractTemplate.mostLines)
                )
        case .unknown(let word): ContractWords.unknownBlank.text(for: reader, .text("blank", word))
        case .withoutConditions:
            ContractWords.conditionsNotInText.text(for: reader, .text("blank", Placeholder.conditions.text))
        }
    }
}

extension TenantDatabase {
    /// The current version, or the given one.
    func contractTemplate(_ version: Int? = nil) async throws(DatabaseError) -> ContractTemplate? {
        let version: SQL = version.map { "AND version = \($0)" } ?? .nothing
        return try await first(
            """
            SELECT version, text, made_at, made_by FROM contract_templates WHERE tenant_id = \(tenant) \(version)
            ORDER BY version DESC LIMIT 1
            """)
    }

    /// Newest first.
    func contractTemplates() async throws(DatabaseError) -> [ContractTemplate] {
        try await rows(
            """
            SELECT version, '' AS text, made_at, made_by FROM contract_templates WHERE tenant_id = \(tenant)
            ORDER BY version DESC LIMIT 200
            """)
    }

    fileprivate func insert(_ template: ContractTemplate) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO contract_templates (tenant_id, version, text, made_at, made_by)
            VALUES (\(tenant), \(template.version), \(template.text), \(template.madeAt), \(template.madeBy))
            """)
    }
}

extension ContractTemplate: RowReadable {
    init(row: Row) throws(DatabaseError) {
        version = try row.read("version")
        text = try row.read("text")
        madeAt = try row.read("made_at")
        madeBy = try row.read("made_by")
    }
}
