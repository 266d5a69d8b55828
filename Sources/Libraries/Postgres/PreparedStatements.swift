/// A statement that a connection was asked to prepare.
final class PreparedStatement {
    let statement: Statement
    /// Why the server would not prepare it; those who sent it meanwhile are told this.
    var failure: QueryFailure?
    /// Its plan no longer fits the tables: to be prepared anew by its next call. Not at once, since libpq loses
    /// count when something is sent between a result and the null that ends it.
    var isStale = false
    var lastUse: UInt64 = 0

    init(_ statement: Statement) { self.statement = statement }
}

/// The statements prepared on a connection, found by their numbers without hashing: each call looks for three.
struct PreparedStatements {
    private var places: [PreparedStatement?] = []
    private(set) var count = 0

    subscript(number: Int) -> PreparedStatement? {
        number >= 0 && number < places.count ? places[number] : nil
    }

    /// Its place must be free.
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

    /// The one not used for the longest time; our own, which every call needs, are not among them.
    var oldest: PreparedStatement? {
        places.lazy.compactMap(\.self).filter { $0.statement.number >= 100 }.min { $0.lastUse < $1.lastUse }
    }
}
