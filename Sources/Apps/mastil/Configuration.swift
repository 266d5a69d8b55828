import Access
import Addresses
import DNS
import Glibc
import HTTP
import Letters
import Loop
import Mail
import Panel
import Postgres
import Sandbox
import Telemetry
import Tenancy

/// The program's whole configuration, read once. Below Apps nothing reads the environment.
struct Configuration: Sendable {
    let database: DatabaseAddress
    let listeners: [ListenAddress]
    let internalListener: ListenAddress
    let baseHost: String
    let consoleHost: String?
    let trustedProxies: [AddressRange]
    let believesForwardedHost: Bool
    let certificates: String?
    let publicDirectory: String
    let migrations: String
    let uploads: String
    let commonPasswords: String
    let keys: String
    let crashes: String
    /// The file of the audit trails' signing keys: the first signs, all verify.
    let auditKey: String?
    let auditHeads: String?
    /// A local address that webhooks may reach as well, for developers.
    let localWebhooks: ListenAddress?
    let webhookAuthorities: String?
    /// Simulated language models on this machine.
    let labModels: ListenAddress?
    /// Simulated routers on this machine.
    let labRouters: [ListenAddress]
    /// Simulated antennas and switches on this machine.
    let labDevices: [ListenAddress]
    /// Where devices' traps and lines of syslog are heard.
    let traps: ListenAddress?
    let syslog: ListenAddress?
    /// Simulated OLTs on this machine.
    let labOLTs: [LabOLTAddress]
    /// Where antennas of the addresses that the routers' labs give are simulated, for every company.
    let labAntennas: ListenAddress?
    /// Simulated UISPs, open to every company.
    let labUISPs: [ListenAddress]
    /// Simulated payment providers on this machine.
    let labGateways: [LabGateway]
    let labChannels: [LabChannelAddress]
    /// Ranges in which no router is dialled, even where a company declares them as its own.
    let ownNetworks: [AddressRange]
    /// The source addresses that companies' routers see.
    let deviceSources: [AddressRange]
    let google: GoogleIssuer?
    let tokenQuota: Quota?
    let tenantQuota: Quota?
    let resolver: String?
    let mail: MailSettings?
    let logFormat: Log.Format
    let logLevel: Log.Level

