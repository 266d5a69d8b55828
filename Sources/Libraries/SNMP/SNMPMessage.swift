/// A value of a device.
package enum SNMPValue: Sendable, Equatable {
    case integer(Int64)
    case octets([UInt8])
    case null
    case objectID(ObjectID)
    case address(UInt32)
    case counter32(UInt32)
    case gauge(UInt32)
    /// Hundredths of a second.
    case ticks(UInt32)
    case opaque([UInt8])
    case counter64(UInt64)
    // Instead of a value, within a good response.
    case noSuchObject, noSuchInstance, endOfView

    /// Nil for what is no number.
    package var number: Int64? {
        switch self {
        case .integer(let value): value
        case .counter32(let value), .gauge(let value), .ticks(let value): Int64(value)
        case .counter64(let value): Int64(clamping: value)
        default: nil
        }
    }

    /// Text as a device means it: UTF-8, without control characters, of at most so many scalars.
    package func text(upTo most: Int) -> String? {
        guard case .octets(let octets) = self else { return nil }
        let text = String(decoding: octets.prefix(most * 4), as: UTF8.self)
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalars.count < most {
            scalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
        }
        return String(scalars)
    }

    package var isException: Bool {
        switch self {
        case .noSuchObject, .noSuchInstance, .endOfView: true
        default: false
        }
    }
}

package struct SNMPVariable: Sendable, Equatable {
    package let name: ObjectID
    package let value: SNMPValue

    package init(_ name: ObjectID, _ value: SNMPValue) { (self.name, self.value) = (name, value) }
}

/// A message of SNMP v2c, or a trap of version 1 as one.
package struct SNMPMessage: Sendable, Equatable {
    package enum Kind: UInt8, Sendable {
        case get = 0xA0, getNext = 0xA1, response = 0xA2, set = 0xA3, getBulk = 0xA5, inform = 0xA6, trap = 0xA7
        case report = 0xA8
    }

    package var community: [UInt8]
    package var kind: Kind
    package var requestID: Int32
    /// In a GETBULK, the number of variables that are asked for once.
    package var errorStatus: Int32
    /// In a GETBULK, how often the others are asked for.
    package var errorIndex: Int32
    package var variables: [SNMPVariable]

    package init(
        _ kind: Kind, community: [UInt8], requestID: Int32, errorStatus: Int32 = 0, errorIndex: Int32 = 0,
        variables: [SNMPVariable]
    ) {
        (self.kind, self.community, self.requestID) = (kind, community, requestID)
        (self.errorStatus, self.errorIndex, self.variables) = (errorStatus, errorIndex, variables)
    }

    /// More than any response of ours has.
    private static let mostVariables = 1024

    /// A message of version 3 is none, and of version 1 only a trap is one.
    package init(_ bytes: UnsafeRawBufferPointer) throws(NotBER) {
        var outer = BERReader(bytes)
        var message = try outer.next(0x30)
        let version = try message.next(0x02).integer()
        let community = Array(try message.next(0x04).content)
        switch version {
        case 0: try self.init(firstVersionTrap: &message, community: community)
        case 1: try self.init(pdu: &message, community: community)
        default: throw NotBER()
        }
    }

    private static let uptime: ObjectID = [1, 3, 6, 1, 2, 1, 1, 3, 0]
    private static let trapName: ObjectID = [1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0]
    private static let genericTraps: ObjectID = [1, 3, 6, 1, 6, 3, 1, 1, 5]

    /// As RFC 3584 makes a trap of version 2 of it.
    private init(firstVersionTrap message: inout BERReader, community: [UInt8]) throws(NotBER) {
        var trap = try message.next(0xA4)
        let enterprise = try trap.next(0x06).objectID()
        _ = try trap.next(0x40)
        let generic = try trap.next(0x02).integer()
        let specific = try trap.next(0x02).integer()
        let ticks = UInt32(truncatingIfNeeded: try trap.next(0x43).unsigned(bytes: 4))
        guard (0...6).contains(generic), (0...Int64(UInt32.max)).contains(specific),
            enterprise.parts.count + 2 <= ObjectID.longest
        else { throw NotBER() }
        let name =
            generic < 6
            ? Self.genericTraps.appending(UInt32(generic) + 1) : enterprise.appending(0, UInt32(specific))
        self.init(
            .trap, community: community, requestID: 0,
            variables: [SNMPVariable(Self.uptime, .ticks(ticks)), SNMPVariable(Self.trapName, .objectID(name))]
                + (try Self.variables(in: &trap)))
    }

    private static func variables(in message: inout BERReader) throws(NotBER) -> [SNMPVariable] {
        var list = try message.next(0x30)
        var variables: [SNMPVariable] = []
        while !list.isAtEnd {
            guard variables.count < mostVariables else { throw NotBER() }
            var pair = try list.next(0x30)
            let name = try pair.next(0x06).objectID()
            let (tag, content) = try pair.next()
            variables.append(SNMPVariable(name, try SNMPValue(tag, content)))
        }
        return variables
    }

    /// Of what stands next.
    init(pdu message: inout BERReader, community: [UInt8]) throws(NotBER) {
        self.community = community
        var (tag, pdu) = try message.next()
        guard let kind = Kind(rawValue: tag) else { throw NotBER() }
        self.kind = kind
        requestID = Int32(truncatingIfNeeded: try pdu.next(0x02).integer())
        errorStatus = Int32(clamping: try pdu.next(0x02).integer())
        errorIndex = Int32(clamping: try pdu.next(0x02).integer())
        variables = try Self.variables(in: &pdu)
    }

    package init(_ bytes: [UInt8]) throws(NotBER) {
        let result: Result<SNMPMessage, NotBER> = bytes.withUnsafeBytes { bytes in
            do throws(NotBER) { return .success(try SNMPMessage(bytes)) } catch { return .failure(error) }
        }
        self = try result.get()
    }

    package var bytes: [UInt8] {
        var writer = BERWriter()
        writer.element(0x30) { writer in
            writePDU(to: &writer)
            writer.octets(0x04, community)
            writer.integer(1)
        }
        return writer.bytes
    }

    func writePDU(to writer: inout BERWriter) {
        writer.element(kind.rawValue) { writer in
            writer.element(0x30) { writer in
                for variable in variables.reversed() {
                    writer.element(0x30) { writer in
                        variable.value.write(to: &writer)
                        writer.objectID(variable.name)
                    }
                }
            }
            writer.integer(Int64(errorIndex))
            writer.integer(Int64(errorStatus))
            writer.integer(Int64(requestID))
        }
    }
}

