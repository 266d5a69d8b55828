/// A version of RouterOS: `7.19.2 (stable)`, `6.49.10 (long-term)`, `7.1beta4`.
package struct RouterVersion: Sendable, Equatable, Comparable {
    package let major: Int
    package let minor: Int
    package let patch: Int
    /// A beta or release candidate, ordered before its release.
    package let isPreview: Bool

    package init(_ major: Int, _ minor: Int, _ patch: Int = 0, isPreview: Bool = false) {
        self.major = major
        self.minor = minor
        self.patch = patch
        self.isPreview = isPreview
    }

    package init?(_ text: String) {
        let word = text.utf8.prefix { $0 != UInt8(ascii: " ") }
        let numbers = word.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: ".") }
        let parts = numbers.split(separator: UInt8(ascii: ".")).map { digits in
            digits.count <= 5 ? Int(String(decoding: digits, as: UTF8.self)) : nil
        }
        guard (2...3).contains(parts.count), let major = parts[0], let minor = parts[1] else { return nil }
        let patch = parts.count == 3 ? parts[2] : 0
        guard let patch else { return nil }
        self.init(major, minor, patch, isPreview: numbers.count < word.count)
    }

    package static func < (left: RouterVersion, right: RouterVersion) -> Bool {
        (left.major, left.minor, left.patch, left.isPreview ? 0 : 1)
            < (right.major, right.minor, right.patch, right.isPreview ? 0 : 1)
    }
}

/// What a version supports, and how it phrases it.
package struct RouterCapabilities: Sendable, Equatable {
    package let version: RouterVersion

    package init(_ version: RouterVersion) { self.version = version }

    private func since(_ major: Int, _ minor: Int) -> Bool { version >= RouterVersion(major, minor, isPreview: true) }

    /// Before 6.43, challenge-response.
    package var takesPassword: Bool { since(6, 43) }
    package var saysEmpty: Bool { since(7, 18) }
    /// Before 7.10, `jan/31/2025`.
    package var writesISODates: Bool { since(7, 10) }
    package var hasREST: Bool { since(7, 1) }
    package var hasRESTWithoutTLS: Bool { since(7, 9) }
    /// Routes have `routing-table`, and tables must exist before a mark refers to them; before 7.0, `routing-mark`.
    package var hasRoutingTables: Bool { since(7, 0) }
    /// One row for each sensor; before 7.0, one row with a property for each.
    package var listsHealthByRow: Bool { since(7, 0) }
    /// `/user-manager`; before 7.0, `/tool/user-manager`, a different program.
    package var hasUserManager: Bool { since(7, 0) }
    package var hasWireGuard: Bool { since(7, 0) }
    package var hasCake: Bool { since(7, 0) }
    /// Exports hide secrets unless given `show-sensitive`; before 7.0, they show them unless given `hide-sensitive`.
    package var hidesSecrets: Bool { since(7, 0) }
    /// `/file/read` in chunks; before 7.13, only a file's `contents`.
    package var readsFilesInPieces: Bool { since(7, 13) }
    /// The largest file whose `contents` are returned.
    package var fileContentBytes: Int { since(7, 0) ? 60_000 : 4096 }
    package var checksMessageAuthenticators: Bool { since(7, 15) }
    /// A profile has a `queue-type` for each direction.
    package var splitsQueueTypes: Bool { since(7, 19) }
}
