import Loop

/// Whether it becomes true before the time is over. Polls, so it returns as soon as it does.
package func eventually(
    within span: Duration = .seconds(60), on loop: EventLoop, _ isTrue: @Sendable () -> Bool
) async -> Bool {
    let deadline = Monotonic.read() + span
    while !isTrue() {
        guard Monotonic.read() < deadline else { return false }
        do { try await loop.sleep(for: .milliseconds(2)) } catch { return isTrue() }
    }
    return true
}