    /// Every setting, with its default and its meaning.
    static let settings: [(name: String, standard: String?, meaning: String)] = [
        ("DATABASE", nil, "PostgreSQL: 'host=/run/postgresql dbname=mastil' or postgres://…"),
        ("POOLER", "", "a pooler before PostgreSQL, such as pgbouncer, that lends tenants connections by transaction"),
        ("APP_PASSWORD", "", "password of the role mastil_app, where PostgreSQL asks for one"),
        ("PLATFORM_PASSWORD", "", "password of the role mastil_platform, likewise"),
        ("LISTEN", "127.0.0.1:8080", "addresses to serve at, separated by commas"),
        ("INTERNAL_LISTEN", "127.0.0.1:8081", "where our own machines ask for health and metrics"),
        ("BASE_HOST", "localhost", "tenants answer at <slug>.<this>"),
        ("CONSOLE_HOST", "", "the platform's console answers there (plataforma.<BASE_HOST>)"),
        ("TRUSTED_PROXIES", "", "address ranges whose X-Forwarded-* headers are believed"),
        ("FORWARDED_HOST", "no", "yes where those proxies say in X-Forwarded-Host, not in Host, what was asked for"),
        ("CERTIFICATES", "", "directory of <host>.crt and <host>.key; TLS when given"),
        ("PUBLIC", "Public", "directory of style sheets and icons"),
        ("MIGRATIONS", "Migrations", "directory of migrations"),
        ("UPLOADS", "/tmp", "directory where uploads wait"),
        ("COMMON_PASSWORDS", "/usr/share/john/password.lst", "list of the passwords that nobody may choose"),
        ("KEYS", "var/keys", "file of the keys that secrets are encrypted under; `mastil keys add` makes it"),
        ("CRASHES", "var/crashes", "directory where crashes of the program wait to be stored in the database"),
        (
            "AUDIT_KEY", "",
            "PEM file of the Ed25519 key that signs each audit trail at midnight; keep it off the database"
        ),
        ("AUDIT_HEADS", "", "directory, best of another machine, where those signatures are written as well"),
        ("WEBHOOK_LOCAL", "", "for development: an address such as 127.0.0.1:9443 that webhooks may go to as well"),
        ("WEBHOOK_AUTHORITIES", "", "for development: PEM file of the authorities that webhooks believe"),
        (
            "LAB_MODELS", "",
            "for demos: an address such as 127.0.0.1:18813 of `mastil lab model`, open to every company"
        ),
        (
            "LAB_ROUTERS", "",
            "for demos: addresses such as 127.0.0.1:18728 of `mastil lab routeros`, open to every company"
        ),
        ("TRAPS", "", "where SNMP v2c traps of companies' devices are heard: an address such as 0.0.0.0:162"),
        ("SYSLOG", "", "where their lines of syslog are heard: an address such as 0.0.0.0:514"),
        ("LAB_DEVICES", "", "addresses of `mastil lab snmp`, open to every company"),
        ("LAB_ANTENNAS", "", "the first address of `mastil lab airos`, where 10.20.0.0/16 is 127.20.0.0/16"),
        ("LAB_UISP", "", "addresses of `mastil lab uisp`, open to every company"),
        (
            "LAB_OLTS", "",
            "for demos: such as andes/huawei=127.0.0.1:18830 of `mastil lab olt`, which the invented company gets"
        ),
        (
            "LAB_GATEWAYS", "",
            "for demos: such as stripe=127.0.0.1:18801 of `mastil lab stripe`, in the provider's place for every company"
        ),
        (
            "LAB_CHANNELS", "",
            "for demos: such as whatsapp=127.0.0.1:18811 of `mastil lab whatsapp`, in the channel's place for every company"
        ),
        ("OWN_NETWORKS", "", "address ranges of the installation's own, where no company's router is dialled"),
        (
            "DEVICE_SOURCES", "",
            "addresses from which routers see this installation: the script for routers lets in no others"
        ),
        (
            "GOOGLE_ISSUER", "",
            "https://accounts.google.com lets each company allow sign-in with Google; empty: none may"
        ),
        ("API_TOKEN_RATE", "600", "API requests a minute for each token, in each process; 0 is no limit"),
        ("API_TENANT_RATE", "6000", "API requests a minute for all tokens of a tenant together, likewise"),
        ("RESOLVER", "", "DNS servers to ask for proofs of domains, such as 127.0.0.1:53; the system's when not given"),
        ("SMTP", "", "mail server: smtp://user@host:587 (TLS is demanded), smtps://…, smtp+plain://127.0.0.1:25"),
        ("SMTP_PASSWORD_FILE", "", "file with the password of that user"),
        ("SMTP_AUTHORITIES", "", "file of certificates to trust for that server, in place of the system's"),
        ("MAIL_FROM", "", "sender of mail; {slug} stands for the tenant's: {slug}@correo.example"),
        ("LOG", "auto", "json, human, or auto: human on a terminal"),
        ("LOG_LEVEL", "info", "debug, info, notice, warning or error"),
    ]

