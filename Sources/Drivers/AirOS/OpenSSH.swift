import Addresses
import AntennaProtocol
import Glibc
import Loop

/// OpenSSH's client as a child process, with a configuration of its own for each call: neither this machine's settings
/// nor its keys are used.
package struct OpenSSH: RemoteShell {
    private let loops: Loops
    private let limit: Duration

    package init(on loops: Loops, limit: Duration = .seconds(30)) { (self.loops, self.limit) = (loops, limit) }

    package func run(
        _ command: String, input: [UInt8], on target: AntennaTarget
    ) async throws(AntennaFailure) -> ShellAnswer {
        let settings = try SSHSettings(target)
        let loop = loops.here
        do {
            let folder = try SSHFolder(settings)
            defer { folder.remove() }
            let limit = limit
            let outcome = try await loop.deadline(limit) {
                try await ChildProcess.run(
                    "ssh", ["-F", folder.configuration, SSHSettings.target, command],
                    environment: settings.environment(askingBy: folder.program), input: input, on: loop)
            }
            guard case .exit(let status) = outcome.end else { throw AntennaFailure.dropped }
            if status == 255 { throw SSHSettings.failure(from: outcome.errors, behind: target.hops.map(\.address)) }
            return ShellAnswer(
                status: status, output: outcome.output, hostKey: folder.key(of: SSHSettings.target),
                hopKeys: target.hops.indices.map { folder.key(of: "hop\($0)") })
        } catch let failure as AntennaFailure {
            throw failure
        } catch is DeadlineExceeded {
            throw .timedOut
        } catch ChildProcess.Failure.tooMuchOutput {
            throw .unreadable("output")
        } catch {
            throw .unreachable("ssh")
        }
    }
}

/// The configuration of one call.
struct SSHSettings: Sendable {
    static let target = "antenna"

    private let text: String
    private let variables: [String: String]
    /// Lines of the file of known keys.
    let knownKeys: String

    init(_ target: AntennaTarget) throws(AntennaFailure) {
        var (lines, known): ([String], String) = ([], "")
        var variables: [String: String] = [:]
        let machines =
            target.hops.map { ($0.address, $0.port, $0.login) } + [(target.address, target.port, target.login)]
        for (number, machine) in machines.enumerated() {
            let (address, port, login) = machine
            // Nothing that could end the line, or be an option.
            guard Self.isName(login.user), !login.password.utf8.contains(where: { $0 < 0x20 }) else {
                throw .loginRefused
            }
            let isLast = number == machines.count - 1
            let name = isLast ? Self.target : "hop\(number)"
            lines += [
                "Host \(name)", "HostName \(address)", "Port \(port)", "User \(login.user)", "HostKeyAlias \(name)",
                number == 0 ? "ProxyCommand none" : "ProxyJump hop\(number - 1)",
            ]
            let key = isLast ? target.hostKey : target.hops[number].hostKey
            lines.append("StrictHostKeyChecking \(key.isEmpty ? "accept-new" : "yes")")
            if !key.isEmpty { known += "\(name) \(key)\n" }
            variables["MASTIL_LOGIN\(number)"] = "\(login.user)@\(name)"
            variables["MASTIL_SECRET\(number)"] = login.password
        }
        lines.append("Host *")
        if target.allowsOldCryptography { lines += Self.oldCryptography }
        self.variables = variables
        text = lines.joined(separator: "\n")
        knownKeys = known
    }

    /// airOS 6 and later need only the first two; airOS 5 the rest.
    private static let oldCryptography = [
        "HostKeyAlgorithms +ssh-rsa,ssh-dss", "PubkeyAcceptedAlgorithms +ssh-rsa",
        "KexAlgorithms +diffie-hellman-group14-sha1,diffie-hellman-group1-sha1", "Ciphers +aes128-cbc,3des-cbc",
        "MACs +hmac-sha1,hmac-md5",
    ]

