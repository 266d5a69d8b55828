import Crypto

/// A packet of RADIUS (RFC 2865) as it lies on the wire.
package struct RADIUSPacket: Sendable, Equatable {
    package enum Code: UInt8, Sendable {
        // RFC 5176
        case disconnectRequest = 40
        case disconnectACK = 41
        case disconnectNAK = 42
    }

    package struct Attribute: Sendable, Equatable {
        package let kind: UInt8
        package let value: [UInt8]

        package init(_ kind: UInt8, _ value: [UInt8]) { (self.kind, self.value) = (kind, value) }

        /// What does not fit is cut off.
        package static func text(_ kind: UInt8, _ text: String) -> Attribute {
            Attribute(kind, Array(text.utf8.prefix(253)))
        }

        package static func number(_ kind: UInt8, _ number: UInt32) -> Attribute {
            Attribute(kind, stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) })
        }

        /// Nil where it is not 32 bits long.
        package var number: UInt32? {
            value.count == 4 ? value.reduce(0) { $0 << 8 | UInt32($1) } : nil
        }
    }

    package static let userName: UInt8 = 1
    package static let framedAddress: UInt8 = 8
    package static let sessionID: UInt8 = 44
    package static let eventTimestamp: UInt8 = 55
    package static let messageAuthenticator: UInt8 = 80
    package static let errorCause: UInt8 = 101

    package let code: Code
    package let identifier: UInt8
    package let attributes: [Attribute]

    package init(_ code: Code, identifier: UInt8, _ attributes: [Attribute]) {
        (self.code, self.identifier, self.attributes) = (code, identifier, attributes)
    }

    package func first(_ kind: UInt8) -> Attribute? { attributes.first { $0.kind == kind } }

    private static let headLength = 20
    private static let longest = 4096

    /// A request as RFC 5176 signs it: authenticated as a whole by what is shared.
    package func signed(with secret: [UInt8]) -> [UInt8] {
        sealed(with: secret, over: [UInt8](repeating: 0, count: 16))
    }

    /// The answer to a request.
    package func answering(_ request: [UInt8], with secret: [UInt8]) -> [UInt8] {
        sealed(with: secret, over: Array(request[4..<Self.headLength]))
    }

    private func sealed(with secret: [UInt8], over authenticator: [UInt8]) -> [UInt8] {
        var body: [UInt8] = []
        for attribute in attributes + [Attribute(Self.messageAuthenticator, [UInt8](repeating: 0, count: 16))]
        where attribute.value.count <= 253 {
            body += [attribute.kind, UInt8(attribute.value.count + 2)] + attribute.value
        }
        let length = Self.headLength + body.count
        precondition(length <= Self.longest, "A packet of \(length) bytes")
        let head = [code.rawValue, identifier, UInt8(length >> 8), UInt8(length & 255)]
        body.replaceSubrange((body.count - 16)..., with: HMAC.md5(head + authenticator + body, key: secret))
        return head + MD5.digest(of: head + authenticator + body + secret) + body
    }

    /// Reads the answer to a request; nil where it is none, or not of somebody who knows what is shared.
    package init?(_ bytes: [UInt8], answering request: [UInt8], with secret: [UInt8]) {
        guard let read = RADIUSPacket(bytes, over: Array(request[4..<Self.headLength]), with: secret),
            read.identifier == request[1]
        else { return nil }
        self = read
    }

    /// Reads a request that RFC 5176 signs.
    package init?(request bytes: [UInt8], with secret: [UInt8]) {
        self.init(bytes, over: [UInt8](repeating: 0, count: 16), with: secret)
    }

    private init?(_ bytes: [UInt8], over authenticator: [UInt8], with secret: [UInt8]) {
        guard (Self.headLength...Self.longest).contains(bytes.count), let code = Code(rawValue: bytes[0]) else {
            return nil
        }
        let length = Int(bytes[2]) << 8 | Int(bytes[3])
        // What lies behind its end is padding.
        guard (Self.headLength...bytes.count).contains(length) else { return nil }
        let (head, body) = (Array(bytes[..<4]), Array(bytes[Self.headLength..<length]))
        guard
            ConstantTime.equal(
                bytes[4..<Self.headLength], to: MD5.digest(of: head + authenticator + body + secret)),
            let attributes = Self.attributes(in: body)
        else { return nil }
        self.init(code, identifier: bytes[1], attributes)
    }

    private static func attributes(in body: [UInt8]) -> [Attribute]? {
        var (attributes, rest): ([Attribute], ArraySlice<UInt8>) = ([], body[...])
        while let kind = rest.first {
            guard rest.count >= 2 else { return nil }
            let length = Int(rest[rest.startIndex + 1])
            guard length >= 2, length <= rest.count else { return nil }
            attributes.append(Attribute(kind, Array(rest.prefix(length).dropFirst(2))))
            rest = rest.dropFirst(length)
        }
        return attributes
    }
}
