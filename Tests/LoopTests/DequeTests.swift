import Testing

@testable import Loop

@Suite struct DequeTests {
    @Test func `the deque keeps its order while it grows and turns over`() {
        var deque = Deque<Int>()
        var expected: [Int] = []
        for number in 0..<1000 {
            deque.append(number)
            expected.append(number)
            if number % 3 != 0 { #expect(deque.popFirst() == expected.removeFirst()) }
        }
        deque.removeAll { $0 % 2 == 0 }
        expected.removeAll { $0 % 2 == 0 }
        #expect(deque.count == expected.count)
        #expect(expected.allSatisfy { deque.popFirst() == $0 })
        #expect(deque.isEmpty && deque.popFirst() == nil)
    }
}