    func text(keepingKeysIn file: String) -> String {
        """
        \(text)
        UserKnownHostsFile \(file)
        GlobalKnownHostsFile /dev/null
        PreferredAuthentications password,keyboard-interactive
        PubkeyAuthentication no
        IdentitiesOnly yes
        IdentityAgent none
        NumberOfPasswordPrompts 1
        ConnectTimeout 10
        ServerAliveInterval 5
        ServerAliveCountMax 3
        CheckHostIP no
        UpdateHostKeys no
        HashKnownHosts no
        ClearAllForwardings yes
        ForwardAgent no
        RequestTTY no
        ControlMaster no
        LogLevel INFO

        """
    }

    func environment(askingBy program: String) -> [String: String] {
        variables.merging([
            "PATH": "/usr/bin:/bin", "LC_ALL": "C", "SSH_ASKPASS": program, "SSH_ASKPASS_REQUIRE": "force",
        ]) { first, _ in first }
    }

    /// Answers OpenSSH's question for a password: the question names the user and the machine's alias.
    static let askingProgram = """
        #!/bin/sh
        for n in 0 1 2 3; do
            eval "login=\\$MASTIL_LOGIN$n secret=\\$MASTIL_SECRET$n"
            [ -n "$login" ] || continue
            case $1 in "$login's password:"* | "($login) "*) printf '%s\\n' "$secret"; exit 0 ;; esac
        done
        exit 1

        """

    static func isName(_ text: String) -> Bool {
        (1...30).contains(text.utf8.count)
            && text.utf8.enumerated().allSatisfy { place, byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                    true
                case UInt8(ascii: "."), UInt8(ascii: "-"): place > 0
                default: false
                }
            }
    }

    /// What OpenSSH says of why there was no connection.
    static func failure(from errors: [UInt8], behind hops: [IPAddress]) -> AntennaFailure {
        let said = String(decoding: errors.suffix(2000), as: UTF8.self)
        func says(_ text: String) -> Bool { said.contains(text) }
        if hops.contains(where: { says("@\($0): Permission denied") }) || says("Host key for hop") {
            return .hopRefused
        }
        if says("Permission denied") || says("Too many authentication failures") { return .loginRefused }
        if says("Host key verification failed") || says("IDENTIFICATION HAS CHANGED") { return .keyChanged }
        if says("no matching") || says("no mutual signature") { return .oldCryptography }
        if says("timed out") || says("Timeout") { return .timedOut }
        for reason in [
            "Connection refused", "No route to host", "Network is unreachable", "administratively prohibited",
            "open failed",
        ] where says(reason) { return .unreachable(reason) }
        return .dropped
    }
}

/// The files of one call, which no other user of this machine reads.
private struct SSHFolder {
    private let path: String
    let configuration: String
    let program: String
    private let known: String

    init(_ settings: SSHSettings) throws {
        var template = Array("/tmp/mastil-ssh-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw AntennaFailure.unreachable("ssh") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        (configuration, program, known) = ("\(path)/config", "\(path)/ask", "\(path)/known")
        try Self.write(settings.text(keepingKeysIn: known), to: configuration, mode: 0o600)
        try Self.write(SSHSettings.askingProgram, to: program, mode: 0o700)
        try Self.write(settings.knownKeys, to: known, mode: 0o600)
    }

    /// A machine's key, which OpenSSH wrote down or found there.
    func key(of name: String) -> String {
        guard let file = fopen(known, "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        let prefix = "\(name) "
        for line in bytes[..<count].split(separator: UInt8(ascii: "\n")) {
            let text = String(decoding: line, as: UTF8.self)
            if text.hasPrefix(prefix) { return String(text.dropFirst(prefix.utf8.count)) }
        }
        return ""
    }

    func remove() {
        for file in [configuration, program, known] { unlink(file) }
        rmdir(path)
    }

    private static func write(_ text: String, to path: String, mode: mode_t) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw AntennaFailure.unreachable("ssh") }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw AntennaFailure.unreachable("ssh")
        }
    }
}
