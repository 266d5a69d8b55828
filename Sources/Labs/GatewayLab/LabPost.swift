import Addresses
import Loop
import WebClient

/// Takes a lab's notices to where they are addressed, on this machine only: names that end in localhost are this machine.
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
        // Whoever does not take it is told nothing more: what was lost is found by asking.
        _ = try? await client.send(
            WebRequest(
                "POST", notice.address, egress: here, headers: headers, body: .bytes(notice.body),
                deadline: .seconds(10)))
    }

    package func close() async { await client.close() }
}
