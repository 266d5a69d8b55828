import RouterOS

extension RouterDeadlines {
    /// For tests of commands that are never answered.
    static var short: RouterDeadlines {
        var deadlines = RouterDeadlines()
        deadlines.command = .milliseconds(700)
        deadlines.cancellation = .milliseconds(300)
        return deadlines
    }
}
