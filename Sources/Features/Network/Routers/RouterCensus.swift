import AccessProtocol
import Identifiers

/// What is on a router now: its secrets, its sessions, and which of them do not fit each other.
struct RouterCensus: Sendable, Equatable {
    let secrets: Int
    let sessions: Int
    /// Secrets with several sessions at a time.
    let shared: [Shared]
    /// Secrets without a session.
    let offline: [String]
    /// Secrets with the profile of debtors.
    let inCutProfile: [String]
    /// Those of them whose address the firewall does not drop: off line, or in since before they got the profile.
    let notListed: [String]
    /// Addresses in the list of debtors.
    let listed: Int
    /// Sessions that no secret let in.
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
