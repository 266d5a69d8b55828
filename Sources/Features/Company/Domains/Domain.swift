import DNS
import Identifiers
import Time

/// A domain claimed by a company, such as `clientes.internetdelnorte.mx`. It is served once, and as long as, a DNS
/// record proves ownership.
package struct Domain: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Domain>

    package let id: ID
    package let host: String
    /// Random: whoever can put it into the DNS controls the domain.
    package let proof: String
    package let claimedAt: Instant
    package var servedSince: Instant?
    package var checkedAt: Instant?
    /// Since when the proof has been missing.
    package var lostAt: Instant?
    /// Vouched for by the operator, so that no proof is needed.
    package var isVouched = false

    /// Domains of one company: each costs DNS queries every day.
    static let most = 20
    /// The grace period for a missing proof.
    static let patience = Duration.seconds(3 * 86_400)
    /// How long a released domain is barred to other companies.
    static let quarantine = Duration.seconds(30 * 86_400)

    /// The name of the proof's TXT record.
    package var proofName: String { "_domain-proof.\(host)" }
    package var proofText: String { "domain-proof=\(proof)" }

    /// The DNS's answer about the proof.
    enum Finding: Sendable, Equatable { case present, missing, unanswered }

    /// What happens to the domain.
    enum Verdict: Sendable, Equatable { case serve, stay, found, warn, release }

    /// Decides and does nothing else.
    func verdict(on finding: Finding, at now: Instant) -> Verdict {
        switch (servedSince, finding) {
        case (nil, .present): .serve
        case (nil, _), (_, .unanswered): .stay
        case (_, .present): lostAt == nil ? .stay : .found
        case (_, .missing):
            if isVouched {
                .stay
            } else if let lostAt {
                lostAt + Self.patience <= now ? .release : .stay
            } else {
                .warn
            }
        }
    }
}

extension Domain {
    func finding(from records: TextRecords) async -> Finding {
        do {
            return try await records.records(of: proofName).contains(proofText) ? .present : .missing
        } catch {
            // A failing DNS says nothing about ownership.
            return .unanswered
        }
    }
}
