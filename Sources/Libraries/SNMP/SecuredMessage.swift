/// An agent's engine: its identity, how often it started, and for how many seconds it has run.
struct SNMPEngine: Sendable, Equatable {
    var id: [UInt8] = []
    var boots: Int32 = 0
    var time: Int32 = 0
}

/// A message of SNMP v3 with the User-based Security Model (RFC 3412, RFC 3414).
struct SecuredMessage: Sendable {
    static let isAuthenticated: UInt8 = 1
    static let isPrivate: UInt8 = 2
    private static let mayReport: UInt8 = 4
    private static let userBased: Int64 = 3
    private static let largest: Int64 = 65_507

    let id: Int32
    let flags: UInt8
    let engine: SNMPEngine
    let user: [UInt8]
    private let codePlace: Range<Int>
    private let salt: [UInt8]
    /// The scoped PDU, or its ciphertext.
    private let content: [UInt8]
    private let bytes: [UInt8]

    /// Reads what surrounds the PDU; that is opened by keys.
    init(_ received: UnsafeRawBufferPointer) throws(NotBER) {
        var outer = BERReader(received)
        var message = try outer.next(0x30)
        guard try message.next(0x02).integer() == 3 else { throw NotBER() }
        var head = try message.next(0x30)
        id = Int32(truncatingIfNeeded: try head.next(0x02).integer())
        _ = try head.next(0x02).integer()
        let flagBytes = try head.next(0x04).content
        guard flagBytes.count == 1, try head.next(0x02).integer() == Self.userBased else { throw NotBER() }
        flags = flagBytes[0]
        var wrapped = try message.next(0x04)
        var security = try wrapped.next(0x30)
        var engine = SNMPEngine(id: Array(try security.next(0x04).content))
        guard engine.id.count <= 32 else { throw NotBER() }
        engine.boots = Int32(clamping: try security.next(0x02).integer())
        engine.time = Int32(clamping: try security.next(0x02).integer())
        self.engine = engine
        user = Array(try security.next(0x04).content)
        let code = try security.next(0x04)
        codePlace = code.position..<code.position + code.content.count
        salt = Array(try security.next(0x04).content)
        if flags & Self.isPrivate != 0 {
            content = Array(try message.next(0x04).content)
        } else {
            let start = message.position
            _ = try message.next(0x30)
            content = Array(received[start..<message.position])
        }
        bytes = Array(received)
    }

    static func version(of bytes: UnsafeRawBufferPointer) -> Int64? {
        var outer = BERReader(bytes)
        guard var message = try? outer.next(0x30), let version = try? message.next(0x02) else { return nil }
        return try? version.integer()
    }

    /// Whether the user's agent made it, as it is.
    func isGenuine(by keys: SNMPUserKeys) -> Bool {
        guard flags & Self.isAuthenticated != 0, codePlace.count == keys.hash.codeCount else { return false }
        var zeroed = bytes
        for place in codePlace { zeroed[place] = 0 }
        var difference: UInt8 = 0
        for (made, sent) in zip(keys.code(of: zeroed), bytes[codePlace]) { difference |= made ^ sent }
        return difference == 0
    }

    /// What it says; without keys only what is in plain text.
    func opened(by keys: SNMPUserKeys?) throws(NotBER) -> SNMPMessage {
        var plain = content
        if flags & Self.isPrivate != 0 {
            guard let keys, let key = keys.privacyKey, salt.count == 8 else { throw NotBER() }
            plain = keys.decrypted(content, Self.vector(of: engine, salt), with: key)
        }
        let result: Result<SNMPMessage, NotBER> = plain.withUnsafeBytes { plain in
            do throws(NotBER) {
                var outer = BERReader(plain)
                var scoped = try outer.next(0x30)
                _ = try scoped.next(0x04)
                _ = try scoped.next(0x04)
                return .success(try SNMPMessage(pdu: &scoped, community: []))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private static func vector(of engine: SNMPEngine, _ salt: [UInt8]) -> [UInt8] {
        func octets(_ value: Int32) -> [UInt8] {
            (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
        }
        return octets(engine.boots) + octets(engine.time) + salt
    }

    /// The question that asks an agent who it is.
    static func discovery(_ id: Int32) -> [UInt8] {
        let nothing = SNMPMessage(.get, community: [], requestID: id, variables: [])
        return written(id, mayReport, SNMPEngine(), [], code: 0, salt: []) { writer in
            nothing.writeScoped(by: [], to: &writer)
        }.bytes
    }

    /// A question with its proof, and in cipher where the user has a key of privacy.
    static func question(
        _ pdu: SNMPMessage, of user: SNMPUser, at engine: SNMPEngine, with keys: SNMPUserKeys, salt: [UInt8]
    ) -> [UInt8] {
        var plain = BERWriter()
        pdu.writeScoped(by: engine.id, to: &plain)
        let plainBytes = plain.bytes
        let flags = mayReport | isAuthenticated | (keys.privacyKey == nil ? 0 : isPrivate)
        let salt = keys.privacyKey == nil ? [] : salt
        var (bytes, place) = written(
            pdu.requestID, flags, engine, Array(user.name.utf8), code: keys.hash.codeCount, salt: salt
        ) { writer in
            if let key = keys.privacyKey {
                writer.octets(0x04, keys.encrypted(plainBytes, vector(of: engine, salt), with: key))
            } else {
                writer.raw(plainBytes)
            }
        }
        bytes.replaceSubrange(place..<place + keys.hash.codeCount, with: keys.code(of: bytes))
        return bytes
    }

    /// The message with zeros for its code, and where that stands.
    private static func written(
        _ id: Int32, _ flags: UInt8, _ engine: SNMPEngine, _ user: [UInt8], code count: Int, salt: [UInt8],
        _ content: (inout BERWriter) -> Void
    ) -> (bytes: [UInt8], code: Int) {
        var writer = BERWriter()
        var behind = 0
        writer.element(0x30) { writer in
            content(&writer)
            writer.element(0x04) { writer in
                writer.element(0x30) { writer in
                    writer.octets(0x04, salt)
                    behind = writer.count
                    writer.octets(0x04, Array(repeating: 0, count: count))
                    writer.octets(0x04, user)
                    writer.integer(Int64(engine.time))
                    writer.integer(Int64(engine.boots))
                    writer.octets(0x04, engine.id)
                }
            }
            writer.element(0x30) { writer in
                writer.integer(userBased)
                writer.octets(0x04, [flags])
                writer.integer(largest)
                writer.integer(Int64(id))
            }
            writer.integer(3)
        }
        let bytes = writer.bytes
        return (bytes, bytes.count - behind - count)
    }
}

extension SNMPMessage {
    /// With an empty context name.
    fileprivate func writeScoped(by engine: [UInt8], to writer: inout BERWriter) {
        writer.element(0x30) { writer in
            writePDU(to: &writer)
            writer.octets(0x04, [])
            writer.octets(0x04, engine)
        }
    }
}
