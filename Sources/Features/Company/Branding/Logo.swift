import Crypto
import Identifiers
import Images
import Sandbox
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

    private static let forms: [PictureForm] = [
        .fitted(width: 512, height: 128), .squared(side: 32),
        // Phones draw transparent icons on black.
        .squared(side: 180, margin: 14, on: Colour.white.rgb), .squared(side: 192), .squared(side: 512),
        .squared(side: 512, margin: 96, on: Colour.white.rgb),
    ]

    /// Throws a `PictureFault` or a `SandboxFailure`.
    package static func draw(_ file: [UInt8], in sandbox: Sandbox, for tenant: UUID) async throws -> Logo {
        let pictures = try await sandbox.run(try DrawPicture(file, as: forms), for: tenant)
        return Logo(zip(names, pictures).map { Size(name: $0, width: $1.width, height: $1.height, png: $1.png) })
    }

    private init(_ sizes: [Size]) {
        self.sizes = sizes
        var hash = SHA256()
        for size in sizes { hash.update(size.png) }
        version = String(Hex.encode(hash.finish()).prefix(32))
    }
}
