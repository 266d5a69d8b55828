/// A room's declarations as data: lower rooms read them through the catalogue without naming rooms above them.
package struct RoomDeclarations: Sendable {
    package let room: String
    /// Its permissions' module, if none of its pages implies one.
    let module: PermissionModule?
    package var permissions: [GrantablePermission]
    package var menu: [MenuEntry]
    package var notices: [Notice]
    package var searchKinds: [SearchKind]
    package var events: [EventKind]
    package var details: [DetailKind]
    package var letters: [LetterKind]
    package var customerTabs: [CustomerTab]
    package var portalTabs: [PortalTab]
    package var portalCards: [PortalCard]
    package var parts: [any RoomPart]

    package init(
        _ room: String, module: PermissionModule? = nil, permissions: [GrantablePermission] = [],
        menu: [MenuEntry] = [], notices: [Notice] = [],
        searchKinds: [SearchKind] = [], events: [EventKind] = [], details: [DetailKind] = [],
        letters: [LetterKind] = [], customerTabs: [CustomerTab] = [], portalTabs: [PortalTab] = [],
        portalCards: [PortalCard] = [], parts: [any RoomPart] = []
    ) {
        self.room = room
        self.module = module
        self.permissions = permissions
        self.menu = menu
        self.notices = notices
        self.searchKinds = searchKinds
        self.events = events
        self.details = details
        self.letters = letters
        self.customerTabs = customerTabs
        self.portalTabs = portalTabs
        self.portalCards = portalCards
        self.parts = parts
    }
}
