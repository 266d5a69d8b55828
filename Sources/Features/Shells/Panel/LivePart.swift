import Access
import HTML
import Locale

/// A part of a page that is shown anew when its topic changes, where scripts run and to those who may be told; one a page.
package struct LivePart: View {
    private let topic: LiveTopic
    private let visit: Visit
    private let content: Markup

    package init(_ topic: LiveTopic, for visit: Visit, @MarkupBuilder content: () -> Markup) {
        self.topic = topic
        self.visit = visit
        self.content = content()
    }

    package var body: Markup { visit.may(topic.permission) ? living : content }

    @MarkupBuilder private var living: Markup {
        p(.class("state live-state"), .data("state", "active")) { PanelWords.live.text(for: visit.reader) }
        div(.data("live", topic.path)) { content }
        script(src: Asset.live.href, .defer())
    }
}
