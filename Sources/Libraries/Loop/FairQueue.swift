import Identifiers

/// A waiting caller. Confined to the queue's loop.
package protocol QueueMember: AnyObject {
    var tenant: UUID { get }
    /// Cached by the queue.
    var lane: Lane? { get set }
}

/// One tenant's callers, served and waiting.
package final class Lane {
    fileprivate(set) var served = 0
    fileprivate var waiting = Deque<any QueueMember>()

    fileprivate var isIdle: Bool { served == 0 && waiting.isEmpty }
}

/// Round-robin over the tenants, each up to its share, so that a tenant with a thousand callers delays another's single
/// caller no more than any tenant does. Loop-confined.
package final class FairQueue<Member: QueueMember> {
    private let share: Int
    private let limit: Int
    private let tenantLimit: Int
    private var lanes: [UUID: Lane] = [:]
    private var turns = Deque<Lane>()
    private var idleCheck = 512
    package private(set) var count = 0
    package private(set) var served = 0

    /// `share` is what one tenant may hold at a time; `limit` and `tenantLimit` bound the waiting callers.
    package init(share: Int, limit: Int, tenantLimit: Int) {
        self.share = share
        self.limit = limit
        self.tenantLimit = tenantLimit
    }

    /// Whether the member's tenant is below its share with nobody of it waiting. Other waiting tenants are at theirs.
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

    /// False when the queue is full.
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

    /// Removes the next to serve; nil when all waiting tenants hold their share.
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

    /// Lanes of busy tenants are kept; idle ones are removed now and then.
    private func add(_ lane: Lane, for tenant: UUID) -> Lane {
        if lanes.count >= idleCheck {
            // A lane that a member has cached but not yet entered may be removed too: the member keeps it.
            lanes = lanes.filter { !$0.value.isIdle }
            idleCheck = max(512, 2 * lanes.count)
        }
        lanes[tenant] = lane
        return lane
    }
}
