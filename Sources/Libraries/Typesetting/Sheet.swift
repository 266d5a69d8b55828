import Documents

/// A page's strips, with their offsets from the top.
struct Sheet {
    private(set) var placed: [(y: Double, strip: Strip)] = []
    private(set) var filled = 0.0

    static func filled(with strips: [Strip], height: Double) throws(DocumentError) -> [Sheet] {
        var sheets = [Sheet()]
        var start = 0
        while start < strips.count {
            if strips[start].marks.isEmpty, !sheets[sheets.count - 1].takes(strips[start...start], height: height) {
                // Space at a page's end does not continue on the next.
                sheets[sheets.count - 1].filled = height
                start += 1
                continue
            }
            var end = start + 1
            while end < strips.count, strips[end - 1].holdsNext { end += 1 }
            let group = strips[start..<end]
            let whole = group.reduce(-strips[start].gap) { $0 + $1.gap + $1.height }
            // A group taller than a page is broken at page ends.
            if whole <= height, !sheets[sheets.count - 1].takes(group, height: height) { sheets.append(Sheet()) }
            for strip in group {
                guard strip.height <= height else { throw .tooTall }
                if !sheets[sheets.count - 1].takes([strip], height: height) { sheets.append(Sheet()) }
                sheets[sheets.count - 1].place(strip)
            }
            guard sheets.count <= Document.mostPages else { throw .tooLong }
            start = end
        }
        return sheets
    }

    private func takes(_ strips: ArraySlice<Strip>, height: Double) -> Bool {
        placed.isEmpty || strips.reduce(filled) { $0 + $1.gap + $1.height } <= height
    }

    private mutating func place(_ strip: Strip) {
        let y = placed.isEmpty ? 0 : filled + strip.gap
        placed.append((y, strip))
        filled = y + strip.height
    }
}
