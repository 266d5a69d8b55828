/// A filter for a menu's rows. The router compares the text it stores: booleans are `true` and `false`.
package indirect enum RouterQuery: Sendable, Equatable {
    case has(String)
    case lacks(String)
    case equal(String, String)
    case less(String, String)
    case greater(String, String)
    case not(RouterQuery)
    case all([RouterQuery])
    case any([RouterQuery])

    /// RouterOS evaluates a query on a stack: operands first, then the operator.
    func append(to words: inout [String]) {
        switch self {
        case .has(let name): words.append("?\(name)")
        case .lacks(let name): words.append("?-\(name)")
        case .equal(let name, let value): words.append("?=\(name)=\(value)")
        case .less(let name, let value): words.append("?<\(name)=\(value)")
        case .greater(let name, let value): words.append("?>\(name)=\(value)")
        case .not(let query):
            query.append(to: &words)
            words.append("?#!")
        case .all(let queries): append(queries, joinedBy: "&", to: &words)
        case .any(let queries): append(queries, joinedBy: "|", to: &words)
        }
    }

    private func append(_ queries: [RouterQuery], joinedBy sign: String, to words: inout [String]) {
        for query in queries { query.append(to: &words) }
        if queries.count > 1 { words.append("?#" + String(repeating: sign, count: queries.count - 1)) }
    }

    var names: [String] {
        switch self {
        case .has(let name), .lacks(let name), .equal(let name, _), .less(let name, _), .greater(let name, _): [name]
        case .not(let query): query.names
        case .all(let queries), .any(let queries): queries.flatMap(\.names)
        }
    }

    /// Without operands the stack stays empty, which matches every row.
    var isEmpty: Bool {
        switch self {
        case .not(let query): query.isEmpty
        case .all(let queries), .any(let queries): queries.isEmpty || queries.contains(where: \.isEmpty)
        default: false
        }
    }
}