    static func read() throws(Complaint) -> Configuration {
        var reader = SettingsReader(values: try values())
        let configuration = Configuration(
            database: DatabaseAddress(
                text: reader.text("DATABASE"), pooler: reader.text("POOLER").nonEmpty,
                appPassword: reader.text("APP_PASSWORD"),
                platformPassword: reader.text("PLATFORM_PASSWORD")),
            listeners: reader.list("LISTEN", "an address such as 127.0.0.1:8080", ListenAddress.init(text:)),
            internalListener: reader.list(
                "INTERNAL_LISTEN", "an address such as 127.0.0.1:8081", ListenAddress.init(text:)
            ).first ?? .ip(.loopback, port: 0),
            baseHost: reader.text("BASE_HOST"), consoleHost: reader.text("CONSOLE_HOST").nonEmpty,
            trustedProxies: reader.list("TRUSTED_PROXIES", "a range such as 10.0.0.0/8", AddressRange.init),
            believesForwardedHost: reader.word("FORWARDED_HOST", ["no": false, "yes": true]) ?? false,
            certificates: reader.text("CERTIFICATES").nonEmpty,
            publicDirectory: reader.directory("PUBLIC"), migrations: reader.directory("MIGRATIONS"),
            uploads: reader.directory("UPLOADS"), commonPasswords: reader.text("COMMON_PASSWORDS"),
            keys: reader.text("KEYS"), crashes: reader.text("CRASHES"),
            auditKey: reader.text("AUDIT_KEY").nonEmpty, auditHeads: reader.text("AUDIT_HEADS").nonEmpty,
            localWebhooks: reader.list(
                "WEBHOOK_LOCAL", "an address such as 127.0.0.1:9443", ListenAddress.init(text:)
            ).first,
            webhookAuthorities: reader.text("WEBHOOK_AUTHORITIES").nonEmpty,
            labModels: reader.list(
                "LAB_MODELS", "an address such as 127.0.0.1:18813", ListenAddress.init(text:)
            ).first,
            labRouters: reader.list("LAB_ROUTERS", "an address such as 127.0.0.1:18728", ListenAddress.init(text:)),
            labDevices: reader.list("LAB_DEVICES", "an address such as 127.3.0.1:1161", ListenAddress.init(text:)),
            traps: reader.list("TRAPS", "an address such as 0.0.0.0:162", ListenAddress.init(text:)).first,
            syslog: reader.list("SYSLOG", "an address such as 0.0.0.0:514", ListenAddress.init(text:)).first,
            labOLTs: reader.list(
                "LAB_OLTS", "a company, a vendor and an address such as andes/huawei=127.0.0.1:18830",
                LabOLTAddress.init),
            labAntennas: reader.list(
                "LAB_ANTENNAS", "an address such as 127.20.0.2:18850", ListenAddress.init(text:)
            ).first,
            labUISPs: reader.list("LAB_UISP", "an address such as 127.0.0.1:18804", ListenAddress.init(text:)),
            labGateways: reader.list(
                "LAB_GATEWAYS", "a provider and an address such as stripe=127.0.0.1:18801", LabGateway.init),
            labChannels: reader.list(
                "LAB_CHANNELS", "a channel and an address such as whatsapp=127.0.0.1:18811", LabChannelAddress.init),
            ownNetworks: reader.list("OWN_NETWORKS", "a range such as 10.0.0.0/8", AddressRange.init),
            deviceSources: reader.list("DEVICE_SOURCES", "an address such as 203.0.113.5", AddressRange.init),
            google: reader.google(),
            tokenQuota: Quota(aMinute: reader.count("API_TOKEN_RATE")),
            tenantQuota: Quota(aMinute: reader.count("API_TENANT_RATE")),
            resolver: reader.text("RESOLVER").nonEmpty,
            mail: reader.mail(),
            logFormat: reader.word(
                "LOG",
                [
                    "json": .json, "human": .human(isColoured: false),
                    "auto": isatty(STDERR_FILENO) == 1
                        ? .human(isColoured: Terminal.isColoured(STDERR_FILENO)) : .json,
                ]) ?? .json,
            logLevel: reader.word(
                "LOG_LEVEL", Dictionary(uniqueKeysWithValues: Log.Level.allCases.map { ("\($0)", $0) }))
                ?? .info)
        guard reader.problems.isEmpty else {
            throw Complaint(
                "The configuration is incomplete:\n  " + reader.problems.joined(separator: "\n  "),
                status: ExitStatus.configuration)
        }
        return configuration
    }

    /// With the public entrance: through a TLS-terminating proxy, or at the first listener itself.
    func tenantDirectory() -> TenantDirectory {
        guard trustedProxies.isEmpty else {
            return TenantDirectory(
                base: baseHost, consoleHost: consoleHost, entrance: PublicEntrance(scheme: "https", port: nil))
        }
        let ports = listeners.compactMap { listener -> UInt16? in
            guard case .ip(_, let port) = listener else { return nil }
            return port
        }
        return TenantDirectory(
            base: baseHost, consoleHost: consoleHost,
            entrance: PublicEntrance(scheme: certificates == nil ? "http" : "https", port: ports.first))
    }

    /// An unanswered look-up takes seconds: two may wait at a time, and more are queued.
    func textRecords() -> TextRecords {
        TextRecords(servers: resolver, on: BlockingPool(threads: 2, queueLimit: 100, name: "dns"))
    }

    func openDatabase(on loops: Loops) throws(DatabaseError) -> Database {
        var settings = DatabaseConfiguration(tenants: database.tenants, platform: database.platform)
        if database.pooler != nil {
            settings.preparesStatements = false
            settings.sharedConnections = 32
        }
        return try Database(settings, loops: loops)
    }

    var mailing: Mailing? { mail.map { _ in Mailing() } }

    /// The environment overrides the file.
    private static func values() throws(Complaint) -> [String: String] {
        var values: [String: String] = [:]
        let named = environment("MASTIL_CONFIG")
        if let path = named ?? ConfigurationFile.found() {
            guard let text = File.text(path) else {
                let who = named == nil ? "The configuration is in" : "MASTIL_CONFIG names"
                throw Complaint("\(who) \(path), which cannot be read.", status: ExitStatus.configuration)
            }
            for line in text.split(separator: "\n") where !line.hasPrefix("#") {
                guard let equals = line.firstIndex(of: "=") else { continue }
                let name = line[..<equals].trimmed
                values[String(name.hasPrefix("MASTIL_") ? name.dropFirst(7) : name[...])] = String(
                    line[line.index(after: equals)...].trimmed)
            }
        }
        for setting in settings {
            if let value = environment("MASTIL_\(setting.name)") { values[setting.name] = value }
        }
        // Unit and container files set a missing value to the empty string.
        return values.filter { !$0.value.isEmpty }
    }

