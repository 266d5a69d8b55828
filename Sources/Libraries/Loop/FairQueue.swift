import Identifiers

/// One who waits for a turn. Confined to the loop of the queue it waits in.
package protocol QueueMember: AnyObject {
    var tenant: UUID { get }
    /// Kept by the queue, so that it is looked up once.
    var lane: Lane? { get set }
}

/// One tenant's members: those served now, and those that wait.
package final class Lane {
    fileprivate(set) var served = 0
    fileprivate var waiting = Deque<any QueueMember>()

    fileprivate var isIdle: Bool { served == 0 && waiting.isEmpty }
}

/// Who is served next: the tenants in turn, each up to its share, so that one with a thousand callers keeps another
/// with one waiting no longer than the others do. Loop-confined.
package final class FairQueue<Member: QueueMember> {
    private let share: Int
    private let limit: Int
    private let tenantLimit: Int
    private var lanes: [UUID: Lane] = [:]
    private var turns = Deque<Lane>()
    private var idleCheck = 512
    package private(set) var count = 0
    package private(set) var served = 0

    /// `share` is what one tenant may hold at a time; `limit` and `tenantLimit` are how many may wait.
    package init(share: Int, limit: Int, tenantLimit: Int) {
        self.share = share
        self.limit = limit
        self.tenantLimit = tenantLimit
    }

    /// Whether the member's tenant holds less than its share. Others who wait then do so because they hold theirs.
    package func canServeAtOnce(_ member: Member) -> Bool {
        let lane = lane(of: member)
        return lane.served < share && lane.waiting.isEmpty
    }

    package func begin(_ member: Member) {
        lane(of: member).served += 1
        served += 1
    }

    package func end(_ member: Member) {
        lane(of: member).served -= 1
        served -= 1
    }

    /// False when too many wait already.
    package func add(_ member: Member) -> Bool {
        let lane = lane(of: member)
        guard count < limit, lane.waiting.count < tenantLimit else { return false }
        if lane.waiting.isEmpty { turns.append(lane) }
        lane.waiting.append(member)
        count += 1
        return true
    }

    package func remove(_ member: Member) {
        let lane = lane(of: member)
        let before = lane.waiting.count
        lane.waiting.removeAll { $0 === member }
        count -= before - lane.waiting.count
        if before > 0 && lane.waiting.isEmpty { turns.removeAll { $0 === lane } }
    }

    /// Takes out the next to serve; nothing when all who wait hold their share.
    package func next() -> Member? {
        for _ in 0..<turns.count {
            guard let lane = turns.popFirst() else { return nil }
            guard lane.served < share, let member = lane.waiting.popFirst() else {
                turns.append(lane)
                continue
            }
            if !lane.waiting.isEmpty { turns.append(lane) }
            count -= 1
            return unsafeDowncast(member as AnyObject, to: Member.self)
        }
        return nil
    }

    package func removeAll() -> [Member] {
        var members: [Member] = []
        while let lane = turns.popFirst() {
            while let member = lane.waiting.popFirst() {
                members.append(unsafeDowncast(member as AnyObject, to: Member.self))
            }
        }
        count = 0
        return members
    }

    private func lane(of member: Member) -> Lane {
        if let lane = member.lane { return lane }
        let lane = lanes[member.tenant] ?? add(Lane(), for: member.tenant)
        member.lane = lane
        return lane
    }

    /// Lanes are kept while a tenant is busy; those of the idle are cleared out now and then.
    private func add(_ lane: Lane, for tenant: UUID) -> Lane {
        if lanes.count >= idleCheck {
            // A lane that a member has looked up and not yet entered may go too: the member keeps its own.
            lanes = lanes.filter { !$0.value.isIdle }
            idleCheck = max(512, 2 * lanes.count)
        }
        lanes[tenant] = lane
        return lane
    }
}
