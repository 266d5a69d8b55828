import Crypto
import Images
import Loop
import Tenancy

/// A company's sign in every size it is shown in, drawn from whatever was uploaded.
package struct Logo: Sendable {
    package struct Size: Sendable, Equatable {
        let name: String
        let width: Int
        let height: Int
        let png: [UInt8]
    }

    /// Stands for the picture that was drawn: the same one always has the same.
    package let version: String
    let sizes: [Size]

    /// `logo` as it is, for the panel, papers and mail; `icon-…` in squares for tabs and home screens; `mask-…` with room
    /// around it for phones that cut icons into shapes.
    package static let names = ["logo", "icon-32", "icon-180", "icon-192", "icon-512", "mask-512"]

    /// Takes a while: on a pool.
    init(drawing bytes: [UInt8]) throws(PictureFault) {
        let picture = try Picture(decoding: bytes)
        guard picture.width >= 16, picture.height >= 16 else { throw .broken }
        func size(_ name: String, _ picture: Picture) throws(PictureFault) -> Size {
            Size(name: name, width: picture.width, height: picture.height, png: try picture.png())
        }
        sizes = [
            try size("logo", picture.fitted(width: 512, height: 128)),
            try size("icon-32", picture.squared(side: 32)),
            // Phones draw transparent icons on black.
            try size("icon-180", picture.squared(side: 180, margin: 14, on: Colour.white.rgb)),
            try size("icon-192", picture.squared(side: 192)),
            try size("icon-512", picture.squared(side: 512)),
            try size("mask-512", picture.squared(side: 512, margin: 96, on: Colour.white.rgb)),
        ]
        var hash = SHA256()
        for size in sizes { hash.update(size.png) }
        version = String(Hex.encode(hash.finish()).prefix(32))
    }

    package static func draw(_ bytes: [UInt8], on pool: BlockingPool) async throws -> Logo {
        try await pool.run { try Logo(drawing: bytes) }
    }
}