    private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

/// One PostgreSQL with its three roles.
struct DatabaseAddress: Sendable {
    let text: String
    /// For tenants' work only: LISTEN and migrations need a direct connection.
    let pooler: String?
    let appPassword: String
    let platformPassword: String

    var tenants: String { Self.entered(pooler ?? text, by: "mastil_app", appPassword) }
    var platform: String { Self.entered(text, by: "mastil_platform", platformPassword) }
    /// As configured: for migrations, by a role that is mastil_owner or may create roles.
    var administrator: String { text }

    private static func entered(_ text: String, by role: String, _ password: String) -> String {
        guard text.contains("://") else {
            return "\(text) user=\(role)" + (password.isEmpty ? "" : " password='\(password)'")
        }
        return text + (text.contains("?") ? "&" : "?") + "user=\(role)"
            + (password.isEmpty ? "" : "&password=\(password)")
    }
}

/// The settings for outgoing mail.
struct MailSettings: Sendable {
    let relay: MailRelay
    let sender: String
}

/// Parses settings one by one and collects all errors.
struct SettingsReader {
    let values: [String: String]
    private(set) var problems: [String] = []

    init(values: [String: String]) { self.values = values }

    mutating func text(_ name: String) -> String {
        let setting = Configuration.settings.first { $0.name == name }
        if let value = values[name] ?? setting?.standard { return value }
        problems.append("MASTIL_\(name) is missing: \(setting?.meaning ?? "")")
        return ""
    }

    mutating func refuse(_ name: String, _ problem: String) { problems.append("MASTIL_\(name): \(problem)") }

    mutating func list<Value>(_ name: String, _ expected: String, _ parse: (String) -> Value?) -> [Value] {
        text(name).split(separator: ",").compactMap { part in
            guard let value = parse(String(part.trimmed)) else {
                problems.append("MASTIL_\(name): '\(part)' is not \(expected)")
                return nil
            }
            return value
        }
    }

    mutating func word<Value>(_ name: String, _ words: [String: Value]) -> Value? {
        let text = text(name)
        if let value = words[text] { return value }
        problems.append("MASTIL_\(name): '\(text)' is not one of \(words.keys.sorted().joined(separator: ", "))")
        return nil
    }

    mutating func count(_ name: String) -> Int {
        let text = text(name)
        if let count = Int(text), count >= 0 { return count }
        problems.append("MASTIL_\(name): '\(text)' is not a whole number")
        return 0
    }

    /// Nil without a mail server, or when its settings are wrong.
    mutating func mail() -> MailSettings? {
        let text = text("SMTP")
        guard !text.isEmpty else { return nil }
        guard var relay = MailRelay(text) else {
            problems.append("MASTIL_SMTP: '\(text)' is not smtp://user@host:587, smtps:// or smtp+plain://host:port")
            return nil
        }
        if relay.user != nil {
            guard let password = File.text(self.text("SMTP_PASSWORD_FILE")) else {
                problems.append("MASTIL_SMTP_PASSWORD_FILE: the file with the mail server's password cannot be read")
                return nil
            }
            relay.password = String(password.split(separator: "\n").first ?? "")
        }
        relay.authorities = self.text("SMTP_AUTHORITIES").nonEmpty
        let sender = self.text("MAIL_FROM")
        guard (try? MailAddress(sender.replacing("{slug}", with: "norte"))) != nil else {
            problems.append("MASTIL_MAIL_FROM: '\(sender)' is no address to send mail from")
            return nil
        }
        return MailSettings(relay: relay, sender: sender)
    }

    mutating func directory(_ name: String) -> String {
        let path = text(name)
        if !File.isDirectory(path) { problems.append("MASTIL_\(name): there is no directory \(path)") }
        return path
    }
}

extension ListenAddress {
    /// `127.0.0.1:8080`, `[::1]:8080` or `/run/mastil.sock`.
    init?(text: String) {
        if text.hasPrefix("/") {
            self = .unix(path: text)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard let address = IPAddress(host == "localhost" ? "127.0.0.1" : String(host)) else { return nil }
        self = .ip(address, port: port)
    }
}

extension StringProtocol {
    var trimmed: SubSequence {
        let space: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
        let start = firstIndex { !space($0) } ?? endIndex
        let end = lastIndex { !space($0) }.map(index(after:)) ?? start
        return self[start..<end]
    }

    var nonEmpty: String? { isEmpty ? nil : String(self) }
}
