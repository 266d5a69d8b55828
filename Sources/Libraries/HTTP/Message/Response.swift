package struct Response: Sendable {
    package enum Body: Sendable {
        case bytes([UInt8])
        /// Streamed piece by piece; the writer applies back-pressure.
        case stream(@Sendable (BodyWriter) async throws -> Void)
        case file(FileContent)
        /// Server-sent events for an open page.
        case events(EventFeed)
    }

    package var status: Status
    package var contentType: ContentType?
    package var headers: ResponseHeaders
    package var body: Body
    /// Whether the body depends on Accept-Encoding (Vary).
    var variesByCoding = false

    package init(
        _ status: Status, contentType: ContentType? = nil, headers: ResponseHeaders = [:], body: Body = .bytes([])
    ) {
        self.status = status
        self.contentType = contentType
        self.headers = headers
        self.body = body
    }
}

extension Response {
    package static func html(_ bytes: [UInt8], status: Status = .ok) -> Response {
        Response(status, contentType: .html, body: .bytes(bytes))
    }

    package static func json(_ bytes: [UInt8], status: Status = .ok) -> Response {
        Response(status, contentType: .json, body: .bytes(bytes))
    }

    package static func text(_ text: String, status: Status = .ok) -> Response {
        Response(status, contentType: .text, body: .bytes(Array(text.utf8)))
    }

    /// By default (303) the browser follows with GET, as after a form.
    package static func redirect(to location: String, status: Status = .seeOther) -> Response {
        Response(status, headers: ["Location": location])
    }

    package static func events(_ feed: EventFeed) -> Response {
        // X-Accel-Buffering stops nginx from holding back small writes.
        Response(
            .ok, contentType: .events, headers: ["Cache-Control": "no-store", "X-Accel-Buffering": "no"],
            body: .events(feed))
    }

    package static func stream(
        _ type: ContentType, _ write: @escaping @Sendable (BodyWriter) async throws -> Void
    ) -> Response {
        Response(.ok, contentType: type, body: .stream(write))
    }
}

package struct ContentType: Sendable, Equatable {
    package let text: String
    package let isCompressible: Bool

    package init(_ text: String, isCompressible: Bool) {
        self.text = text
        self.isCompressible = isCompressible
    }

    package static let html = ContentType("text/html; charset=utf-8", isCompressible: true)
    package static let text = ContentType("text/plain; charset=utf-8", isCompressible: true)
    package static let json = ContentType("application/json", isCompressible: true)
    package static let problem = ContentType("application/problem+json", isCompressible: true)
    package static let csv = ContentType("text/csv; charset=utf-8", isCompressible: true)
    package static let css = ContentType("text/css; charset=utf-8", isCompressible: true)
    package static let javaScript = ContentType("text/javascript; charset=utf-8", isCompressible: true)
    package static let svg = ContentType("image/svg+xml", isCompressible: true)
    package static let manifest = ContentType("application/manifest+json", isCompressible: true)
    package static let events = ContentType("text/event-stream", isCompressible: false)
    package static let openMetrics = ContentType(
        "application/openmetrics-text; version=1.0.0; charset=utf-8", isCompressible: true)
    package static let png = ContentType("image/png", isCompressible: false)
    package static let jpeg = ContentType("image/jpeg", isCompressible: false)
    package static let webp = ContentType("image/webp", isCompressible: false)
    package static let icon = ContentType("image/x-icon", isCompressible: false)
    package static let woff2 = ContentType("font/woff2", isCompressible: false)
    package static let workbook = ContentType(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", isCompressible: false)
    package static let pdf = ContentType("application/pdf", isCompressible: false)
    package static let binary = ContentType("application/octet-stream", isCompressible: false)
}
