import Access
import Addresses
import Identifiers
import Loop
import Monitoring
import Postgres
import SNMP
import Sockets
import Tenancy
import Time
import Vault

/// Hears what devices say by themselves: one socket for traps of SNMP and one for syslog, for all companies.
///
/// A trap of version 3 is a company's if the keys of one of its devices' users prove it, and is heard once. Any other
/// datagram is a company's if it comes from the address of one of its devices, and of nobody else's. Where several
/// companies have the address, a trap is of the one whose community it names, and syslog of none. Each company has a share:
/// what is beyond it is dropped and counted, so that one device's storm is nobody else's. On its loop's thread only.
package final class SignalListener: @unchecked Sendable {
    private struct Peer {
        let tenant: TenantID
        let device: Device.ID
        /// Nil where it is not needed to tell whose a trap is.
        let access: SNMPAgent.Access?
    }

    private struct Heard {
        let kind: DeviceSignal.Kind
        let severity: Int?
        let text: String
        let device: Device.ID
        let at: Instant
    }

    /// Signals of a company that are kept in a second.
    static let share = 50
    /// Companies' addresses are read again after this time.
    private static let freshness = Duration.seconds(30)

    private let database: Database
    private let vault: Vault
    private let tenants: @Sendable () async throws -> [Tenant]
    private let time: TimeSource
    private let randomness: Randomness
    private let loop: EventLoop
    private var sockets: [DatagramSocket] = []
    private var trapSocket: DatagramSocket?
    private var peers: [IPAddress: [Peer]] = [:]
    private var lastRead: [TenantID: [SignalPeer]] = [:]
    private var heard: [TenantID: [Heard]] = [:]
    /// Of the newest trap of version 3.
    private var moments: [Device.ID: SecuredTrap.Moment] = [:]
    /// Dropped: beyond a share, of nobody's address, of several companies', or no signal.
    package private(set) var dropped = 0

    package init(
        _ database: Database, vault: Vault, tenants: @escaping @Sendable () async throws -> [Tenant],
        time: TimeSource = .system, randomness: Randomness = .system, on loop: EventLoop
    ) {
        (self.database, self.vault, self.tenants) = (database, vault, tenants)
        (self.time, self.randomness, self.loop) = (time, randomness, loop)
    }

    package func open(
        traps: (address: IPAddress, port: UInt16)?, syslog: (address: IPAddress, port: UInt16)?
    ) throws(SocketError) {
        if let traps {
            let socket = try DatagramSocket(.udp, v4: traps.address.isV4, bound: traps, on: loop) {
                [unowned self] bytes, sender, port in takeTrap(bytes, from: sender, port)
            }
            (trapSocket, sockets) = (socket, sockets + [socket])
        }
        if let syslog {
            sockets.append(
                try DatagramSocket(.udp, v4: syslog.address.isV4, bound: syslog, on: loop) {
                    [unowned self] bytes, sender, _ in takeLine(bytes, from: sender)
                })
        }
    }

    package func close() {
        for socket in sockets { socket.close() }
        (sockets, trapSocket) = ([], nil)
    }

    private func takeTrap(_ bytes: UnsafeRawBufferPointer, from sender: IPAddress, _ port: UInt16) {
        if let trap = SecuredTrap(bytes) { return take(trap, from: sender) }
        guard let message = try? SNMPMessage(bytes), let (kind, text) = DeviceSignal.reading(message) else {
            dropped &+= 1
            return
        }
        let known = peers[sender] ?? []
        let meant =
            Set(known.map(\.tenant)).count > 1 ? known.filter { $0.access == .community(message.community) } : known
        guard note(kind, nil, text, meant) else { return }
        if message.kind == .inform {
            var answer = message
            answer.kind = .response
            trapSocket?.send(answer.bytes, to: sender, port: port)
        }
    }

    private func take(_ trap: SecuredTrap, from sender: IPAddress) {
        for peer in peers[sender] ?? [] {
            guard case .user(let user) = peer.access, let message = trap.message(by: user) else { continue }
            guard let (kind, text) = DeviceSignal.reading(message), message.kind == .trap,
                moments[peer.device].map(trap.moment.follows) ?? true
            else { break }
            moments[peer.device] = trap.moment
            _ = note(kind, nil, text, [peer])
            return
        }
        dropped &+= 1
    }

    private func takeLine(_ bytes: UnsafeRawBufferPointer, from sender: IPAddress) {
        guard let (severity, text) = DeviceSignal.reading(syslog: bytes) else {
            dropped &+= 1
            return
        }
        _ = note(.syslog, severity, text, peers[sender] ?? [])
    }

    /// False where it is nobody's, or beyond the share.
    private func note(_ kind: DeviceSignal.Kind, _ severity: Int?, _ text: String, _ meant: [Peer]) -> Bool {
        guard let peer = meant.first, meant.allSatisfy({ $0.tenant == peer.tenant }),
            heard[peer.tenant, default: []].count < Self.share
        else {
            dropped &+= 1
            return false
        }
        heard[peer.tenant, default: []].append(
            Heard(kind: kind, severity: severity, text: text, device: peer.device, at: time.now()))
        return true
    }

    /// Reads whose addresses there are, and keeps what is heard, until the task is cancelled. Tells what went wrong.
    package func run(onTrouble: @Sendable (any Error) -> Void) async {
        var readAt: Monotonic?
        while !Task.isCancelled {
            do {
                if readAt.map({ Monotonic.read() - $0 > Self.freshness }) ?? true {
                    // What cannot be read now is not tried again every second.
                    defer { readAt = .read() }
                    try await readPeers()
                }
            } catch {
                onTrouble(error)
            }
            do {
                try await keep()
            } catch {
                onTrouble(error)
            }
            try? await loop.sleep(for: .seconds(1))
        }
    }

    /// The addresses of every company's devices, with the communities where several have one, and the keys of users.
    /// What one company's cannot be read stays as it was; the first such failure is thrown when all others are read.
    package func readPeers() async throws {
        var failure: (any Error)?
        var read: [TenantID: [SignalPeer]] = [:]
        for tenant in try await tenants() {
            let id = tenant.id.scope
            do {
                read[id] = try await database.tenant(id).signalPeers()
            } catch {
                read[id] = lastRead[id]
                failure = failure ?? error
            }
        }
        lastRead = read
        await place(read)
        if let failure { throw failure }
    }

    private func place(_ read: [TenantID: [SignalPeer]]) async {
        var found: [IPAddress: [(TenantID, SignalPeer)]] = [:]
        for (tenant, there) in read {
            for peer in there {
                guard let address = IPAddress(peer.address) else { continue }
                found[address, default: []].append((tenant, peer))
            }
        }
        var peers: [IPAddress: [Peer]] = [:]
        for (address, there) in found {
            let isShared = Set(there.map(\.0)).count > 1
            for (tenant, peer) in there {
                var access: SNMPAgent.Access?
                if isShared || peer.method != .snmp, let sealed = peer.secret {
                    let secret = try? await vault.open(
                        sealed, for: DeviceActs.field(peer.device), in: database.tenant(tenant))
                    access = secret.flatMap { peer.method.access(of: peer.user, with: $0) }
                }
                peers[address, default: []].append(Peer(tenant: tenant, device: peer.device, access: access))
            }
        }
        self.peers = peers
    }

    /// Writes what was heard; a link that went down or came back is polled at once. What cannot be written now waits
    /// for the next time, within the company's share; the first failure is thrown when all others are written.
    package func keep() async throws {
        var failure: (any Error)?
        for (tenant, signals) in heard {
            heard[tenant] = nil
            do {
                try await keep(signals, of: tenant)
            } catch {
                heard[tenant] = Array((signals + (heard[tenant] ?? [])).prefix(Self.share))
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }

    private func keep(_ signals: [Heard], of tenant: TenantID) async throws {
        let now = time.now()
        let kept = signals.map { one in
            DeviceSignal(
                id: .make(milliseconds: one.at.milliseconds, from: randomness), device: one.device, at: one.at,
                kind: one.kind, severity: one.severity, text: one.text)
        }
        try await database.tenant(tenant).transaction { database in
            try await database.add(kept)
            if kept.contains(where: { $0.kind.wakesPoll }), try await database.monitorSwitch().isOn {
                try await DeviceActs.poll(at: now, in: database)
            }
        }
    }
}
