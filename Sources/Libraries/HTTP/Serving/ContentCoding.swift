/// The content coding of a body.
enum ContentCoding: Sendable, Equatable {
    case gzip, brotli

    var name: String { self == .gzip ? "gzip" : "br" }

    /// Below this size compression costs more than it saves.
    static let leastSize = 1024

    /// The client's preferred coding; the denser of two equals.
    init?(preferredBy headers: RequestHeaders) {
        guard let value = headers["accept-encoding"] else { return nil }
        let weights = Array(value.utf8).withUnsafeBytes { bytes in
            let any = Accept.weight(of: "*", in: bytes) ?? 0
            return (
                gzip: Accept.weight(of: "gzip", in: bytes) ?? Accept.weight(of: "x-gzip", in: bytes) ?? any,
                brotli: Accept.weight(of: "br", in: bytes) ?? any
            )
        }
        guard max(weights.gzip, weights.brotli) > 0 else { return nil }
        self = weights.brotli >= weights.gzip ? .brotli : .gzip
    }
}

extension Response {
    /// Whether the response can be compressed, which caches must know (Vary).
    var isCompressible: Bool {
        contentType?.isCompressible == true && status.code < 300 && status != .partialContent
            && headers["content-encoding"] == nil
    }

    /// The coding of a streamed response, whose size is unknown.
    mutating func negotiateStreamCoding(for request: Request) -> ContentCoding? {
        guard isCompressible else { return nil }
        variesByCoding = true
        guard let coding = ContentCoding(preferredBy: request.headers) else { return nil }
        apply(coding)
        return coding
    }

    /// A strong entity tag identifies bytes, so the compressed form needs another.
    mutating func apply(_ coding: ContentCoding) {
        headers["Content-Encoding"] = coding.name
        if let tag = headers["etag"], tag.utf8.last == UInt8(ascii: "\""), tag.utf8.first == UInt8(ascii: "\"") {
            headers["ETag"] = "\(tag.dropLast())-\(coding.name)\""
        }
        headers["Accept-Ranges"] = nil
    }
}
