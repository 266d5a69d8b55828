import Identifiers
import Testing

@testable import AccessProtocol

@Suite struct ComparisonTests {
    private static let service = UUID(high: 1, low: 2)

    @Test func `a pool tells its level, and when it is full if it goes on so`() {
        func pool(_ used: Int) -> AddressPool { AddressPool(name: "clientes", size: 253, used: used) }
        #expect([202, 203, 228, 241].map { pool($0).level } == [nil, 80, 90, 95])
        #expect(pool(203).daysLeft(usedBefore: 193, days: 10) == 50)
        #expect(pool(203).daysLeft(usedBefore: 203, days: 10) == nil)
        #expect(pool(253).daysLeft(usedBefore: 203, days: 10) == 0)
    }

    private static let debtors = CutStrategy.profile("Morosos", list: "morosos")
    private static let profiles: [String: AccessSpeed?] = [
        "Plan10": AccessSpeed(up: 5_000_000, down: 10_000_000), "Plan20": AccessSpeed(up: 10_000_000, down: 20_000_000),
        "Morosos": AccessSpeed(up: 64_000, down: 64_000),
    ]

    private static func desired(
        _ state: DesiredAccess.State, profile: String? = "Plan10", password: String? = nil, address: String? = nil,
        isProven: Bool = false, isApproved: Bool = false, mayAdopt: Bool = true, changedBefore: Duration? = nil
    ) -> DesiredAccess {
        DesiredAccess(
            service: service, state: state, method: .account(login: "ana", password: password, address: address),
            profile: profile, isProven: isProven, isApproved: isApproved, mayAdopt: mayAdopt,
            changedBefore: changedBefore)
    }

    private static func router(
        profile: String = "Plan10", isDisabled: Bool = false, address: String? = nil,
        sessions: [ObservedAccess.Session] = [], listed: [ObservedAccess.Listed] = []
    ) -> ObservedAccess {
        ObservedAccess(
            accounts: [.init(id: "*1", login: "ana", profile: profile, isDisabled: isDisabled, address: address)],
            sessions: sessions, listed: listed, profiles: profiles)
    }

    private static func session(_ speed: AccessSpeed? = nil, uptime: Duration = .seconds(3600))
        -> ObservedAccess.Session
    {
        .init(id: "*9", login: "ana", address: "10.0.0.5", uptime: uptime, speed: speed)
    }

    private func compare(
        _ desired: DesiredAccess, _ observed: ObservedAccess, _ strategy: CutStrategy = debtors
    ) -> AccessComparison {
        AccessComparison(desired, with: observed, cutBy: strategy)
    }

    @Test func `what is as it should be needs nothing`() {
        let online = Self.session(AccessSpeed(up: 5_000_000, down: 10_000_000))
        let comparison = compare(Self.desired(.open), Self.router(sessions: [online]))
        #expect(comparison.isTrue && comparison.repairs == [] && comparison.isOnline)
    }

