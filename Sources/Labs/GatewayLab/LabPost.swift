import Addresses
import Loop
import WebClient

/// Delivers a lab's notices on this machine only: names that end in localhost resolve to it.
package struct LabPost: Sendable {
    private let client: HTTPClient

    private static let everyPort = Set(UInt16(1)...UInt16.max)

    package init(on loop: EventLoop) {
        client = HTTPClient(on: loop, resolver: Resolver { _ in [.loopback] })
    }

    package func send(_ notice: LabNotice) async {
        var headers = WebHeaders()
        headers.add("Content-Type", "application/json")
        for (name, value) in notice.headers { headers.add(name, value) }
        let here = Egress.devices([
            .init(AddressRange("127.0.0.0/8")!, ports: Self.everyPort, evenSpecial: true)
        ])
        // Failed deliveries are not repeated: the receiver must find what it missed by polling.
        _ = try? await client.send(
            WebRequest(
                "POST", notice.address, egress: here, headers: headers, body: .bytes(notice.body),
                deadline: .seconds(10)))
    }

    package func close() async { await client.close() }
}
