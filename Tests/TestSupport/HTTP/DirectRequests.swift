import Addresses
import HTTP
import Identifiers
import Loop

/// Makes requests that need no socket; what answers them runs where the test runs.
package struct DirectRequests: Sendable {
    package let loops: Loops
    private let randomness = Randomness(seed: 7)

    /// The loops must run when a handler sleeps or reads a body.
    package init(on loops: Loops) { self.loops = loops }

    package func request(
        _ method: String = "GET", _ target: String, host: String = "norte.test",
        headers: KeyValuePairs<String, String> = [:], body: [UInt8] = [], from client: IPAddress = .loopback,
        arrived: Monotonic = .read()
    ) throws -> Request {
        try request(method, target, host: host, fields: Array(headers), body: body, from: client, arrived: arrived)
    }

    package func request(
        _ method: String, _ target: String, host: String, fields: [(key: String, value: String)], body: [UInt8],
        from client: IPAddress = .loopback, arrived: Monotonic = .read()
    ) throws -> Request {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        if !body.isEmpty { head += "Content-Length: \(body.count)\r\n" }
        return try Request(
            head: Array((head + "\r\n").utf8), body: body, from: client, id: .v7(milliseconds: 0, from: randomness),
            arrived: arrived, on: loops.all[0], blocking: loops.blocking)
    }
}
