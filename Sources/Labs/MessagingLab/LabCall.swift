import Addresses
import HTTP
import JSON
import Loop
import WebClient

/// A request as a lab reads it: a form of either kind, or JSON.
package struct LabCall: Sendable {
    let method: Method
    let path: [String]
    let query: Fields
    let form: Fields
    let files: [LabFile]
    let json: JSONValue?
    let authorization: String?

    init(_ request: Request) async throws {
        method = request.method
        path = request.path.all.filter { !$0.isEmpty }
        query = request.query
        authorization = request.headers["authorization"]
        let type = request.body.contentType ?? ""
        guard type.hasPrefix("multipart/form-data") else {
            let body = try await request.body.bytes(upTo: 1 << 20)
            let isForm = type.hasPrefix("application/x-www-form-urlencoded")
            form = isForm ? try body.withUnsafeBytes { try Fields(urlEncoded: $0) } : Fields()
            json = type.hasPrefix("application/json") ? try .parse(body) : nil
            files = []
            return
        }
        let parts = try await request.body.multipart()
        form = parts.fields
        json = nil
        var files: [LabFile] = []
        for file in parts.files {
            files.append(
                LabFile(
                    mediaType: file.contentType ?? "application/octet-stream", name: file.name,
                    bytes: try await file.bytes()))
        }
        self.files = files
    }
}

extension JSONValue {
    subscript(_ name: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object[name]
    }

    var text: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): "\(number)"
        default: nil
        }
    }

    var list: [JSONValue] {
        guard case .array(let values) = self else { return [] }
        return values
    }
}

/// A notice on its way.
package struct LabNotice: Sendable {
    package let address: String
    package var headers: [(name: String, value: String)]
    package let body: [UInt8]
    var tries = 0

    init(address: String, headers: [(name: String, value: String)], body: [UInt8]) {
        (self.address, self.headers, self.body) = (address, headers, body)
    }
}

/// Takes a lab's notices to where they are addressed, on this machine only: names that end in localhost are this machine.
package struct LabLine: Sendable {
    private let client: HTTPClient

    private static let everyPort = Set(UInt16(1)...UInt16.max)

    package init(on loop: EventLoop) { client = HTTPClient(on: loop, resolver: Resolver { _ in [.loopback] }) }

    /// Whether it was taken.
    func post(_ notice: LabNotice) async -> Bool {
        var headers = WebHeaders()
        headers.add("Content-Type", "application/json")
        for (name, value) in notice.headers { headers.add(name, value) }
        let answer = await ask("POST", notice.address, headers, .bytes(notice.body))
        return answer.map { (200..<300).contains($0.status) } ?? false
    }

    /// What stands at an address, where it answers with 200.
    func get(_ address: String) async -> String? {
        guard let answer = await ask("GET", address, WebHeaders(), .none), answer.status == 200 else { return nil }
        return String(decoding: answer.body, as: UTF8.self)
    }

    private func ask(
        _ method: String, _ address: String, _ headers: WebHeaders, _ body: WebRequest.Body
    ) async -> WebResponse? {
        let here = Egress.devices([.init(AddressRange("127.0.0.0/8")!, ports: Self.everyPort, evenSpecial: true)])
        return try? await client.send(
            WebRequest(method, address, egress: here, headers: headers, body: body, deadline: .seconds(10)))
    }

    package func close() async { await client.close() }
}
