import Glibc
import Loop

extension Loops {
    /// Waits for SIGTERM or Ctrl-C.
    func asksToStop() async { await asksToStop(onHangUp: {}) }

    /// SIGHUP asks to read anew what can be read anew.
    func asksToStop(onHangUp readAnew: @escaping @Sendable () -> Void) async {
        let loop = all[0]
        await withUnsafeContinuation { continuation in
            loop.perform {
                var waiting: UnsafeContinuation<Void, Never>? = continuation
                _ = Signals([SIGTERM, SIGINT, SIGHUP], on: loop) { signal in
                    if signal == SIGHUP { return readAnew() }
                    waiting?.resume()
                    waiting = nil
                }
            }
        }
    }
}
