/// Finds a route by path segments, compared as bytes. A literal segment wins over a parameter.
struct RouteTree: Sendable {
    private struct Node: Sendable {
        var literals: [(segment: [UInt8], node: Int)] = []
        var parameter: Int?
        var routes: [(method: Method, route: Int)] = []
    }

    private var nodes = [Node()]
    private var patterns: [Int: RoutePattern] = [:]

    mutating func add(_ pattern: RoutePattern, route: Int) {
        if let other = rival(of: pattern).flatMap({ patterns[$0] }) {
            preconditionFailure("\(pattern) and \(other) answer the same path")
        }
        patterns[route] = pattern
        var node = 0
        for segment in pattern.segments { node = child(of: node, for: segment) }
        nodes[node].routes.append((pattern.method, route))
    }

    /// A route that answers some path of the pattern, where neither of the two is more specific.
    private func rival(
        of pattern: RoutePattern, at depth: Int = 0, in node: Int = 0, isTighter: Bool = false, isLooser: Bool = false
    ) -> Int? {
        guard depth < pattern.segments.count else {
            guard isTighter == isLooser else { return nil }
            return nodes[node].routes.first { $0.method == pattern.method }?.route
        }
        func follow(_ next: Int, isTighter: Bool, isLooser: Bool) -> Int? {
            rival(of: pattern, at: depth + 1, in: next, isTighter: isTighter, isLooser: isLooser)
        }
        let parameter = nodes[node].parameter
        switch pattern.segments[depth] {
        case .literal(let bytes):
            if let same = nodes[node].literals.first(where: { $0.segment == bytes }),
                let found = follow(same.node, isTighter: isTighter, isLooser: isLooser)
            {
                return found
            }
            return parameter.flatMap { follow($0, isTighter: true, isLooser: isLooser) }
        case .parameter:
            if let found = parameter.flatMap({ follow($0, isTighter: isTighter, isLooser: isLooser) }) { return found }
            for literal in nodes[node].literals {
                if let found = follow(literal.node, isTighter: isTighter, isLooser: true) { return found }
            }
            return nil
        }
    }

    private mutating func child(of node: Int, for segment: RoutePattern.Segment) -> Int {
        switch segment {
        case .literal(let bytes):
            if let known = nodes[node].literals.first(where: { $0.segment == bytes }) { return known.node }
            nodes[node].literals.append((bytes, nodes.count))
        case .parameter:
            if let known = nodes[node].parameter { return known }
            nodes[node].parameter = nodes.count
        }
        nodes.append(Node())
        return nodes.count - 1
    }

    /// The route for the method, or else the methods that the path supports.
    func find(_ method: Method, _ path: RequestPath) -> (route: Int?, methods: [Method]) {
        var methods: [Method] = []
        let route = path.bytes.withUnsafeBytes { find(method, path, in: $0, at: 0, from: 0, methods: &methods) }
        return (route, methods)
    }

    private func find(
        _ method: Method, _ path: RequestPath, in bytes: UnsafeRawBufferPointer, at depth: Int, from node: Int,
        methods: inout [Method]
    ) -> Int? {
        if depth == path.count {
            if let found = nodes[node].routes.first(where: { $0.method == method }) { return found.route }
            for (other, _) in nodes[node].routes where !methods.contains(other) { methods.append(other) }
            return nil
        }
        let segment = bytes[path.segments[depth].range]
        for literal in nodes[node].literals where segment.elementsEqual(literal.segment) {
            if let route = find(method, path, in: bytes, at: depth + 1, from: literal.node, methods: &methods) {
                return route
            }
        }
        guard let next = nodes[node].parameter else { return nil }
        return find(method, path, in: bytes, at: depth + 1, from: next, methods: &methods)
    }
}
