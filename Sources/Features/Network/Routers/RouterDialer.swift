import Access
import AccessProtocol
import Addresses
import Assembly
import Identifiers
import Loop
import Postgres
import Services
import Time
import Vault
import WebClient

/// Connects to companies' routers, only inside the networks that each company declared.
package struct RouterDialer: Sendable {
    package let driver: any AccessDriver
    private let vault: Vault
    private let loops: Loops
    /// Addresses of this installation's labs, open to every company.
    private let labs: [Egress.Reach]
    /// Our own networks: no declaration opens them.
    private let excluded: [AddressRange]
    /// The addresses that routers see us connect from.
    package let sources: [AddressRange]

    package init(
        _ driver: any AccessDriver, vault: Vault, on loops: Loops, labs: [(AddressRange, port: UInt16)] = [],
        excluding excluded: [AddressRange] = [], from sources: [AddressRange] = []
    ) {
        self.driver = driver
        self.vault = vault
        self.loops = loops
        self.labs = labs.map { Egress.Reach($0.0, ports: [$0.port], evenSpecial: true) }
        (self.excluded, self.sources) = (excluded, sources)
    }

    package init(_ devices: DeviceAccess, vault: Vault) {
        self.init(
            devices.driver, vault: vault, on: devices.loops, labs: devices.labs, excluding: devices.excluded,
            from: devices.sources)
    }

    func seal(
        _ password: String, of id: Router.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> [UInt8] {
        try await vault.seal(Array(password.utf8), for: Self.field(id), at: principal.now, in: database)
    }

    package func seal(
        _ password: String, of point: Service.ID, at now: Instant, in database: TenantDatabase
    ) async throws -> [UInt8] {
        try await vault.seal(Array(password.utf8), for: AccessPoint.field(point), at: now, in: database)
    }

    package func open(_ sealed: [UInt8], of point: Service.ID, in database: TenantDatabase) async throws -> String {
        String(
            decoding: try await vault.open(sealed, for: AccessPoint.field(point), in: database), as: UTF8.self)
    }

    private static func field(_ id: Router.ID) -> SecretField {
        SecretField("password", of: "routers", row: id.uuid)
    }

    /// Refuses an address outside the company's declared networks.
    func check(_ router: Router, in database: TenantDatabase) async throws {
        _ = try await reach(router.address, port: router.port, in: database)
    }

    /// Where that is, unless it may not be reached for this company.
    package func reach(
        _ address: String, port: Int, in database: TenantDatabase
    ) async throws -> (address: IPAddress, port: UInt16) {
        guard let address = IPAddress(address), let port = UInt16(exactly: port) else {
            throw RouterRefusal.addressUnreadable
        }
        let ranges = try await database.deviceRanges().compactMap { AddressRange($0) }
        let egress = Egress.devices(
            ranges.map { Egress.Reach($0, ports: [port]) } + labs, excluding: excluded)
        do {
            try egress.checkDevice(address, port: port)
        } catch {
            throw RouterRefusal.addressRefused
        }
        return (address, port)
    }

    /// What may be reached for this company at these ports, for many devices at once.
    package func egress(ports: Set<UInt16>, in database: TenantDatabase) async throws -> Egress {
        let ranges = try await database.deviceRanges().compactMap { AddressRange($0) }
        return Egress.devices(ranges.map { Egress.Reach($0, ports: ports) } + labs, excluding: excluded)
    }

    /// Where whoever asks runs.
    package var loop: EventLoop { loops.here }

    /// Checked at each connection: what was declared may have been withdrawn.
    package func connect(
        to router: Router, in database: TenantDatabase
    ) async throws -> any AccessSession {
        try await check(router, in: database)
        guard let secret = try await database.routerSecret(router.id), let address = IPAddress(router.address) else {
            throw RouterRefusal.unknown
        }
        let password = try await vault.open(secret.password, for: Self.field(router.id), in: database)
        let security: AccessTarget.Security =
            switch router.security {
            case .plain: .plain
            case .tls: .tls(fingerprint: secret.fingerprint)
            case .anonymousTLS: .anonymousTLS
            }
        return try await driver.open(
            AccessTarget(
                address: address, port: UInt16(clamping: router.port), security: security, login: router.login,
                password: String(decoding: password, as: UTF8.self)), on: loops.here)
    }
}
