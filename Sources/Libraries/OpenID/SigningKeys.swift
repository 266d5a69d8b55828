import Crypto
import JSON

/// A site's current signing keys by key id (RFC 7517), without those of unsupported algorithms.
struct SigningKeys: Sendable {
    private let keys: [String: WebKey]

    init(json: JSONValue) throws(OpenIDError) {
        guard case .array(let list) = Members(json)["keys"] else { throw .unavailable("its keys are no list of keys") }
        var keys: [String: WebKey] = [:]
        for entry in list {
            let members = Members(entry)
            guard members.text("use") ?? "sig" == "sig", let name = members.text("kid"), let key = Self.key(members),
                members.text("alg") ?? key.algorithm.rawValue == key.algorithm.rawValue
            else { continue }
            keys[name] = key
        }
        self.keys = keys
    }

    subscript(name: String) -> WebKey? { keys[name] }

    private static func key(_ members: Members) -> WebKey? {
        switch (members.text("kty"), members.text("crv")) {
        case ("RSA", _):
            guard let modulus = members.bytes("n"), let exponent = members.bytes("e") else { return nil }
            return WebKey(modulus: modulus, exponent: exponent)
        case ("EC", "P-256"):
            guard let x = members.bytes("x"), let y = members.bytes("y") else { return nil }
            return WebKey(x: x, y: y)
        default: return nil
        }
    }
}

/// Optional members of a JSON object; unknown ones are ignored.
struct Members {
    private let object: JSONObject?

    init(_ value: JSONValue) {
        if case .object(let object) = value { self.object = object } else { object = nil }
    }

    subscript(name: String) -> JSONValue? { object?[name] }

    func text(_ name: String) -> String? {
        if case .string(let text) = self[name] { text } else { nil }
    }

    func number(_ name: String) -> Int64? {
        if case .integer(let number) = self[name] { number } else { nil }
    }

    func bytes(_ name: String) -> [UInt8]? { text(name).flatMap { Base64.url.decode($0.utf8) } }
}
