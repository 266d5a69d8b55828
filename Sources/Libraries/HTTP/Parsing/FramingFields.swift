/// The fields that decide a request's end, its destination and the connection's reuse.
///
/// Request smuggling lives on two readings of these, so everything RFC 9112 §6 lets a server refuse is refused.
struct FramingFields {
    private var host: Authority?
    private var length: Int?
    private var isChunked = false
    private var closes = false
    private var asksToStay = false
    private var expectsContinue = false

    mutating func note(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) throws(RequestError) {
        switch name.count {
        case 4 where name.isText("host"): try noteHost(value)
        case 6 where name.isText("expect"):
            guard value.isText("100-continue") else { throw .expectationFailed }
            expectsContinue = true
        case 10 where name.isText("connection"): noteConnection(value)
        case 14 where name.isText("content-length"): try noteLength(value)
        case 17 where name.isText("transfer-encoding"): try noteCoding(value)
        default: break
        }
    }

    private mutating func noteHost(_ value: UnsafeRawBufferPointer) throws(RequestError) {
        guard host == nil else { throw .malformed("There are two Host headers.") }
        guard let authority = Authority(value) else { throw .malformed("The Host header is malformed.") }
        host = authority
    }

    private mutating func noteConnection(_ value: UnsafeRawBufferPointer) {
        value.forEachListMember { option in
            if option.isText("close") { closes = true }
            if option.isText("keep-alive") { asksToStay = true }
        }
    }

    private mutating func noteLength(_ value: UnsafeRawBufferPointer) throws(RequestError) {
        guard length == nil else { throw .malformed("There are two Content-Length headers.") }
        // A leading zero means octal to some programs; fifteen digits exceed any disk.
        guard (1...15).contains(value.count), value.count == 1 || value[0] != UInt8(ascii: "0"),
            value.allSatisfy(\.isDigit)
        else { throw .malformed("The Content-Length header is malformed.") }
        length = value.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    private mutating func noteCoding(_ value: UnsafeRawBufferPointer) throws(RequestError) {
        guard !isChunked else { throw .malformed("There are two Transfer-Encoding headers.") }
        if !value.isText("chunked") {
            // An unsupported coding is not the client's error, as long as chunks still delimit the body.
            guard let comma = value.lastIndex(of: UInt8(ascii: ",")), comma > 0,
                UnsafeRawBufferPointer(rebasing: value[(comma + 1)...]).trimmed().isText("chunked"),
                value[..<comma].allSatisfy({ $0.isTokenCharacter }),
                !UnsafeRawBufferPointer(rebasing: value[..<comma]).isText("chunked")
            else { throw .malformed("The Transfer-Encoding header is malformed.") }
            throw .notImplemented("The transfer coding is not known.")
        }
        isChunked = true
    }

    func head(
        _ methodPlace: Place, target: Place, isHTTP10: Bool, headers: RequestHeaders
    ) throws(RequestError) -> RequestHead {
        let method = headers.bytes.withUnsafeBytes {
            Method(UnsafeRawBufferPointer(rebasing: $0[methodPlace.range]))
        }
        guard host != nil || isHTTP10 else { throw .malformed("The Host header is missing.") }
        let framing = try framing(of: method, isHTTP10: isHTTP10)
        let parts = try Target(headers.bytes, at: target.range, of: method)
        if let named = parts.authority, let host, named != host {
            throw .malformed("The target and the Host header name two hosts.")
        }
        return RequestHead(
            method: method, headers: headers,
            path: try RequestPath(in: headers.bytes, at: parts.path), query: parts.query,
            host: (parts.authority ?? host)?.host ?? "", target: target, methodLength: Int(methodPlace.count),
            isHTTP10: isHTTP10, keepsAlive: !closes && (!isHTTP10 || asksToStay),
            expectsContinue: expectsContinue && !isHTTP10, framing: framing)
    }

    private func framing(of method: Method, isHTTP10: Bool) throws(RequestError) -> RequestHead.Framing {
        if isChunked {
            guard length == nil else { throw .malformed("There are both Content-Length and Transfer-Encoding.") }
            guard !isHTTP10 else { throw .malformed("HTTP/1.0 has no Transfer-Encoding.") }
        }
        guard isChunked || length ?? 0 > 0 else { return .none }
        // RFC 9110 §9.3.1: such a body has no meaning and may be meant to pass for the next request.
        guard method != .get && method != .head else { throw .malformed("A request to read has a body.") }
        return isChunked ? .chunked : .length(length ?? 0)
    }
}
