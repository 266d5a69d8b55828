import API
import Access
import Declarations
import Identifiers
import Jobs
import Letters
import Panel
import Postgres

/// A room of the program: what it declares, its routes in each shell, and what it does when nobody asks.
/// Each room exports one, and `Apps/mastil` lists them.
package struct Room: Sendable {
    package typealias PanelRoutes = @Sendable (inout Panel.Routes, RoomContext) -> Void
    package typealias APIRoutes = @Sendable (inout API.Routes, RoomContext) -> Void
    package typealias Jobs = @Sendable (inout RoomJobs, RoomContext) -> Void
    package typealias Letters = @Sendable (inout LetterSender) -> Void
    package typealias Home = @Sendable (Visit) async throws -> [HomePart]
    package typealias AboutCustomer = @Sendable (Visit, UUID) async throws -> [HomePart]
    package typealias Reindex = @Sendable (TenantDatabase) async throws -> Void

    /// More than one where a room also stands for rooms below the shells.
    let declarations: [RoomDeclarations]
    /// Pages that the platform's own people have too: signing in, one's own account.
    let account: PanelRoutes
    let panel: PanelRoutes
    let portal: PanelRoutes
    let api: APIRoutes
    /// What it has on the panel's first page for somebody.
    package let homeParts: Home
    /// On the portal's first page, for the customer.
    package let portalParts: AboutCustomer
    let setup: [SetupStep]
    /// What the platform and the company itself read of its size.
    let figures: [CompanyFigure]
    let jobs: Jobs
    /// Done every night at each company.
    let nightly: [any NightlyJob.Type]
    let letters: Letters
    /// Writes down anew what can be found and what is counted.
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
