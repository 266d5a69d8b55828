import Declarations
import HTML

extension Icon: View {
    package var body: Markup {
        svg(.class("icon"), .aria("hidden", "true"), .viewBox("0 0 24 24")) { use(.href(AssetMarks.address(of: self))) }
    }
}
