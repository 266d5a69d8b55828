import JSON
import Synchronization
import Telemetry
import Testing
import Time

@Suite struct LogTests {
    private let lines = Lines()
    private let time = TimeSource { Instant(microseconds: 1_795_186_245_250_999) }

    private func log(_ format: Log.Format = .json, from level: Log.Level = .debug) -> Log {
        Log(to: lines, as: format, from: level, time: time)
    }

    @Test func `an event is one line of JSON with its fields in order`() {
        log().info(
            "request", .init("path", "/a \"b\""), .init("status", 200), .init("cached", false),
            .init("took", Duration.microseconds(1250)))
        #expect(
            lines.all == [
                #"{"time":"2026-11-20T14:50:45.250Z","level":"info","event":"request","path":"/a \"b\"","status":200,"cached":false,"took":1.25}"#
                    + "\n"
            ])
    }

    @Test func `an event is one aligned line for people`() {
        log(.human(isColoured: false)).warning(
            "slow", .init("tenant", "norte"), .init("note", "two words"), .init("took", Duration.milliseconds(3)),
            .init("ok", true), .init("empty", ""))
        #expect(
            lines.all == [
                "14:50:45.250 warning slow                     tenant=norte note=\"two words\" took=3.0ms ok=yes empty=\"\"\n"
            ])
    }

    @Test func `colour is written only when asked for`() {
        log(.human(isColoured: true)).error("fault", .init("a", 1))
        #expect(lines.all.first?.contains("\u{1B}[1;31merror   \u{1B}[0m") == true)
    }

    @Test func `a child keeps its fields and the nearest of a name wins`() {
        let child = log().with(.init("tenant", "norte"), .init("request", "r1")).with(.init("request", "r2"))
        child.info("a", .init("tenant", "sur"))
        child.info("b")
        #expect(lines.all[0].contains(#""event":"a","request":"r2","tenant":"sur"}"#))
        #expect(lines.all[1].contains(#""event":"b","tenant":"norte","request":"r2"}"#))
    }

    @Test func `events below the level are not written`() {
        let log = log(from: .notice)
        log.debug("a")
        log.info("b")
        log.notice("c")
        log.warning("d")
        log.error("e", .error(Broken()))
        #expect(lines.all.count == 3)
        #expect(lines.all.last?.contains(#""error":"it broke""#) == true)
    }

    @Test(arguments: [
        "a\n{\"level\":\"error\"}", "a\r\nb", "\u{1B}[31mred\u{1B}[0m", "\u{9B}31m", "\u{7F}\u{8}\u{8}x", "\u{0}",
        "\u{85}next",
        "\u{2028}x\u{2029}", "\u{202E}gnp.exe", "a b=\"c\" level=error", "x\" level=error \"", "back\\slash",
        "\u{FEFF}\u{200B}",
        "ñandú °C ¿qué?", "🛰",
    ])
    func `no value forges a line, a field or a colour`(value: String) throws {
        log().info("e", .init("v", value))
        log(.human(isColoured: false)).info("e", .init("v", value))
        for line in lines.all {
            #expect(line.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
            #expect(line.hasSuffix("\n"))
            #expect(line.unicodeScalars.dropLast().allSatisfy { !$0.properties.isDangerous })
        }
        guard case .object(let object) = try JSONValue.parse(Array(lines.all[0].utf8)) else {
            Issue.record("not an object")
            return
        }
        #expect(object.members.count == 4)
        // Clock, level, event padded to their columns, then " v=".
        let rest = lines.all[1].dropFirst(13 + 8 + 24 + 3).dropLast()
        #expect(!rest.contains(" ") || (rest.hasPrefix("\"") && rest.hasSuffix("\"")))
    }

    @Test func `an endless value is cut`() {
        log().info("e", .init("v", String(repeating: "ñ", count: 100_000)))
        #expect(lines.all[0].utf8.count < 5000)
        #expect(lines.all[0].hasSuffix("…\"}\n"))
    }

    @Test func `a secret shows its mask everywhere`() {
        struct Login { let password = Secret("hunter2") }
        log().info(
            "e", .init("password", Secret("hunter2")), .init("dump", "\(Login()) \(String(reflecting: Login()))"))
        var dumped = ""
        dump(Login(), to: &dumped)
        for text in lines.all + [dumped, "\(Secret(7))", String(reflecting: Secret("hunter2"))] {
            #expect(!text.contains("hunter2"))
        }
        #expect(lines.all[0].contains(#""password":"‹secret›""#))
        #expect(Secret("hunter2").reveal() == "hunter2")
    }

    struct Broken: Error, CustomStringConvertible { let description = "it broke" }
}

final class Lines: LogSink {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func write(_ line: [UInt8]) { lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
}

extension Unicode.Scalar.Properties {
    fileprivate var isDangerous: Bool {
        generalCategory == .control || generalCategory == .format || generalCategory == .lineSeparator
    }
}
