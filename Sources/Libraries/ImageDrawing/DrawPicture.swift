import Images
import Sandbox

extension DrawPicture: PerformableWork {
    package func perform() throws(PictureFault) -> [DrawnPicture] {
        let decoded = try Picture(decoding: file)
        guard min(decoded.width, decoded.height) >= Self.leastPixels else { throw .broken }
        // Scaled down once: making each form from the full-size picture would cost as much again.
        let side = forms.map(\.side).max() ?? 1
        let isLarger = max(decoded.width, decoded.height) > side
        let picture = isLarger ? try decoded.fitted(width: side, height: side) : decoded
        var drawn: [DrawnPicture] = []
        for form in forms {
            let placed = try picture.placed(as: form)
            drawn.append(DrawnPicture(width: placed.width, height: placed.height, png: try placed.png()))
        }
        return drawn
    }
}

extension Picture {
    fileprivate func placed(as form: PictureForm) throws(PictureFault) -> Picture {
        switch form {
        case .fitted(let width, let height): try fitted(width: width, height: height)
        case .squared(let side, let margin, let background): try squared(side: side, margin: margin, on: background)
        }
    }
}

extension PictureForm {
    fileprivate var side: Int {
        switch self {
        case .fitted(let width, let height): max(width, height)
        case .squared(let side, _, _): side
        }
    }
}
