import CImages
import Glibc
import Images

/// A picture that a stranger sent, decoded. What leaves again is drawn anew as PNG: nothing of the file it came in is left,
/// neither its remarks nor whatever was hidden in it.
package final class Picture: @unchecked Sendable {
    // Unchecked: the pixels are not changed once they are there.
    private let picture: OpaquePointer

    /// What is too large is refused before anything is decoded.
    package init(decoding bytes: [UInt8]) throws(PictureFault) {
        guard bytes.count <= DrawPicture.mostBytes else { throw .tooLarge }
        if PlainSVG.isDrawing(bytes), !PlainSVG.isPlain(bytes) { throw .notPlain }
        var decoded: OpaquePointer?
        let side = Int32(DrawPicture.mostPixels)
        let result = cimages_decode(bytes, bytes.count, side, side, &decoded)
        guard result == 0, let decoded else { throw PictureFault(result) }
        picture = decoded
    }

    private init(_ picture: OpaquePointer) { self.picture = picture }

    deinit { cimages_free(picture) }

    package var width: Int { Int(cimages_width(picture)) }
    package var height: Int { Int(cimages_height(picture)) }

    /// As large as it fits, with its own proportions and never larger than it is.
    package func fitted(width mostWidth: Int, height mostHeight: Int) throws(PictureFault) -> Picture {
        let scale = min(1, min(Double(mostWidth) / Double(width), Double(mostHeight) / Double(height)))
        return try placed(
            width: max(1, Int((Double(width) * scale).rounded())),
            height: max(1, Int((Double(height) * scale).rounded())), margin: 0, on: nil)
    }

    /// In the middle of a square, on a colour 0xRRGGBB or on nothing.
    package func squared(side: Int, margin: Int = 0, on background: UInt32? = nil) throws(PictureFault) -> Picture {
        try placed(width: side, height: side, margin: margin, on: background)
    }

    private func placed(
        width: Int, height: Int, margin: Int, on background: UInt32?
    ) throws(PictureFault) -> Picture {
        let colour = background.map { Int32($0 & 0xFFFFFF) } ?? -1
        guard let placed = cimages_placed(picture, Int32(width), Int32(height), Int32(margin), colour) else {
            throw .broken
        }
        return Picture(placed)
    }

    package func png() throws(PictureFault) -> [UInt8] {
        var count = 0
        guard let bytes = cimages_png(picture, &count) else { throw .broken }
        defer { free(bytes) }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }
}

extension PictureFault {
    fileprivate init(_ result: Int32) {
        switch result {
        case 1: self = .unknownKind
        case 2: self = .tooLarge
        default: self = .broken
        }
    }
}
