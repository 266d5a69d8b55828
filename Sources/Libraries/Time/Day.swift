/// A calendar day, without hour or zone: what a due date is.
package struct Day: Hashable, Sendable, Comparable {
    /// Days from 1 January 1970.
    package let number: Int32

    package init(number: Int32) { self.number = number }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }
}
