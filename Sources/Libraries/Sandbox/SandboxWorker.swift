import CSandbox
import Glibc

/// The worker process's main loop: reads a work, performs it, writes the answer, until its input ends.
package enum SandboxWorker {
    package static func run(_ kinds: [any PerformableWork.Type], readableFolders: [String]) -> Never {
        let folders = readableFolders.map { strdup($0) }
        let pointers = folders.map { UnsafePointer($0) } + [nil]
        if let missing = csandbox_enter(pointers, UInt(SandboxLimits.memory)) {
            let words = Array("The sandbox cannot be closed without \(String(cString: missing)).\n".utf8)
            _ = Glibc.write(STDERR_FILENO, words, words.count)
            _exit(1)
        }
        while let head = read(Frame.requestHead) {
            var reader = WireReader(head)
            guard let count = try? reader.read(Int.self), let seconds = try? reader.read(Double.self),
                (0...SandboxLimits.mostBytes).contains(count), let request = read(count)
            else { _exit(2) }
            csandbox_limit_time(seconds)
            let answer = answer(to: request, kinds)
            csandbox_limit_time(0)
            let fill = csandbox_filled()
            guard fill != CSANDBOX_OVERFULL else { _exit(4) }
            var frame = WireWriter()
            frame.write(answer.count)
            frame.write(fill == CSANDBOX_WORN)
            write(frame.bytes)
            write(answer)
        }
        _exit(0)
    }

    private static func answer(to request: [UInt8], _ kinds: [any PerformableWork.Type]) -> [UInt8] {
        var reader = WireReader(request)
        guard let name = try? reader.read(String.self), let kind = kinds.first(where: { $0.kind == name }),
            let answer = try? perform(kind, &reader)
        else { _exit(2) }
        return answer
    }

    private static func perform<Work: PerformableWork>(
        _ kind: Work.Type, _ reader: inout WireReader
    ) throws(WireError) -> [UInt8] {
        let work = try reader.read(Work.self)
        try reader.end()
        var answer = WireWriter()
        do throws(Work.Fault) {
            let done = try work.perform()
            answer.write(true)
            answer.write(done)
        } catch {
            answer.write(false)
            answer.write(error)
        }
        return answer.bytes
    }

    private static func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var place = 0
        while place < count {
            let got = bytes.withUnsafeMutableBytes { Glibc.read(STDIN_FILENO, $0.baseAddress! + place, count - place) }
            guard got > 0 || got < 0 && errno == EINTR else { return nil }
            place += max(0, got)
        }
        return bytes
    }

    private static func write(_ bytes: [UInt8]) {
        var place = 0
        while place < bytes.count {
            let put = bytes.withUnsafeBytes {
                Glibc.write(csandbox_output, $0.baseAddress! + place, bytes.count - place)
            }
            guard put > 0 || put < 0 && errno == EINTR else { _exit(3) }
            place += max(0, put)
        }
    }
}
