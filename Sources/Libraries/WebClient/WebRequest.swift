/// A request to another party's server. Redirects are never followed but returned.
package struct WebRequest: Sendable {
    package enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// Called for the next piece once the one before is being sent; nil ends the body. Without a length it is
        /// chunked.
        case stream(length: Int?, next: @Sendable () async throws -> [UInt8]?)
    }

    /// How the server's identity is verified.
    package enum Trust: Sendable, Equatable {
        case system
        /// By the CA certificates in a PEM file instead of the system's.
        case authorities(file: String)
        /// By its public key (base 64 of the SHA-256 of its SubjectPublicKeyInfo), whoever signed it: for devices with
        /// self-signed certificates.
        case publicKey(sha256: String)
        /// Not at all. Only for devices.
        case anyone
    }

    package let method: String
    package let address: String
    package let egress: Egress
    package var headers: WebHeaders
    package var body: Body
    package var trust: Trust
    /// The time for resolving, connecting, sending, and the response to its last byte.
    package var deadline: Duration
    package var connectDeadline: Duration
    /// The largest response body, in bytes.
    package var bodyLimit: Int

    package init(
        _ method: String, _ address: String, egress: Egress, headers: WebHeaders = [:], body: Body = .none,
        trust: Trust = .system, deadline: Duration = .seconds(30), connectDeadline: Duration = .seconds(5),
        bodyLimit: Int = 8 << 20
    ) {
        self.method = method
        self.address = address
        self.egress = egress
        self.headers = headers
        self.body = body
        self.trust = trust
        self.deadline = deadline
        self.connectDeadline = connectDeadline
        self.bodyLimit = bodyLimit
    }

    func check() throws(WebError) {
        guard !method.isEmpty, method.utf8.allSatisfy(WebHeaders.isTokenCharacter) else {
            throw .badRequest("\(method.debugDescription) is not a method")
        }
        if trust == .anyone, egress.isPublic { throw .badRequest("a public server must prove who it is") }
        try headers.check()
    }

    /// RFC 9110 §9.2.2.
    var isIdempotent: Bool { ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"].contains(method) }
}
