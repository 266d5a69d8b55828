import Addresses
import Glibc
import Loop
import Sockets

/// The antennas' SSH servers: OpenSSH's, one process a connection, as an old radio has it: `ssh-rsa` and passwords only.
/// What somebody logs in with is the antenna's own, not this machine's: libnss-wrapper gives each its users.
package final class AirOSServer: Sendable {
    package enum Fault: Error, Equatable { case notPrepared(String) }

    private let lab: AirOSLab
    private let folder: String
    private let loop: EventLoop
    private let state = Confined()
    /// For the program behind each login to be known by.
    private let secret: String

    /// Of one loop.
    private final class Confined: @unchecked Sendable {
        var listeners: [SocketListener] = []
        var connections: [Int: (address: String, stream: ByteStream)] = [:]
        var number = 0
        var passwords: [String: Int] = [:]
        var shellPort: UInt16 = 0
    }

    /// The folder is the caller's, and empty.
    package init(_ lab: AirOSLab, in folder: String, on loop: EventLoop) {
        (self.lab, self.folder, self.loop) = (lab, folder, loop)
        secret = (0..<16).map { _ in String(UInt8.random(in: 0...255), radix: 16) }.joined()
    }

    /// Listens at every antenna's address. Port 0 is the same free port for all. Returns it.
    @discardableResult
    package func start(port: UInt16) async throws -> UInt16 {
        try await loop.run { [self] in
            try await prepare()
            let shell = try SocketListener(at: .loopback, port: 0, on: loop) { [self] descriptor, _ in
                let stream = ByteStream(descriptor, on: loop)
                loop.spawn { await self.serveShell(stream) }
            }
            (state.shellPort, state.listeners) = (shell.port, [shell])
            var port = port
            for address in lab.addresses {
                guard let place = IPAddress(address) else { continue }
                let listener = try SocketListener(at: place, port: port, on: loop) { [self] descriptor, _ in
                    let stream = ByteStream(descriptor, on: loop)
                    loop.spawn { await self.serve(stream, at: address) }
                }
                port = listener.port
                state.listeners.append(listener)
            }
            return port
        }
    }

    package func close() async {
        try? await loop.run { [self] in
            for listener in state.listeners { listener.close() }
            for connection in state.connections.values { connection.stream.close() }
            (state.listeners, state.connections) = ([], [:])
        }
    }

    /// Closes, and removes what was made in the folder, and the folder.
    package func end() async {
        await close()
        let shadows = (0..<state.passwords.count).map { "shadow\($0)" }
        for name in ["key", "key.pub", "passwd", "group", "sshd_config", "shell"] + shadows {
            unlink("\(folder)/\(name)")
        }
        rmdir(folder)
    }

    /// Gives all antennas another key, as a factory reset does.
    package func changeKeys() async throws {
        try await loop.run { [self] in
            unlink("\(folder)/key")
            try await makeKey()
        }
    }

    // MARK: - Files

    private static let isRoot = geteuid() == 0
    /// sshd as root would become whoever logs in; as nobody it stays nobody.
    private static let user: uid_t = isRoot ? 65_534 : geteuid()

    private func prepare() async throws {
        if Self.isRoot { chmod(folder, 0o755) }
        try await makeKey()
        try write("ubnt:x:\(Self.user):\(Self.user):antenna:/:/bin/sh\n", to: "passwd")
        try write("ubnt:x:\(Self.user):\n", to: "group")
        for address in lab.addresses {
            guard let antenna = lab.antenna(at: address) else { continue }
            try await makeLogin(antenna.password)
        }
        try write(
            """
            HostKey \(folder)/key
            HostKeyAlgorithms ssh-rsa
            UsePAM no
            PasswordAuthentication yes
            PubkeyAuthentication no
            KbdInteractiveAuthentication no
            StrictModes no
            PidFile none
            PermitTTY no
            PrintMotd no
            UseDNS no
            AllowUsers ubnt
            AllowTcpForwarding local
            LoginGraceTime 30

            """, to: "sshd_config")
        // What the antenna's shell is asked goes to the lab, with its input in hexadecimal digits.
        try write(
            """
            exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
            printf '%s %s\\n%s\\n%s\\n' "$2" "$3" "$SSH_ORIGINAL_COMMAND" "$(od -An -v -tx1 | tr -d ' \\n')" >&3
            IFS= read -r status <&3 || exit 1
            cat <&3
            exit "$status"

            """, to: "shell")
    }

    private func makeKey() async throws {
        let made = try await ChildProcess.run(
            "ssh-keygen", ["-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", "\(folder)/key"],
            environment: ["PATH": "/usr/bin:/bin"], on: loop)
        guard made.end == .exit(0) else { throw Fault.notPrepared("ssh-keygen") }
        // Not the user's who reads it, so that sshd does not mind.
        if Self.isRoot { chmod("\(folder)/key", 0o644) }
    }

    private func makeLogin(_ password: String) async throws {
        guard state.passwords[password] == nil else { return }
        let made = try await ChildProcess.run(
            "openssl", ["passwd", "-1", "-stdin"], environment: ["PATH": "/usr/bin:/bin"],
            input: Array("\(password)\n".utf8), on: loop)
        guard made.end == .exit(0) else { throw Fault.notPrepared("openssl") }
        let number = state.passwords.count
        let hash = String(decoding: made.output.prefix { $0 > 0x20 }, as: UTF8.self)
        try write("ubnt:\(hash):19000:0:99999:7:::\n", to: "shadow\(number)")
        state.passwords[password] = number
    }

    private func write(_ text: String, to name: String) throws {
        guard let file = fopen("\(folder)/\(name)", "w") else { throw Fault.notPrepared(name) }
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Fault.notPrepared(name) }
    }

    // MARK: - A connection

    private func serve(_ stream: ByteStream, at address: String) async {
        let number = state.number
        state.number += 1
        state.connections[number] = (address, stream)
        defer {
            state.connections[number] = nil
            stream.close()
        }
        guard let antenna = lab.antenna(at: address), let login = state.passwords[antenna.password] else { return }
        if antenna.fault == .hang {
            while let bytes = try? await stream.read(), !bytes.isEmpty {}
            return
        }
        guard let process = try? makeProcess(at: address, login: login) else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask(executorPreference: loop) {
                await Self.copy(stream, to: process.input)
                process.input.close()
            }
            group.addTask(executorPreference: loop) {
                await Self.copy(process.output, to: stream)
                stream.close()
            }
            group.addTask(executorPreference: loop) { while (try? await process.errors.read()) ?? nil != nil {} }
            await group.waitForAll()
        }
        process.send(signal: SIGTERM)
        _ = await process.ended()
        process.closeStreams()
    }

    private func makeProcess(at address: String, login: Int) throws -> ChildProcess {
        let server = [
            "/usr/sbin/sshd", "-i", "-e", "-f", "\(folder)/sshd_config", "-o",
            "ForceCommand=/bin/bash \(folder)/shell \(state.shellPort) \(secret) \(address)",
        ]
        let words =
            Self.isRoot
            ? ["setpriv", "--reuid", "\(Self.user)", "--regid", "\(Self.user)", "--clear-groups"] + server : server
        return try ChildProcess(
            words[0], Array(words.dropFirst()),
            environment: [
                "PATH": "/usr/bin:/bin", "LD_PRELOAD": "libnss_wrapper.so", "NSS_WRAPPER_PASSWD": "\(folder)/passwd",
                "NSS_WRAPPER_GROUP": "\(folder)/group", "NSS_WRAPPER_SHADOW": "\(folder)/shadow\(login)",
            ], on: loop)
    }

    private static func copy(_ source: ByteStream, to target: ByteStream) async {
        while let bytes = try? await source.read() {
            do { try await target.write(bytes) } catch { return }
        }
    }

    // MARK: - The shell's other end

    private func serveShell(_ stream: ByteStream) async {
        defer { stream.close() }
        var bytes: [UInt8] = []
        let newline = UInt8(ascii: "\n")
        while bytes.count(where: { $0 == newline }) < 3 {
            guard let more = try? await stream.read(), bytes.count < 4 << 20 else { return }
            bytes += more
        }
        let lines = bytes.split(separator: newline, omittingEmptySubsequences: false)
        let head = String(decoding: lines[0], as: UTF8.self).split(separator: " ").map(String.init)
        guard head.count == 2, head[0] == secret else { return }
        let address = head[1]
        let answer = lab.run(
            String(decoding: lines[1], as: UTF8.self), input: Self.bytes(hexadecimal: lines[2]), at: address)
        guard let answer else { return }
        if lab.antenna(at: address)?.fault == .drop {
            for connection in state.connections.values where connection.address == address { connection.stream.close() }
            return
        }
        try? await stream.write(Array("\(answer.status)\n".utf8) + answer.output)
    }

    private static func bytes(hexadecimal text: ArraySlice<UInt8>) -> [UInt8] {
        let digits = text.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        return stride(from: 0, to: digits.count - digits.count % 2, by: 2).map {
            UInt8(truncatingIfNeeded: digits[$0] << 4 | digits[$0 + 1])
        }
    }
}
