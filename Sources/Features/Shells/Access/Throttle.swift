import HTTP
import Identifiers
import Locale
import Loop
import Synchronization
import Tenancy

/// A number of requests a minute.
package struct Quota: Sendable, Equatable {
    static let window = 60

    let requests: Int

    package init?(aMinute requests: Int) {
        guard requests > 0 else { return nil }
        self.requests = min(requests, 60_000_000)
    }
}

/// Enforces the quotas of a program and of all programs of a tenant together (draft-ietf-httpapi-ratelimit-headers).
///
/// Counts in one process's memory: with several servers each grants the whole quota. The memory is bounded: beyond its
/// places the longest-idle tokens are evicted, which at worst grants them a fresh quota.
package final class Throttle: Sendable {
    private struct State {
        var tokens: Buckets
        var tenants: Buckets
    }

    private let token: Quota?
    private let tenant: Quota?
    private let policy: String
    private let state: Mutex<State>

    /// A nil quota is unlimited.
    package init(token: Quota?, tenant: Quota?) {
        (self.token, self.tenant) = (token, tenant)
        policy = [("token", token), ("tenant", tenant)].compactMap { name, quota in
            quota.map { "\"\(name)\";q=\($0.requests);w=\(Quota.window)" }
        }.joined(separator: ", ")
        state = Mutex(State(tokens: Buckets(sets: 2048, quota: token), tenants: Buckets(sets: 256, quota: tenant)))
    }

    /// Takes from the token's quota and only checks the tenant's: invented tokens must not use that up.
    func pass(_ credential: Credential, _ tenant: Tenant, at now: Monotonic) -> Pass? {
        guard self.token != nil || self.tenant != nil else { return nil }
        let (own, shared) = state.withLock { state in
            (state.tokens.take(key(of: credential, tenant), at: now), state.tenants.look(tenant.id.uuid.low, at: now))
        }
        return Pass(token: own, tenant: shared, policy: policy)
    }

    /// Counts an admitted request.
    func count(_ tenant: Tenant, at now: Monotonic) {
        guard self.tenant != nil else { return }
        state.withLock { _ = $0.tenants.take(tenant.id.uuid.low, at: now) }
    }

    /// A digest's bits are random; the tenant's part separates equal tokens at two hosts.
    private func key(of credential: Credential, _ tenant: Tenant) -> UInt64 {
        var bits = tenant.id.uuid.low
        for (index, byte) in credential.digest.prefix(8).enumerated() { bits ^= UInt64(byte) << UInt64(8 * index) }
        return bits
    }
}

/// A request's remaining quotas.
struct Pass {
    fileprivate let token: Level?
    fileprivate let tenant: Level?
    fileprivate let policy: String

    var isRefused: Bool { token?.isEmpty == true || tenant?.isEmpty == true }

    func write(to response: inout Response) {
        response.headers["RateLimit-Policy"] = policy
        response.headers["RateLimit"] = String(unsafeUninitializedCapacity: 96) { text in
            var writer = LevelWriter(text: text)
            if let token { writer.write("\"token\"", token) }
            if let tenant { writer.write("\"tenant\"", tenant) }
            return writer.count
        }
        if isRefused {
            response.headers["Retry-After"] = "\(max(token?.secondsToOne ?? 0, tenant?.secondsToOne ?? 0, 1))"
        }
    }
}

/// A bucket's level.
struct Level: Equatable {
    let left: Int
    let secondsToFull: Int
    let secondsToOne: Int
    let isEmpty: Bool
}

/// `"token";r=599;t=1, "tenant";r=5999;t=1`. String interpolation would cost more than all the counting.
private struct LevelWriter {
    let text: UnsafeMutableBufferPointer<UInt8>
    var count = 0

    mutating func write(_ name: StaticString, _ level: Level) {
        if count > 0 { write(", ") }
        write(name)
        write(";r=")
        write(level.left)
        write(";t=")
        write(level.secondsToFull)
    }

    private mutating func write(_ part: StaticString) {
        for index in 0..<part.utf8CodeUnitCount { text[count + index] = part.utf8Start[index] }
        count += part.utf8CodeUnitCount
    }

    private mutating func write(_ number: Int) {
        var divisor = 1
        while number / divisor > 9 { divisor *= 10 }
        while divisor > 0 {
            text[count] = UInt8(ascii: "0") + UInt8(number / divisor % 10)
            count += 1
            divisor /= 10
        }
    }
}

/// Leaky buckets, each stored as the time at which it will be full again, so that a full one needs no place. Places
/// come in sets of four, and a new bucket evicts the fullest of its set.
struct Buckets {
    private struct Place {
        var key: UInt64 = 0
        var fullAt: Int64 = .min
    }

    private static let places = 4

    private var table: [Place]
    private let mask: UInt64
    /// The interval between requests at the steady rate.
    private let step: Int64
    private let quota: Int64

    /// `sets` must be a power of two.
    init(sets: Int, quota: Quota?) {
        table = quota == nil ? [] : Array(repeating: Place(), count: sets * Self.places)
        mask = UInt64(sets - 1)
        self.quota = Int64(quota?.requests ?? 0)
        step = Int64(Quota.window) * 1_000_000_000 / max(1, self.quota)
    }

    mutating func take(_ key: UInt64, at now: Monotonic) -> Level? { take(key, atNanoseconds: now.nanoseconds) }

    /// `now` may be of any clock, always the same.
    mutating func take(_ key: UInt64, atNanoseconds now: Int64) -> Level? {
        guard !table.isEmpty else { return nil }
        let place = place(of: key)
        let known = table[place].key == key ? table[place].fullAt : .min
        let fullAt = max(known, now) + step
        if fullAt - now > step * quota { return level(max(known, now), now, isEmpty: true) }
        table[place] = Place(key: key, fullAt: fullAt)
        return level(fullAt, now, isEmpty: false)
    }

    func look(_ key: UInt64, at now: Monotonic) -> Level? {
        guard !table.isEmpty else { return nil }
        let (place, now) = (place(of: key), now.nanoseconds)
        let fullAt = max(table[place].key == key ? table[place].fullAt : .min, now)
        return level(fullAt, now, isEmpty: fullAt + step - now > step * quota)
    }

    private func place(of key: UInt64) -> Int {
        let first = Int(key & mask) * Self.places
        var fullest = first
        for place in first..<first + Self.places {
            if table[place].key == key { return place }
            if table[place].fullAt < table[fullest].fullAt { fullest = place }
        }
        return fullest
    }

    private func level(_ fullAt: Int64, _ now: Int64, isEmpty: Bool) -> Level {
        let owed = fullAt - now
        let missing = owed + step - step * quota
        func seconds(_ span: Int64) -> Int { Int((max(0, span) + 999_999_999) / 1_000_000_000) }
        return Level(
            left: Int(max(0, quota - (owed + step - 1) / step)), secondsToFull: seconds(owed),
            secondsToOne: seconds(missing), isEmpty: isEmpty)
    }
}

struct TooManyRequests: Refusal {
    let status = Status.tooManyRequests
    let code = "too_many_requests"
    let message = ThrottleWords.tooMany.message
}

enum ThrottleWords: MessageCatalogue {
    case tooMany

    var message: Message {
        switch self {
        case .tooMany:
            Message(
                es: "Son demasiadas solicitudes. Espere los segundos que dice Retry-After.",
                en: "There are too many requests. Wait for the seconds that Retry-After says.",
                pt: "São solicitações demais. Espere os segundos indicados em Retry-After.")
        }
    }
}
