import Documents
import Identifiers
import Images
import Loop
import TestSupport
import Testing
import Time

@testable import Sandbox

/// What strangers send is drawn or refused: neither this process nor another tenant's picture suffers.
@Suite(.serialized) struct HostileFileTests {
    private static let attacker = UUID(high: 0xA, low: 0)
    private static let neighbour = UUID(high: 0xB, low: 0)

    private static let logo = Array(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><text y='8'>N</text><circle r='4'/></svg>".utf8)

    private static func draw<Work: SandboxWork>(
        _ work: Work, for tenant: UUID
    ) async throws -> [DrawnPicture]? where Work.Answer == [DrawnPicture] {
        do {
            return try await Sandbox.tests.run(work, for: tenant)
        } catch is PictureFault {
            return nil
        } catch is SandboxFailure {
            return nil
        }
    }

    @Test(arguments: HostileFile.all)
    func `a hostile picture is drawn or refused, and a neighbour's is drawn meanwhile`(file: HostileFile) async throws {
        async let hostile = Self.draw(try HurriedPicture(file.bytes), for: Self.attacker)
        let own = try await Self.draw(try DrawPicture(Self.logo, as: HurriedPicture.forms), for: Self.neighbour)
        #expect(own?.map(\.width) == [128, 512])
        _ = try await hostile
        // Its process is none the worse for it, or another.
        #expect(try await Self.draw(try DrawPicture(Self.logo, as: HurriedPicture.forms), for: Self.attacker) == own)
    }
}

@Suite struct HostilePaperTests {
    @Test(arguments: [
        ("emoji of several scalars", String(repeating: "👩‍👩‍👧 ", count: 2000)),
        ("one word of emoji", String(repeating: "😀", count: 51_000)),
        ("one letter with 51,000 accents", "e" + String(repeating: "\u{301}", count: 51_000)),
        ("text that turns around", String(repeating: "\u{202E}abc\u{5D0}\u{2066}", count: 8000)),
        ("letters of every script", String(String.UnicodeScalarView((0x100..<0x4000).compactMap(Unicode.Scalar.init)))),
        ("a line of one letter, over and over", String(repeating: "x\n", count: 20_000)),
    ])
    func `a paper with hostile words is printed or refused`(name: String, text: String) async throws {
        let paper = Document(
            title: text, author: text, letterhead: Letterhead(name: text, lines: [text]), footer: text, pageLabel: text,
            made: Instant(seconds: 0),
            blocks: [.title(text), .facts([Fact(text, text)]), .list([text], numbered: true)])
        do {
            _ = try await paper.pdf(in: .tests, for: UUID(high: 0xC, low: 0))
        } catch is DocumentError {
        } catch is SandboxFailure {
        }
    }
}

/// A picture that is given less time than others, so that tests take less.
private struct HurriedPicture: SandboxWork {
    typealias Fault = PictureFault

    static let kind = DrawPicture.kind
    static let limits = SandboxLimits(seconds: 0.3)
    static let forms: [PictureForm] = [.fitted(width: 512, height: 128), .squared(side: 512)]

    let picture: DrawPicture

    init(_ file: [UInt8]) throws(PictureFault) { picture = try DrawPicture(file, as: Self.forms) }
    init(from reader: inout WireReader) throws(WireError) { picture = try reader.read() }
    func write(to writer: inout WireWriter) { picture.write(to: &writer) }
    func accepts(_ pictures: [DrawnPicture]) -> Bool { picture.accepts(pictures) }
}
