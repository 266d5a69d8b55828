import Identifiers
import Loop

/// What belongs to one request and ends with it. The route tells here what it allows.
final class RequestScope: @unchecked Sendable {
    // Unchecked: what can change is touched only on the request's loop.
    let head: RequestHead
    let body: RequestBody
    let id: UUID
    let arrived: Monotonic
    let origin: Origin
    let loop: EventLoop
    let uploads: UploadStore
    var route: RouteDeclaration? { didSet { noteProgress() } }
    /// Whose it is, as far as that is known to the application.
    var tenant: UUID? { didSet { noteProgress() } }
    /// Its place among what is in progress.
    var slot: WorkSlot? { didSet { noteProgress() } }
    /// Until when the handler must have answered.
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

/// Where uploaded files wait for the handler, and the threads that write them.
struct UploadStore: Sendable {
    let directory: String
    let blocking: BlockingPool
}
