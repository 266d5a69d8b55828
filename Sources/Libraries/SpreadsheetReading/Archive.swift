import CZlib
import Spreadsheets
import XML

/// A ZIP file, read by its central directory. Offsets and sizes in it are untrusted: each is checked against the file.
struct Archive {
    private struct Entry {
        let method: Int
        let packed: Int
        let unpacked: Int
        let header: Int
    }

    private let bytes: [UInt8]
    private var entries: [String: Entry] = [:]

    private static let mostEntries = 2000
    /// The limit for one unpacked file, whatever its entry claims.
    private static let mostUnpacked = 64 * 1024 * 1024

    init(_ bytes: [UInt8]) throws(SpreadsheetFault) {
        self.bytes = bytes
        // The end record is 22 bytes and a comment of at most 65,535.
        let earliest = max(0, bytes.count - 22 - 65_535)
        var place = bytes.count - 22
        while place >= earliest, number(at: place, 4) != 0x0605_4B50 { place -= 1 }
        guard place >= earliest, let count = number(at: place + 10, 2), var next = number(at: place + 16, 4),
            count <= Self.mostEntries
        else { throw .broken }
        for _ in 0..<count {
            guard number(at: next, 4) == 0x0201_4B50, let method = number(at: next + 10, 2),
                let packed = number(at: next + 20, 4), let unpacked = number(at: next + 24, 4),
                let nameLength = number(at: next + 28, 2), let extraLength = number(at: next + 30, 2),
                let remarkLength = number(at: next + 32, 2), let header = number(at: next + 42, 4),
                let flags = number(at: next + 8, 2), next + 46 + nameLength <= bytes.count
            else { throw .broken }
            // Encrypted entries are unreadable.
            guard flags & 1 == 0 else { throw .oldExcel }
            let name = String(decoding: bytes[(next + 46)..<(next + 46 + nameLength)], as: UTF8.self)
            entries[name.lowercased()] = Entry(method: method, packed: packed, unpacked: unpacked, header: header)
            next += 46 + nameLength + extraLength + remarkLength
        }
    }

    /// Unpacks a file of the archive piece by piece; false when it does not exist.
    func read(_ name: String, _ take: ([UInt8]) throws(SpreadsheetFault) -> Void) throws(SpreadsheetFault) -> Bool {
        guard let entry = entries[name.lowercased()] else { return false }
        guard entry.unpacked <= Self.mostUnpacked else { throw .tooLarge }
        guard number(at: entry.header, 4) == 0x0403_4B50, let nameLength = number(at: entry.header + 26, 2),
            let extraLength = number(at: entry.header + 28, 2)
        else { throw .broken }
        let start = entry.header + 30 + nameLength + extraLength
        guard start + entry.packed <= bytes.count else { throw .broken }
        let packed = bytes[start..<(start + entry.packed)]
        switch entry.method {
        case 0: try take(Array(packed))
        case 8: try inflate(packed, take)
        default: throw .broken
        }
        return true
    }

    private func inflate(
        _ packed: ArraySlice<UInt8>, _ take: ([UInt8]) throws(SpreadsheetFault) -> Void
    ) throws(SpreadsheetFault) {
        var stream = z_stream()
        // Negative window bits select raw deflate, as in ZIP.
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .broken
        }
        defer { inflateEnd(&stream) }
        var source = Array(packed)
        var unpacked = 0
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        let count = source.count
        var consumed = 0
        while true {
            let (result, made) = source.withUnsafeMutableBufferPointer { source in
                piece.withUnsafeMutableBufferPointer { piece in
                    stream.next_in = source.baseAddress.map { $0 + consumed }
                    stream.avail_in = UInt32(count - consumed)
                    stream.next_out = piece.baseAddress
                    stream.avail_out = UInt32(piece.count)
                    let result = CZlib.inflate(&stream, Z_NO_FLUSH)
                    consumed = count - Int(stream.avail_in)
                    return (result, piece.count - Int(stream.avail_out))
                }
            }
            unpacked += made
            guard unpacked <= Self.mostUnpacked else { throw .tooLarge }
            if made > 0 { try take(Array(piece[..<made])) }
            if result == Z_STREAM_END { return }
            guard result == Z_OK, made > 0 || consumed < count else { throw .broken }
        }
    }

    private func number(at place: Int, _ length: Int) -> Int? {
        guard place >= 0, place <= bytes.count - length else { return nil }
        return bytes[place..<(place + length)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}

extension Archive {
    /// Parses a file with the handler; false when it does not exist.
    func read(_ name: String, with handler: any XMLHandler) throws(SpreadsheetFault) -> Bool {
        do {
            let reader = try XMLReader(handler)
            let isThere = try read(name) { piece throws(SpreadsheetFault) in
                do { try reader.read(piece) } catch { throw error as? SpreadsheetFault ?? .broken }
            }
            if isThere { try reader.read([], isLast: true) }
            return isThere
        } catch {
            throw error as? SpreadsheetFault ?? .broken
        }
    }
}
