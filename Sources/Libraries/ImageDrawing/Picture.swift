import CImages
import Glibc
import Images

/// A decoded image of untrusted origin. It is only ever re-encoded as PNG, so nothing of the original file survives,
/// neither metadata nor hidden payloads.
package final class Picture: @unchecked Sendable {
    // Unchecked: the pixels are never changed.
    private let picture: OpaquePointer

    /// An oversized image is refused before decoding.
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

    /// Scaled to fit, keeping its proportions and never enlarged.
    package func fitted(width mostWidth: Int, height mostHeight: Int) throws(PictureFault) -> Picture {
        let scale = min(1, min(Double(mostWidth) / Double(width), Double(mostHeight) / Double(height)))
        return try placed(
            width: max(1, Int((Double(width) * scale).rounded())),
            height: max(1, Int((Double(height) * scale).rounded())), margin: 0, on: nil)
    }

    /// Centred in a square, on a colour 0xRRGGBB or a transparent background.
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

    /// One byte a pixel, a row after the other, on white.
    package var gray: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: width * height) { bytes, count in
            guard let base = bytes.baseAddress else { return }
            cimages_gray(picture, base)
            count = width * height
        }
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
