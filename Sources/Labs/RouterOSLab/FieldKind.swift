import Addresses

/// A property's type, and its canonical form.
enum FieldKind: Equatable, Sendable {
    case text
    /// Omitted from exports by version 7.
    case secret
    case flag
    case number
    case address
    /// Comma-separated addresses with prefixes, or interface names.
    case targets
    case span
    /// Two rates in bits, with or without unit letters.
    case rates
    /// A profile's rate limit, kept as typed.
    case rateLimit
    case macAddress
    /// An address, or the name of a pool.
    case addressOrPool
    case choice([String])
    /// The name of a row of another menu.
    case reference(menu: String)
    case live(LiveValue)

    init(_ word: Substring) {
        if word.hasPrefix("@") {
            self = .reference(menu: String(word.dropFirst()))
            return
        }
        if word.hasPrefix("live.") {
            guard let value = LiveValue(rawValue: String(word.dropFirst(5))) else {
                preconditionFailure("The table of menus has a live value \(word)")
            }
            self = .live(value)
            return
        }
        switch word {
        case "secret": self = .secret
        case "flag": self = .flag
        case "number": self = .number
        case "address": self = .address
        case "targets": self = .targets
        case "span": self = .span
        case "rates": self = .rates
        case "rate-limit": self = .rateLimit
        case "mac": self = .macAddress
        case "pool": self = .addressOrPool
        default: self = .choice(word.split(separator: ",").map(String.init))
        }
    }
}

extension FieldKind {
    /// Normalises a value as the router would, or throws its error. References are checked elsewhere.
    func accept(_ text: String, for name: String) throws(LabTrap) -> String {
        switch self {
        case .text, .secret, .reference, .addressOrPool: return text
        case .live: throw .unknown(name)
        case .flag: return try Self.flag(text, name)
        case .number:
            guard let number = UInt64(text) else { throw .invalid(name) }
            return "\(number)"
        case .address:
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, IPAddress(String(parts[0])) != nil else { throw .invalid(name) }
            guard parts.count == 1 || UInt8(parts[1]).map({ $0 <= 128 }) == true else { throw .invalid(name) }
            return text
        case .targets: return text.split(separator: ",").map(Self.target).joined(separator: ",")
        case .span:
            if text == "never" || text == "none" { return text }
            guard let span = LabSpan.parse(text) else { throw .invalid(name) }
            return LabSpan.text(span)
        case .rates:
            guard let rates = LabRate.pair(text) else { throw .invalid(name) }
            return "\(rates.up)/\(rates.down)"
        case .rateLimit:
            guard text.split(separator: " ").first.map({ LabRate.pair(String($0)) != nil }) == true else {
                throw .invalid(name)
            }
            return text
        case .macAddress:
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 6, parts.allSatisfy({ $0.utf8.count == 2 && UInt8($0, radix: 16) != nil }) else {
                throw .invalid(name)
            }
            return text.uppercased()
        case .choice(let choices):
            guard choices.contains(text) else { throw .unmatched(name) }
            return text
        }
    }

    private static func flag(_ text: String, _ name: String) throws(LabTrap) -> String {
        switch text {
        case "yes", "true": return "true"
        case "no", "false": return "false"
        default: throw .invalid(name)
        }
    }

    private static func target(_ text: Substring) -> String {
        guard let address = IPAddress(String(text)) else { return String(text) }
        return "\(address)/\(address.isV4 ? 32 : 128)"
    }
}

enum LabRate {
    static func bits(_ text: Substring) -> UInt64? {
        var digits = text
        var unit: UInt64 = 1
        switch text.last {
        case "k", "K": unit = 1000
        case "M", "m": unit = 1_000_000
        case "G", "g": unit = 1_000_000_000
        default: break
        }
        if unit > 1 { digits = digits.dropLast() }
        guard let number = UInt64(digits), number <= 1_000_000_000_000 / unit else { return nil }
        return number * unit
    }

    static func pair(_ text: String) -> (up: UInt64, down: UInt64)? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let up = bits(parts[0]) else { return nil }
        if parts.count == 1 { return (up, up) }
        return bits(parts[1]).map { (up, $0) }
    }
}

/// Durations in seconds, in the form `1w2d3h4m5s`.
enum LabSpan {
    private static let units: [(Character, Int64)] = [("w", 604_800), ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]

    static func parse(_ text: String) -> Int64? {
        if text.contains(":") { return clock(text) }
        var total: Int64 = 0
        var number: Int64?
        for character in text {
            if let digit = character.wholeNumberValue, character.isASCII {
                let so = (number ?? 0) * 10 + Int64(digit)
                guard so < 1 << 40 else { return nil }
                number = so
            } else {
                guard let count = number, let unit = units.first(where: { $0.0 == character })?.1 else { return nil }
                total += count * unit
                guard total < 1 << 40 else { return nil }
                number = nil
            }
        }
        return text.isEmpty ? nil : total + (number ?? 0)
    }

    private static func clock(_ text: String) -> Int64? {
        let parts = text.split(separator: ":").map { $0.count <= 4 ? Int64($0) : nil }
        guard parts.count == 3, let hours = parts[0], let minutes = parts[1], let seconds = parts[2] else { return nil }
        guard hours >= 0, 0..<60 ~= minutes, 0..<60 ~= seconds else { return nil }
        return (hours * 60 + minutes) * 60 + seconds
    }

    static func text(_ seconds: Int64) -> String {
        var rest = max(0, seconds)
        var text = ""
        for (letter, unit) in units where rest >= unit {
            text += "\(rest / unit)\(letter)"
            rest %= unit
        }
        return text.isEmpty ? "0s" : text
    }
}
