import Access
import HTML
import HTTP
import Locale

/// Confirms an irreversible act, or one that locks somebody out. Links to it have `data-dialog`; with scripts the page
/// opens as a dialog over the current one.
package struct ConfirmPage: View {
    private let title: String
    private let text: String
    private let act: String
    private let action: String
    private let back: String
    private let reader: Reader

    /// `act` is the button's label: the verb, never "Aceptar".
    package init(
        _ title: String, text: String, act: String, action: String, back: String, reader: Reader
    ) {
        self.title = title
        self.text = text
        self.act = act
        self.action = action
        self.back = back
        self.reader = reader
    }

    package var body: Markup {
        h1 { title }
        form(.class("confirm"), .method(.post), .action(action)) {
            p { text }
            div(.class("confirm-acts")) {
                a(.class("button"), .href(back), .data("close", ""), .autofocus()) {
                    PanelWords.cancel.text(for: reader)
                }
                button(.type("submit"), .class("danger-solid")) { act }
            }
        }
    }
}

extension Panel {
    package static func confirm(
        _ title: String, text: String, act: String, action: String, back: String, for visit: Visit
    ) async throws -> Response {
        try await page(
            ConfirmPage(title, text: text, act: act, action: action, back: back, reader: visit.reader), titled: title,
            for: visit)
    }
}
