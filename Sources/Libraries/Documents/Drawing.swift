/// A freehand drawing in a field of that size: a stroke lasts from pen down to pen up.
package struct Drawing: Sendable, Equatable {
    package struct Point: Sendable, Equatable {
        package var x: Int
        package var y: Int

        package init(x: Int, y: Int) {
            self.x = x
            self.y = y
        }
    }

    package var width: Int
    package var height: Int
    package var strokes: [[Point]]

    package init(width: Int, height: Int, strokes: [[Point]]) {
        self.width = width
        self.height = height
        self.strokes = strokes
    }

    var pointCount: Int { strokes.reduce(0) { $0 + $1.count } }

    /// Scaled to fit a box and centred in it. Points outside the field are clamped to its edge.
    package func fitted(width boxWidth: Double, height boxHeight: Double) -> [[Double]] {
        let width = Double(min(max(width, 1), Self.mostSide))
        let height = Double(min(max(height, 1), Self.mostSide))
        let scale = min(boxWidth / width, boxHeight / height)
        let left = (boxWidth - width * scale) / 2
        let top = (boxHeight - height * scale) / 2
        return strokes.map { stroke in
            stroke.flatMap { point in
                [
                    left + min(max(Double(point.x), 0), width) * scale,
                    top + min(max(Double(point.y), 0), height) * scale,
                ]
            }
        }
    }

    private static let mostSide = 100_000
}
