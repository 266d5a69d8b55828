/// A number of bytes in decimal units: 1.2 GB, as network equipment counts.
package struct DataSize: Hashable, Sendable {
    package let bytes: Int64

    package init(bytes: Int64) { self.bytes = bytes }

    package func text(for reader: Reader) -> String {
        scaledText(bytes, units: ["B", "kB", "MB", "GB", "TB", "PB", "EB"], for: reader)
    }
}

/// A line's speed. Plans are sold in "Mbps"; nobody writes CLDR's "Mb/s" and "Mb/seg.".
package struct DataRate: Hashable, Sendable {
    package let bitsPerSecond: Int64

    package init(bitsPerSecond: Int64) { self.bitsPerSecond = bitsPerSecond }

    package func text(for reader: Reader) -> String {
        scaledText(bitsPerSecond, units: ["bps", "kbps", "Mbps", "Gbps", "Tbps", "Pbps", "Ebps"], for: reader)
    }
}

/// In the unit with the shortest number, with one decimal where it matters.
private func scaledText(_ amount: Int64, units: [StaticString], for reader: Reader) -> String {
    var unit = 0
    var tenths = Int128(amount) * 10
    var divisor: Int128 = 1
    while tenths.magnitude >= 10_000, unit < units.count - 1 {
        unit += 1
        divisor *= 1000
        tenths = Rounding.halfAwayFromZero.divide(Int128(amount) * 10, by: divisor)
    }
    let conventions = reader.conventions
    return String { bytes in
        bytes.append(DecimalNumber(Int64(tenths), places: 1), conventions)
        bytes.append(" ")
        bytes.append(units[unit])
    }
}
