import Access
import Assembly
import Identifiers
import Locale
import Panel
import Tenancy
import Time

/// On the first page: how many services will be cut in the next days unless somebody pays.
enum CollectionHome {
    /// So many accounts are looked at; a page must not wait for more.
    private static let mostAccounts = 1000

    static func parts(for visit: Visit) async throws -> [HomePart] {
        guard visit.may(.collectionView) else { return [] }
        let toCut = try await count(for: visit)
        return [
            HomePart(.top, 20, try await CollectionBanner(for: visit)),
            HomePart(
                .tile, 34,
                Tile(
                    CollectionWords.toCut.text(for: visit.reader),
                    toCut.number.text(for: visit.reader) + (toCut.isWhole ? "" : "+"),
                    path: "\(DebtorRoutes.path)?list=\(DebtorRoutes.Tab.toCut.rawValue)",
                    mark: toCut.number > 0 ? "suspended" : "",
                    note: CollectionWords.inDays.text(for: visit.reader, .number("number", DebtorRoutes.days)))),
        ]
    }

    private static func count(for visit: Visit) async throws -> (number: Int, isWhole: Bool) {
        let view = try await CollectionView(of: visit.tenant, at: visit.now, in: visit.database)
        var (number, accounts, isWhole) = (0, Set<UUID>(), true)
        try await view.forEachPage { page in
            for facts in page {
                accounts.insert(facts.customer.uuid)
                if view.willCut(facts, within: DebtorRoutes.days) { number += 1 }
            }
            isWhole = accounts.count < mostAccounts
            return !isWhole
        }
        return (number, isWhole)
    }
}

extension CollectionView {
    func willCut(_ facts: CollectionFacts, within days: Int) -> Bool {
        simulation(of: facts, through: day + days).decisions.contains(where: \.cuts)
    }
}
