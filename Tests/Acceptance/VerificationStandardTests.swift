import Glibc
import TestSupport
import Testing

/// `asvs.csv` has each requirement of OWASP's ASVS 5.0 of levels 1 and 2, with what shows that it is kept or why it
/// does not apply.
@Suite struct VerificationStandardTests {
    private struct Row {
        let requirement: String
        let test: String
        let reason: String

        init(_ line: Substring) throws {
            var cells: [String] = []
            var isQuoted = false
            var cell = ""
            for character in line {
                switch character {
                case "\"": isQuoted.toggle()
                case "," where !isQuoted:
                    cells.append(cell)
                    cell = ""
                default: cell.append(character)
                }
            }
            cells.append(cell)
            guard cells.count == 4 else { throw Failed("Not four cells: \(line)") }
            (requirement, test, reason) = (cells[0], cells[2], cells[3])
        }
    }

    /// How many requirements of levels 1 and 2 each chapter has.
    private static let counts = [
        1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13,
        16: 16,
        17: 7,
    ]

    private static func text(_ path: String) throws -> String {
        guard let file = fopen("\(Programs.root)/\(path)", "r") else { throw Failed("There is no \(path)") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `every requirement has a test that is there, or a reason`() throws {
        let rows = try Self.text("Tests/Acceptance/asvs.csv").split(separator: "\n").dropFirst().map(Row.init)
        #expect(Set(rows.map(\.requirement)).count == rows.count)
        let chapters = Dictionary(grouping: rows) { Int($0.requirement.prefix { $0 != "." }) ?? 0 }
        #expect(chapters.mapValues(\.count) == Self.counts)
        for row in rows {
            #expect(row.test.isEmpty != row.reason.isEmpty, "\(row.requirement)")
            guard !row.test.isEmpty else { continue }
            let parts = row.test.split(separator: ": ", maxSplits: 1)
            try #require(parts.count == 2, "\(row.requirement)")
            #expect(try Self.text(String(parts[0])).contains(parts[1]), "\(row.requirement)")
        }
    }
}
