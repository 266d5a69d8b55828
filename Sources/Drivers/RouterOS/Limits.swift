/// Bounds on what one router may send, since all routers share the process.
package struct RouterLimits: Sendable, Equatable {
    package var wordBytes = 4 << 20
    package var sentenceBytes = 8 << 20
    package var sentenceWords = 4096
    /// Of one reply, all its rows together.
    package var replyBytes = 64 << 20
    package var replyRows = 500_000
    /// Commands that the router works on at once, feeds among them; the others wait for a place.
    package var commandsAtOnce = 16
    /// Rows of a feed that nobody has read yet.
    package var unreadRows = 10_000

    package init() {}
}

/// How long to wait for a router.
package struct RouterDeadlines: Sendable, Equatable {
    /// For the connection, with its encryption.
    package var connecting = Duration.seconds(5)
    /// For each answer of signing in.
    package var login = Duration.seconds(10)
    /// For the whole answer to a command, from when it is sent.
    package var command = Duration.seconds(15)
    /// For the end of a command that was told to stop; a router that lets it pass is taken for dead.
    package var cancellation = Duration.seconds(3)

    package init() {}
}
