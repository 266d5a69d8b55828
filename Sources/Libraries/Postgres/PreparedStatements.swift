/// A statement whose preparation was sent.
final class PreparedStatement {
    let statement: Statement
    /// Why the server refused to prepare it; calls already sent with it fail with this.
    var failure: QueryFailure?
    /// The plan is stale: its next call prepares it again. Not at once, since libpq loses count when something is sent
    /// between a result and the null that ends it.
    var isStale = false
    var lastUse: UInt64 = 0

    init(_ statement: Statement) { self.statement = statement }
}

/// A connection's prepared statements, an array indexed by number: each call looks up three.
struct PreparedStatements {
    private var places: [PreparedStatement?] = []
    private(set) var count = 0

    subscript(number: Int) -> PreparedStatement? {
        number >= 0 && number < places.count ? places[number] : nil
    }

    /// The slot must be free.
    mutating func add(_ statement: PreparedStatement) {
        let number = statement.statement.number
        if number >= places.count {
            places += Array(repeating: nil, count: max(128, number + 1 - places.count, places.count / 2))
        }
        places[number] = statement
        count += 1
    }

    mutating func remove(_ statement: PreparedStatement) {
        places[statement.statement.number] = nil
        count -= 1
    }

    /// The least recently used one, our own control statements excluded.
    var oldest: PreparedStatement? {
        places.lazy.compactMap(\.self).filter { $0.statement.number >= 100 }.min { $0.lastUse < $1.lastUse }
    }
}
