import CSystem
import Glibc
import Identifiers
import Synchronization

/// What this process is working on, in shared memory that its supervisor reads after a crash.
///
/// A request or a job takes a slot, writes its tenant and its route or kind there, and releases it; nothing is sent. A
/// handler for fatal signals adds the crashed thread's slot and its stack frames.
package final class WorkBoard: @unchecked Sendable {
    // Unchecked: a slot is written by the work that holds it; the supervisor reads once this process has ended.
    /// The current task's mark, inherited by child tasks; zero is none.
    @TaskLocal package static var current: UInt64 = 0

    private let memory: OpaquePointer
    private let free: Mutex<[UInt32]>

    private init(_ memory: OpaquePointer) {
        self.memory = memory
        free = Mutex((0..<UInt32(CCRASH_SLOTS)).reversed())
    }

    /// The board behind a descriptor inherited from the supervisor.
    package convenience init?(descriptor: Int32) {
        guard let memory = Self.map(descriptor) else { return nil }
        self.init(memory)
    }

    /// Installs the crash handler that writes to the board.
    package func watchForCrashes() {
        ccrash_prepare_thread()
        ccrash_install(memory) { WorkBoard.current }
    }

    /// Tells the supervisor that this process has started up.
    package func noteReady() { ccrash_board_head(memory).pointee.is_ready = 1 }

    /// Runs the work in a slot. Without a free slot it runs untracked.
    package func track(_ work: (WorkSlot?) async -> Void) async {
        guard let index = free.withLock({ $0.popLast() }) else { return await work(nil) }
        let slot = WorkSlot(ccrash_board_slots(memory) + Int(index))
        let mark = slot.take(at: index)
        await Self.$current.withValue(mark) { await work(slot) }
        slot.leave()
        free.withLock { $0.append(index) }
    }

    fileprivate static func map(_ descriptor: Int32) -> OpaquePointer? {
        let mapped = mmap(nil, ccrash_board_size(), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard let mapped, mapped != MAP_FAILED else { return nil }
        return OpaquePointer(mapped)
    }
}

/// The slot of one request or job, for as long as it runs.
package struct WorkSlot: @unchecked Sendable {
    // Unchecked: one piece of work writes it.
    private let slot: UnsafeMutablePointer<ccrash_slot>

    fileprivate init(_ slot: UnsafeMutablePointer<ccrash_slot>) { self.slot = slot }

    fileprivate func take(at index: UInt32) -> UInt64 {
        slot.pointee.generation &+= 1
        (slot.pointee.tenant_high, slot.pointee.tenant_low) = (0, 0)
        slot.pointee.name_length = 0
        slot.pointee.kind = 1
        return UInt64(index + 1) | UInt64(slot.pointee.generation) << 32
    }

    fileprivate func leave() { slot.pointee.kind = 0 }

    package func note(route: [UInt8]) {
        let length = min(route.count, Int(CCRASH_NAME))
        route.withUnsafeBufferPointer { bytes in
            if let start = bytes.baseAddress { ccrash_slot_name(slot).update(from: start, count: length) }
        }
        slot.pointee.name_length = UInt16(length)
    }

    package func note(tenant: UUID) {
        (slot.pointee.tenant_high, slot.pointee.tenant_low) = (tenant.high, tenant.low)
    }

    package func note(job: UUID, token: Int64) {
        (slot.pointee.job_high, slot.pointee.job_low) = (job.high, job.low)
        slot.pointee.token = token
        slot.pointee.kind = 2
    }
}

/// What a crashed process left on its board.
package struct WorkLeft: Sendable, Equatable {
    package struct Work: Sendable, Equatable {
        package let isJob: Bool
        /// Nil if not yet known.
        package let tenant: UUID?
        /// A route's method and pattern, or the kind of a job.
        package let name: String
        package let job: UUID
        package let token: Int64

        package init(isJob: Bool, tenant: UUID?, name: String, job: UUID, token: Int64) {
            self.isJob = isJob
            self.tenant = tenant
            self.name = name
            self.job = job
            self.token = token
        }
    }

    /// The crashed thread's work, if known.
    package var crashed: Work?
    package var inFlight: [Work] = []
    /// Addresses in the executable, innermost first; zero is system code.
    package var frames: [UInt64] = []

    package init() {}
}

/// The supervisor's side of a board: created before the process starts, read after it has ended.
package final class SharedBoard {
    package let descriptor: Int32
    private let memory: OpaquePointer

    package convenience init?() { self.init(descriptor: csystem_memory_file("mastil-board", ccrash_board_size())) }

    /// The file must have the board's size.
    package init?(descriptor: Int32) {
        self.descriptor = descriptor
        guard descriptor >= 0, let memory = WorkBoard.map(descriptor) else {
            if descriptor >= 0 { close(descriptor) }
            return nil
        }
        self.memory = memory
    }

    deinit {
        munmap(UnsafeMutableRawPointer(memory), ccrash_board_size())
        close(descriptor)
    }

    package var isReady: Bool { ccrash_board_head(memory).pointee.is_ready != 0 }

    /// Reads with bounds checks: a crashing process may have written anything.
    package func left() -> WorkLeft {
        var left = WorkLeft()
        let (head, slots) = (ccrash_board_head(memory).pointee, ccrash_board_slots(memory))
        for index in 0..<Int(CCRASH_SLOTS) where slots[index].kind != 0 {
            let work = Self.read(slots + index)
            left.inFlight.append(work)
            let mark = UInt64(index) + 1 | UInt64(slots[index].generation) << 32
            if head.work == mark { left.crashed = work }
        }
        let count = min(Int(head.frame_count), Int(CCRASH_FRAMES))
        left.frames = Array(UnsafeBufferPointer(start: ccrash_board_frames(memory), count: count))
        return left
    }

    private static func read(_ slot: UnsafeMutablePointer<ccrash_slot>) -> WorkLeft.Work {
        let length = min(Int(slot.pointee.name_length), Int(CCRASH_NAME))
        let name = UnsafeBufferPointer(start: ccrash_slot_name(slot), count: length)
        let tenant = UUID(high: slot.pointee.tenant_high, low: slot.pointee.tenant_low)
        return WorkLeft.Work(
            isJob: slot.pointee.kind == 2, tenant: tenant == UUID(high: 0, low: 0) ? nil : tenant,
            name: String(decoding: name, as: UTF8.self),
            job: UUID(high: slot.pointee.job_high, low: slot.pointee.job_low), token: slot.pointee.token)
    }
}
