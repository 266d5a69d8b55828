import CSystem
import Glibc

/// A system thread, for the loops and the blocking pool; everything else runs on those.
enum Thread {
    static func start(name: String, _ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(Body(body)).toOpaque()
        let result = pthread_create(&thread, nil, { Thread.main($0) }, context)
        precondition(result == 0, "The system has no threads left")
        csystem_name_thread(thread, name)
        pthread_detach(thread)
    }

    private static func main(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        // Libraries write to sockets here too (libpq's cancel request): a closed peer is an error to handle, not the
        // end of the program.
        Signals.block([SIGPIPE])
        ccrash_prepare_thread()
        Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
