import Access
import Assembly
import Declarations
import HTML
import Locale
import Panel
import Time

struct HomePage: View {
    let today: Day
    let parts: [HomePart]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(HomeWords.welcome.text(for: reader, .name(firstName))) { at(.act) }
        p(.class("hint lead")) { today.text(.full, for: reader) }
        if parts.isEmpty { EmptyState(.home, HomeWords.nothingHere.text(for: reader)) }
        at(.top)
        if parts.contains(where: { $0.place == .tile }) { ul(.class("tiles")) { at(.tile) } }
        div(.class("columns")) { at(.card) }
    }

    private func at(_ place: HomePart.Place) -> Markup {
        parts.filter { $0.place == place }.content
    }

    private var firstName: String { visit.person?.split(separator: " ").first.map(String.init) ?? "" }
}
