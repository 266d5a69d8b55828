import Identifiers
import Loop

/// The state of one request, for its duration. Its route sets the limits here.
final class RequestScope: @unchecked Sendable {
    // Unchecked: mutable state is touched on the request's loop only.
    let head: RequestHead
    let body: RequestBody
    let id: UUID
    let arrived: Monotonic
    let origin: Origin
    let loop: EventLoop
    let uploads: UploadStore
    var route: RouteDeclaration? { didSet { noteProgress() } }
    /// The request's tenant, once the application knows it.
    var tenant: UUID? { didSet { noteProgress() } }
    /// Its slot on the work board.
    var slot: WorkSlot? { didSet { noteProgress() } }
    /// The deadline for the handler's answer.
    var deadline = Monotonic.never

    init(
        head: RequestHead, body: RequestBody, id: UUID, arrived: Monotonic, origin: Origin, loop: EventLoop,
        uploads: UploadStore
    ) {
        self.head = head
        self.body = body
        self.id = id
        self.arrived = arrived
        self.origin = origin
        self.loop = loop
        self.uploads = uploads
    }
}

extension RequestScope {
    private func noteProgress() {
        guard let slot else { return }
        if let route { slot.note(route: route.label) }
        if let tenant { slot.note(tenant: tenant) }
    }
}

/// The directory of uploaded files, and the threads that write them.
struct UploadStore: Sendable {
    let directory: String
    let blocking: BlockingPool
}
