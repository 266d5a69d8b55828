/// Decodes a request body up to its end.
enum BodyDecoder {
    case length(Int)
    case chunked(ChunkDecoder)

    init?(_ framing: RequestHead.Framing) {
        switch framing {
        case .none: return nil
        case .length(let count): self = .length(count)
        case .chunked: self = .chunked(ChunkDecoder())
        }
    }

    var isDone: Bool {
        switch self {
        case .length(let remaining): remaining == 0
        case .chunked(let decoder): decoder.isDone
        }
    }

    /// Delivers the data and returns how many bytes belonged to the body.
    mutating func decode(
        _ bytes: UnsafeRawBufferPointer, _ data: (UnsafeRawBufferPointer) -> Void
    ) throws(RequestError) -> Int {
        switch self {
        case .length(let remaining):
            let count = min(remaining, bytes.count)
            data(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
            self = .length(remaining - count)
            return count
        case .chunked(var decoder):
            defer { self = .chunked(decoder) }
            return try decoder.decode(bytes, data)
        }
    }
}
