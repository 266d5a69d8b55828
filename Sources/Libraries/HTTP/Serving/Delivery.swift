import Loop

/// A response as one request gets it: unchanged, a range, compressed, or 304.
struct Delivery: Sendable {
    enum Content: Sendable {
        case nothing
        case bytes([UInt8])
        case file(FileContent, Range<Int>)
    }

    private(set) var response: Response
    private(set) var content: Content
    /// Not yet applied to the content.
    private(set) var coding: ContentCoding?

    init(_ response: consuming Response, to request: Request) {
        let body = response.body
        self.response = response
        switch body {
        case .bytes(let bytes):
            content = .bytes(bytes)
            negotiateCoding(for: request, size: bytes.count)
        case .file(let file):
            content = .file(file, 0..<file.size)
            // Ranges refer to the plain file; large files are sent uncompressed, straight from the disk.
            if !request.headers.contains("range"), file.size <= Self.mostCompressed {
                negotiateCoding(for: request, size: file.size)
            }
        case .stream, .events: content = .nothing
        }
        if self.response.status.hasNoContent { (content, coding) = (.nothing, nil) }
        guard request.method == .get || request.method == .head, response.status == .ok else { return }
        if let tag = self.response.headers["etag"] { checkConditions(request, tag: tag) }
    }

    static let mostCompressed = 4 * 1024 * 1024

    private mutating func negotiateCoding(for request: Request, size: Int) {
        guard size >= ContentCoding.leastSize, response.isCompressible else { return }
        response.variesByCoding = true
        guard let coding = ContentCoding(preferredBy: request.headers) else { return }
        self.coding = coding
        response.apply(coding)
    }

    /// Whether compression would delay the loop's other connections.
    var isCostly: Bool {
        guard coding != nil else { return false }
        switch content {
        case .bytes(let bytes): return bytes.count > 64 * 1024
        case .file: return true
        case .nothing: return false
        }
    }

    /// Compresses on the pool; on the loop when the pool is full.
    func compressed(on pool: BlockingPool) async -> Delivery {
        var delivery = self
        do { delivery = try await pool.run { self.compressed() } } catch { delivery.compress() }
        return delivery
    }

    private func compressed() -> Delivery {
        var delivery = self
        delivery.compress()
        return delivery
    }

    mutating func compress() {
        guard let coding else { return }
        self.coding = nil
        switch content {
        case .nothing: break
        case .bytes(let bytes): content = .bytes(Compressor(coding).compress(bytes, isLast: true))
        case .file(let file, let range): content = .bytes(Compressor(coding).compress(file.read(range), isLast: true))
        }
    }

    var length: BodyLength {
        if response.status.hasNoContent { return .none }
        return switch content {
        case .nothing: .known(0)
        case .bytes(let bytes): .known(bytes.count)
        case .file(_, let range): .known(range.count)
        }
    }

    private mutating func checkConditions(_ request: Request, tag: String) {
        let modified = response.headers["last-modified"]
        if Preconditions.isUnchanged(request.headers, tag: tag, modified: modified) {
            response.status = .notModified
            response.headers["Content-Encoding"] = nil
            content = .nothing
            coding = nil
        } else if case .file(let file, _) = content, coding == nil, request.method == .get,
            Preconditions.allowsRange(request.headers, tag: tag, modified: modified)
        {
            cut(file, RangeRequest(request.headers["range"], size: file.size))
        }
    }

    private mutating func cut(_ file: FileContent, _ range: RangeRequest) {
        switch range {
        case .whole: break
        case .part(let range):
            response.status = .partialContent
            response.headers["Content-Range"] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)"
            content = .file(file, range)
        case .unsatisfiable:
            response.status = .rangeNotSatisfiable
            response.headers["Content-Range"] = "bytes */\(file.size)"
            response.contentType = nil
            content = .nothing
        }
    }
}
