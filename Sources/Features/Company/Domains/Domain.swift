import DNS
import Identifiers
import Time

/// A name that a company says is its own, such as `clientes.internetdelnorte.mx`. It answers there once the DNS shows
/// that it is, and for as long as it does.
package struct Domain: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Domain>

    package let id: ID
    package let host: String
    /// Random; whoever can put it into the name's DNS rules over the name.
    package let proof: String
    package let claimedAt: Instant
    package var servedSince: Instant?
    package var checkedAt: Instant?
    /// Since when the proof has been missing.
    package var lostAt: Instant?
    /// The operator knows whose it is: nothing has to be shown.
    package var isVouched = false

    /// A company has so many at most: each costs look-ups every day.
    static let most = 20
    /// A proof that is missing for so long ends the name.
    static let patience = Duration.seconds(3 * 86_400)
    /// A name that somebody had is nobody else's for so long.
    static let quarantine = Duration.seconds(30 * 86_400)

    /// Where the proof is to stand.
    package var proofName: String { "_domain-proof.\(host)" }
    package var proofText: String { "domain-proof=\(proof)" }

    /// What the DNS said of the proof.
    enum Finding: Sendable, Equatable { case present, missing, unanswered }

    /// What becomes of the name.
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
            // The DNS had trouble of its own; whose the name is did not change by that.
            return .unanswered
        }
    }
}
