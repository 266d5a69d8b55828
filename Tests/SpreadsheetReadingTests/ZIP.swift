import CZlib

/// Archives for tests, small where their content is one letter over and over.
enum ZIP {
    static func archive(_ files: [(name: String, content: String)]) -> [UInt8] {
        var (bytes, directory): ([UInt8], [UInt8]) = ([], [])
        for file in files {
            let content = Array(file.content.utf8)
            let packed = deflated(content)
            let sizes = number(packed.count, 4) + number(content.count, 4) + number(file.name.utf8.count, 2)
            let start = bytes.count
            bytes += number(0x0403_4B50, 4) + number(20, 2) + number(0, 2) + number(8, 2) + number(0, 8) + sizes
            bytes += number(0, 2) + Array(file.name.utf8) + packed
            directory += number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + number(0, 2) + number(8, 2)
            directory += number(0, 8) + sizes + number(0, 12) + number(start, 4) + Array(file.name.utf8)
        }
        let end =
            number(0x0605_4B50, 4) + number(0, 4) + number(files.count, 2) + number(files.count, 2)
            + number(directory.count, 4) + number(bytes.count, 4) + number(0, 2)
        return bytes + directory + end
    }

    /// The same archive, whose directory claims this size of every file in it.
    static func withSizes(_ size: Int, in archive: [UInt8]) -> [UInt8] {
        var archive = archive
        for place in 0..<(archive.count - 46) where archive[place..<(place + 4)].elementsEqual([0x50, 0x4B, 1, 2]) {
            archive.replaceSubrange((place + 24)..<(place + 28), with: number(size, 4))
        }
        return archive
    }

    private static func number(_ value: Int, _ length: Int) -> [UInt8] {
        (0..<length).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
    }

    private static func deflated(_ content: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        deflateInit2_(
            &stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        defer { deflateEnd(&stream) }
        var (source, packed) = (content, [UInt8](repeating: 0, count: content.count + 1024))
        return source.withUnsafeMutableBufferPointer { source in
            packed.withUnsafeMutableBufferPointer { packed in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = packed.baseAddress
                stream.avail_out = UInt32(packed.count)
                deflate(&stream, Z_FINISH)
                return Array(packed.prefix(packed.count - Int(stream.avail_out)))
            }
        }
    }
}
