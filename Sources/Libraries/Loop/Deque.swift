/// A double-ended queue in a ring buffer.
package struct Deque<Element> {
    private var slots: [Element?] = []
    private var head = 0
    package private(set) var count = 0

    package var isEmpty: Bool { count == 0 }

    package var first: Element? { count == 0 ? nil : slots[head] }

    package init() {}

    package mutating func append(_ element: Element) {
        if count == slots.count { grow() }
        slots[(head + count) & (slots.count - 1)] = element
        count += 1
    }

    @discardableResult
    package mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = slots[head]
        slots[head] = nil
        head = (head + 1) & (slots.count - 1)
        count -= 1
        return element
    }

    package mutating func removeAll(where condition: (Element) -> Bool) {
        for _ in 0..<count {
            if let element = popFirst(), !condition(element) { append(element) }
        }
    }

    /// The capacity is a power of two, so that a ring index is one mask.
    private mutating func grow() {
        let inOrder = Array(slots[head...] + slots[..<head])
        slots = inOrder + Array(repeating: nil, count: max(4, inOrder.count))
        head = 0
    }
}
