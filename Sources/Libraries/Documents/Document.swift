import Identifiers
import Sandbox
import Time

/// A paper document as a value: the same value gives the same bytes, whenever and wherever it is asked for on a machine.
/// What people wrote is printed as it stands, never read as markup.
package struct Document: Sendable {
    /// The file's own title and author, and the language it is written in as a BCP 47 tag.
    package var title: String
    package var author: String
    package var language: String
    package var paper: Paper
    /// 0xRRGGBB, of the rules under titles.
    package var accent: UInt32
    package var letterhead: Letterhead?
    /// Small, at the foot of every page; two lines of it at most.
    package var footer: String
    /// What a page says about its number and how many there are, which stand for `{page}` and `{pages}`.
    package var pageLabel: String
    package var made: Instant
    package var blocks: [Block]

    package init(
        title: String, author: String, language: String = "es", paper: Paper = .a4, accent: UInt32 = 0x1F4E79,
        letterhead: Letterhead? = nil, footer: String = "", pageLabel: String = "{page} / {pages}", made: Instant,
        blocks: [Block]
    ) {
        self.title = title
        self.author = author
        self.language = language
        self.paper = paper
        self.accent = accent
        self.letterhead = letterhead
        self.footer = footer
        self.pageLabel = pageLabel
        self.made = made
        self.blocks = blocks
    }

    package static let mostBytes = 1024 * 1024
    package static let mostPages = 200
    /// Points of all drawings together.
    package static let mostPoints = 50_000

    /// Printed, as PDF.
    package func pdf(in sandbox: Sandbox, for tenant: UUID) async throws -> [UInt8] {
        try checkSize()
        return try await sandbox.run(self, for: tenant)
    }
}

/// On the first page: whose paper it is.
package struct Letterhead: Sendable {
    /// A PNG no larger than 2048 pixels either way. One that cannot be read is a `DocumentError`, not left out.
    package var logo: [UInt8]?
    package var name: String
    /// Tax number, address, telephone.
    package var lines: [String]

    package init(logo: [UInt8]? = nil, name: String, lines: [String] = []) {
        self.logo = logo
        self.name = name
        self.lines = lines
    }
}

package enum DocumentError: UInt8, Error, WireWord {
    /// More text or more pages than a document may have.
    case tooLong
    /// More points in its drawings than a document may have.
    case tooMuchInk
    /// Something that cannot be broken is higher than a page.
    case tooTall
    /// The logo is no PNG, is damaged or too large.
    case brokenLogo
    case failed
}
