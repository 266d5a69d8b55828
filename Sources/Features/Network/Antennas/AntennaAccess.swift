import Addresses
import Events
import Identifiers
import JSON
import Nouns
import Postgres
import Vault

/// How a company gets into its antennas: logins that are tried in order, the machines on the way, and the server that the
/// antennas' agents should find.
package struct AntennaAccess: Sendable, Equatable {
    package var port = 22
    package var allowsOldCryptography = false
    package var sectorLimit = 1
    package var user1 = "ubnt"
    package var user2 = ""
    package var user3 = ""
    package var hop1 = ""
    package var hop2 = ""
    // Secrets just typed; the stored ones are sealed and never read back here.
    package var password1: String?
    package var password2: String?
    package var password3: String?
    package var hopPassword1: String?
    package var hopPassword2: String?
    package var connection: String?
    /// The keys that the machines on the way showed.
    package internal(set) var hopKeys = ["", ""]
    /// The server in the connection string.
    package internal(set) var server = ""

    package init() {}

    static let path = "/panel/antennas/access"

    var users: [String] { [user1, user2, user3] }
    var hops: [String] { [hop1, hop2] }

    static let secretNames = [
        "password_1", "password_2", "password_3", "hop_password_1", "hop_password_2", "connection",
    ]

    /// Those just typed, in the order of their names.
    var typed: [String?] { [password1, password2, password3, hopPassword1, hopPassword2, connection] }

    static func field(_ name: String, of tenant: TenantID) -> SecretField {
        SecretField(name, of: "antenna_accesses", row: tenant.uuid)
    }

    func withoutSecrets() -> AntennaAccess {
        var access = self
        (access.password1, access.password2, access.password3) = (nil, nil, nil)
        (access.hopPassword1, access.hopPassword2, access.connection) = (nil, nil, nil)
        return access
    }
}

/// A machine on the way: `USER@ADDRESS:PORT`, without a port 22.
struct JumpHost: Sendable, Equatable {
    let user: String
    let address: IPAddress
    let port: UInt16

    init?(_ text: String) {
        guard let at = text.lastIndex(of: "@") else { return nil }
        user = String(text[..<at])
        var place = text[text.index(after: at)...]
        var port: UInt16 = 22
        if let colon = place.lastIndex(of: ":"), place.firstIndex(of: ":") == colon {
            guard let given = UInt16(place[place.index(after: colon)...]), given > 0 else { return nil }
            (port, place) = (given, place[..<colon])
        }
        guard let address = IPAddress(String(place)), AntennaLogin.isUser(user) else { return nil }
        (self.address, self.port) = (address, port)
    }
}

enum AntennaLogin {
    /// A name that OpenSSH takes for nothing else.
    static func isUser(_ text: String) -> Bool {
        (1...30).contains(text.utf8.count)
            && text.utf8.enumerated().allSatisfy { place, byte in
                let letter = byte | 0x20
                return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
                    || place > 0 && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-"))
            }
    }
}

extension AntennaAccess: Fielded {
    package static let noun = "AntennaAccess"

    package static let fields: [Field<AntennaAccess>] = [
        .line("antenna_user_1", \.user1, 1...30, AntennaWords.user1.message).hint(AntennaWords.userHint.message),
        .secret("antenna_password_1", \.password1, upTo: 100, AntennaWords.password1.message).hint(
            AntennaWords.secretHint.message),
        .line("antenna_user_2", \.user2, 0...30, AntennaWords.user2.message),
        .secret("antenna_password_2", \.password2, upTo: 100, AntennaWords.password2.message),
        .line("antenna_user_3", \.user3, 0...30, AntennaWords.user3.message),
        .secret("antenna_password_3", \.password3, upTo: 100, AntennaWords.password3.message),
        .port("antenna_port", \.port, AntennaWords.port.message),
        .flag("old_cryptography", \.allowsOldCryptography, AntennaWords.oldCryptography.message).hint(
            AntennaWords.oldCryptographyHint.message),
        .secret("antenna_connection", \.connection, upTo: 500, AntennaWords.connection.message).hint(
            AntennaWords.connectionHint.message),
        .count("sector_limit", \.sectorLimit, 1...20, AntennaWords.sectorLimit.message).hint(
            AntennaWords.sectorLimitHint.message),
        .line("hop_1", \.hop1, 0...100, AntennaWords.hop1.message).hint(AntennaWords.hopHint.message),
        .secret("hop_password_1", \.hopPassword1, upTo: 100, AntennaWords.hopPassword1.message),
        .line("hop_2", \.hop2, 0...100, AntennaWords.hop2.message),
        .secret("hop_password_2", \.hopPassword2, upTo: 100, AntennaWords.hopPassword2.message),
    ]
}

