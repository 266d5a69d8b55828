import AccessProtocol
import Identifiers

/// A router's secrets and sessions now, and those that do not match.
struct RouterCensus: Sendable, Equatable {
    let secrets: Int
    let sessions: Int
    /// Secrets used by several sessions at once.
    let shared: [Shared]
    /// Secrets without a session.
    let offline: [String]
    /// Secrets with the debtors' profile.
    let inCutProfile: [String]
    /// Those whose address the firewall does not drop: offline, or online since before the profile changed.
    let notListed: [String]
    /// Addresses in the debtors' list.
    let listed: Int
    /// Sessions without a secret.
    let withoutSecret: [String]

    struct Shared: Sendable, Equatable {
        let login: String
        let sessions: Int
    }

    init(_ observed: ObservedAccess, cutProfile: String) {
        secrets = observed.accounts.values.reduce(0) { $0 + $1.count }
        sessions = observed.sessions.values.reduce(0) { $0 + $1.count }
        shared = observed.sessions.filter { $0.value.count > 1 }
            .map { Shared(login: $0.key, sessions: $0.value.count) }
            .sorted { ($1.sessions, $0.login) < ($0.sessions, $1.login) }
        offline = observed.accounts.keys.filter { observed.sessions[$0] == nil }.sorted()
        inCutProfile = observed.accounts.filter { $0.value.contains { $0.profile == cutProfile } }.keys.sorted()
        let dropped = Set(observed.listed.map(\.address)).union(observed.listedByRouter)
        listed = dropped.count
        notListed = inCutProfile.filter { login in
            !(observed.sessions[login] ?? []).contains { session in session.address.map(dropped.contains) ?? false }
        }
        withoutSecret = observed.sessions.keys.filter { observed.accounts[$0] == nil }.sorted()
    }
}
