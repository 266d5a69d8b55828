import Glibc
import JSON
import Telemetry
import Testing

@Suite struct LogOutputTests {
    /// A pipe's two ends, closed at the end of the test.
    private func withPipe(_ body: (_ reader: Int32, _ writer: Int32) throws -> Void) throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer {
            close(ends[0])
            close(ends[1])
        }
        try body(ends[0], ends[1])
    }

    private func read(_ descriptor: Int32) -> [UInt8] {
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&ready, 1, 100) == 1 else { return [] }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        return Array(buffer.prefix(max(count, 0)))
    }

    /// Whole lines of 99 x, and how many the notices among them say were dropped.
    private func count(_ text: [UInt8]) throws -> (lines: Int, dropped: Int) {
        var tally = (lines: 0, dropped: 0)
        for line in text.prefix((text.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1).split(separator: UInt8(ascii: "\n"))
        {
            if line.count == 99, line.allSatisfy({ $0 == UInt8(ascii: "x") }) {
                tally.lines += 1
            } else if case .object(let notice) = try JSONValue.parse(Array(line)),
                case .integer(let count) = notice["count"]
            {
                #expect(notice["event"] == .string("log_lines_dropped"))
                tally.dropped += Int(count)
            }
        }
        return tally
    }

    @Test func `lines arrive whole and in order`() throws {
        try withPipe { reader, writer in
            let output = LogOutput(writer, as: .json)
            for number in 0..<1000 { output.write(Array("line \(number)\n".utf8)) }
            output.close()
            let text = String(decoding: read(reader), as: UTF8.self)
            #expect(text == (0..<1000).map { "line \($0)\n" }.joined())
            #expect(output.dropped == 0)
        }
    }

    @Test func `a reader that stops costs lines, not time, and the log says how many`() throws {
        try withPipe { reader, writer in
            let output = LogOutput(writer, as: .json, capacity: 64 * 1024)
            let line = [UInt8](repeating: UInt8(ascii: "x"), count: 99) + [UInt8(ascii: "\n")]
            let begun = ContinuousClock.now
            // The pipe takes 64 KiB, the batch in hand and the queue as much again.
            for _ in 0..<10_000 { output.write(line) }
            #expect(ContinuousClock.now - begun < .seconds(5))
            #expect(output.dropped > 0)
            let dropped = output.dropped
            var text: [UInt8] = []
            var tally = (lines: 0, dropped: 0)
            let end = ContinuousClock.now + .seconds(20)
            while tally != (10_000 - dropped, dropped), ContinuousClock.now < end {
                text += read(reader)
                tally = try count(text)
            }
            #expect(tally == (10_000 - dropped, dropped))
            output.close()
        }
    }

    @Test func `a pipe that broke neither ends the program nor holds up its end`() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        let output = LogOutput(ends[1], as: .json)
        output.write(Array("lost\n".utf8))
        output.close()
        output.close()
        output.write(Array("late\n".utf8))
        #expect(output.dropped == 1)
        close(ends[1])
    }
}
