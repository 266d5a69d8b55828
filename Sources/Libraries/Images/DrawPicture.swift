import Sandbox

/// Re-encodes an untrusted image as PNG in the forms it is shown in: nothing of the original file survives.
package struct DrawPicture: SandboxWork {
    package typealias Fault = PictureFault

    package static let kind = "picture"
    /// The file's size. Real logos are far smaller.
    package static let mostBytes = 4 * 1024 * 1024
    /// The longest side, in pixels.
    package static let mostPixels = 4096
    /// The shorter side, in pixels: anything less is no logo.
    package static let leastPixels = 16

    package let file: [UInt8]
    package let forms: [PictureForm]

    package init(_ file: [UInt8], as forms: [PictureForm]) throws(PictureFault) {
        guard file.count <= Self.mostBytes else { throw .tooLarge }
        self.file = file
        self.forms = forms
    }

    package init(from reader: inout WireReader) throws(WireError) {
        file = try reader.read()
        forms = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(file)
        writer.write(forms)
    }

    /// Whether the answer consists of the requested forms. The process that made it is not trusted.
    package func accepts(_ pictures: [DrawnPicture]) -> Bool {
        pictures.count == forms.count
            && zip(pictures, forms).allSatisfy { picture, form in
                form.fits(width: picture.width, height: picture.height) && picture.isPNG
                    && picture.png.count <= Self.mostBytes
            }
    }
}

package enum PictureForm: WireValue {
    /// Scaled to fit, keeping its proportions and never enlarged.
    case fitted(width: Int, height: Int)
    /// Centred in a square, on a colour 0xRRGGBB or a transparent background.
    case squared(side: Int, margin: Int = 0, on: UInt32? = nil)

    package init(from reader: inout WireReader) throws(WireError) {
        switch try reader.read() as UInt8 {
        case 0: self = .fitted(width: try reader.read(), height: try reader.read())
        case 1: self = .squared(side: try reader.read(), margin: try reader.read(), on: try reader.read())
        default: throw WireError()
        }
    }

    package func write(to writer: inout WireWriter) {
        switch self {
        case .fitted(let width, let height):
            writer.write(0 as UInt8)
            writer.write(width)
            writer.write(height)
        case .squared(let side, let margin, let background):
            writer.write(1 as UInt8)
            writer.write(side)
            writer.write(margin)
            writer.write(background)
        }
    }

    fileprivate func fits(width: Int, height: Int) -> Bool {
        switch self {
        case .fitted(let most, let mostHeight): (1...most).contains(width) && (1...mostHeight).contains(height)
        case .squared(let side, _, _): width == side && height == side
        }
    }
}

package struct DrawnPicture: WireValue, Equatable {
    package let width: Int
    package let height: Int
    package let png: [UInt8]

    package init(width: Int, height: Int, png: [UInt8]) {
        self.width = width
        self.height = height
        self.png = png
    }

    package init(from reader: inout WireReader) throws(WireError) {
        width = try reader.read()
        height = try reader.read()
        png = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(width)
        writer.write(height)
        writer.write(png)
    }

    fileprivate var isPNG: Bool { png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) }
}

package enum PictureFault: UInt8, Error, WireWord {
    /// Not an image format we read, whatever its name says.
    case unknownKind
    case tooLarge
    case broken
    /// An SVG that refers to anything outside itself.
    case notPlain
}
