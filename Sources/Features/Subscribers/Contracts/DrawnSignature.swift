/// A freehand signature, as strokes of points.
///
/// As text a point is `x.y`, points are joined by `-` and strokes by `_`, so that a form sends it unescaped.
struct DrawnSignature: Sendable, Equatable {
    struct Point: Sendable, Equatable {
        let x: Int
        let y: Int
    }

    static let width = 600
    static let height = 200
    static let mostStrokes = 200
    static let mostPoints = 5000
    /// Anything smaller is a dot.
    private static let least = 40

    let strokes: [[Point]]

    /// Nil when it is too long, outside the field, or just a dot.
    init?(_ text: String) {
        // The longest point with its separator is nine bytes.
        guard !text.isEmpty, text.utf8.count <= Self.mostPoints * 9 else { return nil }
        var strokes: [[Point]] = []
        var count = 0
        for stroke in text.split(separator: "_", omittingEmptySubsequences: false) {
            var points: [Point] = []
            for point in stroke.split(separator: "-", omittingEmptySubsequences: false) {
                guard let point = Point(point) else { return nil }
                points.append(point)
            }
            count += points.count
            guard count <= Self.mostPoints else { return nil }
            strokes.append(points)
        }
        guard strokes.count <= Self.mostStrokes else { return nil }
        self.strokes = strokes
        guard extent >= Self.least else { return nil }
    }

    var text: String {
        strokes.map { $0.map { "\($0.x).\($0.y)" }.joined(separator: "-") }.joined(separator: "_")
    }

    private var extent: Int {
        let (xs, ys) = (strokes.joined().map(\.x), strokes.joined().map(\.y))
        return (xs.max() ?? 0) - (xs.min() ?? 0) + (ys.max() ?? 0) - (ys.min() ?? 0)
    }
}

extension DrawnSignature.Point {
    fileprivate init?(_ text: Substring) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let x = Self.number(parts[0], upTo: DrawnSignature.width),
            let y = Self.number(parts[1], upTo: DrawnSignature.height)
        else { return nil }
        self.init(x: x, y: y)
    }

    private static func number(_ text: Substring, upTo most: Int) -> Int? {
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text), number <= most
        else { return nil }
        return number
    }
}
