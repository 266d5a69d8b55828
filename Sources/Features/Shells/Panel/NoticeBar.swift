import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns

/// The notice of what was just done, shown once on the next page.
struct NoticeBar: View {
    let visit: Visit

    var body: Markup {
        if let notice = visit.request.query["notice"].flatMap(visit.catalogue.notice) {
            if let path = notice.undoPath, let undo = visit.request.query[Undo.field].flatMap({ UUID($0) }) {
                div(.class("notice"), .role("status")) {
                    form(.class("undo"), .method(.post), .action(path)) {
                        span { notice.words.text(for: visit.reader) }
                        input(.type("hidden"), .name(Undo.field), .value(undo.description))
                        button(.type("submit")) { PanelWords.undo.text(for: visit.reader) }
                    }
                }
            } else {
                p(.class("notice"), .role("status"), .data("passing", "")) { notice.words.text(for: visit.reader) }
            }
        }
    }
}
