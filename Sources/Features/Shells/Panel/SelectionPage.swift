import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns

/// The ticked rows of a list.
package enum Selection {
    package static let field = "id"
    /// A list page's largest size.
    package static let most = 200

    package static func ids<Noun>(in sent: Fields) throws -> [ID<Noun>] {
        let ids: [ID<Noun>] = try sent.values(field).map { try FormText.id($0) }
        guard ids.count <= most else { throw BadRequest() }
        return ids
    }
}

/// Confirms a bulk action by showing its rows.
package struct SelectionPage: View {
    private let title: String
    private let names: [String]
    private let ids: [UUID]
    private let action: String
    private let submit: String
    private let back: String
    private let faults: [FormFault]
    private let control: Markup
    private let visit: Visit

    /// `submit` is the verb; `control` asks for further input.
    package init(
        _ title: String, of nouns: [(id: UUID, name: String)], to action: String, submit: String, back: String,
        faults: [FormFault] = [], visit: Visit, @MarkupBuilder control: () -> Markup
    ) {
        (self.title, self.action, self.submit, self.back) = (title, action, submit, back)
        (names, ids) = (nouns.map(\.name), nouns.map(\.id))
        (self.faults, self.visit, self.control) = (faults, visit, control())
    }

    package var body: Markup {
        let reader = visit.reader
        h1 { title }
        if ids.isEmpty {
            EmptyState(
                .check, ListWords.noneSelected.text(for: reader), act: (ListWords.showAll.text(for: reader), back))
        } else {
            form(.class("card form"), .method(.post), .action(action)) {
                FormHead(faults, visit: visit)
                p { ListWords.selected.text(for: reader, .count(ids.count)) }
                ul(.class("selected")) { for name in names { li { name } } }
                for id in ids { input(.type("hidden"), .name(Selection.field), .value(id.description)) }
                control
                div(.class("form-acts")) {
                    a(.class("button"), .href(back)) { NounWords.cancel.text(for: reader) }
                    button(.type("submit"), .class("primary")) { submit }
                }
            }
        }
    }
}
