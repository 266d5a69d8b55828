import Access
import Addresses
import AntennaProtocol
import Identifiers
import Loop
import Postgres
import Routers
import Tenancy
import Time
import Vault

/// How a company's antennas are reached: through its own networks only, or through a machine there.
package struct AntennaReach: Sendable {
    package let driver: any AntennaDriver
    let dialer: RouterDialer
    let vault: Vault

    package init(_ driver: any AntennaDriver, dialer: RouterDialer, vault: Vault) {
        (self.driver, self.dialer, self.vault) = (driver, dialer, vault)
    }

    /// What is opened once for a round.
    struct Keys: Sendable {
        let access: AntennaAccess
        /// Numbered as the company orders them, from 1.
        let logins: [(number: Int, login: AntennaTarget.Login)]
        let hops: [AntennaTarget.Hop]
        /// Empty where none is kept.
        let connection: String
    }

    func keys(in database: TenantDatabase) async throws -> Keys {
        guard let access = try await database.antennaAccess(), let sealed = try await database.antennaSecrets() else {
            throw AntennaRefusal.accessNeeded
        }
        var secrets: [String] = []
        for (name, secret) in zip(AntennaAccess.secretNames, sealed.all) {
            guard let secret else {
                secrets.append("")
                continue
            }
            let bytes = try await vault.open(
                secret, for: AntennaAccess.field(name, of: database.tenant), in: database)
            secrets.append(String(decoding: bytes, as: UTF8.self))
        }
        let logins = access.users.enumerated().compactMap { index, user in
            user.isEmpty || secrets[index].isEmpty
                ? nil : (number: index + 1, login: AntennaTarget.Login(user: user, password: secrets[index]))
        }
        guard !logins.isEmpty else { throw AntennaRefusal.accessNeeded }
        let hops = access.hops.enumerated().compactMap { index, text -> AntennaTarget.Hop? in
            guard let hop = JumpHost(text) else { return nil }
            return AntennaTarget.Hop(
                address: hop.address, port: hop.port,
                login: AntennaTarget.Login(user: hop.user, password: secrets[3 + index]), hostKey: access.hopKeys[index]
            )
        }
        return Keys(access: access, logins: logins, hops: hops, connection: secrets[5])
    }

    /// Tries the company's logins in their order, the one that an antenna took last time first. An antenna that has just
    /// refused all of them is left alone for a while, so that it does not lock.
    static let pause = Duration.seconds(900)

    func read(
        _ line: AntennaLine, with keys: Keys, at now: Instant, in database: TenantDatabase
    ) async throws -> Result<(reading: AntennaReading, login: Int, target: AntennaTarget), LineFailure> {
        guard let address = IPAddress(line.address), let port = UInt16(exactly: keys.access.port) else {
            return .failure(LineFailure(.addressRefused))
        }
        do {
            // What lies behind a machine of the company's is that machine's to reach.
            if let hop = keys.hops.first {
                _ = try await dialer.reach("\(hop.address)", port: Int(hop.port), in: database)
            } else {
                _ = try await dialer.reach(line.address, port: Int(port), in: database)
            }
        } catch is RouterRefusal {
            return .failure(LineFailure(.addressRefused))
        }
        let known = try await database.knownAntenna(line.mac)
        if let refusedAt = known?.refusedAt, now < refusedAt + Self.pause { return .failure(LineFailure(.loginHeld)) }
        let ordered =
            keys.logins.filter { $0.number == known?.login } + keys.logins.filter { $0.number != known?.login }
        for (number, login) in ordered {
            var target = AntennaTarget(address: address, port: port, login: login)
            target.hops = keys.hops
            target.hostKey = known?.hostKey ?? ""
            target.allowsOldCryptography = keys.access.allowsOldCryptography
            let reading: AntennaReading
            do throws(AntennaFailure) {
                reading = try await driver.read(target)
            } catch .loginRefused {
                continue
            } catch {
                return .failure(LineFailure(error))
            }
            // Addresses move from one antenna to another.
            guard reading.mac == line.mac else { return .failure(LineFailure(.otherAntenna, reading.mac)) }
            target.hostKey = reading.hostKey
            if keys.hops.contains(where: \.hostKey.isEmpty) { try await database.keep(hopKeys: reading.hopKeys) }
            return .success((reading, number, target))
        }
        return .failure(LineFailure(.loginRefused))
    }
}

/// Why a line failed, and what was said.
struct LineFailure: Error, Equatable {
    let trouble: AntennaTrouble
    let detail: String

    init(_ trouble: AntennaTrouble, _ detail: String = "") { (self.trouble, self.detail) = (trouble, detail) }

    init(_ failure: AntennaFailure) { self.init(AntennaTrouble(failure), failure.detail) }
}
