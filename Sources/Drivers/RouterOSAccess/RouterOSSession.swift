import AccessProtocol
import Addresses
import RouterOS

/// A signed-in session on one router.
struct RouterOSSession: AccessSession {
    let session: RouterSession
    let login: String
    let showsCertificate: Bool

    func close() { session.close() }

    func identify() async throws(AccessFailure) -> DeviceIdentity {
        do throws(RouterError) {
            let identity = try await session.identify()
            let fingerprint = showsCertificate ? await session.certificateFingerprint() : nil
            let version = identity.version
            return DeviceIdentity(
                name: identity.name,
                version: "\(version.major).\(version.minor)" + (version.patch == 0 ? "" : ".\(version.patch)"),
                board: identity.board, serialNumber: identity.serialNumber, fingerprint: fingerprint,
                policies: try await policies())
        } catch {
            throw AccessFailure(error)
        }
    }

    /// Nil where our user may not even read its own policies.
    func policies() async throws(RouterError) -> Set<String>? {
        do {
            let user = try await session.rows(
                of: RouterCommand("/user/print", where: .equal("name", login), only: ["group"]))
            guard let group = user.first?["group"] else { return nil }
            let groups = try await session.rows(
                of: RouterCommand("/user/group/print", where: .equal("name", group), only: ["policy"]))
            // A policy missing from the group is listed as `!ftp`.
            return groups.first?["policy"].map { Set($0.split(separator: ",").map(String.init)) }
        } catch {
            guard error.trapKind == .notPermitted || error.trapKind == .noSuchCommand else { throw error }
            return nil
        }
    }

    func observe(_ part: ObservedPart, list: String) async throws(AccessFailure) -> ObservedAccess {
        do throws(RouterError) {
            return try await read(part, list)
        } catch {
            throw AccessFailure(error)
        }
    }

    func perform(_ step: AccessStep) async throws(AccessFailure) {
        let sent = StepCommand(step)
        do throws(RouterError) {
            _ = try await session.run(sent.command)
        } catch {
            if let kind = sent.isDoneIf, error.trapKind == kind { return }
            throw AccessFailure(error)
        }
    }

    /// Without the policy `sensitive` a router returns none.
    func passwords(of logins: Set<String>) async throws(AccessFailure) -> [String: String] {
        do throws(RouterError) {
            let secrets = try await session.rows(of: RouterCommand("/ppp/secret/print", only: ["name", "password"]))
            return Dictionary(
                secrets.compactMap { row in
                    guard let name = row["name"], logins.contains(name), let password = row["password"] else {
                        return nil
                    }
                    return (name, password)
                }, uniquingKeysWith: { first, _ in first })
        } catch {
            throw AccessFailure(error)
        }
    }

    func pools() async throws(AccessFailure) -> [AddressPool] {
        do throws(RouterError) {
            let pools = try await session.rows(of: RouterCommand("/ip/pool/print", only: ["name", "ranges"]))
            let used = try await session.rows(of: RouterCommand("/ip/pool/used/print", only: ["pool"]))
            let counts = Dictionary(used.compactMap { row in row["pool"].map { ($0, 1) } }, uniquingKeysWith: +)
            return pools.compactMap { row in
                guard let name = row["name"] else { return nil }
                return AddressPool(name: name, size: Self.size(row["ranges"] ?? ""), used: counts[name] ?? 0)
            }
        } catch {
            throw AccessFailure(error)
        }
    }

    /// The number of addresses in `10.0.0.2-10.0.0.254,10.0.1.0/24`.
    static func size(_ ranges: String) -> Int {
        ranges.split(separator: ",").reduce(0) { sum, part in
            let ends = part.split(separator: "-").map { IPAddress(String($0)) }
            switch (ends.first ?? nil, ends.last ?? nil) {
            case (.v4(let first)?, .v4(let last)?): return sum + Int(last) - Int(min(first, last)) + 1
            default:
                let bits = part.split(separator: "/").last.flatMap { Int($0) }
                return sum + (bits.map { (0...32).contains($0) ? 1 << (32 - $0) : 0 } ?? 0)
            }
        }
    }

    func ping(_ address: IPAddress) async throws(AccessFailure) -> PingAnswer {
        do throws(RouterError) {
            let rows = try await session.rows(
                of: RouterCommand("/ping", ["address": "\(address)", "count": "4"], deadline: .seconds(10)))
            let (sent, received) = (rows.last?["sent"], rows.last?["received"])
            // At most as many as were requested, and none longer than the command's own limit.
            let times = rows.prefix(4).compactMap { $0.duration("time") }.filter { $0 <= .seconds(10) }
                .map { Int($0 / .microseconds(1)) }
            return PingAnswer(
                sent: sent.flatMap { Int($0) } ?? rows.count, received: received.flatMap { Int($0) } ?? times.count,
                average: times.isEmpty ? nil : times.reduce(0, +) / times.count)
        } catch {
            throw AccessFailure(error)
        }
    }

