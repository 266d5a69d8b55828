import CDocuments
import Documents

final class Logo {
    let pointer: OpaquePointer
    let width: Double
    let height: Double

    private static let mostSide: Int32 = 2048

    init(_ png: [UInt8]) throws(DocumentError) {
        guard let picture = cdocuments_picture_read(png, png.count, Self.mostSide) else { throw .brokenLogo }
        pointer = picture
        width = Double(cdocuments_picture_width(picture))
        height = Double(cdocuments_picture_height(picture))
    }

    deinit { cdocuments_picture_free(pointer) }
}
