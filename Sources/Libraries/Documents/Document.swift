import Identifiers
import Sandbox
import Time

/// A paper document as a value, rendered reproducibly: the same value gives the same bytes. Users' texts are printed
/// literally, never read as markup.
package struct Document: Sendable {
    /// The PDF's title and author, and its language as a BCP 47 tag.
    package var title: String
    package var author: String
    package var language: String
    package var paper: Paper
    /// 0xRRGGBB, for the rules under titles.
    package var accent: UInt32
    package var letterhead: Letterhead?
    /// Small print at the foot of every page, two lines at most.
    package var footer: String
    /// The page number's label, with the blanks `{page}` and `{pages}`.
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

    /// Rendered as PDF.
    package func pdf(in sandbox: Sandbox, for tenant: UUID) async throws -> [UInt8] {
        try checkSize()
        return try await sandbox.run(self, for: tenant)
    }
}

/// The sender's details on the first page.
package struct Letterhead: Sendable {
    /// A PNG of at most 2048 pixels a side. An unreadable one is a `DocumentError`, not left out.
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
    /// Too much text or too many pages.
    case tooLong
    /// Too many points in the drawings.
    case tooMuchInk
    /// An unbreakable block is taller than a page.
    case tooTall
    /// The logo is no PNG, is damaged or too large.
    case brokenLogo
    case failed
}
