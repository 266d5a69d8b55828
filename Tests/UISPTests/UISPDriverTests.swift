import Addresses
import FleetProtocol
import HTTP
import JSON
import Loop
import TestSupport
import Testing
import Time
import UISPLab
import WebClient

@testable import UISP

/// The driver against the lab: what it reads, and what it says of answers that are wrong.
@Suite struct UISPDriverTests {
    @Test func `a fleet is read with its states, sites and outages, and a stranger's token is refused`() async throws {
        try await Bench.with(UISPLab()) { bench in
            let found = try await bench.driver.examine(bench.target)
            #expect(found == FleetExamination(version: "2.4.0", devices: 226, sites: 252))
            let devices = try await bench.driver.devices(of: bench.target)
            #expect(devices.count { $0.status == "active" && $0.isAuthorized } == 187)
            #expect(devices.count { $0.status == "disconnected" } == 15)
            let phantoms = devices.filter { $0.name.isEmpty }
            #expect(phantoms.count == 20 && phantoms.allSatisfy { $0.address.isEmpty && $0.failsDecryption })
            // An address comes with its mask, and a MAC address that never got in with itself for a name.
            let first = try #require(devices.first)
            #expect(first.address == "10.10.0.2" && first.mac == "24:A4:3C:00:00:01" && first.signal == -56)
            let sites = try await bench.driver.sites(of: bench.target)
            #expect(sites.count { $0.kind == .site } == 27 && sites.count { $0.kind == .endpoint } == 225)
            #expect(try await bench.driver.outages(of: bench.target).filter { $0.endedAt == nil }.count == 15)
            await #expect(throws: FleetFailure.tokenRefused) {
                try await bench.driver.devices(of: bench.target(token: "otro"))
            }
        }
    }

    @Test func `every wrong answer is named, and none is taken for an empty fleet`() async throws {
        try await Bench.with(UISPLab()) { bench in
            let faults: [(String, FleetFailure)] = [
                ("status=401", .tokenRefused), ("status=403", .notAllowed), ("status=429", .tooMany),
                ("status=500", .troubled(500)), ("status=&html=yes", .notData),
                ("html=no&rename=identification:device", .unreadable("identification.id")),
                ("rename=&rename=status:state", .unreadable("overview.status")),
            ]
            for (fault, failure) in faults {
                #expect(bench.lab.fail(by: fault))
                await #expect(throws: failure, "\(fault)") { try await bench.driver.devices(of: bench.target) }
            }
            #expect(bench.lab.fail(by: "rename="))
            let again = try await bench.driver.devices(of: bench.target)
            #expect(again.count == 226)
        }
    }

    @Test func `a device is admitted, renewed and removed, and one that is gone is no failure`() async throws {
        try await Bench.with(UISPLab()) { bench in
            let before = bench.lab.authorized
            let devices = try await bench.driver.devices(of: bench.target)
            let waiting = try #require(devices.first { !$0.isAuthorized && !$0.name.isEmpty })
            let site = try #require(try await bench.driver.sites(of: bench.target).first)
            try await bench.driver.authorize(waiting.id, into: site.id, of: bench.target)
            #expect(bench.lab.authorized == before + 1)
            let phantom = try #require(devices.first { $0.failsDecryption })
            try await bench.driver.renewKey(of: phantom.id, at: bench.target)
            try await bench.driver.remove(phantom.id, of: bench.target)
            try await bench.driver.remove(phantom.id, of: bench.target)
            #expect(bench.lab.devices == devices.count - 1)
        }
    }

    @Test func `a list is cut into its elements wherever its pieces end`() throws {
        let text = Array(#" [ {"a":"]},[\"\\"} , [1,2],3 , {"b":{"c":[]}}] "#.utf8)
        let whole = [#"{"a":"]},[\"\\"}"#, "[1,2]", "3", #"{"b":{"c":[]}}"#]
        for size in 1...text.count {
            var (splitter, found) = (ArraySplitter(), [String]())
            for start in stride(from: 0, to: text.count, by: size) {
                let piece = Array(text[start..<min(start + size, text.count)])
                found += try splitter.take(piece).map { String(decoding: $0, as: UTF8.self) }
            }
            try splitter.finish()
            #expect(found == whole)
        }
        var page = ArraySplitter()
        #expect(throws: ArraySplitter.Fault.noArray) { try page.take(Array("<html>".utf8)) }
        var short = ArraySplitter()
        _ = try short.take(Array("[{\"a\":1}".utf8))
        #expect(throws: ArraySplitter.Fault.unfinished) { try short.finish() }
    }
}

private struct Bench: Sendable {
    let lab: UISPLab
    let driver: UISPDriver
    let target: FleetTarget

    func target(token: String) -> FleetTarget {
        FleetTarget(origin: target.origin, token: token, egress: target.egress, trust: .system)
    }

    static func with(_ lab: UISPLab, _ test: (Bench) async throws -> Void) async throws {
        try await RunningServer.run(handler: { await lab.answer($0) }) { server in
            guard case .ip(_, let port) = server.address else { return }
            let web = HTTPClient(on: server.loops.all[0], resolver: Resolver { _ in [] })
            let target = FleetTarget(
                origin: "http://127.0.0.1:\(port)", token: "lab",
                egress: .devices([.init(AddressRange("127.0.0.1")!, ports: [port], evenSpecial: true)]), trust: .system)
            do {
                try await test(Bench(lab: lab, driver: UISPDriver(web), target: target))
                await web.close()
            } catch {
                await web.close()
                throw error
            }
        }
    }
}
