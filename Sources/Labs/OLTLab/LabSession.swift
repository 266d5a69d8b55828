import Loop
import Sockets

/// A telnet session with the lab's OLT.
final class LabSession {
    private enum Stage {
        case login
        case password
        case enablePassword
        case command
        case question((String) -> [String])
        case paging([String])
    }

    private let socket: SocketConnection
    unowned let lab: LabServer
    private var stage = Stage.login
    private var input: [UInt8] = []
    private var skipping = 0
    private var login = ""
    private var failures = 0
    /// The configuration level, without the host.
    var level = ""
    var isPrivileged = false
    var isPaged = true
    /// Huawei waits for another Enter after commands with optional tails.
    var isSmart: Bool

    private static let pageLength = 20

    var plant: LabPlant { lab.plant }
    var vendor: LabVendor { lab.plan.vendor }

    init(_ socket: SocketConnection, of lab: LabServer) {
        (self.socket, self.lab) = (socket, lab)
        isSmart = lab.plan.vendor == .huawei
    }

    func start() {
        socket.onInput = { [unowned self] bytes in take(Array(bytes)) }
        socket.onEnd = { [unowned self] _ in lab.forget(self) }
        // It echoes, suppresses go-ahead, and asks for the window.
        socket.send([255, 251, 1, 255, 251, 3, 255, 253, 31])
        if vendor == .vsol {
            say("Hello, this is gpon olt platform (version 1.00).\r\n\r\nUser Access Verification\r\n\r\n")
        }
        say(vendor.loginPrompt)
    }

    func close() { socket.close() }

    private func hangUp() {
        socket.close()
        lab.forget(self)
    }

    private func say(_ text: String) { socket.send(Array(text.utf8)) }

    var prompt: String {
        if vendor == .fiberhome { return isPrivileged ? "Admin\(level)#" : "User>" }
        return "\(vendor.host)\(level)\(isPrivileged ? "#" : ">")"
    }

    private func take(_ bytes: [UInt8]) {
        for byte in bytes {
            if skipping > 0 {
                // The window's size is a subnegotiation of seven bytes more.
                skipping = skipping == 2 && byte == 250 ? 7 : skipping - 1
                continue
            }
            if byte == 255 {
                skipping = 2
                continue
            }
            if case .paging(let rest) = stage {
                turnPage(rest, with: byte)
                continue
            }
            guard byte == 0x0A || byte == 0x0D else {
                input.append(byte)
                continue
            }
            let line = String(decoding: input, as: UTF8.self)
            input = []
            enter(line)
        }
    }

    private func enter(_ line: String) {
        switch stage {
        case .login:
            login = line
            say("\(line)\r\n\(vendor.passwordPrompt)")
            stage = .password
        case .password:
            guard login == lab.plan.login, line == lab.plan.password else { return refuseSignIn() }
            lab.signedIn()
            say(
                "\r\n\(vendor == .huawei ? "\r\n  Huawei Integrated Access Software (\(vendor.host)).\r\n\r\n" : "")\(prompt)"
            )
            stage = .command
        case .enablePassword:
            isPrivileged = line == lab.plan.enablePassword
            say(isPrivileged ? "\r\n\(prompt)" : "\r\n% Bad enable password\r\n\(prompt)")
            stage = .command
        case .question(let follow):
            say("\(line)\r\n")
            show(follow(line))
        case .command:
            say("\(line)\r\n")
            carryOut(line.trimmedBlanks)
        case .paging: break
        }
    }

    private func refuseSignIn() {
        failures += 1
        say("\r\n\(vendor.signInRefusal)\r\n")
        guard failures < 3 else { return hangUp() }
        say("\r\n\(vendor.loginPrompt)")
        stage = .login
    }

    private func carryOut(_ line: String) {
        switch line.isEmpty ? nil : lab.faults.meet(line) {
        case .refuse(let text): return show(["  \(text)"])
        case .cutBefore: return hangUp()
        case .cutAfter:
            _ = answer(line)
            return hangUp()
        case .slow(let milliseconds):
            lab.loop.after(.milliseconds(milliseconds)) { [weak self] in self?.present(line) }
        case nil: present(line)
        }
    }

    private func present(_ line: String) {
        switch line.isEmpty ? .done : answer(line) {
        case .lines(let lines): show(lines)
        case .question(let text, let follow):
            say("\(text)")
            stage = .question(follow)
        case .end: hangUp()
        }
    }

    private func answer(_ line: String) -> LabAnswer {
        if line == "enable" || line == "EN" {
            if isPrivileged { return .done }
            guard !lab.plan.enablePassword.isEmpty else {
                isPrivileged = true
                return .done
            }
            return .question("Password:") { [unowned self] typed in
                isPrivileged = typed == lab.plan.enablePassword
                return isPrivileged ? [] : ["% Bad enable password"]
            }
        }
        switch vendor {
        case .huawei: return huawei(line)
        case .zte, .c600: return zte(line)
        case .vsol: return vsol(line)
        case .fiberhome: return fiberHome(line)
        }
    }

    /// In pages, with a line of the OLT's log before the prompt on V-SOL, where nobody can turn that off.
    private func show(_ lines: [String]) {
        var lines = lines
        if vendor == .vsol, lines.count > 3 { lines.insert("2026/01/05 10:15:00   ONU GPON0/1:9 link up", at: 1) }
        stage = .command
        guard isPaged, lines.count > Self.pageLength else {
            return say(lines.map { "\($0)\r\n" }.joined() + prompt)
        }
        say(lines.prefix(Self.pageLength).map { "\($0)\r\n" }.joined() + vendor.pager)
        stage = .paging(Array(lines.dropFirst(Self.pageLength)))
    }

    private func turnPage(_ rest: [String], with key: UInt8) {
        let erasing = String(repeating: "\u{8}", count: vendor.pager.utf8.count)
        say(erasing + String(repeating: " ", count: vendor.pager.utf8.count) + erasing)
        show(key == UInt8(ascii: "q") ? [] : rest)
    }

    /// Notes a change that was made.
    func changed(_ line: String) {
        plant.journal.append(line)
        plant.isSaved = false
    }
}

extension String {
    var trimmedBlanks: String {
        var rest = Substring(self)
        while rest.first == " " { rest = rest.dropFirst() }
        while rest.last == " " { rest = rest.dropLast() }
        return String(rest)
    }

    var blankSeparated: [String] { split(separator: " ").map(String.init) }

    func padded(_ width: Int) -> String {
        count >= width ? self + " " : self + String(repeating: " ", count: width - count)
    }
}