extension SNMPValue {
    fileprivate init(_ tag: UInt8, _ content: BERReader) throws(NotBER) {
        switch tag {
        case 0x02: self = .integer(try content.integer())
        case 0x04: self = .octets(Array(content.content))
        case 0x05: self = .null
        case 0x06: self = .objectID(try content.objectID())
        case 0x40:
            guard content.content.count == 4 else { throw NotBER() }
            self = .address(content.content.reduce(0) { $0 << 8 | UInt32($1) })
        case 0x41: self = .counter32(try Self.narrow(content))
        case 0x42: self = .gauge(try Self.narrow(content))
        case 0x43: self = .ticks(try Self.narrow(content))
        case 0x44: self = .opaque(Array(content.content))
        case 0x46: self = .counter64(try content.unsigned(bytes: 8))
        case 0x80: self = .noSuchObject
        case 0x81: self = .noSuchInstance
        case 0x82: self = .endOfView
        default: throw NotBER()
        }
    }

    private static func narrow(_ content: BERReader) throws(NotBER) -> UInt32 {
        UInt32(truncatingIfNeeded: try content.unsigned(bytes: 4))
    }

    fileprivate func write(to writer: inout BERWriter) {
        switch self {
        case .integer(let value): writer.integer(value)
        case .octets(let octets): writer.octets(0x04, octets)
        case .null: writer.octets(0x05, [])
        case .objectID(let id): writer.objectID(id)
        case .address(let bits): writer.octets(0x40, (0..<4).map { UInt8(truncatingIfNeeded: bits >> (24 - 8 * $0)) })
        case .counter32(let value): writer.unsigned(UInt64(value), tag: 0x41)
        case .gauge(let value): writer.unsigned(UInt64(value), tag: 0x42)
        case .ticks(let value): writer.unsigned(UInt64(value), tag: 0x43)
        case .opaque(let octets): writer.octets(0x44, octets)
        case .counter64(let value): writer.unsigned(value, tag: 0x46)
        case .noSuchObject: writer.octets(0x80, [])
        case .noSuchInstance: writer.octets(0x81, [])
        case .endOfView: writer.octets(0x82, [])
        }
    }
}
