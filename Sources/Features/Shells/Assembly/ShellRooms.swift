import API
import Declarations
import Events
import Feed
import Panel
import Tenancy

// The shells' own rooms, and those below them.

extension RoomDeclarations {
    static let shells = RoomDeclarations("Panel", notices: [.pinsAreFull])
}

extension Room {
    /// Signing in, the search, and list pages.
    package static let shells = Room(
        .shells, .events, .tenancy,
        account: { routes, context in
            SignInRoutes(context.signIn, context.impersonations, hasExternal: context.external != nil).add(to: &routes)
            SecondStepRoutes(context.signIn).add(to: &routes)
            AssetRoutes(directory: context.assets).add(to: &routes)
            PreferenceRoutes.add(to: &routes)
        },
        panel: { routes, context in
            ExternalRoutes(context.external).add(to: &routes)
            ImpersonationRoutes(context.impersonations, randomness: context.randomness).add(to: &routes)
            ListRoutes.add(to: &routes)
            SettingsHub.add(to: &routes)
            SearchRoutes.add(to: &routes)
        },
        jobs: { jobs, _ in jobs.add(ForgetIdempotencyKeys.self) { try await $0.run(in: $1) } },
        nightly: [ForgetIdempotencyKeys.self])

    package static let feed = Room(
        .feed, panel: { routes, context in FeedRoutes(context.liveUpdates).add(to: &routes) },
        api: { routes, context in FeedRoutes(context.liveUpdates).add(to: &routes) })
}
