/// The request line and header fields of one request, fully validated beforehand.
package final class RequestHead: Sendable {
    enum Framing: Sendable, Equatable {
        case none
        case length(Int)
        case chunked
    }

    package let method: Method
    package let headers: RequestHeaders
    package let path: RequestPath
    package let query: Fields
    /// From an absolute-form target, else from the Host field; "" where HTTP/1.0 omits it.
    package let host: String
    let target: Place
    let methodLength: Int
    let isHTTP10: Bool
    let keepsAlive: Bool
    let expectsContinue: Bool
    let framing: Framing

    package var methodName: String { String(decoding: headers.bytes[0..<methodLength], as: UTF8.self) }

    /// The target as it was sent: visible ASCII only.
    package var rawTarget: String { String(decoding: headers.bytes[target.range], as: UTF8.self) }

    init(
        method: Method, headers: RequestHeaders, path: RequestPath, query: Fields, host: String, target: Place,
        methodLength: Int, isHTTP10: Bool, keepsAlive: Bool, expectsContinue: Bool, framing: Framing
    ) {
        self.method = method
        self.headers = headers
        self.path = path
        self.query = query
        self.host = host
        self.target = target
        self.methodLength = methodLength
        self.isHTTP10 = isHTTP10
        self.keepsAlive = keepsAlive
        self.expectsContinue = expectsContinue
        self.framing = framing
    }
}
