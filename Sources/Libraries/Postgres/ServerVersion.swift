/// The oldest server versions without known holes in row-level security.
enum ServerVersion {
    static let holes = "CVE-2023-2455, CVE-2023-39418, CVE-2024-10976 and CVE-2025-8713"

    /// Why the server's version is unsupported, as a sentence; nil when it is supported.
    static func objection(to version: Int32) -> String? {
        let oldest = oldest(of: version / 10000)
        guard version < oldest else { return nil }
        return "PostgreSQL \(name(version)) is too old: \(name(oldest)) or newer is needed, "
            + "because older ones can show a row to the wrong tenant (\(holes))."
    }

    private static func oldest(of major: Int32) -> Int32 {
        switch major {
        case 16: 160_010
        case 17: 170_006
        default: 150_014
        }
    }

    private static func name(_ version: Int32) -> String { "\(version / 10000).\(version % 10000)" }
}
