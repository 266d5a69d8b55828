import Addresses
import CSystem
import Glibc
import Loop

/// Resolves host names.
package struct Resolver: Sendable {
    private let find: @Sendable (String) async throws -> [IPAddress]

    /// Errors should have a description fit for people, preferably a `WebError`.
    package init(_ find: @escaping @Sendable (String) async throws -> [IPAddress]) { self.find = find }

    /// The system's blocking resolver, run on the pool.
    package static func system(on pool: BlockingPool) -> Resolver {
        Resolver { name in
            do {
                return try await pool.run { try lookUp(name) }
            } catch is BlockingPool.Full {
                throw WebError.notResolved(name: name, "too many look-ups are waiting")
            }
        }
    }

    /// Returns at the deadline or on cancellation, even while the system's resolver is still blocked.
    func addresses(of name: String, on loop: EventLoop, within span: Duration, late: WebError) async throws(WebError)
        -> [IPAddress]
    {
        let answer = FirstAnswer<[IPAddress]>(on: loop)
        loop.perform {
            answer.limit(to: span, otherwise: late)
            answer.expect(loop.spawn { answer.give(await result(for: name)) })
        }
        return try await answer.value()
    }

    private func result(for name: String) async -> Result<[IPAddress], WebError> {
        do {
            let addresses = try await find(name)
            return addresses.isEmpty ? .failure(.notResolved(name: name, "it has no address")) : .success(addresses)
        } catch let error as WebError {
            return .failure(error)
        } catch {
            return .failure(.notResolved(name: name, "\(error)"))
        }
    }

    private static func lookUp(_ name: String) throws(WebError) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG
        var first: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(name, nil, &hints, &first)
        guard code == 0 else { throw .notResolved(name: name, String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(first) }
        var addresses: [IPAddress] = []
        var next = first
        while let entry = next?.pointee {
            if let address = entry.ai_addr.flatMap({ IPAddress.read($0)?.address }), !addresses.contains(address) {
                addresses.append(address)
            }
            next = entry.ai_next
        }
        return addresses
    }
}

/// The first outcome wins: the work, the deadline, or the task's cancellation.
private final class FirstAnswer<Value: Sendable>: @unchecked Sendable {
    // Unchecked: all but `loop` is touched on the loop only.
    private let loop: EventLoop
    private var answer: Result<Value, WebError>?
    private var continuation: UnsafeContinuation<Result<Value, WebError>, Never>?
    private var timer: LoopTimer?
    private var work: Task<Void, Never>?

    init(on loop: EventLoop) { self.loop = loop }

    func limit(to span: Duration, otherwise late: WebError) {
        timer = loop.after(span) { self.give(.failure(late)) }
    }

    /// The work is cancelled when another outcome came first, which removes it from the pool's queue.
    func expect(_ work: Task<Void, Never>) {
        if answer == nil { self.work = work } else { work.cancel() }
    }

    func give(_ result: Result<Value, WebError>) {
        guard answer == nil else { return }
        answer = result
        if let timer { loop.cancel(timer) }
        timer = nil
        work?.cancel()
        work = nil
        continuation?.resume(returning: result)
        continuation = nil
    }

    func value() async throws(WebError) -> Value {
        let result = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                loop.perform {
                    if let answer = self.answer {
                        continuation.resume(returning: answer)
                    } else {
                        self.continuation = continuation
                    }
                }
            }
        } onCancel: {
            loop.submit { self.give(.failure(.cancelled)) }
        }
        return try result.get()
    }
}