    @Test func `a cut by profile changes the profile and ends the session, in this order`() {
        let comparison = compare(Self.desired(.closed), Self.router(sessions: [Self.session()]))
        #expect(
            comparison.repairs == [
                .setProfile(account: "*1", login: "ana", to: "Morosos"), .closeSession("*9", login: "ana"),
            ])
        // Read back: the session that came up since is under the profile of debtors.
        let after = compare(
            Self.desired(.closed, changedBefore: .seconds(5)),
            Self.router(
                profile: "Morosos",
                sessions: [Self.session(AccessSpeed(up: 64_000, down: 64_000), uptime: .seconds(1))]))
        #expect(after.isTrue && after.isOnline)
    }

    @Test func `a profile changed while the session stayed is not taken for a cut`() {
        let after = compare(
            Self.desired(.closed, changedBefore: .seconds(5)),
            Self.router(profile: "Morosos", sessions: [Self.session()]))
        #expect(after.repairs == [.closeSession("*9", login: "ana")])
        // Also where nobody knows when it was changed: the router holds it to the old speed.
        let unknown = compare(
            Self.desired(.closed),
            Self.router(
                profile: "Morosos", sessions: [Self.session(AccessSpeed(up: 5_000_000, down: 10_000_000))]))
        #expect(unknown.repairs == [.closeSession("*9", login: "ana")])
    }

    @Test func `the profile that an account had is kept for its reconnection`() {
        let cut = compare(Self.desired(.closed, profile: nil), Self.router(profile: "Plan20"))
        #expect(cut.adopted == "Plan20")
        #expect(cut.repairs == [.setProfile(account: "*1", login: "ana", to: "Morosos")])
        let back = compare(Self.desired(.open, profile: "Plan20", mayAdopt: false), Self.router(profile: "Morosos"))
        #expect(back.repairs == [.setProfile(account: "*1", login: "ana", to: "Plan20")])
        // The profile of debtors is nobody's own.
        let lost = compare(Self.desired(.open, profile: nil), Self.router(profile: "Morosos"))
        #expect(lost.questions.map(\.kind) == [.unknownProfile] && lost.repairs == [] && lost.adopted == nil)
    }

    @Test func `a list cuts the address that the customer has now, and forgets the one before`() {
        let own = ObservedAccess.Listed(id: "*5", address: "10.0.0.4", comment: "svc:\(Self.service)")
        let comparison = compare(
            Self.desired(.closed), Self.router(sessions: [Self.session()], listed: [own]), .list("morosos"))
        #expect(
            comparison.repairs == [
                .unlist("*5", address: "10.0.0.4", from: "morosos"),
                .list(address: "10.0.0.5", in: "morosos", mark: "svc:\(Self.service)"),
            ])
        let back = compare(Self.desired(.open), Self.router(listed: [own]), .list("morosos"))
        #expect(back.repairs == [.unlist("*5", address: "10.0.0.4", from: "morosos")])
        // Also of somebody who was cut before and dialled anew, though somebody else took the old address off meanwhile.
        let moved = DesiredAccess(
            service: Self.service, state: .closed, method: .account(login: "ana", password: nil, address: nil),
            profile: "Plan10", isProven: true, provenAddress: "10.0.0.4")
        let list = AccessStep.list(address: "10.0.0.5", in: "morosos", mark: "svc:\(Self.service)")
        #expect(compare(moved, Self.router(sessions: [Self.session()]), .list("morosos")).repairs == [list])
        // What somebody took off by hand is asked about.
        let freed = DesiredAccess(
            service: Self.service, state: .closed, method: .account(login: "ana", password: nil, address: nil),
            profile: "Plan10", isProven: true, provenAddress: "10.0.0.5")
        #expect(compare(freed, Self.router(sessions: [Self.session()]), .list("morosos")).repairs == [])
        // Nobody can be cut by an address that is not known.
        let nowhere = compare(Self.desired(.closed), Self.router(), .list("morosos"))
        #expect(nowhere.questions.map(\.kind) == [.unknownAddress])
    }

    @Test func `an address that two services share cuts neither while one of them is paid`() {
        func desired(_ state: DesiredAccess.State, sharedByOpen: Bool) -> DesiredAccess {
            DesiredAccess(
                service: Self.service, state: state, method: .queue(name: "ana", address: "10.9.9.9"),
                sharing: AddressSharing("10.9.9.9", with: "Plan 10 (2)", isOpen: sharedByOpen))
        }
        func router(_ listed: String...) -> ObservedAccess {
            ObservedAccess(
                queues: [.init(id: "*1", name: "ana", address: "10.9.9.9", speed: .none)],
                listed: listed.map { .init(id: "*5", address: "10.9.9.9", comment: $0) })
        }
        let mark = "svc:\(Self.service)"
        let held = compare(desired(.closed, sharedByOpen: true), router(), .list("morosos"))
        #expect(held.repairs == [] && held.questions.map(\.kind) == [.sharedAddress] && !held.isTrue)
        #expect(held.questions.first?.found == "10.9.9.9 · Plan 10 (2)")
        // What was listed before is taken off, and is not called somebody who should be connected.
        let freed = compare(desired(.closed, sharedByOpen: true), router(mark), .list("morosos"))
        #expect(freed.repairs == [.unlist("*5", address: "10.9.9.9", from: "morosos")])
        #expect(freed.differences.map(\.kind) == [.staleListing, .sharedAddress])
        // Where both are cut, both are.
        let both = compare(desired(.closed, sharedByOpen: false), router(), .list("morosos"))
        #expect(both.repairs == [.list(address: "10.9.9.9", in: "morosos", mark: mark)])
        // Who is on line is so, and people read that the address is shared.
        let open = compare(desired(.open, sharedByOpen: true), router(), .list("morosos"))
        #expect(open.isTrue && open.differences.map(\.kind) == [.sharedAddress])
    }

    @Test func `disabling ends the session, and enabling is all that a reconnection needs`() {
        let strategy = CutStrategy.disable(list: "morosos")
        let cut = compare(Self.desired(.closed), Self.router(sessions: [Self.session()]), strategy)
        #expect(cut.repairs == [.setDisabled(account: "*1", login: "ana", true), .closeSession("*9", login: "ana")])
        #expect(
            !compare(Self.desired(.closed), Self.router(isDisabled: true, sessions: [Self.session()]), strategy).isTrue)
        #expect(compare(Self.desired(.closed), Self.router(isDisabled: true), strategy).isTrue)
        let back = compare(Self.desired(.open), Self.router(isDisabled: true), strategy)
        #expect(back.repairs == [.setDisabled(account: "*1", login: "ana", false)])
    }

    @Test func `whoever is not installed or has left gets in no more, and no secret is deleted`() {
        #expect(
            compare(Self.desired(.absent), Self.router()).repairs
                == [.setDisabled(account: "*1", login: "ana", true)])
        #expect(compare(Self.desired(.absent), ObservedAccess()).isTrue)
    }

    @Test func `an account that is missing is made where its password is known, and asked about otherwise`() {
        let empty = ObservedAccess(profiles: Self.profiles)
        #expect(
            compare(Self.desired(.open, password: "x", address: "10.0.0.7"), empty).repairs == [
                .addAccount(
                    login: "ana", password: "x", profile: "Plan10", address: "10.0.0.7", mark: "svc:\(Self.service)")
            ])
        #expect(compare(Self.desired(.open), empty).questions.map(\.kind) == [.missingPassword])
        #expect(
            compare(Self.desired(.open, profile: "Plan99", password: "x"), empty).questions.map(\.kind)
                == [.missingProfile])
        #expect(
            compare(Self.desired(.closed), ObservedAccess(accounts: [.init(id: "*1", login: "ana", profile: "x")]))
                .questions.map(\.kind) == [.missingProfile])
    }

    /// By hand on the router, after all was proven once.
    @Test func `nine kinds of drift are found, and only what opens is put right unasked`() {
        let mark = "svc:\(Self.service)"
        let open = Self.desired(.open, isProven: true), closed = Self.desired(.closed, isProven: true)
        let listed = Self.router(
            address: "10.0.0.5", listed: [.init(id: "*5", address: "10.0.0.5", comment: "a mano")])
        let twice = ObservedAccess(
            accounts: ["*1", "*2"].map { .init(id: $0, login: "ana", profile: "Plan10") }, profiles: Self.profiles)
        let cases: [(DesiredAccess, ObservedAccess, AccessFinding.Kind, AccessFinding.Treatment)] = [
            (open, Self.router(profile: "Plan20"), .otherProfile, .repair),
            (open, Self.router(profile: "Morosos"), .stillCut, .repair),
            (open, Self.router(isDisabled: true), .stillCut, .repair),
            (open, listed, .stillCut, .repair),
            (open, ObservedAccess(profiles: Self.profiles), .missingPassword, .ask),
            (open, twice, .severalOfThatName, .ask),
            (
                Self.desired(.open, address: "10.0.0.5", isProven: true), Self.router(address: "10.0.0.6"),
                .otherAddress, .ask
            ),
            (open, Self.router(sessions: [Self.session(AccessSpeed(up: 1, down: 1))]), .oldSession, .ask),
            (closed, Self.router(profile: "Plan10"), .notCut, .ask),
        ]
        for (desired, observed, kind, treatment) in cases {
            let found = compare(desired, observed).findings
            #expect(found.map(\.kind) == [kind] && found.map(\.treatment) == [treatment], "\(kind): \(found)")
        }
        #expect(mark == open.mark)
    }

    @Test func `a person's word puts right what is asked about`() {
        let comparison = compare(
            Self.desired(.closed, isProven: true, isApproved: true), Self.router(profile: "Plan10"))
        #expect(comparison.repairs == [.setProfile(account: "*1", login: "ana", to: "Morosos")])
    }

    @Test func `a queue is made, held to its speed, and cut by the list`() {
        let (address, speed) = ("10.0.0.9", AccessSpeed(up: 1_000_000, down: 2_000_000))
        func desired(_ state: DesiredAccess.State) -> DesiredAccess {
            DesiredAccess(
                service: Self.service, state: state, method: .queue(name: "ana", address: address), speed: speed)
        }
        let mark = "svc:\(Self.service)"
        #expect(
            compare(desired(.open), ObservedAccess()).repairs
                == [.addQueue(name: "ana", address: address, speed, mark: mark)])
        let slow = ObservedAccess(queues: [.init(id: "*3", name: "ana", address: address, speed: .none)])
        #expect(
            compare(desired(.open), slow).repairs == [.setQueue("*3", name: "ana", address: address, speed)])
        #expect(
            compare(desired(.closed), slow).repairs == [.list(address: address, in: "morosos", mark: mark)])
        let listed = ObservedAccess(
            queues: [.init(id: "*3", name: "ana", address: address, speed: speed)],
            listed: [.init(id: "*5", address: address, comment: mark)])
        #expect(compare(desired(.closed), listed).isTrue && compare(desired(.absent), listed).isTrue)
        #expect(
            compare(desired(.open), listed).repairs == [.unlist("*5", address: address, from: "morosos")])
    }

    @Test func `an address by DHCP is made, held to its speed, and cut by the list`() {
        let (mac, address) = ("02:00:00:00:00:05", "10.0.0.9")
        let speed = AccessSpeed(up: 1_000_000, down: 2_000_000)
        func desired(_ state: DesiredAccess.State) -> DesiredAccess {
            DesiredAccess(service: Self.service, state: state, method: .lease(mac: mac, address: address), speed: speed)
        }
        let mark = "svc:\(Self.service)"
        #expect(
            compare(desired(.open), ObservedAccess()).repairs
                == [.addLease(mac: mac, address: address, speed, mark: mark)])
        #expect(
            compare(desired(.open), ObservedAccess(looseLeases: [mac: "*7"])).repairs == [
                .keepLease("*7", mac: mac), .setLease("*7", mac: mac, address: address, speed),
            ])
        let slow = ObservedAccess(leases: [.init(id: "*3", name: mac, address: address, speed: .none)])
        #expect(compare(desired(.open), slow).repairs == [.setLease("*3", mac: mac, address: address, speed)])
        #expect(compare(desired(.closed), slow).repairs == [.list(address: address, in: "morosos", mark: mark)])
        #expect(slow.removal(of: desired(.open).method, marked: mark, in: "morosos") == [.removeLease("*3", mac: mac)])
    }
}
