import Glibc

extension Markup {
    /// Appends the page to a response's bytes.
    package func render(into bytes: inout [UInt8]) {
        var writer = MarkupWriter()
        writer.write(self)
        writer.withBytes { bytes.append(contentsOf: $0) }
    }
}

/// The page's output buffer. A raw allocation instead of an array, because a page is some thousand appends of a few
/// bytes, and an array checks each time whether it is shared.
@usableFromInline
package struct MarkupWriter: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var count = 0
    private var capacity: Int

    init(reserving capacity: Int = 16 * 1024) {
        self.capacity = capacity
        start = .allocate(capacity: capacity)
    }

    deinit { start.deallocate() }

    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        body(UnsafeBufferPointer(start: start, count: count))
    }

    package mutating func write(_ markup: borrowing Markup) {
        switch markup {
        case .nothing: break
        case .text(let text): write(escaping: text)
        case .number(let number): write(number)
        case .trusted(let text): write(text)
        case .group(let parts): for part in parts { write(part) }
        case .element(let tag, let content):
            open(tag)
            write(content)
            close(tag)
        case .void(let tag): open(tag)
        case .deferred(let body): body(&self)
        }
    }

    private mutating func open(_ tag: borrowing Tag) {
        write(byte: UInt8(ascii: "<"))
        write(tag.name)
        write(tag.first)
        for attribute in tag.rest { write(attribute) }
        write(byte: UInt8(ascii: ">"))
    }

    private mutating func close(_ tag: borrowing Tag) {
        write("</")
        write(tag.name)
        write(byte: UInt8(ascii: ">"))
    }

    mutating func write(_ attribute: borrowing Attribute) {
        switch attribute.value {
        case .absent: break
        case .several(let attributes): for attribute in attributes { write(attribute) }
        case .flag:
            write(byte: UInt8(ascii: " "))
            write(attribute.name)
        case .text(let text):
            begin(" ", attribute.name)
            write(escaping: text)
            end()
        case .number(let number):
            begin(" ", attribute.name)
            write(number)
            end()
        case .url(let url):
            begin(" ", attribute.name)
            write(url: url)
            end()
        case .data(let text):
            begin(" data-", attribute.name)
            write(escaping: text)
            end()
        case .aria(let text):
            begin(" aria-", attribute.name)
            write(escaping: text)
            end()
        }
    }

    @inline(__always)
    private mutating func begin(_ prefix: StaticString, _ name: StaticString) {
        write(prefix)
        write(name)
        write("=\"")
    }

    @inline(__always)
    private mutating func end() { write(byte: UInt8(ascii: "\"")) }
}

extension MarkupWriter {
    @inline(__always)
    mutating func write(_ text: StaticString) {
        write(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    mutating func write(byte: UInt8) {
        if count == capacity { grow(by: 1) }
        start[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        if capacity - count < bytes.count { grow(by: bytes.count) }
        memcpy(start + count, source, bytes.count)
        count += bytes.count
    }

    /// Reserves space for so many bytes; `wrote` then says how many were used.
    @inline(__always)
    mutating func room(for needed: Int) -> UnsafeMutableRawPointer {
        if capacity - count < needed { grow(by: needed) }
        return UnsafeMutableRawPointer(start + count)
    }

    @inline(__always)
    mutating func wrote(_ bytes: Int) { count += bytes }

    mutating func write(_ number: Int) {
        if capacity - count < 20 { grow(by: 20) }
        var left = number.magnitude
        var digits = 0
        repeat {
            start[count + 19 - digits] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: left % 10)
            left /= 10
            digits += 1
        } while left > 0
        if number < 0 {
            start[count + 19 - digits] = UInt8(ascii: "-")
            digits += 1
        }
        memmove(start + count, start + count + 20 - digits, digits)
        count += digits
    }

    @inline(never)
    private mutating func grow(by needed: Int) {
        let larger = max(capacity * 2, count + needed)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.update(from: start, count: count)
        start.deallocate()
        start = moved
        capacity = larger
    }
}
