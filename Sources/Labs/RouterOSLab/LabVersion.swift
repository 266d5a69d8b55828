/// The version of RouterOS that the lab simulates.
package struct LabVersion: Sendable, Comparable, CustomStringConvertible {
    package let major: Int
    package let minor: Int
    package let patch: Int

    package init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { $0.count <= 4 ? Int($0) : nil }
        guard (2...3).contains(parts.count), let major = parts[0], let minor = parts[1] else { return nil }
        guard major >= 0, minor >= 0, let patch = parts.count == 3 ? parts[2] : 0, patch >= 0 else { return nil }
        self.init(major, minor, patch)
    }

    package var description: String { patch == 0 ? "\(major).\(minor)" : "\(major).\(minor).\(patch)" }

    package static func < (left: LabVersion, right: LabVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    func since(_ major: Int, _ minor: Int) -> Bool { self >= LabVersion(major, minor) }

    var takesPassword: Bool { since(6, 43) }
    var saysEmpty: Bool { since(7, 18) }
    var writesISODates: Bool { since(7, 10) }
    var hidesSecrets: Bool { since(7, 0) }
    var readsFilesInPieces: Bool { since(7, 13) }
    var fileContentBytes: Int { since(7, 0) ? 60_000 : 4096 }
    var badLogin: String { since(6, 43) ? "invalid user name or password (6)" : "cannot log in" }
    var channel: String { since(7, 0) ? "stable" : "long-term" }
}