extension AntennaAccess: JSONWritable {
    package func write(to json: inout JSONWriter) { json.object { $0.fields(of: self) } }
}

extension AntennaAccess: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init()
        port = try row.read("port")
        allowsOldCryptography = try row.read("allows_old_cryptography")
        sectorLimit = try row.read("sector_limit")
        (user1, user2, user3) = (try row.read("user_1"), try row.read("user_2"), try row.read("user_3"))
        (hop1, hop2) = (try row.read("hop_1"), try row.read("hop_2"))
        hopKeys = [try row.read("hop_key_1"), try row.read("hop_key_2")]
        server = try row.read("server")
    }
}

/// The sealed secrets, in the order of `AntennaAccess.secretNames`.
struct SealedAntennaSecrets: Sendable, RowReadable {
    var all: [[UInt8]?]

    init() { all = AntennaAccess.secretNames.map { _ in nil } }

    init(row: Row) throws(DatabaseError) {
        let first: [[UInt8]?] = [try row.read("password_1"), try row.read("password_2"), try row.read("password_3")]
        let last: [[UInt8]?] = [
            try row.read("hop_password_1"), try row.read("hop_password_2"), try row.read("connection"),
        ]
        all = first + last
    }
}

extension TenantDatabase {
    func antennaAccess(locked: Bool = false) async throws(DatabaseError) -> AntennaAccess? {
        try await first(
            """
            SELECT port, allows_old_cryptography, sector_limit, user_1, user_2, user_3, hop_1, hop_2, hop_key_1,
                hop_key_2, server
            FROM antenna_accesses WHERE tenant_id = \(tenant) \(locked ? .forUpdate(of: "antenna_accesses") : .nothing)
            """)
    }

    func antennaSecrets() async throws(DatabaseError) -> SealedAntennaSecrets? {
        try await first(
            """
            SELECT password_1, password_2, password_3, hop_password_1, hop_password_2, connection
            FROM antenna_accesses WHERE tenant_id = \(tenant)
            """)
    }

    func put(_ access: AntennaAccess, _ secrets: SealedAntennaSecrets) async throws(DatabaseError) {
        let sealed = secrets.all
        try await execute(
            """
            INSERT INTO antenna_accesses (
                tenant_id, port, allows_old_cryptography, sector_limit, user_1, user_2, user_3, hop_1, hop_2, server,
                hop_key_1, hop_key_2, password_1, password_2, password_3, hop_password_1, hop_password_2, connection)
            VALUES (
                \(tenant), \(access.port), \(access.allowsOldCryptography), \(access.sectorLimit), \(access.user1),
                \(access.user2), \(access.user3), \(access.hop1), \(access.hop2), \(access.server),
                \(access.hopKeys[0]), \(access.hopKeys[1]), \(sealed[0]),
                \(sealed[1]), \(sealed[2]), \(sealed[3]), \(sealed[4]), \(sealed[5]))
            ON CONFLICT (tenant_id) DO UPDATE SET port = excluded.port,
                allows_old_cryptography = excluded.allows_old_cryptography, sector_limit = excluded.sector_limit,
                user_1 = excluded.user_1, user_2 = excluded.user_2, user_3 = excluded.user_3, hop_1 = excluded.hop_1,
                hop_2 = excluded.hop_2, hop_key_1 = excluded.hop_key_1, hop_key_2 = excluded.hop_key_2,
                server = excluded.server, password_1 = excluded.password_1,
                password_2 = excluded.password_2, password_3 = excluded.password_3,
                hop_password_1 = excluded.hop_password_1, hop_password_2 = excluded.hop_password_2,
                connection = excluded.connection
            """)
    }

    /// The first contact's keys stay.
    func keep(hopKeys keys: [String]) async throws(DatabaseError) {
        let keys = (keys + ["", ""]).map { String($0.prefix(4000)) }
        try await execute(
            """
            UPDATE antenna_accesses SET
                hop_key_1 = CASE hop_key_1 WHEN '' THEN \(keys[0]) ELSE hop_key_1 END,
                hop_key_2 = CASE hop_key_2 WHEN '' THEN \(keys[1]) ELSE hop_key_2 END
            WHERE tenant_id = \(tenant)
            """)
    }
}
