import Access
import Declarations

/// Where another room puts right what is missing in UISP: a link beside the list and on each line.
package struct FleetRemedy: RoomPart {
    package typealias Link = @Sendable (Visit) -> (text: String, path: String)?

    package let number: Int
    private let link: Link

    package init(_ number: Int, _ link: @escaping Link) { (self.number, self.link) = (number, link) }

    static func all(for visit: Visit) -> [(text: String, path: String)] {
        visit.catalogue.parts(FleetRemedy.self).compactMap { $0.link(visit) }
    }
}