    /// Prints run concurrently on the one connection. Leases only for requested MAC addresses.
    private func read(_ part: ObservedPart, _ list: String) async throws(RouterError) -> ObservedAccess {
        let (session, names) = (session, part.names)
        func rows(_ path: String, _ query: RouterQuery?, _ properties: [String]) async -> Result<
            [RouterRow], RouterError
        > {
            do throws(RouterError) {
                return .success(try await session.rows(of: RouterCommand(path, where: query, only: properties)))
            } catch {
                return .failure(error)
            }
        }
        async let secrets = rows(
            "/ppp/secret/print", Self.query(names),
            [".id", "name", "profile", "disabled", "remote-address", "service", "comment"])
        async let active = rows(
            "/ppp/active/print", Self.query(names), [".id", "name", "address", "uptime", "caller-id", "radius"])
        async let profiles = rows("/ppp/profile/print", nil, ["name", "rate-limit"])
        async let queues = rows(
            "/queue/simple/print", Self.query(names.map { $0.union($0.map(Self.dynamicQueue)) }),
            [".id", "name", "target", "max-limit", "disabled", "dynamic", "comment"])
        async let listed = rows(
            "/ip/firewall/address-list/print", .equal("list", list), [".id", "address", "comment", "dynamic"])
        let macs = names?.filter { MACAddress($0) != nil }
        async let leases: Result<[RouterRow], RouterError> =
            macs?.isEmpty == true
            ? .success([])
            : rows(
                "/ip/dhcp-server/lease/print",
                macs.map { macs in .any(macs.sorted().map { .equal("mac-address", $0) }) },
                [".id", "mac-address", "address", "rate-limit", "disabled", "dynamic", "comment"])
        return try Self.observed(
            secrets: await secrets.get(), active: await active.get(), profiles: await profiles.get(),
            queues: await queues.get(), leases: await leases.get(), listed: await listed.get())
    }

    private static func query(_ names: Set<String>?) -> RouterQuery? {
        names.map { names in .any(names.sorted().map { .equal("name", $0) }) }
    }

    private static func dynamicQueue(_ login: String) -> String { "<pppoe-\(login)>" }

    private static func observed(
        secrets: [RouterRow], active: [RouterRow], profiles: [RouterRow], queues: [RouterRow], leases: [RouterRow],
        listed: [RouterRow]
    ) -> ObservedAccess {
        var speeds: [String: AccessSpeed] = [:]
        for queue in queues where queue.flag("dynamic") == true {
            if let name = queue["name"], let rates = queue.rates("max-limit") { speeds[name] = AccessSpeed(rates) }
        }
        return ObservedAccess(
            accounts: secrets.compactMap { row in
                guard let id = row.id, let login = row["name"], ["any", "pppoe", nil].contains(row["service"]) else {
                    return nil
                }
                return ObservedAccess.Account(
                    id: id, login: login, profile: row["profile"] ?? "default",
                    isDisabled: row.flag("disabled") == true,
                    address: row["remote-address"], comment: row["comment"] ?? "")
            },
            sessions: active.compactMap { row in
                // A RADIUS session is not governed by a secret.
                guard let id = row.id, let login = row["name"], row.flag("radius") != true else { return nil }
                return ObservedAccess.Session(
                    id: id, login: login, address: row["address"].flatMap { IPAddress($0) }.map { "\($0)" },
                    uptime: row.duration("uptime"), caller: row["caller-id"],
                    speed: speeds[dynamicQueue(login)])
            },
            queues: queues.compactMap { row in
                guard let id = row.id, let name = row["name"], row.flag("dynamic") != true else { return nil }
                return ObservedAccess.Queue(
                    id: id, name: name, address: plain(row["target"] ?? ""),
                    speed: row.rates("max-limit").map { AccessSpeed($0) } ?? .none,
                    isDisabled: row.flag("disabled") == true, comment: row["comment"] ?? "")
            },
            leases: leases.compactMap { row in
                guard let id = row.id, let mac = row["mac-address"], row.flag("dynamic") != true else { return nil }
                return ObservedAccess.Queue(
                    id: id, name: mac.uppercased(), address: row["address"] ?? "",
                    speed: row["rate-limit"].flatMap { RouterRateLimit($0) }.map { AccessSpeed($0.rate) } ?? .none,
                    isDisabled: row.flag("disabled") == true, comment: row["comment"] ?? "")
            },
            looseLeases: Dictionary(
                leases.compactMap { row in
                    guard let id = row.id, let mac = row["mac-address"], row.flag("dynamic") == true else { return nil }
                    return (mac.uppercased(), id)
                }, uniquingKeysWith: { first, _ in first }),
            listed: listed.compactMap { row in
                guard let id = row.id, let address = row["address"], row.flag("dynamic") != true else { return nil }
                return ObservedAccess.Listed(id: id, address: address, comment: row["comment"] ?? "")
            },
            listedByRouter: listed.filter { $0.flag("dynamic") == true }.compactMap { $0["address"] },
            profiles: Dictionary(
                profiles.compactMap { row in
                    row["name"].map { name in
                        (name, row["rate-limit"].flatMap { RouterRateLimit($0) }.map { AccessSpeed($0.rate) })
                    }
                }, uniquingKeysWith: { first, _ in first }))
    }

    /// Strips the `/32` with which routers report a single address.
    private static func plain(_ target: String) -> String {
        target.hasSuffix("/32") ? String(target.dropLast(3)) : target
    }
}

extension ObservedPart {
    fileprivate var names: Set<String>? { if case .names(let names) = self { names } else { nil } }
}

extension AccessSpeed {
    fileprivate init(_ pair: RouterPair<UInt64>) { self.init(up: pair.up, down: pair.down) }
}
