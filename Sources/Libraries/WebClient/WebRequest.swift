/// One request to somebody else's server. Redirects are never followed: the answer is handed over as it came.
package struct WebRequest: Sendable {
    package enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// Asked for the next piece only when the one before is on its way; nil ends it. Without a length it is
        /// sent in chunks.
        case stream(length: Int?, next: @Sendable () async throws -> [UInt8]?)
    }

    /// Whom to believe that it is the other side.
    package enum Trust: Sendable, Equatable {
        case system
        /// The authorities in a PEM file instead of the system's.
        case authorities(file: String)
        /// Whoever holds this key (base 64 of the SHA-256 of its SubjectPublicKeyInfo), whoever signed it:
        /// for devices with a certificate of their own making.
        case publicKey(sha256: String)
        /// Anyone. Only for devices.
        case anyone
    }

    package let method: String
    package let address: String
    package let egress: Egress
    package var headers: WebHeaders
    package var body: Body
    package var trust: Trust
    /// For all of it: looking up, connecting, sending, and the answer to its last byte.
    package var deadline: Duration
    package var connectDeadline: Duration
    /// The most bytes of body that an answer may have.
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

    /// Doing it twice is like doing it once (RFC 9110 §9.2.2).
    var isIdempotent: Bool { ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"].contains(method) }
}
