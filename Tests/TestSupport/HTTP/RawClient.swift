import Addresses
import CSystem
import Glibc
import HTTP

/// A blocking socket that sends whatever bytes a test likes, at the pace it likes. For threads that may block.
package final class RawClient {
    package struct TimedOut: Error {}

    package let descriptor: Int32
    private var received: [UInt8] = []

    package init(to address: ListenAddress, timeout: Duration = .seconds(60), receiveBuffer: Int32? = nil) throws {
        switch address {
        case .ip(let ip, let port):
            descriptor = socket(ip.isV4 ? AF_INET : AF_INET6, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            if var receiveBuffer {
                setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
            }
            try connect(to: ip, port: port)
        case .unix(let path):
            descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            try connect(to: path)
        }
        let (seconds, attoseconds) = timeout.components
        var limit = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(descriptor) }

    private func connect(to ip: IPAddress, port: UInt16) throws {
        if ip.isV4 {
            var name = sockaddr_in()
            name.sin_family = sa_family_t(AF_INET)
            name.sin_port = port.bigEndian
            inet_pton(AF_INET, ip.description, &name.sin_addr)
            try connect(&name)
        } else {
            var name = sockaddr_in6()
            name.sin6_family = sa_family_t(AF_INET6)
            name.sin6_port = port.bigEndian
            inet_pton(AF_INET6, ip.description, &name.sin6_addr)
            try connect(&name)
        }
    }

    private func connect(to path: String) throws {
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
        try connect(&name)
    }

    private func connect<Name>(_ name: inout Name) throws {
        let result = withUnsafeMutableBytes(of: &name) {
            Glibc.connect(descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
        }
        guard result == 0 else { throw Errno(code: errno) }
    }

    package struct Errno: Error, Equatable { package let code: Int32 }

    package func send(_ text: String) throws { try send(Array(text.utf8)) }

    package func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = uninterrupted {
                bytes.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress! + sent, $0.count - sent, Int32(MSG_NOSIGNAL))
                }
            }
            guard count > 0 else { throw Errno(code: errno) }
            sent += count
        }
    }

    /// With a limit of its time a call is not taken up again by itself when the process was stopped meanwhile.
    private func uninterrupted(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }

    /// Nothing at the end of the stream.
    package func receive(upTo most: Int = 65536) throws -> [UInt8] {
        if !received.isEmpty {
            defer { received = [] }
            return received
        }
        var buffer = [UInt8](repeating: 0, count: most)
        let count = uninterrupted { recv(descriptor, &buffer, most, 0) }
        if count < 0 { throw errno == EAGAIN ? TimedOut() : Errno(code: errno) }
        return Array(buffer[..<count])
    }

    /// All that comes until the server closes; a reset counts as an end too.
    package func receiveAll() throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            do {
                let more = try receive()
                if more.isEmpty { return all }
                all += more
            } catch let error as Errno where error.code == ECONNRESET {
                return all
            }
        }
    }

    package func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Closes with a reset, as a machine that crashed does.
    package func reset() {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    }

    /// The next response on the connection; of a chunked one, the data.
    package func response(toHead: Bool = false) throws -> RawResponse {
        var bytes: [UInt8] = []
        while true {
            if let (response, used) = RawResponse.parse(bytes, toHead: toHead) {
                received = Array(bytes[used...])
                return response
            }
            let more = try receive()
            guard !more.isEmpty else { throw Cut(received: bytes) }
            bytes += more
        }
    }

    /// The connection ended within a response.
    package struct Cut: Error { package let received: [UInt8] }
}

package struct RawResponse: Sendable {
    package let status: Int
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]

    package var text: String { String(decoding: body, as: UTF8.self) }

    init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package subscript(name: String) -> String? { headers.first { $0.name == name.lowercased() }?.value }

    package struct NoResponse: Error {}

    /// What a program printed: the body is whatever follows the head.
    package init(endingWithItself bytes: [UInt8]) throws {
        guard let (head, start) = Self.parse(bytes, toHead: true) else { throw NoResponse() }
        self.init(status: head.status, headers: head.headers, body: Array(bytes[start...]))
    }

    /// Nil while bytes are missing. Interim responses are skipped.
    static func parse(_ bytes: [UInt8], toHead: Bool) -> (RawResponse, Int)? {
        guard let headEnd = find([13, 10, 13, 10], in: bytes, from: 0) else { return nil }
        let lines = String(decoding: bytes[..<headEnd], as: UTF8.self).components(separatedBy: "\r\n")
        guard let status = lines.first.flatMap({ Int($0.split(separator: " ")[1]) }) else { return nil }
        let headers = lines.dropFirst().map { line -> (name: String, value: String) in
            let parts = line.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1)
            let value = parts.count > 1 ? String(decoding: parts[1].dropFirst(), as: UTF8.self) : ""
            return (String(decoding: parts[0], as: UTF8.self).lowercased(), value)
        }
        let start = headEnd + 4
        func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
        func whole(_ body: ArraySlice<UInt8>, _ end: Int) -> (RawResponse, Int) {
            (RawResponse(status: status, headers: headers, body: Array(body)), end)
        }
        if status == 100 {
            return parse(Array(bytes[start...]), toHead: toHead).map { ($0.0, $0.1 + start) }
        }
        if toHead || status == 204 || status == 304 { return whole([], start) }
        if header("transfer-encoding") == "chunked" { return chunks(bytes, from: start).map { whole($0.0[...], $0.1) } }
        guard let length = header("content-length").flatMap({ Int($0) }) else { return nil }
        return bytes.count >= start + length ? whole(bytes[start..<start + length], start + length) : nil
    }

    private static func chunks(_ bytes: [UInt8], from start: Int) -> ([UInt8], Int)? {
        var data: [UInt8] = []
        var position = start
        while let lineEnd = find([13, 10], in: bytes, from: position) {
            let size = String(decoding: bytes[position..<lineEnd], as: UTF8.self)
            guard let count = Int(size, radix: 16), bytes.count >= lineEnd + 4 + count else { return nil }
            if count == 0 { return (data, lineEnd + 4) }
            data += bytes[lineEnd + 2..<lineEnd + 2 + count]
            position = lineEnd + 4 + count
        }
        return nil
    }

    private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count >= start + needle.count else { return nil }
        return (start...bytes.count - needle.count).first { index in
            needle.indices.allSatisfy { bytes[index + $0] == needle[$0] }
        }
    }
}

extension String {
    /// By bytes: "\r\n" is one character.
    fileprivate func components(separatedBy separator: String) -> [String] {
        var parts: [[UInt8]] = [[]]
        let separator = Array(separator.utf8)
        for byte in utf8 {
            parts[parts.count - 1].append(byte)
            if parts[parts.count - 1].suffix(separator.count).elementsEqual(separator) {
                parts[parts.count - 1].removeLast(separator.count)
                parts.append([])
            }
        }
        return parts.map { String(decoding: $0, as: UTF8.self) }
    }
}
