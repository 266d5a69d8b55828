import Locale
import Postgres
import Tenancy

/// A measure of a company's size for the platform; a plan may limit it.
package struct CompanyFigure: Sendable {
    package let words: Message
    let limit: @Sendable (PlatformPlan) -> Int?
    let count: @Sendable (TenantDatabase) async throws -> Int

    package init(
        _ words: Message, limit: @escaping @Sendable (PlatformPlan) -> Int? = { _ in nil },
        count: @escaping @Sendable (TenantDatabase) async throws -> Int
    ) {
        self.words = words
        self.limit = limit
        self.count = count
    }

    package struct Counted: Sendable {
        package let words: Message
        package let count: Int
        package let limit: Int?

        /// "80 de 100", or "80, sin límite".
        package func text(for reader: Reader) -> String {
            guard let limit else { return CompanyFigureWords.unlimited.text(for: reader, .number("used", count)) }
            return CompanyFigureWords.limited.text(for: reader, .number("used", count), .number("most", limit))
        }
    }
}

extension [CompanyFigure] {
    package func counted(of tenant: Tenant, in database: TenantDatabase) async throws -> [CompanyFigure.Counted] {
        var counted: [CompanyFigure.Counted] = []
        for figure in self {
            counted.append(
                CompanyFigure.Counted(
                    words: figure.words, count: try await figure.count(database), limit: figure.limit(tenant.plan)))
        }
        return counted
    }
}

enum CompanyFigureWords: MessageCatalogue {
    case limited, unlimited

    var message: Message {
        switch self {
        case .limited: Message(es: "{used} de {most}", en: "{used} of {most}", pt: "{used} de {most}")
        case .unlimited: Message(es: "{used}, sin límite", en: "{used}, no limit", pt: "{used}, sem limite")
        }
    }
}
