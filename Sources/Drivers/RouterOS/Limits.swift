/// Bounds on what one router may send, since all routers share the process.
package struct RouterLimits: Sendable, Equatable {
    package var wordBytes = 4 << 20
    package var sentenceBytes = 8 << 20
    package var sentenceWords = 4096
    /// Bytes of one reply, in all its rows.
    package var replyBytes = 64 << 20
    package var replyRows = 500_000
    /// Concurrent commands on a router, feeds included; more are queued.
    package var commandsAtOnce = 16
    /// Unread rows of a feed.
    package var unreadRows = 10_000

    package init() {}
}

/// Timeouts for a router.
package struct RouterDeadlines: Sendable, Equatable {
    /// For connecting, TLS handshake included.
    package var connecting = Duration.seconds(5)
    /// For each reply of the login.
    package var login = Duration.seconds(10)
    /// For a command's complete reply, from sending it.
    package var command = Duration.seconds(15)
    /// For ending a cancelled command; a router that misses it is taken for dead.
    package var cancellation = Duration.seconds(3)

    package init() {}
}
