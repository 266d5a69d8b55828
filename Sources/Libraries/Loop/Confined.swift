/// A Sendable reference to an object that only its loop's thread may touch, so that a driver's session with its timers
/// needs no locks and no unchecked conformance.
package struct Confined<Object: AnyObject>: @unchecked Sendable {
    // Unchecked: `object` refuses every other thread.
    package let loop: EventLoop
    private let held: Object

    package init(_ object: sending Object, on loop: EventLoop) {
        self.loop = loop
        held = object
    }

    package var object: Object {
        precondition(loop.isCurrent, "An object of a loop is used on another thread")
        return held
    }
}
