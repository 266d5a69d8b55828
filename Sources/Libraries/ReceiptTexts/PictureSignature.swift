/// Tells whether two pictures show the same, though one of them was cut at its sides, encoded again or made brighter.
///
/// A picture is divided into squares, and each pair of neighbours becomes two bits: which one is clearly brighter, if any.
/// The signature has those of the whole picture, and those of each picture that is left when up to 15 % are cut off at each
/// side in steps of 5 %.
package enum PictureSignature {
    private static let side = 14
    /// Shares of a side that are cut off, of 100.
    private static let cuts = [0, 5, 10, 15]
    private static let words = (2 * side * side + 63) / 64
    private static let pictures = cuts.count * cuts.count * cuts.count * cuts.count
    /// At most so much differs, of 100, between pictures of the same.
    private static let same = 44
    /// Beyond that nothing brings them together.
    private static let perhaps = 65
    /// The pictures that are left when 5 % or nothing is cut off at each side.
    private static let slight = (0..<16).map { sides in
        (0..<4).reduce(0) { $0 * cuts.count + (sides >> $1 & 1) }
    }
    package static let count = pictures * words * 8

    /// Of one byte a pixel, a row after the other. Empty for a picture that shows nothing.
    package static func make(_ gray: [UInt8], width: Int, height: Int) -> [UInt8] {
        guard width >= 2 * side, height >= 2 * side, gray.count == width * height else { return [] }
        let sums = Sums(gray, width, height)
        let threshold = sums.contrast(gray) / 24
        guard threshold > 0 else { return [] }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for left in cuts {
            for right in cuts {
                for top in cuts {
                    for bottom in cuts {
                        let code = sums.code(
                            left: width * left / 100, right: width - width * right / 100, top: height * top / 100,
                            bottom: height - height * bottom / 100, threshold)
                        for word in code {
                            for shift in stride(from: 0, to: 64, by: 8) {
                                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
                            }
                        }
                    }
                }
            }
        }
        return bytes
    }

    package static func areSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        difference(one, other).map { $0 <= same } ?? false
    }

    /// The least share of what either shows that the other does not, of 100. Nil where either is no signature.
    private static func difference(_ one: [UInt8], _ other: [UInt8]) -> Int? {
        guard one.count == count, other.count == count else { return nil }
        return one.withUnsafeBytes { one in
            other.withUnsafeBytes { other in
                var least = 100
                for place in 0..<pictures {
                    least = min(least, distance(one, 0, other, place), distance(one, place, other, 0))
                }
                // Cuts between two steps are nearer where a little is cut off both.
                guard least > same, least <= perhaps else { return least }
                for cut in slight {
                    for place in 0..<pictures {
                        least = min(least, distance(one, cut, other, place), distance(one, place, other, cut))
                    }
                }
                return least
            }
        }
    }

    private static func distance(
        _ one: UnsafeRawBufferPointer, _ place: Int, _ other: UnsafeRawBufferPointer, _ otherPlace: Int
    ) -> Int {
        var (different, either) = (0, 0)
        for word in 0..<words {
            let a = one.loadUnaligned(fromByteOffset: (place * words + word) * 8, as: UInt64.self)
            let b = other.loadUnaligned(fromByteOffset: (otherPlace * words + word) * 8, as: UInt64.self)
            different += (a ^ b).nonzeroBitCount
            either += (a | b).nonzeroBitCount
        }
        return either == 0 ? 100 : different * 100 / either
    }

    /// The sum of what lies above and left of each pixel.
    private struct Sums {
        let width: Int
        let height: Int
        private var sums: [Int32]

        init(_ gray: [UInt8], _ width: Int, _ height: Int) {
            (self.width, self.height) = (width, height)
            var sums = [Int32](repeating: 0, count: (width + 1) * (height + 1))
            for y in 0..<height {
                var row: Int32 = 0
                for x in 0..<width {
                    row += Int32(gray[y * width + x])
                    sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row
                }
            }
            self.sums = sums
        }

        /// The mean of a rectangle, in 16ths of a grey.
        private func mean(_ left: Int, _ right: Int, _ top: Int, _ bottom: Int) -> Int {
            let area = max(1, (right - left) * (bottom - top))
            func at(_ x: Int, _ y: Int) -> Int { Int(sums[y * (width + 1) + x]) }
            return 16 * (at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top)) / area
        }

        /// From dark to bright, in 16ths of a grey.
        func contrast(_ gray: [UInt8]) -> Int {
            var counts = [Int](repeating: 0, count: 256)
            for value in gray { counts[Int(value)] += 1 }
            func at(_ share: Int) -> Int {
                var left = gray.count * share / 100
                for (value, count) in counts.enumerated() {
                    left -= count
                    if left < 0 { return value }
                }
                return 255
            }
            return 16 * (at(98) - at(2))
        }

        func code(left: Int, right: Int, top: Int, bottom: Int, _ threshold: Int) -> [UInt64] {
            var code = [UInt64](repeating: 0, count: words)
            var bit = 0
            for row in 0..<side {
                let (up, down) = (
                    top + (bottom - top) * row / side, top + (bottom - top) * (row + 1) / side
                )
                var before = 0
                for column in 0...side {
                    let (from, to) = (
                        left + (right - left) * column / (side + 1), left + (right - left) * (column + 1) / (side + 1)
                    )
                    let now = mean(from, to, up, down)
                    if column > 0 {
                        if now > before + threshold { code[bit / 64] |= 1 << UInt64(bit % 64) }
                        if before > now + threshold { code[(bit + 1) / 64] |= 1 << UInt64((bit + 1) % 64) }
                        bit += 2
                    }
                    before = now
                }
            }
            return code
        }
    }
}
