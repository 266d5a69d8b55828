import API
import Access
import Declarations
import Identifiers
import Jobs
import Letters
import Panel
import Postgres

/// A room of the program: its declarations, its routes in each shell, and its background jobs.
/// Each room exports one, and `Apps/mastil` lists them.
package struct Room: Sendable {
    package typealias PanelRoutes = @Sendable (inout Panel.Routes, RoomContext) -> Void
    package typealias APIRoutes = @Sendable (inout API.Routes, RoomContext) -> Void
    package typealias Jobs = @Sendable (inout RoomJobs, RoomContext) -> Void
    package typealias Letters = @Sendable (inout LetterSender) -> Void
    package typealias Home = @Sendable (Visit) async throws -> [HomePart]
    package typealias AboutCustomer = @Sendable (Visit, UUID) async throws -> [HomePart]
    package typealias Reindex = @Sendable (TenantDatabase) async throws -> Void

    /// Several if a room also represents rooms below the shells.
    let declarations: [RoomDeclarations]
    /// Pages shared with the platform's console: signing in, one's own account.
    let account: PanelRoutes
    let panel: PanelRoutes
    let portal: PanelRoutes
    let api: APIRoutes
    /// Its parts on the panel's first page.
    package let homeParts: Home
    /// Its parts on the portal's first page.
    package let portalParts: AboutCustomer
    let setup: [SetupStep]
    /// Measures of a company's size, shown to the platform and to the company.
    let figures: [CompanyFigure]
    let jobs: Jobs
    /// Runs every night for each company.
    let nightly: [any NightlyJob.Type]
    let letters: Letters
    /// Rebuilds the search index and the counters.
    let reindex: Reindex

    package init(
        _ declarations: RoomDeclarations..., account: @escaping PanelRoutes = { _, _ in },
        panel: @escaping PanelRoutes = { _, _ in }, portal: @escaping PanelRoutes = { _, _ in },
        api: @escaping APIRoutes = { _, _ in }, home: @escaping Home = { _ in [] },
        onPortal: @escaping AboutCustomer = { _, _ in [] },
        setup: [SetupStep] = [], figures: [CompanyFigure] = [],
        jobs: @escaping Jobs = { _, _ in },
        nightly: [any NightlyJob.Type] = [], letters: @escaping Letters = { _ in },
        reindex: @escaping Reindex = { _ in }
    ) {
        self.declarations = declarations
        self.account = account
        self.panel = panel
        self.portal = portal
        self.api = api
        homeParts = home
        portalParts = onPortal
        self.setup = setup
        self.figures = figures
        self.jobs = jobs
        self.nightly = nightly
        self.letters = letters
        self.reindex = reindex
    }
}
