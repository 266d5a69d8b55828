import Addresses

/// A strictly parsed URL. libcurl gets it reassembled from these parts, so that both read the same host.
struct WebAddress: Sendable, Equatable {
    enum Scheme: String, Sendable { case http, https }
    enum Host: Sendable, Equatable {
        case name(String)
        case address(IPAddress)
    }

    let scheme: Scheme
    let host: Host
    let port: UInt16
    /// Path and query as they go into the request line.
    let target: String

    init(_ text: String) throws(WebError) {
        let bytes = Array(text.utf8)
        guard bytes.count <= 8192 else { throw .badAddress("it is longer than 8192 bytes") }
        guard bytes.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "\\") }) else {
            throw .badAddress("it holds a character that must be escaped")
        }
        var rest = bytes[...]
        scheme = try Self.takeScheme(&rest)
        let end = rest.firstIndex { [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }
        let authority = rest[..<(end ?? rest.endIndex)]
        if authority.contains(UInt8(ascii: "@")) { throw .badAddress("it holds a user name") }
        let (host, port) = try Self.split(authority)
        self.host = try Self.host(host)
        self.port = try Self.port(port) ?? (scheme == .https ? 443 : 80)
        let target = rest[authority.endIndex...].prefix { $0 != UInt8(ascii: "#") }
        let isRooted = target.first == UInt8(ascii: "/")
        self.target = (isRooted ? "" : "/") + String(decoding: target, as: UTF8.self)
    }

    var text: String {
        switch host {
        case .name(let name): "\(scheme.rawValue)://\(name):\(port)\(target)"
        case .address(let address) where address.isV4: "\(scheme.rawValue)://\(address):\(port)\(target)"
        case .address(let address): "\(scheme.rawValue)://[\(address)]:\(port)\(target)"
        }
    }
}

// The parts.
extension WebAddress {
    private static func takeScheme(_ text: inout ArraySlice<UInt8>) throws(WebError) -> Scheme {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), text[colon...].starts(with: "://".utf8) else {
            throw .badAddress("it does not begin with https://")
        }
        let name = String(decoding: text[..<colon], as: UTF8.self).lowercased()
        guard let scheme = Scheme(rawValue: name) else { throw .badAddress("\(name) is not spoken here") }
        text = text[(colon + 3)...]
        return scheme
    }

    private static func split(
        _ authority: ArraySlice<UInt8>
    ) throws(WebError) -> (host: ArraySlice<UInt8>, port: ArraySlice<UInt8>?) {
        let hostEnd: Int
        if authority.first == UInt8(ascii: "[") {
            guard let bracket = authority.firstIndex(of: UInt8(ascii: "]")) else { throw .badAddress("a ] is missing") }
            hostEnd = bracket + 1
        } else {
            hostEnd = authority.firstIndex(of: UInt8(ascii: ":")) ?? authority.endIndex
        }
        guard hostEnd < authority.endIndex else { return (authority, nil) }
        guard authority[hostEnd] == UInt8(ascii: ":") else { throw .badAddress("its host cannot be read") }
        return (authority[..<hostEnd], authority[(hostEnd + 1)...])
    }

    private static func port(_ text: ArraySlice<UInt8>?) throws(WebError) -> UInt16? {
        guard let text else { return nil }
        let written = String(decoding: text, as: UTF8.self)
        guard let port = UInt16(written), port > 0, String(port) == written else {
            throw .badAddress("its port is not a number from 1 to 65535")
        }
        return port
    }

    private static func host(_ bytes: ArraySlice<UInt8>) throws(WebError) -> Host {
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        if text.hasPrefix("[") {
            guard let address = IPAddress(String(text.dropFirst().dropLast())), !address.isV4 else {
                throw .badAddress("its host is not an IPv6 address")
            }
            return .address(address)
        }
        if let address = IPAddress(text), address.isV4 { return .address(address) }
        try checkName(text)
        return .name(text)
    }

    /// A name that ends in a number would be taken for an IPv4 address by some parsers (`2130706433`, `0x7f.1`,
    /// `127.1`), and a final dot is another spelling of a refused name.
    private static func checkName(_ name: String) throws(WebError) {
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard name.utf8.count <= 253, labels.allSatisfy({ 1...63 ~= $0.count && $0.allSatisfy(isNameCharacter) }) else {
            throw .badAddress("its host is not a name")
        }
        guard let last = labels.last, last.contains(where: isLetter), !last.starts(with: "0x".utf8) else {
            throw .badAddress("its host is a number that is not a plain IPv4 address")
        }
    }

    private static func isLetter(_ character: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= character }

    private static func isNameCharacter(_ character: UInt8) -> Bool {
        isLetter(character) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= character
            || character == UInt8(ascii: "-") || character == UInt8(ascii: "_")
    }
}
