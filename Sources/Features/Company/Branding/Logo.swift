import Crypto
import Identifiers
import Images
import Sandbox
import Tenancy

/// A company's logo in all sizes, drawn from the uploaded file.
package struct Logo: Sendable {
    package struct Size: Sendable, Equatable {
        let name: String
        let width: Int
        let height: Int
        let png: [UInt8]
    }

    /// A hash of the logo, equal for equal logos.
    package let version: String
    let sizes: [Size]

    /// `logo` as uploaded, for the panel, papers and mail; `icon-…` as squares for tabs and home screens; `mask-…` with
    /// a margin, for phones that crop icons.
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
