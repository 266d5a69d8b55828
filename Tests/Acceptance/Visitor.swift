import HTTP
import JSON
import Loop
import TestSupport

/// Somebody who asks a host of ours, each time over a connection of its own.
struct Visitor: Sendable {
    /// As many as may be asking at once.
    static let threads = BlockingPool(threads: 40, queueLimit: 10_000, name: "visitors")

    let address: ListenAddress
    let host: String
    var headers: [String: String] = [:]

    func with(_ name: String, _ value: String?) -> Visitor {
        var visitor = self
        visitor.headers[name] = value
        return visitor
    }

    func asking(at host: String) -> Visitor { Visitor(address: address, host: host, headers: headers) }

    func get(_ path: String) async throws -> RawResponse { try await send("GET", path) }
    func head(_ path: String) async throws -> RawResponse { try await send("HEAD", path) }
    func post(_ path: String) async throws -> RawResponse { try await send("POST", path) }

    func post(_ path: String, form: String) async throws -> RawResponse {
        try await with("Content-Type", "application/x-www-form-urlencoded").send("POST", path, form)
    }

    func send(_ method: String, _ path: String, json body: String? = nil) async throws -> RawResponse {
        try await (body == nil ? self : with("Content-Type", "application/json")).send(method, path, body)
    }

    private func send(_ method: String, _ path: String, _ body: String?) async throws -> RawResponse {
        let length =
            body.map { "Content-Length: \($0.utf8.count)\r\n" } ?? (method == "POST" ? "Content-Length: 0\r\n" : "")
        let request = request(method, path) + length + "Connection: close\r\n\r\n" + (body ?? "")
        return try await Self.threads.run { [address] in
            let client = try RawClient(to: address)
            try client.send(request)
            return try client.response(toHead: method == "HEAD")
        }
    }

    /// The head, to which a header may still be added.
    func request(_ method: String, _ path: String) -> String {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: \(host)\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        return head
    }
}

extension RawResponse {
    var json: JSONObject {
        get throws {
            guard case .object(let object) = try JSONValue.parse(body) else { throw Failed("No object: \(text)") }
            return object
        }
    }

    var isPage: Bool { self["content-type"] == "text/html; charset=utf-8" && text.hasPrefix("<!doctype html>") }
    var isProblem: Bool { self["content-type"] == "application/problem+json" }
    var location: String? { self["location"] }

    /// The cookie that it sets, as it is to be sent back.
    var cookie: String? {
        self["set-cookie"].flatMap { $0.split(separator: ";", omittingEmptySubsequences: false).first.map(String.init) }
    }
}

extension JSONObject {
    func text(_ name: String) -> String? {
        if case .string(let text) = self[name] { text } else { nil }
    }
}
