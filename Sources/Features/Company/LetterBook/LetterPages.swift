import Access
import Declarations
import HTML
import Letters
import Locale
import Panel
import Tenancy
import Time

struct LetterListPage: View {
    static let length = 50

    /// One more than is shown, if there are more.
    let letters: [Letter]
    let isFirst: Bool
    let visit: Visit

    private static let headings: [LetterWords] = [.recipient, .what, .when, .state, .reason]

    var body: Markup {
        let reader = visit.reader
        h1 { LetterWords.title.text(for: reader) }
        p(.class("hint lead")) { LetterWords.intro.text(for: reader) }
        if letters.isEmpty {
            EmptyState(.letters, LetterWords.none.text(for: reader))
        } else {
            div(.class("table"), .role("region"), .tabindex(0), .aria("label", LetterWords.title.text(for: reader))) {
                table {
                    caption { LetterWords.title.text(for: reader) }
                    thead { tr { for heading in Self.headings { th(.scope("col")) { heading.text(for: reader) } } } }
                    tbody { for letter in letters.prefix(Self.length) { row(of: letter, reader) } }
                }
            }
        }
        Pager(
            first: isFirst ? nil : "/panel/letters",
            next: letters.count > Self.length
                ? letters.prefix(Self.length).last.map { "/panel/letters?before=\($0.id)" } : nil, reader: reader)
    }

    private func row(of letter: Letter, _ reader: Reader) -> Markup {
        tr {
            td { letter.recipient }
            td { visit.catalogue.letter(letter.kind)?.words.text(for: reader) ?? letter.kind }
            td { letter.madeAt.text(.short, in: visit.tenant.timeZone, for: reader) }
            td(.class("state"), .data("state", letter.state.mark)) { letter.state.words.text(for: reader) }
            td(.class("wide")) {
                letter.reason ?? ""
                if letter.state == .failed, visit.mayAct(with: .lettersManage) {
                    form(.method(.post), .action("/panel/letters/\(letter.id)/resend")) {
                        button(.type("submit"), .class("quiet")) { LetterWords.resend.text(for: reader) }
                    }
                }
            }
        }
    }
}

extension Letter.State {
    var words: LetterWords {
        switch self {
        case .waiting: .waiting
        case .sent: .sent
        case .failed: .failed
        }
    }

    /// The state's colour in the style sheet.
    var mark: String {
        switch self {
        case .waiting: "in_debt"
        case .sent: "active"
        case .failed: "suspended"
        }
    }
}
